"""Lines into paragraphs, each with the line that it starts on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.dates import MONTH_NAME
from articles.model import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Signs that are not seen and part no words. The joiners U+200C and U+200D are spelling in Persian and
# other languages, and stay.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_CONTROL = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x0A}
_CLEANING = {**_CONTROL, **_INVISIBLE}
_SURROGATE = re.compile("[\ud800-\udfff]")

EDITORS_MARK = re.compile(r"[ ]?\[[A-Z]{2,3}[0-9]{1,2}\][ ]?")
"""A word processor's mark of a comment and its author, such as "[RG1]", with the spaces around it."""

_HEADER_WORD = (
    rf"OE\s*Watch|Foreign\s+Military\s+Studies\s+Office|FMSO|{MONTH_NAME}|Spring|Summer|Autumn|Fall|Winter"
    r"|Volume|Vol|Issue|No|Page|p|of|[0-9]{1,4}"
)
_PAGE_HEADER = re.compile(rf"(?:(?:{_HEADER_WORD})\b[\W_]{{0,8}})+", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:page\s+)?[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?\W{0,3}", re.IGNORECASE)
_LONGEST_HEADER = 80
_RULE = re.compile(r"([-_=*~–—•·])(?:\s?\1){2,}")
_ROOM = 2  # empty lines that a rule is worth

LINK = re.compile(
    r"(?:(?:https?|hxxps?|ftp)://|www\.)[^\s<>\"“”«»|\u200e\u200f\u202a-\u202e]+", re.IGNORECASE
)
"""A link, perhaps with the punctuation of the sentence that it ends; see `trim_link`."""

_LABEL = re.compile(
    r"\W{0,3}(?:sources?|references?|(?:end)?notes?|image(?:\s+information)?|photo|caption|attribution|credits?"
    r"|licen[cs]e)\b\s*:",
    re.IGNORECASE,
)

_WIDEST_WRAP = 130
_LONG_WORD = 40
_LINK_GOES_ON = re.compile(r"[-/_=&?%#+~]")
_LINK_PART = re.compile(r"[^\s“”«»\"()]*(?:[/_=&%]|-[^\s-]+-|\w\.\w)[^\s“”«»\"]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document.

    Attributes
    ----------
    line : int
        The line that it starts on, counted from 1.
    text : str
        On one line, single-spaced, without control characters.
    blanks : int
        Number of empty lines before it; 0: it follows the line before it directly.
    """

    line: int
    text: str
    blanks: int


def clean(text: str) -> str:
    """Turn white space and control characters into single spaces and drop what cannot be seen."""
    return " ".join(_SURROGATE.sub("\ufffd", text).translate(_CLEANING).split())


def numbered_lines(text: str) -> list[str]:
    r"""Split a text at line feeds alone: other separators are part of the prose that holds them.

    A text that has none but carriage returns is an old Macintosh's and is split there.
    """
    return text.split("\r" if "\r" in text and "\n" not in text else "\n")


def split_paragraphs(text: str) -> tuple[list[Paragraph], list[Gap]]:
    """Split a text into paragraphs.

    In a text whose lines are filled up to a common width a paragraph ends at an empty line or after a
    line that had room for the next word; in any other text each line is a paragraph. A link broken over
    two lines is made whole.

    Returns
    -------
    paragraphs : list of Paragraph
    gaps : list of Gap
        Page headers, page numbers and editors' marks, which are taken out; rules hold nothing to report.
    """
    gaps: list[Gap] = []
    lines = list(_take_out(_lines(text), gaps))
    width = _wrap_width(lines)
    paragraphs: list[Paragraph] = []
    joined: list[str] = []
    in_link = False
    for index, line in enumerate(lines):
        glue = _glue(lines[index - 1], line, width, in_link=in_link) if index else None
        # A link may be broken more than once.
        in_link = _ends_in_link(line.text) or (in_link and glue == "" and " " not in line.text)
        if glue is None:
            _close(paragraphs, joined)
            paragraphs.append(line)
            joined = [line.text]
        else:
            joined += [glue, line.text]
    _close(paragraphs, joined)
    return paragraphs, gaps


def usual_gap(paragraphs: list[Paragraph]) -> int:
    """Return how many empty lines part paragraphs where nothing else does: the fewest that are common."""
    counts = Counter(paragraph.blanks for paragraph in paragraphs if paragraph.blanks)
    return min((blanks for blanks, count in counts.items() if count * 8 >= counts.total()), default=0)


def trim_link(link: str) -> str:
    """Cut off the punctuation of the sentence that a link ends, but no bracket that it opens itself."""
    while link:
        last = link[-1]
        unmatched = (last == ")" and link.count("(") < link.count(")")) or (
            last == "]" and link.count("[") < link.count("]")
        )
        if last not in ".,;:!?'’‘}>،؛" and not unmatched:
            break
        link = link[:-1]
    return link


def _close(paragraphs: list[Paragraph], joined: list[str]) -> None:
    if len(joined) > 1:
        paragraphs[-1] = replace(paragraphs[-1], text="".join(joined))


def _lines(text: str) -> Iterator[Paragraph]:
    """Yield the lines that hold something."""
    blanks = 0
    for number, raw in enumerate(numbered_lines(text), 1):
        line = clean(raw)
        if not line:
            blanks += 1
            continue
        # A page that begins is a break, even where no empty line says so.
        yield Paragraph(number, line, blanks or ("\f" in raw[:1]))
        blanks = 0


def _take_out(lines: Iterable[Paragraph], gaps: list[Gap]) -> Iterator[Paragraph]:
    """Yield the lines without page headers and editors' marks, which become gaps, and without rules."""
    blanks = 0
    is_first = True
    for line in lines:
        if _RULE.fullmatch(line.text):
            # One right under a line underlines it.
            blanks = max(blanks, line.blanks + _ROOM if line.blanks or line.text[0] not in "=-" else 1)
            continue
        # Words at the end of a filled line may be the same as a header's.
        is_apart = is_first or line.blanks > 0 or "|" in line.text
        is_first = False
        if is_apart and (is_page_header(line.text) or _PAGE_NUMBER.fullmatch(line.text)):
            gaps.append(Gap(line.line, line.text, "the header or number of a page, no part of an article"))
            blanks = max(blanks, line.blanks)
            continue
        marks = [mark.strip() for mark in EDITORS_MARK.findall(line.text)]
        gaps += [Gap(line.line, mark, "an editor's mark, taken out of the text") for mark in marks]
        text = EDITORS_MARK.sub(_in_place_of_mark, line.text) if marks else line.text
        if text:
            yield Paragraph(line.line, text, max(blanks, line.blanks))
            blanks = 0
        else:
            blanks = max(blanks, line.blanks)


def is_page_header(line: str) -> bool:
    """Tell whether a line holds nothing but a digest's name, its date and a page's number."""
    if len(line) > _LONGEST_HEADER or "watch" not in line.lower():
        return False
    return _PAGE_HEADER.fullmatch(line) is not None


def _in_place_of_mark(mark: re.Match[str]) -> str:
    """Return the space that stays where an editor's mark is taken out, if any."""
    text, end = mark.string, mark.end()
    if mark.start() == 0 or end == len(text) or text[end] in "’'.,;:!?)”":
        return ""
    return " " if mark[0] != mark[0].strip() else ""


def _wrap_width(lines: list[Paragraph]) -> int:
    """Return the width up to which the lines of a text are filled; 0: they are not."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.blanks == 0]
    lengths = []
    for line in lines:
        long_words = [len(word) for word in line.text.split() if len(word) > _LONG_WORD]
        length = len(line.text) - sum(long_words)
        # A line that is stretched by a link says nothing of the width.
        if not long_words or length > _WIDEST_WRAP:
            lengths.append(length)
    width = max(lengths, default=0)
    if width > _WIDEST_WRAP or len(pairs) < 3:
        return 0
    filled = sum(_is_filled(a.text, b.text, width) for a, b in pairs)
    return width if filled * 2 >= len(pairs) else 0


def _is_filled(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted."""
    return len(line) + 1 + len(following.partition(" ")[0]) > 0.9 * width


def _glue(before: Paragraph, line: Paragraph, width: int, *, in_link: bool) -> str | None:
    """Return what joins a line to the one before it; None: it starts a paragraph."""
    if line.blanks:
        return None
    if in_link and _continues_link(before.text, line.text, wrapped=bool(width)):
        return ""
    if width and not _LABEL.match(line.text) and _is_filled(before.text, line.text, width):
        # "Russia-" + "backed": the hyphen stays, whoever set it.
        return "" if before.text[-1] == "-" and before.text[-2:-1].isalpha() else " "
    return None


def _ends_in_link(line: str) -> bool:
    return LINK.match(line.rpartition(" ")[2].lstrip("(<[")) is not None


def _continues_link(last: str, line: str, *, wrapped: bool) -> bool:
    """Tell whether a link at the end of a line goes on at the start of the next."""
    first, _, rest = line.partition(" ")
    if LINK.match(first) or (rest and not wrapped):
        return False
    if not _LINK_PART.fullmatch(first) and not _LINK_GOES_ON.match(first):
        # "…/politics-" promises more; after "…/politics/" prose may follow.
        return last[-1] in "-_=&?%" and first.isascii() and not first.endswith(":")
    return last[-1] not in ".,;"
