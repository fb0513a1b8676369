"""Every cache of the dashboard, and the only module of the pages that opens the store.

What is cached here is shared by all sessions: nobody may change it.
"""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from streamlit import runtime

from articles.errors import VocabularyError
from articles.themes import load_vocabulary
from dashboard.cards import KINDS, LANGUAGES, ROLES
from dashboard.columns import EventColumns
from dashboard.database import iterate_pairs, open_database, tabulate_events
from dashboard.facets import count_facets, meet
from dashboard.found import EventNumbers, FoundEvents, describe_found, lies_within, number_events
from dashboard.map import Tiles, encode_table, read_tiles
from dashboard.palette import ThemeStyle, style_themes
from dashboard.quality import assess
from dashboard.searching import parse_query
from dashboard.settings import Settings
from dashboard.timeline import count_events, count_inside, read_columns
from geodata.countries import country_name
from geodata.errors import GeodataError
from geodata.regions import load_regions

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    import geopandas as gpd
    import pandas as pd

    from articles.model import Article
    from articles.themes import Vocabulary
    from dashboard.criteria import Mask
    from dashboard.facets import Counts
    from dashboard.filters import EventFilter
    from dashboard.found import Bounds
    from dashboard.quality import Quality
    from dashboard.timeline import Timeline, TimelineColumns
    from geodata.gazetteer import GazetteerInfo
    from geodata.model import Resolution
    from geodata.regions import CountryRegion

STATIC = Path(__file__).parent / "static"

ARTICLE_URL = "../../articles?article="
"""Address of an article's page as seen from the map's frame."""


@dataclass(frozen=True)
class Collection:
    """Everything that the store holds, ready for the pages.

    Attributes
    ----------
    version : str
        Changes whenever the store does.
    events : GeoDataFrame
        One row per article and place, Point, EPSG:4326; the latest first.
    unplaced : DataFrame
        One row per name that was recognised and not placed.
    articles : mapping
        Id → article with what the geoparser made of it; the latest first.
    columns : EventColumns
        The events' columns as numbers, and what is searched of them.
    styles : mapping
        Theme → its look, in the vocabulary's order.
    themes : frozenset of str
        Those that any article has.
    regions : mapping
        Country code → the regions and the command that it belongs to.
    problem : str
        Why the user's own table of regions is not used; empty: it is, or there is none.
    """

    version: str
    events: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    articles: Mapping[str, tuple[Article, tuple[Resolution, ...]]]
    columns: EventColumns
    styles: Mapping[str, ThemeStyle]
    themes: frozenset[str]
    regions: Mapping[str, CountryRegion]
    problem: str = ""


def settings() -> Settings:
    """Return where Dateline's data lies."""
    return Settings.from_environment(os.environ)


def collection() -> Collection:
    """Return all events and articles of the store.

    Raises
    ------
    articles.errors.ArticlesError
        The store cannot be used.
    """
    return _load_collection(_store_version(settings()))


@st.cache_resource(max_entries=128, show_spinner=False)
def found_events(version: str, chosen: EventFilter) -> FoundEvents:
    """Return what a filter leaves; `version` is the collection's."""
    return describe_found(event_numbers(version), chosen_mask(version, chosen))


def found_within(version: str, found: FoundEvents, bounds: Bounds) -> FoundEvents:
    """Return what of the found events a view of the map holds."""
    mask = found.mask.copy()
    mask[found.rows] = lies_within(_load_collection(version).columns, found.rows, bounds)
    return describe_found(event_numbers(version), mask)


@st.cache_resource(max_entries=2, show_spinner=False)
def event_numbers(version: str) -> EventNumbers:
    """Return the numbers by which a collection's events are counted."""
    found = _load_collection(version)
    return number_events(found.events, found.unplaced)


def table_address(version: str) -> str:
    """Return the address, seen from the map's frame, of the table of a collection's events.

    Streamlit's own store of media serves it: under the server's base path, by a name made from the content that
    nobody can guess, once for all sessions, and as long as one of them shows it. A run that draws the map has to
    ask for it each time, which tells Streamlit so.
    """
    if not runtime.exists():
        return ""
    files = runtime.get_instance().media_file_mgr
    address = files.add(_event_table(version), "application/gzip", "dateline-table", file_name=version)
    return f"../../media/{address.rpartition('/')[2]}"


@st.cache_resource(max_entries=2, show_spinner=False)
def _event_table(version: str) -> bytes:
    found = _load_collection(version)
    return encode_table(found.events, found.styles, article_url=ARTICLE_URL)


@st.cache_resource(max_entries=64, show_spinner=False)
def conditions(version: str, chosen: EventFilter) -> Mapping[str, Mask]:
    """Return for each condition of a filter which of a collection's events meet it."""
    return chosen.conditions(_load_collection(version).columns)


def chosen_mask(version: str, chosen: EventFilter) -> Mask:
    """Return which of a collection's events a filter means."""
    return meet(conditions(version, chosen), len(_load_collection(version).columns))


@st.cache_resource(max_entries=64, show_spinner=False)
def found_articles(version: str, words: str) -> Set[str]:
    """Return the ids of the articles that a search finds."""
    return _load_collection(version).columns.search.articles(parse_query(words))


@st.cache_resource(max_entries=64, show_spinner=False)
def facet_counts(version: str, chosen: EventFilter) -> Mapping[str, Counts]:
    """Return how many events each value of each facet has under the rest of a filter."""
    columns = _load_collection(version).columns
    return count_facets(columns, chosen, conditions=conditions(version, chosen))


@st.cache_resource(max_entries=2, show_spinner=False)
def labels(version: str) -> Mapping[str, Mapping[str, str]]:
    """Return for each of the filter's parameters what the values that there are are called."""
    found = _load_collection(version)
    events, columns = found.events, found.columns
    # All countries and regions, not the events' alone: a link to what has no events yet is no mistake.
    own = events.loc[events["country_code"] != "", ["country_code", "country"]].drop_duplicates()
    countries = {code: country_name(code) for code in found.regions} | dict(
        own.itertuples(index=False, name=None)
    )
    places = dict.fromkeys(name for home in found.regions.values() for name in (home.region, home.subregion))
    themes = {style.id: style.name for style in found.styles.values()}
    languages = columns.coded("languages").values
    return {
        **dict.fromkeys(("theme", "theme-all", "theme-not"), themes),
        "region": {name: name for name in places},
        "country": countries,
        "command": {home.command: home.command for home in found.regions.values()},
        "role": ROLES,
        "kind": KINDS,
        "language": {code: LANGUAGES.get(code, code) for code in languages},
        "outlet": {name: name for name in columns.coded("outlets").values},
    }


def hidden_undated(version: str, chosen: EventFilter) -> int:
    """Return how many events the filter's period hides for want of a date."""
    if not (chosen.start or chosen.end):
        return 0
    undated = np.isnat(_load_collection(version).columns.published)
    return int((chosen_mask(version, replace(chosen, start=None, end=None)) & undated).sum())


@st.cache_data(max_entries=256, show_spinner=False)
def timeline(version: str, chosen: EventFilter) -> tuple[Timeline, int]:
    """Return the timeline of all but the filter's period, and how many events lie in that."""
    found, columns = _load_collection(version), _timeline_columns(version)
    mask = chosen_mask(version, replace(chosen, start=None, end=None))
    order = list(found.styles)
    positions = [order.index(theme) for theme in chosen.themes if theme in found.styles]
    counted = count_events(columns, mask, themes=len(order), chosen=positions)
    return counted, count_inside(columns, mask, chosen.start, chosen.end)


@st.cache_resource(max_entries=2, show_spinner=False)
def _timeline_columns(version: str) -> TimelineColumns:
    found = _load_collection(version)
    return read_columns(found.events["published"], found.events["themes"], list(found.styles))


@st.cache_resource(max_entries=2, show_spinner="Looking at every name …")
def quality(version: str) -> Quality:
    """Return how far the map of a collection can be trusted."""
    found = _load_collection(version)
    return assess(found.articles, found.events)


def vocabulary() -> Vocabulary:
    """Return the vocabulary of themes, the bundled one where the user's own is broken: ingesting refuses that."""
    return _own_vocabulary()[0]


def vocabulary_problem() -> str:
    """Return why the user's own vocabulary of themes is not used; empty: it is, or there is none."""
    return _own_vocabulary()[1]


def _own_vocabulary() -> tuple[Vocabulary, str]:
    path = settings().themes
    return _load_vocabulary(path, path.stat().st_mtime_ns if path else 0)


@st.cache_resource(max_entries=2, show_spinner=False)
def _load_vocabulary(path: Path | None, stamp: int) -> tuple[Vocabulary, str]:  # noqa: ARG001, part of the key
    try:
        return load_vocabulary(path), ""
    except VocabularyError as error:
        # A viewer need not know where on the server the file lies.
        return load_vocabulary(), str(error).replace(str(path), "themes.toml")


@st.cache_data(show_spinner=False)
def asset(name: str) -> str:
    """Return the text of one of our own scripts or styles."""
    return (STATIC / name).read_text(encoding="utf-8")


def has_gazetteer() -> bool:
    """Return whether a gazetteer is there, without opening it."""
    folder = settings().gazetteer
    return folder.is_dir() and any(folder.iterdir())


def tiles() -> tuple[Tiles, ...]:
    """Return the sources of tiles that are configured; none: the map asks nobody."""
    return read_tiles(os.environ, settings().home / "tiles.toml")


@st.cache_resource(max_entries=2, show_spinner="Reading the collection …")
def _load_collection(version: str) -> Collection:
    from geodata.events import tabulate_unplaced

    regions, problem = _load_regions()
    engine = open_database(settings())
    try:
        pairs = list(iterate_pairs(engine))
        pairs.sort(key=lambda pair: pair[0].published or date.min, reverse=True)
        events = tabulate_events(engine, pairs, regions=regions)
    finally:
        engine.dispose()
    events = events.sort_values("published", ascending=False, kind="stable", na_position="last")
    used = frozenset(match.theme for article, _ in pairs for match in article.themes)
    named = [(theme.id, theme.name) for theme in vocabulary().themes]
    # An article may carry a theme that the vocabulary no longer has; its id is then its name.
    gone = sorted(used - {theme for theme, _ in named})
    found = Collection(
        version=version,
        events=events,
        unplaced=tabulate_unplaced(pairs),
        articles={article.id: (article, tuple(resolutions)) for article, resolutions in pairs},
        columns=EventColumns(events, texts={article.id: article.text for article, _ in pairs}).prepare(),
        styles=style_themes([*named, *((theme, theme) for theme in gone)]),
        themes=used,
        regions=regions,
        problem=problem,
    )
    _spare_from_collecting()
    return found


def _spare_from_collecting() -> None:
    """Take what is loaded out of Python's search for garbage.

    Streamlit searches after every run of every session; going through all articles each time took longer than
    the run itself (0.18 s at 10,000 events). What is no longer referred to is freed all the same.
    """
    gc.collect()
    gc.freeze()


def _load_regions() -> tuple[Mapping[str, CountryRegion], str]:
    """Return where each country belongs, and why the user's own table is not used."""
    try:
        return load_regions(settings().regions), ""
    except GeodataError as error:
        return load_regions(), str(error)


def _store_version(where: Settings) -> str:
    """Return what changes when the store or the table of regions does.

    For files that is their times, for a database of another kind the minute.
    """
    try:
        url = make_url(where.database_url)
    except ArgumentError:
        return where.database_url  # it cannot be opened either, which says why
    files = [where.home / "regions.csv"]
    if url.get_backend_name() == "sqlite":
        files += [Path(f"{url.database}{suffix}") for suffix in ("", "-wal")]
    stamps = [(file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file()]
    minute = "" if url.get_backend_name() == "sqlite" else _minute()
    return f"{where.database_url} {stamps} {minute}"


@st.cache_data(ttl=60, show_spinner=False)
def _minute() -> str:
    return datetime.now(UTC).isoformat()


def gazetteer_info() -> GazetteerInfo | None:
    """Return what the gazetteer holds; None: there is none, or it cannot be read."""
    folder = settings().gazetteer
    stamp = folder.stat().st_mtime_ns if folder.is_dir() else 0
    return _load_gazetteer_info(str(folder), stamp)


@st.cache_resource(max_entries=2, show_spinner=False)
def _load_gazetteer_info(folder: str, stamp: int) -> GazetteerInfo | None:  # noqa: ARG001, part of the key
    from geodata.errors import GeodataError
    from geodata.gazetteer import open_gazetteer

    try:
        return open_gazetteer(Path(folder)).info
    except GeodataError:
        return None
