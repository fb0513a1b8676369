"""The database of articles: what was read, from where, and when it was taken in.

Functions take a SQLAlchemy connection, so that a caller can put an article and what belongs to it into
one transaction. The statements are SQLAlchemy Core and know no particular database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from articles.database import open_engine, transaction
from articles.errors import StoreError
from articles.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy import Connection, Engine

__all__ = [
    "DAMAGES",
    "StoredArticle",
    "find_articles",
    "find_origins",
    "get_article",
    "get_title",
    "hold_article",
    "iterate_articles",
    "open_database",
    "put_article",
    "release_article",
    "remove_article",
    "transaction",
]

PORTION = 500
"""Rows that are held, and ids that are asked for, at once; every database accepts that many."""

DAMAGES = (ValueError, LookupError, TypeError, AttributeError)
"""What reading something raises that is no JSON, or has not the fields that are written."""

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("origin", Text, nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Date),
    Column("added_at", DateTime, nullable=False),  # UTC: SQLite keeps no time zone
    Column("document", JSON, nullable=False),
)

origins = Table(
    "origins",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("origin", Text, primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
"""Every document that holds an article. `articles` repeats one of them, by which it is ordered."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article and where it came from.

    Attributes
    ----------
    origin : str
        The file, or another name of the document, that brought it in first, of those that still hold it.
    position : int
        Place in that document, counted from 0.
    added_at : datetime
        When it was taken in, with its time zone (UTC).
    """

    article: Article
    origin: str
    position: int
    added_at: datetime


def open_database(url: str) -> Engine:
    """Open the database and create its tables where there are none.

    Parameters
    ----------
    url : str
        SQLAlchemy's URL of a database. The folder of a SQLite file is created.

    Raises
    ------
    StoreError
        It cannot be reached, is no database, holds other tables of the same names, or was written by a
        newer or an older Dateline.
    """
    return open_engine(url, tables=metadata)


def put_article(
    connection: Connection,
    article: Article,
    *,
    origin: str,
    position: int,
    added_at: datetime,
    replaces: str | None = None,
) -> bool:
    """Store an article; one that is stored keeps its origin and time and gets the new annotation.

    Parameters
    ----------
    added_at : datetime
        With a time zone.
    replaces : str, optional
        Id of the article that it takes the place of in this origin. That one is removed, unless another
        origin holds it.

    Returns
    -------
    bool
        Whether the article is new to the database.
    """
    document = article.to_json()
    stored = connection.scalar(select(articles.c.id).where(articles.c.id == article.id))
    if stored is None:
        connection.execute(
            insert(articles).values(
                id=article.id,
                origin=origin,
                position=position,
                title=article.title,
                published=article.published,
                added_at=added_at.astimezone(UTC).replace(tzinfo=None),
                document=document,
            )
        )
    else:
        told = {"title": article.title, "published": article.published, "document": document}
        connection.execute(update(articles).where(articles.c.id == article.id).values(told))
    hold_article(connection, article.id, origin=origin, position=position, replaces=replaces)
    return stored is None


def hold_article(
    connection: Connection, article_id: str, *, origin: str, position: int, replaces: str | None = None
) -> None:
    """Remember that a document holds an article that is stored, at this position.

    Parameters
    ----------
    replaces : str, optional
        Id of the article that it takes the place of in this origin. That one is removed, unless another
        origin holds it.
    """
    here = (origins.c.article_id == article_id) & (origins.c.origin == origin)
    if not connection.execute(update(origins).where(here).values(position=position)).rowcount:
        connection.execute(insert(origins).values(article_id=article_id, origin=origin, position=position))
    connection.execute(
        update(articles)
        .where(articles.c.id == article_id, articles.c.origin == origin)
        .values(position=position)
    )
    if replaces is not None:
        release_article(connection, replaces, origin)


def get_article(connection: Connection, article_id: str) -> StoredArticle | None:
    """Return the article with this id; None: there is none.

    Raises
    ------
    StoreError
        What is stored of it is damaged.
    """
    try:
        row = connection.execute(select(articles).where(articles.c.id == article_id)).first()
        return _to_stored(row) if row else None
    except DAMAGES as error:
        raise StoreError(f"what is stored of it is damaged ({error!r}); ingest its document again") from error


def get_title(connection: Connection, article_id: str) -> str | None:
    """Return the title of the article with this id, whatever else of it may be damaged; None: there is none."""
    title: str | None = connection.scalar(select(articles.c.title).where(articles.c.id == article_id))
    return title


def iterate_articles(connection: Connection) -> Iterator[StoredArticle]:
    """Yield all articles, by origin and in the order of its document."""
    statement = select(articles).order_by(articles.c.origin, articles.c.position, articles.c.id)
    for row in connection.execute(statement, execution_options={"yield_per": PORTION}):
        yield _to_stored(row)


def find_articles(connection: Connection, *, origin: str) -> list[str]:
    """Return the ids of the articles that a document holds, in its order."""
    statement = (
        select(origins.c.article_id)
        .where(origins.c.origin == origin)
        .order_by(origins.c.position, origins.c.article_id)
    )
    return list(connection.scalars(statement))


def find_origins(connection: Connection, *, folder: str) -> list[str]:
    """Return the documents under a folder, in the order of their names.

    Parameters
    ----------
    folder : str
        How their names begin, with the separator at its end.
    """
    statement = select(origins.c.origin).distinct().order_by(origins.c.origin)
    found = connection.scalars(statement.where(origins.c.origin.startswith(folder, autoescape=True)))
    # Databases differ in whether LIKE tells capitals apart.
    return [origin for origin in found if origin.startswith(folder)]


def remove_article(connection: Connection, article_id: str) -> bool:
    """Remove the article with this id, whoever holds it; False: there was none."""
    connection.execute(delete(origins).where(origins.c.article_id == article_id))
    return connection.execute(delete(articles).where(articles.c.id == article_id)).rowcount > 0


def release_article(connection: Connection, article_id: str, origin: str) -> bool:
    """Take an article from a document, and from the database when no document holds it any more.

    Returns
    -------
    bool
        Whether it is gone from the database.
    """
    released = (origins.c.article_id == article_id) & (origins.c.origin == origin)
    if not connection.execute(delete(origins).where(released)).rowcount:
        return False  # Another process was first.
    other = connection.execute(
        select(origins.c.origin, origins.c.position)
        .where(origins.c.article_id == article_id)
        .order_by(origins.c.origin)
    ).first()
    if other is None:
        return remove_article(connection, article_id)
    connection.execute(
        update(articles)
        .where(articles.c.id == article_id, articles.c.origin == origin)
        .values(origin=other.origin, position=other.position)
    )
    return False


def _to_stored(row: Any) -> StoredArticle:
    return StoredArticle(
        Article.from_json(row.document), row.origin, row.position, row.added_at.replace(tzinfo=UTC)
    )
