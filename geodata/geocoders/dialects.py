"""How each service is asked through geopy, and what its answers mean.

For each: `connect_…` makes geopy's geocoder, `ask_…` asks it for a name with the country that is preferred, and
`read_…` makes of `Location.raw` an answer. A service that says something else than it should raises whatever
reading it raises: `online` takes all of that for one failure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geopy.geocoders import GeoNames, Nominatim, Photon

from geodata.geocoders.answers import AnswerError, make_answer, read_fields, read_id, read_text
from geodata.geocoders.tags import GeonamesTags, OsmTags
from geodata.geodesy import KM_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

    from geopy.location import Location

    from geodata.geocoders.answers import Answer
    from geodata.model import Place

LANGUAGE = "en"
"""Of the answers' names; Nominatim adds those of all other languages."""

MOST_ANSWERS = 10


def connect_nominatim(address: SplitResult, _: str, **options: Any) -> Any:
    """Return geopy's geocoder for Nominatim at an address."""
    return Nominatim(domain=address.netloc + address.path, scheme=address.scheme, **options)


def connect_photon(address: SplitResult, _: str, **options: Any) -> Any:
    """Return geopy's geocoder for Photon at an address."""
    return Photon(domain=address.netloc + address.path, scheme=address.scheme, **options)


def connect_geonames(address: SplitResult, user: str, **options: Any) -> Any:
    """Return geopy's geocoder for GeoNames at an address, for the account of a user."""
    return GeoNames(user, domain=address.netloc + address.path, scheme=address.scheme, **options)


def ask_nominatim(geocoder: Any, query: str, country: Place | None) -> list[Location | None] | None:
    """Ask Nominatim; places in the country's box come first."""
    found: list[Location | None] | None = geocoder.geocode(
        query,
        exactly_one=False,
        limit=MOST_ANSWERS,
        addressdetails=True,
        namedetails=True,
        language=LANGUAGE,
        # A preference and no limit: `bounded` stays off, for what lies just across the border.
        viewbox=_box_of(country) if country else None,
    )
    return found


def ask_photon(geocoder: Any, query: str, country: Place | None) -> list[Location | None] | None:
    """Ask Photon; places near the country's middle come first."""
    found: list[Location | None] | None = geocoder.geocode(
        query,
        exactly_one=False,
        limit=MOST_ANSWERS,
        language=LANGUAGE,
        location_bias=(country.latitude, country.longitude) if country else None,
    )
    return found


def ask_geonames(geocoder: Any, query: str, country: Place | None) -> list[Location | None] | None:
    """Ask GeoNames; places in the country come first."""
    found: list[Location | None] | None = geocoder.geocode(
        query, exactly_one=False, country_bias=country.country_code if country else None
    )
    return found


def _box_of(place: Place) -> list[tuple[float, float]]:
    """Return the corners of a box around a place, latitude before longitude."""
    north = place.radius_km / KM_PER_DEGREE
    east = north / max(0.1, math.cos(math.radians(place.latitude)))
    # A box across the antimeridian would be taken for the rest of the Earth; half of it is a hint as well.
    return [
        (max(-90.0, place.latitude - north), max(-180.0, place.longitude - east)),
        (min(90.0, place.latitude + north), min(180.0, place.longitude + east)),
    ]


def read_nominatim(raw: Mapping[str, Any]) -> Answer | None:
    """Read a place of Nominatim's format "json"."""
    address, details = read_fields(raw.get("address")), read_fields(raw.get("namedetails"))
    first = read_text(raw.get("display_name")).partition(",")[0]
    box = raw.get("boundingbox")
    rank = raw.get("place_rank")
    return make_answer(
        service="nominatim",
        identifier=f"osm:{_osm_type(raw.get('osm_type'))}/{read_id(raw.get('osm_id'))}",
        tags=OsmTags(
            read_text(raw.get("class") or raw.get("category")),
            read_text(raw.get("type")),
            rank if type(rank) is int else 0,
        ),
        position=(raw.get("lat"), raw.get("lon")),
        names=[raw.get("name"), first, *details.values()],
        country_code=address.get("country_code"),
        admin1=address.get("state") or address.get("province") or address.get("region"),
        admin2=address.get("county") or address.get("district"),
        box=box if isinstance(box, list) else None,
    )


def read_photon(raw: Mapping[str, Any]) -> Answer | None:
    """Read a feature of Photon's GeoJSON."""
    said = read_fields(raw.get("properties"))
    longitude, latitude, *_ = raw["geometry"]["coordinates"]
    box = said.get("extent")
    if isinstance(box, list) and len(box) == 4:
        west, north, east, south = box
        box = [south, north, west, east]
    return make_answer(
        service="photon",
        identifier=f"osm:{_osm_type(said.get('osm_type'))}/{read_id(said.get('osm_id'))}",
        tags=OsmTags(
            read_text(said.get("osm_key")), read_text(said.get("osm_value")), area=read_text(said.get("type"))
        ),
        position=(latitude, longitude),
        names=[said.get("name")],
        country_code=said.get("countrycode"),
        admin1=said.get("state"),
        admin2=said.get("county"),
        box=box if isinstance(box, list) else None,
    )


def read_geonames(raw: Mapping[str, Any]) -> Answer | None:
    """Read an entry of GeoNames' "searchJSON"."""
    said = read_fields(raw.get("bbox"))
    others = raw.get("alternateNames")
    return make_answer(
        service="geonames-online",
        identifier=f"geonames:{read_id(raw.get('geonameId'))}",
        tags=GeonamesTags(read_text(raw.get("fcl")), read_text(raw.get("fcode"))),
        position=(raw.get("lat"), raw.get("lng")),
        names=[
            raw.get("name"),
            raw.get("toponymName"),
            *(read_fields(other).get("name") for other in (others if isinstance(others, list) else ())),
        ],
        country_code=raw.get("countryCode"),
        admin1=raw.get("adminName1"),
        admin2=raw.get("adminName2"),
        population=raw.get("population"),
        box=[said.get(side) for side in ("south", "north", "west", "east")] if said else None,
    )


def _osm_type(value: object) -> str:
    names = {"N": "node", "W": "way", "R": "relation"}
    text = read_text(value)
    if text not in (*names, *names.values()):
        raise AnswerError(f"expected a type of OpenStreetMap's, got {text[:40]!r}")
    return names.get(text, text)
