"""The steps between a document's bytes and its articles' places, as ingestion takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from articles.model import Article, Reading
    from geodata.fallback import Placed
    from geodata.model import Resolution


class ArticleGeoparser(Protocol):
    """What ingestion needs of a geoparser."""

    @property
    def id(self) -> str:
        """Name and configuration."""

    def parse_article(self, article: Article) -> Sequence[Resolution]:
        """Find and resolve an article's places."""


class ArticleFallback(Protocol):
    """What ingestion needs of that which asks elsewhere for what the geoparser could not place."""

    @property
    def id(self) -> str:
        """Name and configuration."""

    def place_article(self, article: Article, resolutions: Sequence[Resolution]) -> Placed:
        """Place what is unplaced."""


@dataclass(frozen=True)
class Steps:
    """The steps between bytes and places.

    Attributes
    ----------
    read : callable
        Bytes and the document's name to a reading; raises ArticlesError.
    annotate : callable
        An article to the same with themes and a summary.
    fallback : ArticleFallback or None
        Asked for what the geoparser could not place; None: nobody is.
    """

    read: Callable[[bytes, str], Reading]
    annotate: Callable[[Article], Article]
    geoparser: ArticleGeoparser
    fallback: ArticleFallback | None = None

    @property
    def geoparser_id(self) -> str:
        """Id of the geoparser with its fallback, under which an article's places are stored."""
        return f"{self.geoparser.id}+{self.fallback.id}" if self.fallback else self.geoparser.id


def load_steps(
    geoparser: ArticleGeoparser, *, vocabulary: Path | None = None, fallback: ArticleFallback | None = None
) -> Steps:
    """Return Dateline's own steps; `vocabulary` names another file of themes."""
    from articles.annotation import annotate
    from articles.reading import read
    from articles.themes import load_vocabulary

    themes = load_vocabulary(vocabulary)
    return Steps(
        read=lambda data, name: read(data, name=name),
        annotate=lambda article: annotate(article, themes),
        geoparser=geoparser,
        fallback=fallback,
    )
