"""The table of a collection: what the browser knows of every event, sent once.

It holds what symbols, lists and rows need: ids, places, titles, themes. What a filter leaves is sent as bits
over its rows, and the texts of a popup come when one opens, so that neither grows with the other.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pycountry

from dashboard.cards import ROLES, date_words
from dashboard.markup import legible
from dashboard.palette import DOUBTFUL_BELOW, no_theme, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import geopandas as gpd
    import pandas as pd

    from dashboard.palette import ThemeStyle


def encode_table(events: gpd.GeoDataFrame, styles: Mapping[str, ThemeStyle], *, article_url: str) -> bytes:
    """Write the events once for all their symbols; row by row in the order of the events.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place, Point, EPSG:4326.
    article_url : str
        Address of an article's page as seen from the map's frame; its id is appended.

    Returns
    -------
    bytes
        Gzipped JSON, the same for equal events: ``[themes, articles, places, roles, events, article_url]``.
        Articles, places and events are lists of columns.
    """
    events = events.reset_index(drop=True)
    article, articles = _share(events, "article_id")
    place, places = _share(events, "place_id")
    order = [*styles.values(), no_theme()]
    roles = list(dict.fromkeys([*ROLES, *events["role"].unique()]))
    role = {name: number for number, name in enumerate(roles)}
    table = [
        [[legible(style.name), style.colour, style.ink, style.glyph] for style in order],
        _article_columns(articles, {style.id: number for number, style in enumerate(order)}),
        _place_columns(places),
        [[name, ROLES.get(name, name)] for name in roles],
        [
            events["event_id"].tolist(),
            article,
            place,
            [role[name] for name in events["role"]],
            (events["score"] < DOUBTFUL_BELOW).astype(int).tolist(),
        ],
        article_url,
    ]
    text = json.dumps(table, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 6, mtime=0)


def _share(events: gpd.GeoDataFrame, column: str) -> tuple[list[int], gpd.GeoDataFrame]:
    """Return for each event the number of its article or place, and the first event of each."""
    import pandas as pd

    codes, _ = pd.factorize(events[column])
    return codes.tolist(), events.loc[~events[column].duplicated()]


def _article_columns(articles: pd.DataFrame, index: Mapping[str, int]) -> list[list[Any]]:
    none = [index[""]]
    return [
        articles["article_id"].tolist(),
        [legible(title) for title in articles["title"]],
        [date_words(day) for day in articles["published"]],
        [[index[theme] for theme in themes if theme in index] or none for themes in articles["themes"]],
    ]


def _place_columns(places: gpd.GeoDataFrame) -> list[list[Any]]:
    numbers = {code: country_number(code) for code in places["country_code"].unique()}
    names = zip(places["place_label"], places["place_name"], strict=True)
    return [
        [legible(label or name) for label, name in names],
        [legible(words) for words in places["precision"]],
        [shape_of(kind).value for kind in places["kind"]],
        # GeoJSON's and shapely's x is the longitude; Leaflet takes the latitude first.
        places.geometry.y.round(4).tolist(),
        places.geometry.x.round(4).tolist(),
        places["radius_km"].astype(float).round(1).tolist(),
        [numbers[code] for code in places["country_code"]],
    ]


def country_number(code: str) -> str:
    """Return the ISO 3166-1 number by which the country shapes are known; empty where there is none."""
    if code == "XK":
        return "Kosovo"  # has no number; the shapes know it by its name
    country = pycountry.countries.get(alpha_2=code) if code else None
    return country.numeric if country else ""
