"""The words that part an issue: "Sources:", "Notes:", "Image Information:" and the labels of a picture."""

from __future__ import annotations

import re
from enum import StrEnum

from articles.paragraphs import Paragraph

_DECORATION = r"[\s#*_=-]{0,6}"
_HEADINGS = re.compile(
    rf"{_DECORATION}(?:(?P<sources>sources?|references?)|(?P<notes>(?:end|foot)?notes?)"
    rf"|(?P<image>(?:images?|photos?|pictures?)(?:\s+(?:information|info|credits?))?|image\s+attributions?)"
    rf"|(?P<commentary>(?:[A-Z]+\s*Watch\s+)?commentary))\s*(?P<colon>:?){_DECORATION}",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"{_DECORATION}(?:(?P<sources>sources?)|(?P<commentary>(?:[A-Z]+\s*Watch\s+)?commentary)"
    r"|(?P<notes>(?:end|foot)?notes?(?=\s*:\s*\[)))\s*:[\s*_]*(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[*_]{0,2}(?:(?P<caption>image|photo(?:graph)?|picture|caption|map|graphic)"
    r"|(?P<source>(?:image\s+|photo\s+)?(?:source|credit)s?)"
    r"|(?P<attribution>(?:image\s+)?(?:attribution|licen[cs]e)))[*_]{0,2}\s*:[*_]{0,2}\s*",
    re.IGNORECASE,
)
MARK = re.compile(
    r"\[\s?(?P<bracket>[ivxlc]{1,8}|[0-9]{1,3}|[a-z*†‡])\s?\]|\((?P<round>[ivxlc]{1,8}|[0-9]{1,3})\)(?=\s)"
    r"|(?P<plain>[ivxlc]{1,8}|[0-9]{1,3})[.)](?=\s)|(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
)
"""A note's mark at the beginning of the note."""


class Part(StrEnum):
    """A part of an article that has a heading."""

    COMMENTARY = "commentary"
    SOURCES = "sources"
    NOTES = "notes"
    IMAGE = "image"


ORDER = {part: place for place, part in enumerate(Part)}
"""Where a part comes in an article; a heading that should have come before starts another article."""


def heading(paragraph: Paragraph) -> tuple[Part, str] | None:
    """Return the part that a heading opens, and the text behind it on its line; None: no heading."""
    text = paragraph.text
    if len(text) <= 60 and (match := _HEADINGS.fullmatch(text)):
        part = next(part for part in Part if match[part.value])
        # "Image" without a colon is a word like another; the other headings stand alone often enough.
        if match["colon"] or part in (Part.SOURCES, Part.NOTES) or " " in text:
            return part, ""
    if match := _INLINE.match(text[:60]):
        return next(part for part in Part if part.value in match.groupdict() and match[part.value]), text[
            match.end() :
        ]
    return None


def label(text: str) -> tuple[str, str] | None:
    """Return which of a picture's fields a line gives ("caption", "source", "attribution"), and its text."""
    match = _LABEL.match(text)
    if not match:
        return None
    return next(name for name, found in match.groupdict().items() if found), text[match.end() :]
