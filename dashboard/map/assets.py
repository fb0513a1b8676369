"""Addresses of the files that the map's frame loads; all of them lie on the app's own server."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"

LOADER = "dateline-map-loader.js"
SCRIPTS = (
    "vendor/leaflet.js",
    "vendor/supercluster.min.js",
    "vendor/topojson-client.min.js",
    "dateline-card.js",
    "dateline-messages.js",
    "dateline-map-land.js",
    "dateline-map-missing.js",
    "dateline-map-labels.js",
    "dateline-map-names.js",
    "dateline-map-towns.js",
    "dateline-map-tiles.js",
    "dateline-map-choice.js",
    "dateline-map-base.js",
    "dateline-map-table.js",
    "dateline-map-symbols.js",
    "dateline-map-clusters.js",
    "dateline-map-cover.js",
    "dateline-map-popups.js",
    "dateline-map-story.js",
    "dateline-map-layers.js",
    "dateline-map-drawing.js",
    "dateline-map-view.js",
    "dateline-map-fit.js",
    "dateline-map-elsewhere.js",
    "dateline-map.js",
)
STYLES = ("vendor/leaflet.css", "dateline-card.css", "dateline-map.css")
TILE_READER, TILE_PAINTER = "vendor/pmtiles.js", "vendor/protomaps-leaflet.js"
"""Opens PMTiles files, and draws those with shapes in place of pictures; loaded when a viewer needs them."""
COUNTRIES = "vendor/countries-50m.json"


def frame_url(name: str) -> str:
    """Return the address of a static file as seen from the frame of streamlit-folium.

    The frame stands at ``component/streamlit_folium.st_folium/index.html`` and the files at
    ``app/static/``, both under the server's base path, which a relative address need not know. The digest
    of the file makes a browser fetch it anew when Dateline was updated.
    """
    return f"../../app/static/{name}?v={_digest(name)}"


def loader_url() -> str:
    """Return the address of the script that has everything else fetched at once."""
    return f"{frame_url(LOADER)}#{','.join(frame_url(name) for name in (*SCRIPTS, COUNTRIES))}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]
