"""The filter's widgets: each changes its own field, and what a link could not say is said shortly."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.filters import EventFilter
from dashboard.views.filters_panel import bounds_of
from dashboard.views.map_page import note_words

FIRST, LAST, LATER = date(2023, 8, 2), date(2023, 9, 29), date(2030, 1, 1)
MIDDLE = date(2023, 9, 1)


@pytest.mark.parametrize(
    ("handles", "period", "chosen", "bounds"),
    [
        ((FIRST, LAST), (FIRST, LAST), EventFilter(), (None, None)),
        ((MIDDLE, LAST), (FIRST, LAST), EventFilter(), (MIDDLE, None)),
        ((FIRST, LAST), (FIRST, LAST), EventFilter(start=MIDDLE), (None, None)),
        # A link's day outside the events stays while the other handle moves.
        ((LATER, LATER), (FIRST, LATER), EventFilter(start=LATER), (LATER, None)),
        ((FIRST, MIDDLE), (FIRST, LAST), EventFilter(start=FIRST), (FIRST, MIDDLE)),
    ],
)
def test_bounds_of_changes_only_the_handle_that_moved(handles, period, chosen, bounds) -> None:
    assert bounds_of(handles, period, chosen) == bounds


def test_note_words_name_three_and_count_the_rest() -> None:
    known = {"theme": ["cyber"], "country": ["PK"]}
    query = {"theme": ["a", "b"], "country": ["ZZ"], "start": "soon", "end": "late"}
    _, notes = EventFilter.from_query(query, known=known)
    assert note_words(notes) == (
        "This link asks for something Dateline does not have: theme “a”, theme “b”, country “ZZ” and 2 more."
    )


def test_note_words_say_that_the_selected_event_is_hidden() -> None:
    assert note_words((), outside=True) == "The selected event is outside the filter."
    assert note_words(()) == ""
