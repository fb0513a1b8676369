"""Finds the stretches of a text that name places: longest match over the gazetteer, then filters.

The filters keep people, organisations, publishers and common words off the map. They look at the words beside
a match alone; whether a small place's country is spoken of is for the resolver to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geodata import lexicon
from geodata.gazetteer.entry import NameQuality
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.model import Kind, Mention, MentionType
from geodata.tokens import Token, tokenise
from geodata.unknown_names import find_unknown_names
from geodata.wording import LOCATIVES, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer.index import Posting

VERSION = 1
"""Raised when the same lexicon gives other sightings, so that stored answers are told from new ones."""

MAX_WORDS = 7
"""Words of the longest name that is looked for."""

MAJOR_POPULATION = 200_000
"""Inhabitants from which a city is so well known that its bare name is believed beside unknown words."""

_DIRECTIONS = frozenset(
    (
        "north south east west northern southern eastern western central upper lower greater"
        " northeast northwest southeast southwest northeastern northwestern southeastern"
        " southwestern new old mainland downtown inner outer former occupied"
    ).split()
)
_DIRECT_HEADS = frozenset(
    (
        "radio voice real atletico ajax bayern inter sporting dynamo dinamo lokomotiv spartak cnn bbc tv"
    ).split()
)
"""Words that make a name of a station or a club of the place that follows them."""
_LINKS = frozenset({"e", "i", "ul", "ye", "o"})
_OF = frozenset({"of", "de", "del", "da", "do", "di", "for"})
_ATTRIBUTION = frozenset(
    (
        "said says told warned announced denied accused condemned urged vowed insisted agreed"
        " signed rejected wants sees believes hopes fears considers threatened demanded demands"
        " summoned asked"
    ).split()
)


class Names(Protocol):
    """What recognition asks of a gazetteer."""

    def prefixes(self, folded: str) -> list[str]: ...  # noqa: D102
    def find(self, folded: str) -> tuple[Posting, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mention with what recognition saw beside it.

    Attributes
    ----------
    key : str
        The folded name to look up; empty where the gazetteer has no such name.
    asked_kind : Kind or None
        The kind that a common noun beside it announces: "Hangu district".
    is_based : bool
        "London-based": somebody's home, no scene.
    is_located : bool
        A preposition of place stands before it: "in London".
    token_start, token_end : int
        Numbers of the words, end exclusive.
    """

    mention: Mention
    key: str
    asked_kind: Kind | None
    is_based: bool
    is_located: bool
    token_start: int
    token_end: int


class _Match(NamedTuple):
    start: int
    end: int
    key: str


class _Qualities(NamedTuple):
    """What the gazetteer says of a name as a word."""

    is_adjective: bool
    is_abbreviation: bool
    is_of_province: bool
    """An abbreviation of provinces alone, as "Wash." and "OR"."""


class Recogniser:
    """Recognises place names by a gazetteer.

    Parameters
    ----------
    names : Names
        The gazetteer.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self.id = f"match-{VERSION}-{lexicon.fingerprint()}"
        self._major: dict[str, bool] = {}
        self._qualities: dict[str, _Qualities] = {}

    def recognise(self, text: str) -> list[Sighting]:
        """Return the places that a text names, in order and without overlap.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of Sighting
            Offsets count characters of `text`.
        """
        tokens = tokenise(text)
        wording = Wording(text, tokens)
        matches = self._matches(tokens)
        sightings: list[Sighting] = []
        people: set[str] = set()
        scenes: set[str] = set()
        for match in matches:
            if self._quality(match.key).is_adjective:
                sightings.append(self._sighting(text, wording, match, MentionType.ADJECTIVAL))
            elif self._quality(match.key).is_abbreviation:
                sightings.append(self._sighting(text, wording, match))
            elif (
                self._is_common_word(wording, match)
                or self._is_organisation(wording, match)
                or wording.is_quoted(match.start, match.end)
            ):
                continue
            elif self._is_person(wording, match):
                people.add(match.key)
            else:
                if wording.is_located(match.start):
                    scenes.add(match.key)
                sightings.append(self._sighting(text, wording, match))
        # Who is a person once is one throughout, unless the text also says that something is there.
        kept = [
            sighting
            for sighting in sightings
            if sighting.key not in people or sighting.key in scenes or self._is_country(sighting.key)
        ]
        taken = {word for match in matches for word in range(match.start, match.end)}
        kept += [
            self._sighting(text, wording, _Match(start, end, ""))
            for start, end in find_unknown_names(wording, taken)
        ]
        return sorted(kept, key=lambda sighting: sighting.token_start)

    def sight(self, text: str, start: int, end: int) -> Sighting:
        """Return the sighting of a stretch of text that is known to name a place.

        Raises
        ------
        ValueError
            If the stretch does not lie in the text.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"expected offsets within a text of {len(text)} characters, got {start}, {end}")
        phrase = text[start:end]
        key = fold(phrase)
        is_adjective = self._quality(key).is_adjective
        return Sighting(
            Mention(start, end, phrase, MentionType.ADJECTIVAL if is_adjective else MentionType.LITERAL),
            key,
            asked_kind=None,
            is_based=False,
            is_located=False,
            token_start=0,
            token_end=0,
        )

    def _matches(self, tokens: Sequence[Token]) -> list[_Match]:
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

    def _longest(self, tokens: Sequence[Token], index: int) -> _Match | None:
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
                quality = self._quality(key)
                if quality.is_abbreviation:
                    may_be = _may_abbreviate(tokens, index, end, key, needs_comma=quality.is_of_province)
                else:
                    may_be = _may_name(tokens, index, end, key)
                if may_be:
                    return _Match(index, end, key)
        return None

    def _quality(self, key: str) -> _Qualities:
        known = self._qualities.get(key)
        if known is None:
            postings = self._names.find(key)
            shortened = [
                posting.place.kind for posting in postings if posting.quality is NameQuality.ABBREVIATION
            ]
            known = self._qualities[key] = _Qualities(
                is_adjective=any(posting.quality is NameQuality.ADJECTIVE for posting in postings),
                is_abbreviation=bool(shortened),
                is_of_province=bool(shortened) and all(kind is Kind.ADMIN1 for kind in shortened),
            )
        return known

    def _is_major(self, key: str) -> bool:
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

    def _is_country(self, key: str) -> bool:
        return any(posting.place.kind is Kind.COUNTRY for posting in self._names.find(key))

    def _is_common_word(self, wording: Wording, match: _Match) -> bool:
        if match.end - match.start > 1:
            return match.key in wording.lexicon.not_places
        if match.key in wording.lexicon.not_places or match.key in KIND_BY_NOUN:
            return True
        # A word that the text also writes small is a word, unless the place is well known.
        return match.key in wording.lower_case and not self._is_major(match.key)

    def _is_organisation(self, wording: Wording, match: _Match) -> bool:
        """Tell whether the match is part of the name of an organisation, a publication or a publisher."""
        words = wording.lexicon
        before, second = wording.before(match.start), wording.before(match.start - 1)
        if (
            before is not None
            and before.folded in _OF
            and second is not None
            and second.is_name_like
            and second.folded in words.organisation_heads
        ):
            return True
        if before is not None and self._is_headed(wording, match.start):
            return True
        position = match.end
        while position < len(wording.tokens) and wording.tokens[position - 1].joins_next:
            token = wording.tokens[position]
            if not token.is_name_like:
                break
            if token.folded in words.organisation_words:
                return True
            # A headline writes every word large: there only the very next word counts.
            if position - match.end >= 2 or wording.is_title_case(match.start):
                break
            position += 1
        return wording.is_publisher(match.end)

    @staticmethod
    def _is_headed(wording: Wording, start: int) -> bool:
        """Tell whether the words before make it a station, a club or a movement: "Radio Free Europe"."""
        before, second = wording.before(start), wording.before(start - 1)
        if before is None:
            return False
        # "Tehreek-e-Taliban-e-Pakistan": the Persian and Urdu link joins it to what stands before.
        if before.folded in _LINKS and wording.text[before.end] == "-":
            return True
        heads = {token.folded for token in (before, second) if token is not None and token.is_name_like}
        return not heads.isdisjoint(_DIRECT_HEADS)

    def _is_person(self, wording: Wording, match: _Match) -> bool:
        words = wording.lexicon
        before, after = wording.before(match.start), wording.after(match.end)
        title_case = wording.is_title_case(match.start)
        if before is not None and before.folded in words.titles and before.is_name_like:
            return True
        is_single = match.end - match.start == 1
        if is_single and match.key in words.given_names:
            return True
        # "Chelsea Clinton": a name of either, and the word after is known for a family name.
        is_surname = after is not None and after.is_name_like and after.folded in words.surnames
        if is_single and is_surname and match.key in words.ambiguous_given_names:
            return True
        if title_case:
            is_forename = is_single and match.key in words.ambiguous_given_names
            return (before is not None and before.folded in words.given_names) or (
                is_forename
                and after is not None
                and after.is_name_like
                and self._is_unknown_name(wording, match.end)
            )
        if before is not None and before.is_name_like:
            if before.folded in words.given_names or before.folded in words.ambiguous_given_names:
                return True
            if self._is_unknown_name(wording, match.start - 1) and not self._is_major(match.key):
                return True
        if after is not None and after.is_name_like and self._is_unknown_name(wording, match.end):
            return (is_single and match.key in words.ambiguous_given_names) or not self._is_major(match.key)
        return False

    def _is_unknown_name(self, wording: Wording, index: int) -> bool:
        """Tell whether a capitalised word beside a match is no word that goes with places."""
        token = wording.tokens[index]
        words = wording.lexicon
        return not (
            token.folded in KIND_BY_NOUN
            or token.folded in _DIRECTIONS
            or token.folded in words.not_places
            or token.folded in words.organisation_words
            or token.folded in words.titles
            or self._quality(token.folded).is_adjective
            or token.folded in wording.lower_case
            or token.is_upper
            or wording.starts_sentence(index)
        )

    def _sighting(
        self, text: str, wording: Wording, match: _Match, kind: MentionType | None = None
    ) -> Sighting:
        tokens = wording.tokens
        start, end = tokens[match.start].start, tokens[match.end - 1].end
        after = wording.after(match.end)
        is_based = after is not None and after.folded == "based"
        return Sighting(
            mention=Mention(start, end, text[start:end], kind or self._type(wording, match)),
            key=match.key,
            asked_kind=wording.asked_kind(match.start, match.end),
            is_based=is_based,
            is_located=wording.is_located(match.start),
            token_start=match.start,
            token_end=match.end,
        )

    def _type(self, wording: Wording, match: _Match) -> MentionType:
        """Tell a place that speaks or acts from one where something is."""
        before, after = wording.before(match.start), wording.after(match.end)
        if before is not None and before.folded in LOCATIVES:
            return MentionType.LITERAL
        if after is not None and after.folded in _ATTRIBUTION:
            return MentionType.METONYMIC
        return MentionType.LITERAL


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


_BARE_PAIRS = frozenset({"us", "uk", "dc", "eu", "nz"})
"""Two capitals that mean a place without a comma before them; most pairs are words, codes or initials."""
