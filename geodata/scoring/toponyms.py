"""What is compared: the names that people marked and those that a geoparser found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geodata.geodesy import distance_km

if TYPE_CHECKING:
    from geodata.model import Resolution

COUNTRY_KINDS = frozenset({"country", "territory", "dependency"})
"""Kinds, in lower case, of what has a country's code for its own."""


class GoldToponym(NamedTuple):
    """A name that people marked.

    Attributes
    ----------
    start, end : int
        Character offsets into the text, end exclusive.
    latitude, longitude : float or None
        Degrees, EPSG:4326; both None where nobody said where it lies.
    place_id : str or None
        As "geonames:2988507"; None: not known.
    country_code : str or None
        ISO 3166-1 alpha-2 of a name that *is* a country; None for everything else, also within a country.
    kind : str
        In the corpus's own words; empty where it has none.
    """

    start: int
    end: int
    latitude: float | None = None
    longitude: float | None = None
    place_id: str | None = None
    country_code: str | None = None
    kind: str = ""

    @property
    def has_coordinates(self) -> bool:
        """Whether somebody said where it lies."""
        return self.latitude is not None and self.longitude is not None


class Prediction(NamedTuple):
    """A name that a geoparser found.

    Attributes
    ----------
    start, end : int
        Character offsets into the text, end exclusive.
    latitude, longitude : float or None
        Degrees, EPSG:4326; both None where it was not placed.
    place_id : str or None
    country_code : str or None
        ISO 3166-1 alpha-2 of the country that it is or lies in, in capitals.
    kind : str
        In lower case; empty where it was not placed.
    score : float or None
        Belief in the place, 0 to 1; None: the geoparser gives none.
    """

    start: int
    end: int
    latitude: float | None = None
    longitude: float | None = None
    place_id: str | None = None
    country_code: str | None = None
    kind: str = ""
    score: float | None = None

    @property
    def has_coordinates(self) -> bool:
        """Whether it was placed."""
        return self.latitude is not None and self.longitude is not None

    @classmethod
    def from_resolution(cls, resolution: Resolution) -> Prediction:
        """Return what `Resolution.to_json` would have said, with its rounding: a file must score alike."""
        mention, place = resolution.mention, resolution.place
        score = round(resolution.score, 4)
        if place is None:
            return cls(mention.start, mention.end, score=score)
        return cls(
            mention.start,
            mention.end,
            place.latitude,
            place.longitude,
            place.id,
            place.country_code or None,
            place.kind.value,
            score,
        )


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and the names that people marked in it."""

    id: str
    text: str
    toponyms: tuple[GoldToponym, ...]


@dataclass(frozen=True, slots=True)
class PredictedDocument:
    """What a geoparser found in a text.

    Attributes
    ----------
    unusable : tuple of str
        For each entry that is no span of the text or has no proper place: what is wrong with it. Each counts
        as a wrong answer.
    """

    id: str
    toponyms: tuple[Prediction, ...]
    unusable: tuple[str, ...] = ()


def is_identical(gold: GoldToponym, prediction: Prediction) -> bool:
    """Tell whether a prediction is the very place, or the very country, whatever its point."""
    if gold.place_id is not None and gold.place_id == prediction.place_id:
        return True
    return (
        gold.country_code is not None
        and gold.country_code == prediction.country_code
        and prediction.kind in COUNTRY_KINDS
    )


def point_error_km(gold: GoldToponym, prediction: Prediction) -> float | None:
    """Return the distance between the two points in kilometres; None where one of them has no point."""
    points = (gold.latitude, gold.longitude, prediction.latitude, prediction.longitude)
    latitude_1, longitude_1, latitude_2, longitude_2 = points
    if latitude_1 is None or longitude_1 is None or latitude_2 is None or longitude_2 is None:
        return None
    return distance_km(latitude_1, longitude_1, latitude_2, longitude_2)


def error_km(gold: GoldToponym, prediction: Prediction | None) -> float | None:
    """Return the error of an answer in kilometres, 0 for the very place; None: not answered."""
    if prediction is None:
        return None
    return 0.0 if is_identical(gold, prediction) else point_error_km(gold, prediction)
