"""A digest's issue as a text file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from articles.digest import read_digest
from articles.headings import Part, heading
from articles.marked_titles import find_marks
from articles.paragraphs import Paragraph, clean, numbered_lines, split_paragraphs, usual_gap
from articles.reading.decoding import decode
from articles.stretches import split_at_headings

if TYPE_CHECKING:
    from articles.model import Reading

_LONGEST_HEADING = 60


def recognises(data: bytes, _name: str) -> bool:
    """Tell whether a text has a digest's headings: sources', a picture's, or several articles' own (`# Title`)."""
    text, _ = decode(data)
    lines = numbered_lines(text)
    for line in lines:
        # A line that is a heading is short; one that only begins as one starts with this word.
        if len(line) <= _LONGEST_HEADING or line.lstrip("\ufeff ")[:8].lower().startswith(
            ("source:", "sources:")
        ):
            found = heading(Paragraph(1, clean(line), 0))
            if found and found[0] in (Part.SOURCES, Part.IMAGE):
                return True
    return _is_headed(lines)


def _is_headed(lines: list[str]) -> bool:
    """Tell whether a text is nothing but articles under Markdown's first heading, two at least."""
    first = next((line for line in lines if clean(line)), "")
    if not clean(first).startswith("# ") or sum(line.lstrip().startswith("# ") for line in lines) < 2:
        return False
    paragraphs, _ = split_paragraphs("\n".join(lines))
    return bool(find_marks(split_at_headings(paragraphs), usual_gap(paragraphs)).titles)


def read(data: bytes, _name: str) -> Reading:
    """Read an issue."""
    text, gaps = decode(data)
    reading = read_digest(text)
    return replace(reading, gaps=(*gaps, *reading.gaps))
