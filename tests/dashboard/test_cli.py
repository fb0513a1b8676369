from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import geodata.gazetteer
import geodata.gazetteer.build
import geodata.geoparser
from dashboard.cli import main
from dashboard.commands.serve import check_port, find_arguments
from dashboard.filters import EventFilter
from dashboard.terminal import open_console, print_table, printable
from geodata.errors import GazetteerError, GazetteerMissingError, GeodataError
from geodata.gazetteer import GazetteerInfo, SourceInfo
from geodata.model import Kind, Mention, Place, Resolution, Role

MASTUNG = Place("geonames:1170706", "Mastung", Kind.CITY, 29.7997, 66.8455, "PK", "Balochistan")
ARTICLE = """---
title: Blast in Mastung
published: 2023-09-29
sources:
- outlet: Mashal Radio
---
A blast hit Mastung, Balochistan, Pakistan, on Friday. Police in Xyzzy are looking for the attackers.
"""


class FakeGazetteer:
    """Holds Mastung alone."""

    info = GazetteerInfo(
        places=1234,
        names=5678,
        built="2023-10-01",
        fingerprint="f",
        sources=(SourceInfo("geonames", "GeoNames", "CC BY 4.0", "2023", 1234),),
    )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def search(self, name, *, limit=10):
        return [MASTUNG][:limit] if name == "Mastung" else []


class FakeGeoparser:
    """Finds "Mastung" and "Xyzzy", and stumbles over "Stumble"."""

    id = "fake-1"

    def __init__(self, gazetteer):
        pass

    def parse(self, text):
        if "Stumble" in text:
            raise GeodataError("stumbled")
        spans = [
            (text.find(word), text.find(word) + len(word)) for word in ("Mastung", "Xyzzy") if word in text
        ]
        return self.resolve_spans(text, spans)

    def parse_article(self, article):
        return self.parse(article.text)

    def resolve_spans(self, text, spans):
        return tuple(
            Resolution(
                Mention(start, end, text[start:end]),
                MASTUNG if text[start:end] == "Mastung" else None,
                0.97,
                Role.EVENT,
                ("because",),
            )
            for start, end in spans
        )


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty data folder, and a gazetteer that is there."""
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATELINE_DATABASE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(geodata.gazetteer, "open_gazetteer", lambda folder: FakeGazetteer())
    monkeypatch.setattr(geodata.geoparser, "Geoparser", FakeGeoparser)
    return tmp_path / "home"


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.md"
    file.write_text(ARTICLE)
    return file


def run(*arguments, stdin=None):
    arguments = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="dateline")


def counts_of(result):
    """Return the closing table."""
    titles, rule, counts, *_ = result.stderr.splitlines()
    assert set(rule) <= set("─ ")
    return dict(zip(re.split(" {2,}", titles.strip()), map(int, counts.split()), strict=True))


def lines_of(text):
    return [json.loads(line) for line in text.split("\n") if line]


def test_version_is_the_packages():
    assert run("--version").stdout == f"dateline {version('dateline')}\n"


def test_help_lists_the_commands():
    result = run("--help")
    assert result.exit_code == 0
    for name in ("ingest", "geoparse", "gazetteer", "export", "serve"):
        assert name in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["ingest"],
        ["geoparse", "--gold-spans"],
        ["geoparse", "--workers", "2"],
        ["geoparse", "--jsonl", "--workers", "0"],
        ["geoparse", "missing.txt"],
        ["gazetteer", "nonsense"],
        ["gazetteer", "search"],
        ["gazetteer", "search", "a\udcff"],
        ["export", "--format", "xls", "-o", "x"],
        ["export", "--format", "csv"],
        ["export", "--format", "csv", "-o", "x", "--start", "yesterday"],
        ["export", "--format", "csv", "-o", "x", "--role", "nonsense"],
        ["export", "--format", "csv", "-o", "x", "--start", "2023-02-01", "--end", "2023-01-01"],
        ["export", "--format", "csv", "-o", "x", "--text", "???"],
        ["export", "--format", "csv", "-o", "x", "--theme", "xx"],
        ["export", "--format", "csv", "-o", "x", "--country", "XX"],
        ["export", "--format", "csv", "-o", "x", "--region", "Middle Earth"],
        ["serve", "--port", "x"],
    ],
)
def test_wrong_usage_ends_with_2(home, arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert result.stdout == ""


def test_ingest_reports_on_standard_error(home, article):
    result = run("ingest", article)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert counts_of(result) == {
        "Added": 1,
        "Changed": 0,
        "Unchanged": 0,
        "Failed": 0,
        "Placed": 1,
        "Unplaced": 1,
        "Sources": 1,
    }


def test_ingest_again_finds_everything_unchanged(home, article):
    run("ingest", article)
    result = run("ingest", article)
    assert result.exit_code == 0
    assert counts_of(result)["Unchanged"] == 1


def test_ingest_names_what_was_given_twice_and_the_gaps(home, article, tmp_path):
    (tmp_path / "copy.md").write_text(ARTICLE)
    (tmp_path / "other.md").write_text(ARTICLE.replace("published:", "publisher: me\npublished:"))
    result = run("ingest", article, tmp_path / "copy.md", tmp_path / "other.md")
    assert result.exit_code == 0
    assert (counts_of(result)["Added"], counts_of(result)["Given twice"]) == (1, 2)
    result = run("ingest", tmp_path / "other.md")
    assert f"  {tmp_path / 'other.md'}, line 3: " in result.stderr


def test_ingest_keeps_the_rest_and_ends_with_1(home, article, tmp_path):
    (tmp_path / "bad.bin").write_bytes(bytes(range(256)) * 40)
    result = run("ingest", tmp_path / "bad.bin", tmp_path / "missing.md", article, "https://example.org/")
    assert result.exit_code == 1
    assert f"Failed: {tmp_path / 'bad.bin'}: " in result.stderr
    assert f"Failed: {tmp_path / 'missing.md'}: No such file or directory" in result.stderr
    assert "Failed: https://example.org/: addresses on the web" in result.stderr
    assert (counts_of(result)["Added"], counts_of(result)["Failed"]) == (1, 3)
    assert len(json.loads(export("geojson"))["features"]) == 1


def export(format_name, *options):
    result = run("export", "--format", format_name, "-o", "-", *options)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_ingest_takes_the_rest_of_a_folder_with_a_bad_title_a_loop_and_a_name_that_is_no_text(
    home, article, tmp_path
):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.md").write_text('---\ntitle: "A\\ud800B"\n---\nIn Mastung.')
    (folder / os.fsdecode(b"b\xff.md")).write_text(ARTICLE.replace("Blast", "Calm"))
    (folder / "loop").symlink_to("loop")
    (folder / "z.md").write_text(ARTICLE)
    result = run("ingest", folder)
    assert result.exit_code == 1
    assert f"Failed: {folder / 'loop'}: Too many levels of symbolic links" in result.stderr
    assert "line 2: an escape that names no character" in result.stderr
    assert (counts_of(result)["Added"], counts_of(result)["Failed"]) == (3, 1)
    titles = {each["properties"]["title"] for each in json.loads(export("geojson"))["features"]}
    assert titles == {"A\ufffdB", "Blast in Mastung", "Calm in Mastung"}


def test_ingest_renews_what_another_geoparser_read(home, article, tmp_path, monkeypatch):
    run("ingest", article)
    monkeypatch.setattr(FakeGeoparser, "id", "fake-2")
    (tmp_path / "other.md").write_text(ARTICLE.replace("Blast", "Calm"))
    result = run("ingest", tmp_path / "other.md")
    assert (counts_of(result)["Added"], counts_of(result)["Renewed"]) == (1, 1)
    assert "Renewed: the places of 1 stored article, " in result.stderr
    assert "Renewed" not in run("ingest", article).stderr


def test_ingest_reads_standard_input(home):
    result = run("ingest", "-", stdin=ARTICLE)
    assert result.exit_code == 0, result.stderr
    assert "Blast in Mastung" in export("geojson")


def test_ingest_into_a_broken_database_is_a_message(home, article):
    home.mkdir()
    (home / "dateline.sqlite").write_text("no database " * 1000)
    result = run("ingest", article)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "dateline.sqlite" in result.stderr
    assert "Traceback" not in result.stderr


def test_ingest_builds_a_missing_gazetteer_and_says_so(home, article, monkeypatch):
    built = []

    def open_built(folder):
        if not built:
            raise GazetteerMissingError("there is none")
        return FakeGazetteer()

    def build(folder, *, progress=None):
        progress("names", 1, 0)
        built.append(folder)
        return FakeGazetteer.info

    monkeypatch.setattr(geodata.gazetteer, "open_gazetteer", open_built)
    monkeypatch.setattr(geodata.gazetteer.build, "build_gazetteer", build)
    result = run("ingest", article)
    assert result.exit_code == 0
    assert "There is no gazetteer yet. Building it now" in result.stderr
    assert built == [home / "gazetteer"]


def test_geoparse_prints_a_table(home):
    result = run("geoparse", stdin="A blast in Mastung, near Xyzzy \x1b[31m.")
    assert result.exit_code == 0
    assert result.stderr == ""
    first, second = result.stdout.splitlines()[2:4]
    assert first.split()[:2] == ["11", "Mastung"]
    assert "Mastung, Balochistan, PK" in first
    assert "29.7997" in first
    assert "not placed" in second


@pytest.mark.parametrize(
    ("columns", "titles"),
    [
        ("200", "Start Phrase Type Place Kind Latitude Longitude Score Why"),
        ("90", "Start Phrase Type Place Kind Latitude Longitude Score"),
        ("80", "Start Phrase Type Place Latitude Longitude Score"),
        ("72", "Start Phrase Place Latitude Longitude Score"),
        ("50", "Start Phrase Place Latitude Longitude"),
    ],
)
def test_geoparse_prints_whole_coordinates_in_a_narrow_terminal(home, monkeypatch, columns, titles):
    monkeypatch.setenv("COLUMNS", columns)
    result = run("geoparse", stdin="A blast in Mastung, near Xyzzy.")
    header, _, *rows = result.stdout.splitlines()
    assert header.split() == titles.split()
    for whole in (" Mastung ", " 29.7997 ", " 66.8455"):
        assert whole in rows[0]
    assert all(len(line) <= int(columns) for line in result.stdout.splitlines())


def test_print_table_breaks_words_before_figures(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    print_table(
        open_console(error=False),
        ("Phrase", "Latitude", "Kind"),
        [("a phrase much longer than the terminal is wide", "29.7997", "city")],
        right=("Latitude",),
        whole=("Phrase", "Latitude"),
        spare=("Kind",),
    )
    header, _, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["Phrase", "Latitude"]
    assert "29.7997" in rows[0]


def test_geoparse_of_a_text_without_places_says_so(home):
    result = run("geoparse", stdin="Nothing.")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No place is named.\n")


def test_geoparse_refuses_what_is_no_text(home, tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00\x80")
    result = run("geoparse", tmp_path / "bytes")
    assert result.exit_code == 1
    assert "expected UTF-8 text" in result.stderr


def test_geoparse_jsonl_prints_a_line_for_each_document(home):
    documents = [{"id": 7, "text": "In Mastung."}, {"id": "b", "text": ""}, {"id": None, "text": "Xyzzy"}]
    result = run("geoparse", "--jsonl", stdin="\n".join(map(json.dumps, documents)) + "\n\n")
    assert result.exit_code == 0, result.stderr
    first, second, third = lines_of(result.stdout)
    assert first == {
        "id": 7,
        "toponyms": [
            {
                "start": 3,
                "end": 10,
                "phrase": "Mastung",
                "type": "literal",
                "latitude": 29.7997,
                "longitude": 66.8455,
                "place_id": "geonames:1170706",
                "name": "Mastung",
                "kind": "city",
                "country_code": "PK",
                "admin1": "Balochistan",
                "score": 0.97,
                "role": "event",
                "reasons": ["because"],
                "alternatives": [],
            }
        ],
    }
    assert second == {"id": "b", "toponyms": []}
    assert third["toponyms"][0]["latitude"] is None


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\x0b", "\x0c", "\x1c", "\r"])
def test_geoparse_jsonl_ends_lines_at_line_feeds_alone(home, separator):
    text = f"Before{separator}in Mastung"
    stdin = (json.dumps({"id": "a", "text": text}, ensure_ascii=False) + "\n").encode()
    if separator < " ":
        # JSON allows no bare control character; between its parts such a separator is still no line's end.
        stdin = json.dumps({"id": "a", "text": text}).encode() + b" \r\n"
    (document,) = lines_of(run("geoparse", "--jsonl", stdin=stdin).stdout)
    assert document["toponyms"][0]["start"] == text.index("Mastung")


def test_geoparse_jsonl_names_broken_lines_and_goes_on(home):
    lines = [
        '{"id": "a", "text": "Mastung"}',
        "{broken",
        '["a list"]',
        '{"id": "no text"}',
        '{"text": "no id"}',
        '{"id": "d", "text": 5}',
        "[" * 100_000,
        '{"id": "e", "text": "Stumble"}',
        '{"id": "z", "text": "Xyzzy"}',
    ]
    result = run("geoparse", "--jsonl", stdin="\n".join(lines))
    assert result.exit_code == 1
    assert [document["id"] for document in lines_of(result.stdout)] == ["a", "z"]
    numbers = [line.split(":")[0] for line in result.stderr.splitlines()]
    assert numbers == [f"line {number}" for number in range(2, 9)]
    assert result.stderr.splitlines()[-1] == "line 8: stumbled"


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        ("NaN", "not JSON: NaN is no number"),
        ("[1, -Infinity]", "not JSON: -Infinity is no number"),
        ("1e999", '"id" holds a number that is too large: write it as a string'),
        ('{"a": -1e999}', '"id" holds a number that is too large: write it as a string'),
        ("9" * 5000, "a number has more than 4,300 digits: write it as a string"),
    ],
)
def test_geoparse_jsonl_refuses_an_id_that_cannot_be_given_back(home, identifier, message):
    lines = [f'{{"id": {identifier}, "text": "Mastung"}}', '{"id": 2, "text": "Mastung"}']
    result = run("geoparse", "--jsonl", stdin="\n".join(lines))
    assert result.exit_code == 1
    assert result.stderr == f"line 1: {message}\n"
    assert [document["id"] for document in lines_of(result.stdout)] == [2]


@pytest.mark.parametrize("depth", range(900, 1000, 7))
def test_geoparse_jsonl_refuses_an_id_too_deep_to_be_given_back(home, depth):
    result = run("geoparse", "--jsonl", stdin=f'{{"id": {"[" * depth}{"]" * depth}, "text": ""}}')
    assert result.exit_code == (1 if result.stderr else 0)
    assert result.stderr in ("", "line 1: not JSON that can be read: nested too deeply\n")


def test_geoparse_jsonl_survives_half_a_surrogate(home):
    result = run("geoparse", "--jsonl", stdin='{"id": "\\ud83d", "text": "Mastung"}')
    assert result.exit_code == 0, result.stderr
    assert lines_of(result.stdout)[0]["id"] == "\ud83d"


def test_geoparse_gold_spans_resolves_what_is_given(home):
    line = {"id": "a", "text": "Xyzzy, Mastung, Mastung", "toponyms": [{"start": 16, "end": 23, "lat": None}]}
    result = run("geoparse", "--jsonl", "--gold-spans", stdin=json.dumps(line))
    (document,) = lines_of(result.stdout)
    assert [(each["start"], each["end"]) for each in document["toponyms"]] == [(16, 23)]


def test_gazetteer_search_prints_places(home):
    result = run("gazetteer", "search", "Mastung")
    assert result.exit_code == 0
    assert "geonames:1170706" in result.stdout
    assert "Balochistan" in result.stdout


def test_gazetteer_search_says_when_there_is_none(home):
    result = run("gazetteer", "search", "[bold]Nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "No place in the gazetteer is called “[bold]Nowhere”.\n"


@pytest.mark.parametrize(
    ("limit", "there", "said"),
    [
        ((), 10, ""),
        ((), 11, "There are more than these 10; --limit 100 shows more.\n"),
        (("--limit", "500"), 501, "There are more than these 500; --limit 1000 shows more.\n"),
        (("--limit", "1000"), 1001, "There are more than these 1,000.\n"),
    ],
)
def test_gazetteer_search_says_when_there_are_more(home, monkeypatch, limit, there, said):
    places = [replace(MASTUNG, id=f"tiny:{number}") for number in range(there)]
    monkeypatch.setattr(FakeGazetteer, "search", lambda self, name, *, limit: places[:limit])
    result = run("gazetteer", "search", "Mastung", *limit)
    assert (result.exit_code, result.stderr) == (0, said)
    assert result.stdout.count("tiny:") == min(there, int(limit[1]) if limit else 10)


def test_export_names_the_options_of_a_period_that_ends_before_it_starts(home):
    days = ("--start", "2024-01-01", "--end", "2023-01-01")
    result = run("export", "--format", "csv", "-o", "-", *days)
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "Error: --end 2023-01-01 lies before --start 2024-01-01: expected the same day or a later one\n"
        in result.stderr
    )


def test_gazetteer_info_prints_sources_with_licences(home):
    result = run("gazetteer", "info")
    assert "1,234 places, 5,678 names, built 2023-10-01" in result.stdout
    assert "CC BY 4.0" in result.stdout


def test_gazetteer_info_without_one_says_how_to_build_it(home, monkeypatch):
    def open_none(folder):
        raise GazetteerMissingError("there is none; build it with: dateline gazetteer build")

    monkeypatch.setattr(geodata.gazetteer, "open_gazetteer", open_none)
    result = run("gazetteer", "info")
    assert result.exit_code == 1
    assert result.stderr == "Error: there is none; build it with: dateline gazetteer build\n"


@pytest.mark.parametrize(
    ("error", "arguments", "is_built"),
    [
        (None, ["--if-missing"], False),
        (None, [], True),
        (GazetteerMissingError("none"), ["--if-missing"], True),
        (GazetteerError("damaged"), ["--if-missing"], True),
    ],
)
def test_gazetteer_build_if_missing_builds_what_cannot_be_used(home, monkeypatch, error, arguments, is_built):
    built = []

    def open_or_fail(folder):
        if error:
            raise error
        return FakeGazetteer()

    def build(folder, *, progress=None):
        built.append(folder)
        return FakeGazetteer.info

    monkeypatch.setattr(geodata.gazetteer, "open_gazetteer", open_or_fail)
    monkeypatch.setattr(geodata.gazetteer.build, "build_gazetteer", build)
    result = run("gazetteer", "build", *arguments)
    assert result.exit_code == 0
    assert bool(built) == is_built


def test_export_writes_a_file(home, article, tmp_path):
    run("ingest", article)
    result = run("export", "--format", "csv", "-o", tmp_path / "events.csv", "--role", "any")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "1 events written" in result.stderr
    assert "Blast in Mastung" in (tmp_path / "events.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 1),
        (["--text", "blast police"], 1),
        (["--text", "nothing"], 0),
        (["--country", "pk", "--country", "ML"], 1),
        (["--country", "ML"], 0),
        (["--start", "2023-09-29", "--end", "2023-09-29"], 1),
        (["--start", "2023-09-30"], 0),
        (["--role", "context"], 0),
        (["--region", "Asia", "--country", "ML"], 1),
        (["--command", "CENTCOM"], 1),
        (["--command", "AFRICOM"], 0),
        (["--theme-not", "terrorism-and-insurgency"], 1),
        (["--theme-all", "terrorism-and-insurgency"], 0),
        (["--area", "60,25;70,25;70,32;60,32"], 1),
        (["--area", "-60,25;-70,25;-70,32;-60,32"], 0),
        (["--since", "2020-01-01T08:15"], 1),
        (["--since", "2999-01-01"], 0),
    ],
)
def test_export_uses_the_filter(home, article, options, count):
    run("ingest", article)
    assert len(json.loads(export("geojson", *options))["features"]) == count


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--country", "Pakistan"], "did you mean PK (Pakistan)"),
        (["--region", "southern asia"], "did you mean Southern Asia"),
        (["--theme", "drones"], "did you mean weapons-and-drones"),
        (["--theme", "terorism"], "did you mean terrorism-and-insurgency"),
        (["--text", "???"], "“???” holds no word that could be found"),
        (["--command", "AFRICA"], "did you mean AFRICOM"),
        (["--outlet", "Nobody"], "“Nobody” is unknown"),
        (["--area", "60,25;70,25"], "is not an area"),
    ],
)
def test_export_says_what_is_unknown_and_what_is_near(home, article, tmp_path, options, message):
    run("ingest", article)
    result = run("export", "--format", "csv", "-o", tmp_path / "events.csv", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "events.csv").exists()


def test_export_has_the_latest_first_as_pages_do(home, tmp_path):
    for name, published in {"a": "2023-09-02", "b": "2023-09-29", "c": None, "d": "2023-09-05"}.items():
        day = f"published: {published}" if published else ""
        (tmp_path / f"{name}.md").write_text(
            ARTICLE.replace("published: 2023-09-29", day).replace("Blast", name)
        )
    run("ingest", *sorted(tmp_path.glob("*.md")))
    titles = [each["properties"]["title"] for each in json.loads(export("geojson"))["features"]]
    assert titles == [f"{name} in Mastung" for name in "bdac"]


def test_export_uses_a_table_of_regions_of_ones_own(home, article, tmp_path):
    run("ingest", article)
    table = home / "regions.csv"
    table.write_text("country_code,region,subregion,command\nPK,Asia,Durand line,ISAF\n", encoding="utf-8")
    (found,) = json.loads(export("geojson", "--region", "Durand line", "--command", "ISAF"))["features"]
    assert found["properties"]["region"] == "Durand line"
    table.write_text("country_code,region\nPK,Asia\n", encoding="utf-8")
    result = run("export", "--format", "csv", "-o", tmp_path / "events.csv")
    assert result.exit_code == 1
    assert "regions.csv, line 1: expected the columns" in result.stderr


def test_export_offers_an_option_for_each_condition():
    text = run("export", "--help").stdout
    for _, criterion, _ in EventFilter.criteria():
        assert f"--{criterion.name} " in text


def test_export_of_an_empty_database_is_an_empty_collection(home):
    assert json.loads(export("geojson"))["features"] == []


def test_export_of_a_damaged_database_says_so(home, article):
    run("ingest", article)
    with closing(sqlite3.connect(home / "dateline.sqlite")) as connection, connection:
        connection.execute("UPDATE articles SET document = 'null'")
    result = run("export", "--format", "csv", "-o", "-")
    assert result.exit_code == 1
    assert "Error: what is stored of an article is damaged" in result.stderr


def test_export_says_why_it_cannot_write(home, tmp_path):
    result = run("export", "--format", "csv", "-o", tmp_path / "missing" / "events.csv")
    assert result.exit_code == 1
    assert "missing/events.csv cannot be written" in result.stderr


def test_interrupt_ends_with_130(home, article, monkeypatch):
    def interrupt(self, article):
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeGeoparser, "parse_article", interrupt)
    result = run("ingest", article)
    assert result.exit_code == 130
    assert result.stderr.endswith("Interrupted.\n")


def test_a_mistake_of_the_program_is_not_hidden(home, article, monkeypatch):
    def fail(self, article):
        raise ZeroDivisionError

    monkeypatch.setattr(FakeGeoparser, "parse_article", fail)
    assert isinstance(run("ingest", article).exception, ZeroDivisionError)


def test_printable_leaves_a_terminal_alone():
    assert printable("a\x1b[31m\x07b\u202e\n") == "a�[31m�b�\n"
    # A carriage return would write over what stands there.
    assert printable("5\u00a0km\r\u3000می\u200cخواهم") == "5 km  می\u200cخواهم"


def test_find_arguments_run_the_app_with_datelines_configuration():
    arguments = find_arguments("localhost", 8777)
    assert arguments[0] == "run"
    assert Path(arguments[1]).name == "server.py"
    for flag in (
        "--server.enableStaticServing=true",
        "--server.showEmailPrompt=false",
        "--browser.gatherUsageStats=false",
        "--server.port=8777",
        "--server.address=localhost",
    ):
        assert flag in arguments


def test_export_help_lists_the_themes(home):
    listed = run("export", "--help").stdout.partition("\nThemes:\n")[2]
    assert re.search(r"^  maritime +Maritime", listed, re.MULTILINE)
    assert len(listed.splitlines()) >= 18


def test_export_help_says_what_is_wrong_with_ones_own_themes(home):
    home.mkdir()
    (home / "themes.toml").write_text("broken [")
    result = run("export", "--help")
    assert result.exit_code == 0
    assert "themes.toml" in result.stdout.partition("\nThemes:\n")[2]


def test_check_port_refuses_one_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"port {port} is taken"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_check_port_passes_over_an_address_that_the_machine_lacks(monkeypatch):
    """As where a hosts file says ::1 for localhost and nothing speaks IPv6."""
    resolve = socket.getaddrinfo

    def resolve_localhost(host, port, **kwargs):
        names = ("192.0.2.1", "127.0.0.1") if host == "localhost" else (host,)
        return [found for name in names for found in resolve(name, port, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve_localhost)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"port {port} is taken"):
            check_port("localhost", port)
    check_port("localhost", port)
    with pytest.raises(click.ClickException, match=r"cannot listen on 192\.0\.2\.1"):
        check_port("192.0.2.1", port)


def test_serve_on_a_taken_port_ends_with_1(home):
    with socket.create_server(("127.0.0.1", 0)) as server:
        result = run("serve", "--port", server.getsockname()[1])
    assert result.exit_code == 1
    assert "is taken" in result.stderr


def test_serve_on_anothers_address_ends_with_1(home):
    result = run("serve", "--address", "192.0.2.1")
    assert result.exit_code == 1
    assert "cannot listen on 192.0.2.1" in result.stderr


def test_ingest_classifies_by_the_themes_in_the_data_folder(home, article):
    home.mkdir()
    (home / "themes.toml").write_text('[[theme]]\nid = "broken"\n')
    result = run("ingest", article)
    assert result.exit_code == 1
    assert re.search(r"themes\.toml.*line \d|line \d+", result.stderr), result.stderr
