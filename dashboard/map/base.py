"""The base map: country shapes, and tiles where an address for them is configured.

Its script is the same on every run. streamlit-folium takes another script for another map and mounts a new
frame, which loses position and zoom; whatever changes is sent as the event layer or, from the list beside the
map, as a command.
"""

from __future__ import annotations

from dataclasses import dataclass

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.map.assets import COUNTRIES, SCRIPTS, STYLES, frame_url
from dashboard.map.embedding import embed


@dataclass(frozen=True, slots=True)
class Tiles:
    """A tile server that a viewer may switch on.

    Attributes
    ----------
    url : str
        Template with ``{z}``, ``{x}`` and ``{y}``.
    attribution : str
        Shown in the map's corner while the tiles are on.
    """

    url: str
    attribution: str = ""


class BaseMap(folium.Map):
    """A folium map that loads nothing but the app's own files."""

    default_js = [(name, frame_url(name)) for name in SCRIPTS]  # noqa: RUF012, folium's own convention
    default_css = [(name, frame_url(name)) for name in STYLES]  # noqa: RUF012


class CountryShapes(MacroElement):
    """Land and borders under everything else, and the map's own controls."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.dateline.base({{ this._parent.get_name() }}, {{ this.settings }});
        {% endmacro %}
        """)

    def __init__(self, tiles: Tiles | None = None):
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "CountryShapes"
        self.settings = embed([frame_url(COUNTRIES), [tiles.url, tiles.attribution] if tiles else None])


def base_map(tiles: Tiles | None = None) -> BaseMap:
    """Return the map without any event; equal arguments give equal scripts."""
    figure = BaseMap(
        location=(20, 20),
        zoom_start=2,
        tiles=None,
        # Without a tile layer nothing else tells a cluster how far it may zoom.
        min_zoom=1,
        max_zoom=14,
        zoom_control=False,
        world_copy_jump=True,
        attribution_control=tiles is not None,
    )
    figure.options.update({"minZoom": 1, "maxZoom": 14})
    CountryShapes(tiles).add_to(figure)
    return figure
