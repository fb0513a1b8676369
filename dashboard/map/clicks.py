"""What the map says: a click, the view it shows, an area that was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from dashboard.area import MOST, corners_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeGuard


@dataclass(frozen=True, slots=True)
class MapMessage:
    """What the map has said last; one message carries all of it, so that none is lost behind another.

    Attributes
    ----------
    event : str
        The event that was selected last; empty: none is any more.
    click : int
        The number of that click; a later one has a larger number.
    bounds : tuple of float or None
        West, south, east and north of the view, in degrees; the east may lie beyond 180. None: not told.
    area : tuple of (longitude, latitude)
        Corners of the area that was drawn last, as of `area.corners_of`; empty: none.
    drawing : int
        The number of that drawing; 0: none was drawn.
    """

    event: str
    click: int
    bounds: tuple[float, float, float, float] | None = None
    area: tuple[tuple[float, float], ...] = ()
    drawing: int = 0


def read_message(returned: Mapping[str, Any] | None) -> MapMessage | None:
    """Return what the map has said; None: nothing that could be understood.

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
    if not isinstance(event, str) or not isinstance(click, int):
        return None
    number = properties.get("drawing")
    return MapMessage(
        event,
        click,
        bounds=_read_bounds(properties.get("view")),
        area=_read_area(properties.get("area")),
        drawing=number if isinstance(number, int) else 0,
    )


def _read_bounds(value: object) -> tuple[float, float, float, float] | None:
    if not _is_numbers(value, 4):
        return None
    west, south, east, north = (float(degrees) for degrees in value)
    return (west, south, east, north) if west <= east and south <= north else None


def _read_area(value: object) -> tuple[tuple[float, float], ...]:
    if (
        not isinstance(value, list)
        or len(value) > MOST
        or not all(_is_numbers(corner, 2) for corner in value)
    ):
        return ()
    return corners_of((float(longitude), float(latitude)) for longitude, latitude in value)


def _is_numbers(value: object, length: int) -> TypeGuard[list[float]]:
    return (
        isinstance(value, list)
        and len(value) == length
        and all(type(number) in (int, float) and isfinite(number) for number in value)
    )
