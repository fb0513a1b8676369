"""Where the sentences of a text begin and end.

The rules are those of rule-based splitters (pySBD's "golden rules", Sadvilkar & Neumann 2020, are a good
list of the traps) cut down to what news digests hold: a stop ends a sentence unless what stands before
it is an abbreviation, or what stands behind it cannot begin one. Every look around a stop is bounded, so
that the time grows with the length of the text alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# One character class first: the regular expression engine then skips to the next candidate by itself.
_BREAK = re.compile(
    r"""(?P<paragraph>\n[^\S\n]*\n|\u2029)
      | (?P<wide>[。！？｡؟۔।॥]+)      # end a sentence with or without a space behind them
      | (?P<stop>[.!?…]+)""",
    re.VERBOSE,
)
# What belongs to the sentence before: closing marks, note marks ("[ii]", "[RG1]"), superscripts.
_TAIL = re.compile(
    r"""(?: ["'”’»›)\]}」』】）＂]
          | [^\S\n]? \[ (?: [ivxlc]{1,8} | \d{1,3} | [A-Z]{2,3}\d{1,3} ) \]
          | [⁰¹²³⁴-⁹]
        )+""",
    re.VERBOSE,
)
_NEXT = re.compile(
    r"""(?P<gap>\s*)(?P<opening>(?:["'“”‘„«‹(\[{¿¡「『【（*•#–—-][^\S\n]?){0,4})(?P<first>\S?)"""
)
_URL = re.compile(r"(?:https?://|www\.)[^\s。！？]+", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(?:[^\W_]+\.){0,4}[^\W_]+\Z")
_WORD = re.compile(r"[^\W\d_]+")
_LOWER_NAME = re.compile(r"[a-z]{1,3}[-’'][A-Z]")  # al-Jazeera, d’Ivoire
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")  # U.S, D.C

_REACH = 20  # characters looked at before a stop; no abbreviation is longer


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never the last word of a sentence.
_TITLES = _words(
    "mr mrs ms mx dr prof gen col lt capt cpt maj sgt cpl pvt cmdr cdr adm brig rev hon sen rep gov pres "
    "amb insp supt msgr mt ste messrs mme mlle e.g i.e cf viz vs approx ca resp incl esp"
)
# The last word of a sentence only where a usual first word follows.
_EITHER = _words(
    "st fr jr sr inc ltd co corp bros plc llc al dept est govt assn univ ave blvd rd hwy bldg intl natl ft "
    "ariz calif colo conn fla ga kan ky mich minn neb nev okla ore pa pct tenn va vt w.va wis wyo "
    "u.s u.k u.n e.u d.c ph.d m.d b.a m.a"
)
# Abbreviations before a number, words elsewhere.
_BEFORE_NUMBER = _words(
    "no nos nr art arts vol vols p pp ch sec fig figs para paras par app ed op col cl c v sq "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun"
)
_CLOCK = frozenset({"a.m", "p.m"})
_AFTER_CLOCK = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
    "August September October November December GMT UTC EST EDT CET CEST MSK BST PST Eastern"
)
_STARTERS = _words(
    "A According Additionally After Again All Also Although Among An And Another Any As At Because Before "
    "Both But By Despite During Each Earlier Even Every Few Finally First For From Further Furthermore "
    "Had Has Have He Her Here His How However I If In Instead Is It Its Just Last Later Like Many "
    "Meanwhile More Moreover Most Much My Nevertheless No Nor Not Now Of On Once One Only Or Other Others "
    "Our Over Recently Second She Should Similarly Since So Some Still Such That The Their Then There "
    "Therefore These They This Those Though Through Thus To Today Two Unlike Until Was We Were What When "
    "Where Whether Which While Who Why Will With Without Yesterday Yet You Your"
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the whole sentences of a text.

    Parameters
    ----------
    text : str
        Prose, in any script; a blank line parts paragraphs.

    Returns
    -------
    list of (int, int)
        Start and end (exclusive) of each sentence, in order, without the white space around it. Every
        character that is not white space lies in exactly one of them.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        if end > start:  # a stop within the tail of the one before ("?'”!") finds its sentence ended
            _append_stripped(spans, text, start, end)
            start = end
    _append_stripped(spans, text, start, len(text))
    return spans


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    sentence = text[start:end]
    stripped = sentence.lstrip()
    if stripped:
        start += len(sentence) - len(stripped)
        spans.append((start, start + len(stripped.rstrip())))


def _ends(text: str) -> Iterator[int]:
    """Yield where sentences end, ascending."""
    urls = [match.span() for match in _URL.finditer(text)]
    url = 0
    last = 0
    for match in _BREAK.finditer(text):
        start, end = match.span()
        if start < last:
            continue
        if match.lastgroup == "paragraph":
            last = end
            yield end
            continue
        while url < len(urls) and urls[url][1] <= end:
            url += 1
        if url < len(urls) and urls[url][0] <= start:
            continue
        tail = _TAIL.match(text, end)
        tail_end = tail.end() if tail else end
        if match.lastgroup == "wide" or _is_end(text, last, start, end, tail_end):
            last = tail_end
            yield tail_end


def _is_end(text: str, sentence: int, start: int, end: int, tail: int) -> bool:
    """Whether the stop at `start`:`end`, with closing marks up to `tail`, ends what began at `sentence`."""
    if start - sentence < _REACH and not any(map(str.isalpha, text[sentence:start])):
        return False  # "… Then", "1. First": nothing has been said yet
    following = _NEXT.match(text, tail)
    if following is None:  # cannot be: every part may be empty
        return True
    first = following["first"]
    if not first:
        return True
    at = following.start("first")
    if not _can_begin(text, at, first):
        return False
    word = _WORD_BEFORE.search(text, max(sentence, start - _REACH), start)
    before = word[0].casefold() if word else ""
    # Behind "?", "!" and "…" there is no abbreviation to think of.
    abbreviated = text[start:end] == "." and before and _is_abbreviation(text, before, first, at)
    if following["gap"]:
        return not abbreviated
    return not abbreviated and _is_missing_space(text, start, end, tail, at)


def _can_begin(text: str, at: int, first: str) -> bool:
    """Whether a sentence can begin with the character `first` at `at`."""
    if first.isalpha():
        return not first.islower() or _LOWER_NAME.match(text, at) is not None
    return first not in ",;:.!?…)]}%&/=+_|’”\"'"


def _is_abbreviation(text: str, before: str, first: str, at: int) -> bool:
    """Whether the full stop behind the word `before` only shortens it.

    `before` is folded; `first`, at `at`, is the first character of what follows.
    """
    if before in _TITLES:
        return True
    if before in _BEFORE_NUMBER and (first.isdigit() or len(before) == 1):
        return first.isdigit() or not _starts_sentence(text, at)
    if before in _CLOCK:
        following = _WORD.match(text, at)
        return following is not None and following[0] in _AFTER_CLOCK
    is_initial = len(before) == 1 and before.isalpha()
    if before in _EITHER or is_initial or _DOTTED.match(before):
        return not _starts_sentence(text, at)
    return False


def _starts_sentence(text: str, at: int) -> bool:
    """Whether the word at `at` is one with which sentences often begin, and not an initial."""
    following = _WORD.match(text, at)
    return (
        following is not None
        and following[0] in _STARTERS
        and text[following.end() : following.end() + 1] in {" ", "\n", ",", "\u00a0", "’", "'"}
    )


def _is_missing_space(text: str, start: int, end: int, tail: int, at: int) -> bool:
    """Whether a stop with no space behind it ends a sentence all the same ("alliance.This")."""
    following = _WORD.match(text, at)
    if following is None or text[following.end() : following.end() + 1] in {"@", "."}:
        return False
    if tail > end or at > tail:  # closing or opening marks between: "people.”He", "Niger.“This"
        return True
    before = text[start - 1]
    if before.islower() or before in ')]”"%' or before.isdigit():
        return len(following[0]) > 1 or _starts_sentence(text, at)
    return _starts_sentence(text, at)
