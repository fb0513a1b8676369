"""Every cache of the dashboard, and the only module of the pages that opens the store.

What is cached here is shared by all sessions: nobody may change it.
"""

from __future__ import annotations

import gc
import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from sqlalchemy.engine import make_url
from streamlit import runtime

from articles.errors import VocabularyError
from articles.themes import load_vocabulary
from dashboard.database import iterate_pairs, open_database
from dashboard.filters import search_text
from dashboard.found import EventColumns, FoundEvents, describe_found, lies_within, number_columns
from dashboard.map import Tiles, encode_table, read_tiles
from dashboard.palette import ThemeStyle, style_themes
from dashboard.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from articles.model import Article
    from articles.themes import Vocabulary
    from dashboard.filters import EventFilter
    from dashboard.found import Bounds
    from geodata.gazetteer import GazetteerInfo
    from geodata.model import Resolution

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
    search : Series
        What is searched of each event.
    styles : mapping
        Theme → its look, in the vocabulary's order.
    themes: frozenset of str
        Those that any article has.
    """

    version: str
    events: gpd.GeoDataFrame
    unplaced: pd.DataFrame
    articles: Mapping[str, tuple[Article, tuple[Resolution, ...]]]
    search: pd.Series
    styles: Mapping[str, ThemeStyle]
    themes: frozenset[str]


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
    found = _load_collection(version)
    return describe_found(event_columns(version), chosen.mask(found.events, search=found.search))


def found_within(version: str, found: FoundEvents, bounds: Bounds) -> FoundEvents:
    """Return what of the found events a view of the map holds."""
    columns = event_columns(version)
    mask = found.mask.copy()
    mask[found.rows] = lies_within(columns, found.rows, bounds)
    return describe_found(columns, mask)


@st.cache_resource(max_entries=2, show_spinner=False)
def event_columns(version: str) -> EventColumns:
    """Return the collection's events as columns of numbers."""
    found = _load_collection(version)
    return number_columns(found.events, found.unplaced)


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


@st.cache_data(max_entries=256, show_spinner=False)
def theme_counts(version: str, chosen: EventFilter) -> dict[str, int]:
    """Return theme → number of events under a filter, which should have no themes of its own."""
    found = _load_collection(version)
    events = chosen.apply(found.events, search=found.search)
    return dict(Counter(theme for of_one in events["themes"] for theme in of_one))


@st.cache_data(max_entries=256, show_spinner=False)
def values_left(version: str, chosen: EventFilter, column: str) -> frozenset[str]:
    """Return the values that a column has under a filter, which should have none for it."""
    found = _load_collection(version)
    return frozenset(chosen.apply(found.events, search=found.search)[column].unique()) - {""}


@st.cache_data(max_entries=256, show_spinner=False)
def hidden_undated(version: str, chosen: EventFilter) -> int:
    """Return how many events the filter's period hides for want of a date."""
    if not (chosen.start or chosen.end):
        return 0
    found = _load_collection(version)
    undated = found.events[found.events["published"].isna()]
    return len(replace(chosen, start=None, end=None).apply(undated, search=found.search))


def vocabulary() -> Vocabulary:
    """Return the vocabulary of themes, the bundled one where the user's own is broken: ingesting refuses that."""
    path = settings().themes
    return _load_vocabulary(path, path.stat().st_mtime_ns if path else 0)


@st.cache_resource(max_entries=2, show_spinner=False)
def _load_vocabulary(path: Path | None, stamp: int) -> Vocabulary:  # noqa: ARG001, part of the key
    try:
        return load_vocabulary(path)
    except VocabularyError:
        return load_vocabulary()


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
    from geodata.events import tabulate, tabulate_unplaced

    engine = open_database(settings())
    try:
        pairs = list(iterate_pairs(engine))
    finally:
        engine.dispose()
    pairs.sort(key=lambda pair: pair[0].published or date.min, reverse=True)
    events = tabulate(pairs).sort_values("published", ascending=False, kind="stable", na_position="last")
    used = frozenset(match.theme for article, _ in pairs for match in article.themes)
    named = [(theme.id, theme.name) for theme in vocabulary().themes]
    # An article may carry a theme that the vocabulary no longer has; its id is then its name.
    gone = sorted(used - {theme for theme, _ in named})
    found = Collection(
        version=version,
        events=events,
        unplaced=tabulate_unplaced(pairs),
        articles={article.id: (article, tuple(resolutions)) for article, resolutions in pairs},
        search=search_text(events),
        styles=style_themes([*named, *((theme, theme) for theme in gone)]),
        themes=used,
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


def _store_version(where: Settings) -> str:
    """Return what changes when the store does: for SQLite its files' times, else the minute."""
    url = make_url(where.database_url)
    if url.get_backend_name() != "sqlite":
        return f"{where.database_url} {_minute()}"
    files = [Path(f"{url.database}{suffix}") for suffix in ("", "-wal")]
    stamps = [(file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file()]
    return f"{where.database_url} {stamps}"


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
