"""Every cache of the dashboard: what is cached here is shared by all sessions, and nobody may change it.

What is made of a collection is kept under that collection and no other: while one session still shows what the
store held before, another shows what it holds now.
"""

from __future__ import annotations

import gc
import logging
import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from streamlit import runtime

from articles.errors import VocabularyError
from articles.themes import load_vocabulary
from dashboard.cards import KINDS, LANGUAGES, ROLES
from dashboard.collection import Collection, read_collection, stamp_file, stamp_store
from dashboard.facets import count_facets, meet
from dashboard.found import EventNumbers, FoundEvents, describe_found, lies_within, number_events
from dashboard.leading import asked_positions
from dashboard.map import Tiles, encode_table, read_tiles, towns_address
from dashboard.map.assets import STATIC
from dashboard.quality import assess
from dashboard.searching import parse_query
from dashboard.settings import Settings
from dashboard.timeline import count_events, count_inside, read_columns
from dashboard.value_names import name_outlets, name_places, name_themes
from geodata.errors import GeodataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Set
    from pathlib import Path

    from articles.themes import Vocabulary
    from dashboard.criteria import Mask
    from dashboard.facets import Counts
    from dashboard.filters import EventFilter
    from dashboard.found import Bounds
    from dashboard.quality import Quality
    from dashboard.timeline import Timeline, TimelineColumns
    from geodata.gazetteer import GazetteerInfo

ARTICLE_URL = "../../articles?article="
"""Address of an article's page as seen from the map's frame."""

_BY_VERSION: Any = {Collection: attrgetter("version")}
"""How Streamlit tells collections apart."""

_numbers = count(1)


# ---- the collection -----------------------------------------------------------------------------


def settings() -> Settings:
    """Return what is configured, as the environment says it now."""
    return Settings.from_environment(os.environ)


def collection() -> Collection:
    """Return all events and articles of the store.

    Raises
    ------
    dashboard.collection.CollectionError
        The store cannot be used.
    """
    where = settings()
    stamp = stamp_store(where)
    return _load_collection(f"{where.database_url} {_minute() if stamp is None else stamp}")


@st.cache_resource(max_entries=2, show_spinner="Reading the collection …")
def _load_collection(stamp: str) -> Collection:
    # A store that is read again may say something else under the same stamp.
    found = read_collection(settings(), vocabulary(), version=f"{stamp} {next(_numbers)}")
    _spare_from_collecting()
    return found


def _spare_from_collecting() -> None:
    """Take what is loaded out of Python's search for garbage.

    Streamlit searches after every run of every session; going through all articles each time took longer than
    the run itself (0.18 s at 10,000 events). What is no longer referred to is freed all the same; what refers to
    itself is looked for here, once a collection.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@st.cache_data(ttl=60, show_spinner=False)
def _minute() -> str:
    return datetime.now(UTC).isoformat()


# ---- what is made of a collection ---------------------------------------------------------------


@st.cache_resource(max_entries=128, hash_funcs=_BY_VERSION, show_spinner=False)
def found_events(collection: Collection, chosen: EventFilter) -> FoundEvents:
    """Return what a filter leaves."""
    return describe_found(event_numbers(collection), chosen_mask(collection, chosen))


def found_within(collection: Collection, found: FoundEvents, bounds: Bounds) -> FoundEvents:
    """Return what of the found events a view of the map holds."""
    mask = found.mask.copy()
    mask[found.rows] = lies_within(collection.columns, found.rows, bounds)
    return describe_found(event_numbers(collection), mask)


@st.cache_resource(max_entries=2, hash_funcs=_BY_VERSION, show_spinner=False)
def event_numbers(collection: Collection) -> EventNumbers:
    """Return the numbers by which a collection's events are counted."""
    return number_events(collection.events, collection.unplaced)


def table_address(collection: Collection) -> str:
    """Return the address, seen from the map's frame, of the table of a collection's events.

    Streamlit's own store of media serves it: under the server's base path, by a name made from the content that
    nobody can guess, once for all sessions, and as long as one of them shows it. A run that draws the map has to
    ask for it each time, which tells Streamlit so.
    """
    if not runtime.exists():
        return ""
    files = runtime.get_instance().media_file_mgr
    table = _event_table(collection)
    address = files.add(table, "application/gzip", "dateline-table", file_name=collection.version)
    return f"../../media/{address.rpartition('/')[2]}"


@st.cache_resource(max_entries=2, hash_funcs=_BY_VERSION, show_spinner=False)
def _event_table(collection: Collection) -> bytes:
    return encode_table(collection.events, collection.styles, article_url=ARTICLE_URL)


@st.cache_resource(max_entries=64, hash_funcs=_BY_VERSION, show_spinner=False)
def conditions(collection: Collection, chosen: EventFilter) -> Mapping[str, Mask]:
    """Return for each condition of a filter which of a collection's events meet it."""
    return chosen.conditions(collection.columns)


def chosen_mask(collection: Collection, chosen: EventFilter) -> Mask:
    """Return which of a collection's events a filter means."""
    return meet(conditions(collection, chosen), len(collection.columns))


@st.cache_resource(max_entries=64, hash_funcs=_BY_VERSION, show_spinner=False)
def found_articles(collection: Collection, words: str) -> Set[str]:
    """Return the ids of the articles that a search finds."""
    return collection.columns.search.articles(parse_query(words))


@st.cache_resource(max_entries=64, hash_funcs=_BY_VERSION, show_spinner=False)
def facet_counts(collection: Collection, chosen: EventFilter) -> Mapping[str, Counts]:
    """Return how many events each value of each facet has under the rest of a filter."""
    return count_facets(collection.columns, chosen, conditions=conditions(collection, chosen))


@st.cache_resource(max_entries=2, hash_funcs=_BY_VERSION, show_spinner=False)
def labels(collection: Collection) -> Mapping[str, Mapping[str, str]]:
    """Return for each of the filter's parameters what the values that there are are called."""
    events, columns = collection.events, collection.columns
    places = name_places(collection.regions)
    # A gazetteer of one's own may have a country that no table of regions has.
    own = events.loc[events["country_code"] != "", ["country_code", "country"]].drop_duplicates()
    languages = columns.coded("languages").values
    return {
        **name_themes({style.id: style.name for style in collection.styles.values()}),
        **places,
        "country": {**places["country"], **dict(own.itertuples(index=False, name=None))},
        "role": ROLES,
        "kind": KINDS,
        # A saved view of sources in French asks for them also while there are none.
        "language": {**{code: code for code in languages}, **LANGUAGES},
        **name_outlets(columns),
    }


def hidden_undated(collection: Collection, chosen: EventFilter) -> int:
    """Return how many events the filter's period hides for want of a date."""
    if not (chosen.start or chosen.end):
        return 0
    undated = np.isnat(collection.columns.published)
    return int((chosen_mask(collection, replace(chosen, start=None, end=None)) & undated).sum())


@st.cache_data(max_entries=256, hash_funcs=_BY_VERSION, show_spinner=False)
def timeline(collection: Collection, chosen: EventFilter) -> tuple[Timeline, int]:
    """Return the timeline of all but the filter's period, and how many events lie in that."""
    columns = _timeline_columns(collection)
    mask = chosen_mask(collection, replace(chosen, start=None, end=None))
    positions = asked_positions(chosen, collection.styles)
    counted = count_events(columns, mask, themes=len(collection.styles), chosen=positions)
    return counted, count_inside(columns, mask, chosen.start, chosen.end)


@st.cache_resource(max_entries=2, hash_funcs=_BY_VERSION, show_spinner=False)
def _timeline_columns(collection: Collection) -> TimelineColumns:
    events = collection.events
    return read_columns(events["published"], events["themes"], list(collection.styles))


@st.cache_resource(max_entries=2, hash_funcs=_BY_VERSION, show_spinner="Looking at every name …")
def quality(collection: Collection) -> Quality:
    """Return how far the map of a collection can be trusted."""
    return assess(collection.articles, collection.events)


# ---- what belongs to no collection ---------------------------------------------------------------


def vocabulary() -> Vocabulary:
    """Return the vocabulary of themes, the bundled one where the user's own is broken: ingesting refuses that."""
    return _own_vocabulary()[0]


def vocabulary_problem() -> str:
    """Return why the user's own vocabulary of themes is not used; empty: it is, or there is none."""
    return _own_vocabulary()[1]


def _own_vocabulary() -> tuple[Vocabulary, str]:
    path = settings().themes
    return _load_vocabulary(path, stamp_file(path) if path else None)


@st.cache_resource(max_entries=2, show_spinner=False)
def _load_vocabulary(path: Path | None, stamp: object) -> tuple[Vocabulary, str]:  # noqa: ARG001, part of the key
    try:
        return load_vocabulary(path), ""
    except VocabularyError as error:
        # A viewer need not know where on the server the file lies.
        return load_vocabulary(), str(error).replace(str(path), "themes.toml")


def gazetteer_info() -> GazetteerInfo | None:
    """Return what the gazetteer holds; None: there is none, or it cannot be read."""
    folder = settings().gazetteer
    return _load_gazetteer_info(folder, stamp_file(folder))


@st.cache_resource(max_entries=2, show_spinner=False)
def _load_gazetteer_info(folder: Path, stamp: object) -> GazetteerInfo | None:  # noqa: ARG001, part of the key
    from geodata.gazetteer import open_gazetteer

    try:
        with open_gazetteer(folder) as gazetteer:
            return gazetteer.info
    except GeodataError:
        return None


def has_gazetteer() -> bool:
    """Return whether a gazetteer is there, without opening it."""
    folder = settings().gazetteer
    return folder.is_dir() and any(folder.iterdir())


def towns() -> str:
    """Return the address, seen from the map's frame, of the towns that the base map names; empty: none."""
    return towns_address(settings().gazetteer)


def tiles() -> tuple[Tiles, ...]:
    """Return the base maps that are offered beside the country shapes.

    They are read each time: a file that they name may have come since.
    """
    found = read_tiles(os.environ, settings().tiles)
    for each in found:
        if each.problem:
            _tell(each.problem)
    return found


@lru_cache(maxsize=100)
def _tell(problem: str) -> None:
    """Tell the server's log, once."""
    logging.getLogger(__name__).warning("%s", problem)


@st.cache_data(show_spinner=False)
def asset(name: str) -> str:
    """Return the text of one of our own scripts or styles."""
    return (STATIC / name).read_text(encoding="utf-8")


@st.cache_resource(show_spinner=False)
def component(name: str, *, styles: tuple[str, ...] = (), scripts: tuple[str, ...]) -> Any:
    """Return a component of our own, which all sessions share.

    Parameters
    ----------
    styles, scripts : tuple of str
        Names of assets; each is put together in this order.
    """
    return st.components.v2.component(
        f"dateline_{name}", css="".join(map(asset, styles)) or None, js="".join(map(asset, scripts))
    )
