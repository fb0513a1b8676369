"""Puts a finished index in the place of the one in use, with what was added to it.

The gazetteer's folder holds::

    current            name of the index in use; replaced last, so that a command that dies changes nothing
    index-…/           the index in use, and the base that it was made of where places were added
    addition-….sqlite  what was added, each file an addition
    adding-….sqlite    additions whose reading has not come to its end
    building-…/        indexes that are not finished
    lock               held by the process that changes the others

The manifest of the index in use says of which base and additions it was made.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geodata.errors import GazetteerError, GazetteerMissingError
from geodata.gazetteer import layout
from geodata.gazetteer.additions.merging import Merged, merge
from geodata.gazetteer.index import current_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from geodata.gazetteer.entry import GazetteerInfo

    Report = Callable[[str, int, int], None]

ABANDONED_AFTER = 3600.0
"""Seconds after which a build that has not ended is taken to have died."""

LOCK = "lock"
LOCK_SECONDS = 900.0
"""How long a change waits for another's end."""


class Composition(NamedTuple):
    """What the index in use was made of.

    Attributes
    ----------
    base : str
        Name of the index's folder without additions.
    additions : tuple of str
        Names of the additions' files, in the order in which they were merged.
    """

    base: str
    additions: tuple[str, ...]


def read_composition(folder: Path) -> Composition:
    """Return what the index in use was made of.

    Raises
    ------
    GazetteerMissingError
        If there is none.
    """
    name = current_index(folder)
    try:
        made_of = json.loads((folder / name / layout.MANIFEST).read_bytes()).get("made_of", {})
        return Composition(made_of.get("base", name), tuple(made_of.get("additions", ())))
    except (OSError, ValueError, AttributeError, TypeError):
        # The index is damaged; the additions are not, and are to outlive it.
        files = sorted(folder.glob("addition-*.sqlite"), key=lambda path: path.stat().st_mtime)
        by_name = {addition_name(path.name): path.name for path in files}
        return Composition(name, tuple(by_name.values()))


def addition_name(file: str) -> str:
    """Return the name of the addition that a file holds."""
    return file.removeprefix("addition-").rpartition("-")[0]


def new_folder(folder: Path) -> Path:
    """Make an empty folder for an index, under another name until it is whole.

    Raises
    ------
    OSError
    """
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="building-", dir=folder))


@contextmanager
def hold_lock(folder: Path) -> Iterator[None]:
    """Let no other process change the gazetteer meanwhile; a process that dies lets go.

    Raises
    ------
    GazetteerError
        If another holds it for too long, or the folder cannot be written.
    """
    try:
        connection = sqlite3.connect(folder / LOCK, timeout=LOCK_SECONDS, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise GazetteerError(
            f"the gazetteer in {folder} cannot be changed ({error}): another command is changing it, or the folder"
            " cannot be written"
        ) from error
    try:
        yield
    finally:
        connection.close()


def publish_base(
    folder: Path, base: Path, info: GazetteerInfo, *, built: datetime, progress: Report
) -> GazetteerInfo:
    """Put a newly built index in use, with all that was added to the one before.

    Parameters
    ----------
    base : Path
        Folder of the index, from `new_folder`.
    info : GazetteerInfo
        What it holds.

    Returns
    -------
    GazetteerInfo
        What the index in use holds now.
    """
    with hold_lock(folder):
        try:
            additions = read_composition(folder).additions
        except GazetteerMissingError:
            additions = ()
        name = _finish(base)
        merged = _merge_all(
            folder, Composition(name, additions), name, additions, built=built, progress=progress
        )
        return merged.info if merged else info


def publish_additions(
    folder: Path, additions: tuple[str, ...], *, built: datetime, progress: Report
) -> Merged | None:
    """Put an index in use that holds the base and these additions; the lock is held by the caller.

    Returns
    -------
    Merged or None
        What became of the last addition; None: there is none.
    """
    now = read_composition(folder)
    wanted = Composition(now.base, additions)
    if additions[:-1] == now.additions:
        return _merge_all(
            folder, wanted, current_index(folder), additions[-1:], built=built, progress=progress
        )
    return _merge_all(folder, wanted, now.base, additions, built=built, progress=progress)


def _merge_all(
    folder: Path, wanted: Composition, start: str, left: tuple[str, ...], *, built: datetime, progress: Report
) -> Merged | None:
    """Merge one addition after the other with an index, and put the last result in use."""
    index, merged = folder / start, None
    made_of = {"base": wanted.base, "additions": list(wanted.additions)}
    for addition in left:
        result = new_folder(folder)
        try:
            merged = merge(index, folder / addition, result, built=built, made_of=made_of, progress=progress)
        except GazetteerError as error:
            shutil.rmtree(result, ignore_errors=True)
            raise GazetteerError(
                f"{error}. Remove it with: dateline gazetteer remove {addition_name(addition)}"
            ) from error
        if index.name.startswith("building-"):
            shutil.rmtree(index, ignore_errors=True)
        index = result
    name = _finish(index) if index.name.startswith("building-") else index.name
    pointer = folder / f"{name}.current"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(folder / layout.CURRENT)
    _clean(folder, {name, wanted.base, *wanted.additions})
    return merged


def _finish(index: Path) -> str:
    name = index.name.replace("building-", "index-")
    index.rename(index.with_name(name))
    return name


def _clean(folder: Path, kept: set[str]) -> None:
    """Remove what nothing in use is made of."""
    for other in folder.glob("index-*"):
        if other.name not in kept and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
    for other in folder.glob("addition-*.sqlite"):
        if other.name not in kept:
            other.unlink(missing_ok=True)
    for abandoned in folder.glob("building-*"):
        if time.time() - abandoned.stat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(abandoned, ignore_errors=True)
