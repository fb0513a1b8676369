"""The word lists and the tables of countries' and regions' names."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib import resources

import pycountry
import pytest

from geodata import lexicon
from geodata.gazetteer.folding import fold

WELL_KNOWN = (
    """
    Aleppo|Amman|Ankara|Athens|Austin|Baghdad|Bakhmut|Bangkok|Beijing|Beirut|Berlin|Boston|Brussels|Cairo|Caracas
    |Chicago|Damascus|Delhi|Dubai|Gaza|Geneva|Goma|Hama|Havana|Homs|Houston|Idlib|Istanbul|Jakarta|Jerusalem
    |Juba|Kabul|Kano|Karachi|Khartoum|Kharkiv|Kyiv|Lagos|Lahore|Lima|London|Maiduguri|Manila|Mariupol|Mogadishu|Moscow
    |Mosul|Nairobi|New York|Odessa|Paris|Port Sudan|Rafah|Rome|Sanaa|Seoul|Sofia|Split|Sydney|Taipei|Tehran
    |Tokyo|Tripoli|Tyre|Van|Vienna|Warsaw|Washington|Zurich|Texas|California|Papua|Kashmir|Tigray|Donbas|Sahel|Europe
    |Africa|Crimea|Sinai|Darfur|Balochistan|US|UK|UAE|DRC|Gulf of Aden|Black Sea|Red Sea|White House|Kremlin
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)

SPECIMENS = {
    "given_names": {
        "ahmed",
        "olusegun",
        "jean pierre",
        "volodymyr",
        "xiaoping",
        "jong un",
        "prabowo",
        "maria",
    },
    "ambiguous_given_names": {"jordan", "sydney", "florence", "salem", "medina", "santiago"},
    "titles": {"president", "lt gen", "ayatollah", "ministre", "presidente", "bundeskanzler"},
    "organisation_words": {"university", "tribune", "brigade", "accords", "class", "fc", "airlines"},
    "organisation_heads": {"bank", "university", "bishop", "tren", "cartel", "radio"},
    "surnames": {"clinton", "smith", "trump"},
    "joined_words": {"沿海", "地区", "其中", "国家", "今日", "本地", "国内"},
    "not_places": {"police", "march", "of", "reading", "sunni", "trump", "isis", "un", "the"},
}

FOLLOW_PLACES = {"airport", "police", "governor", "embassy", "government", "province", "summit", "diocese"}


def _lines(name: str) -> list[str]:
    path = resources.files("geodata.lexicon") / f"{name}.txt"
    return path.read_bytes().decode("utf-8").split("\n")


def _table(name: str) -> list[dict[str, str]]:
    path = resources.files("geodata.gazetteer") / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _owners(rows: list[dict[str, str]], key: str, column: str) -> dict[str, set[str]]:
    owners = defaultdict(set)
    for row in rows:
        for value in filter(None, row[column].split("|")):
            owners[fold(value)].add(row[key])
    return owners


@pytest.mark.parametrize("name", lexicon.NAMES)
def test_list_loads_and_holds_what_it_is_for(name: str) -> None:
    entries = lexicon.load(name)
    assert entries >= SPECIMENS[name]
    assert not any(entry.startswith("#") for entry in entries)
    assert lexicon.load(name) is entries


@pytest.mark.parametrize("name", lexicon.NAMES)
def test_file_is_folded_sorted_and_without_duplicates(name: str) -> None:
    lines = _lines(name)
    assert lines.pop() == "", "the last line is to end with a line feed"
    entries = [line for line in lines if line and not line.startswith("#")]
    assert len(entries) == len(set(entries)) == len(lexicon.load(name))
    assert [entry for entry in entries if fold(entry) != entry] == []
    block: list[str] = []
    for line in [*lines, "#"]:
        if line.startswith("#"):
            assert block == sorted(block)
            block = []
        elif line:
            block.append(line)


def test_size() -> None:
    assert len(lexicon.load("given_names")) >= 1_800
    assert len(lexicon.load("not_places")) >= 1_200


def test_unknown_list_is_refused() -> None:
    with pytest.raises(ValueError, match="no list is called 'nicknames'"):
        lexicon.load("nicknames")


def test_well_known_places_are_not_ruled_out() -> None:
    assert {fold(place) for place in WELL_KNOWN} & lexicon.load("not_places") == set()


def test_names_and_adjectives_of_countries_and_regions_are_not_ruled_out() -> None:
    countries, regions = _table("country_names.csv"), _table("region_adjectives.csv")
    names = (
        _owners(countries, "country_code", "names").keys()
        | _owners(countries, "country_code", "adjectives").keys()
        | _owners(regions, "name", "name").keys()
        | _owners(regions, "name", "adjectives").keys()
    )
    assert names & lexicon.load("not_places") == set()


def test_given_names_and_well_known_places_are_kept_apart() -> None:
    given = lexicon.load("given_names")
    assert given & lexicon.load("ambiguous_given_names") == set()
    assert {fold(place) for place in WELL_KNOWN} & given == set()


def test_words_that_follow_places_make_no_organisation() -> None:
    assert lexicon.load("organisation_words").isdisjoint(FOLLOW_PLACES)
    assert lexicon.load("organisation_heads").isdisjoint({"republic", "state", "city", "president", "gulf"})


def test_every_country_has_one_row() -> None:
    codes = [row["country_code"] for row in _table("country_names.csv")]
    assert codes == sorted({country.alpha_2 for country in pycountry.countries} | {"XK"})


@pytest.mark.parametrize("column", ["names", "adjectives"])
def test_a_name_belongs_to_one_country(column: str) -> None:
    owners = _owners(_table("country_names.csv"), "country_code", column)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("column", "value", "country"),
    [
        ("names", "U.S.", "US"),
        ("names", "DR Congo", "CD"),
        ("names", "Congo-Brazzaville", "CG"),
        ("names", "Cote d'Ivoire", "CI"),
        ("names", "Türkiye", "TR"),
        ("adjectives", "Libyan", "LY"),
        ("adjectives", "Nigeriens", "NE"),
        ("adjectives", "Dominican", "DO"),
        ("adjectives", "Palestinians", "PS"),
    ],
)
def test_country_of_a_name(column: str, value: str, country: str) -> None:
    assert _owners(_table("country_names.csv"), "country_code", column)[fold(value)] == {country}


def test_nations_of_the_united_kingdom_are_not_its_names() -> None:
    owners = _owners(_table("country_names.csv"), "country_code", "names")
    assert owners.keys().isdisjoint({"england", "scotland", "wales", "northern ireland"})


def test_an_adjective_belongs_to_one_region_and_to_no_country() -> None:
    regions = _table("region_adjectives.csv")
    names = [row["name"] for row in regions]
    assert names == sorted(set(names))
    owners = _owners(regions, "name", "adjectives")
    assert {adjective: places for adjective, places in owners.items() if len(places) > 1} == {}
    countries = _table("country_names.csv")
    assert owners.keys().isdisjoint(_owners(countries, "country_code", "adjectives"))
    assert owners.keys().isdisjoint(_owners(countries, "country_code", "names"))
    assert owners["chechen"] == {"Chechnya"}
