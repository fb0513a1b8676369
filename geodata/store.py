"""The database's table of resolutions: what a geoparser made of each article.

It stands beside the articles in one database and is written in the same transaction, but knows nothing
of them but their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import JSON, Column, MetaData, String, Table, Text, delete, insert, select, update

from geodata.serialisation import dump_resolutions, load_resolutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from geodata.model import Resolution

PORTION = 500
"""Ids that are asked for in one statement; every database accepts that many."""

metadata = MetaData()

resolutions = Table(
    "resolutions",
    metadata,
    Column("article_id", String(16), primary_key=True),
    Column("geoparser", Text, nullable=False),
    Column("content", JSON, nullable=False),
)


def create_tables(connection: Connection) -> None:
    """Create the table in a database where it is not there yet."""
    metadata.create_all(connection)


def put_resolutions(
    connection: Connection, article_id: str, found: Sequence[Resolution], *, geoparser: str
) -> None:
    """Store what a geoparser found in an article, in place of what is stored for it.

    Parameters
    ----------
    geoparser : str
        Id of the geoparser and its configuration. Empty: none has succeeded yet.
    """
    values = {"geoparser": geoparser, "content": dump_resolutions(found)}
    changed = connection.execute(
        update(resolutions).where(resolutions.c.article_id == article_id).values(values)
    )
    if not changed.rowcount:
        connection.execute(insert(resolutions).values(article_id=article_id, **values))


def get_resolutions(connection: Connection, article_ids: Iterable[str]) -> dict[str, tuple[Resolution, ...]]:
    """Return the resolutions of articles; one that was never geoparsed is left out."""
    ids, found = list(article_ids), {}
    for start in range(0, len(ids), PORTION):
        chosen = resolutions.c.article_id.in_(ids[start : start + PORTION])
        for row in connection.execute(select(resolutions).where(chosen)):
            found[row.article_id] = load_resolutions(row.content)
    return found


def get_geoparser(connection: Connection, article_id: str) -> str | None:
    """Return the id of the geoparser that resolved the article; None: it was never geoparsed."""
    return connection.scalar(select(resolutions.c.geoparser).where(resolutions.c.article_id == article_id))


def remove_resolutions(connection: Connection, article_id: str) -> None:
    """Remove what is stored for an article, if anything is."""
    connection.execute(delete(resolutions).where(resolutions.c.article_id == article_id))
