"""An addition on disk: an SQLite file that is filled while its source is read.

What is read is put there in transactions that also say how far the source has been read, so that a reading which
is killed goes on after the last of them. The finished file is what indexes are made from, now and whenever the
gazetteer is built again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

from geodata.errors import AdditionBusyError, GazetteerError
from geodata.gazetteer import layout
from geodata.gazetteer.additions.records import OtherName
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.gazetteer.folding import fold
from geodata.gazetteer.naming import MAX_NAME_WORDS, folded_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = "1"
SHOWN = 20
"""Bad rows that are named one by one; the others are counted."""

_TEXT_KEY = 1 << 62
"""Set in keys that are hashes, which are so told from GeoNames ids."""

_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE place (
    number INTEGER PRIMARY KEY, key INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL, country_code TEXT NOT NULL, admin1 TEXT NOT NULL,
    admin2 TEXT NOT NULL, population INTEGER NOT NULL, radius_km REAL NOT NULL, flags INTEGER NOT NULL,
    feature TEXT NOT NULL
);
CREATE TABLE name (place INTEGER NOT NULL, folded TEXT NOT NULL, quality INTEGER NOT NULL);
CREATE TABLE bad (line INTEGER NOT NULL, message TEXT NOT NULL);
"""


class PlaceRow(NamedTuple):
    """A place as an addition keeps it; `name` is empty where it only adds names to a place that is there.

    Attributes
    ----------
    key : int
        What two rows of one place share: the GeoNames id, or a hash of another id.
    radius_km : float
        0: the source does not say.
    """

    number: int
    key: int
    id: str
    name: str
    kind: str
    latitude: float
    longitude: float
    country_code: str
    admin1: str
    admin2: str
    population: int
    radius_km: float
    flags: int
    feature: str


@dataclass
class Progress:
    """How far a source has been read.

    Attributes
    ----------
    records : int
        Records that were read.
    places, other_names : int
        What they gave.
    bad : int
        How many are broken.
    shown : list of (int, str)
        Line and fault of the first broken ones.
    omitted : dict of str to int
        Why others were left out → how many.
    """

    records: int = 0
    places: int = 0
    other_names: int = 0
    bad: int = 0
    shown: list[tuple[int, str]] = field(default_factory=list)
    omitted: dict[str, int] = field(default_factory=dict)


class Addition:
    """An open addition.

    Parameters
    ----------
    path : Path
        Made if it is missing.

    Raises
    ------
    AdditionBusyError
        If another process has claimed it.
    GazetteerError
        If the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._errors():
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=1.0)
            # A kill loses nothing even so; before an addition is used it is put on disk by `finish`.
            self._connection.execute("PRAGMA synchronous = OFF")
            if not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                self._connection.executescript(f"BEGIN;{_SCHEMA}COMMIT;")
        self._places: list[PlaceRow] = []
        self._names: list[tuple[int, str, int]] = []
        self._bad: list[tuple[int, str]] = []

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise AdditionBusyError(
                    f"{self.path.name} is being filled by another command; wait for its end"
                ) from error
            raise GazetteerError(f"the addition {self.path} cannot be used: {error}") from error
        except UnicodeEncodeError as error:  # as in the name of a file that another system has written
            raise GazetteerError(f"cannot be stored, for it is no Unicode: {error.object[:80]!r}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def about(self) -> dict[str, str]:
        """Return what is noted of the addition."""
        with self._errors():
            return dict(self._connection.execute("SELECT key, value FROM about"))

    def check_finished(self) -> dict[str, str]:
        """Return what is noted of an addition that was read to its end; raises GazetteerError if this was not."""
        about = self.about()
        if about.get("finished") != "1" or about.get("format") != FORMAT:
            raise GazetteerError(f"the addition {self.path} is not whole, or of another version of Dateline")
        return about

    def note(self, **values: str) -> None:
        """Note something of the addition."""
        with self._errors():
            self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())

    def claim(self) -> None:
        """Keep other processes from filling the same addition, until it is closed.

        Raises
        ------
        AdditionBusyError
            If one does so now.
        """
        with self._errors():
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("COMMIT")

    def clear(self) -> None:
        """Forget all that was read."""
        with self._errors():
            self._connection.executescript(
                "BEGIN; DELETE FROM about; DELETE FROM place; DELETE FROM name; DELETE FROM bad; COMMIT;"
            )

    def discard(self) -> None:
        """Remove the addition from disk; it cannot be used any more."""
        self._connection.close()
        self.path.unlink(missing_ok=True)

    def progress(self) -> Progress:
        """Return how far the source had been read when that was last stored."""
        about = self.about()
        omitted = {
            key.removeprefix("omitted "): int(value)
            for key, value in about.items()
            if key.startswith("omitted ")
        }
        with self._errors():
            shown = self._connection.execute("SELECT line, message FROM bad ORDER BY rowid").fetchall()
        counts = {name: int(about.get(name, 0)) for name in ("records", "places", "other_names", "bad")}
        return Progress(shown=shown, omitted=omitted, **counts)

    def put(self, taken: Entry | OtherName, progress: Progress) -> None:
        """Take an entry or a name in; it is stored by the next `store`."""
        number = progress.places + progress.other_names
        if isinstance(taken, OtherName):
            folded = fold(taken.name)
            self._places.append(_bare_row(number, taken.place_id))
            if folded and folded.count(" ") < MAX_NAME_WORDS:
                self._names.append((number, folded, taken.quality))
            progress.other_names += 1
            return
        place = taken.place
        self._places.append(
            PlaceRow(
                number, key_of(place.id), place.id, place.name, place.kind.value, place.latitude, place.longitude,
                place.country_code, place.admin1, place.admin2, place.population, place.radius_km,
                layout.flags(place), place.feature,
            )
        )  # fmt: skip
        self._names += [(number, folded, int(quality)) for folded, quality in folded_names(taken)]
        progress.places += 1

    def refuse(self, line: int, message: str, progress: Progress) -> None:
        """Note a broken record."""
        progress.bad += 1
        if len(progress.shown) < SHOWN:
            progress.shown.append((line, message))
            self._bad.append((line, message))

    def store(self, progress: Progress) -> None:
        """Store what was put, and how far the source has been read, as one transaction."""
        counts = {
            "records": progress.records,
            "places": progress.places,
            "other_names": progress.other_names,
            "bad": progress.bad,
            **{f"omitted {why}": count for why, count in progress.omitted.items()},
        }
        with self._errors():
            self._connection.execute("BEGIN")
            self._connection.executemany(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._places
            )
            self._connection.executemany("INSERT INTO name VALUES (?, ?, ?)", self._names)
            self._connection.executemany("INSERT INTO bad VALUES (?, ?)", self._bad)
            self.note(**{key: str(value) for key, value in counts.items()})
            self._connection.execute("COMMIT")
        self._places.clear()
        self._names.clear()
        self._bad.clear()

    def finish(self) -> None:
        """Note that the source has been read to its end, and see to it that all is on disk."""
        with self._errors():
            self._connection.execute("PRAGMA synchronous = FULL")
            self.note(finished="1", format=FORMAT)

    def keys(self) -> Iterator[int]:
        """Yield the places' keys in the order of their numbers."""
        with self._errors():
            for (key,) in self._connection.execute("SELECT key FROM place ORDER BY number"):
                yield key

    def folded(self) -> Iterator[str]:
        """Yield all folded names; one may come often."""
        with self._errors():
            for (folded,) in self._connection.execute("SELECT folded FROM name"):
                yield folded

    def rows(self) -> Iterator[tuple[PlaceRow, list[tuple[str, int]]]]:
        """Yield the places with their folded names and how they bear them, in the order of their numbers."""
        with self._errors():
            places = self._connection.execute("SELECT * FROM place ORDER BY number")
            # They were put in this order, and are kept in it.
            names = self._connection.execute("SELECT place, folded, quality FROM name ORDER BY rowid")
            name = names.fetchone()
            for row in map(PlaceRow._make, places):
                own: list[tuple[str, int]] = []
                while name is not None and name[0] == row.number:
                    own.append((name[1], name[2]))
                    name = names.fetchone()
                yield row, own


def source_info(about: dict[str, str]) -> SourceInfo:
    """Return an addition's description, by what is noted of it."""
    return SourceInfo(
        id=about["name"],
        title=about["title"],
        licence=about["licence"],
        date=about["date"],
        url=about.get("url", ""),
    )


def key_of(place_id: str) -> int:
    """Return a number for an id: GeoNames' own, else a hash."""
    scheme, _, value = place_id.partition(":")
    if scheme == "geonames" and value.isdigit():
        return int(value)
    return _TEXT_KEY | int.from_bytes(hashlib.blake2b(place_id.encode(), digest_size=7).digest(), "little")


def _bare_row(number: int, place_id: str) -> PlaceRow:
    return PlaceRow(number, key_of(place_id), place_id, "", "", 0.0, 0.0, "", "", "", 0, 0.0, 0, "")
