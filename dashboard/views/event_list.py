"""The list beside the map: a row an event, and the selected one as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard import address, loading, state, widgets
from dashboard.cards import ROLES, card_of, date_words, mark_card
from dashboard.leading import asked_themes, order_themes
from dashboard.map import card_values
from dashboard.markup import legible
from dashboard.palette import DOUBTFUL_BELOW, no_theme
from dashboard.search_index import source_text
from dashboard.searching import parse_query, split_hits
from dashboard.snippets import find_snippet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

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
        asked=asked_themes(state.current_filter()),
    )
    data["within"] = [within, len(found.rows), total]
    data["nothing"] = "No events in this part of the map" if total else "No events in these days"
    number, event, click = state.selection_command()
    texts = None
    if selected >= 0:
        needles = parse_query(state.current_filter().text)
        texts = card_values(card_of(_event_at(collection, selected)), needles)
    data["command"] = [number, event, click, texts, within]
    data["number"] = state.list_heard()
    data["longer"] = max(state.list_length(), len(data["rows"])) + state.PAGE_LENGTH
    _list()(key=state.LIST, data=data, on_said_change=_on_said)


def list_data(
    collection: Collection,
    rows: Numbers,
    *,
    selected: int,
    length: int,
    words: str = "",
    asked: AbstractSet[str] = frozenset(),
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
    asked : set of str
        The themes that the filter asks for; they lead.
    """
    shown = shown_rows(rows, selected=selected, length=length)
    order = [*collection.styles.values(), no_theme()]
    index = {style.id: number for number, style in enumerate(order)}
    event = _event_at(collection, selected) if selected in shown else None
    needles = parse_query(words)
    card = None
    if event is not None:
        card = _card(event, collection.styles, words, needles, asked)
        card["texts"]["found"] = found_words(collection, event, needles)
    events: list[Any] = list(collection.events.iloc[shown].itertuples(index=False))
    articles = [row.article_id for row in events]
    return {
        "themes": [[style.name, style.colour, style.ink, style.glyph] for style in order],
        # Events of one article stand together; after the first one its title is not read again.
        "rows": [
            [*_row(row, index, needles, asked), int(row.article_id == before)]
            for row, before in zip(events, [None, *articles], strict=False)
        ],
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


def _row(event: Any, index: Mapping[str, int], needles: Sequence[str], asked: AbstractSet[str]) -> list[Any]:
    theme = next((theme for theme in order_themes(event.themes, asked) if theme in index), "")
    return [
        event.event_id,
        list(split_hits(legible(event.title), needles)),
        legible(event.place_label or event.place_name),
        date_words(event.published),
        index[theme],
        int(event.score < DOUBTFUL_BELOW),
        "" if event.role == "event" else ROLES.get(event.role, event.role),
    ]


def _card(
    event: Any,
    styles: Mapping[str, ThemeStyle],
    words: str,
    needles: Sequence[str],
    asked: AbstractSet[str],
) -> dict[str, Any]:
    card = card_of(event)
    marks = mark_card(card, needles)
    themes = order_themes(card.themes, asked)
    looks = [styles[theme] for theme in themes if theme in styles] or [no_theme()]
    return {
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


def _on_said() -> None:
    match widgets.sent(state.LIST, "said"):
        case {"changes": dict(changes), "number": int(number)} if number > state.list_heard():
            state.hear_list(number)
            _follow(changes)


def _follow(changes: Mapping[str, object]) -> None:
    """Do what the viewer asks for; all of it may come twice, in a later message once more."""
    match changes.get("picked"):
        case [str(event_id), int(click)]:
            state.pick_event(event_id, click)
    if isinstance(within := changes.get("within"), bool) and within != state.is_within_view():
        state.keep_within_view(within)
    if isinstance(length := changes.get("length"), int):
        state.lengthen_list(min(length, state.list_length() + MOST_BEFORE + state.PAGE_LENGTH))


def _list() -> Any:
    return loading.component(
        "list",
        styles=(
            "dateline-card.css",
            "dateline-list.css",
        ),
        scripts=("dateline-card.js", "dateline-messages.js", "dateline-list.js"),
    )
