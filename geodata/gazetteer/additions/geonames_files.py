"""GeoNames' own files: the dump of a country or of all, and the alternate names.

The columns are explained in the readme at download.geonames.org/export/dump. Data: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer.additions.features import read_feature
from geodata.gazetteer.additions.opening import ByteSource, read_lines
from geodata.gazetteer.additions.records import Omission, OtherName, Reader, Record, Taken, read_name
from geodata.gazetteer.entry import Entry, NameQuality
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import strip_generic
from geodata.gazetteer.naming import CODE_LIKE, is_abbreviation
from geodata.gazetteer.sources.geonames import read_divisions
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from geodata.gazetteer.additions.positions import Positions

DUMP_COLUMNS = 19
NAME_COLUMNS = (8, 10)
"""Columns of alternateNames and of alternateNamesV2."""

LICENCE = "CC BY 4.0"
LARGEST_ID = 2**31 - 1
LARGEST_COUNT = 10**10
"""More people than there are."""

_NO_LANGUAGES = frozenset(
    {"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny", "lauc", "nuts"}
)
"""What stands in the column of the language where the name is a code, a link or a pronunciation."""


class DumpReader(Reader):
    """Reads a dump: 19 columns parted by tabs, no heading."""

    title = "GeoNames dump"
    licence = LICENCE

    def __init__(
        self, source: ByteSource, *, positions: Positions, countries: Collection[str], addition: str
    ) -> None:
        self._source = source
        self._positions = positions
        self._countries = frozenset(countries)
        self._addition = addition
        self._divisions = read_divisions()

    def records(self) -> Iterator[Record]:
        """Yield the lines that are not blank."""
        return (Record(number, line) for number, line in read_lines(self._source) if line)

    def take(self, record: Record) -> Taken:
        """Return the place of a line."""
        cells = record.data.split("\t")
        if len(cells) != DUMP_COLUMNS:
            raise ValueError(f"expected {DUMP_COLUMNS} columns parted by tabs, got {len(cells)}")
        name = read_name(cells[1])
        feature = read_feature(cells[6], cells[7], name)
        if feature is None:
            return Omission.HISTORICAL
        latitude, longitude = read_degrees(cells[4], cells[5])
        country = cells[8] if cells[8] in self._countries else ""
        self._positions.check(latitude, longitude, country)
        province_code = f"{country}.{cells[10]}"
        admin1 = self._divisions.admin1.get(province_code, "")
        admin2 = self._divisions.admin2.get(f"{province_code}.{cells[11]}", "")
        place = Place(
            id=f"geonames:{read_id(cells[0])}",
            name=name,
            kind=feature.kind,
            latitude=latitude,
            longitude=longitude,
            country_code=country,
            admin1=admin1,
            admin2=admin2 or (name if cells[7] == "ADM2" else ""),
            population=read_count(cells[14], "a population"),
            radius_km=feature.radius_km,
            is_capital=cells[7] == "PPLC",
            source=self._addition,
            feature=f"{cells[6]}.{cells[7]}",
            is_minor=feature.is_minor,
        )
        others = {cells[2].strip(), *(part.strip() for part in cells[3].split(","))} - {name, ""}
        alternates = sorted(other for other in others if not CODE_LIKE.fullmatch(other))
        return Entry(place, tuple(alternates), derived=short_names(place))


class NamesReader(Reader):
    """Reads alternateNames or alternateNamesV2: names of places that the gazetteer has already.

    Parameters
    ----------
    is_known : callable
        Tells whether the gazetteer has a GeoNames id.
    """

    title = "GeoNames alternate names"
    licence = LICENCE

    def __init__(self, source: ByteSource, *, is_known: Callable[[int], bool]) -> None:
        self._source = source
        self._is_known = is_known

    def records(self) -> Iterator[Record]:
        """Yield the lines that are not blank."""
        return (Record(number, line) for number, line in read_lines(self._source) if line)

    def take(self, record: Record) -> Taken:
        """Return the name of a line."""
        cells = record.data.split("\t")
        if len(cells) not in NAME_COLUMNS:
            raise ValueError(f"expected {NAME_COLUMNS[-1]} columns parted by tabs, got {len(cells)}")
        number, language, name = read_id(cells[1]), cells[2], cells[3].strip()
        is_colloquial = cells[6] == "1"
        if language in _NO_LANGUAGES or not name or is_colloquial or CODE_LIKE.fullmatch(name):
            return Omission.NO_NAME
        if not self._is_known(number):
            return Omission.UNKNOWN_PLACE
        shortened = language == "abbr" or is_abbreviation(name)
        quality = NameQuality.ABBREVIATION if shortened else NameQuality.ALTERNATE
        return OtherName(f"geonames:{number}", name, quality)


def read_id(cell: str) -> int:
    """Read a GeoNames id; raises ValueError."""
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell) <= LARGEST_ID):
        raise ValueError(f"expected a GeoNames id, a number, got {cell[:40]!r}")
    return int(cell)


def read_degrees(latitude: str, longitude: str) -> tuple[float, float]:
    """Read a position's degrees; raises ValueError that names the cell."""
    degrees = []
    for title, cell in (("latitude", latitude), ("longitude", longitude)):
        try:
            degrees.append(float(cell))
        except ValueError:
            raise ValueError(f"expected a {title} in degrees, got {cell[:40]!r}") from None
    return degrees[0], degrees[1]


def read_count(cell: str, what: str) -> int:
    """Read a whole number, 0 for an empty cell; raises ValueError."""
    bare = cell.replace(",", "").replace(" ", "").strip()
    try:
        count = int(float(bare)) if bare else 0
    except (ValueError, OverflowError):
        raise ValueError(f"expected {what}, got {cell[:40]!r}") from None
    if not 0 <= count <= LARGEST_COUNT:
        raise ValueError(f"expected {what}, got {cell[:40]!r}")
    return count


def short_names(place: Place) -> tuple[str, ...]:
    """Return the short form of a division's name: "Mastung" of "Mastung District".

    A site's is not made: "Alert Airport" would take every "Alert" of a text.
    """
    if place.kind not in (Kind.ADMIN1, Kind.ADMIN2):
        return ()
    short = strip_generic(place.name)
    return (short,) if short and fold(short) != fold(place.name) else ()
