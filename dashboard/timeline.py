"""How many events there are in each stretch of time, theme by theme.

Days are numbers: days since 1 January 1970, as numpy counts them, so that server and browser mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from dashboard.leading import leading_themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

EPOCH = date(1970, 1, 1)


class Unit(StrEnum):
    """The stretch of time that a bar stands for."""

    DAY = "day"
    WEEK = "week"
    """From Monday to Sunday."""
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LONGEST = ((62, Unit.DAY), (2 * 366, Unit.WEEK), (12 * 366, Unit.MONTH), (40 * 366, Unit.QUARTER))
"""Days that a timeline of this unit may span at most; what is longer is counted by years."""

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class TimelineColumns:
    """What of the events the timeline counts; it depends on no filter.

    Attributes
    ----------
    days : ndarray of int64, one an event
        0 where `dated` is false.
    dated : ndarray of bool, one an event
    themes : ndarray of int16, shape (events, most themes of an event)
        Positions in the order of the themes, the event's first theme first; -1: no further one. An event
        without a theme has the position after the last theme.
    """

    days: Integers
    dated: Mask
    themes: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events counted by stretch of time and theme.

    Attributes
    ----------
    edges : ndarray of int64, shape (bars + 1,)
        First day of each bar and, last, the day after the last bar; empty where no event has a date.
    counts : ndarray of int64, shape (bars, themes + 1)
        The last column is that of events without a theme.
    first, last : int
        First and last day of all events, whatever the filter.
    undated : int
        Events under the filter that have no date.
    """

    unit: Unit
    edges: Integers
    counts: Integers
    first: int
    last: int
    undated: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A period that was chosen in the browser.

    Attributes
    ----------
    start, end : date or None
        Both belong to the period. None: no bound on this side.
    number : int
        Grows with every choice.
    within : tuple of (date or None, date or None), optional
        The period that is walked through: this one is a window of it and passes, the next one follows by itself.
        None: it was chosen to stay.
    """

    start: date | None
    end: date | None
    number: int
    within: tuple[date | None, date | None] | None = None


def read_columns(published: pd.Series, themes: pd.Series, order: Sequence[str]) -> TimelineColumns:
    """Return what the timeline counts of the events.

    Parameters
    ----------
    published : Series of datetime64
        NaT where the day is not known.
    themes : Series of tuple of str
    order : sequence of str
        All themes that count; others are passed over.
    """
    days = published.to_numpy().astype("datetime64[D]")
    dated = ~np.isnat(days)
    position = {theme: number for number, theme in enumerate(order)}
    known = [[position[theme] for theme in of_one if theme in position] for of_one in themes]
    table = np.full((len(known), max(map(len, known), default=0) or 1), -1, dtype=np.int16)
    table[:, 0] = len(order)
    for row, of_one in enumerate(known):
        table[row, : len(of_one)] = of_one
    return TimelineColumns(np.where(dated, days.astype(np.int64), 0), dated, table)


def count_events(
    columns: TimelineColumns, mask: Mask, *, themes: int, chosen: Sequence[int] = ()
) -> Timeline:
    """Count the events of a filter; the bars are the same for every filter.

    Every event counts once, under its leading theme.

    Parameters
    ----------
    mask : ndarray of bool, one an event
        The events under the filter, which should have no period.
    themes : int
        Number of all themes.
    chosen : sequence of int
        Positions of the themes that the filter asks for.
    """
    all_days = columns.days[columns.dated]
    first, last = (int(all_days.min()), int(all_days.max())) if len(all_days) else (0, -1)
    unit = choose_unit(first, last)
    edges = find_edges(first, last, unit)
    counted = mask & columns.dated
    bars = max(len(edges) - 1, 0)
    bar = np.searchsorted(edges, columns.days[counted], side="right") - 1
    theme = leading_themes(columns.themes[counted], chosen)
    counts = np.bincount(bar * (themes + 1) + theme, minlength=bars * (themes + 1))
    return Timeline(
        unit=unit,
        edges=edges,
        counts=counts.reshape(bars, themes + 1),
        first=first,
        last=last,
        undated=int((mask & ~columns.dated).sum()),
    )


def choose_unit(first: int, last: int) -> Unit:
    """Return the unit of which a span of days, both included, has a readable number."""
    return next((unit for longest, unit in LONGEST if last - first < longest), Unit.YEAR)


def find_edges(first: int, last: int, unit: Unit) -> Integers:
    """Return the first day of each unit that holds a day of the span, and the day after the last."""
    if last < first:
        return np.zeros(0, dtype=np.int64)
    if unit is Unit.DAY:
        return np.arange(first, last + 2)
    if unit is Unit.WEEK:
        # Day 0 was a Thursday, so that day -3 is a Monday.
        monday = first - (first + 3) % 7
        return np.arange(monday, last + 8 - (last + 3) % 7, 7)
    step = _MONTHS[unit]
    # Months since January 1970.
    start, end = (
        np.array([first, last]).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // step
    )
    months = np.arange(start, end + 2) * step
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def day_number(day: date | None) -> int | None:
    """Return a day as a number; None stays None."""
    return None if day is None else (day - EPOCH).days


def count_inside(columns: TimelineColumns, mask: Mask, start: date | None, end: date | None) -> int:
    """Return how many events of a mask lie in a period, both days included; undated ones only in the whole."""
    if start is None and end is None:
        return int(mask.sum())
    inside = mask & columns.dated
    if start is not None:
        inside &= columns.days >= (start - EPOCH).days
    if end is not None:
        inside &= columns.days <= (end - EPOCH).days
    return int(inside.sum())


def read_choice(sent: object) -> Choice | None:
    """Return the period that the browser has sent; None where it makes no sense."""
    if not isinstance(sent, dict):
        return None
    number, walked = sent.get("number"), sent.get("within")
    try:
        start, end = _read_period([sent.get("start"), sent.get("end")])
        within = None if walked is None else _read_period(walked)
    except (TypeError, ValueError, OverflowError):
        return None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return Choice(start, end, number, within)


def _read_period(days: object) -> tuple[date | None, date | None]:
    if not isinstance(days, list) or len(days) != 2:
        raise TypeError(f"a period should be two days; it is {days!r}")
    start, end = map(_read_day, days)
    if start and end and end < start:
        raise ValueError(f"{end} lies before {start}")
    return start, end


def _read_day(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a day should be a number of days; it is {value!r}")
    return EPOCH + timedelta(days=value)
