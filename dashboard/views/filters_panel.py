"""The filter's widgets in the sidebar, and its chips above the map."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import loading, state, widgets
from dashboard.cards import count_words
from dashboard.filters import EventFilter
from dashboard.markup import element, plain_label
from dashboard.parameters import MAX_LENGTH
from dashboard.views.facet_data import panel_data, read_choice
from dashboard.views.saved_views_panel import draw_views

if TYPE_CHECKING:
    from dashboard.collection import Collection
    from dashboard.state import Period

EARLIEST, LATEST = date(1700, 1, 1), date(2250, 1, 1)
"""Days that Streamlit's slider can count to; beyond them, as a link or a misread date may ask, there is none."""

_SCRIPTS = (
    "dateline-card.js",
    "dateline-messages.js",
    "dateline-facets-places.js",
    "dateline-facets-since.js",
    "dateline-facets.js",
)


def draw_panel(collection: Collection) -> None:
    """Draw the widgets; each changes its own field of the filter."""
    # A window that passes by is no reason for anything to come and go here.
    chosen = state.lasting_filter()
    _draw_search(chosen)
    # In one block, so that the words below the slider do not move the themes.
    with st.container(key="period"):
        _draw_period(chosen, period_of(collection, chosen))
        _draw_hidden(collection, chosen)
    _draw_problems(collection)
    draw_facets(collection)
    draw_views()


def _draw_search(chosen: EventFilter) -> None:
    typed = widgets.held(state.TEXT)
    # A space or a quote that a word is to follow stays where it was typed, though it means nothing yet.
    words = typed if isinstance(typed, str) and _read_search(typed) == chosen.text else chosen.text
    key = widgets.key_for(state.TEXT, words)
    st.text_input(
        "Search",
        value=words,
        key=key,
        type="search",
        live=True,
        placeholder='words or "a phrase"',
        max_chars=MAX_LENGTH,
        on_change=_on_text,
        args=(key,),
    )


def _read_search(typed: str) -> str:
    """Return what is searched as a link carries it; empty where there is no word in it."""
    words: str
    words, _ = EventFilter.criterion("text").read([typed])
    return words


def _draw_problems(collection: Collection) -> None:
    """Say which of the user's own files are broken, and why."""
    problems = {"table of regions": collection.problem, "list of themes": loading.vocabulary_problem()}
    for name, problem in problems.items():
        if problem:
            words = f"Your {name} is not used: {problem.rstrip('.')}."
            st.html(element("p", words, class_="dl-note", role="status"))


def _draw_period(chosen: EventFilter, period: Period | None) -> None:
    if not period or period[0] == period[1] or period[0] < EARLIEST or period[1] > LATEST:
        return
    handles = (chosen.start or period[0], chosen.end or period[1])
    key = widgets.key_for(state.PERIOD, handles)
    st.slider(
        "Period",
        *period,
        value=handles,
        key=key,
        format="D MMM YYYY",
        on_change=_on_period,
        args=(key, period),
    )


def _draw_hidden(collection: Collection, chosen: EventFilter) -> None:
    if hidden := loading.hidden_undated(collection, chosen):
        words = f"{count_words(hidden, 'event')} without a date {'is' if hidden == 1 else 'are'} hidden"
        st.html(element("p", words, class_="dl-muted"))


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
    """Draw themes, places and what else events are chosen by, with the numbers of events."""
    chosen = state.lasting_filter()
    # A theme that a link names stands there too, so that it can be taken back.
    shown = collection.themes.union(chosen.themes, chosen.every_theme, chosen.without_themes)
    styles = {theme: style for theme, style in collection.styles.items() if theme in shown}
    data = panel_data(
        loading.facet_counts(collection, chosen),
        chosen,
        styles=styles,
        regions=collection.regions,
        countries=loading.labels(collection)["country"],
    )
    _facets()(key=state.FACETS, data={**data, "number": state.choice_heard()}, on_chosen_change=_on_chosen)


def draw_chips(collection: Collection) -> None:
    """Draw the conditions in force; a click on one removes it."""
    chosen = state.lasting_filter()
    chips = chosen.describe(loading.labels(collection))
    with st.container(horizontal=True, key="chips", gap="small", vertical_alignment="center"):
        if not chips:
            st.html('<span class="dl-muted">Where it happened, all themes and dates</span>', width="content")
        for number, chip in enumerate(chips):
            st.button(
                f"{chip.name}: {plain_label(chip.value)}",
                # By its number: the focus of one that is taken away goes on to the next.
                key=f"chip-{number}",
                icon=":material/close:",
                icon_position="right",
                help="Remove this condition",
                on_click=_on_chip,
                args=(chip.field, chip.part),
            )
        if len(chips) > 1:
            st.button(
                "Clear all", key="chip-all", type="tertiary", on_click=state.set_filter, args=(EventFilter(),)
            )


def period_of(collection: Collection, chosen: EventFilter) -> Period | None:
    """Return the first and last day of all events and of the filter; None where no event has a date."""
    published = collection.events["published"].dropna()
    if published.empty:
        return None
    days = [published.min().date(), published.max().date()]
    days += [day for day in (chosen.start, chosen.end) if day]
    return min(days), max(days)


def _on_text(key: str) -> None:
    words = _read_search(str(widgets.value_of(key) or ""))
    if widgets.is_in_force(key) and words != state.current_filter().text:
        state.change_filter(text=words)


def _on_chip(field: str, part: str) -> None:
    """Take a condition away, and nothing that was chosen after the chip was drawn."""
    chosen = state.lasting_filter()
    if (without := chosen.without(field, part)) != chosen:
        state.change_filter(**{field: getattr(without, field)})


def _on_period(key: str, period: Period) -> None:
    handles = widgets.value_of(key)
    if isinstance(handles, tuple) and len(handles) == 2 and widgets.is_in_force(key):
        start, end = bounds_of(handles, period, state.lasting_filter())
        state.change_filter(start=start, end=end)


def _on_chosen() -> None:
    sent = widgets.sent(state.FACETS, "chosen")
    if not isinstance(sent, dict):
        return
    changes, number = sent.get("changes"), sent.get("number")
    if isinstance(changes, dict) and isinstance(number, int):
        state.choose(read_choice(changes), number)


def _facets() -> Any:
    return loading.component("facets", styles=("dateline-facets.css",), scripts=_SCRIPTS)
