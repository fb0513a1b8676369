"""The map: pure functions from events to what the browser draws, and from a click to an event.

The only place that imports folium. Nothing here reads the session or the store.
"""

from dashboard.map.base import BaseMap, Tiles, base_map
from dashboard.map.clicks import read_click
from dashboard.map.layer import EncodedEvents, EventLayer, card_values, encode_events

__all__ = [
    "BaseMap",
    "EncodedEvents",
    "EventLayer",
    "Tiles",
    "base_map",
    "card_values",
    "encode_events",
    "read_click",
]
