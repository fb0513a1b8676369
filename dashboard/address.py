"""The address: what of a session stands in it, and what a session takes from it.

It is the whole view, so that it can be sent to somebody else. A session takes it when it starts, and after Back,
Forward or a link; in every other run the session is the truth and the address follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import loading, state
from dashboard.criteria import Note
from dashboard.filters import EventFilter
from dashboard.map.base import FARTHEST, NEAREST
from dashboard.parameters import clean
from dashboard.searching import parse_query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

EVENT_PARAMETER, ARTICLE_PARAMETER, WORDS_PARAMETER = "event", "article", "text"
WITHIN_PARAMETER, WITHIN = "only", "map"
"""Says that the list holds only what the map shows."""

VIEW_PARAMETERS = {
    "at": (
        "map position",
        re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2})", re.ASCII),
    ),
    "layer": ("layer", re.compile(r"pins|heat|countries")),
    "base": ("base map", re.compile(r".+")),
}
"""What the map's frame itself writes into the address and reads there: latitude, longitude and zoom, what it shows,
and on which base map. Here they are only kept as a link named them, and refused where the map could not follow."""


# ---- the map -------------------------------------------------------------------------------------


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
    if state.has_begun() and not state.has_moved():
        return
    query = _address()
    selection, notes = EventFilter.from_query(query, known=known)
    if selection != state.current_filter() or not state.has_begun():
        state.set_filter(selection)
    event = (query.get(EVENT_PARAMETER) or [""])[-1]
    if event and not exists(event):
        missing = f"event “{_shown(event)}”"
        notes, event = (*notes, Note(f"{missing} is unknown", missing)), ""
    state.keep_notes((*notes, *_take_within(query), *_take_view(query), *_unknown_parameters(query)))
    if event != state.selected_event():
        state.select_event(event)
    # At the end: each line above may be the last one of a run that is interrupted.
    state.forget_history()


def _take_within(query: Mapping[str, Sequence[str]]) -> tuple[Note, ...]:
    """Keep whether the list holds only what the map shows; return what of it is not understood."""
    value = next(iter(query.get(WITHIN_PARAMETER, ())), "")
    state.keep_within_view(value == WITHIN)
    if value in ("", WITHIN):
        return ()
    missing = f"{WITHIN_PARAMETER} “{_shown(value)}”"
    return (Note(f"{missing} is not valid", missing),)


def _unknown_parameters(query: Mapping[str, Sequence[str]]) -> tuple[Note, ...]:
    """Say which parameters nobody reads: a link that was mistyped must not seem to be followed."""
    known = {criterion.name for _, criterion, _ in EventFilter.criteria()}
    unknown = query.keys() - known - VIEW_PARAMETERS.keys() - {EVENT_PARAMETER, WITHIN_PARAMETER}
    missing = [f"parameter “{_shown(name)}”" for name in sorted(unknown)]
    return tuple(Note(f"{words} is unknown", words) for words in missing)


def _shown(value: str) -> str:
    """Return a value of the address as it may stand in a note."""
    return "".join(letter for letter in value[:40] if letter.isprintable())


def hear_history() -> None:
    """Note that the browser has moved through its history, as our own links do too, until a page takes it.

    Streamlit says so of one run; where that is interrupted before the page has read the address, the run that
    follows has to know.
    """
    context = get_script_run_ctx()
    if context and context.is_history_navigation:
        state.note_history()


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def current_query() -> dict[str, list[str]]:
    """Return filter, selection and what the list holds as they stand in the address.

    Of a window that walks through a period it is the period.
    """
    query: dict[str, list[str]] = dict(state.lasting_filter().to_query())
    if state.is_within_view():
        query[WITHIN_PARAMETER] = [WITHIN]
    if selected := state.selected_event():
        query[EVENT_PARAMETER] = [selected]
    return query | {**state.current_view()}


def current_address() -> str:
    """Return the map's address from "?" on."""
    return f"?{urlencode(query, doseq=True)}" if (query := current_query()) else ""


def write_address() -> None:
    """Put filter and selection into the address, where they are not there yet.

    Where the map is now the server does not know: Streamlit sends the address that it wrote itself last, and the
    map writes there without a run. In the browser the map's own parameters stay, whatever is written here.

    What is chosen and taken back at once comes from a browser that has not read yet what was written meanwhile: its
    address looks as it should, and would become another. So does Back, and a link that is followed at once. To the
    browser an address that it has already is no step (`dateline-links.js`).
    """
    query, written = current_query(), state.written_address()
    state.keep_written_address(query)
    if _address() != query or written not in (None, query):
        st.query_params.from_dict(query)


def hear_view(query: str) -> None:
    """Take position, layer and base map from what the browser says of its address."""
    _take_view(parse_qs(query))


def _take_view(query: Mapping[str, Sequence[str]]) -> tuple[Note, ...]:
    """Keep what the address says of the map's view; return what of it cannot be followed."""
    view: dict[str, list[str]] = {}
    notes: list[Note] = []
    for name, (label, pattern) in VIEW_PARAMETERS.items():
        # As the browser does, the first one counts.
        for value in list(query.get(name, ()))[:1]:
            found = pattern.fullmatch(value)
            if found and _can_be_shown(name, found):
                view[name] = [value]
            else:
                missing = f"{label} “{_shown(value)}”"
                notes.append(Note(f"{missing} is not valid", missing))
    state.keep_view(view)
    return tuple(notes)


def _can_be_shown(name: str, found: re.Match[str]) -> bool:
    """Return whether the map can show what a parameter says that is written as it should be."""
    if name == "at":
        latitude, longitude, zoom = map(float, found.groups())
        return abs(latitude) <= 90 and abs(longitude) <= 180 and FARTHEST <= zoom <= NEAREST
    return name != "base" or any(found[0] == tiles.name for tiles in loading.tiles())


# ---- the articles --------------------------------------------------------------------------------


def begin_articles() -> None:
    """Take the search of the list of articles from the address: in a new session, and after Back or a link."""
    if state.has_moved() or not state.has_article_words():
        given = (_address().get(WORDS_PARAMETER) or [""])[-1]
        state.keep_article_words(clean(given))
        state.forget_history()


def write_articles_address() -> None:
    """Put the search into the address of the list of articles, where it is not there yet."""
    query = {WORDS_PARAMETER: [words]} if parse_query(words := state.article_words()) else {}
    if _address() != query:
        st.query_params.from_dict(query)


def article_address(article_id: str, words: str = "") -> str:
    """Return the address of an article's page, with the words that are to be marked in it."""
    query = {ARTICLE_PARAMETER: article_id} | ({WORDS_PARAMETER: words} if words else {})
    return f"articles?{urlencode(query)}"
