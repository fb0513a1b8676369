"""The event layer: which rows of the collection's table are shown. It is all that a change of the filter sends."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import folium
import numpy as np
from folium.template import Template

from dashboard.cards import mark_card
from dashboard.map.embedding import embed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from dashboard.cards import Card
    from dashboard.criteria import Mask


class EventLayer(folium.FeatureGroup):
    """Events as one layer; `st_folium` takes it as `feature_group_to_add`.

    Parameters
    ----------
    table : str
        Address of the collection's table as seen from the map's frame; it changes with the collection.
    mask : ndarray of bool
        Which of its rows are shown.
    area : sequence of (longitude, latitude), optional
        Corners of the area that the filter is limited to, which is outlined.
    asked : sequence of int, optional
        Positions, in the table, of the themes that the filter asks for; they lead, see `dashboard.leading`.
    places : sequence of sequence of str, optional
        Regions, countries and command areas that the filter asks for, in any order: the map moves to what lies in
        them when they change. Equal filters give equal layers.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.feature_group = [];
            var {{ this.get_name() }} = window.dateline.events({{ this._parent.get_name() }}, {{ this.payload }});
        {% endmacro %}
        """)

    def __init__(
        self,
        table: str,
        mask: Mask,
        area: Sequence[tuple[float, float]] = (),
        *,
        asked: Sequence[int] = (),
        places: Sequence[Sequence[str]] = (),
    ):
        super().__init__(name="Events", control=False)
        corners = [list(corner) for corner in area]
        conditions = [sorted(asked), [sorted(of_one_kind) for of_one_kind in places]]
        self.payload = embed([table, len(mask), encode_mask(mask), corners, *conditions])


def encode_mask(mask: Mask) -> str:
    """Return a mask as base64, eight rows a byte, the first one in the lowest bit; empty: every row."""
    if mask.all():
        return ""
    return base64.b64encode(np.packbits(mask, bitorder="little").tobytes()).decode()


def card_values(card: Card, needles: Sequence[str] = ()) -> list[Any]:
    """Return a card's texts in the order in which the browser reads them.

    Parameters
    ----------
    needles : sequence of str
        What is searched, as `searching.parse_query` returns it: of a text in which it is found, every second part
        is a hit.
    """
    marks = mark_card(card, needles)
    return [card.event_id, marks["title"], marks["summary"], marks["evidence"], card.why, card.sources]
