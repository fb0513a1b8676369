"""Names within scripts that put no spaces between words: Chinese, Japanese, Thai and their neighbours.

There the letters of two words may spell a place's name by chance: 沿海|地区 (coastal areas) holds 海地 (Haiti). So
only what is well known is looked for; it must not cut through common words, syllables or a foreign word in
katakana, and the shorter it is, the better known it must be.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from geodata.gazetteer.entry import ALTERNATE, PREFERRED
from geodata.gazetteer.folding import fold_letters
from geodata.model import ADMIN1, CITY, COUNTRY, REGION, WATER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from geodata.gazetteer.index import Bearer

LONGEST_NAME = 24
"""Letters of the longest name that is looked for."""

LARGE_POPULATION = 200_000
"""Inhabitants from which a city's name is looked for."""

WORLD_POPULATION = 5_000_000
"""Inhabitants from which a city's name of two letters is believed as a capital's is."""

LONGEST_WORD = 4
"""Letters of the longest common word that is looked for."""

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff"
_SYLLABIC = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED = re.compile(f"[{_HAN}{_HIRAGANA}{_KATAKANA}{_SYLLABIC}]")
"""A letter of a script without spaces between words. Korean puts some."""

_IS_HAN = re.compile(f"[{_HAN}]+").fullmatch
_IS_HIRAGANA = re.compile(f"[{_HIRAGANA}]").fullmatch
_IS_KATAKANA = re.compile(f"[{_KATAKANA}]").fullmatch
_IS_SYLLABIC = re.compile(f"[{_SYLLABIC}]").match
_IS_MARK = re.compile(
    "[\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b6-\u17d3]"
).fullmatch
_IS_LEADING_VOWEL = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]").fullmatch
_LETTERS = re.compile(".[\u3099\u309a]*", re.DOTALL)
"""A letter; some systems write the marks of kana as characters of their own."""

_SYLLABIC_LEAST = 4
"""Letters of a name in a script that writes a sound where Chinese writes a word."""

_DIVISION_NOUNS = frozenset("市省县縣県州区區郡府都港")
"""What, coming after, makes two letters a city's or a province's name."""
_LANGUAGE_NOUNS = frozenset("語语")
"""What makes a language of a country's name."""
_FUNCTION_WORDS = frozenset("或也不里在和与與及的了是有从到")
"""Letters that are words by themselves, so that a name that begins with one may be that word and half another."""


class Fame(IntEnum):
    """How well known the best known bearer of a name is."""

    NONE = 0
    LARGE = 1
    """A city of some size."""
    AREA = 2
    """A province, a region, a sea."""
    WORLD = 3
    """A capital or one of the world's largest cities."""
    COUNTRY = 4


def fame_of(bearers: Iterable[Bearer]) -> Fame:
    """Return how well known a name is by those who bear it in full."""
    return max((_fame(bearer) for bearer in bearers), default=Fame.NONE)


def _fame(bearer: Bearer) -> Fame:
    kind, quality, population, is_capital = bearer
    if quality not in (PREFERRED, ALTERNATE):
        return Fame.NONE
    if kind is COUNTRY:
        return Fame.COUNTRY
    if is_capital or (kind is CITY and population >= WORLD_POPULATION):
        return Fame.WORLD
    if kind in (ADMIN1, REGION, WATER):
        return Fame.AREA
    return Fame.LARGE if kind is CITY and population >= LARGE_POPULATION else Fame.NONE


def find_names(
    text: str,
    prefixes: Callable[[str], Sequence[str]],
    fame: Callable[[str], Fame],
    words: Collection[str],
) -> list[tuple[str, int, int]]:
    """Find the names in a text without spaces, the longest at each letter, from left to right.

    Parameters
    ----------
    text : str
    prefixes : callable
        Returns the gazetteer's names that folded letters begin with, the shortest first.
    fame : callable
        Returns how well known a folded name is.
    words : collection of str
        Folded common words, of at most `LONGEST_WORD` letters, through which no name cuts.

    Returns
    -------
    list of (str, int, int)
        Folded name, and its offsets in `text`, end exclusive.
    """
    letters, offsets = _fold_each(text)
    found = []
    start = 0
    while start < len(letters):
        end = start + 1
        if UNSPACED.match(letters, start):
            for key in reversed(prefixes(letters[start : start + LONGEST_NAME])):
                stop = start + len(key)
                if _is_name(letters, start, stop, fame, words):
                    found.append((key, offsets[start], offsets[stop]))
                    end = stop
                    break
        start = end
    return found


def _fold_each(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter; return the folded letters and the offset in `text` of each, and of the end."""
    folded = [(letter.start(), fold_letters(letter[0])) for letter in _LETTERS.finditer(text)]
    offsets = [start for start, letters in folded for _ in letters]
    return "".join(letters for _, letters in folded), [*offsets, len(text)]


def _is_name(letters: str, start: int, end: int, fame: Callable[[str], Fame], words: Collection[str]) -> bool:
    """Tell whether the letters from `start` to `end`, a name of the gazetteer's, are one here."""
    key = letters[start:end]
    if len(key) < 2:
        return False
    known = fame(key)
    if known is Fame.NONE:
        return False
    before, after = letters[start - 1 : start], letters[end : end + 1]
    if _IS_SYLLABIC(key):
        return len(key) >= _SYLLABIC_LEAST and not (_IS_LEADING_VOWEL(before) or _IS_MARK(after))
    if _goes_on(before, key[0]) or _goes_on(key[-1], after):
        return False
    # 日本語 is the language, whatever town has the three letters in some list.
    if after in _LANGUAGE_NOUNS or (known is Fame.LARGE and fame(key[:-1]) is Fame.COUNTRY):
        return False
    if (
        len(key) == 2
        and _IS_HAN(key)
        and known < Fame.WORLD
        and not _is_set_apart(letters, start, end, words)
    ):
        return False
    return not _cuts_words(letters, start, end, words)


def _goes_on(letter: str, following: str) -> bool:
    """Tell whether two letters beside each other are of one word, as kana of one kind are."""
    return any(is_kana(letter) and is_kana(following) for is_kana in (_IS_KATAKANA, _IS_HIRAGANA))


def _is_set_apart(letters: str, start: int, end: int, words: Collection[str]) -> bool:
    """Tell whether what stands beside two letters says that they are a name: 昆明市, 昨日奈良で."""
    before, after = letters[start - 1 : start], letters[end : end + 1]
    if after in _DIVISION_NOUNS:
        return True
    ends_word = not _IS_HAN(before) or letters[max(0, start - 2) : start] in words
    return ends_word and _IS_HIRAGANA(after) is not None


def _cuts_words(letters: str, start: int, end: int, words: Collection[str]) -> bool:
    """Tell whether letters are rather parts of common words than a name.

    They are where a word covers them, or words go on across both their ends: 其中|国家 (among them countries) holds
    中国 (China).
    """
    at_start = _words_across(letters, start, words)
    at_end = _words_across(letters, end, words)
    if any(stop >= end for _, stop in at_start) or any(first <= start for first, _ in at_end):
        return True
    return bool(at_start or (start and letters[start] in _FUNCTION_WORDS)) and bool(at_end)


def _words_across(letters: str, place: int, words: Collection[str]) -> list[tuple[int, int]]:
    """Return the offsets of the words that begin before a place in the letters and end after it."""
    return [
        (first, stop)
        for first in range(max(0, place - LONGEST_WORD + 1), place)
        for stop in range(place + 1, min(len(letters), first + LONGEST_WORD) + 1)
        if letters[first:stop] in words
    ]
