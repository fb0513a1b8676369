"""Where a search has found an article whose card does not hold the word: a few words around the first hit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.model import SectionKind
from dashboard.cards import NOTE_MARK
from dashboard.markup import legible
from dashboard.searching import PARAGRAPH_END, find_first_hit, fold, split_hits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.model import Article

    Span = tuple[int, int]

IN_TEXT, IN_SOURCE = "In the text", "In a source"
"""Where a hit may stand."""

BEFORE, AFTER = 70, 110
"""Characters that are shown before and after the hit, at most."""

LONGEST_HIT = 80
"""Characters of the hit itself that are shown; where no spaces are written it may be a whole text."""

OF_SOURCES = {SectionKind.CITATION, SectionKind.OUTLET_NOTE, SectionKind.EXCERPT}
"""Sections that are a source's and not the article's own."""

_SPACE, _SPACES = re.compile(r"\s"), re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few words around a hit.

    Attributes
    ----------
    place : str
        `IN_TEXT` or `IN_SOURCE`.
    parts : tuple of str
        As of `searching.split_hits`: every second one is a hit.
    """

    place: str
    parts: tuple[str, ...]


def find_snippet(
    article: Article, needles: Sequence[str], *, shown: Iterable[str] = (), titles: Iterable[str] = ()
) -> Snippet | None:
    """Return why a search has found an article, where what is shown of it does not say so.

    Parameters
    ----------
    needles : sequence of str
        As `searching.parse_query` returns them.
    shown : iterable of str
        Texts in which hits are marked already: what stands in one of them is not looked for.
    titles : iterable of str
        What else is searched of the article's sources.

    Returns
    -------
    Snippet or None
        None: every word is marked in what is shown, or stands in the name of a place alone.
    """
    folded = [fold(text) for text in shown] if needles else []
    missing = [needle for needle in needles if not any(needle in text for text in folded)]
    if not missing:
        return None
    if hit := find_first_hit(article.text, missing):
        section = article.section_at(hit[0])
        is_source = section is not None and section.kind in OF_SOURCES
        return Snippet(IN_SOURCE if is_source else IN_TEXT, cut_around(article.text, hit, needles))
    for title in titles:
        if hit := find_first_hit(title, missing):
            return Snippet(IN_SOURCE, cut_around(title, hit, needles))
    return None


def cut_around(text: str, hit: Span, needles: Sequence[str]) -> tuple[str, ...]:
    """Return the hit with the words around it, in the parts of `searching.split_hits`.

    They are cut between words, with … where something is left out, and do not leave the hit's paragraph.
    """
    start, end = hit
    first, is_cut = _start_before(text, start)
    before = ("…" if is_cut else "") + _clean(text[first:start]).lstrip()
    if end - start > LONGEST_HIT:
        return (*split_hits(before, needles), f"{_clean(text[start : start + LONGEST_HIT])}…", "")
    last, is_cut = _end_after(text, end)
    after = _clean(text[end:last]).rstrip() + ("…" if is_cut else "")
    return (*split_hits(before, needles), _clean(text[start:end]), *split_hits(after, needles))


def _start_before(text: str, start: int) -> tuple[int, bool]:
    """Return where the words before a hit start, and whether others are left out."""
    first = max(start - BEFORE, 0)
    if ends := [mark.end() for mark in PARAGRAPH_END.finditer(text, first, start)]:
        return ends[-1], False
    if not first:
        return 0, False
    # Where no spaces are written, words have no bounds.
    space = _SPACE.search(text, first - 1, start)
    return (space.end() if space else first), True


def _end_after(text: str, end: int) -> tuple[int, bool]:
    """Return where the words after a hit end, and whether others are left out."""
    last = min(end + AFTER, len(text))
    if mark := PARAGRAPH_END.search(text, end, last):
        return mark.start(), False
    if last == len(text):
        return last, False
    spaces = [space.start() for space in _SPACE.finditer(text, end, last + 1)]
    return (spaces[-1] if spaces else last), True


def _clean(words: str) -> str:
    """Return the words on one line, without the marks of notes."""
    return legible(_SPACES.sub(" ", NOTE_MARK.sub("", words)))
