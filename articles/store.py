"""The database of articles: what was read, from where, and when it was taken in.

Functions take a SQLAlchemy connection, so that a caller can put an article and what belongs to it into
one transaction. The statements are SQLAlchemy Core and know no particular database.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
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
    "hold_article",
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

origins = Table(
    "origins",
    metadata,
    Column("article_id", ForeignKey(articles.c.id), primary_key=True),
    Column("origin", Text, primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)
"""Every document that holds an article. `articles` repeats one of them, by which it is ordered."""


class Change(StrEnum):
    """What a reading means for one of its articles."""

    ADDED = "added"
    CHANGED = "changed"
    """Takes the place of an article that the document held before and holds no longer."""
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
        Id of the article that this one takes the place of in the document. One that has changed always
        has it; an unchanged one, where another document brought in the same change before.
    held : bool
        Whether the database knows already that the document holds it at this position.
    """

    article: Article
    position: int
    change: Change
    replaces: str | None = None
    held: bool = False


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


def compare_reading(
    connection: Connection, reading: Sequence[Article], *, origin: str, retitled: bool = True
) -> tuple[Comparison, ...]:
    """Say for each article of a document what has become of it since the document was last read.

    An article that is stored already, from whichever origin, is unchanged. One that the document did not
    hold before takes the place of one that it holds no longer if their titles are the same. So it does if
    exactly one article has come, exactly one has gone, and both at the same position: then the title was
    edited. What the document no longer holds and nothing takes the place of stays in the database.

    Parameters
    ----------
    origin : str
        What the document is known by.
    retitled : bool
        Whether to look for edited titles; False where `origin` is not one and the same document each time.
    """
    ids = {article.id for article in reading}
    known = _find_known(connection, ids)
    before = _find_held(connection, origin)
    gone: dict[str, list[str]] = defaultdict(list)
    for article_id, (_, title) in before.items():
        if article_id not in ids:
            gone[_fold(title)].append(article_id)
    comparisons: list[Comparison] = []
    met: set[str] = set()
    for position, article in enumerate(reading):
        if article.id in met:
            comparisons.append(Comparison(article, position, Change.DUPLICATE))
            continue
        met.add(article.id)
        replaces = None
        if article.id not in before and (former := gone[_fold(article.title)]):
            replaces = former.pop(0)
        held = article.id in before and before[article.id][0] == position
        change = Change.UNCHANGED if article.id in known else Change.CHANGED if replaces else Change.ADDED
        comparisons.append(Comparison(article, position, change, replaces, held))
    if retitled:
        _find_retitled(comparisons, before, [each for former in gone.values() for each in former])
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
        connection.execute(update(articles).where(articles.c.id == article.id).values(document=document))
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
        _release_article(connection, replaces, origin)


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
    """Remove the article with this id, whoever holds it; False: there was none."""
    connection.execute(delete(origins).where(origins.c.article_id == article_id))
    return connection.execute(delete(articles).where(articles.c.id == article_id)).rowcount > 0


def _release_article(connection: Connection, article_id: str, origin: str) -> None:
    """Remove an article from a document, and from the database when no document holds it any more."""
    released = (origins.c.article_id == article_id) & (origins.c.origin == origin)
    if not connection.execute(delete(origins).where(released)).rowcount:
        return  # Another process was first.
    other = connection.execute(
        select(origins.c.origin, origins.c.position)
        .where(origins.c.article_id == article_id)
        .order_by(origins.c.origin)
    ).first()
    if other is None:
        remove_article(connection, article_id)
    else:
        connection.execute(
            update(articles)
            .where(articles.c.id == article_id, articles.c.origin == origin)
            .values(origin=other.origin, position=other.position)
        )


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


def _find_held(connection: Connection, origin: str) -> dict[str, tuple[int, str]]:
    """Return id → position and title of what a document held when it was last read, in its order."""
    rows = connection.execute(
        select(origins.c.article_id, origins.c.position, articles.c.title)
        .join(articles, articles.c.id == origins.c.article_id)
        .where(origins.c.origin == origin)
        .order_by(origins.c.position, origins.c.article_id)
    )
    return {row.article_id: (row.position, row.title) for row in rows}


def _find_retitled(
    comparisons: list[Comparison], before: dict[str, tuple[int, str]], gone: list[str]
) -> None:
    """Let the only article that has come take the place of the only one that has gone."""
    come = [
        index
        for index, each in enumerate(comparisons)
        if each.change is not Change.DUPLICATE and each.article.id not in before and not each.replaces
    ]
    if len(come) != 1 or len(gone) != 1:
        return
    only = comparisons[come[0]]
    # In a list that grows at one end and is cut at the other, one comes and one goes: not the same one.
    if only.position == before[gone[0]][0]:
        change = Change.CHANGED if only.change is Change.ADDED else only.change
        comparisons[come[0]] = replace(only, change=change, replaces=gone[0])


def _fold(title: str) -> str:
    return " ".join(title.casefold().split())
