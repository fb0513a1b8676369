"""The map, and the list that says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from dashboard import loading, state
from dashboard.cards import count_words
from dashboard.filters import EventFilter
from dashboard.map import EventLayer, base_map, read_click
from dashboard.markup import element, text
from dashboard.views.event_list import draw_list
from dashboard.views.filters_panel import draw_chips, draw_panel, labels
from dashboard.views.frame import require_collection
from dashboard.views.hint import draw_hint
from dashboard.views.legend import draw_legend
from dashboard.views.links import draw_copy_button, draw_links
from dashboard.views.timeline import draw_timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

    from dashboard.loading import Collection
    from dashboard.map import EncodedEvents

MOST_NOTES = 3
"""Things missing that are named; of others the number is said."""

HEIGHT = 640
"""What the component is told, in pixels; the style sheet makes the frame fill the window."""


def draw() -> None:
    """Draw the page."""
    collection = require_collection()
    ids = collection.events["event_id"]
    state.begin(labels(collection), exists=lambda event: bool((ids == event).any()))
    with st.sidebar:
        draw_panel(collection)
    chosen = state.current_filter()
    events = loading.chosen_events(collection.version, chosen)
    _draw_head(collection, events)
    # In one block: a note that comes or goes must not move the map, which would load its frame anew.
    with st.container(key="conditions"):
        _draw_notes(events)
        draw_chips(collection)
    draw_hint()
    _draw_map_and_list(collection, events)
    draw_timeline(collection)
    draw_legend()


def _draw_head(collection: Collection, events: gpd.GeoDataFrame) -> None:
    """Draw what is shown in numbers; the last of them opens the list of what could not be placed."""
    unplaced = collection.unplaced
    if state.current_filter() != EventFilter():
        # A filter by place says nothing about a name that has none; one by article does.
        unplaced = unplaced[unplaced["article_id"].isin(events["article_id"].unique())]
    countries = events.loc[events["country_code"] != "", "country_code"].nunique()
    counts = [
        count_words(len(events), "event"),
        count_words(events["article_id"].nunique(), "article"),
        count_words(countries, "country", "countries"),
    ]
    with st.container(horizontal=True, key="head", vertical_alignment="center", gap="small"):
        st.html(
            element("p", *(element("span", count) for count in counts), class_="dl-counts", role="status"),
            width="content",
        )
        with st.popover(f"{len(unplaced):,} unplaced", type="tertiary", key="unplaced"):
            _draw_unplaced(unplaced)
        draw_copy_button()


def _draw_unplaced(unplaced: pd.DataFrame) -> None:
    if unplaced.empty:
        st.html('<p class="dl-muted">Every name that was recognised has its place.</p>')
        return
    st.html('<p class="dl-muted">Recognised as the name of a place, but not put on the map:</p>')
    rows = [
        element(
            "li",
            text(str(row.phrase), tag="b"),
            element("span", str(row.reason) or "no place of this name is known"),
            element(
                "a", str(row.title), href=f"articles?article={row.article_id}", target="_self", dir="auto"
            ),
        )
        for row in unplaced.head(200).itertuples(index=False)
    ]
    st.html(element("ul", *rows, class_="dl-unplaced"))


def _draw_notes(events: gpd.GeoDataFrame) -> None:
    selected = state.selected_event()
    outside = bool(selected) and not (events["event_id"] == selected).any()
    if words := note_words(state.notes(), outside=outside):
        st.html(element("p", words, class_="dl-note", role="status"))


def note_words(notes: Sequence[str], *, outside: bool = False) -> str:
    """Return in one line what is to be said of a link; empty where there is nothing.

    Parameters
    ----------
    notes : sequence of str
        What was ignored in the link, as `EventFilter.from_query` says it.
    outside : bool
        Whether the filter hides the selected event.
    """
    missing = [found for note in notes if (found := _missing(note))]
    # What was understood and still changed is said as it is.
    sentences = [f"{note.rstrip('.')}." for note in notes if not _missing(note)][:MOST_NOTES]
    if missing:
        named = ", ".join(missing[:MOST_NOTES])
        more = f" and {len(missing) - MOST_NOTES} more" if len(missing) > MOST_NOTES else ""
        sentences.insert(0, f"This link asks for something Dateline does not have: {named}{more}.")
    if outside:
        sentences.append("The selected event is outside the filter.")
    return " ".join(sentences)


def _missing(note: str) -> str:
    """Return what a note says to be missing, such as: theme “nonsense”; empty: nothing."""
    found = re.match(r"([^:“]+):? (“.*?”) (?:is unknown|is not valid|is not a date)", note)
    return f"{found[1].lower()} {found[2]}" if found else ""


@st.fragment
def _draw_map_and_list(collection: Collection, events: gpd.GeoDataFrame) -> None:
    """Draw map and list; a click on either reruns no more than this."""
    state.write_address()
    draw_links()
    wide, narrow = st.columns([0.62, 0.38], gap="small")
    with wide, st.container(key="map-frame"):
        encoded = _draw_map(collection)
    with narrow, st.container(key="list-frame"):
        if events.empty:
            _draw_nothing()
        else:
            draw_list(collection, events, card=not encoded.complete)


def _draw_map(collection: Collection) -> EncodedEvents:
    """Draw the map; the same filter gives the same arguments, so that a selection sends nothing again."""
    encoded = loading.encoded_events(collection.version, state.current_filter())
    st_folium(
        base_map(loading.tiles()),
        key=state.MAP,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=EventLayer(encoded),
        on_change=_on_map,
    )
    return encoded


def _draw_nothing() -> None:
    st.html(
        element(
            "div",
            element("h2", "Nothing matches"),
            element("p", "No event meets all conditions. Remove one of them above, or start again."),
            class_="dl-empty",
        )
    )
    with st.container(horizontal=True, horizontal_alignment="center"):
        if st.button("Clear all filters", key="clear-filters"):
            state.set_filter(EventFilter())
            # Sidebar, counts and chips stand outside the fragment that this button reruns.
            st.rerun()


def _on_map() -> None:
    returned = state.component_value(state.MAP)
    if selected := read_click(returned if isinstance(returned, dict) else None):
        event, click = selected
        state.select_event(event, click=click)
