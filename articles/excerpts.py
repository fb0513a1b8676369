"""The Sources section: citations and, under each, its translated excerpt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.citations import opens_citation, parse_broken_citation, parse_citation
from articles.dates import infer_year
from articles.model import Gap, Source
from articles.paragraphs import LINK
from articles.quotes import OPENING

if TYPE_CHECKING:
    from articles.citations import Citation
    from articles.paragraphs import Paragraph

_MOST_PARAGRAPHS = 4  # over which a citation may be spread
_LONGEST_PIECE = 400  # characters of a paragraph that is only the beginning of a citation
# A list's bullet or number; a year is none.
_BULLET = re.compile(r"(?:[-*•–·]|\(?[0-9]{1,3}[.)]|\[[0-9]{1,3}\])\s+")
_SENTENCE_ENDS = (".", "…", "!", ".”", "…”", '."', ".’")


@dataclass
class _Found:
    """A citation, the line that it starts on and the paragraphs of its excerpt."""

    line: int
    citation: Citation
    excerpt: list[str] = field(default_factory=list)


def read_sources(paragraphs: list[Paragraph]) -> tuple[tuple[Source, ...], list[Gap]]:
    """Read the paragraphs of a Sources section.

    Returns
    -------
    sources : tuple of Source
    gaps : list of Gap
        Dates that are incomplete, citations that break off, and what fits no field.
    """
    found: list[_Found] = []
    gaps: list[Gap] = []
    bare = strip_bullets(paragraphs)
    is_list = False
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        has_bullet = bare[index] is not paragraph
        citation, length = find_citation(bare, index)
        if citation is None and _is_broken(bare, index, is_first=not found, is_listed=is_list and has_bullet):
            citation, length = parse_broken_citation(bare[index].text), 1
            gaps.append(Gap(paragraph.line, paragraph.text, "the citation of this source is incomplete"))
        if citation is not None:
            is_list = is_list or has_bullet
            found.append(_Found(paragraph.line, citation, [citation.rest] if citation.rest else []))
            gaps += [Gap(paragraph.line, text, "fits no field of a source") for text in citation.leftovers]
        elif found:
            found[-1].excerpt.append(paragraph.text)
        else:
            gaps.append(Gap(paragraph.line, paragraph.text, "stands before the first source"))
        index += max(length, 1)
    sources = [replace(item.citation.source, excerpt="\n\n".join(item.excerpt)) for item in found]
    return tuple(_complete_dates(sources, found, gaps)), gaps


def strip_bullets(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return paragraphs without the bullets and numbers of a list of sources; those that have none as they are."""
    return [
        replace(paragraph, text=paragraph.text[bullet.end() :])
        if (bullet := _BULLET.match(paragraph.text))
        else paragraph
        for paragraph in paragraphs
    ]


def find_citation(paragraphs: list[Paragraph], index: int) -> tuple[Citation | None, int]:
    """Return the citation that starts at a paragraph without bullet and the number of paragraphs it takes."""
    text = paragraphs[index].text
    citation = parse_citation(text)
    if citation is not None and not (citation.is_titled or citation.source.url):
        citation = None
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    if citation is not None:
        # The link may stand in a paragraph of its own.
        if not citation.source.url and LINK.match(following) and " " not in following:
            return parse_citation(f"{text} {following}") or citation, 2
        return citation, 1
    if len(text) > _LONGEST_PIECE or (text.endswith(_SENTENCE_ENDS) and not opens_citation(following)):
        return None, 1
    return _find_spread(paragraphs, index)


def _find_spread(paragraphs: list[Paragraph], index: int) -> tuple[Citation | None, int]:
    """Return a citation that is spread over several paragraphs, as by a title in another script."""
    text = paragraphs[index].text
    if not opens_citation(text) and not paragraphs[index + 1 : index + 2]:
        return None, 1
    for length in range(2, _MOST_PARAGRAPHS + 1):
        if index + length > len(paragraphs):
            break
        piece = paragraphs[index + length - 1]
        alone = parse_citation(piece.text)
        # What is a citation by itself begins another source.
        if alone is not None and alone.is_titled and not piece.text.startswith("("):
            break
        goes_on = piece.text.startswith("(") or LINK.match(piece.text)
        if not goes_on and not (opens_citation(text) and piece.blanks == 0):
            break
        text = f"{text} {piece.text}"
        citation = parse_citation(text)
        if citation is not None and citation.is_titled:
            return citation, length
    return None, 1


def _is_broken(paragraphs: list[Paragraph], index: int, *, is_first: bool, is_listed: bool) -> bool:
    """Tell whether a paragraph is a citation whose end is missing.

    One that has a bullet in a list of sources, `is_listed`, need not be the last one.
    """
    text = paragraphs[index].text
    if len(text) > _LONGEST_PIECE:
        return False
    if is_first:
        return opens_citation(text)
    is_apart = index == len(paragraphs) - 1 and paragraphs[index].blanks > 1
    never_closed = text.startswith(OPENING) and not any(mark in text[1:] for mark in ("”", '"', "»"))
    return (is_apart or is_listed) and never_closed and not text.endswith(_SENTENCE_ENDS)


def _complete_dates(sources: list[Source], found: list[_Found], gaps: list[Gap]) -> list[Source]:
    """Infer the years that citations leave out, and report each."""
    known = [source.published for source in sources if source.published]
    for position, item in enumerate(found):
        mention = item.citation.date
        if mention is None or mention.year is not None:
            continue
        source = sources[position]
        year = infer_year(mention, url=source.url, others=known)
        if year is None:
            reason = "a date without a year; nothing says which"
        else:
            sources[position] = replace(source, published=mention.in_year(year))
            reason = f"a date without a year; {year} is inferred from the link or the other sources"
        gaps.append(Gap(item.line, item.citation.date_text, reason))
    return sources
