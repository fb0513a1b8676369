"""What a viewer is told once, at the first visit; the browser remembers that it was read."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import loading, state

HINT = (
    "Click a pin or a row to read what was reported, how exactly the place is known and how sure that is. "
    "A dashed outline means doubtful. Drag across the timeline to choose a period."
)


def draw_hint() -> None:
    """Draw the hint over a corner of what follows; nothing moves when it comes or goes."""
    _hint()(key=state.HINT, data={"words": HINT, "more": "What the symbols mean"})


@st.cache_resource(show_spinner=False)
def _hint() -> Any:
    return st.components.v2.component(
        "dateline_hint",
        css=loading.asset("dateline-hint.css"),
        js=loading.asset("dateline-card.js") + loading.asset("dateline-hint.js"),
    )
