"""Finds out what a file is, by what stands in it, and opens the reader for it."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, NamedTuple

from geodata.errors import GazetteerError
from geodata.gazetteer.additions import geojson, tables
from geodata.gazetteer.additions.geonames_files import DUMP_COLUMNS, NAME_COLUMNS, DumpReader, NamesReader
from geodata.gazetteer.additions.opening import LONGEST_LINE, ByteSource, decode
from geodata.gazetteer.folding import fold
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from geodata.gazetteer.additions.positions import Positions
    from geodata.gazetteer.additions.records import Reader
    from geodata.gazetteer.index import Gazetteer


class Context(NamedTuple):
    """What readers are told.

    Attributes
    ----------
    addition : str
        Name of the addition.
    gazetteer : Gazetteer
        The index in use.
    countries : collection of str
        Codes that the gazetteer has.
    columns : mapping
        Field → title of its column, as the user says.
    kind : Kind
        Of rows that say none.
    is_known : callable
        Tells whether the gazetteer has a GeoNames id.
    """

    addition: str
    gazetteer: Gazetteer
    positions: Positions
    countries: Collection[str]
    columns: Mapping[str, str]
    kind: Kind
    is_known: Callable[[int], bool]


def open_reader(source: ByteSource, context: Context) -> Reader:
    """Return the reader for a file.

    Raises
    ------
    GazetteerError
        If the file is empty or of no known format, or its columns are not told.
    """
    source, line = _peek(source)
    cells = line.split("\t")
    if line.lstrip().startswith(("{", "\x1e{")):
        return geojson.GeoJSONReader(source, lambda titles: _maker(source, context, titles, is_geojson=True))
    if cells[0].isdigit() and len(cells) > 1:
        if len(cells) == DUMP_COLUMNS:
            return DumpReader(
                source,
                positions=context.positions,
                countries=context.countries,
                addition=context.addition,
            )
        if len(cells) in NAME_COLUMNS and cells[1].isdigit():
            return NamesReader(source, is_known=context.is_known)
        raise GazetteerError(
            f"{source.name} begins with a line of {len(cells)} columns parted by tabs and no heading; expected"
            f" {DUMP_COLUMNS} (a GeoNames dump), {NAME_COLUMNS[-1]} (alternateNamesV2), or a heading"
        )
    return tables.TableReader(source, lambda titles: _maker(source, context, titles))


def _peek(source: ByteSource) -> tuple[ByteSource, str]:
    """Return the first line that is not blank, and the source as it was before."""
    read = b""
    line = b""
    while not line.strip():
        line = source.stream.readline(LONGEST_LINE)
        if not line:
            raise GazetteerError(f"{source.name} is empty")
        read += line
        if len(read) > LONGEST_LINE:
            raise GazetteerError(f"{source.name} begins with nothing but blank lines")
    # A zip's member and a pipe cannot go back: what was read is given once more.
    again = io.BufferedReader(_Rejoined(read, source.stream), 1 << 18)
    text = line if len(line) < LONGEST_LINE else line[: LONGEST_LINE - 4]
    number = read.count(b"\n") or 1
    try:
        first = decode(text, source.name, number).lstrip("\ufeff")
    except GazetteerError:
        if len(line) < LONGEST_LINE:
            raise
        first = text.decode("utf-8", "replace")
    return source._replace(stream=again), first.rstrip("\r\n")


class _Rejoined(io.RawIOBase):
    """Bytes that were read, then the rest of their stream."""

    def __init__(self, read: bytes, rest: IO[bytes]) -> None:
        self._read = read
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._read:
            part, self._read = self._read[: len(buffer)], self._read[len(buffer) :]
        else:
            part = self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _maker(
    source: ByteSource, context: Context, titles: Sequence[str], *, is_geojson: bool = False
) -> tables.EntryMaker:
    given = dict(context.columns)
    if is_geojson:
        # Features need not all have the same properties; a title that one lacks is empty there.
        given = {field: title for field, title in given.items() if title in titles}
        given = {"latitude": geojson.LATITUDE, "longitude": geojson.LONGITUDE} | given
        if geojson.RADIUS in titles:
            given.setdefault("radius_km", geojson.RADIUS)
    try:
        columns = tables.find_columns(titles, given, name=source.name)
    except GazetteerError as error:
        if is_geojson:
            raise ValueError(str(error)) from error
        raise
    return tables.EntryMaker(
        columns,
        addition=context.addition,
        kind=context.kind,
        positions=context.positions,
        countries=context.countries,
        find_country=lambda name: _find_country(context.gazetteer, name),
        is_known=context.is_known,
    )


def _find_country(gazetteer: Gazetteer, name: str) -> str:
    """Return the code of a country by its name or its letters; empty: there is none."""
    import pycountry

    letters = name.upper()
    country = pycountry.countries.get(alpha_2=letters) or pycountry.countries.get(alpha_3=letters)
    if country is not None:
        code: str = country.alpha_2
        return code
    return next(
        (
            posting.place.country_code
            for posting in gazetteer.find(fold(name))
            if posting.place.kind is Kind.COUNTRY
        ),
        "",
    )
