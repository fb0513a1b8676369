"""The publisher's digest against the whole gazetteer: every place that an analyst would look for, and every trap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.reading import read
from geodata.events import tabulate
from geodata.geodesy import distance_km
from geodata.geoparser import Geoparser

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geodata.gazetteer import Gazetteer

pytestmark = pytest.mark.digest


@pytest.fixture(scope="module")
def events(digest_file: Path, embedded_gazetteer: Gazetteer) -> GeoDataFrame:
    geoparser = Geoparser(embedded_gazetteer)
    articles = read(digest_file.read_bytes(), name=digest_file.name).articles
    return tabulate((article, geoparser.parse_article(article)) for article in articles)


PLACES = [
    # phrase in the digest, country, latitude, longitude, kilometres
    ("Mastung", "PK", 29.80, 66.85, 25),
    ("Quetta", "PK", 30.18, 67.00, 25),
    ("Doaba", "PK", 33.42, 70.74, 25),
    ("Hangu district", "PK", 33.53, 71.06, 40),
    ("Zhob", "PK", 31.34, 69.45, 25),
    ("Gwadar", "PK", 25.12, 62.33, 25),
    ("Swabi", "PK", 34.12, 72.47, 25),
    ("Dera Bugti", "PK", 29.04, 69.16, 25),
    ("Balochistan", "PK", 28.5, 65.5, 250),
    ("Nduga", "ID", -4.4, 138.3, 60),
    ("Wamena", "ID", -4.10, 138.95, 25),
    ("Jayapura", "ID", -2.53, 140.72, 25),
    ("Tocorón prison", "VE", 10.10, -67.55, 25),
    ("Lara state", "VE", 10.1, -69.8, 80),
    ("Benghazi", "LY", 32.11, 20.07, 25),
    ("Sirte", "LY", 31.20, 16.59, 25),
    ("Tripoli", "LY", 32.89, 13.19, 25),
    ("Al Khadim airfield", "LY", 32.00, 21.19, 25),
    ("Al-Jufra", "LY", 29.20, 16.00, 60),
    ("Al-Kharrouba", "LY", 31.95, 21.30, 60),
    ("Brak Al-Shati", "LY", 27.65, 14.27, 25),
    ("Tamanhint", "LY", 27.20, 14.62, 40),
    ("Hmeimim air base", "SY", 35.40, 35.95, 25),
    ("Tartus naval base", "SY", 34.89, 35.89, 25),
    ("Tunis", "TN", 36.81, 10.17, 25),
    ("Gaza Strip", "PS", 31.4, 34.4, 30),
    ("Iraqi Kurdistan", "IQ", 36.2, 44.2, 100),
    ("Sistan and Baluchestan", "IR", 28.5, 60.9, 200),
    ("Western Sahara", "EH", 24.5, -13.0, 400),
    ("Liptako-Gourma", "", 14.0, 0.5, 250),
]


@pytest.mark.parametrize(("phrase", "country_code", "latitude", "longitude", "kilometres"), PLACES)
def test_place_of_the_digest_is_right(
    events: GeoDataFrame, phrase: str, country_code: str, latitude: float, longitude: float, kilometres: float
) -> None:
    found = events[events["phrase"] == phrase]
    assert len(found), f"{phrase} is not on the map"
    for row in found.itertuples():
        assert row.country_code == country_code
        assert distance_km(row.geometry.y, row.geometry.x, latitude, longitude) <= kilometres


@pytest.mark.parametrize("name", ["Mali", "Niger", "Burkina Faso"])
def test_country_of_the_digest_is_a_country_and_where_the_pact_was_made(
    events: GeoDataFrame, name: str
) -> None:
    sahel = events[events["title"].str.contains("Sahelian")]
    row = sahel[sahel["phrase"] == name].iloc[0]
    assert (row["kind"], row["role"]) == ("country", "event")


TRAPS = [
    "Aragua",
    "Guerrero",
    "Majid",
    "Aman",
    "Washington",
    "Jerusalem",
    "Karrar",
    "Abbas",
    "Haftar",
    "Qassam",
]


@pytest.mark.parametrize("phrase", TRAPS)
def test_person_organisation_or_publisher_is_not_pinned(events: GeoDataFrame, phrase: str) -> None:
    assert events[events["phrase"].str.contains(rf"\b{phrase}\b")].empty


def test_mustang_is_mastung_and_nepal_is_nowhere(events: GeoDataFrame) -> None:
    assert not events["country_code"].isin(["NP"]).any()
    assert events[events["phrase"] == "Mustang"].empty


def test_every_article_happens_somewhere(events: GeoDataFrame) -> None:
    scenes = events[events["role"] == "event"]
    assert scenes["article_id"].nunique() == 10
