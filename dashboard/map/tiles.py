"""Tiles that a viewer may switch on: from the environment, and from a file in the data folder."""

from __future__ import annotations

import logging
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOG = logging.getLogger(__name__)

URL, ATTRIBUTION = "DATELINE_TILES", "DATELINE_TILES_ATTRIBUTION"
NAME = "Detailed map"
NEAREST = 14
"""The zoom to which tiles are shown where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A source of tiles.

    Attributes
    ----------
    url : str
        Template with ``{z}``, ``{x}`` and ``{y}``, or the address of a PMTiles file with pictures.
    attribution : str
        Shown in the map's corner while the tiles are on.
    name : str
        What the viewer chooses it by.
    nearest : int
        The largest zoom for which there are tiles.
    """

    url: str
    attribution: str = ""
    name: str = NAME
    nearest: int = NEAREST

    @property
    def packed(self) -> bool:
        """Whether it is a PMTiles file."""
        return self.url.partition("?")[0].endswith(".pmtiles")


def read_tiles(environment: Mapping[str, str], file: Path) -> tuple[Tiles, ...]:
    """Return the sources that are configured, each name once; none: nobody is ever asked for tiles.

    Parameters
    ----------
    environment : mapping
        ``DATELINE_TILES`` is one source's address, ``DATELINE_TILES_ATTRIBUTION`` its attribution.
    file : Path
        ``tiles.toml``: tables ``[[tiles]]`` with ``name``, ``url``, ``attribution`` and ``nearest``. What cannot
        be used is reported in the server's log and left out.
    """
    found = []
    if url := environment.get(URL, "").strip():
        found.append(Tiles(url, environment.get(ATTRIBUTION, "").strip()))
    for number, entry in enumerate(_read_entries(file), 1):
        try:
            found.append(_read_entry(entry))
        except ValueError as error:
            _LOG.warning("%s, entry %d: %s; left out", file, number, error)
    return tuple({tiles.name: tiles for tiles in found}.values())


def _read_entries(file: Path) -> list[Any]:
    if not file.is_file():
        return []
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        _LOG.warning("%s cannot be read: %s; no tiles of it are offered", file, error)
        return []
    entries = content.get("tiles", [])
    return entries if isinstance(entries, list) else []


def _read_entry(entry: Any) -> Tiles:
    if not isinstance(entry, dict):
        raise ValueError(f"expected a table [[tiles]], got {entry!r}")  # noqa: TRY004, a file's fault
    url, name = str(entry.get("url", "")).strip(), str(entry.get("name", "")).strip()
    nearest = entry.get("nearest", NEAREST)
    if not re.match(r"https?://", url):
        raise ValueError(f"url is {url!r}, expected one that starts with https:// or http://")
    if not isinstance(nearest, int) or not 1 <= nearest <= 22:
        raise ValueError(f"nearest is {nearest!r}, expected a whole number from 1 to 22")
    tiles = Tiles(url, str(entry.get("attribution", "")).strip(), name or NAME, nearest)
    if not tiles.packed and not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise ValueError(f"url is {url!r}, expected one with {{z}}, {{x}} and {{y}}, or a file .pmtiles")
    return tiles
