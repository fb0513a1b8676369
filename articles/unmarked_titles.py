"""Unmarked titles above marked lines: what is marked is then an article's own, a subheading or the like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.headings import Part
from articles.heads import names_byline, names_section
from articles.stretches import end_of_image
from articles.title_search import end_of_citations, may_be_title
from articles.titles import (
    CERTAIN,
    belongs_to_citation,
    heading_level,
    is_pull_quote,
    is_title_like,
    names_part,
    rate_titles,
)

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph
    from articles.stretches import Stretch

_SHORTEST = 3  # words of a title right above a marked line; what is shorter names a section


@dataclass(frozen=True)
class Place:
    """Where a marked line stands.

    Attributes
    ----------
    stretch : int
        Index of its stretch.
    index : int
        Of its paragraph in the stretch.
    level : int
        Headings at another level may be titles above it.
    """

    stretch: int
    index: int
    level: int


@dataclass(frozen=True)
class _Above:
    """What stands above a marked line: whether there may be a title, and whether it is beyond doubt."""

    is_possible: bool = False
    is_certain: bool = False


class UnmarkedTitles:
    """Finds titles above the marked lines of an issue.

    Parameters
    ----------
    stretches : list of Stretch
    usual : int
        Empty lines that part paragraphs where nothing else does.
    """

    def __init__(self, stretches: list[Stretch], usual: int) -> None:
        self._stretches = stretches
        self._usual = usual
        # A title stands once; the name of a section may stand above each of its articles.
        self._counts = Counter(
            paragraph.text
            for stretch in stretches
            for paragraph in stretch.paragraphs
            if is_title_like(paragraph.text)
        )

    def stand_above(self, places: list[Place]) -> bool:
        """Tell whether unmarked titles stand above marked lines of one kind, each alone between parts."""
        above = [self._look_above(place) for place in places]
        if all(sign.is_possible for sign in above):
            return True
        # Before the first heading a masthead and a preface look like a title and its commentary.
        opens = self._stretches[places[0].stretch].part is None
        is_top = opens and not self._has_text_above(places[0])
        voting = above[1:] if opens and not is_top else above
        return sum(sign.is_certain for sign in voting) * 2 > len(voting)

    def _has_text_above(self, place: Place) -> bool:
        return any(
            not heading_level(paragraph.text)
            for paragraph in self._stretches[place.stretch].paragraphs[: place.index]
        )

    def _look_above(self, place: Place) -> _Above:
        stretch = self._stretches[place.stretch]
        following = (
            self._stretches[place.stretch + 1].part if place.stretch + 1 < len(self._stretches) else None
        )
        first = _first_of_head(stretch, place.index)
        possible = []
        has_prose = False
        for index in range(place.index - 1, first - 1, -1):
            if self._may_be_title(stretch.paragraphs, index, place, has_prose=has_prose):
                possible.append(index)
            text = stretch.paragraphs[index].text
            has_prose = has_prose or not (is_title_like(text) or is_pull_quote(text))
        scores = rate_titles(stretch.paragraphs[: place.index + 4], first, following, self._usual)
        # A heading of an excerpt may be marked as well.
        plain = (index for index in possible if not heading_level(stretch.paragraphs[index].text))
        return _Above(bool(possible), any(scores.get(index, 0) >= CERTAIN for index in plain))

    def _may_be_title(
        self, paragraphs: list[Paragraph], index: int, place: Place, *, has_prose: bool
    ) -> bool:
        """Tell whether a paragraph may be the title of the article that a marked line belongs to."""
        text = paragraphs[index].text
        if not may_be_title(text) or self._counts[text] > 1:
            return False
        level = heading_level(text)
        # What is marked right above it names a section, and so may a word or two.
        fits = not level or (has_prose and level != place.level)
        return (
            fits
            and (has_prose or len(text.split()) >= _SHORTEST)
            and not names_byline(text)
            and not names_part(text)
            and not names_section(paragraphs[index : index + 3])
            and not belongs_to_citation(paragraphs, index)
        )


def _first_of_head(stretch: Stretch, end: int) -> int:
    """Return the first paragraph before `end` that may be of another article than the one before."""
    if stretch.part is Part.SOURCES:
        return end_of_citations(stretch.paragraphs[:end])
    return end_of_image(stretch.paragraphs) if stretch.part is Part.IMAGE else 0
