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


FARTHEST, NEAREST = 1, 14
"""The least and the largest zoom that the map can have; what it has depends on its size and on its base map."""


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

    def __init__(self, *tiles: Tiles, towns: str = ""):
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
        self.settings = embed([frame_url(COUNTRIES), sources, scripts, towns])


def base_map(*tiles: Tiles, towns: str = "") -> BaseMap:
    """Return the map without any event; equal arguments give equal scripts.

    Parameters
    ----------
    *tiles : Tiles
        Sources that a viewer may switch on.
    towns : str
        Address, as seen from the frame, of the towns that are named when one comes near; empty: none are.
    """
    figure = BaseMap(
        location=(20, 20),
        zoom_start=2,
        tiles=None,
        # Without a tile layer nothing else tells a cluster how far it may zoom.
        min_zoom=FARTHEST,
        max_zoom=NEAREST,
        zoom_control=False,
        world_copy_jump=True,
        attribution_control=bool(tiles),
    )
    figure.options.update({"minZoom": FARTHEST, "maxZoom": NEAREST})
    CountryShapes(*tiles, towns=towns).add_to(figure)
    return figure
