"""What an ingest says while it goes on, and at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.model import Gap


@dataclass(frozen=True)
class DocumentGap:
    """What a reader could not make sense of, and where; `article` is None where it belongs to none."""

    document: str
    article: str | None
    gap: Gap


@dataclass(frozen=True)
class Failure:
    """What could not be taken in: a document, or an article's places."""

    document: str
    message: str
    article: str | None = None


@dataclass(frozen=True)
class Progress:
    """Where the work stands; sent before each document and after each article.

    Attributes
    ----------
    document : str
        Its name; at last, and only where there are any, `RENEWAL`.
    number, total : int
        Which document of how many, counted from 1.
    done, articles : int
        How many of the document's articles are stored; both 0 before it is read.
    title : str
        Of the article that was stored last.
    failure : Failure or None
        What went wrong with the document or the article.
    """

    document: str
    number: int
    total: int
    done: int = 0
    articles: int = 0
    title: str = ""
    failure: Failure | None = None


@dataclass
class IngestReport:
    """What became of the sources.

    Attributes
    ----------
    documents : int
        Documents that were read.
    changed : int
        New articles that took the place of another one in the same document.
    duplicates : int
        Articles that stand in the given documents once more.
    placed : int
        Places of the documents' articles, each counted once an article.
    unplaced : int
        Names of places without coordinates, each counted once an article.
    sources : int
        Publications that the articles rest on.
    renewed : int
        Stored articles of other documents that were geoparsed again, because another geoparser had read
        them. They are in no other count.
    """

    documents: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    placed: int = 0
    unplaced: int = 0
    sources: int = 0
    renewed: int = 0
    failures: list[Failure] = field(default_factory=list)
    gaps: list[DocumentGap] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Number of documents and articles that failed."""
        return len(self.failures)
