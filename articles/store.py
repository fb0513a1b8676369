"""The database of articles: what was read, from where, and when it was taken in.

Functions take a SQLAlchemy connection, so that a caller can put an article and what belongs to it into
one transaction. The statements are SQLAlchemy Core and know no particular database.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
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
from articles.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from sqlalchemy import Connection, Engine

__all__ = [
    "Change",
    "Comparison",
    "StoredArticle",
    "compare_reading",
    "get_article",
    "iterate_articles",
    "open_database",
    "put_article",
    "remove_article",
    "transaction",
]

PORTION = 500
"""Rows that are held, and ids that are asked for, at once; every database accepts that many."""

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


class Change(StrEnum):
    """What a reading means for one of its articles."""

    ADDED = "added"
    CHANGED = "changed"
    """Takes the place of an article of the same origin and title that is no longer in the document."""
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    """Stands in the same document once more."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article of a new reading, beside what the database holds.

    Attributes
    ----------
    position : int
        Place in the document, counted from 0.
    replaces : str or None
        Id of the article that this one takes the place of; None unless it is changed.
    """

    article: Article
    position: int
    change: Change
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article and where it came from.

    Attributes
    ----------
    origin : str
        The file, or another name of the document, that brought it in first.
    position : int
        Place in that document, counted from 0.
    added_at : datetime
        When it was taken in, with its time zone (UTC).
    """

    article: Article
    origin: str
    position: int
    added_at: datetime


def open_database(url: str | None = None) -> Engine:
    """Open the database and create its tables where there are none.

    Parameters
    ----------
    url : str, optional
        SQLAlchemy's URL of a database. None: the file ``dateline.sqlite`` in the user's data folder.
        The folder of a SQLite file is created.

    Raises
    ------
    StoreError
        It cannot be reached, is no database, holds other tables of the same names, or was written by a
        newer Dateline.
    """
    return open_engine(url or _default_url(), tables=metadata)


def compare_reading(
    connection: Connection, reading: Sequence[Article], *, origin: str
) -> tuple[Comparison, ...]:
    """Say for each article of a document what has become of it since the document was last read.

    An article that is stored already, from whichever origin, is unchanged. One with the title of a
    stored article of the same origin that the document no longer holds has changed. What the document
    no longer holds and nothing takes the place of stays in the database.
    """
    ids = {article.id for article in reading}
    known = _find_known(connection, ids)
    gone: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(articles.c.id, articles.c.title)
        .where(articles.c.origin == origin)
        .order_by(articles.c.position, articles.c.id)
    ):
        if row.id not in ids:
            gone[_fold(row.title)].append(row.id)
    comparisons = []
    met: set[str] = set()
    for position, article in enumerate(reading):
        replaces = None
        if article.id in met:
            change = Change.DUPLICATE
        elif article.id in known:
            change = Change.UNCHANGED
        elif former := gone[_fold(article.title)]:
            change, replaces = Change.CHANGED, former.pop(0)
        else:
            change = Change.ADDED
        met.add(article.id)
        comparisons.append(Comparison(article, position, change, replaces))
    return tuple(comparisons)


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
        Id of the article that it takes the place of.

    Returns
    -------
    bool
        Whether the article is new to the database.
    """
    if replaces is not None:
        remove_article(connection, replaces)
    document = article.to_json()
    stored = connection.scalar(select(articles.c.document).where(articles.c.id == article.id))
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
        connection.execute(update(articles).where(articles.c.id == article.id).values(document=document))
    return stored is None


def get_article(connection: Connection, article_id: str) -> StoredArticle | None:
    """Return the article with this id; None: there is none."""
    row = connection.execute(select(articles).where(articles.c.id == article_id)).first()
    return _to_stored(row) if row else None


def iterate_articles(connection: Connection) -> Iterator[StoredArticle]:
    """Yield all articles, by origin and in the order of its document."""
    statement = select(articles).order_by(articles.c.origin, articles.c.position, articles.c.id)
    for row in connection.execute(statement, execution_options={"yield_per": PORTION}):
        yield _to_stored(row)


def remove_article(connection: Connection, article_id: str) -> bool:
    """Remove the article with this id; False: there was none."""
    return connection.execute(delete(articles).where(articles.c.id == article_id)).rowcount > 0


def _to_stored(row: Any) -> StoredArticle:
    return StoredArticle(
        Article.from_json(row.document), row.origin, row.position, row.added_at.replace(tzinfo=UTC)
    )


def _find_known(connection: Connection, ids: set[str]) -> set[str]:
    ordered, known = sorted(ids), set[str]()
    for start in range(0, len(ordered), PORTION):
        portion = ordered[start : start + PORTION]
        known.update(connection.scalars(select(articles.c.id).where(articles.c.id.in_(portion))))
    return known


def _fold(title: str) -> str:
    return " ".join(title.casefold().split())


def _default_url() -> str:
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('dateline', appauthor=False) / 'dateline.sqlite'}"
