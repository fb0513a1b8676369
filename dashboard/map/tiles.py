"""Base maps that a viewer may switch on: from the environment, a file in the data folder, and those we offer."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

URL, ATTRIBUTION = "DATELINE_TILES", "DATELINE_TILES_ATTRIBUTION"
NAME = "Detailed map"
NEAREST = 14
"""The zoom to which tiles are shown where nothing else is said."""

ONLINE = Path(__file__).with_name("online.toml")
"""Sources of others that need a connection; offered unless the data folder's file says ``online = false``."""

ADDRESS = "app/tiles"
"""Where the app's own server has the files, below its base path."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A source of tiles.

    Attributes
    ----------
    url : str
        Template with ``{z}``, ``{x}`` and ``{y}``, or the address of a PMTiles file; empty where there is a `file`
        or a `problem`.
    attribution : str
        Shown in the map's corner while the tiles are on.
    labels : str
        Template of transparent pictures with names, which are laid over those of `url`; empty: there are none.
    name : str
        What the viewer chooses it by.
    nearest : int
        The largest zoom for which there are tiles; a PMTiles file says so itself.
    file : Path, optional
        A PMTiles file on the server's disk.
    problem : str
        Why there is nothing to show, and what to do; whoever switches the source on reads it. Empty: nothing is
        known to be wrong.
    """

    url: str
    attribution: str = ""
    name: str = NAME
    nearest: int = NEAREST
    file: Path | None = None
    problem: str = ""
    labels: str = ""

    @property
    def server(self) -> str:
        """The other server that is asked, by its name and port, or both of them; empty: none, or Dateline's own."""
        asked = (urlsplit(url).netloc.rpartition("@")[2] for url in (self.url, self.labels) if url)
        return " and ".join(dict.fromkeys(asked))

    @property
    def packed(self) -> bool:
        """Whether it is a PMTiles file."""
        return self.file is not None or self.url.partition("?")[0].lower().endswith(".pmtiles")

    @property
    def key(self) -> str:
        """What the server knows the file by: it says nothing of where the file lies."""
        return hashlib.sha256(str(self.file).encode()).hexdigest()[:16]

    @property
    def address(self) -> str:
        """The address as seen from the map's frame, which stands two folders below the base path."""
        return self.url if self.file is None else f"../../{ADDRESS}/{self.key}.pmtiles"


def read_tiles(environment: Mapping[str, str], file: Path, *, online: Path = ONLINE) -> tuple[Tiles, ...]:
    """Return the sources that are offered, each name once; nobody is asked for tiles until a viewer chooses one.

    Parameters
    ----------
    environment : mapping
        ``DATELINE_TILES`` is one source's address or file, ``DATELINE_TILES_ATTRIBUTION`` its attribution.
    file : Path
        ``tiles.toml``: tables ``[[tiles]]`` with ``name``, ``url`` or ``file``, ``labels``, ``attribution`` and
        ``nearest``, and before them ``online = false`` where those of `online` are not wanted. A file's name counts
        from the folder of `file`. What cannot be used is returned with its `problem`.
    online : Path
        The same, of sources that anybody with a connection can use.
    """
    found = []
    if named := environment.get(URL, "").strip():
        key = "url" if "://" in named else "file"
        entry = {key: named, "attribution": environment.get(ATTRIBUTION, "")}
        found.append(_read_entry(entry, source=URL, folder=file.parent))
    content, problem = _read_file(file)
    if problem:
        found.append(_broken(file.name, f"{file.name} cannot be read: {problem}"))
    # A file that cannot be read may be the one that says no.
    offered = not problem and content.get("online", True) is True
    for source, entries in ((file, content), (online, _read_file(online)[0] if offered else {})):
        for number, entry in enumerate(entries.get("tiles", ()), 1):
            found.append(_read_entry(entry, source=f"{source.name}, entry {number}", folder=source.parent))
    named_once: dict[str, Tiles] = {}
    for tiles in found:
        # One's own stand before those that are offered, and take their place.
        named_once.setdefault(tiles.name, tiles)
    return tuple(named_once.values())


def find_file(sources: tuple[Tiles, ...], key: str) -> Path | None:
    """Return the file that is served by a key; None: no source has it."""
    return next((tiles.file for tiles in sources if tiles.file is not None and tiles.key == key), None)


def _read_file(file: Path) -> tuple[dict[str, Any], str]:
    """Return what a file says, and why nothing where it should say something."""
    if not file.is_file():
        return {}, ""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        # Without the folder: viewers read it too.
        return {}, error.strerror or "it cannot be opened"
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, str(error)
    entries, online = content.get("tiles", []), content.get("online", True)
    if not isinstance(entries, list):
        return {}, f"expected tables [[tiles]], got tiles = {entries!r}"
    if not isinstance(online, bool):
        return {}, f"expected online = true or false, got online = {online!r}"
    return content, ""


def _broken(name: str, problem: str) -> Tiles:
    return Tiles("", name=name, problem=problem)


def _read_entry(entry: Any, *, source: str, folder: Path) -> Tiles:
    name = str(entry.get("name", "")).strip() if isinstance(entry, dict) else ""
    try:
        return _to_tiles(entry, folder)
    except ValueError as error:
        return _broken(name or source, f"{source}: {error}")


def _to_tiles(entry: Any, folder: Path) -> Tiles:
    if not isinstance(entry, dict):
        raise ValueError(f"expected a table [[tiles]], got {entry!r}")  # noqa: TRY004, a file's fault
    url, named = (str(entry.get(key, "")).strip() for key in ("url", "file"))
    attribution, name, labels = (str(entry.get(key, "")).strip() for key in ("attribution", "name", "labels"))
    nearest = entry.get("nearest", NEAREST)
    if isinstance(nearest, bool) or not isinstance(nearest, int) or not 1 <= nearest <= 22:
        raise ValueError(f"nearest is {nearest!r}, expected a whole number from 1 to 22")
    if bool(url) == bool(named):
        raise ValueError("expected either url, an address, or file, a PMTiles file on the server's disk")
    if named:
        if labels:
            raise ValueError("labels goes with url, not with file")
        file = _find(named, folder)
        return Tiles("", attribution, name or file.stem, nearest, file)
    tiles = Tiles(url, attribution, name or NAME, nearest, labels=labels)
    _check_address("url", url, template=not tiles.packed)
    if labels:
        _check_address("labels", labels, template=True)
    return tiles


def _check_address(key: str, url: str, *, template: bool) -> None:
    if not re.match(r"https?://", url) or not urlsplit(url).netloc:
        raise ValueError(f"{key} is {url!r}, expected https:// or http://…; a file goes into file")
    if template and not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise ValueError(f"{key} is {url!r}, expected one with {{z}}, {{x}} and {{y}}, or a file .pmtiles")


def _find(named: str, folder: Path) -> Path:
    # What the person wrote is said, and not the folder that it counts from: viewers read it too.
    try:
        file = folder / Path(named).expanduser()
    except RuntimeError as error:  # ~ of somebody who is not there
        raise ValueError(f"there is no folder of the user in {named}; write the whole path") from error
    # Unlike Path.is_file it takes a name that is too long, or behind a barred folder, for no file.
    if not os.path.isfile(file):  # noqa: PTH113
        raise ValueError(f"there is no file {named}; correct its name, which counts from the data folder")
    if file.suffix.lower() == ".mbtiles":
        raise ValueError(
            f"{named} is an MBTiles file; make it PMTiles: pmtiles convert IN.mbtiles OUT.pmtiles"
        )
    return file
