"""Titles that an issue numbers in a row, and what else is numbered in it: lists, in commentary and excerpts."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING

from articles.citations import parse_citation
from articles.headings import Part
from articles.numerals import read_numeral
from articles.paragraphs import LINK
from articles.quotes import OPENING
from articles.titles import BOLD_LEVEL, LONGEST_APART, LONGEST_TITLE, is_title_like
from articles.unmarked_titles import Place, UnmarkedTitles

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph
    from articles.stretches import Stretch

_NUMBER = re.compile(
    r"(?:(?:article|item|story|report|no\.|№)\s*)?[\[(]?(?P<number>[0-9]{1,3}|[IVX]{1,6})\s?(?:[.):\]]|\s[–—-])\s+(?=\S)",
    re.IGNORECASE,
)
_NUMBER_LEVEL = BOLD_LEVEL + 1  # any heading may be the title above a numbered line


@dataclass(frozen=True)
class Numbered:
    """A numbered line.

    Attributes
    ----------
    number : int
    sign : str
        The number as written, with what parts it from the title.
    title : Paragraph
        Without the sign.
    """

    place: Place
    number: int
    sign: str
    title: Paragraph

    @property
    def stretch(self) -> int:
        """Index of the stretch in which it stands."""
        return self.place.stretch


def find_numbered(
    stretches: list[Stretch], headings: dict[int, Paragraph], unmarked: UnmarkedTitles
) -> tuple[list[Numbered], set[int]]:
    """Find titles that are numbered in a row, each article's after the parts of the one before.

    Parameters
    ----------
    stretches : list of Stretch
    headings : dict
        Line to title, of an issue that marks its titles as headings; empty: it does not.
    unmarked : UnmarkedTitles

    Returns
    -------
    titles : list of Numbered
    inner : set of int
        Lines in a row that are none.
    """
    lines = _list_numbered(stretches, headings)
    listed = _find_listed(lines, stretches)
    by_number = _group([line for line in lines if line not in listed])
    ends = _group(_find_ends(lines, listed, stretches))
    rows = (
        _row(same[0], by_number, ends)
        for same in by_number.values()
        if stretches[same[0].stretch].part is None
    )
    row = max(rows, key=len, default=[])
    if len(row) < 2:
        return [], set()
    if headings:
        # Titles that are headings as well are numbered all or not at all.
        return (row if len(row) == len(headings) else []), set()
    if unmarked.stand_above([line.place for line in row]):
        return [], {line.title.line for line in row}
    return row, set()


def _list_numbered(stretches: list[Stretch], headings: dict[int, Paragraph]) -> list[Numbered]:
    """List the numbered lines of an issue; of one that marks its titles, those of the titles."""
    lines = []
    for number, stretch in enumerate(stretches):
        for index, paragraph in enumerate(stretch.paragraphs):
            bare = headings.get(paragraph.line) if headings else paragraph
            match = _NUMBER.match(bare.text) if bare else None
            if not bare or not match:
                continue
            figures, text = match["number"], bare.text[match.end() :]
            # "i." is a note's mark, "I." may be a title's.
            is_number = figures.isdecimal() or figures.isupper()
            if is_number and _may_be_title(text, stretch, index):
                lines.append(
                    Numbered(
                        Place(number, index, _NUMBER_LEVEL),
                        read_numeral(figures),
                        match[0].strip(),
                        replace(bare, text=text),
                    )
                )
    return lines


def _group(lines: list[Numbered]) -> dict[int, list[Numbered]]:
    by_number: dict[int, list[Numbered]] = {}
    for line in lines:
        by_number.setdefault(line.number, []).append(line)
    return by_number


def _row(
    first: Numbered, by_number: dict[int, list[Numbered]], ends: dict[int, list[Numbered]]
) -> list[Numbered]:
    """Return the titles whose numbers follow on the first one's; the ends of lists for want of others."""
    row = [first]
    while True:
        number = row[-1].number + 1
        for following in (by_number.get(number, []), ends.get(number, [])):
            at = bisect_right(following, row[-1].stretch, key=attrgetter("stretch"))
            if at < len(following):
                row.append(following[at])
                break
        else:
            return row


def _find_ends(lines: list[Numbered], listed: set[Numbered], stretches: list[Stretch]) -> list[Numbered]:
    """Find lines that end a list in an excerpt, by their numbers, and may be the next title's as well."""
    last = max((at for at, stretch in enumerate(stretches) if stretch.part is Part.SOURCES), default=0)
    # Behind such a line another title would be that of the article that follows.
    in_sources = {line.stretch for line in listed if stretches[line.stretch].part is Part.SOURCES}
    titles = {at: _last_title_like(stretches[at].paragraphs) for at in in_sources}
    ends = []
    for line, later in zip_longest(lines, lines[1:]):
        stretch = stretches[line.stretch]
        goes_on = later is not None and later.stretch == line.stretch and later.number == line.number + 1
        if line not in listed or goes_on or stretch.part is not Part.SOURCES or line.stretch == last:
            continue
        if line.place.index > titles[line.stretch]:
            ends.append(line)
    return ends


def _last_title_like(paragraphs: list[Paragraph]) -> int:
    """Return the index of the last paragraph that may be a title; -1: none may."""
    return max(
        (index for index, paragraph in enumerate(paragraphs) if is_title_like(paragraph.text)), default=-1
    )


def _find_listed(lines: list[Numbered], stretches: list[Stretch]) -> set[Numbered]:
    """Return the lines of lists: the next one in the same part has the next number."""
    listed: set[Numbered] = set()
    for line, later in pairwise(lines):
        if later.stretch == line.stretch and later.number == line.number + 1:
            listed |= {line, later}
    # Behind the notes of an article, "2." may be the next title's.
    for line, later in zip_longest(lines, lines[1:]):
        is_last = later is None or later.stretch != line.stretch
        if is_last and stretches[line.stretch].part is Part.NOTES:
            listed.discard(line)
    return listed


def _may_be_title(text: str, stretch: Stretch, index: int) -> bool:
    """Tell whether what follows a number may be a title with an article behind it."""
    return (
        (len(text) <= LONGEST_TITLE or is_title_like(text, LONGEST_APART))
        and index + 1 < len(stretch.paragraphs)
        and not text.startswith(OPENING)
        and not LINK.search(text)
        and (is_title_like(text) or parse_citation(text) is None)
    )
