"""Events as files for other programs: one function a format, one registry of all of them."""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geodata.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geopandas import GeoDataFrame

STANDARD_OUTPUT = "-"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula, full-width forms included."""

PARTS = " | "
"""Between what is known of a source; a comma stands in titles."""

DECIMALS = 6
"""Of a degree: a tenth of a metre, far below what any place in a text is known to."""


def write_geojson(events: GeoDataFrame, file: BinaryIO) -> None:
    """Write events as a GeoJSON FeatureCollection by RFC 7946, in UTF-8.

    Every column is a property under its own name: themes as a list, sources as a list of objects, dates
    in ISO 8601, what is missing as null. The id of a feature is its event's.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place, Point; brought to EPSG:4326.
    """
    file.write(b'{"type": "FeatureCollection", "features": [')
    for number, (point, properties) in enumerate(_iterate_rows(events)):
        geometry = None
        if point is not None:
            # GeoJSON's axis order: longitude first.
            geometry = {"type": "Point", "coordinates": [point[1], point[0]]}
        feature = {
            "type": "Feature",
            "id": properties.get("event_id"),
            "geometry": geometry,
            "properties": properties,
        }
        file.write(b",\n" if number else b"\n")
        file.write(json.dumps(feature, ensure_ascii=False, allow_nan=False).encode())
    file.write(b"\n]}\n")


def write_csv(events: GeoDataFrame, file: BinaryIO) -> None:
    """Write events as comma-separated values in UTF-8, with columns latitude and longitude (degrees).

    Themes are parted by semicolons, sources written one a line, what is known of each parted by `PARTS`. A text
    that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay as they are.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place, Point; brought to EPSG:4326.
    """
    columns = [str(column) for column in events.columns if column != events.geometry.name]
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([*columns, "latitude", "longitude"])
        for point, properties in _iterate_rows(events):
            cells = [_neutralise(_flatten(properties[column])) for column in columns]
            writer.writerow([*cells, *(point or ("", ""))])
    finally:
        # The wrapper must not close what belongs to the caller.
        text.detach()


@dataclass(frozen=True, slots=True)
class Format:
    """A format that events can be written in.

    Attributes
    ----------
    mark : bytes
        Written before the content of a file, but not to a pipe: Excel takes UTF-8 for the machine's old
        encoding without it, and scripts stumble over it.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[[GeoDataFrame, BinaryIO], None]
    mark: bytes = b""

    def to_bytes(self, events: GeoDataFrame) -> bytes:
        """Return the content of a file with these events."""
        buffer = io.BytesIO()
        buffer.write(self.mark)
        self.write(events, buffer)
        return buffer.getvalue()


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("geojson", "GeoJSON", ".geojson", "application/geo+json", write_geojson),
        Format("csv", "CSV", ".csv", "text/csv; charset=utf-8", write_csv, codecs.BOM_UTF8),
    )
}


def get_format(name: str) -> Format:
    """Return the format of this name.

    Raises
    ------
    ExportError
        There is none.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise ExportError(f"“{name}” is no format; expected one of {', '.join(FORMATS)}") from None


def export_events(events: GeoDataFrame, target: str | Path, *, format_name: str) -> None:
    """Write events to a file, whole or not at all, or to standard output.

    Parameters
    ----------
    target : str or Path
        The file; "-" is standard output.

    Raises
    ------
    ExportError
        The format is unknown or the file cannot be written.
    """
    format_ = get_format(format_name)
    if str(target) == STANDARD_OUTPUT:
        format_.write(events, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        with _replace_file(Path(target)) as file:
            file.write(format_.mark)
            format_.write(events, file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"{target} cannot be written: {error.strerror or error}") from error


@contextmanager
def _replace_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file that takes the place of `path` once all is written."""
    path = path.resolve()
    if path.exists() and not path.is_file() and not path.is_dir():
        # A pipe or a device is written as it comes; it must not be replaced by a file.
        with path.open("wb") as file:
            yield file
        return
    if path.is_dir():
        raise ExportError(f"{path} is a folder; name a file in it")
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with scratch.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _iterate_rows(
    events: GeoDataFrame,
) -> Iterator[tuple[tuple[float, float] | None, dict[str, Any]]]:
    """Yield each event's (latitude, longitude), None without one, and its other columns as JSON values."""
    if events.crs is not None and events.crs != "EPSG:4326":
        events = events.to_crs("EPSG:4326")
    columns = [column for column in events.columns if column != events.geometry.name]
    table = events[columns].astype(object)
    # NaN, NaT and NA alike become None.
    cells = table.where(table.notna(), None).itertuples(index=False, name=None)
    # Shapely's x is the longitude; an event without a point has NaN for both.
    points = zip(events.geometry.y.tolist(), events.geometry.x.tolist(), strict=True)
    for (latitude, longitude), row in zip(points, cells, strict=True):
        point = None if math.isnan(latitude) else (round(latitude, DECIMALS), round(longitude, DECIMALS))
        yield point, {str(name): _to_plain(name, cell) for name, cell in zip(columns, row, strict=True)}


def _to_plain(name: str, cell: Any) -> Any:
    """Return a cell as a JSON value; what is missing is None."""
    if name == "sources" and isinstance(cell, str):
        return json.loads(cell) if cell else []
    if isinstance(cell, list | tuple):
        return [_to_plain("", part) for part in cell]
    if isinstance(cell, dict):
        return {str(key): _to_plain("", part) for key, part in cell.items()}
    if hasattr(cell, "item"):  # a number of numpy
        cell = cell.item()
    if isinstance(cell, float) and not math.isfinite(cell):  # JSON knows no such number
        return None
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _flatten(value: Any) -> Any:
    """Return a JSON value as one cell that a person can read, and a script can take apart again."""
    if isinstance(value, dict):
        return PARTS.join(_to_part(part) for part in value.values() if part)
    if isinstance(value, list):
        return ("\n" if any(isinstance(part, dict) for part in value) else "; ").join(
            str(_flatten(part)) for part in value
        )
    return value


def _to_part(text: object) -> str:
    """Return a text without what parts the texts of a cell: ends of lines and the bar."""
    return " ".join(str(text).replace("|", "¦").split())


def _neutralise(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
