"""The filter's widgets in the sidebar, and its chips above the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import loading, state
from dashboard.cards import ROLES, date_words
from dashboard.filters import EventFilter
from dashboard.markup import plain_label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.loading import Collection


def draw_panel(collection: Collection) -> None:
    """Draw the widgets; each makes its value the filter."""
    period = period_of(collection)
    state.seed_widgets(period)
    seen = (period,)
    st.text_input(
        "Search",
        key=state.TEXT,
        type="search",
        live=True,
        placeholder='words or "a phrase"',
        max_chars=300,
        on_change=state.read_widgets,
        args=seen,
    )
    if period and period[0] < period[1]:
        st.slider(
            "Period", *period, key=state.PERIOD, format="D MMM YYYY", on_change=state.read_widgets, args=seen
        )
    st.html('<p class="dl-label">Themes</p>')
    draw_facets(collection)
    st.multiselect(
        "Region",
        regions_of(collection),
        key=state.REGIONS,
        placeholder="All regions",
        on_change=state.read_widgets,
        args=seen,
    )
    countries = labels(collection)["country"]
    st.multiselect(
        "Country",
        sorted(countries, key=lambda code: countries[code]),
        key=state.COUNTRIES,
        format_func=lambda code: plain_label(countries[code]),
        placeholder="All countries",
        on_change=state.read_widgets,
        args=seen,
    )
    st.pills(
        "Role of the place",
        list(ROLES),
        key=state.ROLES,
        selection_mode="multi",
        format_func=ROLES.__getitem__,
        help="Where it happened, what is mentioned for comparison or background, and where a source is at home.",
        on_change=state.read_widgets,
        args=seen,
    )


def draw_facets(collection: Collection) -> None:
    """Draw the themes with the number of events that the rest of the filter leaves to each."""
    chosen = state.current_filter()
    counts = loading.theme_counts(collection.version, chosen)
    facets = [
        [
            style.id,
            style.name,
            style.colour,
            style.ink,
            style.glyph,
            counts.get(style.id, 0),
            style.id in chosen.themes,
        ]
        for style in collection.styles.values()
        if style.id in collection.themes
    ]
    _facets()(key=state.FACETS, data={"facets": facets}, on_chosen_change=_on_chosen)


def draw_chips(collection: Collection) -> None:
    """Draw the conditions in force; a click on one removes it."""
    chosen = state.current_filter()
    chips = chosen.describe(labels(collection))
    with st.container(horizontal=True, key="chips", gap="small", vertical_alignment="center"):
        if not chips:
            st.html('<span class="dl-muted">Where it happened, all themes and dates</span>', width="content")
        for number, chip in enumerate(chips):
            st.button(
                f"{chip.name}: {plain_label(chip_words(chip.value))}",
                key=f"chip-{number}",
                icon=":material/close:",
                icon_position="right",
                help="Remove this condition",
                on_click=state.set_filter,
                args=(chip.without,),
            )
        if len(chips) > 1:
            st.button(
                "Clear all", key="chip-all", type="tertiary", on_click=state.set_filter, args=(EventFilter(),)
            )


def chip_words(value: str) -> str:
    """Return a chip's value as a person reads it: dates as "29 Sep 2023"."""
    if len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit():
        return date_words(value)
    return "everything" if value == "any" else value


def labels(collection: Collection) -> Mapping[str, Mapping[str, str]]:
    """Return for each of the filter's parameters what its values are called."""
    events = collection.events
    countries = events.loc[events["country_code"] != "", ["country_code", "country"]].drop_duplicates()
    return {
        "theme": {style.id: style.name for style in collection.styles.values()},
        "country": dict(countries.itertuples(index=False, name=None)),
        "region": {name: name for name in regions_of(collection)},
        "role": ROLES,
    }


def regions_of(collection: Collection) -> list[str]:
    """Return the regions in which there are events, in their order."""
    return sorted(name for name in collection.events["region"].unique() if name)


def period_of(collection: Collection) -> tuple[date, date] | None:
    """Return the first and last day of all events; None where no event has a date."""
    published = collection.events["published"].dropna()
    return (published.min().date(), published.max().date()) if len(published) else None


def _on_chosen() -> None:
    value = state.component_value(state.FACETS)
    chosen = value.get("chosen") if isinstance(value, dict) else None
    if isinstance(chosen, list):
        state.choose_themes(tuple(theme for theme in chosen if isinstance(theme, str)))


@st.cache_resource(show_spinner=False)
def _facets() -> Any:
    return st.components.v2.component(
        "dateline_facets",
        css=loading.asset("dateline-facets.css"),
        js=loading.asset("dateline-card.js") + loading.asset("dateline-facets.js"),
    )
