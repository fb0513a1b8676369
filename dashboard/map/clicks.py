"""What a click on the map says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def read_click(returned: Mapping[str, Any] | None) -> str | None:
    """Return the id of the event whose pin was clicked last; None: none was.

    Parameters
    ----------
    returned : mapping or None
        What `st_folium` returned for ``returned_objects=["last_active_drawing"]``.
    """
    return _property(returned, "event_id")


def read_article_request(returned: Mapping[str, Any] | None) -> str | None:
    """Return the id of the article whose title was clicked in a popup; None: none was."""
    return _property(returned, "article_id")


def _property(returned: Mapping[str, Any] | None, name: str) -> str | None:
    drawing = returned.get("last_active_drawing") if returned else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    value = properties.get(name) if isinstance(properties, dict) else None
    return value if isinstance(value, str) and value else None
