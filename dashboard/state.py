"""What a viewer's session remembers: every session key is named here and nowhere else.

The filter is the truth; the widgets show it and change it. It lives in the address as well, written by
`EventFilter.to_query`, so that the address can be sent to somebody else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.filters import EventFilter

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

MAP, LIST, FACETS = "map", "list", "facets"
"""Keys of the map, of the list of events and of the list of themes."""

TEXT, PERIOD, REGIONS, COUNTRIES, ROLES = (
    "filter-text",
    "filter-period",
    "filter-regions",
    "filter-countries",
    "filter-roles",
)
"""Keys of the filter's widgets."""

ARTICLE_SEARCH, ARTICLE_ORDER = "article-search", "article-order"

PAGE_LENGTH = 150
"""Events that the list shows at first, and adds when more are asked for."""

EVENT_PARAMETER, ARTICLE_PARAMETER = "event", "article"

_FILTER, _NOTES, _SELECTED, _SHOW, _SHOWN, _REQUEST, _LENGTH = (
    "dateline-filter",
    "dateline-notes",
    "dateline-selected",
    "dateline-show",
    "dateline-show-number",
    "dateline-requested-article",
    "dateline-list-length",
)


# ---- the filter ---------------------------------------------------------------------------------


def begin(known: Mapping[str, Collection[str]]) -> None:
    """Take filter and selection from the address when a session starts.

    Parameters
    ----------
    known : mapping
        For a parameter's name the values that exist; others are ignored with a note.
    """
    if _FILTER in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    selection, notes = EventFilter.from_query(query, known=known)
    st.session_state[_FILTER], st.session_state[_NOTES] = selection, notes
    if event := st.query_params.get(EVENT_PARAMETER, ""):
        show_on_map(event)


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


def seed_widgets(period: tuple[date, date] | None) -> None:
    """Give the filter's widgets their values where they have none: at first, and after `set_filter`.

    Parameters
    ----------
    period : pair of date or None
        First and last day of all events.
    """
    chosen = current_filter()
    values: dict[str, object] = {
        TEXT: chosen.text,
        REGIONS: list(chosen.regions),
        COUNTRIES: list(chosen.countries),
        ROLES: list(chosen.roles),
    }
    if period:
        first, last = period
        values[PERIOD] = (
            min(max(chosen.start or first, first), last),
            max(min(chosen.end or last, last), first),
        )
    for key, value in values.items():
        if key not in st.session_state:
            st.session_state[key] = value


def read_widgets(period: tuple[date, date] | None) -> None:
    """Make the widgets' values the filter; for their `on_change`."""
    chosen = replace(
        current_filter(),
        text=st.session_state.get(TEXT) or "",
        regions=tuple(st.session_state.get(REGIONS, ())),
        countries=tuple(st.session_state.get(COUNTRIES, ())),
        roles=tuple(st.session_state.get(ROLES, ())),
    )
    if period and PERIOD in st.session_state:
        start, end = st.session_state[PERIOD]
        # A handle at its end means no bound, so that undated events stay in.
        chosen = replace(
            chosen, start=start if start > period[0] else None, end=end if end < period[1] else None
        )
    st.session_state[_FILTER], st.session_state[_NOTES] = chosen, ()
    st.session_state[_LENGTH] = PAGE_LENGTH


def choose_themes(themes: tuple[str, ...]) -> None:
    """Make these the filter's themes; empty: all."""
    st.session_state[_FILTER] = replace(current_filter(), themes=themes)
    st.session_state[_NOTES] = ()
    st.session_state[_LENGTH] = PAGE_LENGTH


def write_address() -> None:
    """Put filter and selection into the address, where they are not there yet."""
    query: dict[str, list[str]] = dict(current_filter().to_query())
    if selected := selected_event():
        query[EVENT_PARAMETER] = [selected]
    if {name: st.query_params.get_all(name) for name in st.query_params} != query:
        st.query_params.from_dict(query)


# ---- the selection ------------------------------------------------------------------------------


def selected_event() -> str:
    """Return the id of the selected event; empty: none is."""
    return str(st.session_state.get(_SELECTED, ""))


def select_event(event_id: str) -> None:
    """Select an event; the map stays where it is."""
    st.session_state[_SELECTED] = event_id


def show_on_map(event_id: str) -> None:
    """Select an event and have the map move to it."""
    select_event(event_id)
    if event_id:
        st.session_state[_SHOW] = event_id
        st.session_state[_SHOWN] = st.session_state.get(_SHOWN, 0) + 1


def map_command() -> tuple[int, str]:
    """Return the number of the last command to the map and the event that it is to show."""
    return st.session_state.get(_SHOWN, 0), st.session_state.get(_SHOW, "")


def list_length() -> int:
    """Return how many events the list shows at most."""
    return int(st.session_state.get(_LENGTH, PAGE_LENGTH))


def lengthen_list() -> None:
    """Have the list show more events."""
    st.session_state[_LENGTH] = list_length() + PAGE_LENGTH


def request_article(article_id: str) -> None:
    """Remember that an article's page is to be opened."""
    st.session_state[_REQUEST] = article_id


def take_article_request() -> str:
    """Return the article whose page is to be opened, once; empty: none is."""
    return str(st.session_state.pop(_REQUEST, ""))


def component_value(key: str) -> object:
    """Return what a component has sent last."""
    return st.session_state.get(key)
