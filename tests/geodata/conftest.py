"""A tiny gazetteer of real places, so that tests say what they mean without a build of half a minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.geoparser import Geoparser
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.gazetteer import Gazetteer

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def place(name: str, kind: str, latitude: float, longitude: float, code: str = "", **more: object) -> Place:
    """Make a place with an id of its name; positions are GeoNames'."""
    defaults = Place(
        id=f"test:{name}:{code}".lower().replace(" ", "-"),
        name=name,
        kind=Kind(kind),
        latitude=latitude,
        longitude=longitude,
        country_code=code,
        source="test",
    )
    return replace(defaults, **more)  # type: ignore[arg-type]


def country(
    name: str, latitude: float, longitude: float, code: str, *adjectives: str, also: tuple = ()
) -> Entry:
    return Entry(
        place(name, "country", latitude, longitude, code, radius_km=500.0, population=10_000_000),
        alternates=also,
        adjectives=adjectives,
    )


ENTRIES = [
    country("Pakistan", 30.0, 70.0, "PK", "Pakistani", "Pakistanis"),
    country("Nepal", 28.0, 84.0, "NP", "Nepalese"),
    country("Libya", 28.0, 17.0, "LY", "Libyan", "Libyans"),
    country("Lebanon", 33.8, 35.8, "LB", "Lebanese"),
    country("United States", 39.8, -98.5, "US", "American", also=("U.S.", "US", "USA")),
    country("France", 46.0, 2.0, "FR", "French"),
    country("Russia", 60.0, 100.0, "RU", "Russian"),
    country("United Kingdom", 54.8, -2.7, "GB", "British", also=("UK", "Britain")),
    Entry(place("Balochistan", "admin1", 28.5, 65.5, "PK", admin1="Balochistan", radius_km=450.0, population=12_000_000)),
    Entry(place("Texas", "admin1", 31.25, -99.25, "US", admin1="Texas", radius_km=500.0, population=27_000_000), abbreviations=("Tex.", "TX")),
    Entry(place("Aragua", "admin1", 10.0, -67.2, "VE", admin1="Aragua", radius_km=50.0, population=1_600_000)),
    Entry(place("Mastung", "city", 29.79966, 66.84553, "PK", admin1="Balochistan", population=29_082)),
    Entry(place("Mastung District", "admin2", 29.8, 66.8, "PK", admin1="Balochistan", radius_km=40.0), derived=("Mastung",)),
    Entry(place("Quetta", "city", 30.18414, 67.00141, "PK", admin1="Balochistan", population=1_565_546)),
    Entry(place("Mustang", "admin2", 28.8, 83.8, "NP", admin1="Gandaki", radius_km=60.0)),
    Entry(place("Tripoli", "city", 32.88743, 13.18733, "LY", admin1="Tripoli", population=1_150_989), alternates=("Tarabulus",)),
    Entry(place("Tripoli", "city", 34.43352, 35.84415, "LB", admin1="North", population=229_398)),
    Entry(place("Al Jufra Air Base", "site", 29.198, 16.001, "LY", admin1="Al Jufrah"), alternates=("Al Jufra", "Al-Jufra airbase")),
    Entry(place("Paris", "city", 48.85341, 2.3488, "FR", admin1="Île-de-France", population=2_138_551)),
    Entry(place("Paris", "city", 33.66094, -95.55551, "US", admin1="Texas", population=24_782)),
    Entry(place("London", "city", 51.50853, -0.12574, "GB", admin1="England", population=8_961_989)),
    Entry(place("Washington", "city", 38.89511, -77.03637, "US", admin1="District of Columbia", population=689_545)),
    Entry(place("Moscow", "city", 55.75222, 37.61556, "RU", admin1="Moscow", population=10_381_222, is_capital=True), alternates=("Москва",)),
    Entry(place("Sahel", "region", 15.0, 5.0, radius_km=2000.0)),
]  # fmt: skip


@pytest.fixture(scope="session")
def gazetteer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "gazetteer"
    info = SourceInfo("test", "Places of the tests", "MIT", "2026")
    build_gazetteer(folder, sources=[Source(lambda: info, lambda: iter(ENTRIES))], now=lambda: NOW)
    return folder


@pytest.fixture(scope="session")
def gazetteer(gazetteer_folder: Path) -> Iterator[Gazetteer]:
    with open_gazetteer(gazetteer_folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def geoparser(gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(gazetteer)
