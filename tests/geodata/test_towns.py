"""Which towns a map names."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.gazetteer.folding import fold
from geodata.gazetteer.towns import MOST, OF_A_COUNTRY, choose_towns, pick_towns, weight
from geodata.geodesy import distance_km
from geodata.model import Kind
from tests.geodata.conftest import NOW, place

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.gazetteer import Gazetteer
    from geodata.model import Place


def choose(*towns: tuple[float, float, float, int], most: int) -> list[int]:
    """Choose among towns given by latitude, longitude, weight and country."""
    latitudes, longitudes, weights, countries = (np.array(column) for column in zip(*towns, strict=True))
    return choose_towns(
        latitudes=latitudes,
        longitudes=longitudes,
        weights=weights.astype(float),
        countries=countries,
        most=most,
    ).tolist()


@pytest.fixture(scope="module")
def towns(embedded_gazetteer: Gazetteer) -> list[Place]:
    return pick_towns(embedded_gazetteer)


# ---- the choice ---------------------------------------------------------------------------------


def test_most_important_come_first() -> None:
    assert choose((0, 0, 5, 0), (20, 0, 50, 0), (40, 0, 20, 0), most=3) == [1, 2, 0]


def test_small_town_far_from_others_goes_before_another_suburb() -> None:
    suburbs = [(0.01 * number, 0.01, 1000 - number, 0) for number in range(10)]
    chosen = choose(*suburbs, (30, 30, 100, 0), most=8)
    assert 10 in chosen
    assert len(chosen) == 8
    assert 9 not in chosen


def test_every_country_has_its_largest_even_where_no_population_is_told() -> None:
    many = [(0.5 * number - 40, 10, 1_000_000, 0) for number in range(100)]
    small = [(number, 100, number, 1) for number in range(9)]
    unknown = [(number, 150, 0, 2) for number in range(3)]
    chosen = Counter(number // 100 + (number >= 109) for number in choose(*many, *small, *unknown, most=20))
    assert chosen == {0: 20 - OF_A_COUNTRY - 3, 1: OF_A_COUNTRY, 2: 3}


def test_what_no_population_is_told_of_is_left_out_where_others_are() -> None:
    assert choose(*[(number, 0, 10 - number, 0) for number in range(8)], (50, 0, 0, 0), most=20) == [
        *range(8)
    ]


@pytest.mark.parametrize("spot", [(90, 180), (-90, -180), (85.06, 179.999)])
def test_ends_of_the_world_are_no_trouble(spot: tuple[float, float]) -> None:
    assert choose((*spot, 3, 0), (0, 0, 4, 0), most=5) == [1, 0]


def test_capital_goes_before_its_larger_neighbour_but_not_before_a_metropolis() -> None:
    islamabad, rawalpindi, lagos, lome = (
        weight(601_600, True), weight(3_357_612, False), weight(15_388_000, False), weight(2_188_376, True),
    )  # fmt: skip
    assert rawalpindi < islamabad < lome < lagos


# ---- of a gazetteer -----------------------------------------------------------------------------


def test_only_towns_are_picked_and_each_once(tmp_path: Path) -> None:
    entries = [
        Entry(place("Pakistan", "country", 30, 70, "PK", population=240_000_000)),
        Entry(place("Quetta District", "admin2", 30.2, 67, "PK", population=2_000_000)),
        Entry(place("Quetta", "city", 30.18414, 67.00141, "PK", population=1_565_546)),
        Entry(place("Quétta", "city", 30.2, 67.01, "PK", id="test:again", population=1_000)),
        Entry(place("Tripoli", "city", 32.88743, 13.18733, "LY", population=1_150_989, is_capital=True)),
        Entry(place("Tripoli", "city", 34.43352, 35.84415, "LB", population=229_398)),
        Entry(place("Hamlet", "city", 30, 30, "EG", population=10, is_minor=True)),
    ]
    info = SourceInfo("test", "Test", "MIT", "2026")
    build_gazetteer(tmp_path, sources=[Source(lambda: info, lambda: iter(entries))], now=lambda: NOW)
    with open_gazetteer(tmp_path) as gazetteer:
        picked = [(town.name, town.country_code) for town in pick_towns(gazetteer)]
    assert picked == [("Tripoli", "LY"), ("Quetta", "PK"), ("Tripoli", "LB")]


def test_every_country_with_towns_has_some(embedded_gazetteer: Gazetteer, towns: list[Place]) -> None:
    every = (embedded_gazetteer.place(number) for number in range(len(embedded_gazetteer)))
    known = Counter(each.country_code for each in every if each.kind is Kind.CITY and not each.is_minor)
    named = Counter(town.country_code for town in towns)
    assert {code for code in known if not named[code]} == set()
    assert [code for code, count in known.items() if named[code] < min(3, count)] == []


def test_there_are_as_many_as_are_asked_for_and_sorted(towns: list[Place]) -> None:
    assert 0.99 * MOST < len(towns) <= MOST
    weights = [weight(town.population, town.is_capital) for town in towns]
    assert all(more >= less for more, less in pairwise(weights))
    assert {town.kind for town in towns} == {Kind.CITY}


def test_none_is_doubled(towns: list[Place]) -> None:
    assert len({town.id for town in towns}) == len(towns)
    namesakes: dict[str, list[Place]] = {}
    for town in towns:
        for other in namesakes.setdefault(fold(town.name), []):
            apart = distance_km(town.latitude, town.longitude, other.latitude, other.longitude)
            assert apart > 14, (town, other)
        namesakes[fold(town.name)].append(town)


@pytest.mark.parametrize(
    "name", ["Quetta", "Mastung", "Kidal", "Agadez", "Timbuktu", "Faya-Largeau", "Islamabad"]
)
def test_sparsely_settled_parts_have_their_towns(towns: list[Place], name: str) -> None:
    assert name in {town.name for town in towns}
