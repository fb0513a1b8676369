"""Events counted by time and theme: the bars, what is left out of them, and what the browser may send."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import EventFilter
from dashboard.palette import style_themes
from dashboard.timeline import (
    EPOCH,
    Choice,
    Unit,
    choose_unit,
    count_events,
    count_inside,
    day_number,
    find_edges,
    read_choice,
    read_columns,
)
from dashboard.views.timeline import timeline_data

THEMES = ["terror", "drones", "coups"]
DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2600, 1, 1))


def columns_of(*events: tuple[str | None, tuple[str, ...]]):
    published = pd.Series(pd.to_datetime([day for day, _ in events]), dtype="datetime64[s]")
    return read_columns(published, pd.Series([themes for _, themes in events], dtype=object), THEMES)


def everything(columns) -> np.ndarray:
    return np.ones(len(columns.days), dtype=bool)


def words(day: int) -> str:
    return (EPOCH + timedelta(days=int(day))).isoformat()


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2023-09-01", "2023-09-01", Unit.DAY),
        ("2023-08-01", "2023-10-01", Unit.DAY),
        ("2023-08-01", "2023-10-02", Unit.WEEK),
        ("2021-10-01", "2023-10-01", Unit.WEEK),
        ("2019-01-01", "2023-10-01", Unit.MONTH),
        ("1999-01-01", "2023-10-01", Unit.QUARTER),
        ("1900-01-01", "2023-10-01", Unit.YEAR),
    ],
)
def test_choose_unit_follows_the_span(first, last, unit) -> None:
    days = [day_number(date.fromisoformat(day)) for day in (first, last)]
    assert choose_unit(*days) is unit


@pytest.mark.parametrize(
    ("unit", "edges"),
    [
        (Unit.DAY, ["2023-09-29", "2023-09-30", "2023-10-01", "2023-10-02", "2023-10-03"]),
        (Unit.WEEK, ["2023-09-25", "2023-10-02", "2023-10-09"]),  # Mondays
        (Unit.MONTH, ["2023-09-01", "2023-10-01", "2023-11-01"]),
        (Unit.QUARTER, ["2023-07-01", "2023-10-01", "2024-01-01"]),
        (Unit.YEAR, ["2023-01-01", "2024-01-01"]),
    ],
)
def test_find_edges_start_where_calendars_do(unit, edges) -> None:
    span = [day_number(date(2023, 9, 29)), day_number(date(2023, 10, 2))]
    assert [words(edge) for edge in find_edges(*span, unit)] == edges


@given(first=DAYS, last=DAYS, unit=st.sampled_from(Unit))
def test_edges_hold_every_day_of_the_span_and_no_empty_bar_around_it(first, last, unit) -> None:
    start, end = sorted((day_number(first), day_number(last)))
    edges = find_edges(start, end, unit)
    assert edges[0] <= start < edges[1]
    assert edges[-2] <= end < edges[-1]
    assert (np.diff(edges) > 0).all()


def test_event_counts_once_under_its_first_theme() -> None:
    columns = columns_of(
        ("2023-09-01", ("drones", "terror")),
        ("2023-09-01", ("terror",)),
        ("2023-09-03", ()),
        (None, ("coups",)),
    )
    counted = count_events(columns, everything(columns), themes=3)
    assert counted.counts.tolist() == [[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert counted.undated == 1
    assert (words(counted.first), words(counted.last)) == ("2023-09-01", "2023-09-03")


def test_event_counts_under_the_theme_that_was_asked_for() -> None:
    columns = columns_of(("2023-09-01", ("drones", "terror")), ("2023-09-01", ("drones", "coups", "terror")))
    mask = everything(columns)
    assert count_events(columns, mask, themes=3, chosen=[0]).counts.tolist() == [[2, 0, 0, 0]]
    assert count_events(columns, mask, themes=3, chosen=[0, 2]).counts.tolist() == [[1, 0, 1, 0]]


def test_bars_stay_where_they_are_whatever_the_filter_leaves() -> None:
    columns = columns_of(("2023-09-01", ("drones",)), ("2023-09-03", ("terror",)), (None, ()))
    counted = count_events(columns, np.array([False, True, False]), themes=3)
    assert len(counted.edges) == 4
    assert counted.counts.sum() == 1
    assert counted.undated == 0


def test_theme_that_is_not_known_counts_as_none() -> None:
    columns = columns_of(("2023-09-01", ("gone",)))
    assert count_events(columns, everything(columns), themes=3).counts.tolist() == [[0, 0, 0, 1]]


@pytest.mark.parametrize("events", [[], [(None, ("drones",))]])
def test_without_a_date_there_is_no_bar(events) -> None:
    columns = columns_of(*events)
    counted = count_events(columns, everything(columns), themes=3)
    assert counted.counts.shape == (0, 4)
    assert counted.undated == len(events)
    data = timeline_data(counted, style_themes([(theme, theme) for theme in THEMES]), EventFilter())
    assert (data["edges"], data["themes"], data["counts"]) == ([], [], [[], [], []])


@given(
    st.lists(st.tuples(st.none() | DAYS.map(str), st.sampled_from([(), ("drones",), ("coups", "terror")])))
)
def test_nothing_is_lost_or_doubled(events) -> None:
    columns = columns_of(*events)
    counted = count_events(columns, everything(columns), themes=3)
    assert counted.counts.sum() + counted.undated == len(events)


def test_count_inside_has_both_days_and_none_without_a_date() -> None:
    columns = columns_of(("2023-09-01", ()), ("2023-09-02", ()), ("2023-09-03", ()), (None, ()))
    mask = everything(columns)
    assert count_inside(columns, mask, None, None) == 4
    assert count_inside(columns, mask, date(2023, 9, 2), None) == 2
    assert count_inside(columns, mask, date(2023, 9, 1), date(2023, 9, 2)) == 2
    assert count_inside(columns, mask, None, date(2023, 8, 1)) == 0


def test_timeline_data_sends_the_counts_above_zero_and_their_themes_by_colour() -> None:
    columns = columns_of(
        ("2023-09-01", ("drones",)), ("2023-09-01", ("drones",)), ("2023-09-03", ("terror",))
    )
    styles = style_themes([(theme, theme.title()) for theme in THEMES])
    data = timeline_data(
        count_events(columns, everything(columns), themes=3), styles, EventFilter(start=date(2023, 9, 2))
    )
    assert [look[0] for look in data["themes"]] == ["Terror", "Drones"]
    assert data["counts"] == [[0, 1], [2, 0], [1, 2]]
    assert (data["start"], data["end"]) == (day_number(date(2023, 9, 2)), None)


def test_timeline_data_puts_themes_of_one_colour_beside_each_other() -> None:
    names = ["terrorism-and-insurgency", "cyber", "organised-crime-and-prisons"]  # wine, sand, wine
    published = pd.Series(pd.to_datetime(["2023-09-01"] * 4))
    columns = read_columns(published, pd.Series([*((name,) for name in names), ()]), names)
    counted = count_events(columns, everything(columns), themes=3)
    data = timeline_data(counted, style_themes([(name, name) for name in names]), EventFilter())
    assert [look[0] for look in data["themes"]] == [names[0], names[2], names[1], "No theme"]


def test_read_choice_reads_days() -> None:
    sent = {"start": 19_600, "end": None, "number": 7, "within": None}
    assert read_choice(sent) == Choice(date(2023, 8, 31), None, 7)


def test_read_choice_reads_the_period_that_a_window_walks_through() -> None:
    sent = {"start": 19_600, "end": 19_601, "number": 7, "within": [19_600, None]}
    assert read_choice(sent).within == (date(2023, 8, 31), None)
    assert read_choice(sent | {"within": [None, None]}).within == (None, None)


@pytest.mark.parametrize(
    "sent",
    [
        None, "19600", {}, {"start": 1, "end": 2}, {"start": 2, "end": 1, "number": 1},
        {"start": "1", "end": None, "number": 1}, {"start": True, "end": None, "number": 1},
        {"start": 10**30, "end": None, "number": 1}, {"start": -(10**7), "end": None, "number": 1},
        {"start": 1.5, "end": None, "number": 1}, {"start": 1, "end": 2, "number": "1"},
        {"start": 1, "end": 2, "number": 1, "within": True}, {"start": 1, "end": 2, "number": 1, "within": [1]},
        {"start": 1, "end": 2, "number": 1, "within": [2, 1]},
    ],
)  # fmt: skip
def test_read_choice_refuses_what_makes_no_sense(sent) -> None:
    assert read_choice(sent) is None
