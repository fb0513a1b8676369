"""What a user adds to the gazetteer: read, joined with what is there, kept, and taken away again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.additions.adding import Description, add_file, list_additions, name_of, remove_addition
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, NameQuality, SourceInfo
from geodata.geoparser import Geoparser
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.gazetteer.additions.adding import Outcome


@pytest.fixture
def folder(tmp_path: Path, gazetteer_folder: Path) -> Path:
    """A gazetteer of the tests' places that may be changed."""
    return shutil.copytree(gazetteer_folder, tmp_path / "gazetteer")


def dump_row(
    number: int, name: str, latitude: object, longitude: object, feature: str, **more: object
) -> str:
    """Write a row of a GeoNames dump: 19 columns."""
    feature_class, code = feature.split(".")
    cells = [number, name, name, more.get("others", ""), latitude, longitude, feature_class, code,
             more.get("country", "PK"), "", more.get("admin1", ""), more.get("admin2", ""), "", "",
             more.get("population", 0), "", "", "Asia/Karachi", "2026-01-01"]  # fmt: skip
    return "\t".join(map(str, cells)) + "\n"


def add(folder: Path, text: str, *, name: str = "mine.csv", **description: object) -> Outcome:
    file = folder.parent / name
    file.write_text(text, encoding="utf-8")
    return add_file(folder, file, Description(name_of(file), **description))


def search(folder: Path, name: str) -> list[Place]:
    with open_gazetteer(folder) as gazetteer:
        return [posting.place for posting in gazetteer.find(name)]


def parse(folder: Path, text: str) -> dict[str, str]:
    with open_gazetteer(folder) as gazetteer:
        return {
            resolution.mention.phrase: resolution.place.id
            for resolution in Geoparser(gazetteer).parse(text)
            if resolution.place
        }


@pytest.mark.parametrize(
    ("feature", "kind", "is_minor"),
    [
        ("P.PPL", Kind.CITY, False),
        ("P.PPLQ", Kind.CITY, True),
        ("A.ADM1", Kind.ADMIN1, False),
        ("A.ADM3", Kind.ADMIN2, False),
        ("H.STM", Kind.WATER, True),
        ("H.GULF", Kind.WATER, False),
        ("S.HTL", Kind.SITE, True),
        ("S.AIRB", Kind.SITE, False),
        ("T.MT", Kind.REGION, True),
        ("L.CONT", Kind.REGION, False),
        ("R.RD", Kind.SITE, True),
        ("U.RDGU", Kind.WATER, True),
        ("V.FRST", Kind.REGION, True),
    ],
)
def test_dump_keeps_every_feature_class(folder: Path, feature: str, kind: Kind, *, is_minor: bool) -> None:
    add(folder, dump_row(999, "Zhob Ghar", 31.3, 69.4, feature), name="PK.txt")
    (place,) = search(folder, "zhob ghar")
    assert (place.id, place.kind, place.feature, place.is_minor) == ("geonames:999", kind, feature, is_minor)
    assert (round(place.latitude, 1), round(place.longitude, 1), place.country_code) == (31.3, 69.4, "PK")


def test_dump_leaves_out_divisions_of_the_past_and_says_so(folder: Path) -> None:
    rows = dump_row(998, "Old Zhob", 31.3, 69.4, "A.ADM2H") + dump_row(999, "Zhob", 31.3, 69.4, "P.PPL")
    outcome = add(folder, rows, name="PK.txt")
    assert outcome.read.omitted == {"divisions of the past": 1}
    assert search(folder, "old zhob") == []


def test_dump_knows_capitals_provinces_and_other_names(folder: Path) -> None:
    row = dump_row(
        1176615, "Islamabad", 33.72, 73.04, "P.PPLC", admin1="08", population=601_600, others="ISB,Исламабад"
    )
    add(folder, row, name="PK.txt")
    (place,) = search(folder, "исламабад")
    assert (place.is_capital, place.admin1, place.population) == (True, "Islamabad", 601_600)
    assert search(folder, "isb") == []


def test_minor_features_do_not_flood_plain_sentences(folder: Path) -> None:
    """What a country's dump brings of streams, hotels, hills and hamlets that are words and people's names."""
    text = (
        "Police said on Monday that Victoria Nuland met Imran Bugti in Quetta. The General spoke of Peace and of"
        " Friendship. Hope is a virtue, Victoria told reporters. A letter of Tolmek pleased the Sarvan fund."
    )
    words = "Police Monday Victoria General Peace Friendship Hope Imran Bugti Tolmek Sarvan"
    names = words.split()
    features = ["H.STM", "S.HTL", "T.HLL", "S.FRM", "L.LCTY", "V.FRST", "R.RD", "U.SMU"]
    before = parse(folder, text)
    rows = "".join(
        dump_row(5000 + 20 * number + index, name, 30.2, 67.0, feature)
        for number, name in enumerate(names)
        for index, feature in enumerate(features)
    )
    outcome = add(folder, rows, name="PK.txt")
    assert outcome.merged.new == len(names) * len(features)
    assert list(before) == ["Quetta"]
    assert list(parse(folder, text)) == ["Quetta"]
    elsewhere = text.replace("Quetta", "London")
    assert list(parse(folder, elsewhere)) == ["London"]


def test_a_minor_place_is_found_where_the_text_supports_it(folder: Path) -> None:
    add(folder, dump_row(999, "Zhob Ghar", 31.3, 69.4, "T.HLL"), name="PK.txt")
    assert parse(folder, "Two men died on Zhob Ghar, Pakistan.")["Zhob Ghar"] == "geonames:999"
    assert "Zhob Ghar" not in parse(folder, "A letter of Zhob Ghar was read in London.")


def test_alternate_names_are_added_to_places_that_are_there(folder: Path) -> None:
    add(folder, dump_row(999, "Zhob", 31.3, 69.4, "P.PPL"), name="PK.txt")
    rows = [
        ("1", "999", "en", "Fort Sandeman", "", "", "", "1", "", ""),
        ("2", "999", "link", "https://en.wikipedia.org/wiki/Zhob", "", "", "", "", "", ""),
        ("3", "999", "iata", "PZH", "", "", "", "", "", ""),
        ("4", "999", "en", "Zhobby", "", "", "1", "", "", ""),
        ("5", "12345", "en", "Nowhere", "", "", "", "", "", ""),
        ("6", "999", "en"),
    ]
    outcome = add(folder, "".join("\t".join(row) + "\n" for row in rows), name="alternateNamesV2.txt")
    assert [place.id for place in search(folder, "fort sandeman")] == ["geonames:999"]
    assert [search(folder, name) for name in ("pzh", "zhobby", "nowhere")] == [[], [], []]
    assert (outcome.read.other_names, outcome.read.shown) == (
        1,
        [(6, "expected 10 columns parted by tabs, got 3")],
    )
    assert outcome.read.omitted == {
        "codes, links and nicknames": 3,
        "names of places that the gazetteer lacks": 1,
    }


def test_a_newer_dump_replaces_the_record_and_all_names_count(folder: Path) -> None:
    add(folder, dump_row(999, "Zhob", 31.3, 69.4, "P.PPL", population=50), name="PK.txt")
    add(folder, dump_row(999, "Zhob City", 31.35, 69.45, "P.PPL", population=70_000), name="PK-2026.txt")
    (place,) = search(folder, "zhob")
    assert [place] == search(folder, "zhob city")
    assert (place.name, place.population, place.source) == ("Zhob City", 70_000, "pk-2026")


def test_a_list_of_others_completes_a_place_and_does_not_replace_it(folder: Path) -> None:
    add(folder, dump_row(999, "Zhob", 31.3, 69.4, "P.PPL", population=90_000), name="PK.txt")
    add(folder, "name,lat,lon,geonames_id,population,other_names\nZhobb,31.4,69.5,999,12,Appozai\n")
    (place,) = search(folder, "appozai")
    assert (place.name, place.population, place.id) == ("Zhob", 90_000, "geonames:999")


def test_the_same_place_of_another_source_is_one_candidate(folder: Path) -> None:
    before = parse(folder, "A blast in Quetta.")
    outcome = add(
        folder,
        "id,name,country,lat,lon,other_names\n7,Quetta,PK,30.19,67.01,Kwatah|Shaal\n8,Quetta,PK,27.0,64.0,\n",
    )
    assert (outcome.merged.new, outcome.merged.joined) == (1, 1)
    assert [place.id for place in search(folder, "shaal")] == ["test:quetta:pk"]
    assert [place.id for place in search(folder, "quetta")] == ["test:quetta:pk", "mine:8"]
    assert parse(folder, "A blast in Quetta.") == before


def test_the_same_division_is_joined_without_its_common_noun(folder: Path) -> None:
    add(
        folder,
        "name,kind,country,lat,lon,geonames_id\nMastung District,district,Pakistan,29.9,66.7,1170394\n",
    )
    assert [place.id for place in search(folder, "mastung district")] == ["geonames:1170394"]


def test_names_that_a_place_bears_as_adjectives_stay_adjectives(folder: Path) -> None:
    add(folder, "name,kind,cc,lat,lon,other_names\nLibya,country,LY,28,17,Libyan\n")
    with open_gazetteer(folder) as gazetteer:
        assert [posting.quality for posting in gazetteer.find("libyan")] == [NameQuality.ADJECTIVE]


def test_rebuilding_keeps_additions_and_removing_takes_them_away(folder: Path) -> None:
    with open_gazetteer(folder) as gazetteer:
        before = gazetteer.info
    add(folder, "name,lat,lon,cc\nZhob,31.3,69.4,PK\n", name="one.csv", licence="CC0")
    add(folder, "name,lat,lon,cc\nLoralai,30.4,68.6,PK\n", name="two.csv")
    zhob = Entry(Place("test:new", "Newtown", Kind.CITY, 30.0, 67.0, "PK", source="test"))
    build_gazetteer(folder, sources=[Source(lambda: SourceInfo("test", "t", "l", "d"), lambda: iter([zhob]))])
    assert [bool(search(folder, name)) for name in ("newtown", "zhob", "loralai", "quetta")] == [1, 1, 1, 0]
    remove_addition(folder, "one")
    assert [bool(search(folder, name)) for name in ("newtown", "zhob", "loralai")] == [1, 0, 1]
    remove_addition(folder, "two")
    with open_gazetteer(folder) as gazetteer:
        assert [source.id for source in gazetteer.info.sources] == ["test"]
        assert gazetteer.info.places == 1 != before.places
    assert (
        not list(folder.glob("addition-*")) + list(folder.glob("adding-*")) + list(folder.glob("building-*"))
    )
    assert len(list(folder.glob("index-*"))) == 1


def test_removing_restores_the_index_that_was(folder: Path) -> None:
    with open_gazetteer(folder) as gazetteer:
        before = gazetteer.info.fingerprint
    add(folder, "name,lat,lon,cc\nZhob,31.3,69.4,PK\n")
    with open_gazetteer(folder) as gazetteer:
        assert gazetteer.info.fingerprint != before
        assert gazetteer.info.sources[-1].id == "mine"
    remove_addition(folder, "mine")
    with open_gazetteer(folder) as gazetteer:
        assert gazetteer.info.fingerprint == before


def test_adding_the_same_name_again_replaces_the_addition(folder: Path) -> None:
    add(folder, "name,lat,lon,cc\nZhob,31.3,69.4,PK\n")
    add(folder, "name,lat,lon,cc\nLoralai,30.4,68.6,PK\n")
    assert (search(folder, "zhob"), len(search(folder, "loralai"))) == ([], 1)
    assert list_additions(folder) == (["mine"], [])


def test_removing_what_is_not_there_lists_what_is(folder: Path) -> None:
    add(folder, "name,lat,lon,cc\nZhob,31.3,69.4,PK\n")
    with pytest.raises(GazetteerError, match="no addition 'yours'; added were: mine"):
        remove_addition(folder, "yours")


def test_a_damaged_addition_is_named_and_can_be_removed(folder: Path) -> None:
    add(folder, "name,lat,lon,cc\nZhob,31.3,69.4,PK\n")
    (file,) = folder.glob("addition-mine-*.sqlite")
    file.write_bytes(b"nothing")
    add(folder, "name,lat,lon,cc\nZhob,31.3,69.4,PK\n", name="a.csv")
    with pytest.raises(GazetteerError, match="dateline gazetteer remove mine"):
        build_gazetteer(folder, sources=[Source(lambda: SourceInfo("test", "t", "l", "d"), lambda: iter(()))])
    assert search(folder, "quetta")
    remove_addition(folder, "mine")
    assert search(folder, "zhob")
    assert list_additions(folder) == (["a"], [])


def test_places_of_countries_and_continents_are_not_doubled(folder: Path) -> None:
    add(folder, dump_row(1168579, "Pakistan", 30, 70, "A.PCLI", population=200_000_000), name="PK.txt")
    (place,) = search(folder, "pakistan")
    assert (place.id, place.kind, place.radius_km) == ("geonames:1168579", Kind.COUNTRY, 500.0)


@pytest.mark.parametrize("name", ["Quetta!", "", "-x", "a" * 64, "../x"])
def test_a_name_that_is_no_file_name_is_refused(folder: Path, name: str) -> None:
    file = folder.parent / "mine.csv"
    file.write_text("name,lat,lon\nZhob,31.3,69.4\n")
    with pytest.raises(GazetteerError, match="cannot name an addition"):
        add_file(folder, file, Description(name))


def test_the_gazetteers_own_sources_cannot_be_replaced(folder: Path) -> None:
    with pytest.raises(GazetteerError, match="source 'test' of its own"):
        add(folder, "name,lat,lon\nZhob,31.3,69.4\n", name="test.csv")


@pytest.mark.parametrize(
    ("file", "name"),
    [("PK.zip", "pk"), ("My Bases (v2).csv.gz", "my-bases-v2"), ("Ω.txt", "addition"), ("a.geojson", "a")],
)
def test_name_of_file(tmp_path: Path, file: str, name: str) -> None:
    assert name_of(tmp_path / file) == name
