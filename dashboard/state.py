"""What a viewer's session remembers: every session key is named here, but for the numbers that `widgets` adds.

The filter is the truth; the widgets show it and change it. What of it stands in the address, see `address`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import widgets
from dashboard.filters import EventFilter
from dashboard.saved_views import ViewsChange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dashboard.criteria import Note
    from dashboard.map import MapMessage

    Period = tuple[date, date]

MAP, LIST, FACETS, LINKS = "map", "list", "facets", "links"
"""Keys of the map, of the list of events, of the list of themes and of what follows links."""

VIEWS, COPY = "views", "copy"
"""Keys of the list of saved views and of the button that copies the link."""

TEXT, PERIOD = "filter-text", "filter-period"
"""Names of the filter's widgets; for their keys see `widgets`."""

TIMELINE, HINT = "timeline", "hint"
"""Keys of the timeline and of the hint for a first visit."""

ARTICLE_SEARCH, ARTICLE_ORDER = "article-search", "article-order"
"""Names of the widgets of the list of articles."""

PAGE_LENGTH = 150
"""Events that the list shows at first, and adds when more are asked for."""

_FILTER, _NOTES, _SELECTED, _NUMBER, _HEARD, _CHOICE, _LENGTH = (
    "dateline-filter",
    "dateline-notes",
    "dateline-selected",
    "dateline-selection-number",
    "dateline-click-heard",
    "dateline-choice-heard",
    "dateline-list-length",
)
_PERIOD_HEARD, _WALKED = "dateline-period-heard", "dateline-period-walked"
_WORDS, _ORDER, _VIEWS = "dateline-article-words", "dateline-article-order", "dateline-views"


# ---- the browser's history -----------------------------------------------------------------------

_HISTORY = "dateline-history"


def note_history() -> None:
    """Remember that the browser has moved through its history."""
    st.session_state[_HISTORY] = True


def has_moved() -> bool:
    """Return whether the browser has moved through its history, and nobody has forgotten it since."""
    return bool(st.session_state.get(_HISTORY, False))


def forget_history() -> None:
    """Forget that the browser has moved through its history: what it led to has been taken."""
    st.session_state[_HISTORY] = False


_WRITTEN = "dateline-written-address"


def written_address() -> Mapping[str, list[str]] | None:
    """Return the map's address as it was written last; None: none was."""
    found: Mapping[str, list[str]] | None = st.session_state.get(_WRITTEN)
    return found


def keep_written_address(query: Mapping[str, list[str]]) -> None:
    """Remember the map's address as it is written."""
    st.session_state[_WRITTEN] = query


# ---- the filter ---------------------------------------------------------------------------------


def has_begun() -> bool:
    """Return whether the session has a filter of its own already."""
    return _FILTER in st.session_state


def current_filter() -> EventFilter:
    """Return the filter in force."""
    found: EventFilter = st.session_state.get(_FILTER, EventFilter())
    return found


def notes() -> tuple[Note, ...]:
    """Return what was ignored in the address."""
    found: tuple[Note, ...] = st.session_state.get(_NOTES, ())
    return found


def keep_notes(notes: Sequence[Note]) -> None:
    """Keep what was ignored in the address, until the filter changes."""
    # What is near stays with the collection, which a session must not keep.
    st.session_state[_NOTES] = tuple(replace(note, near=None) for note in notes)


def set_filter(selection: EventFilter) -> None:
    """Put a filter in force; the widgets follow at their next run."""
    st.session_state[_FILTER] = selection
    st.session_state[_NOTES] = ()
    st.session_state[_LENGTH] = PAGE_LENGTH
    st.session_state[_WALKED] = None


def change_filter(**changes: Any) -> None:
    """Change these fields of the filter and no other; nothing of the link's notes applies any more.

    One of the period ends the walk through it; its other bound is then that of what was walked through.
    """
    is_period = bool(changes.keys() & {"start", "end"})
    walked = None if is_period else walked_period()
    set_filter(replace(lasting_filter() if is_period else current_filter(), **changes))
    st.session_state[_WALKED] = walked


def choose(changes: Mapping[str, object], number: int) -> None:
    """Change these fields of the filter; `number` is that of the choice in the browser."""
    if number < choice_heard():
        return
    st.session_state[_CHOICE] = number
    change_filter(**changes)


def choice_heard() -> int:
    """Return the number of the last choice in the panel that has been heard."""
    return int(st.session_state.get(_CHOICE, 0))


def choose_period(
    start: date | None,
    end: date | None,
    number: int,
    *,
    within: tuple[date | None, date | None] | None = None,
) -> None:
    """Make this the filter's period. `number` is that of the choice in the browser.

    Parameters
    ----------
    within : tuple of (date or None, date or None), optional
        The period that is walked through: this one passes and the next follows by itself, so that it is no step
        to come back to. None: it was chosen to stay.
    """
    if number <= period_heard():
        return
    st.session_state[_PERIOD_HEARD] = number
    change_filter(start=start, end=end)
    st.session_state[_WALKED] = within


def walked_period() -> tuple[date | None, date | None] | None:
    """Return first and last day of the period that a window walks through now; None: time is not being played."""
    found: tuple[date | None, date | None] | None = st.session_state.get(_WALKED)
    return found


def lasting_filter() -> EventFilter:
    """Return the filter in force; while time is played with the period that is walked through, not the window."""
    if (walked := walked_period()) is None:
        return current_filter()
    return replace(current_filter(), start=walked[0], end=walked[1])


def period_heard() -> int:
    """Return the number of the last period that has been heard from the timeline."""
    return int(st.session_state.get(_PERIOD_HEARD, 0))


# ---- the list of articles -----------------------------------------------------------------------


def has_article_words() -> bool:
    """Return whether the search of the list of articles has begun in the session."""
    return _WORDS in st.session_state


def keep_article_words(words: str) -> None:
    """Search the list of articles for these words."""
    st.session_state[_WORDS] = words


def article_words() -> str:
    """Return what the list of articles is searched for."""
    return str(st.session_state.get(_WORDS, ""))


def search_articles(key: str) -> None:
    """Search the list of articles for what the widget with this key holds."""
    if widgets.is_in_force(key):
        st.session_state[_WORDS] = str(widgets.value_of(key) or "")


def clear_article_search() -> None:
    """Have the list of articles hold all of them."""
    st.session_state[_WORDS] = ""


def article_order(orders: Sequence[str]) -> str:
    """Return the order of the list of articles, the first one until another is chosen."""
    found = st.session_state.get(_ORDER)
    return str(found) if found in orders else orders[0]


def order_articles(key: str) -> None:
    """Order the list of articles as the widget with this key says."""
    if widgets.is_in_force(key):
        st.session_state[_ORDER] = widgets.value_of(key)


# ---- saved views --------------------------------------------------------------------------------


def views_change() -> ViewsChange:
    """Return the last change of the saved views that has been heard."""
    found: ViewsChange = st.session_state.get(_VIEWS, ViewsChange())
    return found


def keep_views_change(change: ViewsChange) -> None:
    """Remember a change of the saved views and what came of it."""
    st.session_state[_VIEWS] = change


# ---- the selection ------------------------------------------------------------------------------


def selected_event() -> str:
    """Return the id of the selected event; empty: none is."""
    return str(st.session_state.get(_SELECTED, ""))


def select_event(event_id: str, *, click: int = 0) -> None:
    """Select an event, or none; the map and the list follow.

    Parameters
    ----------
    event_id : str
        Empty: none.
    click : int
        The number of the click on map or list that asked for it.
    """
    st.session_state[_SELECTED] = event_id
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_HEARD] = max(click, st.session_state.get(_HEARD, 0))


def pick_event(event_id: str, number: int) -> None:
    """Select an event of the list, or none; `number` is that of the click in the browser.

    Clicks on map and list may be heard at once or in another order; of both the last one counts.
    """
    if number >= st.session_state.get(_HEARD, 0):
        select_event(event_id, click=number)


def selection_command() -> tuple[int, str, int]:
    """Return the number of the last selection, the event, and the last click that has been heard."""
    heard = st.session_state.get(_HEARD, 0)
    return st.session_state.get(_NUMBER, 0), selected_event(), heard


# ---- what the map has said ----------------------------------------------------------------------

_VIEW, _WITHIN, _BOUNDS, _DRAWN, _DRAWING = (
    "dateline-view",
    "dateline-within-view",
    "dateline-map-bounds",
    "dateline-drawn",
    "dateline-drawing-heard",
)


def keep_view(view: Mapping[str, list[str]]) -> None:
    """Keep position and layer of the map, as a link or the browser has named them."""
    st.session_state[_VIEW] = view


def current_view() -> Mapping[str, list[str]]:
    """Return position and layer of the map, as they were named last; the map may have moved since."""
    found: Mapping[str, list[str]] = st.session_state.get(_VIEW, {})
    return found


def hear_map(message: MapMessage) -> None:
    """Take what the map says: a selection that is news, the view, and an area that was drawn."""
    if message.click > st.session_state.get(_HEARD, 0):
        select_event(message.event, click=message.click)
    if message.bounds:
        st.session_state[_BOUNDS] = message.bounds
    if message.drawing > st.session_state.get(_DRAWING, 0):
        st.session_state[_DRAWING] = message.drawing
        change_filter(area=message.area)
        st.session_state[_DRAWN] = True


def take_drawn() -> bool:
    """Return whether an area was drawn since this was asked last."""
    return bool(st.session_state.pop(_DRAWN, False))


def is_within_view() -> bool:
    """Return whether the list holds only what the map shows."""
    return bool(st.session_state.get(_WITHIN, False))


def keep_within_view(within: bool) -> None:
    """Have the list hold only what the map shows, or all that the filter leaves."""
    st.session_state[_WITHIN] = within
    st.session_state[_LENGTH] = PAGE_LENGTH


def map_bounds() -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of the map's last view; None: it has not told."""
    found: tuple[float, float, float, float] | None = st.session_state.get(_BOUNDS)
    return found


# ---- the list -----------------------------------------------------------------------------------


def list_length() -> int:
    """Return how many events the list shows at most."""
    return int(st.session_state.get(_LENGTH, PAGE_LENGTH))


def lengthen_list(length: int) -> None:
    """Have the list show so many events; it never becomes shorter by it."""
    st.session_state[_LENGTH] = max(list_length(), length)


_LIST_HEARD = "dateline-list-heard"


def list_heard() -> int:
    """Return the number of the last message of the list that has been heard."""
    return int(st.session_state.get(_LIST_HEARD, 0))


def hear_list(number: int) -> None:
    """Remember that a message of the list has been heard."""
    st.session_state[_LIST_HEARD] = number
