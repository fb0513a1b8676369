"""What a service's answer says of a place, taken at its word for nothing.

An answer comes from a stranger: coordinates off the Earth, at 0,0, a country that is none, a village of a thousand
kilometres are either refused or left out. Whether it is the place that was asked for, `geodata.fallback` judges.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geodata.geodesy import KM_PER_DEGREE
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.geocoders.tags import Tags

MOST_NAMES = 300
MOST_LETTERS = 200
"""Of one name; the longest of a real place has 85."""

RADIUS_KM = {
    Kind.SITE: (2.0, 30.0),
    Kind.CITY: (5.0, 60.0),
    Kind.ADMIN2: (40.0, 400.0),
    Kind.ADMIN1: (150.0, 2000.0),
    Kind.REGION: (200.0, 3000.0),
    Kind.WATER: (100.0, 5000.0),
    Kind.COUNTRY: (500.0, 5000.0),
}
"""For each kind the radius where the answer says none, and the largest that is believed."""

_LEAST_RADIUS_KM = 1.0
_CODE = re.compile(r"[A-Za-z]{2}")


class AnswerError(ValueError):
    """A service's answer is not what the service gives."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A place as a service knows it.

    Attributes
    ----------
    names : tuple of str
        All its names, in every language.
    """

    place: Place
    names: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; `from_json` reverses it."""
        return {"place": {**asdict(self.place), "kind": self.place.kind.value}, "names": list(self.names)}

    @classmethod
    def from_json(cls, content: Any) -> Answer:
        """Return what `to_json` was given.

        Raises
        ------
        AnswerError
            If it is anything else, as it is in a file that another program has written.
        """
        try:
            fields = {**content["place"], "kind": Kind(content["place"]["kind"])}
            place = Place(**fields)
            check_position(place.latitude, place.longitude)
            return cls(place, tuple(str(name) for name in content["names"]))
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise AnswerError(f"not an answer that was kept: {error}") from error


def make_answer(
    *,
    service: str,
    identifier: str,
    tags: Tags,
    position: tuple[object, object],
    names: Sequence[object],
    country_code: object,
    admin1: object = "",
    admin2: object = "",
    population: object = 0,
    box: Sequence[object] | None = None,
) -> Answer | None:
    """Return an answer, checked.

    Parameters
    ----------
    service : str
        Its id; becomes the place's source.
    tags : Tags
        What the place is.
    position : (object, object)
        Latitude and longitude, as they came.
    names : sequence
        The best first; what is no text is left out.
    box : sequence, optional
        South, north, west and east, as they came.

    Returns
    -------
    Answer or None
        None: something that news does not mean by a place's name, as a road or a shop.

    Raises
    ------
    AnswerError
        If it cannot be true.
    """
    kind = tags.kind()
    if kind is None:
        return None
    latitude, longitude = _number(position[0]), _number(position[1])
    check_position(latitude, longitude)
    known = tuple(dict.fromkeys(filter(None, map(read_text, names))))[:MOST_NAMES]
    if not known:
        raise AnswerError("a place without a name")
    code = country_code if isinstance(country_code, str) and _CODE.fullmatch(country_code) else ""
    place = Place(
        id=identifier,
        name=known[0],
        kind=kind,
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        country_code=code.upper(),
        admin1=known[0] if kind is Kind.ADMIN1 else read_text(admin1),
        admin2=read_text(admin2),
        population=population if type(population) is int and 0 <= population < 10**10 else 0,
        radius_km=read_radius_km(box, kind, latitude, longitude),
        source=service,
    )
    return Answer(place, known)


def check_position(latitude: float, longitude: float) -> None:
    """Refuse a position that is not on Earth, or where databases put what they cannot place.

    Raises
    ------
    AnswerError
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise AnswerError(f"a position off the Earth: {latitude}, {longitude}")
    if abs(latitude) < 0.001 and abs(longitude) < 0.001:
        raise AnswerError("a position at 0, 0, where what cannot be placed is put")


def read_radius_km(box: Sequence[object] | None, kind: Kind, latitude: float, longitude: float) -> float:
    """Return the radius of a bounding box in kilometres, or its kind's where it is none to believe.

    Parameters
    ----------
    box : sequence or None
        South, north, west and east, in degrees.
    """
    usual, largest = RADIUS_KM[kind]
    try:
        south, north, west, east = map(_number, box or ())
    except ValueError:  # AnswerError is one, and so is another number of sides
        return usual
    if not (south <= latitude <= north and west <= longitude <= east):
        return usual
    width = (east - west) * math.cos(math.radians(latitude))
    radius = math.hypot(north - south, width) / 2 * KM_PER_DEGREE
    return round(max(radius, _LEAST_RADIUS_KM), 1) if radius <= largest else usual


def read_text(value: object) -> str:
    """Return a name without what no name holds; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    printable = "".join(letter if letter.isprintable() else " " for letter in value[: 2 * MOST_LETTERS])
    return " ".join(printable.split())[:MOST_LETTERS]


def read_fields(value: object) -> Mapping[str, Any]:
    """Return a JSON object; what is none has no fields."""
    return value if isinstance(value, dict) else {}


def read_id(value: object) -> str:
    """Return the number of a place in a database, in digits.

    Raises
    ------
    AnswerError
        If it is none.
    """
    if type(value) is not int or not 0 < value < 2**63:
        raise AnswerError(f"expected the number of a place, got {str(value)[:40]!r}")
    return str(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise AnswerError(f"expected degrees, got {type(value).__name__}")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise AnswerError(f"expected degrees, got {str(value)[:40]!r}") from None
    if not math.isfinite(number):
        raise AnswerError(f"expected degrees, got {number}")
    return number
