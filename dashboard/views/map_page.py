"""The map, and the list that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from dashboard import loading, state
from dashboard.cards import card_of, count_words
from dashboard.filters import EventFilter
from dashboard.map import EventLayer, base_map, card_values, command, read_article_request, read_click
from dashboard.markup import element, text
from dashboard.views.event_list import draw_list
from dashboard.views.filters_panel import draw_chips, draw_panel, labels
from dashboard.views.frame import require_collection
from dashboard.views.legend import draw_legend

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from dashboard.loading import Collection

HEIGHT = 640
"""What the component is told, in pixels; the style sheet makes the frame fill the window."""


def draw() -> None:
    """Draw the page."""
    collection = require_collection()
    state.begin({name: set(values) for name, values in labels(collection).items()})
    with st.sidebar:
        draw_panel(collection)
    chosen = state.current_filter()
    events = chosen.apply(collection.events, search=collection.search)
    _draw_head(collection, events)
    _draw_notes()
    draw_chips(collection)
    _draw_map_and_list(collection, events)
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


def _draw_notes() -> None:
    for note in state.notes():
        st.html(
            element(
                "p", f"The link holds something that is not known. {note}.", class_="dl-note", role="status"
            )
        )


@st.fragment
def _draw_map_and_list(collection: Collection, events: gpd.GeoDataFrame) -> None:
    """Draw map and list; a click on either reruns no more than this."""
    if article := state.take_article_request():
        st.switch_page(_article_page(), query_params={state.ARTICLE_PARAMETER: article})
    state.write_address()
    wide, narrow = st.columns([0.62, 0.38], gap="small")
    with wide, st.container(key="map-frame"):
        _draw_map(collection, events)
    with narrow, st.container(key="list-frame"):
        if events.empty:
            _draw_nothing()
        else:
            draw_list(collection, events)


def _draw_map(collection: Collection, events: gpd.GeoDataFrame) -> None:
    figure = base_map(loading.tiles())
    encoded = loading.encoded_events(collection.version, state.current_filter())
    number, show = state.map_command()
    card = None
    if not encoded.complete:
        selected = events[events["event_id"] == state.selected_event()]
        card = card_values(card_of(next(selected.itertuples(index=False)))) if len(selected) else None
    command(figure, number=number, show=show, card=card)
    st_folium(
        figure,
        key=state.MAP,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=EventLayer(encoded),
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
    returned = state.component_value(state.MAP)
    returned = returned if isinstance(returned, dict) else None
    if article := read_article_request(returned):
        state.request_article(article)
    elif event := read_click(returned):
        state.select_event(event)


def _article_page() -> st.Page:
    from dashboard.views import articles_page

    return st.Page(articles_page.draw, title="Articles", url_path="articles")
