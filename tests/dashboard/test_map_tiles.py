"""Sources of tiles: which are offered, and what is left out of a file that is not right."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from dashboard.map import Tiles, base_map, read_tiles
from dashboard.map.tiles import find_file

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://tiles.test/{z}/{x}/{y}.png"


def test_without_configuration_there_are_none(tmp_path: Path) -> None:
    assert read_tiles({}, tmp_path / "tiles.toml") == ()
    assert read_tiles({"DATELINE_TILES": " "}, tmp_path / "tiles.toml") == ()


def test_environment_names_one_source_and_the_file_several(tmp_path: Path) -> None:
    file = tmp_path / "tiles.toml"
    file.write_text(
        f'[[tiles]]\nname = "Satellite"\nurl = "{URL}"\nattribution = "© people"\nnearest = 12\n'
        '[[tiles]]\nname = "Own"\nurl = "https://tiles.test/own.pmtiles"\n'
    )
    environment = {"DATELINE_TILES": URL, "DATELINE_TILES_ATTRIBUTION": "© others"}
    named, satellite, own = read_tiles(environment, file)
    assert named == Tiles(URL, "© others", "Detailed map")
    assert satellite == Tiles(URL, "© people", "Satellite", 12)
    assert own.packed
    assert not satellite.packed


@pytest.mark.parametrize(
    "entry",
    [
        'url = "javascript:alert(1)//{z}{x}{y}"',
        'url = "https://tiles.test/plain.png"',
        'name = "no address"',
        f'url = "{URL}"\nnearest = "far"',
        f'url = "{URL}"\nnearest = 99',
        f'url = "{URL}"\nfile = "own.pmtiles"',
        'file = "missing.pmtiles"',
        'file = "old.mbtiles"',
        'url = "own.pmtiles"',
    ],
)
def test_entry_that_cannot_be_used_is_offered_with_what_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, entry: str
) -> None:
    file = tmp_path / "tiles.toml"
    for name in ("own.pmtiles", "old.mbtiles"):
        (tmp_path / name).touch()
    file.write_text(f'[[tiles]]\n{entry}\n[[tiles]]\nname = "Good"\nurl = "{URL}"\n')
    with caplog.at_level(logging.WARNING):
        broken, good = read_tiles({}, file)
    assert (good.name, good.problem) == ("Good", "")
    assert broken.problem.startswith("tiles.toml, entry 1: ")
    assert (broken.address, broken.packed) == ("", False)
    assert broken.problem in caplog.text


@pytest.mark.parametrize("content", [b"[[tiles]", b"\xff\xfe", b'tiles = "one"', b"tiles = [1]"])
def test_configuration_that_is_not_right_offers_what_is_wrong(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tiles.toml"
    file.write_bytes(content)
    (broken,) = read_tiles({}, file)
    assert broken.problem
    assert broken.address == ""


@pytest.mark.parametrize("named", ["own.pmtiles", "maps/own.pmtiles", "{home}/own.pmtiles"])
def test_file_counts_from_the_data_folder_and_its_address_does_not_tell_where_it_lies(
    tmp_path: Path, named: str
) -> None:
    named = named.format(home=tmp_path)
    (tmp_path / "maps").mkdir()
    (tmp_path / named).touch()
    toml = tmp_path / "tiles.toml"
    toml.write_text(f'[[tiles]]\nfile = "{named}"\n')
    (own,) = read_tiles({}, toml)
    assert (own.file, own.name, own.packed) == (tmp_path / named, "own", True)
    assert own.address == f"../../app/tiles/{own.key}.pmtiles"
    assert find_file((own,), own.key) == own.file
    assert find_file((own,), "0" * 16) is None
    (same,) = read_tiles({"DATELINE_TILES": named}, tmp_path / "none.toml")
    assert same.file == own.file


def test_reader_of_packed_tiles_is_named_only_where_it_is_needed() -> None:
    assert "pmtiles.js" not in base_map(Tiles(URL)).get_root().render()
    assert "pmtiles.js" in base_map(Tiles("https://tiles.test/own.pmtiles?v=1")).get_root().render()
