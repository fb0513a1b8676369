"""Titles that an issue marks itself: Markdown's headings, lines in bold, numbers in a row.

What marks a subheading, a section or a list as well is told by what stands around it: an article has sources,
notes or a picture under headings of their own, its title stands once, and no other one above it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.heads import names_byline
from articles.model import Gap
from articles.numbered_titles import find_numbered
from articles.titles import (
    BOLD_LEVEL,
    LONGEST_APART,
    heading_level,
    is_pull_quote,
    is_title_like,
    names_part,
    undecorate,
)
from articles.unmarked_titles import Place, UnmarkedTitles

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph
    from articles.stretches import Stretch


@dataclass(frozen=True)
class Marks:
    """What an issue marks.

    Attributes
    ----------
    titles : dict
        Line to the title's paragraph without what marks it; empty: it marks none, or a single one.
    gaps : tuple of Gap
        Numbers that were taken out of titles, and names of sections above them.
    sections : frozenset of int
        Lines of the sections' names.
    inner : frozenset of int
        Lines that are marked and no titles: subheadings, bylines, days.
    """

    titles: dict[int, Paragraph]
    gaps: tuple[Gap, ...] = ()
    sections: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Headed:
    """A line that is a heading, Markdown's or in bold.

    Attributes
    ----------
    position : int
        Among all paragraphs.
    place : Place
    """

    position: int
    place: Place
    paragraph: Paragraph


def find_marks(stretches: list[Stretch], usual: int) -> Marks:
    """Find the titles that an issue marks.

    Parameters
    ----------
    stretches : list of Stretch
    usual : int
        Empty lines that part paragraphs where nothing else does.
    """
    unmarked = UnmarkedTitles(stretches, usual)
    found = _find_headings(stretches, unmarked)
    if found.titles and _stand_beneath_numbers(found.titles, stretches, unmarked):
        found = Marks({}, inner=found.inner | found.titles.keys())
    numbered, inner = find_numbered(stretches, found.titles, unmarked)
    titles, gaps = dict(found.titles), list(found.gaps)
    for line in numbered:
        titles[line.title.line] = line.title
        gaps.append(Gap(line.title.line, line.sign, "the article's number, taken out of its title"))
    return replace(found, titles=titles, gaps=tuple(gaps), inner=found.inner | inner)


def _stand_beneath_numbers(
    titles: dict[int, Paragraph], stretches: list[Stretch], unmarked: UnmarkedTitles
) -> bool:
    """Tell whether a numbered title stands above each heading: they are subheadings then."""
    row, _ = find_numbered(stretches, {}, unmarked)
    numbered = {line.stretch: line.title.line for line in row}
    last = max((paragraph.line for stretch in stretches for paragraph in stretch.paragraphs), default=0)
    return all(
        numbered.get(number, last) < paragraph.line
        for number, stretch in enumerate(stretches)
        for paragraph in stretch.paragraphs
        if paragraph.line in titles
    )


def _find_headings(stretches: list[Stretch], unmarked: UnmarkedTitles) -> Marks:
    """Find the level at which headings are articles' titles."""
    lines, inner, size = _list_headings(stretches)
    if len(lines) < 2:
        return Marks({}, inner=frozenset(inner))
    texts = Counter(line.paragraph.text for line in lines)
    last = len(stretches) - 1
    has_parts = last > 0
    naming = _name_sections(lines)
    best: list[_Headed] = []
    best_count = 1
    for level in range(1, BOLD_LEVEL + 1):
        borders = [line for line in lines if line.place.level <= level and texts[line.paragraph.text] == 1]
        ends = dict(pairwise(borders))
        # What another heading follows at once names a section.
        own = [line for line in borders if line.place.level == level and line not in naming]
        whole = [
            line
            for line in own
            if not has_parts or (ends[line].place.stretch if line in ends else last) > line.place.stretch
        ]
        enough = len(own) if level == BOLD_LEVEL or not has_parts else (len(own) + 1) // 2
        if len(whole) <= best_count or len(whole) < enough or not (has_parts or _leads(own, level, size)):
            continue
        if has_parts and unmarked.stand_above([line.place for line in whole]):
            inner |= {line.paragraph.line for line in own}
        else:
            best, best_count = own, len(whole)
    return _mark(best, lines, naming, inner)


def _list_headings(stretches: list[Stretch]) -> tuple[list[_Headed], set[int], int]:
    """List the headings of an issue.

    Returns
    -------
    headings : list of _Headed
    bylines : set of int
        Lines of authors' names, days and headings like "Summary" beneath titles, which are none.
    size : int
        Number of all paragraphs.
    """
    headings: list[_Headed] = []
    bylines: set[int] = set()
    position = 0
    for number, stretch in enumerate(stretches):
        for index, paragraph in enumerate(stretch.paragraphs):
            if level := heading_level(paragraph.text):
                if names_byline(paragraph.text) or _heads_part(stretch.paragraphs, index):
                    bylines.add(paragraph.line)
                else:
                    headings.append(_Headed(position, Place(number, index, level), paragraph))
            position += 1
    return headings, bylines, position


def _heads_part(paragraphs: list[Paragraph], index: int) -> bool:
    """Tell whether a line is a heading such as "Summary" right beneath a title, its caption or its pull quote."""
    above = paragraphs[index - 1].text if index else ""
    return names_part(paragraphs[index].text) and (
        is_title_like(above, LONGEST_APART) or heading_level(above) > 0 or is_pull_quote(above)
    )


def _mark(best: list[_Headed], lines: list[_Headed], naming: set[_Headed], inner: set[int]) -> Marks:
    """Return the marks of an issue whose titles are headings; without any, nothing names a section."""
    level = best[0].place.level if best else 0
    above = [
        line for line in lines if line.place.level < level or (line.place.level == level and line in naming)
    ]
    return Marks(
        {line.paragraph.line: _bare(line.paragraph) for line in best},
        tuple(
            Gap(
                line.paragraph.line,
                undecorate(line.paragraph.text),
                "stands above a title, perhaps a section's name",
            )
            for line in above
        ),
        frozenset(line.paragraph.line for line in above),
        frozenset(inner),
    )


def _leads(lines: list[_Headed], level: int, size: int) -> bool:
    """Tell whether a text without sources is nothing but articles under first headings, each with some text."""
    borders = [line.position for line in lines] + [size]
    return level == 1 and borders[0] == 0 and all(b - a > 1 for a, b in pairwise(borders))


def _name_sections(lines: list[_Headed]) -> set[_Headed]:
    """Return the headings that another one beneath them follows at once."""
    return {
        line
        for line, later in pairwise(lines)
        if later.position == line.position + 1
        and later.place.stretch == line.place.stretch
        and later.place.level > line.place.level
    }


def _bare(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, text=undecorate(paragraph.text))
