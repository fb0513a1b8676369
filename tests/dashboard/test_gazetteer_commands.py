"""``dateline gazetteer add``, ``info`` and ``remove``: what they say, and what the documentation says of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard import loading
from dashboard.cli import main
from dashboard.views import about_page
from geodata.gazetteer import SourceInfo, open_gazetteer
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry
from geodata.model import Kind, Place

DOCUMENT = Path(__file__).parents[2] / "docs" / "gazetteer.md"

PLACES = (
    Place("geonames:1168579", "Pakistan", Kind.COUNTRY, 30.0, 70.0, "PK", radius_km=500.0, source="tiny"),
    Place("geonames:1183606", "Balochistan", Kind.ADMIN1, 28.5, 65.5, "PK", radius_km=450.0, source="tiny"),
    Place("geonames:1167528", "Quetta", Kind.CITY, 30.18, 67.0, "PK", population=1_565_546, source="tiny"),
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's folder with a gazetteer of three places, and files of the user's beside it."""
    info = SourceInfo("tiny", "Three places", "MIT", "2026")
    build_gazetteer(
        tmp_path / "home" / "gazetteer",
        sources=[Source(lambda: info, lambda: map(Entry, PLACES))],
        now=lambda: datetime(2026, 1, 2, tzinfo=UTC),
    )
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def call(*arguments):
    return CliRunner().invoke(main, ["gazetteer", *arguments], prog_name="dateline")


def write(text, name="mine.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return name


def bare(text):
    """Return text with single spaces, so that a table reads like its documentation."""
    return " ".join(text.split())


def test_what_the_documentation_shows_is_what_happens(home):
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, content in re.findall(r"`([\w.]+)`:\n\n```csv\n(.*?)```", text, re.DOTALL):
        write(content, name)
    commands = re.findall(
        r"^\$ dateline gazetteer (.*)\n((?:(?!\$|```).*\n)*)", "".join(re.findall(r"```console\n(.*?)```", text, re.DOTALL)), re.MULTILINE
    )  # fmt: skip
    assert len(commands) == 4
    for command, expected in commands:
        arguments = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', command)]
        result = call(*arguments)
        for line in expected.splitlines():
            assert bare(line) in bare(result.output), command


def test_adding_says_what_came_of_it(home):
    result = call("add", write("name,lat,lon,cc\nQuetta,30.18,67.0,PK\nZhob,31.3,69.4,PK\n"))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Added as “mine”: 1 new place, 1 that the gazetteer had." in result.stderr
    assert "The gazetteer has 4 places" in result.stderr


def test_broken_rows_are_listed_and_counted_and_fail_the_command(home):
    result = call("add", write("name,lat,lon\nZhob,31.3,69.4\n" + "Bad,0,0\n" * 25))
    assert result.exit_code == 1
    assert "mine.csv, line 3: 0, 0 is where nothing lies" in result.stderr
    assert "mine.csv, line 22:" in result.stderr
    assert "mine.csv, line 23:" not in result.stderr
    assert "… and 5 more such lines" in result.stderr
    assert "25 of 26 records refused." in result.stderr


def test_a_file_in_which_nothing_can_be_used_adds_nothing(home):
    result = call("add", write("name,lat,lon\nBad,0,0\n"))
    assert result.exit_code == 1
    assert "nothing was added" in result.stderr
    assert "3 places" in call("info").stdout


def test_an_error_of_the_whole_file_is_one_line(home):
    result = call("add", write("place,where\nZhob,here\n"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("Error: mine.csv has no column that looks like latitude or longitude")


@pytest.mark.parametrize("columns", ["name", "name=", "=NAME", "name=A,,lat=B"])
def test_columns_that_make_no_sense_are_wrong_usage(home, columns):
    result = call("add", write("name,lat,lon\nZhob,31.3,69.4\n"), "--columns", columns)
    assert result.exit_code == 2


def test_info_lists_additions_with_their_terms(home):
    call("add", write("name,lat,lon\nZhob,31.3,69.4\n"), "--title", "Ours", "--licence", "CC0", "--date", "2026-03",
         "--url", "https://example.org/places")  # fmt: skip
    line = next(line for line in call("info").stdout.splitlines() if line.startswith("mine"))
    assert bare(line) == "mine Ours (https://example.org/places) 1 CC0 2026-03 yes"
    assert "Added" in call("info").stdout
    assert call("remove", "mine").exit_code == 0
    assert "mine" not in call("info").stdout


def test_removing_what_is_not_there_fails(home):
    result = call("remove", "mine")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: there is no addition 'mine'; added were: nothing\n",
    )


def test_what_a_file_says_does_not_reach_the_terminal_as_it_is(home):
    result = call("add", write("name,lat,lon\nZhob,31.3,\x1b[31mred\n"))
    assert "\x1b" not in result.stderr
    assert "expected a longitude in degrees" in result.stderr


def test_additions_and_their_licences_stand_on_the_about_page(home):
    before = loading.gazetteer_info()
    assert "CC0" not in about_page._source_table(before)
    call("add", write("name,lat,lon\nZhob,31.3,69.4\n"), "--title", "Ours & <theirs>", "--licence", "CC0")
    table = about_page._source_table(loading.gazetteer_info())
    assert "Ours &amp; &lt;theirs&gt;" in table
    assert "CC0" in table


def test_a_built_gazetteer_keeps_what_was_added(home):
    """`build` is for half a minute of all sources; here it is called as it is, with sources of the test."""
    call("add", write("name,lat,lon\nZhob,31.3,69.4\n"))
    build_gazetteer(
        home / "gazetteer",
        sources=[Source(lambda: SourceInfo("tiny", "t", "l", "d"), lambda: map(Entry, PLACES))],
    )
    with open_gazetteer(home / "gazetteer") as gazetteer:
        assert [place.id.partition(":")[0] for place in gazetteer.search("Zhob")] == ["mine"]
