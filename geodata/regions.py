"""World region, sub-region and combatant command of every country.

The bundled table, ``regions.csv``, has one row for each country and territory of ISO 3166-1 and one for
Kosovo. A table of one's own takes the place of it country by country. Sources:

- *region* and *subregion*: United Nations Statistics Division, "Standard country or area codes for
  statistical use (M49)". Within Sub-Saharan Africa and Latin America and the Caribbean, the subregion is
  M49's intermediate region ("Western Africa", "Caribbean"), as people speak of those.
- *command*: the United States' Unified Command Plan as of 2023, which has Israel with CENTCOM since 2021,
  with one later change: Greenland went from EUCOM to NORTHCOM in June 2025.
"""

# What the sources leave open was decided by hand:
# - Taiwan and Kosovo are not in M49: each has its neighbours' subregion. Antarctica is in M49 without a
#   region: it is a region of its own.
# - The plan draws its areas over land and sea and does not list small territories. The Palestinian
#   territories are with Israel; Western Sahara, Mayotte, Reunion, Saint Helena and Bouvet Island are with
#   Africa; the French Southern Territories and Heard Island are with Antarctica. The United States' Minor
#   Outlying Islands are with the Pacific, where all but Navassa Island lie.

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geodata.errors import GazetteerError, GazetteerRowError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BUNDLED = Path(__file__).with_name("regions.csv")

_COUNTRY_CODE = re.compile(r"[A-Z]{2}")
_COMMENTS = re.compile(r"(?:#.*\n|\r?\n)+")


@dataclass(frozen=True, slots=True)
class CountryRegion:
    """Where a country belongs.

    Attributes
    ----------
    country_code : str
        ISO 3166-1 alpha-2; "XK" for Kosovo.
    region : str
        World region, as "Africa".
    subregion : str
        As "Western Africa".
    command : str
        US combatant command in whose area the country lies: AFRICOM, CENTCOM, EUCOM, INDOPACOM,
        NORTHCOM or SOUTHCOM in the bundled table; a table of one's own may name others.
    """

    country_code: str
    region: str
    subregion: str
    command: str


_COLUMNS = tuple(field.name for field in fields(CountryRegion))


def load_regions(path: Path | None = None) -> Mapping[str, CountryRegion]:
    """Read a table of regions.

    Parameters
    ----------
    path : Path, optional
        A CSV file in UTF-8 with the columns of `CountryRegion`, in any order, for instance an edited copy
        of the bundled one; further columns, and lines at its head that start with "#", are passed over. The
        countries that it leaves out stay as they are bundled. None: the bundled file alone.

    Returns
    -------
    mapping of str to CountryRegion
        By country code, in the order of the bundled file; cannot be changed.

    Raises
    ------
    GazetteerError
        If the file cannot be opened.
    GazetteerRowError
        If it is not UTF-8, lacks a column, or has a row with an empty cell, too many cells, a code that
        is not two capital letters, or a country that an earlier row has. Says the line.
    """
    bundled = _read(BUNDLED)
    return MappingProxyType(bundled | _read(path) if path else bundled)


def _read(path: Path) -> dict[str, CountryRegion]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GazetteerError(f"the table of regions {path} cannot be opened: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise GazetteerRowError(
            f"expected UTF-8, found the byte 0x{error.object[error.start]:02X}; save the file as UTF-8",
            source=path.name,
            line=line,
        ) from error
    comments = _COMMENTS.match(text)
    head = comments[0] if comments else ""
    return _parse(io.StringIO(text[len(head) :], newline=""), source=path.name, before=head.count("\n"))


def _parse(lines: Iterable[str], *, source: str, before: int) -> dict[str, CountryRegion]:
    """Return the rows by country code.

    Parameters
    ----------
    source : str
        The file's name, for messages.
    before : int
        Number of lines above these in the file.
    """
    reader = csv.DictReader(lines, strict=True)
    regions: dict[str, CountryRegion] = {}
    try:
        missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise GazetteerRowError(
                f"expected the columns {', '.join(_COLUMNS)}; missing: {', '.join(missing)}",
                source=source,
                line=before + 1,
            )
        for row in reader:
            country = _country_region(row, source=source, line=before + reader.line_num)
            if country.country_code in regions:
                raise GazetteerRowError(
                    f"{country.country_code} has a row already; keep one of the two",
                    source=source,
                    line=before + reader.line_num,
                )
            regions[country.country_code] = country
    except csv.Error as error:
        # Inside, the plain reader has counted the broken row, which the outer one has not.
        raise GazetteerRowError(
            f"not CSV: {error}", source=source, line=before + reader.reader.line_num
        ) from error
    return regions


def _country_region(
    row: Mapping[str | None, str | list[str] | None], *, source: str, line: int
) -> CountryRegion:
    """Return a row as a country's region, with the white space around its cells taken off."""
    # csv puts cells beyond the header under None, and None into cells that a short row lacks.
    if None in row:
        raise GazetteerRowError(
            f"more cells than columns: {row[None]}; put text with a comma in quotation marks",
            source=source,
            line=line,
        )
    cells = {column: " ".join(str(row[column] or "").split()) for column in _COLUMNS}
    for column, cell in cells.items():
        if not cell:
            raise GazetteerRowError(f"{column} is empty", source=source, line=line)
    if not _COUNTRY_CODE.fullmatch(cells["country_code"]):
        raise GazetteerRowError(
            f"expected a country code of two capital letters, as NE; found {cells['country_code']!r}",
            source=source,
            line=line,
        )
    return CountryRegion(**cells)
