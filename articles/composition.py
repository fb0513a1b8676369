"""The one rule by which an article's fields become its running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.model import Section, SectionKind

if TYPE_CHECKING:
    from articles.model import Article, Source

PARAGRAPH = "\n\n"


class _Composer:
    """Text that grows by paragraphs and remembers which stretch is which section."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.sections: list[Section] = []

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def section(self, kind: SectionKind, text: str, *, source: int | None = None) -> None:
        """Append a section; an empty one leaves no trace."""
        if text:
            self.sections.append(Section(kind, self.length, self.length + len(text), source))
            self.add(text)

    def paragraph(self, kind: SectionKind, text: str, *, source: int | None = None) -> None:
        """Append a section that is a paragraph, or several, of its own."""
        if text:
            if self.length:
                self.add(PARAGRAPH)
            self.section(kind, text, source=source)


def compose(article: Article) -> tuple[str, tuple[Section, ...]]:
    """Return the running text of an article and its sections.

    Title, caption, quote and body come first, then each source with its citation, the outlet's note in
    brackets and the excerpt, then notes and image. Everything that the article's fields hold is in the
    text once, but for themes, summary, gaps and the article's own date, authors and language.

    Returns
    -------
    text : str
    sections : tuple of Section
        In the order of the text, without overlap.
    """
    composer = _Composer()
    composer.paragraph(SectionKind.TITLE, article.title)
    composer.paragraph(SectionKind.CAPTION, article.caption)
    composer.paragraph(SectionKind.QUOTE, article.quote)
    composer.paragraph(SectionKind.BODY, article.body)
    for index, source in enumerate(article.sources):
        _compose_source(composer, source, index)
    for note in article.notes:
        if composer.length:
            composer.add(PARAGRAPH)
        composer.add(f"[{note.mark}] ")
        composer.section(SectionKind.NOTE, note.text)
    if article.image:
        # A caption that repeats the one under the title would count its places twice.
        caption = "" if article.image.caption == article.caption else article.image.caption
        for text in (caption, article.image.source, article.image.attribution):
            composer.paragraph(SectionKind.IMAGE, text)
    return "".join(composer.parts), tuple(composer.sections)


def _compose_source(composer: _Composer, source: Source, index: int) -> None:
    """Append a source as a digest cites it: authors, “title (English title),” outlet (note), date. URL."""
    titles = f"{source.title} ({source.title_english})" if source.title_english else source.title
    lead = ", ".join([*source.authors, *([f"“{titles},”"] if titles else []), source.outlet]).strip(", ")
    composer.paragraph(SectionKind.CITATION, lead, source=index)
    if source.outlet_note:
        composer.add(" (")
        composer.section(SectionKind.OUTLET_NOTE, source.outlet_note, source=index)
        composer.add(")")
    if source.published:
        composer.add(f", {source.published.day} {source.published:%B %Y}")
    if source.url:
        composer.add(f". {source.url}")
    composer.paragraph(SectionKind.EXCERPT, source.excerpt, source=index)
