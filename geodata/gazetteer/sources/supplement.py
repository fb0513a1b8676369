"""Our own places: what news of security and diplomacy names and no library holds.

``supplement.csv`` lies beside the package; `docs/supplement.md` says what belongs in it and how it is checked.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import GazetteerRowError
from geodata.gazetteer import FOLDER
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.gazetteer.generics import strip_site
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "supplement.csv"
SOURCE = "dateline"
COLUMNS = (
    "id", "name", "kind", "latitude", "longitude", "radius_km", "country_code", "admin1", "other_names",
    "geonames_id", "source",
)  # fmt: skip


def source_info() -> SourceInfo:
    """Describe the supplement."""
    return SourceInfo(
        id=SOURCE,
        title="Dateline's supplement: regions, bases, prisons, crossings, seats of government",
        licence="MIT; each row names its source",
        date="2026",
    )


def read_entries(path: Path | None = None) -> Iterator[Entry]:
    """Yield the places of a supplement.

    Parameters
    ----------
    path : Path, optional
        A file with the columns of the bundled one. None: the bundled one.

    Raises
    ------
    GazetteerRowError
        Naming the line, if a row is broken.
    """
    path = path or FOLDER / FILE
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise GazetteerRowError(f"missing columns: {', '.join(missing)}", source=path.name, line=1)
        for row in reader:
            try:
                yield _entry(row)
            except ValueError as error:
                raise GazetteerRowError(str(error), source=path.name, line=reader.line_num) from error


def _entry(row: Mapping[str, str]) -> Entry:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"expected degrees, got latitude {latitude}, longitude {longitude}")
    kind = Kind(row["kind"])
    return Entry(
        Place(
            id=f"geonames:{row['geonames_id']}" if row["geonames_id"] else f"dateline:{row['id']}",
            name=row["name"],
            kind=kind,
            latitude=latitude,
            longitude=longitude,
            country_code=row["country_code"],
            admin1=row["admin1"],
            radius_km=float(row["radius_km"]),
            source=SOURCE,
        ),
        tuple(part.strip() for part in row["other_names"].split("|") if part.strip()),
        derived=(strip_site(row["name"]),) if kind is Kind.SITE else (),
    )
