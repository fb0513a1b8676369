"""A digest's issue as a text file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from articles.digest import read_digest
from articles.headings import Part, heading
from articles.paragraphs import Paragraph, clean, numbered_lines
from articles.reading.decoding import decode

if TYPE_CHECKING:
    from articles.model import Reading

_LONGEST_HEADING = 60


def recognises(data: bytes, _name: str) -> bool:
    """Tell whether a text has the headings of a digest: its sources' or its picture's."""
    text, _ = decode(data)
    for line in numbered_lines(text):
        # A line that is a heading is short; one that only begins as one starts with this word.
        if len(line) <= _LONGEST_HEADING or line.lstrip("\ufeff ")[:8].lower().startswith(
            ("source:", "sources:")
        ):
            found = heading(Paragraph(1, clean(line), 0))
            if found and found[0] in (Part.SOURCES, Part.IMAGE):
                return True
    return False


def read(data: bytes, _name: str) -> Reading:
    """Read an issue."""
    text, gaps = decode(data)
    reading = read_digest(text)
    return replace(reading, gaps=(*gaps, *reading.gaps))
