"""Adds the places of a file to the gazetteer, and takes an addition away."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from geodata.errors import AdditionBusyError, GazetteerError, GazetteerMissingError
from geodata.gazetteer import layout
from geodata.gazetteer.additions.addition import FORMAT, Addition, Progress
from geodata.gazetteer.additions.formats import Context, open_reader
from geodata.gazetteer.additions.opening import ByteSource, open_bytes
from geodata.gazetteer.additions.positions import Positions
from geodata.gazetteer.additions.records import Omission
from geodata.gazetteer.index import open_gazetteer
from geodata.gazetteer.publication import addition_name, hold_lock, publish_additions, read_composition
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from geodata.gazetteer.additions.merging import Merged
    from geodata.gazetteer.additions.records import Reader
    from geodata.gazetteer.index import Gazetteer

BATCH = 5_000
"""Records of one transaction: what a kill may cost."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


@dataclass(frozen=True)
class Description:
    """What the user says of a file; an empty `title`, `licence` or `date` follows from the file.

    Attributes
    ----------
    name : str
        Id of the addition: small letters, digits, dots, hyphens.
    columns : mapping
        Field → title of its column.
    kind : Kind
        Of rows that say none.
    """

    name: str
    title: str = ""
    licence: str = ""
    date: str = ""
    url: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = Kind.CITY


@dataclass(frozen=True)
class Outcome:
    """What came of adding a file.

    Attributes
    ----------
    read : Progress
        What was in the file.
    merged : Merged or None
        None: nothing in it could be used, and nothing was added.
    resumed_at : int
        Records that an earlier, killed command had read.
    """

    read: Progress
    merged: Merged | None
    resumed_at: int = 0


def name_of(path: Path) -> str:
    """Return the name under which a file is added if the user gives none."""
    stem = path.name.casefold()
    while re.search(r"\.(?:gz|zip|txt|tsv|csv|json|geojson|geojsonl|ndjson|jsonl)$", stem):
        stem = stem.rpartition(".")[0]
    return re.sub(r"[^a-z0-9._-]+", "-", stem).strip("-._")[:63] or "addition"


def add_file(
    folder: Path,
    path: Path,
    description: Description,
    *,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Outcome:
    """Add the places of a file, or go on where an earlier command that was killed had come to.

    An addition of the same name is replaced. Until all is done, the gazetteer stays as it was.

    Parameters
    ----------
    folder : Path
        The gazetteer's folder, with a gazetteer in it.
    path : Path
        A file of one of the formats that `formats` knows.
    progress : callable
        Called with the name of the step, what is done and what there is to do (0: not known).

    Raises
    ------
    GazetteerError
        If the file as a whole cannot be used.
    """
    _check_name(folder, description.name)
    scratch = _scratch(folder, description.name)
    stamp = _stamp(path, description)
    with Addition(scratch) as addition:
        addition.claim()
        if addition.about().get("stamp") != stamp:
            addition.clear()
            addition.note(stamp=stamp)
        read = addition.progress()
        resumed_at = read.records
        if "finished" not in addition.about():
            try:
                with open_gazetteer(folder) as gazetteer, open_bytes(path) as source:
                    reader = _read(source, description, gazetteer, addition, read, progress)
            except GazetteerError:
                addition.discard()
                raise
            if not (read.places or read.other_names):
                addition.discard()
                return Outcome(read, None, resumed_at)
            addition.note(**_about(path, description, reader))
            addition.finish()
    merged = _publish(folder, scratch, description.name, built=now(), progress=progress)
    return Outcome(read, merged, resumed_at)


def remove_addition(
    folder: Path,
    name: str,
    *,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Take an addition away, or what a killed command has left of one.

    Raises
    ------
    GazetteerError
        If there is none of that name.
    """
    unfinished = _scratch(folder, name) if _NAME.fullmatch(name) else None
    with hold_lock(folder):
        files = read_composition(folder).additions
        left = tuple(file for file in files if addition_name(file) != name)
        if left != files:
            publish_additions(folder, left, built=now(), progress=progress)
        elif unfinished is None or not unfinished.exists():
            listed = ", ".join(map(addition_name, files)) or "nothing"
            raise GazetteerError(f"there is no addition {name!r}; added were: {listed}")
    if unfinished is not None and unfinished.exists():
        try:
            with Addition(unfinished) as addition:
                addition.claim()
                addition.discard()
        except AdditionBusyError:
            raise
        except GazetteerError:  # a damaged file is none to go on with
            unfinished.unlink(missing_ok=True)


def list_additions(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of the additions, and of those whose reading has not come to its end."""
    unfinished = sorted(
        path.stem.removeprefix("adding-") for path in folder.glob("adding-*.sqlite") if path.is_file()
    )
    try:
        files = read_composition(folder).additions
    except GazetteerMissingError:
        files = ()
    return [addition_name(file) for file in files], unfinished


def _publish(
    folder: Path, scratch: Path, name: str, *, built: datetime, progress: Callable[[str, int, int], None]
) -> Merged | None:
    """Put the index with the addition in use; the scratch file stays until that is done."""
    with hold_lock(folder):
        target = folder / f"addition-{name}-{secrets.token_hex(4)}.sqlite"
        try:
            target.hardlink_to(scratch)
        except OSError:  # not every file system has links
            shutil.copyfile(scratch, target)
        others = tuple(file for file in read_composition(folder).additions if addition_name(file) != name)
        merged = publish_additions(folder, (*others, target.name), built=built, progress=progress)
        scratch.unlink(missing_ok=True)
    return merged


def _read(
    source: ByteSource,
    description: Description,
    gazetteer: Gazetteer,
    addition: Addition,
    read: Progress,
    report: Callable[[str, int, int], None],
) -> Reader:
    """Read a file on from where its reading had come to."""
    context = Context(
        addition=description.name,
        gazetteer=gazetteer,
        positions=Positions(_known_positions(gazetteer)),
        countries=frozenset(gazetteer.countries) - {""},
        columns=description.columns,
        kind=description.kind,
        is_known=_GeoNamesIds(gazetteer),
    )
    reader = open_reader(source, context)
    records = reader.records()
    for _ in islice(records, read.records):
        pass
    for record in records:
        read.records += 1
        try:
            taken = reader.take(record)
        except ValueError as error:
            addition.refuse(record.line, str(error), read)
        else:
            if isinstance(taken, Omission):
                read.omitted[taken.value] = read.omitted.get(taken.value, 0) + 1
            else:
                addition.put(taken, read)
        if read.records % BATCH == 0:
            addition.store(read)
            report(f"Reading {source.name}", source.position(), source.size)
    addition.store(read)
    return reader


def _known_positions(gazetteer: Gazetteer) -> Iterator[tuple[str, float, float]]:
    for latitude, longitude, *_, country, _, _, _ in gazetteer.records():
        yield gazetteer.countries[int(country)], latitude, longitude


class _GeoNamesIds:
    """Tells whether a gazetteer has a GeoNames id; the ids are gathered when it is asked first."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._ids: array[int] | None = None

    def __call__(self, number: int) -> bool:
        if self._ids is None:
            ids = (int(record[4]) for record in self._gazetteer.records())
            self._ids = array(
                "I", sorted(id_ ^ layout.GEONAMES_BIT for id_ in ids if id_ & layout.GEONAMES_BIT)
            )
        at = bisect_left(self._ids, number)
        return at < len(self._ids) and self._ids[at] == number


def _check_name(folder: Path, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise GazetteerError(
            f"{name!r} cannot name an addition; expected small letters, digits, dots and hyphens, 63 at the most"
        )
    with open_gazetteer(folder) as gazetteer:
        own = {source.id for source in gazetteer.info.sources} - set(list_additions(folder)[0])
    if name in own:
        raise GazetteerError(f"the gazetteer has a source {name!r} of its own; choose another --name")


def _scratch(folder: Path, name: str) -> Path:
    return folder / f"adding-{name}.sqlite"


def _stamp(path: Path, description: Description) -> str:
    """Return what tells a file, and what is to be read from it, from another."""
    try:
        with path.open("rb") as file:
            start = hashlib.sha256(file.read(1 << 16)).hexdigest()[:16]
        status = path.stat()
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read: {error.strerror or error}") from error
    parts = [FORMAT, status.st_size, status.st_mtime_ns, start, dict(description.columns), description.kind]
    return json.dumps(parts, sort_keys=True)


def _about(path: Path, description: Description, reader: Reader) -> dict[str, str]:
    of_file = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
    return {
        "name": description.name,
        "title": description.title or f"{reader.title} {path.name}".strip(),
        "licence": description.licence or reader.licence,
        "date": description.date or of_file,
        "url": description.url,
    }
