"""Finds the gazetteer's names in a text: the longest one at each word, in the case that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from geodata.gazetteer.entry import NameQuality
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer.index import Posting
    from geodata.tokens import Token

MAX_WORDS = 7
"""Words of the longest name that is looked for."""

MAJOR_POPULATION = 200_000
"""Inhabitants from which a city is so well known that its bare name is believed beside unknown words."""

_BARE_PAIRS = frozenset({"us", "uk", "dc", "eu", "nz"})
"""Two capitals that mean a place without a comma before them; most pairs are words, codes or initials."""


class Names(Protocol):
    """What the geoparser asks of a gazetteer."""

    def prefixes(self, folded: str) -> list[str]: ...  # noqa: D102
    def find(self, folded: str) -> tuple[Posting, ...]: ...  # noqa: D102


class Match(NamedTuple):
    """A name in a text.

    Attributes
    ----------
    start, end : int
        Numbers of the words, end exclusive.
    key : str
        The folded name; empty for one that the gazetteer lacks.
    """

    start: int
    end: int
    key: str


class NameUse(NamedTuple):
    """What the gazetteer says of a name as a word."""

    is_adjective: bool
    is_abbreviation: bool
    is_of_province: bool
    """An abbreviation of provinces alone, as "Wash." and "OR"."""


class Matcher:
    """Matches words with a gazetteer's names, and remembers what it says of them.

    Parameters
    ----------
    names : Names
        The gazetteer.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._major: dict[str, bool] = {}
        self._uses: dict[str, NameUse] = {}

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """Find the longest names, from left to right."""
        matches = []
        index, count = 0, len(tokens)
        while index < count:
            token = tokens[index]
            if token.is_name_like or (token.folded == "al" and token.joins_next and index + 1 < count):
                match = self._longest(tokens, index)
                if match is not None and token.folded == "the":
                    # "The Gulf of Aden" is not The Gulf and Aden.
                    after = self._longest(tokens, index + 1) if index + 1 < count else None
                    match = after if after is not None and after.end > match.end else match
                if match is not None:
                    matches.append(match)
                    index = match.end
                    continue
            index += 1
        return matches

    def _longest(self, tokens: Sequence[Token], index: int) -> Match | None:
        ends = [(tokens[index].folded, index + 1)]
        phrase = tokens[index].folded
        position = index
        while tokens[position].joins_next and position + 1 < min(len(tokens), index + MAX_WORDS):
            position += 1
            phrase = f"{phrase} {tokens[position].folded}"
            ends.append((phrase, position + 1))
        known = set(self._names.prefixes(phrase))
        for key, end in reversed(ends):
            if key in known:
                use = self.use(key)
                if use.is_abbreviation:
                    may_be = _may_abbreviate(tokens, index, end, key, needs_comma=use.is_of_province)
                else:
                    may_be = _may_name(tokens, index, end, key)
                if may_be:
                    return Match(index, end, key)
        return None

    def use(self, key: str) -> NameUse:
        """Return how a folded name is used; all False for one that the gazetteer lacks."""
        known = self._uses.get(key)
        if known is None:
            postings = self._names.find(key)
            shortened = [
                posting.place.kind for posting in postings if posting.quality is NameQuality.ABBREVIATION
            ]
            known = self._uses[key] = NameUse(
                is_adjective=any(posting.quality is NameQuality.ADJECTIVE for posting in postings),
                is_abbreviation=bool(shortened),
                is_of_province=bool(shortened) and all(kind is Kind.ADMIN1 for kind in shortened),
            )
        return known

    def is_major(self, key: str) -> bool:
        """Tell whether a name has a bearer that needs no introduction: a country, province or large city."""
        known = self._major.get(key)
        if known is None:
            known = any(
                posting.place.kind is Kind.COUNTRY
                or (
                    posting.quality is NameQuality.PREFERRED
                    and (
                        posting.place.kind in (Kind.ADMIN1, Kind.REGION, Kind.WATER)
                        or posting.place.population >= MAJOR_POPULATION
                    )
                )
                for posting in self._names.find(key)
            )
            self._major[key] = known
        return known

    def is_country(self, key: str) -> bool:
        """Tell whether a country bears a folded name."""
        return any(posting.place.kind is Kind.COUNTRY for posting in self._names.find(key))


def _may_name(tokens: Sequence[Token], start: int, end: int, key: str) -> bool:
    """Tell whether the case of the words lets them be a name."""
    last = tokens[end - 1]
    if end - start > 1:
        # "Al Khadim airfield" ends in a common noun; "in Sui area" must not become a place "Sui Area".
        return last.is_name_like or last.folded in KIND_BY_NOUN
    if last.is_upper and len(key) <= 3:
        return False
    # Two Latin letters are nearly always a title or a word; in other scripts they may be a country.
    return last.is_name_like and not key.isdigit() and (len(key) > 2 or (len(key) == 2 and key > "z"))


def _may_abbreviate(tokens: Sequence[Token], start: int, end: int, key: str, *, needs_comma: bool) -> bool:
    """Tell whether the words stand as an abbreviation does: "UAE", "N.Y.", "Huntsville, Ala.", "Salem, OR"."""
    first, last = tokens[start], tokens[end - 1]
    is_dotted = last.end - first.start > len(key)
    if last.is_upper and (is_dotted or key in _BARE_PAIRS or (len(key) > 2 and not needs_comma)):
        return True
    before = tokens[start - 1] if start else None
    follows_comma = (
        before is not None and before.is_name_like and not (before.joins_next or before.ends_sentence)
    )
    return follows_comma and first.is_name_like and (last.is_upper or last.ends_sentence)
