"""Files that are added: packed, cut off, of another encoding, with broken rows, with columns of any name."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.additions.adding import Description, add_file, name_of
from geodata.gazetteer.additions.geojson import CHUNK
from geodata.gazetteer.additions.opening import LONGEST_LINE
from geodata.model import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.gazetteer.additions.adding import Outcome
    from geodata.model import Place

ROWS = "name,lat,lon,cc\nZhob,31.3,69.4,PK\n"


@pytest.fixture
def folder(tmp_path: Path, gazetteer_folder: Path) -> Path:
    return shutil.copytree(gazetteer_folder, tmp_path / "gazetteer")


def add(folder: Path, data: bytes | str, *, name: str = "mine.csv", **description: object) -> Outcome:
    file = folder.parent / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return add_file(folder, file, Description(name_of(file), **description))


def find(folder: Path, name: str) -> Place:
    with open_gazetteer(folder) as gazetteer:
        (posting,) = gazetteer.find(name)
    return posting.place


def contents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "lock")


def make_zip(folder: Path, **members: str) -> bytes:
    path = folder.parent / "made.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return path.read_bytes()


def test_packed_files_are_read_as_they_are(folder: Path) -> None:
    add(folder, gzip.compress(ROWS.encode()), name="one.csv.gz")
    add(
        folder, make_zip(folder, PK_csv=ROWS.replace("Zhob", "Loralai"), readme_txt="Read me"), name="two.zip"
    )
    assert (find(folder, "zhob").source, find(folder, "loralai").source) == ("one", "two")


def test_a_member_of_an_archive_is_never_put_where_its_name_points(folder: Path) -> None:
    add(folder, make_zip(folder, **{"..__..__evil_csv": ROWS}), name="evil.zip")
    assert find(folder, "zhob").source == "evil"
    assert not list(folder.parent.parent.glob("evil*"))


@pytest.mark.parametrize(
    "members", [{}, {"a_csv": ROWS, "b_csv": ROWS}, {"a_pdf": "x"}], ids=["empty", "two", "no list"]
)
def test_an_archive_must_hold_one_list(folder: Path, members: dict[str, str]) -> None:
    with pytest.raises(GazetteerError, match="expected one list of places"):
        add(folder, make_zip(folder, **members), name="two.zip")


@pytest.mark.parametrize("pack", ["gz", "zip", "geojson"])
@pytest.mark.parametrize("share", [0.5, 0.98])
def test_a_file_that_is_cut_off_adds_nothing(folder: Path, pack: str, share: float) -> None:
    rows = "name,lat,lon,cc\n" + "".join(f"Zhob {number},31.{number},69.4,PK\n" for number in range(20_000))
    if pack == "gz":
        data = gzip.compress(rows.encode())
    elif pack == "zip":
        data = make_zip(folder, a_csv=rows)
    else:
        feature = {"type": "Feature", "properties": {"name": "Zhob"},
                   "geometry": {"type": "Point", "coordinates": [69.4, 31.3]}}  # fmt: skip
        data = json.dumps({"type": "FeatureCollection", "features": [feature] * 9000}).encode()
    before = contents(folder)
    with pytest.raises(GazetteerError, match="cut off"):
        add(folder, data[: int(share * len(data))], name=f"cut.{pack}")
    assert contents(folder) == before


def test_a_damaged_member_of_an_archive_adds_nothing(folder: Path) -> None:
    data = bytearray(make_zip(folder, a_csv=ROWS * 500))
    data[60:64] = b"\0\0\0\0"
    before = contents(folder)
    with pytest.raises(GazetteerError, match="cut off or damaged"):
        add(folder, bytes(data), name="bad.zip")
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ROWS.encode() + "Köln,50.9,6.9,DE\n".encode("latin-1"), r"mine\.csv, line 3: expected UTF-8, found byte 0xf6"),
        (ROWS.encode("utf-16"), "line 1: expected UTF-8"),
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "expected UTF-8"),
        (b"name,lat,lon\nZh\0b,1,2\n", "line 2: expected text, found a zero byte"),
        (b"place,where\nZhob,here\n", "no column that looks like latitude or longitude; it has: place, where"),
        (b"1\t2\t3\n", "3 columns parted by tabs and no heading"),
        (b"name,lat,lon\n" + b"x" * (LONGEST_LINE + 1), "line 2: the line is longer"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_says_why(folder: Path, data: bytes, message: str) -> None:
    before = contents(folder)
    with pytest.raises(GazetteerError, match=message):
        add(folder, data)
    assert contents(folder) == before


def test_a_missing_file_says_so_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    with pytest.raises(GazetteerError, match=r"absent\.csv cannot be read: No such file"):
        add_file(folder, tmp_path / "absent.csv", Description("absent"))
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "Zhob,69.4,31.3,PK",
            "latitude 69.4, longitude 31.3 lies far from PK, .* latitude and longitude are swapped",
        ),
        ("Tarawa,172.9,1.3,", "between -90 and 90, got latitude 172.9, .* are swapped"),
        ("Zhob,131.3,169.4,", "between -90 and 90, got latitude 131.3, longitude 169.4$"),
        ("Zhob,31.3,269.4,", "between -180 and 180"),
        ("Zhob,0,0,", "0, 0 is where nothing lies"),
        ("Zhob,nan,1,", "expected degrees"),
        ("Zhob,,1,", "expected a latitude in degrees, got ''"),
        ("Zhob,31.3,69° E,", "expected a longitude in degrees, got '69° E'"),
        (",31.3,69.4,PK", "the place has no name"),
        ("Zhob,31.3,69.4,Absurdistan", "expected a country as ISO 3166 writes it"),
        ("Zhob,31.3,69.4", "expected 4 columns, got 3"),
        (f"{'Zhob' * 60},31.3,69.4,PK", "at most 200 letters"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_goes_in(folder: Path, row: str, message: str) -> None:
    outcome = add(folder, f"name,lat,lon,cc\nLoralai,30.4,68.6,PK\n{row}\nQila,30.9,66.6,PK\n")
    assert (outcome.read.bad, outcome.merged.new) == (1, 2)
    ((line, fault),) = outcome.read.shown
    assert line == 3
    with pytest.raises(ValueError, match=message):
        raise ValueError(fault)


def test_a_position_that_may_be_is_not_called_swapped(folder: Path) -> None:
    """Chad lies where it would lie with the two exchanged; an island far off its country is no error."""
    rows = "name,lat,lon,cc\nZhob,31.3,69.4,PK\nRéunion,-21.1,55.5,FR\nSahr,9.1,18.4,TD\n"
    assert add(folder, rows).read.bad == 0


def test_a_file_without_one_good_row_adds_nothing(folder: Path) -> None:
    before = contents(folder)
    outcome = add(folder, "name,lat,lon\nZhob,0,0\n")
    assert (outcome.merged, outcome.read.bad) == (None, 1)
    assert contents(folder) == before


def test_only_the_first_broken_rows_are_shown(folder: Path) -> None:
    outcome = add(folder, ROWS + "Zhob,0,0,\n" * 50)
    assert (outcome.read.bad, len(outcome.read.shown), outcome.read.shown[0][0]) == (50, 20, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Name;LATITUDE;Long;Country;Type\nZhob;31.3;69.4;Pakistan;town\n",
        "name\tlat\tlng\tcc\tkind\nZhob\t31.3\t69.4\tpak\tcity\n",
        '\ufeff"name","lat","lon","country_code"\r\n"Zhob","31.3","69.4","pk"\r\n',
        'name,note,lat,lon,cc\nZhob,"two\nlines",31.3,69.4,PK\n',
    ],
    ids=["semicolons", "tabs", "mark and CRLF", "line within a cell"],
)
def test_usual_tables_need_no_telling(folder: Path, text: str) -> None:
    add(folder, text)
    place = find(folder, "zhob")
    assert (place.kind, place.country_code, round(place.longitude, 1)) == (Kind.CITY, "PK", 69.4)


def test_columns_can_be_told(folder: Path) -> None:
    columns = {"name": "BEZ", "latitude": "B", "longitude": "L", "other_names": "AUCH", "id": "NR"}
    text = "NR,BEZ,B,L,AUCH,ART\n7,Camp Zhob,31.3,69.4,Zhob Camp;Camp Appozai,x\n"
    add(folder, text, columns=columns, kind=Kind.SITE)
    place = find(folder, "camp appozai")
    assert (place.id, place.name, place.kind) == ("mine:7", "Camp Zhob", Kind.SITE)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"name": "NAME"}, "no column 'NAME' for name; it has: name, lat, lon, cc"),
        ({"height": "lat"}, "no field 'height'; expected some of name, latitude"),
    ],
)
def test_columns_that_are_not_there_are_an_error(folder: Path, columns: dict[str, str], message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        add(folder, ROWS, columns=columns)


def feature(name: str, geometry: dict[str, object] | None, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


POINT = {"type": "Point", "coordinates": [69.4, 31.3]}
SQUARE = {"type": "Polygon", "coordinates": [[[69, 31], [70, 31], [70, 32], [69, 32], [69, 31]]]}


@pytest.mark.parametrize("indent", [None, 1])
def test_geojson_collections_are_read_feature_by_feature(folder: Path, indent: int | None) -> None:
    features = [
        feature("Zhob", POINT, country="PK", other_names=["Appozai", "Fort Sandeman"], pad="x" * CHUNK),
        feature("Zhob Hills", SQUARE, kind="region"),
        feature("Nowhere", None),
        feature("", POINT),
    ]
    outcome = add(
        folder,
        json.dumps({"type": "FeatureCollection", "features": features}, indent=indent),
        name="a.geojson",
    )
    assert outcome.read.bad == 2
    assert outcome.read.shown[0][1] == "the feature has no position"
    assert find(folder, "fort sandeman").latitude == pytest.approx(31.3)
    hills = find(folder, "zhob hills")
    assert (hills.kind, hills.latitude, hills.longitude) == (Kind.REGION, 31.5, 69.5)
    assert 40 < hills.radius_km < 80


def test_geojson_in_lines_is_read_too(folder: Path) -> None:
    lines = "\n".join(json.dumps(feature(name, POINT, id=name)) for name in ("Zhob", "Appozai"))
    assert add(folder, lines, name="a.geojsonl").merged.new == 2


def test_geojson_that_is_none_says_where(folder: Path) -> None:
    with pytest.raises(GazetteerError, match=r"a\.geojson, line 1: not JSON, or cut off"):
        add(folder, '{"type": "FeatureCollection", "features": [{"type": nonsense}]}', name="a.geojson")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"properties": [1]}, "expected an object of properties, got list"),
        ({"properties": {"name": "\ud800"}}, "half a pair of surrogates"),
        ({"properties": {"\ud800": "Zhob"}}, "half a pair of surrogates"),
        ({"properties": {"name": "Zhob", "population": 10**30}}, "expected a population"),
        ({"properties": {"name": "Zhob", "id": "é" * 70_000}}, "an id of at most 200 letters, got 70,000"),
        ({"geometry": {"type": "GeometryCollection", "geometries": 5}}, "the feature has no position"),
        ({"geometry": {"type": "Point", "coordinates": [10**400, 31.3]}}, "expected positions in degrees"),
    ],
)
def test_a_broken_feature_is_named_and_the_rest_goes_in(
    folder: Path, broken: dict[str, object], message: str
) -> None:
    lines = [feature("Loralai", POINT), feature("Zhob", POINT) | broken, feature("Qila", POINT)]
    outcome = add(folder, "\n".join(map(json.dumps, lines)), name="a.geojsonl")
    assert (outcome.read.bad, outcome.merged.new) == (1, 2)
    ((line, fault),) = outcome.read.shown
    assert line == 2
    assert message in fault


def test_a_number_without_end_says_where_it_is(folder: Path) -> None:
    lines = f'{json.dumps(feature("Zhob", POINT))}\n{json.dumps(feature("Qila", POINT))[:-1]}, "n": {"1" * 5000}}}'
    with pytest.raises(GazetteerError, match=r"a\.geojsonl, line 2: a number has too many digits"):
        add(folder, lines, name="a.geojsonl")


def test_a_file_whose_name_is_no_unicode_says_so(folder: Path) -> None:
    with pytest.raises(GazetteerError, match="no Unicode"):
        add(folder, ROWS, name="zhob-\udce9.csv")
