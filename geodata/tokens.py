"""Words of a text with their offsets, as recognition needs them."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import ClassVar, NamedTuple

from geodata import lexicon
from geodata.gazetteer.folding import ARABIC_ARTICLES, fold_letters
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.unspaced import UNSPACED

# Vowel signs and other marks are no letters to Python's \w, though they stand within words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u3099\u309a"
)
_WORD = (
    r"(?:[^\W\d_]\.(?:[^\W\d_]\.)+"  # U.S., D.C.
    rf"|[\w{_MARKS}]+(?:['’ʼ‘`][\w{_MARKS}]+)*)"
)
"""Of text without low lines, so that one class holds all letters."""
_FIRST_WORD = re.compile(_WORD)
_WORD_AND_GAP = re.compile(rf"{_WORD}[^\w{_MARKS}]*")
"""A word and all that stands before the next one. No two ways to match: linear in the text's length."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b[\w.+-]{1,64}@[\w-]+\.\w+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,4}\b(?:/\S*|(?=[\s,;:)\]]|$))"
)
"""Every repetition is bounded, so that no text makes it slow."""
_ADDRESS_SIGNS = ("://", "www.", "@")
_DOMAIN_END = re.compile(r"\.[a-z]{2,4}\b")
"""What an address must have; to look for it takes a tenth of the time that looking for addresses takes."""

_POSSESSIVE = re.compile(r"(?<=.)['’ʼ‘`][sS]$")
_ELIDED = re.compile(r"(?:[dl]|dell|nell|sant)['’ʼ‘`](?=[^\W\d_])", re.IGNORECASE)
"""What Romance names write together with their last word: "Côte d'Ivoire", "Reggio nell'Emilia"."""
_HYPHENS = frozenset("-‐‑–")
_STOPS = frozenset(".!?:\n؟۔。")

LONGEST_WORD = 100
"""Letters of a word that are folded. No place's name has so many; what is kept of words stays bounded with them."""

_ABBREVIATED = frozenset({"st", "ste", "mt", "ft", "pt", "sto", "sta"}) | {
    title for title in lexicon.load("titles") if len(title) <= 4 and title.isascii()
}
"""Words whose full stop ends no sentence and no name: "St. Petersburg", "Gen. Jordan"; so do initials not."""


class Token(NamedTuple):
    """A word and what follows it; one object for all places where the two stand.

    Attributes
    ----------
    folded : str
        As `folding.fold` would write it; of a longer one the first `LONGEST_WORD` letters.
    length : int
        Characters in the text; a possessive "'s" is left out.
    is_name_like : bool
        Begins with a capital, or is of a script that knows none.
    is_elided : bool
        Begins with a capital after an article in lower case: "d'Ivoire".
    is_upper : bool
        Has capitals alone, two or more.
    is_unspaced : bool
        Holds letters of a script that puts no spaces between words, so that it may be a whole sentence.
    joins_next : bool
        Nothing but white space, a hyphen or the stop of an abbreviation parts it from the next word; False for
        the last one.
    ends_sentence : bool
        A full stop, question mark, colon or line's end follows, or nothing at all.
    possessive : int
        Characters of a possessive "'s" that follows; 0: none does.
    owns_next : bool
        A possessive follows, and nothing but white space parts that from the next word: "Cox's Bazar".
    may_begin, may_end : bool
        Whether a name may begin or end with the word, as far as can be said without a look at its neighbours.
    """

    folded: str
    length: int
    is_name_like: bool
    is_elided: bool
    is_upper: bool
    is_unspaced: bool
    joins_next: bool
    ends_sentence: bool
    possessive: int
    owns_next: bool
    may_begin: bool
    may_end: bool


def tokenise(text: str) -> tuple[list[Token], list[int]]:
    """Split a text into words; addresses of the web and of mail are passed over.

    Parameters
    ----------
    text : str

    Returns
    -------
    tokens : list of Token
        In order.
    starts : list of int
        Offset into the text at which each begins.
    """
    pieces = _WORD_AND_GAP.findall(_blank_addresses(text).replace("_", "|"))
    if not pieces:
        return [], []
    tokens = list(map(_descriptions.__getitem__, pieces))
    tokens[-1] = tokens[-1]._replace(joins_next=False, ends_sentence=True, may_end=True)
    lengths = list(map(len, pieces))
    # The pieces fill the text from the first word on.
    starts = list(accumulate(lengths[:-1], initial=len(text) - sum(lengths)))
    return tokens, starts


def _blank_addresses(text: str) -> str:
    """Put stops for the characters of addresses, so that offsets stay and no name is found in them."""
    if not (any(sign in text for sign in _ADDRESS_SIGNS) or _DOMAIN_END.search(text)):
        return text
    return _ADDRESS.sub(lambda match: "." * len(match.group()), text)


class _Descriptions(dict[str, Token]):
    """Words and gaps with their tokens: the same few thousand make up most of the news.

    A plain dictionary, as `functools.lru_cache` takes three times as long to find what it knows; bounded in number
    and in length, so that no text fills the memory. Threads may share it, for a token depends on its piece alone.
    """

    most: ClassVar = 65_536
    longest: ClassVar = LONGEST_WORD

    def __missing__(self, piece: str) -> Token:
        token = _describe(piece)
        if len(piece) <= self.longest:
            if len(self) >= self.most:
                self.clear()
            self[piece] = token
        return token


_descriptions = _Descriptions()


def _describe(piece: str) -> Token:
    """Describe a word and the gap after it."""
    word, gap = _part(piece)
    # All but a few words need no expression to tell.
    possessive = _POSSESSIVE.search(word) if word[-1] in "sS" else None
    owns_next = possessive is not None and gap.isspace()
    bare = word[: possessive.start()] if possessive else word
    first = bare[0]
    folded = fold_letters(bare[:LONGEST_WORD]).replace(" ", "")
    if possessive:
        gap = f"'{gap}"
    elif gap in _HYPHENS and folded in ARABIC_ARTICLES and bare.isalpha():
        folded = "al"
    is_initial = len(bare) == 1 and bare.isupper()
    joins_next, ends_sentence = _describe_gap(gap, is_initial or folded in _ABBREVIATED)
    is_name_like = first.isupper() or not (first.islower() or first.isdigit())
    elided = None if is_name_like or bare.isalnum() else _ELIDED.match(bare)
    is_elided = elided is not None and bare[elided.end()].isupper()
    is_upper = len(bare) > 1 and bare.isupper()
    is_unspaced = not bare.isascii() and UNSPACED.search(bare) is not None
    return Token(
        folded=folded,
        length=len(bare),
        is_name_like=is_name_like,
        is_elided=is_elided,
        is_upper=is_upper,
        is_unspaced=is_unspaced,
        joins_next=joins_next,
        ends_sentence=ends_sentence,
        possessive=len(possessive.group()) if possessive else 0,
        owns_next=owns_next,
        may_begin=is_name_like or is_unspaced or (folded == "al" and joins_next),
        # "Al Khadim airfield" ends in a common noun, some abbreviations with the sentence.
        may_end=is_name_like or is_elided or is_upper or ends_sentence or folded in KIND_BY_NOUN,
    )


def _part(piece: str) -> tuple[str, str]:
    """Part a word from the gap after it."""
    if piece[-1] == " " and piece[:-1].isalnum():
        return piece[:-1], " "
    found = _FIRST_WORD.match(piece)
    word = found.group() if found else piece
    return word, piece[len(word) :]


def _describe_gap(gap: str, after_abbreviation: bool) -> tuple[bool, bool]:
    """Tell whether a name may go on across a gap, and whether a sentence ends in it."""
    if gap == " ":
        return True, False
    stripped = gap.strip(" \u00a0")
    joins = (
        gap in _HYPHENS
        or not stripped
        or (stripped in ("\n", "\r\n") and gap.count("\n") == 1)
        or (stripped == "." and after_abbreviation)
    )
    ends = not after_abbreviation and not _STOPS.isdisjoint(gap)
    return joins, ends
