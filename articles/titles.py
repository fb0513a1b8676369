"""Which paragraphs look like titles, and how much they do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.citations import parse_citation
from articles.headings import MARK, Part
from articles.paragraphs import LINK
from articles.quotes import OPENING, has_stray_quote, is_enclosed
from articles.sentences import split_sentences

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph

LONG = 300
"""A paragraph of so many characters is commentary, not a title or a caption."""

LONGEST_TITLE = 200  # characters

LONGEST_APART = 400
"""Characters of a title that is marked or set apart, by room above it or by capitals."""

_LONGEST_QUOTE = 700
_LONGEST_PART = 40  # characters of the heading of an article's part

CERTAIN = 5
"""Points by `rate_titles` that are evidence enough for a title where none is due."""

BOLD_LEVEL = 7
"""The level of a line in bold, beneath Markdown's six."""

_LONGEST_MARKED = LONGEST_APART + 20  # characters, with the signs that make it a heading
_NAMES_PART = re.compile(
    r"[\s#*_]{0,6}(?:(?:executive\s+)?summary|abstract|overview|background|context|analysis|assessment|outlook"
    r"|comments?|commentary|key\s+points)\s*:?[\s#*_]{0,6}",
    re.IGNORECASE,
)
_HASHES = re.compile(r"(?:#{1,6}\s+)+(?P<bare>\S.*?)(?:\s+#+)?")
_BOLD = re.compile(r"(?P<sign>\*\*|__)(?P<bare>[^\s*_](?:[^*_]*[^\s*_])?)(?P=sign)")


def undecorate(text: str) -> str:
    """Return a line without the signs that make it a heading in Markdown, or set it in bold."""
    # Signs may be repeated at will: one match takes them all, in time proportional to the text.
    hashes = _HASHES.fullmatch(text)
    bare = hashes["bare"] if hashes else text
    bold = _BOLD.fullmatch(bare)
    return bold["bare"] if bold else bare


def heading_level(text: str) -> int:
    """Return the level at which a line is marked as a heading, Markdown's or `BOLD_LEVEL`; 0: it is not."""
    if len(text) > _LONGEST_MARKED or not text.startswith(("#", "**", "__")):
        return 0
    bare = undecorate(text)
    if bare == text or not any(map(str.isalpha, bare)):
        return 0
    level = len(text) - len(text.lstrip("#"))
    # What is long and in bold is a lead rather than a heading.
    longest = LONGEST_APART if level else LONGEST_TITLE
    return (level or BOLD_LEVEL) if len(bare) <= longest else 0


def is_pull_quote(text: str) -> bool:
    """Tell whether a paragraph is a quotation and nothing else; one of its quotes may be missing."""
    return len(text) <= _LONGEST_QUOTE and (is_enclosed(text) or has_stray_quote(text))


def names_part(text: str) -> bool:
    """Tell whether a line is the heading of an article's own part, such as "Summary", which names no article."""
    return len(text) <= _LONGEST_PART and _NAMES_PART.fullmatch(text) is not None


def is_title_like(text: str, longest: int = LONGEST_TITLE) -> bool:
    """Tell whether a paragraph may be a title: short, with letters, without a full stop or a link."""
    return (
        len(text) <= longest
        and any(map(str.isalpha, text))
        and not text.endswith((".", ",", ";", ":", "…", ".”", '."', ",”", ".’", ")"))
        and not LINK.search(text)
        and not MARK.match(text)
        and not is_pull_quote(text)
        and not text[:1].islower()
    )


def is_long_title(paragraphs: list[Paragraph], index: int, usual: int) -> bool:
    """Tell whether a paragraph too long for most titles may be one: set apart, a single sentence, with text behind.

    Parameters
    ----------
    paragraphs : list of Paragraph
    index : int
    usual : int
        Empty lines that part paragraphs where nothing else does.
    """
    paragraph = paragraphs[index]
    return (
        LONGEST_TITLE < len(paragraph.text) <= LONGEST_APART
        and index + 1 < len(paragraphs)
        and (paragraph.blanks > usual or has_capitals(paragraph.text))
        and is_title_like(paragraph.text, LONGEST_APART)
        and len(split_sentences(paragraph.text)) == 1
    )


def rate_titles(
    paragraphs: list[Paragraph], first: int, following: Part | None, usual: int
) -> dict[int, int]:
    """Rate the paragraphs from `first` on that may be titles: index to points."""
    scores = {}
    for index in range(max(first, 0), len(paragraphs)):
        text = paragraphs[index].text
        if not is_title_like(text) and not is_long_title(paragraphs, index, usual):
            continue
        if text.startswith(OPENING) or names_part(text) or belongs_to_citation(paragraphs, index):
            continue
        score = 2 * (paragraphs[index].blanks > usual) + 2 * has_capitals(text) + (following is Part.SOURCES)
        scores[index] = score + 2 * precedes_quote(paragraphs, index) + 2 * (undecorate(text) != text)
    return scores


def precedes_quote(paragraphs: list[Paragraph], index: int) -> bool:
    """Tell whether a pull quote stands behind a title, with no more than captions between."""
    ahead = paragraphs[index + 1 : index + 4]
    quotes = [at for at, paragraph in enumerate(ahead) if is_pull_quote(paragraph.text)]
    return bool(quotes) and all(len(paragraph.text) <= LONG for paragraph in ahead[: quotes[0]])


def belongs_to_citation(paragraphs: list[Paragraph], index: int) -> bool:
    """Tell whether a short paragraph is a source's title, whose citation goes on in the next."""
    if index + 1 == len(paragraphs):
        return False
    following = paragraphs[index + 1].text
    return (
        following.startswith("(")
        or bool(LINK.match(following))
        or parse_citation(paragraphs[index].text) is not None
    )


def has_capitals(text: str) -> bool:
    """Tell whether a text is set as titles are: Most Words With a Capital, or ALL OF THEM."""
    words = [word.strip("‘’“”\"'()") for word in text.split() if len(word) > 3]
    capitals = sum(word[:1].isupper() or word[:1].isdigit() for word in words)
    return len(words) > 1 and capitals * 10 >= len(words) * 7
