"""What a click on the map says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def read_click(returned: Mapping[str, Any] | None) -> tuple[str, int] | None:
    """Return the event that the map has selected last, and the number of the click; None: nothing was said.

    An empty id means that none is selected any more.

    Parameters
    ----------
    returned : mapping or None
        What `st_folium` returned for ``returned_objects=["last_active_drawing"]``.
    """
    drawing = returned.get("last_active_drawing") if returned else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    if not isinstance(properties, dict):
        return None
    event, click = properties.get("event_id"), properties.get("click")
    return (event, click) if isinstance(event, str) and isinstance(click, int) else None
