"""What a viewer's session remembers: every session key is named here and nowhere else.

The filter is the truth; the widgets show it and change it. It lives in the address as well, written by
`EventFilter.to_query`, so that the address can be sent to somebody else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.filters import EventFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    Period = tuple[date, date]

MAP, LIST, FACETS, LINKS = "map", "list", "facets", "links"
"""Keys of the map, of the list of events, of the list of themes and of what follows links."""

TEXT, PERIOD, REGIONS, COUNTRIES, ROLES = (
    "filter-text",
    "filter-period",
    "filter-regions",
    "filter-countries",
    "filter-roles",
)
"""Keys of the filter's widgets."""

TIMELINE, HINT = "timeline", "hint"
"""Keys of the timeline and of the hint for a first visit."""

ARTICLE_SEARCH, ARTICLE_ORDER = "article-search", "article-order"
"""What the keys of the articles' search and order begin with; see `article_search`."""

PAGE_LENGTH = 150
"""Events that the list shows at first, and adds when more are asked for."""

EVENT_PARAMETER, ARTICLE_PARAMETER = "event", "article"

_FILTER, _NOTES, _SELECTED, _NUMBER, _HEARD, _CHOICE, _LENGTH, _VISIT, _SEARCH = (
    "dateline-filter",
    "dateline-notes",
    "dateline-selected",
    "dateline-selection-number",
    "dateline-click-heard",
    "dateline-choice-heard",
    "dateline-list-length",
    "dateline-articles-visit",
    "dateline-articles-search",
)


# ---- the filter ---------------------------------------------------------------------------------


def begin(known: Mapping[str, Collection[str]], *, exists: Callable[[str], bool]) -> None:
    """Take filter and selection from the address: when a session starts, and after Back, Forward or a link.

    In every other run the session is the truth and the address follows it.

    Parameters
    ----------
    known : mapping
        For a parameter's name the values that exist; others are ignored with a note.
    exists : callable
        Whether there is an event of this id.
    """
    if _FILTER in st.session_state and not _came_by_history():
        return
    query = _address()
    selection, notes = EventFilter.from_query(query, known=known)
    if selection != current_filter() or _FILTER not in st.session_state:
        set_filter(selection)
    event = (query.get(EVENT_PARAMETER) or [""])[-1]
    if event and not exists(event):
        notes, event = (*notes, f"event “{event[:40]}” is unknown"), ""
    st.session_state[_NOTES] = notes
    if event != selected_event():
        select_event(event)


def _came_by_history() -> bool:
    """Return whether the browser has moved through its history, as our own links do too."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def current_filter() -> EventFilter:
    """Return the filter in force."""
    found: EventFilter = st.session_state.get(_FILTER, EventFilter())
    return found


def notes() -> tuple[str, ...]:
    """Return what was ignored in the address, in words for a person."""
    found: tuple[str, ...] = st.session_state.get(_NOTES, ())
    return found


def set_filter(selection: EventFilter) -> None:
    """Put a filter in force; the widgets follow at their next run."""
    st.session_state[_FILTER] = selection
    st.session_state[_NOTES] = ()
    st.session_state[_LENGTH] = PAGE_LENGTH
    for key in (TEXT, PERIOD, REGIONS, COUNTRIES, ROLES):
        st.session_state.pop(key, None)


def seed_widgets(values: Mapping[str, object]) -> None:
    """Give the filter's widgets the values that the filter has, where they have others."""
    for key, value in values.items():
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def change_filter(**changes: Any) -> None:
    """Change these fields of the filter and no other; nothing of the link's notes applies any more."""
    st.session_state[_FILTER] = replace(current_filter(), **changes)
    st.session_state[_NOTES] = ()
    st.session_state[_LENGTH] = PAGE_LENGTH


def choose_themes(themes: tuple[str, ...], number: int) -> None:
    """Make these the filter's themes; empty: all. `number` is that of the choice in the browser."""
    if number < choice_heard():
        return
    st.session_state[_CHOICE] = number
    change_filter(themes=themes)


def choice_heard() -> int:
    """Return the number of the last choice of themes that has been heard."""
    return int(st.session_state.get(_CHOICE, 0))


_PERIOD_HEARD, _PASSING = "dateline-period-heard", "dateline-period-passing"


def choose_period(start: date | None, end: date | None, number: int, *, passing: bool = False) -> None:
    """Make this the filter's period. `number` is that of the choice in the browser.

    Parameters
    ----------
    passing : bool
        Whether the next period follows by itself: this one is no step to come back to, and stays out of
        the address.
    """
    if number <= period_heard():
        return
    st.session_state[_PERIOD_HEARD] = number
    st.session_state[_PASSING] = passing
    change_filter(start=start, end=end)


def period_heard() -> int:
    """Return the number of the last period that has been heard from the timeline."""
    return int(st.session_state.get(_PERIOD_HEARD, 0))


def current_query() -> dict[str, list[str]]:
    """Return filter and selection as they stand in the address."""
    query: dict[str, list[str]] = dict(current_filter().to_query())
    if selected := selected_event():
        query[EVENT_PARAMETER] = [selected]
    return query


def current_address() -> str:
    """Return the map's address from "?" on."""
    return f"?{urlencode(query, doseq=True)}" if (query := current_query()) else ""


def write_address() -> None:
    """Put filter and selection into the address, where they are not there yet."""
    if st.session_state.pop(_PASSING, False):
        return
    if _address() != (query := current_query()):
        st.query_params.from_dict(query)


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
        The number of the click on the map that asked for it.
    """
    st.session_state[_SELECTED] = event_id
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_HEARD] = max(click, st.session_state.get(_HEARD, 0))


def selection_command() -> tuple[int, str, int]:
    """Return the number of the last selection, the event, and the last click that has been heard."""
    heard = st.session_state.get(_HEARD, 0)
    return st.session_state.get(_NUMBER, 0), selected_event(), heard


def list_length() -> int:
    """Return how many events the list shows at most."""
    return int(st.session_state.get(_LENGTH, PAGE_LENGTH))


def lengthen_list() -> None:
    """Have the list show more events."""
    st.session_state[_LENGTH] = list_length() + PAGE_LENGTH


def article_search() -> tuple[int, str, str]:
    """Return the number of this visit to the list of articles, and what it was last searched for and its order.

    Each visit has widgets of its own (their keys end in its number), which begin with what the last ones held.
    Widgets that stay the same may come back empty: a browser that asks for the list before it has seen the end of
    the last run still sends their values, is taken at its word, and then forgets them.
    """
    visit, is_open, words, order = st.session_state.get(_VISIT, (0, False, "", ""))
    if not is_open:
        words, order = st.session_state.get(_SEARCH, ("", ""))
        visit += 1
        st.session_state[_VISIT] = visit, True, words, order
    return visit, words, order


def leave_article_list() -> None:
    """Note that something else is drawn than the list of articles; the next time it is a new visit."""
    visit, _, words, order = st.session_state.get(_VISIT, (0, False, "", ""))
    st.session_state[_VISIT] = visit, False, words, order


def keep_article_search(words: str, order: str) -> None:
    """Remember search and order for the next visit."""
    st.session_state[_SEARCH] = words, order


def component_value(key: str) -> object:
    """Return what a component has sent last."""
    return st.session_state.get(key)
