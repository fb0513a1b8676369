"""The part of an article before its first heading: title, caption, pull quote, commentary."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.dates import parse_date
from articles.model import Gap
from articles.quotes import OPENING, strip_quotes
from articles.sentences import split_sentences
from articles.titles import LONGEST_APART, LONGEST_TITLE, is_pull_quote, is_title_like, names_part, undecorate

if TYPE_CHECKING:
    from datetime import date

    from articles.paragraphs import Paragraph

BODY_MARK = re.compile(r"\[([ivxlc]{1,8}|[0-9]{1,3})\]")
"""A note's mark in running text."""

BYLINE = re.compile(r"(?i:by)\s+(?P<names>[^\W\d_a-z][^0-9:;!?“”\"]{2,80})")
_NAMES = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")

_LONGEST_CAPTION = 400
_REACH = 5  # paragraphs after the title in which caption, byline and pull quote are looked for


@dataclass
class Head:
    """What was found before an article's first heading.

    Attributes
    ----------
    marks : list of (int, str)
        Line and mark of each note that the commentary calls.
    """

    title: str = ""
    caption: str = ""
    quote: str = ""
    body: str = ""
    published: date | None = None
    authors: tuple[str, ...] = ()
    gaps: list[Gap] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)


def read_head(paragraphs: list[Paragraph], *, image_caption: str) -> Head:
    """Read the paragraphs before an article's first heading.

    Parameters
    ----------
    paragraphs : list of Paragraph
    image_caption : str
        The caption as the picture's section repeats it; tells the caption from the commentary.
    """
    head = Head()
    if not paragraphs:
        return head
    rest = _read_title(head, list(paragraphs), image_caption)
    rest = _read_byline(head, rest)
    quote = _find_quote(rest)
    if quote is not None:
        first, last = quote
        _read_caption(head, rest[:first], image_caption)
        head.quote = strip_quotes(" ".join(paragraph.text for paragraph in rest[first:last]))
        rest = rest[last:]
    elif rest and _is_caption(rest, image_caption):
        head.caption = rest[0].text
        rest = rest[1:]
    head.body = _join(rest)
    head.marks = [(paragraph.line, mark) for paragraph in rest for mark in BODY_MARK.findall(paragraph.text)]
    return head


def _read_title(head: Head, paragraphs: list[Paragraph], image_caption: str) -> list[Paragraph]:
    """Take the title and return the paragraphs behind it."""
    first = paragraphs[0] = replace(paragraphs[0], text=undecorate(paragraphs[0].text))
    if names_section(paragraphs):
        head.gaps.append(Gap(first.line, first.text, "stands before the title, perhaps a section's name"))
        return _read_title(head, paragraphs[1:], image_caption)
    is_alone = len(paragraphs) == 1
    is_too_long = len(first.text) > LONGEST_TITLE and (is_alone or not _is_long_title(first.text))
    if is_too_long or (is_pull_quote(first.text) and not is_alone and not is_title_like(first.text)):
        head.title = " ".join(first.text.split()[:10]).rstrip(".,;:")
        head.gaps.append(Gap(first.line, head.title, "no title stands here; the first words are used"))
        return paragraphs
    lines = [strip_quotes(first.text, opening_only=True) if is_pull_quote(first.text) else first.text]
    # A title may go on in the next line, where no empty line parts them.
    for following in paragraphs[1:3]:
        length = sum(map(len, lines)) + len(following.text)
        if following.blanks or length > LONGEST_TITLE or following.text == image_caption:
            break
        if not is_title_like(following.text) and not (following.text[:1].islower() and length < 120):
            break
        if (
            names_part(following.text)
            or BYLINE.fullmatch(following.text)
            or parse_date(following.text)
            or following.text.endswith(".")
        ):
            break
        lines.append(following.text)
    head.title = " ".join(lines)
    return paragraphs[len(lines) :]


def _is_long_title(text: str) -> bool:
    """Tell whether an article's first paragraph, too long for most titles, is one by its look."""
    return is_title_like(text, LONGEST_APART) and len(split_sentences(text)) == 1


def names_section(paragraphs: list[Paragraph]) -> bool:
    """Tell whether an issue's section ("AFRICA") is named above the title."""
    name = paragraphs[0].text
    return (
        name.isupper()
        and len(name.split()) <= 3
        and len(paragraphs) > 2
        and paragraphs[1].blanks > 0
        and is_title_like(paragraphs[1].text)
        and not paragraphs[1].text.isupper()
        and (
            is_title_like(paragraphs[2].text)
            or paragraphs[2].text.endswith(".")
            or len(paragraphs[2].text) > len(paragraphs[1].text)
        )
    )


def _read_byline(head: Head, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Take authors and the article's own date out of the first paragraphs and, for authors, the last."""
    rest = []
    for index, paragraph in enumerate(paragraphs):
        is_near = index < _REACH or index == len(paragraphs) - 1
        text = undecorate(paragraph.text)
        byline = BYLINE.fullmatch(text) if is_near else None
        if byline and not head.authors and _is_names(byline["names"]):
            head.authors = tuple(filter(None, _NAMES.split(byline["names"].strip(" ."))))
        elif index < _REACH and head.published is None and (own := parse_date(text)):
            head.published = own
        else:
            rest.append(paragraph)
    return rest


def names_byline(text: str) -> bool:
    """Tell whether a line, in bold perhaps, names an article's authors or its day."""
    bare = undecorate(text)
    byline = BYLINE.fullmatch(bare)
    return (byline is not None and _is_names(byline["names"])) or parse_date(bare) is not None


def _is_names(text: str) -> bool:
    words = [
        word
        for word in text.split()
        if word not in {"and", "&", "de", "van", "von", "al", "bin", "del", "la"}
    ]
    return len(words) <= 12 and all(word[0].isupper() for word in words if word[0].isalpha())


def _find_quote(paragraphs: list[Paragraph]) -> tuple[int, int] | None:
    """Return where the pull quote stands (first paragraph, end exclusive); None: there is none."""
    for index, paragraph in enumerate(paragraphs[:_REACH]):
        text = paragraph.text
        if len(text) > _LONGEST_CAPTION and not is_pull_quote(text):
            return None
        # A quotation that is all there is would leave the article without commentary.
        if is_pull_quote(text):
            goes_on = text.startswith(OPENING) and not text.rstrip(".,").endswith(("”", '"', "»"))
            following = paragraphs[index + 1 : index + 2]
            if (
                goes_on
                and following
                and following[0].text.endswith(("”", '"', "»"))
                and is_pull_quote(following[0].text)
            ):
                return index, index + 2
            return index, index + 1
    return None


def _read_caption(head: Head, paragraphs: list[Paragraph], image_caption: str) -> None:
    """Take the caption from what stands between title and pull quote; there is room for one."""
    known = [index for index, paragraph in enumerate(paragraphs) if paragraph.text == image_caption]
    chosen = known[0] if known else len(paragraphs) - 1
    for index, paragraph in enumerate(paragraphs):
        if index == chosen:
            head.caption = paragraph.text
        else:
            head.gaps.append(Gap(paragraph.line, paragraph.text, "stands between the title and the caption"))


def _is_caption(paragraphs: list[Paragraph], image_caption: str) -> bool:
    """Tell whether the first paragraph behind a title without a pull quote is the picture's caption."""
    text = paragraphs[0].text
    if text == image_caption:
        return True
    if len(paragraphs) < 2 or len(text) > _LONGEST_CAPTION or BODY_MARK.search(text) or names_part(text):
        return False
    return paragraphs[1].blanks > paragraphs[0].blanks or is_title_like(text)


def _join(paragraphs: list[Paragraph]) -> str:
    """Join paragraphs; one that a page's end cut in the middle of a sentence is made whole."""
    body = ""
    for paragraph in paragraphs:
        is_cut = body[-1:].isalpha() and paragraph.text[:1].islower()
        body = f"{body}{' ' if is_cut else chr(10) * 2}{paragraph.text}" if body else paragraph.text
    return body
