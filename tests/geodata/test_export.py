from __future__ import annotations

import csv
import io
import json
import os
import stat
import threading
from datetime import date

import geopandas
import pandas as pd
import pytest
from shapely import Point

from geodata.errors import ExportError
from geodata.export import FORMATS, export_events, get_format, write_csv, write_geojson

SOURCES = (
    {"outlet": "Mashal Radio", "title": "د مستونګ", "url": "https://example.org/1", "language": "ps"},
    {"outlet": "Dawn", "title": "Blast", "url": "", "language": "en", "published": date(2023, 9, 29)},
)


def make_events(crs="EPSG:4326", **columns):
    row = {
        "event_id": "e1",
        "title": "Blast in Mastung",
        "published": pd.Timestamp("2023-09-29"),
        "themes": ("terrorism", "human-rights"),
        "place_name": "Mastung",
        "where_prec": 1,
        "score": 0.97,
        "sources": SOURCES,
        **columns,
    }
    return geopandas.GeoDataFrame(
        {name: [cell] for name, cell in row.items()}, geometry=[Point(66.8455, 29.7997)], crs=crs
    )


def to_geojson(events):
    buffer = io.BytesIO()
    write_geojson(events, buffer)
    return json.loads(buffer.getvalue().decode())


def to_rows(events):
    buffer = io.BytesIO()
    write_csv(events, buffer)
    return list(csv.DictReader(io.StringIO(buffer.getvalue().decode(), newline="")))


def test_write_geojson_follows_the_standard():
    content = to_geojson(make_events())
    assert set(content) == {"type", "features"}
    (feature,) = content["features"]
    assert feature["type"] == "Feature"
    assert feature["id"] == "e1"
    assert feature["geometry"] == {"type": "Point", "coordinates": [66.8455, 29.7997]}
    assert feature["properties"] == {
        "event_id": "e1",
        "title": "Blast in Mastung",
        "published": "2023-09-29",
        "themes": ["terrorism", "human-rights"],
        "place_name": "Mastung",
        "where_prec": 1,
        "score": 0.97,
        "sources": [dict(SOURCES[0]), {**SOURCES[1], "published": "2023-09-29"}],
    }


def test_write_geojson_reads_sources_that_are_json():
    content = to_geojson(make_events(sources=json.dumps([{"outlet": "Dawn"}])))
    assert content["features"][0]["properties"]["sources"] == [{"outlet": "Dawn"}]


def test_write_geojson_brings_events_to_wgs84():
    content = to_geojson(make_events().to_crs("EPSG:3857"))
    assert content["features"][0]["geometry"]["coordinates"] == [66.8455, 29.7997]


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), pd.NaT, pd.NA])
def test_write_geojson_writes_what_is_missing_as_null(missing):
    content = to_geojson(make_events(published=missing, score=missing))
    properties = content["features"][0]["properties"]
    assert properties["published"] is None
    assert properties["score"] is None


def test_write_geojson_keeps_an_event_without_a_point():
    events = make_events()
    events.geometry = [None]
    (feature,) = to_geojson(events)["features"]
    assert feature["geometry"] is None
    assert to_rows(events)[0]["latitude"] == ""


def test_write_geojson_of_no_events_is_an_empty_collection():
    assert to_geojson(make_events().iloc[:0]) == {"type": "FeatureCollection", "features": []}


def test_write_geojson_can_be_read_by_gdal(tmp_path):
    file = tmp_path / "events.geojson"
    export_events(make_events(), file, format_name="geojson")
    events = geopandas.read_file(file)
    assert events.crs == "EPSG:4326"
    assert events.geometry[0] == Point(66.8455, 29.7997)
    assert events.title[0] == "Blast in Mastung"


def test_write_csv_has_coordinates_and_readable_cells():
    (row,) = to_rows(make_events(themes=("terrorism", "human-rights"), title='A "quote", and\na line'))
    assert row["latitude"] == "29.7997"
    assert row["longitude"] == "66.8455"
    assert row["title"] == 'A "quote", and\na line'
    assert row["themes"] == "terrorism; human-rights"
    assert row["published"] == "2023-09-29"
    assert row["sources"].splitlines() == [
        "Mashal Radio | د مستونګ | https://example.org/1 | ps",
        "Dawn | Blast | en | 2023-09-29",
    ]
    assert "geometry" not in row


def test_write_csv_parts_sources_by_what_no_title_holds():
    sources = ({"outlet": "Dawn", "title": "Blast, fire | Dawn\nNews"}, {"outlet": "AFP"})
    (row,) = to_rows(make_events(sources=sources))
    assert [line.split(" | ") for line in row["sources"].splitlines()] == [
        ["Dawn", "Blast, fire ¦ Dawn News"],
        ["AFP"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_write_csv_neutralises_formulas(start):
    title = f"{start}cmd|' /C calc'!A0"
    (row,) = to_rows(make_events(title=title, themes=(title,), sources=({"outlet": title},)))
    assert row["title"] == row["themes"] == f"'{title}"
    # White space before it goes with the ends of lines, and nothing that could be run is left.
    kept = f"'{start}" if start.strip() else ""
    assert row["sources"] == f"{kept}cmd¦' /C calc'!A0"


def test_write_csv_leaves_numbers_as_they_are():
    events = make_events(score=-0.5)
    events.geometry = [Point(-70.1, -33.2)]
    (row,) = to_rows(events)
    assert (row["score"], row["latitude"], row["longitude"]) == ("-0.5", "-33.2", "-70.1")


def test_write_csv_leaves_the_file_open():
    buffer = io.BytesIO()
    write_csv(make_events(), buffer)
    assert not buffer.closed


@pytest.mark.parametrize("name", FORMATS)
def test_format_to_bytes_is_the_content_of_a_file(tmp_path, name):
    export_events(make_events(), tmp_path / "file", format_name=name)
    assert FORMATS[name].to_bytes(make_events()) == (tmp_path / "file").read_bytes()


def test_csv_files_carry_a_mark_for_excel_and_geojson_does_not(tmp_path):
    for name in ("csv", "geojson"):
        export_events(make_events(), tmp_path / name, format_name=name)
    assert (tmp_path / "csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")
    assert (tmp_path / "geojson").read_bytes().startswith(b"{")


def test_export_events_to_standard_output_has_no_mark(capfdbinary):
    export_events(make_events(), "-", format_name="csv")
    assert capfdbinary.readouterr().out.startswith(b"event_id,")


def test_export_events_refuses_an_unknown_format(tmp_path):
    with pytest.raises(ExportError, match="“xls” is no format; expected one of geojson, csv"):
        export_events(make_events(), tmp_path / "events.xls", format_name="xls")
    with pytest.raises(ExportError):
        get_format("")


def test_export_events_keeps_the_old_file_when_it_fails(tmp_path):
    file = tmp_path / "events.geojson"
    file.write_text("old")
    with pytest.raises(ValueError, match="circular"):
        export_events(make_events(themes=Loop()), file, format_name="geojson")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["events.geojson"]


class Loop:
    """A cell that cannot be written."""

    def __str__(self) -> str:
        raise ValueError("circular")


def test_export_events_writes_with_the_usual_permissions(tmp_path):
    mask = os.umask(0o022)
    try:
        export_events(make_events(), tmp_path / "events.csv", format_name="csv")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "events.csv").stat().st_mode) == 0o644


def test_export_events_follows_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    export_events(make_events(), tmp_path / "link.csv", format_name="csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert "Mastung" in (tmp_path / "real.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("target", ["missing/events.csv", "folder"])
def test_export_events_says_why_a_file_cannot_be_written(tmp_path, target):
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match=target):
        export_events(make_events(), tmp_path / target, format_name="csv")


def test_export_events_writes_into_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    export_events(make_events(), pipe, format_name="geojson")
    reader.join()
    assert json.loads(got[0])["features"][0]["id"] == "e1"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
