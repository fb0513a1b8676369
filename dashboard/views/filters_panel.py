"""The filter's widgets in the sidebar, and its chips above the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import loading, state
from dashboard.cards import ROLES, count_words, date_words
from dashboard.filters import EventFilter
from dashboard.markup import element, plain_label

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.loading import Collection
    from dashboard.state import Period


def draw_panel(collection: Collection) -> None:
    """Draw the widgets; each changes its own field of the filter."""
    chosen = state.current_filter()
    period = period_of(collection, chosen)
    state.seed_widgets(widget_values(chosen, period))
    st.text_input(
        "Search",
        key=state.TEXT,
        type="search",
        live=True,
        placeholder='words or "a phrase"',
        max_chars=300,
        persist_state="session",
        on_change=_on_text,
    )
    # In one block, so that the words below the slider do not move the themes.
    with st.container(key="period"):
        _draw_period(collection, chosen, period)
    st.html('<p class="dl-label">Themes</p>')
    draw_facets(collection)
    # Only what the rest of the filter leaves something of, and what is chosen.
    regions = loading.values_left(collection.version, replace(chosen, regions=()), "region")
    st.multiselect(
        "Region",
        sorted(regions.union(chosen.regions)),
        key=state.REGIONS,
        placeholder="All regions",
        select_all=False,
        persist_state="session",
        on_change=_on_regions,
    )
    names = labels(collection)["country"]
    countries = loading.values_left(collection.version, replace(chosen, countries=()), "country_code")
    st.multiselect(
        "Country",
        sorted(countries.union(chosen.countries), key=lambda code: names.get(code, code)),
        key=state.COUNTRIES,
        format_func=lambda code: plain_label(names.get(code, code)),
        placeholder="All countries",
        select_all=False,
        persist_state="session",
        on_change=_on_countries,
    )
    st.pills(
        "Role of the place",
        list(ROLES),
        key=state.ROLES,
        selection_mode="multi",
        format_func=ROLES.__getitem__,
        help="Where it happened, what is mentioned for comparison or background, and where a source is at home.",
        on_change=_on_roles,
        persist_state="session",
    )


def _draw_period(collection: Collection, chosen: EventFilter, period: Period | None) -> None:
    if not period or period[0] == period[1]:
        return
    st.slider(
        "Period",
        *period,
        key=state.PERIOD,
        format="D MMM YYYY",
        on_change=_on_period,
        args=(period,),
        persist_state="session",
    )
    if hidden := loading.hidden_undated(collection.version, chosen):
        words = f"{count_words(hidden, 'event')} without a date {'is' if hidden == 1 else 'are'} hidden"
        st.html(element("p", words, class_="dl-muted"))


def widget_values(chosen: EventFilter, period: Period | None) -> dict[str, object]:
    """Return what the widgets show of a filter; no role chosen means every role."""
    values: dict[str, object] = {
        state.TEXT: chosen.text,
        state.REGIONS: list(chosen.regions),
        state.COUNTRIES: list(chosen.countries),
        state.ROLES: list(chosen.roles or ROLES),
    }
    if period:
        values[state.PERIOD] = (chosen.start or period[0], chosen.end or period[1])
    return values


def bounds_of(handles: Period, period: Period, chosen: EventFilter) -> tuple[date | None, date | None]:
    """Return the first and last day that the handles of the slider mean.

    A handle that has not been moved leaves its day as it was; one at its end means no bound, so that
    undated events stay in.
    """
    (start, end), (first, last) = handles, period
    kept_start, kept_end = start == (chosen.start or first), end == (chosen.end or last)
    return (
        chosen.start if kept_start else (start if start > first else None),
        chosen.end if kept_end else (end if end < last else None),
    )


def draw_facets(collection: Collection) -> None:
    """Draw the themes with the number of events that the rest of the filter leaves to each."""
    chosen = state.current_filter()
    counts = loading.theme_counts(collection.version, replace(chosen, themes=()))
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
    data = {"facets": facets, "number": state.choice_heard()}
    _facets()(key=state.FACETS, data=data, on_chosen_change=_on_chosen)


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


def period_of(collection: Collection, chosen: EventFilter) -> Period | None:
    """Return the first and last day of all events and of the filter; None where no event has a date."""
    published = collection.events["published"].dropna()
    if published.empty:
        return None
    days = [published.min().date(), published.max().date()]
    days += [day for day in (chosen.start, chosen.end) if day]
    return min(days), max(days)


def _on_text() -> None:
    state.change_filter(text=state.component_value(state.TEXT) or "")


def _on_period(period: Period) -> None:
    handles = state.component_value(state.PERIOD)
    if isinstance(handles, tuple) and len(handles) == 2:
        start, end = bounds_of(handles, period, state.current_filter())
        state.change_filter(start=start, end=end)


def _on_regions() -> None:
    state.change_filter(regions=_chosen_values(state.REGIONS))


def _on_countries() -> None:
    state.change_filter(countries=_chosen_values(state.COUNTRIES))


def _on_roles() -> None:
    roles = _chosen_values(state.ROLES)
    state.change_filter(roles=() if len(roles) == len(ROLES) else roles)


def _chosen_values(key: str) -> tuple[str, ...]:
    values = state.component_value(key)
    return tuple(values) if isinstance(values, list | tuple) else ()


def _on_chosen() -> None:
    value = state.component_value(state.FACETS)
    sent = value.get("chosen") if isinstance(value, dict) else None
    if not isinstance(sent, dict):
        return
    chosen, number = sent.get("chosen"), sent.get("number")
    if isinstance(chosen, list) and isinstance(number, int):
        state.choose_themes(tuple(theme for theme in chosen if isinstance(theme, str)), number)


@st.cache_resource(show_spinner=False)
def _facets() -> Any:
    return st.components.v2.component(
        "dateline_facets",
        css=loading.asset("dateline-facets.css"),
        js=loading.asset("dateline-card.js") + loading.asset("dateline-facets.js"),
    )
