"""What the online services answered, kept in a SQLite file, so that nobody is asked twice for the same.

The file also says from when on a service may be asked again, so that several processes on one machine keep the
pace together. Each operation opens the file anew: it may be shared by threads and by processes that fork.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.errors import GeocoderCacheError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FORMAT = 1
"""Raised when what is kept has another shape; a file of another format is emptied."""

DAY = 86_400.0

KEPT_DAYS = 180
"""Days after which a place is asked for again: names and borders change slowly."""

KEPT_DAYS_UNKNOWN = 30
"""Likewise where the service knew nothing: volunteers add villages every day."""

LONGEST_PAUSE = DAY
"""Seconds that a service can have us wait at the most, whatever it says."""

_PATIENCE = 10.0
"""Seconds that another process may hold the file."""

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL, query TEXT NOT NULL, country TEXT NOT NULL,
    asked_at REAL NOT NULL, expires_at REAL NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (service, query, country)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS paces (service TEXT PRIMARY KEY, free_at REAL NOT NULL) WITHOUT ROWID;
"""


class Question(NamedTuple):
    """What was asked of whom.

    Attributes
    ----------
    service : str
        Id of the service and its server.
    query : str
        The folded name.
    country : str
        ISO 3166-1 alpha-2 code of the country that was preferred; empty: none.
    """

    service: str
    query: str
    country: str


class AnswerCache:
    """A persistent cache of answers.

    Parameters
    ----------
    path : Path
        The file; it and its folder are made where they are missing.
    clock : callable
        Returns seconds since 1970.

    Raises
    ------
    geodata.errors.GeocoderCacheError
        If the file cannot be used; so do all methods.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        with self._open(prepare=True) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, FORMAT):
                connection.executescript("DROP TABLE IF EXISTS answers; DROP TABLE IF EXISTS paces;")
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("DELETE FROM answers WHERE expires_at <= ?", [clock()])

    @contextmanager
    def _open(self, *, prepare: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            if prepare:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)) as connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise GeocoderCacheError(
                f"{self._path} cannot be used to keep what geocoders answer ({error});"
                " if it is damaged, delete it: it is made anew"
            ) from error

    def get(self, question: Question) -> list[dict[str, Any]] | None:
        """Return what was answered, an empty list where nothing was known; None: not asked, or too long ago."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT content, asked_at, expires_at FROM answers"
                " WHERE service = ? AND query = ? AND country = ?",
                question,
            ).fetchone()
        # What a clock that was wrong has dated into the future is not believed either.
        if row is None or not row[1] <= self._clock() < row[2]:
            return None
        try:
            answers = json.loads(row[0])
        except ValueError:
            return None
        return answers if isinstance(answers, list) else None

    def put(self, question: Question, answers: Sequence[dict[str, Any]]) -> None:
        """Keep an answer; an empty one for a shorter time."""
        now = self._clock()
        expires_at = now + DAY * (KEPT_DAYS if answers else KEPT_DAYS_UNKNOWN)
        content = json.dumps(list(answers), ensure_ascii=True)
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
                [*question, now, expires_at, content],
            )

    def take_turn(self, service: str, pace: float) -> float:
        """Take the next turn to ask a service, if it is free.

        Parameters
        ----------
        service : str
        pace : float
            Seconds between two requests, of all processes together.

        Returns
        -------
        float
            0: ask now; else seconds after which to try again.
        """
        now = self._clock()
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute("SELECT free_at FROM paces WHERE service = ?", [service]).fetchone()
            wait = float(row[0] - now) if row else 0.0
            if 0 < wait <= LONGEST_PAUSE:
                connection.execute("ROLLBACK")
                return wait
            connection.execute("INSERT OR REPLACE INTO paces VALUES (?, ?)", [service, now + pace])
            connection.execute("COMMIT")
        return 0.0

    def pause(self, service: str, seconds: float) -> None:
        """Let nobody ask a service for a while, as it has asked for itself."""
        free_at = self._clock() + min(max(0.0, seconds), LONGEST_PAUSE)
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO paces VALUES (?, ?)", [service, free_at])
