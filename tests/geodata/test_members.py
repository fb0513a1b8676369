"""Provinces' points and namesakes, as they follow from their populated places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shapely import box

from geodata.gazetteer.sources.members import Members, find_namesakes
from geodata.geodesy import distance_km
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer

MAINLAND = box(0.0, 0.0, 2.0, 2.0)


def members(*points: tuple[float, float]) -> Members:
    made = Members()
    for latitude, longitude in points:
        made.add(Place("test:1", "Town", Kind.CITY, latitude, longitude, population=1000))
    return made


def test_a_middle_at_sea_gives_way_to_the_most_central_town() -> None:
    # Two towns and a village on the mainland, and an island far out.
    towns = members((1.0, 0.1), (1.0, 0.2), (1.0, 0.4), (1.0, -9.0))
    assert towns.centre(MAINLAND) == (1.0, 0.2)


def test_a_middle_on_land_stays_however_far_the_towns_are() -> None:
    assert members((0.1, 0.1), (1.9, 1.9)).centre(MAINLAND) == pytest.approx((1.0, 1.0))


def test_a_middle_just_off_the_coast_stays() -> None:
    assert members((1.0, 0.1), (1.2, -0.3)).centre(MAINLAND) == pytest.approx((1.1, -0.1))


def test_a_middle_stays_where_the_country_has_no_shape() -> None:
    assert members((1.0, 0.1), (1.0, -9.0)).centre() == pytest.approx((1.0, -4.45))


def city(number: int, name: str, population: int, *, admin1: str = "01") -> dict[str, object]:
    return {
        "geonameid": number,
        "name": name,
        "countrycode": "CL",
        "admin1code": admin1,
        "population": population,
    }


@pytest.mark.parametrize(
    ("cities", "expected"),
    [
        ([city(1, "Viña del Mar", 334_000), city(2, "Valparaíso", 282_000)], {2}),
        # Where another leads, the name is the province's.
        ([city(1, "Mazār", 523_000), city(2, "Valparaíso", 114_000)], set()),
        # The larger of two; those of other provinces and of none do not count.
        ([city(1, "Valparaíso", 9_000), city(2, "Valparaíso", 8_000)], {1}),
        ([city(1, "Valparaíso", 9_000, admin1="02"), city(2, "Valparaíso", 8_000, admin1="")], set()),
    ],
)
def test_a_namesake_of_its_province_is_among_the_first_there(
    cities: list[dict[str, object]], expected: set[int]
) -> None:
    assert find_namesakes(cities, {"CL.01": "Valparaiso", "CL.02": "Other"}) == expected


def test_a_namesake_bears_what_is_left_of_the_provinces_name() -> None:
    assert find_namesakes([city(1, "Opole", 9_000)], {"CL.01": "Opole Voivodeship"}) == {1}


@pytest.mark.parametrize("name", ["Valparaíso", "Florida", "Maluku", "Tokyo", "Da Nang City", "Dasoguz"])
def test_no_point_of_a_province_lies_out_at_sea_or_abroad(embedded_gazetteer: Gazetteer, name: str) -> None:
    province = next(place for place in embedded_gazetteer.search(name) if place.kind is Kind.ADMIN1)
    towns = [
        place
        for number in range(len(list(embedded_gazetteer.records())))
        if (place := embedded_gazetteer._read_place(number)).kind is Kind.CITY
        and (place.country_code, place.admin1) == (province.country_code, province.admin1)
    ]
    assert (
        min(
            distance_km(province.latitude, province.longitude, each.latitude, each.longitude)
            for each in towns
        )
        < 25
    )
