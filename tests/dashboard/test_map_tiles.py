"""Sources of tiles: which are offered, and what is left out of a file that is not right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.map import Tiles, base_map
from dashboard.map.tiles import find_file
from dashboard.map.tiles import read_tiles as read_offered

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://tiles.test/{z}/{x}/{y}.png"


def read_tiles(environment: dict[str, str], file: Path) -> tuple[Tiles, ...]:
    """Read one's own sources alone."""
    return read_offered(environment, file, online=file.with_name("nothing-online.toml"))


def names(sources: tuple[Tiles, ...]) -> list[str]:
    return [tiles.name for tiles in sources]


def test_without_configuration_light_dark_satellite_and_topographic_maps_are_offered(tmp_path: Path) -> None:
    offered = read_offered({}, tmp_path / "tiles.toml")
    assert names(offered) == ["Light", "Dark", "Satellite", "Topographic"]
    for tiles in offered:
        assert tiles.server
        assert tiles.problem == ""
        assert "Esri" in tiles.attribution
        assert tiles.url.startswith("https://")
    assert read_tiles({"DATELINE_TILES": " "}, tmp_path / "tiles.toml") == ()


def test_own_sources_stand_before_those_that_are_offered_and_take_their_place(tmp_path: Path) -> None:
    file = tmp_path / "tiles.toml"
    file.write_text(f'[[tiles]]\nname = "Own"\nurl = "{URL}"\n[[tiles]]\nname = "Satellite"\nurl = "{URL}"\n')
    offered = read_offered({}, file)
    assert names(offered) == ["Own", "Satellite", "Light", "Dark", "Topographic"]
    assert offered[1].url == URL


def test_what_needs_a_connection_can_be_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "tiles.toml"
    file.write_text(f'online = false\n[[tiles]]\nname = "Own"\nurl = "{URL}"\n')
    assert names(read_offered({}, file)) == ["Own"]


@pytest.mark.parametrize("content", ["online = 'no'", "online = false\n[[tiles]"])
def test_file_that_may_have_taken_them_away_and_is_not_right_offers_nothing_online(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "tiles.toml"
    file.write_text(content)
    (broken,) = read_offered({}, file)
    assert "tiles.toml cannot be read" in broken.problem


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
        f'url = "{URL}"\nnearest = true',
        'file = "~nobody-of-this-name/own.pmtiles"',
        'file = "old.MBTILES"',
        f'url = "{URL}"\nnearest = "far"',
        f'url = "{URL}"\nnearest = 99',
        f'url = "{URL}"\nfile = "own.pmtiles"',
        'file = "missing.pmtiles"',
        f'file = "{"long" * 100}.pmtiles"',
        'file = "own.pmtiles"\nlabels = "https://tiles.test/{z}/{x}/{y}.png"',
        'file = "old.mbtiles"',
        'url = "own.pmtiles"',
        'url = "https://[tiles.test/own.pmtiles"',
        'url = "https:///own.pmtiles"',
        f'url = "{URL}"\nlabels = "https://tiles.test/names.png"',
        f'url = "{URL}"\nlabels = "names"',
    ],
)
def test_entry_that_cannot_be_used_is_offered_with_what_is_wrong(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "tiles.toml"
    for name in ("own.pmtiles", "old.mbtiles", "old.MBTILES"):
        (tmp_path / name).touch()
    file.write_text(f'[[tiles]]\n{entry}\n[[tiles]]\nname = "Good"\nurl = "{URL}"\n')
    broken, good = read_tiles({}, file)
    assert (good.name, good.problem) == ("Good", "")
    assert broken.problem.startswith("tiles.toml, entry 1: ")
    assert (broken.address, broken.packed) == ("", False)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (URL, "tiles.test"),
        ("https://{s}.tiles.test:8443/{z}/{x}/{y}.png", "{s}.tiles.test:8443"),
        ("https://name:secret@tiles.test/own.pmtiles", "tiles.test"),
        ("", ""),
    ],
)
def test_server_that_is_asked_is_named_without_what_is_secret(url: str, server: str) -> None:
    assert Tiles(url).server == server


def test_server_of_the_names_is_asked_as_well_and_named() -> None:
    assert Tiles(URL, labels=URL).server == "tiles.test"
    assert Tiles(URL, labels="https://names.test/{z}/{x}/{y}.png").server == "tiles.test and names.test"


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


def test_file_that_comes_later_is_offered_without_a_word_of_the_server(tmp_path: Path) -> None:
    toml = tmp_path / "tiles.toml"
    toml.write_text('[[tiles]]\nfile = "own.PMTILES"\n')
    (missing,) = read_tiles({}, toml)
    assert "there is no file own.PMTILES" in missing.problem
    (tmp_path / "own.PMTILES").touch()
    (found,) = read_tiles({}, toml)
    assert (found.problem, found.packed) == ("", True)


def test_configuration_that_cannot_be_opened_does_not_tell_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = tmp_path / "tiles.toml"
    toml.touch()

    def refuse(file: Path, **_: object) -> str:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(type(toml), "read_text", refuse)
    (broken,) = read_tiles({}, toml)
    assert broken.problem == "tiles.toml cannot be read: Permission denied"


def test_reader_of_packed_tiles_is_named_only_where_it_is_needed() -> None:
    assert "pmtiles.js" not in base_map(Tiles(URL)).get_root().render()
    assert "pmtiles.js" in base_map(Tiles("https://tiles.test/own.pmtiles?v=1")).get_root().render()
