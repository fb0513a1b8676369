"""Everything that the store holds, read at once and laid out for the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from articles.errors import ArticlesError
from dashboard.columns import EventColumns
from dashboard.database import iterate_pairs, open_database, tabulate_events
from dashboard.palette import ThemeStyle, style_themes
from geodata.errors import GeodataError
from geodata.events import tabulate_unplaced
from geodata.regions import load_regions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from articles.model import Article
    from articles.themes import Vocabulary
    from dashboard.settings import Settings
    from geodata.model import Resolution
    from geodata.regions import CountryRegion

    Pairs = list[tuple[Article, tuple[Resolution, ...]]]


class CollectionError(Exception):
    """The store cannot be read. The message is fit to be shown to a person."""


@dataclass(frozen=True, eq=False)
class Collection:
    """Everything that the store holds, ready for the pages.

    Attributes
    ----------
    version : str
        No other collection of this process has it, were the store the same.
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


def read_collection(settings: Settings, vocabulary: Vocabulary, *, version: str) -> Collection:
    """Read the whole store.

    Raises
    ------
    CollectionError
        It cannot be opened, is damaged, or was written by another Dateline.
    """
    regions, problem = _read_regions(settings)
    try:
        pairs, events = _read_store(settings, regions)
    except (ArticlesError, GeodataError) as error:
        raise CollectionError(_without_folder(str(error), settings)) from error
    except SQLAlchemyError as error:
        raise CollectionError(f"the database failed: {getattr(error, 'orig', None) or error}") from error
    used = frozenset(match.theme for article, _ in pairs for match in article.themes)
    return Collection(
        version=version,
        events=events,
        unplaced=tabulate_unplaced(pairs),
        articles={article.id: (article, resolutions) for article, resolutions in pairs},
        columns=EventColumns(events, texts={article.id: article.text for article, _ in pairs}).prepare(),
        styles=_style(vocabulary, used),
        themes=used,
        regions=regions,
        problem=problem,
    )


def _read_store(settings: Settings, regions: Mapping[str, CountryRegion]) -> tuple[Pairs, gpd.GeoDataFrame]:
    """Return articles with their resolutions, and their events; both the latest first."""
    engine = open_database(settings)
    try:
        pairs = list(iterate_pairs(engine))
        pairs.sort(key=lambda pair: pair[0].published or date.min, reverse=True)
        events = tabulate_events(engine, pairs, regions=regions)
    finally:
        engine.dispose()
    return pairs, events


def _without_folder(message: str, settings: Settings) -> str:
    """Return what is wrong with the database, but not where it lies or who reads it: a viewer need not know."""
    try:
        address = make_url(settings.database_url)
    except (ArgumentError, ValueError):
        return message
    message = message.replace(address.render_as_string(hide_password=True), "the database")
    file = address.database
    return message.replace(file, Path(file).name) if file else message


def _style(vocabulary: Vocabulary, used: frozenset[str]) -> dict[str, ThemeStyle]:
    named = [(theme.id, theme.name) for theme in vocabulary.themes]
    # An article may carry a theme that the vocabulary no longer has; its id is then its name.
    gone = sorted(used - {theme for theme, _ in named})
    return style_themes([*named, *((theme, theme) for theme in gone)])


def _read_regions(settings: Settings) -> tuple[Mapping[str, CountryRegion], str]:
    """Return where each country belongs, and why the user's own table is not used."""
    try:
        return load_regions(settings.regions), ""
    except GeodataError as error:
        return load_regions(), str(error)


def stamp_store(settings: Settings) -> tuple[object, ...] | None:
    """Return what changes when the store, the table of regions or the vocabulary does.

    Returns
    -------
    tuple or None
        Names, times and sizes of files. None: the database is no file, and only time can tell.
    """
    try:
        url = make_url(settings.database_url)
    except (ArgumentError, ValueError):
        return ()  # opening it says what is wrong with the address
    if url.get_backend_name() != "sqlite":
        return None
    # The log of what is not in the file yet. Who only opens the store makes an empty one, which says nothing.
    log = Path(f"{url.database}-wal")
    files = [Path(str(url.database)), *(path for path in (settings.regions, settings.themes) if path)]
    written = stamp_file(log)
    return (
        (log.name, written if written and written[1] else None),
        *((file.name, stamp_file(file)) for file in files),
    )


def stamp_file(file: Path) -> tuple[int, int] | None:
    """Return a file's time in nanoseconds and its size; None: it is not there."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
