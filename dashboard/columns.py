"""The events' columns as numbers: a condition, or a count of all values, is then a few steps of numpy.

They are made once for the events of a collection and shared by all sessions; each is made when it is first
asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.parameters import clean
from dashboard.search_index import SearchIndex, source_dicts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from geopandas import GeoDataFrame

    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Numbers = np.ndarray[tuple[int], np.dtype[Any]]

OF_SOURCES = {"languages": "language", "outlets": "outlet"}
"""Columns that are read from the sources: under which key."""

CODED = (
    "themes", "region", "world_region", "command", "country_code", "role", "kind", "status", *OF_SOURCES,
)  # fmt: skip
"""Columns of few values, by which events are chosen and counted."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of few distinct values; an event may have one, several or none of them.

    Attributes
    ----------
    values : tuple of str
        Each once, in the order in which they first come.
    codes : ndarray of int
        One an entry: index into `values`.
    rows : ndarray of int
        One an entry: the event that has it.
    length : int
        Number of events.
    """

    values: tuple[str, ...]
    codes: Numbers
    rows: Numbers
    length: int

    def having(self, wanted: Collection[str]) -> Mask:
        """Return which events have any of these values."""
        chosen = np.fromiter((value in wanted for value in self.values), dtype=bool, count=len(self.values))
        met = np.zeros(self.length, dtype=bool)
        met[self.rows[chosen[self.codes]]] = True
        return met

    def count(self, mask: Mask) -> dict[str, int]:
        """Return for each value how many of the events in the mask have it."""
        counts = np.bincount(self.codes[mask[self.rows]], minlength=len(self.values))
        return dict(zip(self.values, counts.tolist(), strict=True))


def encode(cells: Iterable[Iterable[Any]], length: int) -> Coded:
    """Return values of cells that hold any number of them as numbers; what is empty or no text is none.

    A value is kept as a link would carry it (`parameters.clean`), so that whatever is offered can be chosen.
    """
    numbers: dict[str, int] = {}
    as_linked = cache(clean)
    codes, rows = [], []
    for row, cell in enumerate(cells):
        texts = (value for value in cell if isinstance(value, str))
        for value in dict.fromkeys(map(as_linked, texts)):
            if value:
                codes.append(numbers.setdefault(value, len(numbers)))
                rows.append(row)
    return Coded(tuple(numbers), np.array(codes, dtype=np.int32), np.array(rows, dtype=np.int32), length)


class EventColumns:
    """The columns of some events.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place, Point, EPSG:4326.
    texts : mapping, optional
        Id of an article → its whole text, for the search. None: the events' own words are searched.
    """

    def __init__(self, events: GeoDataFrame, *, texts: Mapping[str, str] | None = None):
        self._events = events
        self._texts = texts
        self._coded: dict[str, Coded] = {}

    def __len__(self) -> int:
        return len(self._events)

    def coded(self, name: str) -> Coded:
        """Return a column of `CODED`; one that the events lack has no values."""
        if name not in self._coded:
            self._coded[name] = encode(self._cells(name), len(self))
        return self._coded[name]

    @cached_property
    def published(self) -> Numbers:
        """The day of each event, datetime64[D]; NaT: not known."""
        return self._events["published"].to_numpy().astype("datetime64[D]")

    @cached_property
    def added(self) -> Numbers:
        """When each event's article was taken in, datetime64[s], UTC; NaT: not known."""
        if "added" not in self._events:
            return np.full(len(self), "NaT", dtype="datetime64[s]")
        added = pd.to_datetime(self._events["added"], utc=True).dt.tz_localize(None)
        return added.to_numpy().astype("datetime64[s]")

    @cached_property
    def longitudes(self) -> Numbers:
        """Degrees, -180 to 180."""
        return self._events.geometry.x.to_numpy()

    @cached_property
    def latitudes(self) -> Numbers:
        """Degrees, -90 to 90."""
        return self._events.geometry.y.to_numpy()

    @cached_property
    def search(self) -> SearchIndex:
        """What is searched of each event."""
        return SearchIndex(self._events, texts=self._texts)

    def prepare(self) -> EventColumns:
        """Make all columns now, so that no viewer has to wait for one."""
        for name in CODED:
            self.coded(name)
        _ = self.published, self.added, self.longitudes, self.latitudes, self.search
        return self

    def _cells(self, name: str) -> Iterator[Iterable[Any]]:
        if name in OF_SOURCES:
            key = OF_SOURCES[name]
            for cell in self._events["sources"]:
                yield [source.get(key, "") for source in source_dicts(cell)]
        elif name == "themes":
            yield from self._events[name]
        elif name in self._events:
            for value in self._events[name]:
                yield (value,)
