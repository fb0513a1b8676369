"""Free text search: accents and case do not count, words are found from their start."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geodata.gazetteer.folding import fold_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACELESS = "\u0590"
"""From here on scripts write articles and endings onto the word, or no spaces at all."""


WORDS = re.compile(r"[^\W_]+")

STOPS = str.maketrans(dict.fromkeys(".·…", " "))
"""Signs that part words here; names of places lose them ("U.S.")."""

PHRASES = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^"“”„«»]+)')
"""A phrase in quotes or the words outside; the last quote may lack its end, as while it is typed."""

_CHUNKS = re.compile(r"\S+")


def fold(text: str) -> str:
    """Return the words of a text without accents, case and punctuation, a space before and after each.

    Letters are unified as in the names of the gazetteer, so that search and places agree.
    """
    if text.isascii():
        folded = text.lower()
    else:
        # Word by word: `fold_letters` keeps what it has folded, and words come again.
        folded = " ".join(
            word.lower() if word.isascii() else fold_letters(word.translate(STOPS)) for word in text.split()
        )
    words = WORDS.findall(folded.replace("'", "").replace("`", ""))
    return f" {' '.join(words)} "


def parse_query(query: str) -> tuple[str, ...]:
    """Return the stretches of folded text that must all occur.

    A word stands for every word that starts with it; in scripts that write articles onto words, or no
    spaces, for every word that holds it. A phrase in quotes stands for exactly these words in a row.

    >>> parse_query('drone "Suicide attack" Tocorón')
    (' drone', ' suicide attack ', ' tocoron')
    """
    needles = []
    for phrase, words in PHRASES.findall(query):
        if phrase.strip():
            needles.append(fold(phrase))
        needles.extend(f" {word}" if max(word) < SPACELESS else word for word in fold(words).split())
    return tuple(dict.fromkeys(needle for needle in needles if needle.strip()))


def find_hits(text: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a text holds what is searched.

    Parameters
    ----------
    needles : sequence of str
        As `parse_query` returns them.

    Returns
    -------
    list of (int, int)
        Offsets into the text as it is written, end exclusive; in order, without overlap.
    """
    if not needles:
        return []
    folded, starts, ends = _fold_with_offsets(text)
    spans = []
    for needle in needles:
        # The spaces around a word belong to the search and not to the word.
        before, length = len(needle) - len(needle.lstrip()), len(needle.strip())
        at = folded.find(needle)
        while at >= 0:
            first = at + before
            spans.append((starts[first], _after_marks(text, ends[first + length - 1])))
            at = folded.find(needle, first + length)
    return _merge(spans)


def split_hits(text: str, needles: Sequence[str]) -> tuple[str, ...]:
    """Return a text in parts, of which every second one is a hit; together they are the text.

    >>> split_hits("The drones came", (" drone",))
    ('The ', 'drone', 's came')
    """
    parts, position = [], 0
    for start, end in find_hits(text, needles):
        parts += [text[position:start], text[start:end]]
        position = end
    return (*parts, text[position:])


def _fold_with_offsets(text: str) -> tuple[str, list[int], list[int]]:
    """Return what `fold` does, and for each of its characters where the one that it comes from starts and ends."""
    folded, starts, ends = [" "], [0], [0]
    for chunk in _CHUNKS.finditer(text):
        words = WORDS.findall(_fold_chunk(chunk[0]))
        for word, offsets in zip(words, _align(chunk[0], words), strict=True):
            folded.append(f"{word} ")
            starts += [chunk.start() + start for start, _ in offsets]
            ends += [chunk.start() + end for _, end in offsets]
            starts.append(ends[-1])
            ends.append(ends[-1])
    return "".join(folded), starts, ends


def _align(chunk: str, words: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return for each character of each folded word its offsets in the chunk."""
    letters, offsets = [], []
    for index, letter in enumerate(chunk):
        written = _fold_chunk(letter)
        letters.append(written)
        offsets += [(index, index + 1)] * len(written)
    matches = list(WORDS.finditer("".join(letters)))
    if [match[0] for match in matches] == list(words):
        return [offsets[match.start() : match.end()] for match in matches]
    # Letters that fold in company only: every word then stands for the whole.
    return [[(0, len(chunk))] * len(word) for word in words]


def _fold_chunk(chunk: str) -> str:
    written = chunk.lower() if chunk.isascii() else fold_letters(chunk.translate(STOPS))
    return written.replace("'", "").replace("`", "")


def _after_marks(text: str, end: int) -> int:
    """Return the offset after the marks that belong to the letter before."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
