"""What has become of a document's articles since it was last read."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from articles.errors import StoreError
from articles.store import PORTION, articles, get_article, origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from articles.model import Article

ALIKE = 0.5
"""Share of common words (Jaccard) from which an article under another title is the same one, edited."""


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


def compare_reading(
    connection: Connection, reading: Sequence[Article], *, origin: str, retitled: bool = True
) -> tuple[Comparison, ...]:
    """Say for each article of a document what has become of it since the document was last read.

    An article that is stored already, from whichever origin, is unchanged. One that the document did not
    hold before takes the place of one that it holds no longer if their titles are the same. So it does if
    exactly one article has come, exactly one has gone, both at the same position, and most of their words
    are the same: then the title was edited. What the document no longer holds and nothing takes the place of
    stays in the database.

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
        _find_retitled(connection, comparisons, before, [each for former in gone.values() for each in former])
    return tuple(comparisons)


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
    connection: Connection,
    comparisons: list[Comparison],
    before: dict[str, tuple[int, str]],
    gone: list[str],
) -> None:
    """Let the only article that has come take the place of the only one that has gone, if they are alike."""
    come = [
        index
        for index, each in enumerate(comparisons)
        if each.change is not Change.DUPLICATE and each.article.id not in before and not each.replaces
    ]
    if len(come) != 1 or len(gone) != 1:
        return
    only = comparisons[come[0]]
    # In a list that grows at one end and is cut at the other, one comes and one goes: not the same one.
    former = None
    with suppress(StoreError):  # what is damaged is like nothing
        former = get_article(connection, gone[0])
    if (
        former is not None
        and only.position == before[gone[0]][0]
        and _are_alike(only.article, former.article)
    ):
        change = Change.CHANGED if only.change is Change.ADDED else only.change
        comparisons[come[0]] = replace(only, change=change, replaces=gone[0])


def _are_alike(one: Article, other: Article) -> bool:
    """Tell whether two articles share most of their words: a file may also be given another article."""
    words, others = set(_fold(one.text).split()), set(_fold(other.text).split())
    return len(words & others) >= ALIKE * len(words | others)


def _fold(title: str) -> str:
    return " ".join(title.casefold().split())
