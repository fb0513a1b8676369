"""The gazetteer under geopy's signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from geopandas.tools import geocode
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from geodata.geocoders import GazetteerGeocoder

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
