"""The map: pure functions from events to what the browser draws, and from a click to an event.

The only place that imports folium. Nothing here reads the session or the store.
"""

from dashboard.map.base import BaseMap, base_map
from dashboard.map.clicks import MapMessage, read_message
from dashboard.map.layer import EventLayer, card_values
from dashboard.map.table import encode_table
from dashboard.map.tiles import Tiles, read_tiles
from dashboard.map.towns import towns_address

__all__ = [
    "BaseMap",
    "EventLayer",
    "MapMessage",
    "Tiles",
    "base_map",
    "card_values",
    "encode_table",
    "read_message",
    "read_tiles",
    "towns_address",
]
