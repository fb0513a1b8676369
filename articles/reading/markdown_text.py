"""The text of a Markdown article: its first heading and its paragraphs."""

from __future__ import annotations

import re

from articles.paragraphs import clean
from articles.titles import undecorate

_HEADING = re.compile(r" {0,3}#{1,6}\s")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
# Lines that Markdown does not run on: headings, lists, quotations, tables, indented code.
_OWN_LINE = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>|\||```)|\t| {4}")


def find_heading(lines: list[str]) -> tuple[str, int, int] | None:
    """Find the first heading of a text.

    Returns
    -------
    (str, int, int) or None
        The heading without its signs, and the indexes of its first line and of the one behind it.
    """
    in_code = False
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            in_code = not in_code
        if in_code:
            continue
        text = clean(line)
        bare = undecorate(text)
        if _HEADING.match(line) and any(map(str.isalnum, bare)):
            return bare, index, index + 1
        # The other way to write one: a line with a line of signs beneath it.
        is_first = index == 0 or not clean(lines[index - 1])
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if (
            is_first
            and any(map(str.isalnum, text))
            and not _OWN_LINE.match(line)
            and _UNDERLINE.fullmatch(following)
        ):
            return undecorate(text), index, index + 2
    return None


def join_lines(lines: list[str], title: str) -> str:
    """Join the lines of a text into paragraphs; a heading that repeats the title is left out."""
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        text = clean(line)
        if not text:
            is_open = False
        elif not paragraphs and text.lstrip("# ") == title and text.startswith("# "):
            continue
        elif _OWN_LINE.match(line):
            # A list keeps its lines, and is one paragraph.
            if is_open:
                paragraphs[-1] += f"\n{text}"
            else:
                paragraphs.append(text)
            # A heading ends with its line.
            is_open = not _HEADING.match(line)
        elif is_open:
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
            is_open = True
    return "\n\n".join(paragraphs)
