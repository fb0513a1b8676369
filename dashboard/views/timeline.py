"""The timeline under map and list: events by stretch of time and theme; it chooses the filter's period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from dashboard import loading, state, widgets
from dashboard.palette import no_theme
from dashboard.timeline import day_number, read_choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.collection import Collection
    from dashboard.filters import EventFilter
    from dashboard.palette import ThemeStyle
    from dashboard.timeline import Timeline

_SCRIPTS = (
    "dateline-card.js",
    "dateline-messages.js",
    "dateline-timeline-dates.js",
    "dateline-timeline-drawing.js",
    "dateline-timeline-periods.js",
    "dateline-timeline-walk.js",
    "dateline-timeline.js",
)


def draw_timeline(collection: Collection) -> None:
    """Draw the timeline of the events under the filter in force."""
    chosen = state.current_filter()
    counted, inside = loading.timeline(collection, chosen)
    data = timeline_data(counted, collection.styles, chosen)
    walked = state.walked_period()
    data |= {
        "inside": inside,
        "number": state.period_heard(),
        "within": walked and [day_number(day) for day in walked],
    }
    with st.container(key="timeline-frame"):
        _timeline()(key=state.TIMELINE, data=data, on_brushed_change=_on_brushed)


def timeline_data(counted: Timeline, styles: Mapping[str, ThemeStyle], chosen: EventFilter) -> dict[str, Any]:
    """Return what the timeline in the browser is made of.

    Of the counts only those above zero are sent, as three lists: theme, bar and number. The themes are
    those that have any; those of one colour follow each other, so that a bar has few stripes.
    """
    looks = [*styles.values(), no_theme()]
    order = _by_colour(looks)
    used = [position for position in order if counted.counts[:, position].any()]
    by_theme = counted.counts[:, used].T
    rows, bars = np.nonzero(by_theme)
    looks = [looks[position] for position in used]
    return {
        "unit": counted.unit.value,
        "edges": counted.edges.tolist(),
        "themes": [[look.name, look.colour, look.ink, look.glyph] for look in looks],
        "counts": [rows.tolist(), bars.tolist(), by_theme[rows, bars].tolist()],
        "first": counted.first,
        "last": counted.last,
        "start": day_number(chosen.start),
        "end": day_number(chosen.end),
        "undated": counted.undated,
    }


def _by_colour(looks: Sequence[ThemeStyle]) -> list[int]:
    """Return the positions of themes, a colour's together, in the order in which the colours first appear."""
    first: dict[str, int] = {}
    for position, look in enumerate(looks):
        first.setdefault(look.colour, position)
    return sorted(range(len(looks)), key=lambda position: first[looks[position].colour])


def _on_brushed() -> None:
    if choice := read_choice(widgets.sent(state.TIMELINE, "brushed")):
        state.choose_period(choice.start, choice.end, choice.number, within=choice.within)


def _timeline() -> Any:
    return loading.component("timeline", styles=("dateline-timeline.css",), scripts=_SCRIPTS)
