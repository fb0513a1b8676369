"""The list beside the map: a row an event, and the selected one as a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import loading, state
from dashboard.cards import ROLES, card_of, date_words
from dashboard.map import card_values
from dashboard.map.layer import DOUBTFUL_BELOW
from dashboard.markup import legible
from dashboard.palette import no_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from dashboard.loading import Collection
    from dashboard.palette import ThemeStyle


def draw_list(collection: Collection, events: gpd.GeoDataFrame, *, card: bool) -> None:
    """Draw the events as a list, which tells the map what is selected.

    Parameters
    ----------
    card : bool
        Whether the map needs the words of the selected event, because its layer has none.
    """
    data = list_data(
        events,
        collection.styles,
        selected=state.selected_event(),
        length=state.list_length(),
        words=state.current_filter().text,
    )
    number, selected, click = state.selection_command()
    words = card_values(card_of(data["event"])) if card and data["event"] is not None else None
    del data["event"]
    data["command"] = [number, selected, click, words]
    _list()(
        key=state.LIST,
        data=data,
        on_picked_change=_on_picked,
        on_more_change=state.lengthen_list,
    )


def list_data(
    events: gpd.GeoDataFrame, styles: Mapping[str, ThemeStyle], *, selected: str, length: int, words: str = ""
) -> dict[str, Any]:
    """Return what the list in the browser is made of.

    `words` are those of the search. A selected event beyond the list's length makes the list as long as it
    needs to be.
    """
    positions = events["event_id"].to_numpy() == selected
    at = int(positions.argmax()) if positions.any() else -1
    length = max(length, at + 1)
    order = [*styles.values(), no_theme()]
    index = {style.id: number for number, style in enumerate(order)}
    shown = events.head(length)
    event = next(events.iloc[[at]].itertuples(index=False)) if at >= 0 else None
    return {
        "themes": [[style.name, style.colour, style.ink, style.glyph] for style in order],
        "rows": [_row(event, index) for event in shown.itertuples(index=False)],
        "left": len(events) - len(shown),
        "selected": selected if at >= 0 else "",
        "card": None if event is None else _card(event, styles, words),
        "event": event,
    }


def _row(event: Any, index: Mapping[str, int]) -> list[Any]:
    theme = event.themes[0] if event.themes and event.themes[0] in index else ""
    return [
        event.event_id,
        legible(event.title),
        legible(event.place_label or event.place_name),
        date_words(event.published),
        index[theme],
        int(event.score < DOUBTFUL_BELOW),
        "" if event.role == "event" else ROLES.get(event.role, event.role),
    ]


def _card(event: Any, styles: Mapping[str, ThemeStyle], words: str) -> dict[str, Any]:
    card = card_of(event)
    looks = [styles[theme] for theme in card.themes if theme in styles] or [no_theme()]
    return {
        "id": card.event_id,
        "articleId": card.article_id,
        "href": state.article_address(card.article_id, words),
        "themes": [
            {"name": look.name, "colour": look.colour, "ink": look.ink, "glyph": look.glyph} for look in looks
        ],
        "title": card.title,
        "place": card.place,
        "precision": card.precision,
        "date": card.date,
        "role": "" if event.role == "event" else card.role,
        "texts": {
            "summary": card.summary,
            "evidence": list(card.evidence),
            "why": card.why,
            "sources": [list(entry) for entry in card.sources],
        },
    }


def _sent(name: str) -> str:
    value = state.component_value(state.LIST)
    sent = value.get(name) if isinstance(value, dict) else None
    return sent if isinstance(sent, str) else ""


def _on_picked() -> None:
    state.select_event(_sent("picked"))


@st.cache_resource(show_spinner=False)
def _list() -> Any:
    return st.components.v2.component(
        "dateline_list",
        css=loading.asset("dateline-card.css") + loading.asset("dateline-list.css"),
        js=loading.asset("dateline-card.js") + loading.asset("dateline-list.js"),
    )
