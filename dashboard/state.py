"""What a viewer's session remembers: every session key is named here and nowhere else.

The filter is the truth; the widgets show it and change it. It lives in the address as well, written by
`EventFilter.to_query`, so that the address can be sent to somebody else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.area import corners_of
from dashboard.criteria import clean
from dashboard.filters import EventFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from dashboard.map import MapMessage

    Period = tuple[date, date]

MAP, LIST, FACETS, LINKS = "map", "list", "facets", "links"
"""Keys of the map, of the list of events, of the list of themes and of what follows links."""

VIEWS, COPY = "views", "copy"
"""Keys of the list of saved views and of the button that copies the link."""

TEXT, PERIOD = "filter-text", "filter-period"
"""Names of the filter's widgets; for their keys see `widget_key`."""

TIMELINE, HINT = "timeline", "hint"
"""Keys of the timeline and of the hint for a first visit."""

ARTICLE_SEARCH, ARTICLE_ORDER = "article-search", "article-order"
"""Names of the widgets of the list of articles."""

PAGE_LENGTH = 150
"""Events that the list shows at first, and adds when more are asked for."""

EVENT_PARAMETER, ARTICLE_PARAMETER, WORDS_PARAMETER = "event", "article", "text"

_FILTER, _NOTES, _SELECTED, _NUMBER, _HEARD, _CHOICE, _LENGTH = (
    "dateline-filter",
    "dateline-notes",
    "dateline-selected",
    "dateline-selection-number",
    "dateline-click-heard",
    "dateline-choice-heard",
    "dateline-list-length",
)
_WORDS, _ORDER, _VIEWS = "dateline-article-words", "dateline-article-order", "dateline-views"


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
    st.session_state[_NOTES] = (*notes, *_take_view(query), *_unknown_parameters(query))
    if event != selected_event():
        select_event(event)


def _unknown_parameters(query: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return in words which parameters nobody reads: a link that was mistyped must not seem to be followed."""
    known = {criterion.name for _, criterion, _ in EventFilter.criteria()}
    unknown = query.keys() - known - VIEW_PARAMETERS.keys() - {EVENT_PARAMETER}
    return tuple(f"parameter “{_shown(name)}” is unknown" for name in sorted(unknown))


def _shown(value: str) -> str:
    """Return a value of the address as it may stand in a note."""
    return "".join(letter for letter in value[:40] if letter.isprintable())


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


def widget_key(name: str, value: object) -> str:
    """Return the key of a widget that is to show a value: a new one where the widget there shows another.

    The widget gets the value as its default, which every run tells the browser. A value that is written into
    the session is told once: a second run that follows at once makes the browser miss it, and the widget
    would show something else than what is in force.
    """
    number = st.session_state.get(f"{name}-number", 0)
    if not number or st.session_state.get(f"{name}-{number}") != value:
        number += 1
        st.session_state[f"{name}-number"] = number
    return f"{name}-{number}"


def change_filter(**changes: Any) -> None:
    """Change these fields of the filter and no other; nothing of the link's notes applies any more."""
    st.session_state[_FILTER] = replace(current_filter(), **changes)
    st.session_state[_NOTES] = ()
    st.session_state[_LENGTH] = PAGE_LENGTH


def choose(changes: Mapping[str, object], number: int) -> None:
    """Change these fields of the filter; `number` is that of the choice in the browser."""
    if number < choice_heard():
        return
    st.session_state[_CHOICE] = number
    change_filter(**changes)


def choice_heard() -> int:
    """Return the number of the last choice in the panel that has been heard."""
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
    view: dict[str, list[str]] = st.session_state.get(_VIEW, {})
    return query | view


def current_address() -> str:
    """Return the map's address from "?" on."""
    return f"?{urlencode(query, doseq=True)}" if (query := current_query()) else ""


def write_address() -> None:
    """Put filter and selection into the address, where they are not there yet."""
    if st.session_state.pop(_PASSING, False):
        return
    _take_view(_address())
    if _address() != (query := current_query()):
        st.query_params.from_dict(query)


# ---- the list of articles -----------------------------------------------------------------------


def begin_articles() -> None:
    """Take the search of the list of articles from the address: in a new session, and after Back or a link."""
    if _WORDS not in st.session_state or _came_by_history():
        given = (_address().get(WORDS_PARAMETER) or [""])[-1]
        st.session_state[_WORDS] = clean(given)


def article_words() -> str:
    """Return what the list of articles is searched for."""
    return str(st.session_state.get(_WORDS, ""))


def search_articles(key: str) -> None:
    """Search the list of articles for what the widget with this key holds."""
    st.session_state[_WORDS] = str(st.session_state.get(key) or "")


def clear_article_search() -> None:
    """Have the list of articles hold all of them."""
    st.session_state[_WORDS] = ""


def write_articles_address() -> None:
    """Put the search into the address of the list of articles, where it is not there yet."""
    query = {WORDS_PARAMETER: [words]} if (words := article_words()) else {}
    if _address() != query:
        st.query_params.from_dict(query)


def article_order(orders: Sequence[str]) -> str:
    """Return the order of the list of articles, the first one until another is chosen."""
    found = st.session_state.get(_ORDER)
    return str(found) if found in orders else orders[0]


def order_articles(key: str) -> None:
    """Order the list of articles as the widget with this key says."""
    st.session_state[_ORDER] = st.session_state.get(key)


def article_address(article_id: str, words: str = "") -> str:
    """Return the address of an article's page, with the words that are to be marked in it."""
    query = {ARTICLE_PARAMETER: article_id} | ({WORDS_PARAMETER: words} if words else {})
    return f"articles?{urlencode(query)}"


# ---- saved views --------------------------------------------------------------------------------


def removed_view() -> object:
    """Return the saved view that was removed last, to be put back; None: none, or something was done since."""
    return st.session_state.get(_VIEWS, (0, "", None))[2]


def views_problem() -> str:
    """Return why the last change of the saved views could not be made; empty: it was."""
    return str(st.session_state.get(_VIEWS, (0, "", None))[1])


def views_heard() -> int:
    """Return the number of the last change of the saved views that has been heard."""
    return int(st.session_state.get(_VIEWS, (0, "", None))[0])


def hear_views(number: int, *, problem: str, removed: object) -> None:
    """Remember a change of the saved views and what came of it."""
    st.session_state[_VIEWS] = (number, problem, removed)


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


# ---- what the map has said ----------------------------------------------------------------------

VIEW_PARAMETERS = {
    "at": (
        "map position",
        re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2})", re.ASCII),
    ),
    "layer": ("layer", re.compile(r"pins|heat|countries")),
}
"""What the map's frame itself writes into the address and reads there: latitude, longitude and zoom, and what it
shows. Here they are only kept, and refused where the map could not follow."""

_VIEW, _WITHIN, _BOUNDS, _DRAWN, _DRAWING = (
    "dateline-view",
    "dateline-within-view",
    "dateline-map-bounds",
    "dateline-drawn",
    "dateline-drawing-heard",
)


def _take_view(query: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Keep what the address says of the map's view; return what of it cannot be followed, in words."""
    view, notes = {}, []
    for name, (label, pattern) in VIEW_PARAMETERS.items():
        # As the browser does, the first one counts.
        for value in list(query.get(name, ()))[:1]:
            found = pattern.fullmatch(value)
            if found and (name != "at" or (abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180)):
                view[name] = [value]
            else:
                notes.append(f"{label} “{_shown(value)}” is not valid")
    st.session_state[_VIEW] = view
    return tuple(notes)


def hear_map(message: MapMessage) -> None:
    """Take what the map says: a selection that is news, the view, and an area that was drawn."""
    if message.click > st.session_state.get(_HEARD, 0):
        select_event(message.event, click=message.click)
    if message.bounds:
        st.session_state[_BOUNDS] = message.bounds
    if message.drawing > st.session_state.get(_DRAWING, 0):
        st.session_state[_DRAWING] = message.drawing
        change_filter(area=corners_of(message.area))
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


def lengthen_list() -> None:
    """Have the list show more events."""
    st.session_state[_LENGTH] = list_length() + PAGE_LENGTH


def component_value(key: str) -> object:
    """Return what a component has sent last."""
    return st.session_state.get(key)
