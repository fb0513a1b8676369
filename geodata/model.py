"""The nouns of this package, from a gazetteer's place to a resolved mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


class Kind(StrEnum):
    """What a place is, from a building to an ocean."""

    SITE = "site"
    """A base, prison, airfield, dam, crossing: a thing with a gate."""
    CITY = "city"
    """Any populated place, from a hamlet to a metropolis."""
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"
    """An area that is no administrative unit: Sahel, Donbas, a continent."""
    WATER = "water"


SITE, CITY, ADMIN2, ADMIN1, COUNTRY, REGION, WATER = Kind
"""For code that runs for every candidate: Python 3.11 looks `Kind.CITY` up ten times as slowly."""


class MentionType(StrEnum):
    """How a text uses a name."""

    LITERAL = "literal"
    ADJECTIVAL = "adjectival"
    """ "Libyan": belongs to a place but does not say that anything is there."""
    METONYMIC = "metonymic"
    """ "Moscow said": the place stands for its government."""


LITERAL, ADJECTIVAL, METONYMIC = MentionType
"""Likewise."""


class Role(StrEnum):
    """What a place is to an article."""

    EVENT = "event"
    """Where it happened."""
    CONTEXT = "context"
    """Named for comparison, background or as an actor."""
    ORIGIN = "origin"
    """Home of the outlet or the author."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer.

    Attributes
    ----------
    id : str
        "geonames:1170706" wherever GeoNames has the place, else the source's own id ("icao:HLKD",
        "iso3166-2:PK-BA", "dateline:tocoron-prison").
    latitude, longitude : float
        Degrees, EPSG:4326.
    country_code : str
        ISO 3166-1 alpha-2; empty for a place in several countries or none.
    admin1, admin2 : str
        Names of the containing province and district; empty where they are not known. A province
        carries its own name in `admin1`.
    population : int
        0: not known.
    radius_km : float
        Kilometres from the point within which the place lies.
    is_capital : bool
        Seat of a country's government.
    source : str
        Id of the gazetteer's source.
    feature : str
        GeoNames' feature class and code, as "P.PPLA", where the source gives them.
    is_minor : bool
        Of a kind that news hardly names, as a stream or a hotel: never believed without support.
    names_province : bool
        City after which its province is called, and the first there or about as large: meant by the bare name.
    """

    id: str
    name: str
    kind: Kind
    latitude: float
    longitude: float
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius_km: float = 5.0
    is_capital: bool = False
    source: str = ""
    feature: str = ""
    is_minor: bool = False
    names_province: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names a place.

    Attributes
    ----------
    start, end : int
        Character offsets into the text, end exclusive: ``text[start:end] == phrase``.
    """

    start: int
    end: int
    phrase: str
    type: MentionType = MentionType.LITERAL


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a mention may mean.

    Attributes
    ----------
    score : float
        Share of the belief among the mention's candidates, 0 to 1.
    """

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a mention.

    Attributes
    ----------
    place : Place or None
        None: recognised as a place's name but not placed; `reasons` say why.
    score : float
        Belief that `place` is meant, 0 to 1.
    reasons : tuple of str
        Why this place, in words for a person; the strongest first.
    alternatives : tuple of Candidate
        The runners-up, the best first.
    resolver : str
        Id of the resolver and its configuration.
    """

    mention: Mention
    place: Place | None
    score: float = 0.0
    role: Role = Role.CONTEXT
    reasons: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = field(default=())
    resolver: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the toponym as one entry of a line of ``dateline geoparse --jsonl``."""
        place = self.place
        return {
            "start": self.mention.start,
            "end": self.mention.end,
            "phrase": self.mention.phrase,
            "type": self.mention.type.value,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "place_id": place.id if place else None,
            "name": place.name if place else None,
            "kind": place.kind.value if place else None,
            "country_code": place.country_code if place else None,
            "admin1": place.admin1 if place else None,
            "score": round(self.score, 4),
            "role": self.role.value,
            "reasons": list(self.reasons),
            "alternatives": [
                {
                    "place_id": candidate.place.id,
                    "name": candidate.place.name,
                    "country_code": candidate.place.country_code,
                    "score": round(candidate.score, 4),
                }
                for candidate in self.alternatives
            ],
        }
