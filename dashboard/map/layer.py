"""The event layer: events as compact lists, from which the browser builds pins, clusters and popups.

What several events share (themes, articles, places) is sent once and named by its index. Nothing is
rendered here: a popup is built in the browser when it opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import folium
import pycountry
from folium.template import Template

from dashboard.cards import ROLES, Card, date_words, evidence_parts, explain, source_entries
from dashboard.map.embedding import embed
from dashboard.palette import no_theme, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import geopandas as gpd

    from dashboard.palette import ThemeStyle


@dataclass(frozen=True, slots=True)
class EncodedEvents:
    """Events as the JavaScript value that `EventLayer` sends.

    Attributes
    ----------
    script : str
        ``[themes, articles, places, events, texts, article_url]``; `texts` is null where left out.
    complete : bool
        Whether the texts of the popups are in it.
    """

    script: str
    complete: bool


DOUBTFUL_BELOW = 0.5
"""Score under which an event is drawn with a dashed outline."""

LARGEST = 1_500_000
"""Characters of a layer; beyond, the texts of popups stay behind and come when one opens."""


class EventLayer(folium.FeatureGroup):
    """Events as one layer; `st_folium` takes it as `feature_group_to_add`."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.feature_group = [];
            var {{ this.get_name() }} = window.dateline.events({{ this._parent.get_name() }}, {{ this.payload }});
        {% endmacro %}
        """)

    def __init__(self, encoded: EncodedEvents):
        super().__init__(name="Events", control=False)
        self.payload = encoded.script


def encode_events(
    events: gpd.GeoDataFrame, styles: Mapping[str, ThemeStyle], *, article_url: str, largest: int = LARGEST
) -> EncodedEvents:
    """Write the events once for all their pins and popups.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place, Point, EPSG:4326.
    article_url : str
        Address of an article's page as seen from the map's frame; its id is appended.
    largest : int
        Number of characters beyond which summaries, evidence, reasons and sources are left out.
    """
    tables = _Tables(styles, largest)
    # GeoJSON's and shapely's x is the longitude; Leaflet takes the latitude first.
    points = zip(events.geometry.y.round(4).tolist(), events.geometry.x.round(4).tolist(), strict=True)
    rows = [
        tables.row(event, point) for event, point in zip(events.itertuples(index=False), points, strict=True)
    ]
    head = [tables.themes, tables.articles, tables.places, rows]
    if tables.room >= 0:
        script = embed([*head, [tables.article_texts, tables.event_texts], article_url])
        if len(script) <= largest:
            return EncodedEvents(script, complete=True)
    return EncodedEvents(embed([*head, None, article_url]), complete=False)


def card_values(card: Card) -> list[Any]:
    """Return a card's texts in the order in which the browser reads them."""
    return [card.event_id, card.summary, card.evidence, card.why, card.sources]


class _Tables:
    """What events share, each entry once, and the index of each.

    Attributes
    ----------
    room : int
        Characters that the popups' texts may still have; below 0 they are no longer collected.
    """

    def __init__(self, styles: Mapping[str, ThemeStyle], room: int):
        self.room = room
        self._styles = styles
        self._index: dict[tuple[str, Any], int] = {}
        self.themes: list[list[Any]] = []
        self.articles: list[list[Any]] = []
        self.places: list[list[Any]] = []
        self.article_texts: list[list[Any]] = []
        self.event_texts: list[list[Any]] = []

    def row(self, event: Any, point: tuple[float, float]) -> list[Any]:
        if self.room >= 0:
            texts = [*evidence_parts(event), explain(event)]
            self.room -= sum(map(len, texts))
            self.event_texts.append(texts)
        article = self._article(event)
        place = self._place(event, point)
        doubtful = int(event.score < DOUBTFUL_BELOW)
        return [event.event_id, article, place, ROLES.get(event.role, event.role), doubtful, event.role]

    def _article(self, event: Any) -> int:
        key = ("article", event.article_id)
        if key not in self._index:
            self._index[key] = len(self.articles)
            themes = [self._theme(theme) for theme in event.themes] or [self._theme("")]
            self.articles.append([event.article_id, event.title, date_words(event.published), themes])
            if self.room >= 0:
                self.article_texts.append([event.summary, source_entries(event.sources)])
                self.room -= len(event.summary)
        return self._index[key]

    def _place(self, event: Any, point: tuple[float, float]) -> int:
        key = ("place", event.place_id)
        if key not in self._index:
            self._index[key] = len(self.places)
            country = country_number(event.country_code) if event.kind == "country" else ""
            self.places.append(
                [
                    event.place_label or event.place_name,
                    event.precision,
                    shape_of(event.kind).value,
                    *point,
                    round(float(event.radius_km), 1),
                    country,
                ]
            )
        return self._index[key]

    def _theme(self, theme: str) -> int:
        key = ("theme", theme)
        if key not in self._index:
            self._index[key] = len(self.themes)
            style = self._styles.get(theme) or no_theme()
            self.themes.append([style.name, style.colour, style.ink, style.glyph])
        return self._index[key]


def country_number(code: str) -> str:
    """Return the ISO 3166-1 number by which the country shapes are known; empty where there is none."""
    if code == "XK":
        return "Kosovo"  # has no number; the shapes know it by its name
    country = pycountry.countries.get(alpha_2=code) if code else None
    return country.numeric if country else ""
