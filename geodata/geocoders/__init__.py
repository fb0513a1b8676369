"""Geocoders with geopy's signature, so that each can stand for another.

`GazetteerGeocoder` answers from the local index, without a connection; `OnlineGeocoder` asks a service through
geopy, politely and never twice for the same; `ChainGeocoder` asks several until one knows.
"""

from __future__ import annotations

from geodata.geocoders.cache import AnswerCache
from geodata.geocoders.chain import ChainGeocoder
from geodata.geocoders.gazetteer import GazetteerGeocoder
from geodata.geocoders.online import OnlineGeocoder
from geodata.geocoders.services import SERVICES, Service, open_service

__all__ = [
    "SERVICES",
    "AnswerCache",
    "ChainGeocoder",
    "GazetteerGeocoder",
    "OnlineGeocoder",
    "Service",
    "open_service",
]
