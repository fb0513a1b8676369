"""Free text search: accents and case do not count, words are found from their start."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.gazetteer.folding import fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Span = tuple[int, int]

SPACELESS = "\u0590"
"""From here on scripts write articles and endings onto the word, or no spaces at all."""

WORDS = re.compile(r"[^\W_]+")

STOPS = str.maketrans(dict.fromkeys(".·…", " "))
"""Signs that part words here; names of places lose them ("U.S.")."""

QUOTES = '"“”„«»'
"""Signs that a phrase may stand in."""

PHRASES = re.compile(f"[{QUOTES}]([^{QUOTES}]*)(?:[{QUOTES}]|$)|([^{QUOTES}]+)")
"""A phrase in quotes or the words outside; the last quote may lack its end, as while it is typed."""

LONGEST_KEPT = 40
"""Letters of a chunk whose words are kept, as chunks come again; where no spaces are written they are texts."""

BLOCK = 20_000
"""Characters of a text that are looked at at a time for its first hit: that of a long one is often near."""

MOST_SEARCHED = 1_000_000
"""Characters of a text that are looked at for its first hit: a long one that has none would be read to its end."""

OVERLAP = 2_000
"""Characters of the next block that are looked at as well, for a phrase that goes on there."""

_SPACE = re.compile(r"\s")
_CHUNKS = re.compile(r"\S+")
PARAGRAPH_END = re.compile(r"\n\s*\n")


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


def find_hits(text: str, needles: Sequence[str]) -> list[Span]:
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
    folded = _Folded(text)
    spans = []
    for needle in needles:
        # The spaces around a word belong to the search and not to the word.
        before, length = len(needle) - len(needle.lstrip()), len(needle.strip())
        at = folded.words.find(needle)
        while at >= 0:
            first = at + before
            start, _ = folded.locate(first)
            _, end = folded.locate(first + length - 1)
            spans.append((start, _after_marks(text, end)))
            at = folded.words.find(needle, first + length)
    return _merge(spans)


def find_first_hit(text: str, needles: Sequence[str]) -> Span | None:
    """Return the offsets of a text's first hit, end exclusive; None: there is none in its first `MOST_SEARCHED`."""
    for start, end in _blocks(text):
        block = text[start:end]
        folded = fold(block)
        # Letters are matched to those of the text only where there is something to match.
        if any(needle in folded for needle in needles) and (hits := find_hits(block, needles)):
            return start + hits[0][0], start + hits[0][1]
    return None


def _blocks(text: str) -> Iterator[Span]:
    """Yield stretches of the text in order, each with a little of the next, cut between words if there are any."""
    start = 0
    while start < min(len(text), MOST_SEARCHED):
        following = _next_space(text, start + BLOCK)
        yield start, _next_space(text, following + OVERLAP)
        start = following


def _next_space(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = _SPACE.search(text, position, position + OVERLAP)
    return space.start() if space else position


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


class _Folded:
    """What `fold` makes of a text, and where each character of it comes from.

    A text holds thousands of characters and few hits: letters are matched one by one only where somebody asks.

    Attributes
    ----------
    words : str
        As of `fold`.
    """

    def __init__(self, text: str):
        folded, length = [" "], 1
        self._begins: list[int] = []
        self._chunks: list[re.Match[str]] = []
        self._aligned: dict[int, tuple[Span, ...]] = {}
        for chunk in _CHUNKS.finditer(text):
            fold_words = _keep_folded if chunk.end() - chunk.start() <= LONGEST_KEPT else _fold_words
            if words := fold_words(chunk[0]):
                self._begins.append(length)
                self._chunks.append(chunk)
                folded.append(words)
                length += len(words)
        self.words = "".join(folded)

    def locate(self, position: int) -> Span:
        """Return the offsets in the text of what a letter of `words` comes from, end exclusive."""
        number = bisect_right(self._begins, position) - 1
        chunk = self._chunks[number]
        if number not in self._aligned:
            self._aligned[number] = _align(chunk[0])
        start, end = self._aligned[number][position - self._begins[number]]
        return chunk.start() + start, chunk.start() + end


def _fold_words(chunk: str) -> str:
    """Return the words of a chunk, a space after each; empty where it has none."""
    return "".join(f"{word} " for word in WORDS.findall(_fold_chunk(chunk)))


_keep_folded = lru_cache(maxsize=1 << 16)(_fold_words)


def _align(chunk: str) -> tuple[Span, ...]:
    """Return for each character of `_fold_words` the offsets in the chunk of what it comes from."""
    letters, offsets = [], []
    for index, letter in enumerate(chunk):
        written = _fold_chunk(letter)
        letters.append(written)
        offsets += [(index, index + 1)] * len(written)
    matches = list(WORDS.finditer("".join(letters)))
    words = _fold_words(chunk)
    if "".join(f"{match[0]} " for match in matches) != words:
        # Letters that fold in company only: every word then stands for the whole.
        return ((0, len(chunk)),) * len(words)
    found: list[Span] = []
    for match in matches:
        found += [*offsets[match.start() : match.end()], offsets[match.end() - 1]]
    return tuple(found)


def _fold_chunk(chunk: str) -> str:
    written = chunk.lower() if chunk.isascii() else fold_letters(chunk.translate(STOPS))
    return written.replace("'", "").replace("`", "")


def _after_marks(text: str, end: int) -> int:
    """Return the offset after the marks that belong to the letter before."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
