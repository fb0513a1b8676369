"""Words of a text with their offsets, as recognition needs them."""

from __future__ import annotations

import re
from typing import NamedTuple

from geodata.gazetteer.folding import ARABIC_ARTICLES, fold_letters

# Vowel signs and other marks are no letters to Python's \w, though they stand within words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f"
)
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}"  # U.S., D.C.
    rf"|{_LETTER}+(?:['’ʼ‘`]{_LETTER}+)*"
)
_URL = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.\w+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,4}\b(?:/\S*|(?=[\s,;:)\]]|$))"
)
_POSSESSIVE = re.compile(r"['’ʼ‘`][sS]$")
_HYPHENS = "-‐‑–"
_ABBREVIATED = frozenset({"st", "ste", "mt", "ft", "pt", "sto", "sta"})
"""Words before whose full stop a name goes on: "St. Petersburg"."""


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
    addresses = [match.span() for match in _URL.finditer(text)] if "." in text else []
    spans = _spans(text, addresses)
    tokens: list[Token] = []
    last = len(spans) - 1
    for index, (start, end) in enumerate(spans):
        word = text[start:end]
        gap = text[end : spans[index + 1][0]] if index < last else "\n\n"
        possessive = _POSSESSIVE.search(word)
        if possessive:
            end -= len(possessive.group())
            word = word[: possessive.start()]
            gap = "'"
        first = word[0]
        folded = fold_letters(word).replace(" ", "")
        if gap in _HYPHENS and folded in ARABIC_ARTICLES:
            folded = "al"
        tokens.append(
            Token(
                start,
                end,
                folded,
                first.isupper() or not (first.islower() or first.isdigit()),
                len(word) > 1 and word.isupper(),
                _joins(gap, folded),
                _ends_sentence(gap, folded),
            )
        )
    return tokens


def _spans(text: str, addresses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans = [match.span() for match in _WORD.finditer(text)]
    if not addresses:
        return spans
    kept, upcoming = [], iter(addresses)
    begin, stop = next(upcoming)
    for start, end in spans:
        while start >= stop:
            begin, stop = next(upcoming, (len(text), len(text) + 1))
        if end <= begin:
            kept.append((start, end))
    return kept


def _joins(gap: str, folded: str) -> bool:
    if gap in (" ", "\u00a0"):
        return True
    if gap == "" or gap in _HYPHENS:
        return True
    stripped = gap.strip(" \u00a0")
    if not stripped:
        return True
    if stripped == "\n" or stripped == "\r\n":
        return gap.count("\n") == 1
    return stripped == "." and folded in _ABBREVIATED


def _ends_sentence(gap: str, folded: str) -> bool:
    if gap == " ":
        return False
    return any(mark in gap for mark in ".!?:\n؟۔。") and folded not in _ABBREVIATED
