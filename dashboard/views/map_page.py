"""The map, and the list that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

import streamlit as st
from streamlit_folium import st_folium

from dashboard import address, loading, state, widgets
from dashboard.cards import NO_REASON, count_words
from dashboard.filters import EventFilter
from dashboard.leading import asked_positions
from dashboard.map import EventLayer, base_map, read_message
from dashboard.markup import element, text
from dashboard.views.event_list import draw_list
from dashboard.views.export_panel import draw_export
from dashboard.views.filters_panel import draw_chips, draw_panel
from dashboard.views.frame import require_collection
from dashboard.views.hint import draw_hint
from dashboard.views.legend import draw_legend
from dashboard.views.links import draw_copy_button, draw_links
from dashboard.views.timeline import draw_timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.collection import Collection
    from dashboard.criteria import Note
    from dashboard.found import EventNumbers, FoundEvents

MOST_NOTES = 3
"""Things missing that are named; of others the number is said."""

MOST_UNPLACED = 200
"""Names that are listed; of others the number is said."""

HEIGHT = 640
"""What the component is told, in pixels; the style sheet makes the frame fill the window."""


def draw() -> None:
    """Draw the page."""
    collection = require_collection()
    numbers = loading.event_numbers(collection)
    address.begin(loading.labels(collection), exists=numbers.row.__contains__)
    with st.sidebar:
        draw_panel(collection)
    draw_links()
    found = loading.found_events(collection, state.current_filter())
    counts = _draw_head(collection, found)
    # In one block: a note that comes or goes must not move the map, which would load its frame anew.
    with st.container(key="conditions"):
        _draw_notes(collection, numbers)
        draw_chips(collection)
    draw_hint()
    _draw_map_and_list(ref(collection), counts)
    draw_timeline(collection)
    draw_legend()


def _draw_head(collection: Collection, found: FoundEvents) -> DeltaGenerator:
    """Draw what is shown in numbers; the last of them opens the list of what could not be placed.

    Returns
    -------
    DeltaGenerator
        The place of the other numbers, which change with the map's view.
    """
    unplaced = collection.unplaced
    if state.current_filter() != EventFilter():
        # A filter by place says nothing about a name that has none; one by article does.
        unplaced = unplaced.iloc[found.unplaced]
    with st.container(horizontal=True, key="head", vertical_alignment="center", gap="small"):
        counts = st.empty()
        with st.popover(f"{len(unplaced):,} unplaced", type="tertiary", key="unplaced"):
            _draw_unplaced(unplaced)
        with st.container(horizontal=True, key="head-tools", width="content", vertical_alignment="center"):
            draw_copy_button()
            draw_export(collection)
    return counts


def _draw_counts(place: DeltaGenerator, found: FoundEvents) -> None:
    counts = [
        count_words(len(found.rows), "event"),
        count_words(found.articles, "article"),
        count_words(found.countries, "country", "countries"),
    ]
    words = (element("span", count) for count in counts)
    place.html(element("p", *words, class_="dl-counts", role="status"), width="content")


def _draw_unplaced(unplaced: pd.DataFrame) -> None:
    if unplaced.empty:
        st.html('<p class="dl-muted">Every name that was recognised has its place.</p>')
        return
    st.html('<p class="dl-muted">Recognised as the name of a place, but not put on the map:</p>')
    rows = [
        element(
            "li",
            text(str(row.phrase), tag="b"),
            element("span", str(row.reason) or NO_REASON),
            element(
                "a",
                str(row.title),
                href=address.article_address(str(row.article_id)),
                target="_self",
                dir="auto",
            ),
        )
        for row in unplaced.head(MOST_UNPLACED).itertuples(index=False)
    ]
    st.html(element("ul", *rows, class_="dl-unplaced"))
    if left := len(unplaced) - len(rows):
        st.html(element("p", f"and {left:,} more; the Quality page counts them all", class_="dl-muted"))


def _draw_notes(collection: Collection, numbers: EventNumbers) -> None:
    # A window that passes by leaves no event out for good: a note would come and go with it.
    found = loading.found_events(collection, state.lasting_filter())
    row = numbers.row.get(state.selected_event(), -1)
    outside = row >= 0 and not found.mask[row]
    if words := note_words(state.notes(), outside=outside):
        st.html(element("p", words, class_="dl-note", role="status"))


def note_words(notes: Sequence[Note], *, outside: bool = False) -> str:
    """Return in one line what is to be said of a link; empty where there is nothing.

    Parameters
    ----------
    notes : sequence of Note
        What was ignored in the link.
    outside : bool
        Whether the filter hides the selected event.
    """
    missing = [note.missing for note in notes if note.missing]
    # What was understood and still changed is said as it is.
    sentences = [f"{note.sentence}." for note in notes if not note.missing][:MOST_NOTES]
    if missing:
        named = ", ".join(missing[:MOST_NOTES])
        more = f" and {len(missing) - MOST_NOTES} more" if len(missing) > MOST_NOTES else ""
        sentences.insert(0, f"This link asks for something Dateline does not have: {named}{more}.")
    if outside:
        sentences.append("The selected event is outside the filter.")
    return " ".join(sentences)


@st.fragment
def _draw_map_and_list(shown: ref[Collection], counts: DeltaGenerator) -> None:
    """Draw map and list; a click on either reruns no more than this.

    Streamlit keeps the arguments for as long as a browser has the page open. A collection is too large for that:
    one that is gone is read anew with the whole page.
    """
    collection = shown()
    if collection is None or state.take_drawn():
        # Sidebar and chips, which an area that was drawn changes too, stand outside the fragment.
        st.rerun()
    address.write_address()
    found = loading.found_events(collection, state.current_filter())
    listed = _in_view(collection, found)
    _draw_counts(counts, listed)
    wide, narrow = st.columns([0.62, 0.38], gap="small")
    with wide, st.container(key="map-frame"):
        _draw_map(collection, found)
    with narrow, st.container(key="list-frame"):
        # While time is played the list stays, and says itself that a window holds nothing.
        if len(found.rows) or state.walked_period():
            draw_list(collection, listed, total=len(found.rows))
        else:
            _draw_nothing()


def _in_view(collection: Collection, found: FoundEvents) -> FoundEvents:
    """Return what the list holds of the events: all, or what the map shows."""
    bounds = state.map_bounds() if state.is_within_view() else None
    return found if bounds is None else loading.found_within(collection, found, bounds)


def _draw_map(collection: Collection, found: FoundEvents) -> None:
    """Draw the map; the same filter gives the same arguments, so that a selection sends nothing again."""
    chosen = state.current_filter()
    layer = EventLayer(
        loading.table_address(collection),
        found.mask,
        chosen.area,
        asked=asked_positions(chosen, collection.styles),
        places=(chosen.regions, chosen.countries, chosen.commands),
    )
    st_folium(
        base_map(*loading.tiles(), towns=loading.towns()),
        key=state.MAP,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=layer,
        on_change=_on_map,
    )


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
    returned = widgets.value_of(state.MAP)
    if message := read_message(returned if isinstance(returned, dict) else None):
        state.hear_map(message)
