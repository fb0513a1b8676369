"""The base map: country shapes, and tiles that a viewer may switch on.

Its script is the same on every run. streamlit-folium takes another script for another map and mounts a new
frame, which loses position and zoom; whatever changes is sent as the event layer or, from the list beside the
map, as a command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.map.assets import (
    COUNTRIES,
    LOADER,
    SCRIPTS,
    STYLES,
    TILE_PAINTER,
    TILE_READER,
    frame_url,
    loader_url,
)
from dashboard.map.embedding import embed

if TYPE_CHECKING:
    from dashboard.map.tiles import Tiles


class BaseMap(folium.Map):
    """A folium map that loads nothing but the app's own files."""

    default_js = [  # noqa: RUF012, folium's own convention
        (LOADER, loader_url()),
        *((name, frame_url(name)) for name in SCRIPTS),
    ]
    default_css = [(name, frame_url(name)) for name in STYLES]  # noqa: RUF012


class CountryShapes(MacroElement):
    """Land and borders under everything else, and the map's own controls."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.dateline.base({{ this._parent.get_name() }}, {{ this.settings }});
        {% endmacro %}
        """)

    def __init__(self, *tiles: Tiles):
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "CountryShapes"
        sources = [
            [
                each.name,
                each.address,
                each.attribution,
                each.nearest,
                each.packed,
                each.server,
                each.problem,
                each.labels,
            ]
            for each in tiles
        ]
        packed = any(each.packed for each in tiles)
        scripts = [frame_url(TILE_READER), frame_url(TILE_PAINTER)] if packed else []
        self.settings = embed([frame_url(COUNTRIES), sources, scripts])


def base_map(*tiles: Tiles) -> BaseMap:
    """Return the map without any event; equal arguments give equal scripts.

    Parameters
    ----------
    *tiles : Tiles
        Sources that a viewer may switch on.
    """
    figure = BaseMap(
        location=(20, 20),
        zoom_start=2,
        tiles=None,
        # Without a tile layer nothing else tells a cluster how far it may zoom.
        min_zoom=1,
        max_zoom=14,
        zoom_control=False,
        world_copy_jump=True,
        attribution_control=bool(tiles),
    )
    figure.options.update({"minZoom": 1, "maxZoom": 14})
    CountryShapes(*tiles).add_to(figure)
    return figure
