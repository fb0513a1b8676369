"""What a viewer is told once, at the first visit; the browser remembers that it was read."""

from __future__ import annotations

from typing import Any

from dashboard import loading, state

HINT = (
    "Click a pin or a row to read what was reported, how exactly the place is known and how sure that is. "
    "A dashed outline means doubtful. Drag across the timeline to choose a period."
)


def draw_hint() -> None:
    """Draw the hint over a corner of what follows; nothing moves when it comes or goes."""
    _hint()(key=state.HINT, data={"words": HINT, "more": "What the symbols mean"})


def _hint() -> Any:
    return loading.component(
        "hint", styles=("dateline-hint.css",), scripts=("dateline-card.js", "dateline-hint.js")
    )
