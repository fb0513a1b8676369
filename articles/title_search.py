"""The title of an article that must begin somewhere between two headings of the same kind.

A second "Sources:" is no part of the article before it, or heads a further source of it. What tells is the text
between: behind the last citation stands its excerpt and, if another article begins, a title and commentary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.dates import find_dates, parse_date
from articles.excerpts import find_citation, strip_bullets
from articles.headings import Part
from articles.heads import BODY_MARK, BYLINE, names_section
from articles.paragraphs import LINK
from articles.quotes import OPENING
from articles.sentences import split_sentences
from articles.titles import (
    LONG,
    LONGEST_TITLE,
    belongs_to_citation,
    has_capitals,
    is_long_title,
    is_pull_quote,
    is_title_like,
    names_part,
    precedes_quote,
    undecorate,
)

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph
    from articles.stretches import Stretch

_SURE = 3  # points that make a title even where "Source" heads each further source as well
_LIKELY = 2  # and those that make one, though with a doubt
_DIRECT = 3  # of what follows a citation directly: an excerpt hardly ever begins so
_STOPPED = -3  # of a short sentence with its full stop, which is a title only for want of a better
_LONGEST_REFERENCE = 250  # characters of a line that names a source in a form of its own
_LONG_LINE = 120  # characters without a full stop that are commentary rather than a caption
# What a digest's commentary says of its sources and an excerpt never of itself; notes are called nowhere else.
_COMMENTARY = re.compile(
    r"\[(?:i{1,3}|iv|v|[1-5])\]|\bexcerpted\b|\b(?:accompanying|first|second)\s+(?:excerpt|article)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to.

    Attributes
    ----------
    index : int or None
        The title's paragraph; None: no title is to be seen.
    doubt : str
        Why it may be wrong, in words for a person; empty: it hardly is.
    """

    index: int | None
    doubt: str = ""


def find_title(stretch: Stretch, following: Stretch | None, usual: int, *, heads_each: bool) -> Found | None:
    """Find where another article begins in a stretch of sources.

    Parameters
    ----------
    stretch : Stretch
        The sources.
    following : Stretch or None
        What should have come before them in the same article.
    usual : int
        Empty lines that part paragraphs where nothing else does.
    heads_each : bool
        Whether the issue heads each source of an article by "Source": less is then believed.

    Returns
    -------
    Found or None
        None: nothing stands behind the last source that could be an article.
    """
    paragraphs = stretch.paragraphs
    first = end_of_citations(paragraphs)
    if first >= len(paragraphs):
        return None
    is_one = following is not None and following.part is Part.SOURCES and heads_one(following)
    if following is not None and following.part is Part.IMAGE and may_be_title(paragraphs[-1].text):
        return Found(len(paragraphs) - 1)
    points = _rate(stretch, first, usual)
    likely, sure = _thresholds(is_one=is_one, heads_each=heads_each)
    if not points:
        return _find_bare(paragraphs, is_one=is_one)
    # An excerpt has headings of its own more often than a commentary has: of equals the last.
    best = max(points, key=lambda index: (points[index], index))
    run = _run(points, best)
    # A caption full of names has capitals, too.
    best = next(index for index in run if points[index] >= points[best] - 1)
    is_sentence = paragraphs[best].text.endswith(".")
    if points[best] < likely:
        is_nothing = heads_each and is_sentence
        return None if is_nothing else Found(None, f"“{paragraphs[best].text}” may be its title")
    # An excerpt hardly ever begins with a title, but where there is another one, that may be it.
    enough = points[best] - (_DIRECT if best == first else 0)
    rivals = [index for index in points if points[index] >= enough and index not in run]
    if rivals:
        return Found(best, f"“{paragraphs[rivals[0]].text}” may be the title as well")
    # The name of an issue's section stands above the title.
    start = best - (best > first and names_section(paragraphs[best - 1 : best + 2]))
    # What is long is believed if there is room above it, and with a doubt if it has nothing but capitals.
    is_apart = len(paragraphs[best].text) <= LONGEST_TITLE or paragraphs[best].blanks > usual
    is_sure = points[best] >= sure and not is_sentence and is_apart
    return Found(start, "" if is_sure else "it may be a line of the excerpt before it")


def _thresholds(*, is_one: bool, heads_each: bool) -> tuple[int, int]:
    """Return the points from which on a title is taken, and those that leave no doubt."""
    if not is_one:
        return _STOPPED, 0
    return (_LIKELY, _SURE) if heads_each else (0, 1)


def heads_one(stretch: Stretch) -> bool:
    """Tell whether a stretch is headed "Source": one article may have several such headings."""
    return re.search(r"sources|references", stretch.heading, re.IGNORECASE) is None


def heads_each_source(stretches: list[Stretch], usual: int) -> bool:
    """Tell whether an issue has "Source" before each source of an article, and not once an article."""
    return any(
        stretch.part is following.part is Part.SOURCES
        and heads_one(following)
        and not _rate(stretch, end_of_citations(stretch.paragraphs), usual)
        for stretch, following in pairwise(stretches)
    )


def _find_bare(paragraphs: list[Paragraph], *, is_one: bool) -> Found | None:
    """Find the title of an article that has no commentary."""
    last = paragraphs[-1].text
    if may_be_title(last) and not names_part(last) and not is_one:
        return Found(len(paragraphs) - 1, "no text follows it")
    return None if is_one else Found(None, "no title is to be seen")


def end_of_citations(paragraphs: list[Paragraph]) -> int:
    """Return the index behind the last source that is named among the paragraphs of a Sources section."""
    paragraphs = strip_bullets(paragraphs)
    end = 1  # what a heading heads is a source, whatever its form
    index = 0
    while index < len(paragraphs):
        citation, length = find_citation(paragraphs, index)
        # A caption may end with a day, too, but no caption stands among the first sources.
        text = paragraphs[index].text
        if citation is not None or _ends_in_link(text) or (index == end and _ends_in_date(text)):
            end = max(end, index + length)
        index += max(length, 1)
    return end


def _ends_in_link(text: str) -> bool:
    """Tell whether a short paragraph ends in a link, whatever else it says of a source."""
    links = list(LINK.finditer(text)) if len(text) <= _LONGEST_REFERENCE else []
    return bool(links) and not text[links[-1].end() :].strip(" .;)>]")


def _ends_in_date(text: str) -> bool:
    """Tell whether a short paragraph ends in a day behind a comma, as "Outlet, 3 October 2023" does."""
    if len(text) > _LONGEST_REFERENCE or "," not in text:
        return False
    return any(not text[mention.end :].strip(" .)") for mention in find_dates(text))


def _rate(stretch: Stretch, first: int, usual: int) -> dict[int, int]:
    """Rate the paragraphs from `first` on that may be an article's title: index to points."""
    paragraphs = stretch.paragraphs
    telling = _first_of_commentary(stretch, first)
    least = min((paragraph.blanks for paragraph in paragraphs[first:]), default=0)
    points: dict[int, int] = {}
    # Commentary must follow a title.
    for index in range(first, _last_text(paragraphs)):
        text = paragraphs[index].text
        if paragraphs[index].line in stretch.inner:
            continue
        is_title = _is_title(paragraphs, index, usual) and not belongs_to_citation(paragraphs, index)
        if not (is_title or _is_stopped(paragraphs, index)):
            continue
        if names_part(text) or names_section(paragraphs[index : index + 3]):
            continue
        blanks = paragraphs[index].blanks
        score = 2 * (blanks > usual) + (blanks > least) + 2 * has_capitals(text)
        score += 2 * precedes_quote(paragraphs, index) + 2 * (undecorate(text) != text)
        # A short sentence may well be the first one of an excerpt.
        score += _DIRECT * (index == first) if is_title else _STOPPED
        score -= 2 * text.startswith(OPENING) + (len(text.split()) < 3)
        # A title that goes on, a caption or a byline is like a title itself.
        score -= 2 * (index - 1 in points and _is_title(paragraphs, index - 1, usual))
        if telling is not None:
            score += 2 if index < telling else -4
        points[index] = score
    return points


def _first_of_commentary(stretch: Stretch, first: int) -> int | None:
    """Return the first paragraph that shows itself as a commentary's; None: none does."""
    lines = [paragraph.line for paragraph in stretch.paragraphs]
    indexes = (bisect_left(lines, heading.line) for heading in stretch.commentaries)
    headed = [index for index in indexes if index >= first]
    spoken = (
        index
        for index in range(first, len(stretch.paragraphs))
        if _COMMENTARY.search(stretch.paragraphs[index].text)
    )
    return headed[0] if headed else next(spoken, None)


def _last_text(paragraphs: list[Paragraph]) -> int:
    """Return the index of the last paragraph that is commentary, by its look; -1: none is."""
    for index in range(len(paragraphs) - 1, -1, -1):
        text = paragraphs[index].text
        if not is_pull_quote(text) and (
            not is_title_like(text)
            or BODY_MARK.search(text)
            or len(text) > _LONG_LINE
            or len(split_sentences(text)) > 1
        ):
            return index
    return -1


def may_be_title(text: str) -> bool:
    """Tell whether a text may be a title; unlike one's that is anywhere, it may end with a bracket."""
    bare = undecorate(text)
    is_beneath = BYLINE.fullmatch(bare) or parse_date(bare)
    return is_title_like(text.rstrip(")")) and not is_beneath and not BODY_MARK.search(text)


def _is_title(paragraphs: list[Paragraph], index: int, usual: int) -> bool:
    """Tell whether a paragraph may be a title by its look and, if it is long, by what is around it."""
    text = paragraphs[index].text
    is_long = is_long_title(paragraphs, index, usual) and not BODY_MARK.search(text)
    return may_be_title(text) or is_long


def _is_stopped(paragraphs: list[Paragraph], index: int) -> bool:
    """Tell whether a paragraph may be a title in the form of a sentence: one alone, and more follows."""
    text = paragraphs[index].text
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    return (
        len(text) <= LONGEST_TITLE
        and text.lstrip("".join(OPENING))[:1].isupper()
        and text.endswith(".")
        and not re.search(r"[.!?…]\s", text)
        and len(following) > min(len(text), LONG)
    )


def _run(points: dict[int, int], index: int) -> range:
    """Return what stands with a title and looks like one: its other lines, its caption, its byline."""
    low = high = index
    while low - 1 in points:
        low -= 1
    while high + 1 in points:
        high += 1
    return range(low, high + 1)
