"""Articles and their places in one database, as every command and page opens it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import inspect, select

from articles import store as article_store
from articles.errors import ArticlesError, StoreError
from geodata import store as resolution_store
from geodata.errors import GeodataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from geopandas import GeoDataFrame
    from sqlalchemy import Connection, Engine

    from articles.model import Article
    from dashboard.settings import Settings
    from geodata.model import Resolution
    from geodata.regions import CountryRegion


def open_database(settings: Settings) -> Engine:
    """Open the database with the tables of both packages.

    Raises
    ------
    articles.errors.StoreError
        It cannot be used.
    """
    engine = article_store.open_database(settings.database_url)
    if not inspect(engine).has_table(resolution_store.resolutions.name):
        with article_store.transaction(engine) as connection:
            resolution_store.create_tables(connection)
    return engine


def iterate_pairs(engine: Engine) -> Iterator[tuple[Article, tuple[Resolution, ...]]]:
    """Yield each article with its resolutions, as `geodata.events.tabulate` takes them.

    Raises
    ------
    articles.errors.StoreError
        What is stored of one of them is damaged.
    geodata.errors.GeodataError
        Another Dateline has stored its places.
    """
    with engine.connect() as connection:
        try:
            articles = article_store.iterate_articles(connection)
            while portion := [stored.article for stored in islice(articles, article_store.PORTION)]:
                found = resolution_store.get_resolutions(connection, (article.id for article in portion))
                for article in portion:
                    yield article, found.get(article.id, ())
        except (ArticlesError, GeodataError):
            raise
        except article_store.DAMAGES as error:
            raise StoreError(
                f"what is stored of an article is damaged{_name_damaged(engine)}: {error!r}; ingest its document"
                " again, or put back a copy of the database"
            ) from error


def _name_damaged(engine: Engine) -> str:
    """Return title and id of the first article that cannot be read, with what takes it out."""
    with engine.connect() as connection:
        for row in connection.execute(select(article_store.articles.c.id, article_store.articles.c.title)):
            try:
                article_store.get_article(connection, row.id)
                resolution_store.get_resolutions(connection, [row.id])
            except (StoreError, *article_store.DAMAGES):
                return f" (“{row.title}”; dateline remove {row.id} takes it out)"
    return ""


def added_times(connection: Connection) -> dict[str, datetime]:
    """Return when each article was taken in, by its id; UTC, without a time zone."""
    articles = article_store.articles
    return {row.id: row.added_at for row in connection.execute(select(articles.c.id, articles.c.added_at))}


def tabulate_events(
    engine: Engine,
    pairs: Iterable[tuple[Article, Sequence[Resolution]]],
    *,
    regions: Mapping[str, CountryRegion],
) -> GeoDataFrame:
    """Lay pairs of this database out as events, with one more column: when each was added.

    Returns
    -------
    GeoDataFrame
        As of `geodata.events.tabulate`, and ``added``, a datetime64 in UTC. The latest first, as pages list them
        and files hold them; of one day in the order of the database.
    """
    import pandas as pd

    from geodata.events import tabulate

    events = tabulate(pairs, regions=regions)
    with engine.connect() as connection:
        times = added_times(connection)
    events["added"] = pd.to_datetime(events["article_id"].map(times), utc=True)
    return events.sort_values("published", ascending=False, kind="stable", na_position="last")


def find_outdated(connection: Connection, geoparser: str) -> list[str]:
    """Return the ids of the articles whose places another geoparser has found, or none yet."""
    articles, resolutions = article_store.articles, resolution_store.resolutions
    statement = (
        select(articles.c.id)
        .outerjoin(resolutions, resolutions.c.article_id == articles.c.id)
        .where(resolutions.c.geoparser.is_distinct_from(geoparser))
        .order_by(articles.c.origin, articles.c.position, articles.c.id)
    )
    return list(connection.scalars(statement))
