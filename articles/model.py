"""The nouns of this package: what a digest's article consists of.

An `Article` is made of fields as its reader found them. Its running `text`, in which every later step
gives offsets, is composed from those fields by one rule for all formats (`composition.compose`), and
`sections` say which part of the text is which.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class SectionKind(StrEnum):
    """The parts of an article, in the order in which its text holds them."""

    TITLE = "title"
    CAPTION = "caption"
    """The image's caption under the title."""
    QUOTE = "quote"
    """The pull quote."""
    BODY = "body"
    """The commentary itself."""
    CITATION = "citation"
    """Authors, titles, outlet and date of a source; no prose."""
    OUTLET_NOTE = "outlet_note"
    """What the digest says of a source's outlet, as "London-based, Afghan-run"."""
    EXCERPT = "excerpt"
    """The translated excerpt of a source."""
    NOTE = "note"
    IMAGE = "image"
    """The image's caption, source and attribution at the end."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of an article's text.

    Attributes
    ----------
    start, end : int
        Character offsets into `Article.text`, end exclusive.
    source : int or None
        Index into `Article.sources` for a citation, an outlet's note or an excerpt; None elsewhere.
    """

    kind: SectionKind
    start: int
    end: int
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that an article rests on.

    Attributes
    ----------
    outlet : str
        Name of the outlet; empty where the digest gives none.
    outlet_note : str
        The digest's description of the outlet, without its brackets.
    title : str
        Title in the original language and script.
    title_english : str
        Translated title; empty where the original is English.
    authors : tuple of str
        As written, one name each.
    published : date or None
        None: not given.
    url : str
        As written; empty where the digest gives none.
    language : str
        ISO 639-1 code of the title, or its script's usual language; empty where it is not known.
    excerpt : str
        The translated excerpt; paragraphs are parted by a blank line.
    """

    outlet: str = ""
    outlet_note: str = ""
    title: str = ""
    title_english: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    url: str = ""
    language: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered note; `mark` is the number as the text has it, without brackets ("iv")."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """Where an article's picture comes from; `attribution` holds its licence too."""

    caption: str = ""
    source: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a reader met and could not make sense of, or took out of the text.

    Attributes
    ----------
    line : int
        Line of the document, counted from 1.
    text : str
        The very words.
    reason : str
        Why they are not in a field, in words for a person.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """A theme of an article.

    Attributes
    ----------
    theme : str
        Id in the vocabulary.
    evidence : tuple of str
        The words of the text that decided it, as written; empty where the article's author gave it.
    """

    theme: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """One article of a digest.

    Attributes
    ----------
    body : str
        The commentary with its note marks ("[ii]"); paragraphs are parted by a blank line.
    published : date or None
        The article's own date or, where it has none, the latest of its sources. None: not known.
    language : str
        ISO 639-1 code of the body.
    themes : tuple of ThemeMatch
        The strongest first; empty before `annotation.annotate`, or where no theme fits.
    summary : str
        Two or three whole sentences; empty before `annotation.annotate`.
    gaps : tuple of Gap
        What the reader could not place. Not part of the article's identity.
    """

    title: str
    body: str = ""
    caption: str = ""
    quote: str = ""
    published: date | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    image: Image | None = None
    themes: tuple[ThemeMatch, ...] = ()
    summary: str = ""
    gaps: tuple[Gap, ...] = ()

    @cached_property
    def id(self) -> str:
        """Hash of the content, 16 hexadecimal digits.

        It depends on what the publisher wrote and not on what Dateline made of it: themes, summary, gaps
        and the sources' languages, which are mostly guessed, are left out, so that a better classifier
        or a better guess does not turn an article into another one.
        """
        content = asdict(self)
        for derived in ("themes", "summary", "gaps"):
            del content[derived]
        for source in content["sources"]:
            del source["language"]
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, default=date.isoformat)
        # Even an article that cannot be stored has an id to be told by: half a surrogate is let pass.
        return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()[:16]

    @cached_property
    def _composition(self) -> tuple[str, tuple[Section, ...]]:
        from articles.composition import compose

        return compose(self)

    @property
    def text(self) -> str:
        """The running text, from the title to the image's attribution."""
        return self._composition[0]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Which part of `text` is which; in order, without overlap, not all characters covered."""
        return self._composition[1]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Offsets of the whole sentences of `text`, end exclusive; none crosses a section's border."""
        from articles.sentences import split_sentences

        return tuple(
            (section.start + start, section.start + end)
            for section in self.sections
            for start, end in split_sentences(self.text[section.start : section.end])
        )

    def sentence_at(self, offset: int) -> tuple[int, int] | None:
        """Return the offsets of the sentence that holds the character at `offset`; None: between two."""
        number = bisect_right(self.sentences, offset, key=itemgetter(0)) - 1
        if number < 0 or offset >= self.sentences[number][1]:
            return None
        return self.sentences[number]

    def section_at(self, offset: int) -> Section | None:
        """Return the section that holds the character at `offset`; None: between two."""
        number = bisect_right(self.sections, offset, key=attrgetter("start")) - 1
        if number < 0 or offset >= self.sections[number].end:
            return None
        return self.sections[number]

    def to_json(self) -> dict[str, Any]:
        """Return the fields as plain JSON values; `from_json` reverses it."""
        content = asdict(self)
        content["published"] = self.published.isoformat() if self.published else None
        for source in content["sources"]:
            source["published"] = source["published"].isoformat() if source["published"] else None
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Article:
        """Build an article from what `to_json` returned."""
        return cls(
            title=content["title"],
            body=content["body"],
            caption=content["caption"],
            quote=content["quote"],
            published=_parse_date(content["published"]),
            authors=tuple(content["authors"]),
            language=content["language"],
            sources=tuple(
                Source(
                    **{
                        **source,
                        "authors": tuple(source["authors"]),
                        "published": _parse_date(source["published"]),
                    }
                )
                for source in content["sources"]
            ),
            notes=tuple(Note(**note) for note in content["notes"]),
            image=Image(**content["image"]) if content["image"] else None,
            themes=tuple(ThemeMatch(match["theme"], tuple(match["evidence"])) for match in content["themes"]),
            summary=content["summary"],
            gaps=tuple(Gap(**gap) for gap in content["gaps"]),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document held.

    Attributes
    ----------
    format : str
        Name of the format as which it was read: "digest", "markdown" or "text".
    articles : tuple of Article
        In the document's order; an article that stands there twice is here twice.
    gaps : tuple of Gap
        What belongs to no article. The gaps of an article are with the article.
    """

    format: str
    articles: tuple[Article, ...]
    gaps: tuple[Gap, ...] = ()


def _parse_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
