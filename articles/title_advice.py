"""How the title of an article is made sure, said of what stands in the file already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.headings import Part
from articles.paragraphs import LINK
from articles.title_search import end_of_citations
from articles.titles import LONGEST_APART, is_pull_quote, names_part

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph
    from articles.stretches import Stretch

_WORDS = 8  # of a paragraph, by which a message names it


def advise(stretch: Stretch, title: int | None, usual: int, *, is_marked: bool) -> str:
    """Say how the title of another article in a stretch is made sure.

    Parameters
    ----------
    stretch : Stretch
    title : int or None
        Index of the paragraph that was taken for it; None: none was.
    usual : int
        Empty lines that part paragraphs where nothing else does.
    is_marked : bool
        Whether the issue marks its titles.
    """
    if is_marked:
        return "a title is sure if it is marked as the others are"
    paragraphs = stretch.paragraphs
    first = end_of_citations(paragraphs) if stretch.part is Part.SOURCES else 1
    spaced = [at for at in range(first, len(paragraphs)) if paragraphs[at].blanks > usual]
    if title is not None and title in spaced:
        hindrance = _hindrance(paragraphs[title])
        if hindrance:
            return f"it has room above it, but {hindrance}"
        return "it has room above it, and is sure if no other line here looks like a title"
    for at in spaced:
        if hindrance := _hindrance(paragraphs[at]):
            words = paragraphs[at].text.split()
            shown = " ".join(words[:_WORDS])[:100] + ("…" if len(words) > _WORDS else "")
            return f"“{shown}” in line {paragraphs[at].line} has room above it, but {hindrance}"
    count = {0: "an empty line", 1: "two empty lines", 2: "three empty lines"}
    return f"a title is sure with {count.get(usual, f'{usual + 1} empty lines')} above it"


def _hindrance(paragraph: Paragraph) -> str:
    """Say why a paragraph is not surely a title, whatever room is above it; empty: nothing hinders."""
    text = paragraph.text
    if len(text) > LONGEST_APART:
        return f"a title has at most {LONGEST_APART} characters"
    if names_part(text):
        return "it is the heading of a part; the article's own title must stand above it"
    if is_pull_quote(text):
        return "a title is no quotation"
    if LINK.search(text):
        return "a title holds no link"
    if re.search(r"[.,;:…][”\"’)]*$", text):
        return "a title has no full stop at its end"
    return "" if not text[:1].islower() else "a title begins with a capital"
