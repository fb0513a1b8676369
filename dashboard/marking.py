"""An article's text with its places marked, as HTML in which every character of the text is escaped."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from dashboard.cards import NOTE_MARK, ROLES
from dashboard.markup import element, legible
from dashboard.searching import PARAGRAPH_END, find_hits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.model import Article, Section
    from geodata.model import Resolution

    Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that is shown in another way.

    Attributes
    ----------
    start, end : int
        Character offsets into the article's text, end exclusive.
    html : Markup
        What stands in its place.
    """

    start: int
    end: int
    html: Markup


def mark_section(
    article: Article,
    section: Section,
    resolutions: Sequence[Resolution],
    *,
    labels: Mapping[str, str] | None = None,
    needles: Sequence[str] = (),
) -> Markup:
    """Return a section's paragraphs with places and note marks marked.

    Parameters
    ----------
    resolutions : sequence of Resolution
        Those of the whole article, in any order. Of two that overlap the first is marked, of two that start
        together the longer.
    labels : mapping, optional
        Id of a place → how it is called, such as "Mastung, Balochistan, Pakistan".
    needles : sequence of str
        What is searched, as of `searching.parse_query`; it is marked as well, in names of places too.
    """
    begin = section.start
    # Of the section alone: an article with a hundred excerpts would be searched a hundred times.
    hits = [(begin + at, begin + end) for at, end in find_hits(article.text[begin : section.end], needles)]
    inside = [found for found in resolutions if section.start <= found.mention.start < section.end]
    marks = _places(article, inside, labels or {}, hits) + _note_marks(article, section)
    chosen = _without_overlap(marks)
    paragraphs, start = [], begin
    for end, after in _paragraph_ends(article.text, section):
        shown = [mark for mark in chosen if start <= mark.start < end]
        paragraphs.append(element("p", _fill(article.text, start, end, shown, hits), dir="auto"))
        start = after
    return Markup("\n").join(paragraphs)


def _places(
    article: Article, resolutions: Sequence[Resolution], labels: Mapping[str, str], hits: Sequence[Span]
) -> list[Mark]:
    marks = []
    for resolution in resolutions:
        mention, place = resolution.mention, resolution.place
        if place is None:
            label = f"Not placed: {resolution.reasons[0]}" if resolution.reasons else "Not placed"
            kind = "unplaced"
        else:
            role = resolution.role.value
            label = f"{labels.get(place.id, place.name)} · {ROLES[role].lower()}"
            kind = role
        words = article.text[mention.start : mention.end]
        html = element(
            "span",
            _words(article.text, mention.start, mention.end, hits),
            class_=f"dl-mention dl-mention-{kind}",
            tabindex="0",
            data_label=label,
            aria_label=f"{legible(words)}: {label}",
            role="note",
        )
        marks.append(Mark(mention.start, mention.end, html))
    return marks


def _note_marks(article: Article, section: Section) -> list[Mark]:
    known = {note.mark for note in article.notes}
    return [
        Mark(
            match.start(),
            match.end(),
            element("sup", element("a", match[1], href=f"#note-{match[1]}", aria_label=f"Note {match[1]}")),
        )
        for match in NOTE_MARK.finditer(article.text, section.start, section.end)
        if match[1] in known
    ]


def _without_overlap(marks: Sequence[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _paragraph_ends(text: str, section: Section) -> list[tuple[int, int]]:
    """Return where each paragraph ends and where the next one starts."""
    ends = [
        (match.start(), match.end()) for match in PARAGRAPH_END.finditer(text, section.start, section.end)
    ]
    return [*ends, (section.end, section.end)]


def _fill(text: str, start: int, end: int, marks: Sequence[Mark], hits: Sequence[Span]) -> Markup:
    parts, position = [], start
    for mark in marks:
        parts += [_words(text, position, mark.start, hits), mark.html]
        position = mark.end
    parts.append(_words(text, position, end, hits))
    return Markup("").join(parts)


def _words(text: str, start: int, end: int, hits: Sequence[Span]) -> Markup:
    """Return a stretch of the text with the hits in it; one that goes on beyond it is marked on both sides."""
    parts, position = [], start
    for number in range(bisect_right(hits, start, key=itemgetter(1)), len(hits)):
        first, last = max(hits[number][0], start), min(hits[number][1], end)
        if first >= end:
            break
        parts += [escape(legible(text[position:first])), element("mark", text[first:last], class_="dl-hit")]
        position = last
    return Markup("").join([*parts, escape(legible(text[position:end]))])
