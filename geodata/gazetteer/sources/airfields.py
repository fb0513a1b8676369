"""Airfields and air bases, from the package `airportsdata` (MIT)."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPE_WORDS = re.compile(
    r"\b(?:International|Intl|Regional|Municipal|Airport|Airfield|Airstrip|Aerodrome|Aeródromo|Aeroporto"
    r"|Aeropuerto|Air\s?Base|Airbase|Air Force Base|AFB|Air Station|Army|Heliport|Helipad|Military|North|South)\b",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(
    r"\b(?:Heliport|Helipad|Ranch|Farm|Seaplane|Ultralight|Glider|Gliderport)\b", re.IGNORECASE
)
"""Private strips are not what news means by a name; they would only lend their names to false finds."""

FORMS = ("airport", "airfield", "air base", "airbase")


def source_info() -> SourceInfo:
    """Describe the data that is installed."""
    return SourceInfo(
        id="airportsdata",
        title="airportsdata: airfields and air bases",
        licence="MIT",
        date=version("airportsdata"),
    )


def read_entries() -> Iterator[Entry]:
    """Yield airfields under their full names and "X airport", "X airfield", "X air base"."""
    import airportsdata

    for airport in airportsdata.load("ICAO").values():
        name = airport["name"].strip()
        bare = " ".join(_TYPE_WORDS.sub(" ", name).replace("/", " ").split())
        if not name or not airport["country"] or _NO_NEWS.search(name) or len(bare) < 3:
            continue
        if airport["lat"] == 0 and airport["lon"] == 0:
            continue
        full = name if _TYPE_WORDS.search(name) else f"{name} Airport"
        yield Entry(
            Place(
                id=f"icao:{airport['icao']}",
                name=full,
                kind=Kind.SITE,
                latitude=round(airport["lat"], 5),
                longitude=round(airport["lon"], 5),
                country_code=airport["country"],
                admin1=airport["subd"],
                radius_km=3.0,
                source="airportsdata",
            ),
            tuple(f"{bare} {form}" for form in FORMS),
        )
