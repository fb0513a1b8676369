"""Places as geopy's locations and back: whoever answered, `Location.raw` holds the same keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geopy.location import Location

from geodata.events import place_label
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterable


def to_location(place: Place, **more: Any) -> Location:
    """Return a place as geopy gives it; `more` is added to its `raw`."""
    raw = {
        "place_id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "population": place.population,
        "radius_km": place.radius_km,
        "source": place.source,
        **more,
    }
    return Location(place_label(place), (place.latitude, place.longitude), raw)


def to_place(location: Location) -> Place:
    """Return the place that `to_location` was given."""
    raw = location.raw
    return Place(
        id=raw["place_id"],
        name=raw["name"],
        kind=Kind(raw["kind"]),
        latitude=location.latitude,
        longitude=location.longitude,
        country_code=raw["country_code"],
        admin1=raw["admin1"],
        admin2=raw["admin2"],
        population=raw["population"],
        radius_km=raw["radius_km"],
        source=raw["source"],
    )


def read_codes(country_codes: str | Iterable[str]) -> set[str]:
    """Return country codes in capitals, from one or several as geopy's geocoders take them."""
    codes = {country_codes} if isinstance(country_codes, str) else set(country_codes)
    return {code.upper() for code in codes if code}
