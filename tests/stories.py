"""Articles made by hand, and the store that holds them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from articles.model import Article
from articles.store import put_article, transaction
from dashboard.database import open_database
from dashboard.settings import Settings
from geodata.model import Mention, Place, Resolution, Role
from geodata.store import put_resolutions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Pair = tuple[Article, list[Resolution]]


def story(title: str, place: Place | None, *, phrase: str = "", **fields: object) -> Pair:
    """Make an article with one event, or with none.

    Parameters
    ----------
    place : Place or None
        Where it happened; None: the article names no place.
    phrase : str
        What the article calls it; empty: what it is called.
    **fields
        Further ones of the article.
    """
    where = phrase or (place.name if place else "nowhere in particular")
    article = Article(title=title, body=f"Something happened in {where}.", **fields)
    return article, [resolve(article, where, place)] if place else []


def resolve(
    article: Article,
    phrase: str,
    place: Place | None,
    score: float = 0.97,
    role: Role = Role.EVENT,
    **more: object,
) -> Resolution:
    """Make what the geoparser would say of the first occurrence of a phrase."""
    start = article.text.index(phrase)
    return Resolution(Mention(start, start + len(phrase), phrase), place, score, role, **more)


def fill_store(home: Path, pairs: Iterable[Pair], *, added_at: datetime | None = None) -> None:
    """Add articles with their places to the store of a data folder; without a time they came just now."""
    home.mkdir(parents=True, exist_ok=True)
    engine = open_database(Settings.from_environment({"DATELINE_HOME": str(home)}))
    with transaction(engine) as connection:
        for position, (article, resolutions) in enumerate(pairs):
            put_article(
                connection, article, origin="test", position=position, added_at=added_at or datetime.now(UTC)
            )
            put_resolutions(connection, article.id, resolutions, geoparser="test")
    engine.dispose()
