"""GeoJSON (RFC 7946), one feature at a time: a collection of any size, or one feature a line."""

from __future__ import annotations

import codecs
import json
import math
import re
from typing import TYPE_CHECKING, Any

from geodata.errors import GazetteerRowError
from geodata.gazetteer.additions.opening import LONGEST_LINE, ByteSource, check_size
from geodata.gazetteer.additions.records import Reader, Record, Taken
from geodata.geodesy import distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from geodata.gazetteer.additions.tables import EntryMaker

CHUNK = 1 << 18
LARGEST_FEATURE = 32 * LONGEST_LINE
"""Characters of the largest feature: a country's shape may have many points."""

_FEATURES = re.compile(r'"features"\s*:\s*\[')
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_BETWEEN = re.compile(r"[\s,\x1e]*")

LATITUDE, LONGITUDE, RADIUS = "geometry.latitude", "geometry.longitude", "geometry.radius_km"
"""Columns that stand for what follows from a feature's geometry."""


class GeoJSONReader(Reader):
    """Reads features; their properties are the columns, and their geometry gives the position."""

    def __init__(self, source: ByteSource, make: Callable[[Sequence[str]], EntryMaker]) -> None:
        self._source = source
        self._make = make
        self._makers: dict[tuple[str, ...], EntryMaker] = {}

    def records(self) -> Iterator[Record]:
        """Yield the features, each with the line on which it begins.

        Raises
        ------
        GazetteerRowError
            If the text is no JSON, ends within a feature, or a feature is larger than `LARGEST_FEATURE`.
        """
        text = _Text(self._source)
        text.skip_to_features()
        while (feature := text.next_feature()) is not None:
            yield feature

    def take(self, record: Record) -> Taken:
        """Return the place of a feature."""
        feature = record.data
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise ValueError("expected a GeoJSON Feature")
        try:
            cells = _cells(feature)
            longitude, latitude, radius_km = _middle(feature.get("geometry"))
        except RecursionError:
            raise ValueError("the feature is nested too deeply") from None
        cells |= {LATITUDE: repr(latitude), LONGITUDE: repr(longitude)}
        if radius_km:
            cells[RADIUS] = f"{radius_km:.1f}"
        maker = self._maker(cells)
        return maker.entry({field: cells[title] for field, title in maker.columns.items() if title in cells})

    def _maker(self, cells: Mapping[str, str]) -> EntryMaker:
        titles = tuple(cells)
        maker = self._makers.get(titles)
        if maker is None:
            if len(self._makers) > 1000:  # as many sets of properties as features: nothing to remember
                self._makers.clear()
            maker = self._makers[titles] = self._make(titles)
        return maker


class _Text:
    """The characters of a file, as far as they are needed."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._buffer = ""
        self._start = 0
        self._line = 1
        self._read = 0
        self._is_collection = False

    def _fill(self) -> bool:
        """Read on; False at the end."""
        data = self._source.stream.read(max(CHUNK, len(self._buffer) - self._start))
        self._read += len(data)
        check_size(self._read, self._source.name)
        try:
            more = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise self._error("expected UTF-8; save the file as UTF-8") from error
        self._buffer = self._buffer[self._start :] + more
        self._start = 0
        return bool(data)

    def _move_to(self, position: int) -> None:
        self._line += self._buffer.count("\n", self._start, position)
        self._start = position

    def skip_to_features(self) -> None:
        """Stand at the first feature of a collection, or at the first of features in lines."""
        self._fill()
        while (match := _FEATURES.search(self._buffer)) is None:
            if re.search(r'"type"\s*:\s*"Feature"', self._buffer) or len(self._buffer) > LONGEST_LINE:
                return
            if not self._fill():
                return
        feature = re.search(r'"type"\s*:\s*"Feature"', self._buffer)
        if feature is None or match.start() < feature.start():
            self._move_to(match.end())
            self._is_collection = True

    def next_feature(self) -> Record | None:
        while True:
            match = _BETWEEN.match(self._buffer, self._start)
            if match is not None:
                self._move_to(match.end())
            if self._start < len(self._buffer):
                break
            if not self._fill():
                if self._is_collection:
                    raise self._error("the file ends within the list of features; it is cut off")
                return None
        if self._is_collection and self._buffer[self._start] == "]":
            return None
        while True:
            try:
                value, end = self._json.raw_decode(self._buffer, self._start)
            except (json.JSONDecodeError, RecursionError) as error:
                if len(self._buffer) - self._start > LARGEST_FEATURE:
                    raise self._error(
                        f"expected a feature of at most {LARGEST_FEATURE:,} characters"
                    ) from error
                if not self._fill():
                    raise self._error(f"not JSON, or cut off: {error}") from error
                continue
            except ValueError:  # Python reads no endless numbers
                raise self._error("a number has too many digits") from None
            record = Record(self._line, value)
            self._move_to(end)
            return record

    def _error(self, message: str) -> GazetteerRowError:
        return GazetteerRowError(message, source=self._source.name, line=self._line)


def _cells(feature: Mapping[str, Any]) -> dict[str, str]:
    """Return a feature's properties, and its id where they have none, as a table would hold them."""
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise ValueError(f"expected an object of properties, got {type(properties).__name__}")  # noqa: TRY004 - the row is broken
    cells = {_cell(key): _cell(value) for key, value in properties.items()}
    if "id" not in cells and feature.get("id") is not None:
        cells["id"] = _cell(feature["id"])
    return cells


def _cell(value: Any) -> str:
    """Return a property as a table would hold it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(_cell(part) for part in value)
    text = value if isinstance(value, str) else json.dumps(value)
    if _HALF_PAIR.search(text):  # JSON can name what no file can hold
        raise ValueError("expected text, found half a pair of surrogates")
    return text


def _middle(geometry: Any) -> tuple[float, float, float]:
    """Return longitude, latitude and radius in kilometres (0 of a point) of a geometry.

    Of what is no point: the middle of its bounds, and a third of their diagonal, about a disc of its area.
    """
    points = list(_points(geometry))
    if not points:
        raise ValueError("the feature has no position")
    # GeoJSON has longitude first.
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    if len(points) == 1:
        return longitudes[0], latitudes[0], 0.0
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    longitude = (west + east) / 2
    radius = 0.0
    if -90 <= south <= north <= 90:
        radius = distance_km(south, west, north, east) / 3
    return longitude - 360 if longitude > 180 else longitude, (south + north) / 2, radius


def _points(geometry: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(geometry, dict):
        return
    stack = [geometry.get("coordinates"), geometry.get("geometries")]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            yield from _points(value)
        elif isinstance(value, list) and value and isinstance(value[0], int | float):
            if len(value) < 2 or not all(isinstance(part, int | float) for part in value[:2]):
                raise ValueError("expected positions as [longitude, latitude]")
            try:
                longitude, latitude = float(value[0]), float(value[1])
            except OverflowError:
                longitude = latitude = math.inf
            if not (math.isfinite(longitude) and math.isfinite(latitude)):
                raise ValueError("expected positions in degrees")
            yield longitude, latitude
        elif isinstance(value, list):
            stack.extend(value)
