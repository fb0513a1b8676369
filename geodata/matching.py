"""Finds the gazetteer's names in a text: the longest one at each word, in the case that it needs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geodata.gazetteer.entry import ABBREVIATION, ADJECTIVE, ALTERNATE, PREFERRED
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.inflection import base_forms
from geodata.model import ADMIN1, COUNTRY, REGION, SITE, WATER
from geodata.unspaced import fame_of, find_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer.index import Bearer, Posting
    from geodata.tokens import Token
    from geodata.unspaced import Fame
    from geodata.wording import Wording

MAX_WORDS = 7
"""Words of the longest name that is looked for."""

MAJOR_POPULATION = 200_000
"""Inhabitants from which a city is so well known that its bare name is believed beside unknown words."""

WELL_KNOWN_POPULATION = 50_000
"""Inhabitants from which a town is looked for behind the ending of a case."""

_BARE_PAIRS = frozenset({"us", "uk", "dc", "eu", "nz"})
"""Two capitals that mean a place without a comma before them; most pairs are words, codes or initials."""


class Names(Protocol):
    """What the geoparser asks of a gazetteer."""

    def prefixes(self, folded: str) -> list[str]: ...  # noqa: D102
    def is_beginning(self, letters: str) -> bool: ...  # noqa: D102
    def find(self, folded: str) -> tuple[Posting, ...]: ...  # noqa: D102
    def bearers(self, folded: str) -> Sequence[Bearer]: ...  # noqa: D102
    def __contains__(self, folded: str) -> bool: ...


class Match(NamedTuple):
    """A name in a text.

    Attributes
    ----------
    start, end : int
        Numbers of the words, end exclusive.
    key : str
        The folded name; empty for one that the gazetteer lacks.
    tail : int
        Characters of the name after its last word: the "'s" of "St. John's". Negative: characters of the word
        after the name.
    head : int
        Characters of the first word before the name; some scripts put no spaces between words.
    """

    start: int
    end: int
    key: str
    tail: int = 0
    head: int = 0

    @property
    def is_within(self) -> bool:
        """Whether it is a part of a word only."""
        return self.head > 0 or self.tail < 0


class NameUse(NamedTuple):
    """What the gazetteer says of a name as a word."""

    is_adjective: bool
    is_abbreviation: bool
    is_of_province: bool
    """An abbreviation of provinces alone, as "Wash." and "OR"."""
    is_country: bool
    is_major: bool
    """Has a bearer that needs no introduction: a country, province or large city."""
    is_well_known: bool
    """Has a bearer that is a country, a province or a town of some size, whatever it is listed under."""
    speaks: bool
    """Has a bearer that stands for a government: a country, a capital, a province, a palace."""


class Matcher:
    """Matches words with a gazetteer's names, and says how those are used.

    Parameters
    ----------
    names : Names
        The gazetteer.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        # All are functions of the gazetteer alone; the news repeats a few thousand words and names.
        self.use = lru_cache(maxsize=20_000)(self._use)
        self._names_of = lru_cache(maxsize=50_000)(self._find_names_of)
        self._is_plain = lru_cache(maxsize=50_000)(self._begins_nothing)
        self._fame = lru_cache(maxsize=20_000)(self._find_fame)
        self._is_beginning = lru_cache(maxsize=50_000)(names.is_beginning)

    def matches(self, wording: Wording) -> list[Match]:
        """Find the longest names, from left to right."""
        matches: list[Match] = []
        tokens, free, is_plain = wording.tokens, 0, self._is_plain
        for index in wording.beginnings:
            if index < free or (is_plain(tokens[index].folded) and not tokens[index].owns_next):
                continue
            match = self._longest(wording, index)
            if match is not None and tokens[index].folded == "the":
                # "The Gulf of Aden" is not The Gulf and Aden.
                after = self._longest(wording, index + 1) if index + 1 < len(tokens) else None
                match = after if after is not None and after.end > match.end else match
            if match is not None:
                matches.append(match)
                free = match.end
            elif tokens[index].is_unspaced:
                matches += self._within(wording, index)
        return matches

    def _longest(self, wording: Wording, index: int) -> Match | None:
        tokens = wording.tokens
        token = tokens[index]
        owned = None
        names, goes_on = self._names_of(token.folded)
        # Nearly no two words begin a longer name, so that what follows them need not be looked at.
        if goes_on and token.joins_next and self._is_beginning(f"{token.folded} {tokens[index + 1].folded}"):
            phrase, stop = _phrase(tokens, index)
            names = self._find_names_within(phrase)
            if tokens[stop].possessive:
                owned = self._longest_owned(wording, index)
        elif token.owns_next:
            owned = self._longest_owned(wording, index)
        for key, words, use in names:
            end = index + words
            if owned is not None and owned.end >= end:
                return owned
            if use.is_abbreviation:
                may_be = _may_abbreviate(wording, index, end, key, needs_comma=use.is_of_province)
            else:
                may_be = _may_name(tokens, index, end, key) and not (
                    # "The French island of Réunion" is not the town of French Island.
                    words > 1 and not tokens[end - 1].is_name_like and self.use(token.folded).is_adjective
                )
            if may_be:
                return Match(index, end, key)
        if owned is None and not token.folded.isascii():
            return self._bent(token.folded, index)
        return owned

    def _within(self, wording: Wording, index: int) -> list[Match]:
        """Find the names in a word that may be a whole sentence."""
        start, end = wording.start(index), wording.end(index)
        names = find_names(
            wording.text[start:end], self._names.prefixes, self._fame, wording.lexicon.joined_words
        )
        return [
            Match(index, index + 1, key, tail=last - (end - start), head=first) for key, first, last in names
        ]

    def _find_fame(self, key: str) -> Fame:
        return fame_of(self._names.bearers(key))

    def _bent(self, folded: str, index: int) -> Match | None:
        """Find a well-known place behind a case's ending or a word that is written together with it."""
        for key in base_forms(folded):
            if self.use(key).is_well_known:
                return Match(index, index + 1, key)
        return None

    def _longest_owned(self, wording: Wording, index: int) -> Match | None:
        """Find the longest name that a possessive is a part of: "Cox's Bazar", "St. John's"."""
        words = _owned_phrase(wording.tokens, index)
        if not words:
            return None
        tokens = wording.tokens
        first = next(number for number in range(len(words)) if tokens[index + number].possessive)
        for key, count, _ in self._find_names_within(" ".join(words)):
            if count > max(first, 1) and _may_name(tokens, index, index + count, key):
                return Match(index, index + count, key, tokens[index + count - 1].possessive)
        return None

    def _find_names_of(self, word: str) -> tuple[tuple[tuple[str, int, NameUse], ...], bool]:
        """Return the name that a folded word is, if any, and whether longer ones begin with it."""
        names = ((word, 1, self.use(word)),) if word in self._names else ()
        return names, self._names.is_beginning(f"{word} ")

    def _begins_nothing(self, word: str) -> bool:
        """Tell whether a folded word is no name, begins none and may be no form of one, as most words are not."""
        names, goes_on = self._names_of(word)
        return not names and not goes_on and word.isascii()

    def _find_names_within(self, phrase: str) -> tuple[tuple[str, int, NameUse], ...]:
        """Return the names that a folded phrase begins with, of how many words, and their use; longest first."""
        return tuple(
            (key, key.count(" ") + 1, self.use(key))
            for key in reversed(self._names.prefixes(phrase))
            if phrase[len(key) : len(key) + 1] in ("", " ")
        )

    def is_known(self, key: str) -> bool:
        """Tell whether the gazetteer has a folded name."""
        return key in self._names

    def postings(self, key: str) -> tuple[Posting, ...]:
        """Return the places that bear a folded name; reads them whole, which `use` does not."""
        return self._names.find(key)

    def _use(self, key: str) -> NameUse:
        """Return how a folded name is used; all False for one that the gazetteer lacks."""
        bearers = self._names.bearers(key)
        kinds, qualities = {bearer.kind for bearer in bearers}, {bearer.quality for bearer in bearers}
        shortened = {bearer.kind for bearer in bearers if bearer.quality is ABBREVIATION}
        return NameUse(
            is_adjective=ADJECTIVE in qualities,
            is_abbreviation=bool(shortened),
            is_of_province=shortened == {ADMIN1},
            is_country=COUNTRY in kinds,
            is_major=any(map(_is_major, bearers)),
            is_well_known=any(map(_is_well_known, bearers)),
            speaks=any(map(_speaks, bearers)),
        )


def _is_major(bearer: Bearer) -> bool:
    kind, quality, population, _ = bearer
    return kind is COUNTRY or (
        quality is PREFERRED and (population >= MAJOR_POPULATION or kind in (ADMIN1, REGION, WATER))
    )


def _is_well_known(bearer: Bearer) -> bool:
    return bearer.population >= WELL_KNOWN_POPULATION or bearer.kind in (COUNTRY, ADMIN1)


def _speaks(bearer: Bearer) -> bool:
    kind, quality, _, is_capital = bearer
    return is_capital or (quality in (PREFERRED, ALTERNATE) and kind in (COUNTRY, ADMIN1, REGION, SITE))


def _phrase(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """Join the words from `index` on up to the last one that a name may end with; say at which no name goes on."""
    token, position, last = tokens[index], index, index
    while token.joins_next and position < index + MAX_WORDS - 1:
        position += 1
        token = tokens[position]
        if token.may_end:
            last = position
    return " ".join([word.folded for word in tokens[index : last + 1]]), position


def _owned_phrase(tokens: Sequence[Token], index: int) -> list[str]:
    """Return the words from `index` on with their possessives; empty where there are none, or no second word."""
    words, is_owned = [], False
    for token in tokens[index : index + MAX_WORDS]:
        is_owned |= token.possessive > 0
        words.append(f"{token.folded}s" if token.possessive else token.folded)
        if not (token.joins_next or token.owns_next):
            break
    return words if is_owned and len(words) > 1 else []


def _may_name(tokens: Sequence[Token], start: int, end: int, key: str) -> bool:
    """Tell whether the case of the words lets them be a name."""
    last = tokens[end - 1]
    if end - start > 1:
        # "Al Khadim airfield" ends in a common noun; "in Sui area" must not become a place "Sui Area".
        return last.is_name_like or last.is_elided or last.folded in KIND_BY_NOUN
    if last.is_upper and len(key) <= 3:
        return False
    # Two Latin letters are nearly always a title or a word; in other scripts they may be a country.
    return last.is_name_like and not key.isdigit() and (len(key) > 2 or (len(key) == 2 and key > "z"))


def _may_abbreviate(wording: Wording, start: int, end: int, key: str, *, needs_comma: bool) -> bool:
    """Tell whether the words stand as an abbreviation does: "UAE", "N.Y.", "Huntsville, Ala.", "Salem, OR"."""
    tokens = wording.tokens
    first, last = tokens[start], tokens[end - 1]
    is_dotted = wording.end(end - 1) - wording.start(start) > len(key)
    if last.is_upper and (is_dotted or key in _BARE_PAIRS or (len(key) > 2 and not needs_comma)):
        return True
    before = tokens[start - 1] if start else None
    follows_comma = (
        before is not None
        and before.is_name_like
        and wording.text[wording.end(start - 1) : wording.start(start)].lstrip()[:1] == ","
    )
    return follows_comma and first.is_name_like and (last.is_upper or last.ends_sentence)
