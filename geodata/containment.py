"""When one place lies in another, and when a text says so."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.gazetteer.folding import fold
from geodata.geodesy import KM_PER_DEGREE, distance_km
from geodata.model import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SITE, WATER

if TYPE_CHECKING:
    from geodata.model import Place


def lies_in(place: Place, container: Place) -> bool:
    """Tell whether a place lies in another, by their codes or, for areas without, by distance.

    Parameters
    ----------
    place, container : Place

    Returns
    -------
    bool
        False for a place in itself.
    """
    if place.id == container.id:
        return False
    if container.kind is COUNTRY:
        return place.kind is not COUNTRY and place.country_code == container.country_code
    if container.kind is ADMIN1:
        return (
            place.kind in (SITE, CITY, ADMIN2)
            and place.country_code == container.country_code
            and _is_of_division(place, place.admin1, container)
        )
    if container.kind is ADMIN2:
        return (
            place.kind in (SITE, CITY)
            and place.country_code == container.country_code
            and _is_of_division(place, place.admin2, container)
        )
    if container.kind in (REGION, WATER):
        return place.kind not in (REGION, WATER) and _is_near(place, container, 1.0)
    if container.kind is CITY:
        return place.kind in (SITE, CITY) and (
            place.population < container.population and _is_near(place, container, 2.0)
        )
    return False


def agree(place: Place, other: Place) -> bool:
    """Tell whether two candidates of one name give the same answer, as a city and its district do."""
    return place.id == other.id or (
        place.country_code == other.country_code
        and (lies_in(place, other) or lies_in(other, place) or _is_near(place, other, 1.0))
    )


CONTAINER_WITHIN = 30
"""Characters between a name and the name of what contains it: "Kuriga, Kaduna State"."""

_INSIDE_WORDS = frozenset(
    (
        "in of the district province state region city town village county governorate area"
        " prison airport municipality department camp capital port airfield base near"
    ).split()
)


def says_inside(between: str) -> bool:
    """Tell whether the words between two names say that the first lies in the second."""
    if "\n\n" in between or "." in between:
        return False
    stripped = between.strip()
    if stripped in (",", "(", "/"):
        return True
    words = stripped.replace(",", " ").replace("(", " ").split()
    if not words or not all(word.casefold() in _INSIDE_WORDS for word in words):
        return False
    return "," in stripped or "in" in words or "of" in words


def denies_doubt(between: str) -> bool:
    """Tell whether the words between two names can mean nothing but that the first lies in the second.

    "Holton in Suffolk", "Zaria (Nigeria)"; a comma also parts the names of a list.
    """
    stripped = between.strip()
    words = stripped.split()
    return stripped == "(" or (bool(words) and words[0].casefold() == "in" and says_inside(between))


def _is_of_division(place: Place, division: str, container: Place) -> bool:
    """Tell whether a place is of a division, by name and, where sources name it differently, by distance."""
    if _same_name(division, container.name):
        return True
    # One source is sure of its own names: Kansas City, Kansas, is near to Missouri and not in it.
    return not (division and place.source == container.source) and _is_near(place, container, 1.0)


def _same_name(one: str, other: str) -> bool:
    return bool(one) and (one == other or _fold(one) == _fold(other))


_fold = lru_cache(maxsize=10_000)(fold)
"""There are but a few thousand provinces and districts, and their names are compared all the time."""


def _is_near(place: Place, container: Place, factor: float) -> bool:
    reach_km = factor * container.radius_km
    # Most places are too far north or south, which needs no trigonometry; a metre is left for rounding.
    if abs(place.latitude - container.latitude) * KM_PER_DEGREE > reach_km + 0.001:
        return False
    return distance_km(place.latitude, place.longitude, container.latitude, container.longitude) <= reach_km
