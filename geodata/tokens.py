"""Words of a text with their offsets, as recognition needs them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from geodata import lexicon
from geodata.gazetteer.folding import ARABIC_ARTICLES, fold_letters

# Vowel signs and other marks are no letters to Python's \w, though they stand within words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f"
)
_LETTER = rf"[^\W_{_MARKS}]|[{_MARKS}]"
_WORD = (
    r"(?:[^\W\d_]\.){2,}"  # U.S., D.C.
    rf"|(?:{_LETTER})+(?:['’ʼ‘`](?:{_LETTER})+)*"
)
_WORD_AND_GAP = re.compile(rf"({_WORD})((?:(?!{_LETTER}).)*)", re.DOTALL)
"""A word and all that stands before the next one. No two ways to match: linear in the text's length."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b[\w.+-]{1,64}@[\w-]+\.\w+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,4}\b(?:/\S*|(?=[\s,;:)\]]|$))"
)
"""Every repetition is bounded, so that no text makes it slow."""

_POSSESSIVE = re.compile(r"['’ʼ‘`][sS]$")
_HYPHENS = frozenset("-‐‑–")
_ABBREVIATED = frozenset({"st", "ste", "mt", "ft", "pt", "sto", "sta"}) | {
    title for title in lexicon.load("titles") if len(title) <= 4 and title.isascii()
}
"""Words whose full stop ends no sentence and no name: "St. Petersburg", "Gen. Jordan"."""


class Token(NamedTuple):
    """A word.

    Attributes
    ----------
    start, end : int
        Offsets into the text, end exclusive; a possessive "'s" is left out.
    folded : str
        As `folding.fold` would write it.
    is_name_like : bool
        Begins with a capital, or is of a script that knows none.
    is_upper : bool
        Has capitals alone, two or more.
    joins_next : bool
        Nothing but white space, a hyphen or the stop of an abbreviation parts it from the next word.
    ends_sentence : bool
        A full stop, question mark, colon or line's end follows.
    """

    start: int
    end: int
    folded: str
    is_name_like: bool
    is_upper: bool
    joins_next: bool
    ends_sentence: bool


class _Word(NamedTuple):
    folded: str
    is_name_like: bool
    is_upper: bool
    possessive: int
    """Characters of a possessive at the end."""


def tokenise(text: str) -> list[Token]:
    """Split a text into words; addresses of the web and of mail are passed over.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Token
        In order.
    """
    tokens: list[Token] = []
    for match in _WORD_AND_GAP.finditer(_blank_addresses(text)):
        start, end = match.span(1)
        word, gap = match.groups()
        folded, is_name_like, is_upper, possessive = _describe(word)
        if possessive:
            end -= possessive
            gap = "'"
        elif gap in _HYPHENS and folded in ARABIC_ARTICLES:
            folded = "al"
        joins, ends = (True, False) if gap == " " else _describe_gap(gap, folded in _ABBREVIATED)
        tokens.append(Token(start, end, folded, is_name_like, is_upper, joins, ends))
    if tokens:
        tokens[-1] = tokens[-1]._replace(joins_next=False, ends_sentence=True)
    return tokens


def _blank_addresses(text: str) -> str:
    """Put stops for the characters of addresses, so that offsets stay and no name is found in them."""
    if "." not in text:
        return text
    return _ADDRESS.sub(lambda match: "." * len(match.group()), text)


@lru_cache(maxsize=100_000)
def _describe(word: str) -> _Word:
    possessive = _POSSESSIVE.search(word)
    tail = len(possessive.group()) if possessive else 0
    bare = word[: len(word) - tail]
    first = bare[0]
    return _Word(
        folded=fold_letters(bare).replace(" ", ""),
        is_name_like=first.isupper() or not (first.islower() or first.isdigit()),
        is_upper=len(bare) > 1 and bare.isupper(),
        possessive=tail,
    )


@lru_cache(maxsize=10_000)
def _describe_gap(gap: str, after_abbreviation: bool) -> tuple[bool, bool]:
    """Tell whether a name may go on across a gap, and whether a sentence ends in it."""
    stripped = gap.strip(" \u00a0")
    joins = (
        gap in _HYPHENS
        or not stripped
        or (stripped in ("\n", "\r\n") and gap.count("\n") == 1)
        or (stripped == "." and after_abbreviation)
    )
    ends = not after_abbreviation and any(mark in gap for mark in ".!?:\n؟۔。")
    return joins, ends
