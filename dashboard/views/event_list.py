"""The list beside the map: a row an event, and the selected one as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard import address, loading, state, widgets
from dashboard.cards import ROLES, card_of, date_words, mark_card
from dashboard.map import card_values
from dashboard.markup import legible
from dashboard.palette import DOUBTFUL_BELOW, no_theme
from dashboard.search_index import source_text
from dashboard.searching import parse_query, split_hits
from dashboard.snippets import find_snippet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.collection import Collection
    from dashboard.found import FoundEvents, Numbers
    from dashboard.palette import ThemeStyle

MOST_BEFORE = 1000
"""Rows that the list is made longer by, down to the one that is open: tens of thousands would take seconds."""

MOST_NAMED = 8
"""Places of a story that are named; of others the number is said."""


def draw_list(collection: Collection, found: FoundEvents, *, total: int) -> None:
    """Draw the events as a list, which tells the map what is selected.

    Parameters
    ----------
    found : FoundEvents
        Those in the list; with "only what the map shows" they are fewer than the filter leaves.
    total : int
        How many the filter leaves.
    """
    within = state.is_within_view()
    selected = loading.event_numbers(collection).row.get(state.selected_event(), -1)
    data = list_data(
        collection,
        found.rows,
        selected=selected,
        length=state.list_length(),
        words=state.current_filter().text,
    )
    data["within"] = [within, len(found.rows), total]
    data["nothing"] = "No event in this part of the map." if total else "No events in these days"
    number, event, click = state.selection_command()
    texts = None
    if selected >= 0:
        needles = parse_query(state.current_filter().text)
        texts = card_values(card_of(_event_at(collection, selected)), needles)
    data["command"] = [number, event, click, texts, within]
    _list()(
        key=state.LIST,
        data=data,
        on_picked_change=_on_picked,
        on_more_change=state.lengthen_list,
        on_within_change=_on_within,
    )


def list_data(
    collection: Collection, rows: Numbers, *, selected: int, length: int, words: str = ""
) -> dict[str, Any]:
    """Return what the list in the browser is made of.

    Parameters
    ----------
    rows : ndarray of int
        The events that it holds.
    selected : int
        Row of the event that is open; -1: none is. It is in the list wherever it lies, see `shown_rows`.
    words : str
        Those of the search.
    """
    shown = shown_rows(rows, selected=selected, length=length)
    order = [*collection.styles.values(), no_theme()]
    index = {style.id: number for number, style in enumerate(order)}
    event = _event_at(collection, selected) if selected in shown else None
    needles = parse_query(words)
    card = None
    if event is not None:
        card = _card(event, collection.styles, words, needles)
        card["texts"]["found"] = found_words(collection, event, needles)
    return {
        "themes": [[style.name, style.colour, style.ink, style.glyph] for style in order],
        "rows": [_row(row, index, needles) for row in collection.events.iloc[shown].itertuples(index=False)],
        "left": len(rows) - len(shown),
        "selected": "" if event is None else event.event_id,
        "card": card,
        "story": [] if event is None else story_words(collection, selected),
    }


def shown_rows(rows: Numbers, *, selected: int, length: int) -> Numbers:
    """Return the rows that are sent: the first ones, and the one that is open.

    Where that lies not far beyond the length, the list becomes as long as it needs to be; where it lies further
    down, it follows the first ones.
    """
    at = np.flatnonzero(rows == selected)
    if not at.size or at[0] < length:
        return rows[:length]
    if at[0] < length + MOST_BEFORE:
        return rows[: at[0] + 1]
    return np.append(rows[:length], rows[at[0]])


def found_words(collection: Collection, event: Any, needles: Sequence[str]) -> list[Any] | None:
    """Return where a search has found an event whose card does not show it, and the words there; None: it does."""
    article, _ = collection.articles[event.article_id]
    shown = (event.title, event.summary or "", event.evidence or "")
    found = find_snippet(article, needles, shown=shown, titles=source_text(event.sources).splitlines())
    return None if found is None else [found.place, list(found.parts)]


def story_words(collection: Collection, selected: int) -> list[str]:
    """Return the places that the article of an event names, as two lines: where it happened, and the others.

    Empty where the article names that one place alone.
    """
    article = loading.event_numbers(collection).article
    rows = np.flatnonzero(article == article[selected])
    if len(rows) < 2:
        return []
    places: dict[bool, list[str]] = {True: [], False: []}
    named = collection.events.iloc[rows]
    for role, name in zip(named["role"], named["place_name"], strict=True):
        places[role == "event"].append(legible(name))
    return [_enumerate(places[True]), _enumerate(places[False])]


def _enumerate(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else shown


def _event_at(collection: Collection, row: int) -> Any:
    return next(collection.events.iloc[[row]].itertuples(index=False))


def _row(event: Any, index: Mapping[str, int], needles: Sequence[str]) -> list[Any]:
    theme = event.themes[0] if event.themes and event.themes[0] in index else ""
    return [
        event.event_id,
        list(split_hits(legible(event.title), needles)),
        legible(event.place_label or event.place_name),
        date_words(event.published),
        index[theme],
        int(event.score < DOUBTFUL_BELOW),
        "" if event.role == "event" else ROLES.get(event.role, event.role),
    ]


def _card(event: Any, styles: Mapping[str, ThemeStyle], words: str, needles: Sequence[str]) -> dict[str, Any]:
    card = card_of(event)
    marks = mark_card(card, needles)
    looks = [styles[theme] for theme in card.themes if theme in styles] or [no_theme()]
    return {
        "id": card.event_id,
        "articleId": card.article_id,
        "href": address.article_address(card.article_id, words),
        "themes": [
            {"name": look.name, "colour": look.colour, "ink": look.ink, "glyph": look.glyph} for look in looks
        ],
        "title": card.title,
        "place": card.place,
        "precision": card.precision,
        "date": card.date,
        "role": "" if event.role == "event" else card.role,
        "texts": {
            "title": marks["title"],
            "summary": marks["summary"],
            "evidence": marks["evidence"],
            "why": card.why,
            "sources": [list(entry) for entry in card.sources],
        },
    }


def _sent(name: str) -> str:
    sent = widgets.sent(state.LIST, name)
    return sent if isinstance(sent, str) else ""


def _on_picked() -> None:
    state.select_event(_sent("picked"))


def _on_within() -> None:
    state.keep_within_view(_sent("within") == "on")


def _list() -> Any:
    return loading.component(
        "list",
        styles=(
            "dateline-card.css",
            "dateline-list.css",
        ),
        scripts=("dateline-card.js", "dateline-list.js"),
    )
