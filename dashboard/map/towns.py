"""The towns that the base map names: taken from the gazetteer, and served as one file beside the pages.

A browser asks for it when somebody comes near for the first time, and only then is it made. Its address is made of
the gazetteer's, so that it may be kept for good.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
from functools import cache, lru_cache
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.markup import legible
from geodata.errors import GazetteerError
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.index import current_index
from geodata.gazetteer.towns import pick_towns, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.model import Place

ADDRESS = "app/towns"
"""Where the app's own server has the file, below its base path."""

LEAST = {5: 340_000, 6: 60_000, 7: 15_000, 8: 3_000, 9: 0}
"""Zoom: the least weight, as of `pick_towns`, of a town that is named there."""

UNITS = 500
"""Positions are sent in so many parts of a degree: less than half a pixel where the map is nearest."""

MOST_LETTERS = 40
"""A name that goes on is cut."""


def encode_towns(towns: Sequence[Place]) -> bytes:
    """Write towns for the browser.

    Parameters
    ----------
    towns : sequence of Place
        The most important first, as `pick_towns` gives them.

    Returns
    -------
    bytes
        Gzipped JSON, the same for equal towns: ``[[[zoom, least], …], names, weights, latitudes, longitudes,
        capitals, units]``. Neighbours stand beside each other, and a position is told as the step from the one
        before, in `units` parts of a degree: that makes the file a tenth smaller. `weights` are logarithms, larger
        for the more important town; at a zoom those from `least` on may be named. `capitals` are positions in the
        lists.
    """
    spots = [(round(town.latitude * UNITS), round(town.longitude * UNITS)) for town in towns]
    order = sorted(range(len(towns)), key=lambda number: _along(*spots[number]))
    placed = [towns[number] for number in order]
    columns = [
        [[zoom, _logarithm(least)] for zoom, least in LEAST.items()],
        [_on_one_line(town.name) for town in placed],
        [_logarithm(weight(town.population, town.is_capital)) for town in placed],
        _steps([spots[number][0] for number in order]),
        _steps([spots[number][1] for number in order]),
        [position for position, town in enumerate(placed) if town.is_capital],
        UNITS,
    ]
    text = json.dumps(columns, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _logarithm(weight: float) -> int:
    return round(16 * log2(1 + float(weight)))


def _steps(numbers: list[int]) -> list[int]:
    return [number - before for before, number in pairwise([0, *numbers])]


def _along(latitude: int, longitude: int) -> int:
    """Return how far along a curve a position lies that passes through all positions, and mostly through near ones.

    It is Morton's: the bits of both numbers in turn.
    """
    row, column = latitude + 90 * UNITS, longitude + 180 * UNITS
    return sum(
        (row >> bit & 1) << (2 * bit) | (column >> bit & 1) << (2 * bit + 1)
        for bit in range((360 * UNITS).bit_length())
    )


def _on_one_line(name: str) -> str:
    # What is not printable would also turn the direction of what stands beside it.
    printable = "".join(
        letter if letter.isprintable() else " " for letter in legible(name)[: 4 * MOST_LETTERS]
    )
    words = " ".join(printable.split())
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1].rstrip()}…"


def towns_address(folder: Path) -> str:
    """Return the file's address as seen from the map's frame; empty: there is no gazetteer.

    Nothing is opened: a gazetteer that turns out to be broken gives a file without towns.
    """
    key = _find_key(folder)
    return f"../../{ADDRESS}/{key}.json.gz" if key else ""


def read_towns(folder: Path, key: str) -> bytes | None:
    """Return the file that the address with this key names; None: none, or the gazetteer cannot be read."""
    if not key or key != _find_key(folder):
        return None
    try:
        return _make(folder, key)
    except (GazetteerError, OSError, ValueError, IndexError, OverflowError) as error:
        # Nothing of it is kept: what failed may have been short of files or memory for a moment.
        logging.getLogger(__name__).warning("The map names no towns: %s", error)
        return None


def _find_key(folder: Path) -> str:
    try:
        index = current_index(folder)
    except (GazetteerError, OSError, UnicodeDecodeError):
        return ""
    return hashlib.sha256(f"{_version()} {folder} {index}".encode()).hexdigest()[:16]


@cache
def _version() -> str:
    """Return what changes when another Dateline might make another file of the same gazetteer."""
    from geodata.gazetteer import towns

    sources = [Path(__file__), Path(towns.__file__)]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


@lru_cache(maxsize=2)
def _make(folder: Path, key: str) -> bytes:  # noqa: ARG001, the key is another when the gazetteer is
    with open_gazetteer(folder) as gazetteer:
        return encode_towns(pick_towns(gazetteer))
