"""Sources in, stored articles with their places out.

``sources → documents → articles → annotate → store → geoparse → store``; an article and its places are
kept in one transaction, so that whatever stops the work leaves whole articles behind and a second run
goes on where it stopped. At the end all other stored articles that another geoparser has read are
geoparsed again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from articles.comparison import Change, compare_reading
from articles.errors import ArticlesError, StoreError
from articles.store import DAMAGES, get_article, get_title, hold_article, put_article, transaction
from dashboard.database import find_outdated
from dashboard.documents import DocumentError
from dashboard.ingest_report import DocumentGap, Failure, IngestReport, Progress
from geodata.errors import GeodataError
from geodata.store import get_geoparser, get_resolutions, put_resolutions, remove_resolutions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection, Engine

    from articles.comparison import Comparison
    from articles.model import Article
    from dashboard.documents import Document
    from dashboard.steps import Steps
    from geodata.model import Resolution

ARTICLE_ERRORS = (ArticlesError, GeodataError, ValueError)
"""What may go wrong with one article and is no reason to give up the others; UnicodeError is among them."""

RENEWAL = "stored articles that another geoparser has read"
"""Stands for a document in the progress of what is geoparsed again."""

UNRESOLVED = ""
"""Stands for the geoparser of an article that could never be geoparsed; the next run tries it again."""

INCOMPLETE = " (incomplete)"
"""Ends the geoparser's id where names could not be asked for elsewhere; the next run tries them again."""


def ingest(
    documents: Sequence[Document],
    *,
    engine: Engine,
    steps: Steps,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> IngestReport:
    """Take documents in, and go on after what fails.

    Parameters
    ----------
    documents : sequence of Document
        As `documents.find_documents` returns them.
    engine : Engine
        Of a database with the tables of both packages.
    clock : callable
        Returns the time with its zone.
    on_progress : callable
        Called before each document and after each article.

    Returns
    -------
    IngestReport
    """
    return _Ingestion(engine, steps, clock, on_progress, len(documents)).run(documents)


class _Ingestion:
    """One run over some documents: what it has met and what it has to report."""

    def __init__(
        self,
        engine: Engine,
        steps: Steps,
        clock: Callable[[], datetime],
        on_progress: Callable[[Progress], None],
        total: int,
    ) -> None:
        self.engine = engine
        self.steps = steps
        self.clock = clock
        self.on_progress = on_progress
        self.total = total
        self.met: set[str] = set()
        self.report = IngestReport()

    def run(self, documents: Sequence[Document]) -> IngestReport:
        for number, document in enumerate(documents, 1):
            progress = Progress(document.name, number, self.total)
            self.on_progress(progress)
            try:
                comparisons = self.read(document)
            except (*ARTICLE_ERRORS, DocumentError, OSError) as error:
                # A reader names the document where it says what it is not; the failure names it anyway.
                message = _describe(error).removeprefix(f"{document.name}: ")
                self.on_progress(replace(progress, failure=self.fail(document.name, message)))
            else:
                self.take_in(document, comparisons, replace(progress, articles=len(comparisons)))
        self.renew()
        return self.report

    def read(self, document: Document) -> Sequence[Comparison]:
        """Read a document and say what has become of its articles."""
        reading = self.steps.read(document.load(), document.name)
        if not reading.articles:
            raise DocumentError("no article was found in it")
        with self.engine.connect() as connection:
            comparisons = compare_reading(
                connection, reading.articles, origin=document.origin, retitled=document.is_lasting
            )
        self.report.documents += 1
        self.report.gaps += [DocumentGap(document.name, None, gap) for gap in reading.gaps]
        return comparisons

    def take_in(self, document: Document, comparisons: Sequence[Comparison], progress: Progress) -> None:
        """Store the articles of a document."""
        for done, comparison in enumerate(comparisons, 1):
            article, failure = comparison.article, None
            try:
                if comparison.change is Change.DUPLICATE or article.id in self.met:
                    self.report.duplicates += 1
                    self.hold(document, comparison)
                else:
                    self.met.add(article.id)
                    failure = self.take_in_article(document, comparison)
            except ARTICLE_ERRORS as error:
                failure = self.fail(document.name, _describe(error), article.title)
            self.on_progress(replace(progress, done=done, title=article.title, failure=failure))

    def take_in_article(self, document: Document, comparison: Comparison) -> Failure | None:
        """Annotate, geoparse and store an article; one without its places is stored all the same."""
        article = self.steps.annotate(comparison.article)
        self.report.gaps += [DocumentGap(document.name, article.title, gap) for gap in article.gaps]
        former, resolutions = self.find_stored(article.id)
        geoparser, failure, change = self.steps.geoparser_id, None, Change.UNCHANGED
        is_stored = former == article and resolutions is not None
        if resolutions is None:
            resolutions, geoparser, failure = self.geoparse(article, document.name)
        if is_stored:
            self.hold(document, comparison)
        else:
            change = self.store(document, comparison, article, resolutions, geoparser)
        self.count(change, article, resolutions)
        return failure

    def geoparse(self, article: Article, document: str) -> tuple[Sequence[Resolution], str, Failure | None]:
        """Return an article's places and by which geoparser; none, and by none, where it fails."""
        try:
            found = self.steps.geoparser.parse_article(article)
            if self.steps.fallback is None:
                return found, self.steps.geoparser_id, None
            placed = self.steps.fallback.place_article(article, found)
            rest = INCOMPLETE if placed.missed else ""
            return placed.resolutions, self.steps.geoparser_id + rest, None
        except ARTICLE_ERRORS as error:
            return (), UNRESOLVED, self.fail(document, _describe(error), article.title)

    def find_stored(self, article_id: str) -> tuple[Article | None, Sequence[Resolution] | None]:
        """Return the article as it is stored, and what this very geoparser found in it.

        What is damaged is as good as not stored: it is made anew.
        """
        article = resolutions = None
        with self.engine.connect() as connection:
            with suppress(StoreError):
                stored = get_article(connection, article_id)
                article = stored.article if stored else None
            if get_geoparser(connection, article_id) == self.steps.geoparser_id:
                with suppress(*DAMAGES):
                    resolutions = get_resolutions(connection, [article_id]).get(article_id)
        return article, resolutions

    def store(
        self,
        document: Document,
        comparison: Comparison,
        article: Article,
        resolutions: Sequence[Resolution],
        geoparser: str,
    ) -> Change:
        """Store an article with its places, and return what became of it now.

        The comparison is from before: another process may have stored the same article since.
        """
        with transaction(self.engine) as connection:
            is_new = put_article(
                connection,
                article,
                origin=document.origin,
                position=comparison.position,
                added_at=self.clock(),
                replaces=comparison.replaces,
            )
            _remove_orphaned(connection, comparison.replaces)
            _put_places(connection, article.id, resolutions, geoparser)
        if not is_new:
            return Change.UNCHANGED
        return Change.CHANGED if comparison.replaces else Change.ADDED

    def hold(self, document: Document, comparison: Comparison) -> None:
        """Remember that a document holds an article that is stored, where that is news."""
        if comparison.change is Change.DUPLICATE or (comparison.held and not comparison.replaces):
            return
        with transaction(self.engine) as connection:
            # The article is not there where storing it failed, or another process has replaced it.
            if get_title(connection, comparison.article.id) is None:
                return
            hold_article(
                connection,
                comparison.article.id,
                origin=document.origin,
                position=comparison.position,
                replaces=comparison.replaces,
            )
            _remove_orphaned(connection, comparison.replaces)

    def renew(self) -> None:
        """Geoparse again what another geoparser has read and the documents did not hold."""
        with self.engine.connect() as connection:
            outdated = find_outdated(connection, self.steps.geoparser_id)
        outdated = [article_id for article_id in outdated if article_id not in self.met]
        progress = Progress(RENEWAL, self.total + 1, self.total + 1, articles=len(outdated))
        for done, article_id in enumerate(outdated, 1):
            with self.engine.connect() as connection:
                title = get_title(connection, article_id)
            if title is None:
                continue
            try:
                failure = self.renew_article(article_id)
            except StoreError as error:
                failure = self.fail(RENEWAL, _describe(error), title)
            self.on_progress(replace(progress, done=done, title=title, failure=failure))

    def renew_article(self, article_id: str) -> Failure | None:
        """Geoparse a stored article again, if it is still there."""
        with self.engine.connect() as connection:
            stored = get_article(connection, article_id)
        if stored is None:
            return None
        resolutions, geoparser, failure = self.geoparse(stored.article, stored.origin)
        with transaction(self.engine) as connection:
            if get_title(connection, article_id) is not None:
                _put_places(connection, article_id, resolutions, geoparser)
        self.report.renewed += geoparser == self.steps.geoparser_id
        return failure

    def fail(self, document: str, message: str, article: str | None = None) -> Failure:
        """Note a failure and return it."""
        failure = Failure(document, message, article)
        self.report.failures.append(failure)
        return failure

    def count(self, change: Change, article: Article, resolutions: Sequence[Resolution]) -> None:
        self.report.added += change is Change.ADDED
        self.report.changed += change is Change.CHANGED
        self.report.unchanged += change is Change.UNCHANGED
        self.report.sources += len(article.sources)
        self.report.placed += len({found.place.id for found in resolutions if found.place})
        self.report.unplaced += len({found.mention.phrase for found in resolutions if not found.place})


def _put_places(
    connection: Connection, article_id: str, resolutions: Sequence[Resolution], geoparser: str
) -> None:
    """Store an article's places; those of another geoparser stay where this one has failed."""
    if geoparser != UNRESOLVED or get_geoparser(connection, article_id) is None:
        put_resolutions(connection, article_id, resolutions, geoparser=geoparser)


def _remove_orphaned(connection: Connection, article_id: str | None) -> None:
    """Remove the places of an article that was replaced, unless another document still holds it."""
    if article_id is not None and get_title(connection, article_id) is None:
        remove_resolutions(connection, article_id)


def _describe(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, UnicodeEncodeError):
        sign = error.object[error.start]
        return f"the text holds U+{ord(sign):04X}, which is no character and cannot be stored"
    return str(error) or type(error).__name__
