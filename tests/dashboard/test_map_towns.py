"""The towns that the base map names, on their way to the browser."""

from __future__ import annotations

import gzip
import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.map import towns_address
from dashboard.map.towns import MOST_LETTERS, UNITS, encode_towns, read_towns
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.gazetteer.index import current_index
from geodata.gazetteer.towns import pick_towns
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from pathlib import Path

QUETTA = Place("geonames:1", "Quetta", Kind.CITY, 30.18414, 67.00141, "PK", population=1_565_546)
KABUL = Place(
    "geonames:2", "Kabul", Kind.CITY, 34.52813, 69.17233, "AF", population=4_434_550, is_capital=True
)
APIA = Place("geonames:3", "Apia", Kind.CITY, -13.83333, -171.76666, "WS", population=40_407, is_capital=True)

HOSTILE = (
    ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("over\u202eride\u0000\n\tde", "over ride de"),
    ("half \ud800 pair", "half \ufffd pair"),
    ("Long" * 40, f"{('Long' * 40)[: MOST_LETTERS - 1]}…"),
)


def decode(*towns: Place) -> list[Any]:
    return json.loads(gzip.decompress(encode_towns(towns)))


def build(folder: Path, *places: Place) -> Path:
    info = SourceInfo("test", "Test", "MIT", "2026")
    build_gazetteer(folder, sources=[Source(lambda: info, lambda: map(Entry, places))])
    return folder


def key_of(folder: Path) -> str:
    return towns_address(folder).rpartition("/")[2].removesuffix(".json.gz")


# ---- the file -----------------------------------------------------------------------------------


def test_positions_and_weights_come_back() -> None:
    least, names, weights, latitudes, longitudes, capitals, units = decode(KABUL, QUETTA, APIA)
    assert units == UNITS
    found = dict(zip(names, zip(accumulate(latitudes), accumulate(longitudes), strict=True), strict=True))
    for town in (QUETTA, KABUL, APIA):
        latitude, longitude = (steps / units for steps in found[town.name])
        assert latitude == pytest.approx(town.latitude, abs=0.6 / units)
        assert longitude == pytest.approx(town.longitude, abs=0.6 / units)
    assert sorted(names, key=lambda name: -weights[names.index(name)]) == ["Kabul", "Quetta", "Apia"]
    assert {names[position] for position in capitals} == {"Kabul", "Apia"}
    assert [zoom for zoom, _ in least] == [5, 6, 7, 8, 9]
    assert sum(weight >= dict(map(tuple, least))[5] for weight in weights) == 3
    assert dict(map(tuple, least))[9] == 0


def test_equal_towns_give_equal_bytes_and_none_an_empty_file() -> None:
    assert encode_towns([KABUL, QUETTA]) == encode_towns([KABUL, QUETTA])
    assert decode()[1] == []


@pytest.mark.parametrize(("name", "written"), HOSTILE)
def test_name_from_outside_is_one_line_of_printable_text(name: str, written: str) -> None:
    town = Place("own:1", name, Kind.CITY, 1, 2, population=5)
    assert decode(town)[1] == [written]


def test_file_of_the_whole_gazetteer_is_small(embedded_gazetteer) -> None:
    towns = pick_towns(embedded_gazetteer)
    assert len(encode_towns(towns)) < 150_000


# ---- the address --------------------------------------------------------------------------------


def test_address_names_the_gazetteer_and_is_another_when_that_is(tmp_path: Path) -> None:
    folder = build(tmp_path / "gazetteer", KABUL, QUETTA)
    first = towns_address(folder)
    assert first.startswith("../../app/towns/")
    assert towns_address(folder) == first
    assert current_index(folder) not in first
    old = key_of(folder)
    assert json.loads(gzip.decompress(read_towns(folder, old)))[1] == ["Quetta", "Kabul"]
    build(folder, APIA)
    assert towns_address(folder) != first
    assert read_towns(folder, old) is None
    assert json.loads(gzip.decompress(read_towns(folder, key_of(folder))))[1] == ["Apia"]


def test_without_a_gazetteer_there_is_no_address(tmp_path: Path) -> None:
    assert towns_address(tmp_path / "gazetteer") == ""
    assert read_towns(tmp_path / "gazetteer", "") is None
    (tmp_path / "current").mkdir()
    assert towns_address(tmp_path) == ""
    (tmp_path / "bytes").mkdir()
    (tmp_path / "bytes" / "current").write_bytes(b"\xff\xfe")
    assert towns_address(tmp_path / "bytes") == ""


@pytest.mark.parametrize("file", ["places.bin", "strings.bin", "manifest.json"])
def test_broken_gazetteer_gives_no_towns_and_says_so_in_the_log(tmp_path: Path, file: str, caplog) -> None:
    folder = build(tmp_path / "gazetteer", KABUL)
    (folder / current_index(folder) / file).write_bytes(b"broken")
    assert read_towns(folder, key_of(folder)) is None
    assert "names no towns" in caplog.text


def test_towns_come_when_what_kept_them_away_has_passed(tmp_path: Path, monkeypatch) -> None:
    folder = build(tmp_path / "gazetteer", KABUL)

    def fail(_: Path) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr("dashboard.map.towns.open_gazetteer", fail)
        assert read_towns(folder, key_of(folder)) is None
    assert json.loads(gzip.decompress(read_towns(folder, key_of(folder))))[1] == ["Kabul"]


def test_damage_inside_a_file_of_the_right_size_gives_no_towns(tmp_path: Path) -> None:
    folder = build(tmp_path / "gazetteer", KABUL, QUETTA)
    strings = folder / current_index(folder) / "strings.bin"
    strings.write_bytes(b"\xff" * strings.stat().st_size)
    assert read_towns(folder, key_of(folder)) is None
