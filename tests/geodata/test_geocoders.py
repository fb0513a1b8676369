"""The gazetteer under geopy's signature, and chains of such geocoders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from geopandas.tools import geocode
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from geodata.geocoders import ChainGeocoder, GazetteerGeocoder
from geodata.geocoders.locations import to_location, to_place

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.gazetteer import Gazetteer


def test_geocode_returns_a_location_with_its_raw_place(gazetteer: Gazetteer) -> None:
    location = GazetteerGeocoder(gazetteer).geocode("Mastung")
    assert isinstance(location, Location)
    assert location.address == "Mastung, Balochistan, Pakistan"
    assert (location.latitude, location.longitude) == (29.79966, 66.84553)
    assert location.raw["kind"] == "city"


def test_geocode_minds_what_contains_the_place(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    assert geocoder.geocode("Tripoli").raw["country_code"] == "LY"
    assert geocoder.geocode("Tripoli, Lebanon").raw["country_code"] == "LB"
    assert geocoder.geocode("Mastung, Nepal") is None


def test_geocode_can_be_limited_to_countries(gazetteer: Gazetteer) -> None:
    assert GazetteerGeocoder(gazetteer).geocode("Tripoli", country_codes="lb").raw["country_code"] == "LB"


def test_geocode_lists_all_places_when_asked(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    found = geocoder.geocode("Paris", exactly_one=False)
    assert [location.raw["country_code"] for location in found] == ["FR", "US"]
    assert len(geocoder.geocode("Paris", exactly_one=False, limit=1)) == 1


def test_geocode_refuses_an_empty_query(gazetteer: Gazetteer) -> None:
    with pytest.raises(GeocoderQueryError, match="a place's name"):
        GazetteerGeocoder(gazetteer).geocode(" , ")


def test_geopandas_geocodes_through_it(gazetteer_folder: Path) -> None:
    places = geocode(["Mastung", "Nowhereville"], provider=GazetteerGeocoder, gazetteer=gazetteer_folder)
    assert round(places.geometry.x[0], 2) == 66.85
    assert places.geometry.is_empty.tolist() == [False, True]


def test_geopys_rate_limiter_wraps_it(gazetteer: Gazetteer) -> None:
    limited = RateLimiter(GazetteerGeocoder(gazetteer).geocode, min_delay_seconds=0)
    assert limited("Quetta").raw["population"] == 1_565_546


class Failing:
    """Stands for a service that cannot be reached."""

    def geocode(self, query: str, **_: object) -> None:
        raise GeocoderUnavailable(f"cannot ask for {query}")


class Knowing:
    """Stands for a service that knows one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[str] = []

    def geocode(self, query: str, **_: object) -> str | None:
        self.asked.append(query)
        return f"{query} of {self.name}" if query == self.name else None


def test_chain_asks_the_next_where_one_knows_nothing(gazetteer: Gazetteer) -> None:
    online = Knowing("Sawai")
    chain = ChainGeocoder([GazetteerGeocoder(gazetteer), online])
    assert chain.geocode("Mastung", country_bias="PK").raw["kind"] == "city"
    assert online.asked == []
    assert chain.geocode("Sawai") == "Sawai of Sawai"
    assert chain.geocode("Xyzzy") is None


def test_chain_goes_past_a_failure_and_says_so_only_where_nobody_knows() -> None:
    chain = ChainGeocoder([Failing(), Knowing("Sawai")])
    assert chain.geocode("Sawai") == "Sawai of Sawai"
    with pytest.raises(GeocoderUnavailable, match="cannot ask for Xyzzy"):
        chain.geocode("Xyzzy")


def test_chain_needs_a_geocoder() -> None:
    with pytest.raises(ValueError, match="at least one"):
        ChainGeocoder([])


def test_geocode_puts_the_preferred_country_first(gazetteer: Gazetteer) -> None:
    geocoder = GazetteerGeocoder(gazetteer)
    assert geocoder.geocode("Tripoli", country_bias="lb").raw["country_code"] == "LB"
    assert len(geocoder.geocode("Tripoli", country_bias="lb", exactly_one=False)) == 2


def test_locations_hold_their_places(gazetteer: Gazetteer) -> None:
    (posting, *_) = gazetteer.find("quetta")
    assert to_place(to_location(posting.place)) == replace(posting.place, is_capital=False)
