"""The bundled supplement is well formed: every row can be placed, told apart and traced to a source."""

import csv
from collections import Counter
from pathlib import Path

import pycountry
import pytest

import geodata
from geodata.model import Kind

COLUMNS = [
    "id", "name", "kind", "latitude", "longitude", "radius_km", "country_code", "admin1", "other_names",
    "geonames_id", "source",
]  # fmt: skip
FILE = Path(geodata.__file__).parent / "gazetteer" / "supplement.csv"
LARGEST_SITE_KM = 30


@pytest.fixture(scope="module")
def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_header_is_the_agreed_one():
    with FILE.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS


def test_file_has_unix_line_ends_and_no_byte_order_mark():
    content = FILE.read_bytes()
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


def test_every_row_has_all_columns(rows):
    assert [row for row in rows if None in row or None in row.values()] == []


def test_rows_are_at_least_seven_thousand(rows):
    assert len(rows) >= 9000


def test_ids_are_unique_slugs(rows):
    counts = Counter(row["id"] for row in rows)
    assert [name for name, count in counts.items() if count > 1] == []
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert [name for name in counts if not name or set(name) - letters or name.strip("-") != name] == []


def test_name_and_country_are_unique(rows):
    counts = Counter((row["name"].casefold(), row["country_code"]) for row in rows)
    assert [key for key, count in counts.items() if count > 1] == []


def test_geonames_ids_are_unique_numbers(rows):
    ids = [row["geonames_id"] for row in rows if row["geonames_id"]]
    assert all(value.isdigit() for value in ids)
    assert [value for value, count in Counter(ids).items() if count > 1] == []


def test_kinds_are_known(rows):
    assert {row["kind"] for row in rows} <= {kind.value for kind in Kind}


def test_coordinates_are_degrees_and_never_zero_zero(rows):
    wrong = [
        row["id"]
        for row in rows
        if not (-90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180)
        or (float(row["latitude"]) == 0 and float(row["longitude"]) == 0)
    ]
    assert wrong == []


def test_sites_carry_four_decimals(rows):
    sites = [row for row in rows if row["kind"] == Kind.SITE]
    coordinates = [(row["id"], row[column]) for row in sites for column in ("latitude", "longitude")]
    assert [pair for pair in coordinates if len(pair[1].partition(".")[2]) != 4] == []


def test_radii_are_positive_and_sites_are_small(rows):
    assert [row["id"] for row in rows if float(row["radius_km"]) <= 0] == []
    sites = [row for row in rows if row["kind"] == Kind.SITE]
    assert [row["id"] for row in sites if float(row["radius_km"]) > LARGEST_SITE_KM] == []


def test_country_codes_are_known(rows):
    known = {country.alpha_2 for country in pycountry.countries} | {"", "XK"}
    assert {row["country_code"] for row in rows} <= known


def test_provinces_and_districts_have_a_country(rows):
    divisions = {Kind.ADMIN1.value, Kind.ADMIN2.value}
    assert [row["id"] for row in rows if row["kind"] in divisions and not row["country_code"]] == []


def test_every_row_names_its_source(rows):
    assert [row["id"] for row in rows if not row["source"].strip()] == []


def test_other_names_have_no_empty_or_repeated_parts(rows):
    wrong = []
    for row in rows:
        parts = row["other_names"].split("|") if row["other_names"] else []
        folded = [part.casefold() for part in (row["name"], *parts)]
        if any(not part or part != part.strip() for part in parts) or len(set(folded)) != len(folded):
            wrong.append(row["id"])
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "country_code", "latitude", "longitude"),
    [
        ("Tocorón", "VE", 10.13, -67.55),
        ("Khmeimim", "SY", 35.40, 35.95),
        ("Al-Kharrouba", "LY", 31.95, 21.30),
        ("Tamanhint", "LY", 27.20, 14.62),
        ("Iraqi Kurdistan", "IQ", 36.2, 44.3),
        ("Nduga", "ID", -4.4, 138.3),
        ("Lara", "VE", 10.1, -69.7),
        ("Liptako-Gourma", "", 14.5, 0.5),
        ("Evin", "IR", 35.795, 51.385),
        ("EU", "", 50.8, 10.0),
        ("Svaneti", "GE", 43.0, 42.7),
        ("Ayers Rock", "AU", -25.34, 131.04),
        ("Zwara", "LY", 32.93, 12.08),
        ("Ag Geneina", "SD", 13.45, 22.45),
        ("Hilmand", "AF", 31.4, 64.0),
        ("Malakula", "VU", -16.3, 167.4),
        ("Espiritu Santo", "VU", -15.3, 166.9),
        ("Manchar Lake", "PK", 26.4, 67.7),
        ("Blue Mountains", "JM", 18.1, -76.6),
        ("Táchira River", "", 7.8, -72.45),
        ("Perthshire", "GB", 56.6, -3.9),
        ("Baghouz", "SY", 34.46, 40.95),
        ("Hawija", "IQ", 35.33, 43.77),
        ("Khiam", "LB", 33.33, 35.61),
        ("Mambasa", "CD", 1.36, 29.05),
        ("Barsalogho", "BF", 13.42, -1.06),
        ("Solhan", "BF", 13.38, 0.45),
        ("Foya", "LR", 8.36, -10.2),
        ("Robotyne", "UA", 47.45, 35.84),
        ("Przewodów", "PL", 50.47, 23.93),
        ("Tongo-Tongo", "NE", 14.94, 1.80),
        ("Miritituba", "BR", -4.28, -55.95),
    ],
)
def test_names_of_real_news_are_found_where_they_lie(rows, name, country_code, latitude, longitude):
    found = [
        row
        for row in rows
        if name in (row["name"], *row["other_names"].split("|")) and row["country_code"] == country_code
    ]
    assert len(found) == 1
    assert float(found[0]["latitude"]) == pytest.approx(latitude, abs=0.2)
    assert float(found[0]["longitude"]) == pytest.approx(longitude, abs=0.2)
