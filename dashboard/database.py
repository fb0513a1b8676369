"""Articles and their places in one database, as every command and page opens it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from articles import store as article_store
from geodata import store as resolution_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from articles.model import Article
    from dashboard.settings import Settings
    from geodata.model import Resolution

PORTION = 500


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
    """Yield each article with its resolutions, as `geodata.events.tabulate` takes them."""
    with engine.connect() as connection:
        articles = article_store.iterate_articles(connection)
        while portion := [stored.article for stored in islice(articles, PORTION)]:
            found = resolution_store.get_resolutions(connection, (article.id for article in portion))
            for article in portion:
                yield article, found.get(article.id, ())
