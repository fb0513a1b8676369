"""Taking back what was taken in: a document, all documents of a folder, or one article."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from articles.store import (
    find_articles,
    find_origins,
    get_title,
    release_article,
    remove_article,
    transaction,
)
from dashboard.documents import STANDARD_INPUT, STANDARD_INPUT_ORIGIN, origin_of
from geodata.store import remove_resolutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of one name.

    Attributes
    ----------
    name : str
        As the person wrote it.
    removed : tuple of (str, str)
        Id and title of each article that is gone.
    kept : int
        Articles of the document that another document holds as well; they stay.
    """

    name: str
    removed: tuple[tuple[str, str], ...]
    kept: int

    @property
    def is_known(self) -> bool:
        """Whether anything of this name was stored."""
        return bool(self.removed or self.kept)


def remove(names: Sequence[str], *, engine: Engine) -> tuple[Removal, ...]:
    """Take back documents and articles, all of them in one transaction.

    Parameters
    ----------
    names : sequence of str
        Files or folders as they were given to `ingest`, which need not be there any more; "-" for what came by
        standard input; or ids of articles.

    Returns
    -------
    tuple of Removal
        One a name, in their order. What is not stored is no error: there is nothing to remove.
    """
    with transaction(engine) as connection:
        return tuple(_remove(connection, name) for name in names)


def _remove(connection: Connection, name: str) -> Removal:
    if documents := _find_documents(connection, name):
        return _remove_documents(connection, name, documents)
    title = get_title(connection, name)
    if title is None:
        return Removal(name, (), 0)
    remove_article(connection, name)
    remove_resolutions(connection, name)
    return Removal(name, ((name, title),), 0)


def _find_documents(connection: Connection, name: str) -> list[str]:
    """Return what the documents of this name are known by in the database; none where none is stored."""
    if name == STANDARD_INPUT:
        return [STANDARD_INPUT_ORIGIN]
    if not name:
        return []  # to Path it is the current folder
    origin = origin_of(Path(name))
    if find_articles(connection, origin=origin):
        return [origin]
    return find_origins(connection, folder=origin.rstrip(os.sep) + os.sep)


def _remove_documents(connection: Connection, name: str, origins: Iterable[str]) -> Removal:
    """Take the articles of documents away; one that a document of another name holds stays."""
    removed: dict[str, str] = {}
    kept: set[str] = set()
    for origin in origins:
        for article_id in find_articles(connection, origin=origin):
            title = get_title(connection, article_id)
            if title is not None and release_article(connection, article_id, origin):
                remove_resolutions(connection, article_id)
                removed[article_id] = title
            else:
                kept.add(article_id)
    return Removal(name, tuple(removed.items()), len(kept - removed.keys()))
