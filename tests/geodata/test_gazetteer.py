"""Building an index, opening it and asking it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geodata.errors import GazetteerError, GazetteerMissingError, GazetteerRowError
from geodata.gazetteer import layout, open_gazetteer
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, NameQuality, SourceInfo
from geodata.gazetteer.generics import strip_generic
from geodata.gazetteer.naming import is_abbreviation
from geodata.gazetteer.sources import supplement
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geodata.gazetteer import Gazetteer

INFO = SourceInfo("dateline", "A source", "MIT", "2026")
WAMENA = Place("geonames:1622167", "Wamena", Kind.CITY, -4.09583, 138.94806, "ID", source="dateline")


def build(folder: Path, *entries: Entry) -> Gazetteer:
    build_gazetteer(folder, sources=[Source(lambda: INFO, lambda: iter(entries))])
    return open_gazetteer(folder)


def test_search_lists_the_best_known_place_first(gazetteer: Gazetteer) -> None:
    assert [place.country_code for place in gazetteer.search("Tripoli")] == ["LY", "LB"]


def test_search_finds_other_names_and_spellings(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("tarābulus")[0].name == "Tripoli"
    assert gazetteer.search("Москва")[0].name == "Moscow"


def test_search_completes_the_beginning_of_a_name(gazetteer: Gazetteer) -> None:
    assert [place.name for place in gazetteer.search("Quet")] == ["Quetta"]


def test_search_finds_nothing_for_an_unknown_or_empty_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("Nowhereville") == []
    assert gazetteer.search(" - ") == []


def test_place_survives_the_index_unchanged(tmp_path: Path) -> None:
    stored = replace(WAMENA, admin1="Highland Papua", admin2="Jayawijaya", population=66_080, radius_km=2.6)
    with build(tmp_path, Entry(stored)) as opened:
        assert opened.search("Wamena") == [stored]


def test_names_keep_how_a_place_bears_them(tmp_path: Path) -> None:
    entry = Entry(WAMENA, alternates=("Vamena", "WMN"), derived=("Wam",), adjectives=("Wamenan",))
    with build(tmp_path, entry) as opened:
        qualities = {
            name: opened.find(name)[0].quality for name in ("wamena", "vamena", "wmn", "wam", "wamenan")
        }
    assert qualities == {
        "wamena": NameQuality.PREFERRED,
        "vamena": NameQuality.ALTERNATE,
        "wmn": NameQuality.ABBREVIATION,
        "wam": NameQuality.DERIVED,
        "wamenan": NameQuality.ADJECTIVE,
    }


def test_bearers_say_of_each_place_what_find_does(tmp_path: Path) -> None:
    capital = replace(WAMENA, id="test:1", population=66_080, is_capital=True)
    district = replace(WAMENA, id="test:2", kind=Kind.ADMIN2, latitude=40.0, country_code="TR")
    with build(
        tmp_path, Entry(capital), Entry(replace(district, name="Other"), derived=("Wamena",))
    ) as opened:
        assert [tuple(bearer) for bearer in opened.bearers("wamena")] == [
            (place.kind, quality, place.population, place.is_capital)
            for place, quality in opened.find("wamena")
        ]
        assert {bearer.population for bearer in opened.bearers("wamena")} == {0, 66_080}
        assert opened.bearers("wame") == []
        assert opened.is_beginning("wame")
        assert not opened.is_beginning("wamena ")


def test_a_later_source_tells_of_a_place_that_it_is_a_capital_and_names_its_province(tmp_path: Path) -> None:
    ours = replace(WAMENA, id="geonames:1")
    theirs = replace(ours, population=66_080, is_capital=True, names_province=True, is_minor=True)
    with build(tmp_path, Entry(ours), Entry(theirs)) as opened:
        (place,) = opened.search("Wamena")
    assert place == replace(theirs, is_minor=False)


def test_a_place_that_two_sources_have_is_one_place_with_both_names(tmp_path: Path) -> None:
    ours = replace(WAMENA, kind=Kind.ADMIN1, id="geonames:1", name="Highland Papua", latitude=-4.2)
    theirs = replace(ours, id="admin1:ID.PE", name="Papua Pegunungan", latitude=-4.4, population=1_400_000)
    with build(
        tmp_path, Entry(ours, alternates=("Papua Pegunungan",)), Entry(theirs, alternates=("PaPeg",))
    ) as opened:
        assert len(opened) == 1
        (place,) = opened.search("papeg")
    assert (place.id, place.latitude, place.population) == ("geonames:1", -4.2, 1_400_000)


def test_missing_gazetteer_is_an_error_and_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissingError, match="dateline gazetteer build"):
        open_gazetteer(tmp_path)


@pytest.mark.parametrize("name", [*layout.MAPPED, layout.MANIFEST])
@pytest.mark.parametrize("damage", ["empty", "half", "missing"])
def test_damaged_gazetteer_says_what_to_do(tmp_path: Path, name: str, damage: str) -> None:
    build(tmp_path, Entry(WAMENA)).close()
    (file,) = tmp_path.glob(f"index-*/{name}")
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: 0 if damage == "empty" else file.stat().st_size // 2])
    with pytest.raises(GazetteerError, match="build it again"):
        open_gazetteer(tmp_path)


def test_a_build_beside_another_does_not_disturb_it(tmp_path: Path) -> None:
    """The second build ends while the first is under way; the first ends last, and its index is the one in use."""

    def slow() -> Iterator[Entry]:
        yield Entry(WAMENA)
        build(tmp_path, Entry(replace(WAMENA, name="Vamena"))).close()

    build_gazetteer(tmp_path, sources=[Source(lambda: INFO, slow)])
    with open_gazetteer(tmp_path) as opened:
        assert opened.search("Wamena")


def test_search_takes_what_no_encoding_has(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("Quet\udcff")[0].name == "Quetta"


def test_failed_build_leaves_the_index_in_use_alone(tmp_path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield Entry(replace(WAMENA, name="Half"))
        raise GazetteerRowError("broken", source="file", line=2)

    build(tmp_path, Entry(WAMENA)).close()
    with pytest.raises(GazetteerRowError, match="file, line 2"):
        build_gazetteer(tmp_path, sources=[Source(lambda: INFO, broken)])
    with open_gazetteer(tmp_path) as opened:
        assert opened.search("Wamena")
        assert not opened.search("Half")


def test_rebuilding_replaces_the_index_and_leaves_no_rubbish(tmp_path: Path) -> None:
    build(tmp_path, Entry(WAMENA)).close()
    with build(tmp_path, Entry(replace(WAMENA, name="Vamena"))) as opened:
        assert not opened.search("Wamena")
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_fingerprint_tells_indexes_apart(tmp_path: Path) -> None:
    first = build(tmp_path / "1", Entry(WAMENA)).info.fingerprint
    again = build(tmp_path / "2", Entry(WAMENA)).info.fingerprint
    other = build(tmp_path / "3", Entry(replace(WAMENA, latitude=-4.2))).info.fingerprint
    assert first == again != other


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Mastung District", "Mastung"),
        ("Kabupaten Nduga", "Nduga"),
        ("Provincia di Roma", "Roma"),
        ("Departamento de Santander", "Santander"),
        ("City", "City"),
        ("Rapides Parish", "Rapides"),
    ],
)
def test_strip_generic_leaves_the_bare_name(name: str, bare: str) -> None:
    assert strip_generic(name) == bare


@pytest.mark.parametrize(
    ("name", "expected"), [("U.S.", True), ("UAE", True), ("Chad", False), ("ΕΛΛΑΔΑ", False)]
)
def test_is_abbreviation(name: str, *, expected: bool) -> None:
    assert is_abbreviation(name) is expected


def test_supplement_refuses_swapped_coordinates_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{','.join(supplement.COLUMNS)}\nx,X,site,138.9,-4.1,1,ID,,,,me\n", encoding="utf-8")
    with pytest.raises(GazetteerRowError, match=r"mine\.csv, line 2: .*latitude 138\.9"):
        list(supplement.read_entries(file))
