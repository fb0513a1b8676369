"""What the symbols and numbers mean, and whose data and software this is."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from dashboard import loading
from dashboard.cards import count_words, date_words
from dashboard.collection import CollectionError
from dashboard.markup import element, link, swatch
from dashboard.palette import style_themes
from dashboard.views.legend import legend_table
from dashboard.views.links import draw_links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.gazetteer import GazetteerInfo

SOFTWARE = (
    ("Leaflet", "BSD-2-Clause", "the map in the browser", "https://leafletjs.com"),
    (
        "supercluster",
        "ISC",
        "clusters of events",
        "https://github.com/mapbox/supercluster",
    ),
    (
        "world-atlas",
        "ISC",
        "country shapes, made from Natural Earth, public domain",
        "https://github.com/topojson/world-atlas",
    ),
    ("TopoJSON client", "ISC", "reads the country shapes", "https://github.com/topojson/topojson-client"),
    (
        "PMTiles and protomaps-leaflet",
        "BSD-3-Clause",
        "base maps from a file, where one is configured",
        "https://docs.protomaps.com",
    ),
    (
        "folium and streamlit-folium",
        "MIT",
        "the map on the page",
        "https://python-visualization.github.io/folium",
    ),
    ("Streamlit", "Apache-2.0", "the pages", "https://streamlit.io"),
    ("GeoPandas", "BSD-3-Clause", "the table of events", "https://geopandas.org"),
    ("Inter", "OFL-1.1", "the typeface", "https://rsms.me/inter"),
    ("GeoNames", "CC BY 4.0", "places and their names", "https://www.geonames.org"),
)

INTRODUCTION = (
    "Dateline reads digests of open-source news, finds the places they name and puts them on a map. "
    "Everything on these pages comes from this server; nothing is fetched from elsewhere, "
    "unless you choose an online base map."
)

PRECISION = """
<p>A name is only as exact as what it names. Every event says so in its symbol and in words: “city, within
5&nbsp;km” means that the town is known and nothing finer; a province is drawn with the circle in which it lies;
a country is drawn as a country. Nothing is ever put at a place that was not named.</p>
"""

SCORES = """
<p>Many places share a name. The score is the share of belief, 0 to 100%, that this place is meant rather
than another of the same name; the runner-up and its share stand beside it. Below 50% an event is drawn with
a dashed outline: read its evidence before you rely on it; between 50 and 70% it is worth a look. A score
says nothing about whether the report is true. The <a href="quality" target="_self">Quality</a> page lists the
doubtful pins.</p>
"""

ROLES = """
<p><b>Happened here</b> is where the article's event took place. <b>Mentioned</b> is named for comparison, for
background or as an actor. <b>Home of a source</b> is where an outlet or an author sits. The map starts with the
first.</p>
"""

BORDERS = """
<p>The country shapes are those of Natural Earth, which draws borders where control on the ground runs and not as
anybody claims them: Crimea lies in Russia's shape and most of Western Sahara in Morocco's. They take no side. The
country that an event is counted under comes from the gazetteer and may be another one there.</p>
"""

DATES = """
<p>The date on a card is the day the article was published. What it reports may have happened earlier; the
sources of an article carry the dates on which they were published themselves.</p>
"""


def draw() -> None:
    """Draw the page."""
    draw_links(page="about")
    with st.container(key="about", width=760):
        st.html(
            element(
                "section",
                element("h1", "About"),
                element(
                    "p",
                    INTRODUCTION,
                    class_="dl-lead",
                ),
                class_="dl-about",
            )
        )
        _draw_section("Symbols", legend_table(), _themes())
        _draw_section("Precision", Markup(PRECISION))  # noqa: S704, our own words
        _draw_section("Scores", Markup(SCORES))  # noqa: S704
        _draw_section("Roles", Markup(ROLES))  # noqa: S704
        _draw_section("Dates", Markup(DATES))  # noqa: S704
        _draw_section("Base maps", Markup(BORDERS), _base_maps())  # noqa: S704
        _draw_section("Places", *_gazetteer())
        _draw_section("Software", _software())
        _draw_section("Version and data", *_state())


def _draw_section(title: str, *content: Markup) -> None:
    st.html(element("section", element("h2", title), *content, class_="dl-about"))


def _state() -> list[Markup]:
    """Return which version this is and from when its data are."""
    lines = [f"Dateline {version('dateline')}."]
    try:
        articles = [article for article, _ in loading.collection().articles.values()]
    except CollectionError:
        articles = []  # the other pages say what is wrong with it
    if articles:
        days = sorted(article.published for article in articles if article.published)
        dated = f", published from {date_words(days[0])} to {date_words(days[-1])}" if days else ""
        lines.append(f"The collection holds {count_words(len(articles), 'article')}{dated}.")
    if info := loading.gazetteer_info():
        lines.append(f"The list of places was put together on {date_words(info.built[:10])}.")
    return [element("p", " ".join(lines))]


def _themes() -> Markup:
    themes = loading.vocabulary().themes
    styles = style_themes((theme.id, theme.name) for theme in themes)
    rows = [
        element(
            "li", swatch(styles[theme.id]), element("span", element("b", theme.name), " ", theme.description)
        )
        for theme in themes
    ]
    return element(
        "p", "Colour and glyph say the theme; themes that are near each other share a colour."
    ) + element("ul", *rows, class_="dl-symbols")


def _gazetteer() -> list[Markup]:
    info = loading.gazetteer_info()
    if info is None:
        return [
            element("p", "There is no gazetteer yet. Build it once with:"),
            element("pre", element("code", "dateline gazetteer build")),
        ]
    return [element("p", _gazetteer_words(info)), _source_table(info)]


def _gazetteer_words(info: GazetteerInfo) -> str:
    return f"{count_words(info.places, 'place')} under {count_words(info.names, 'name')}, put together from:"


def _base_maps() -> Markup:
    """Return whose maps lie under the events, and who is asked for them."""
    own = "this server"
    maps = [("Country shapes", own, "Natural Earth")]
    maps += [
        (tiles.name, tiles.server or own, tiles.attribution) for tiles in loading.tiles() if not tiles.problem
    ]
    return _table(("Name", "Comes from", "Made by"), ([element("td", cell) for cell in row] for row in maps))


def _table(names: Iterable[str], rows: Iterable[Iterable[Markup]]) -> Markup:
    head = element("tr", *(element("th", name, scope="col") for name in names))
    body = (element("tr", *row) for row in rows)
    return element("table", element("thead", head), element("tbody", *body), class_="dl-table")


def _source_table(info: GazetteerInfo) -> Markup:
    rows = (
        (
            element("td", link(source.title, source.url)),
            element("td", source.licence),
            element("td", source.date),
            element("td", f"{source.places:,}", class_="dl-number"),
        )
        for source in info.sources
    )
    return _table(("Source", "Licence", "Date", "Places"), rows)


def _software() -> Markup:
    rows = (
        (element("td", link(name, url)), element("td", licence), element("td", use))
        for name, licence, use, url in SOFTWARE
    )
    return _table(("Name", "Licence", "Used for"), rows)
