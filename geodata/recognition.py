"""Finds the stretches of a text that name places: longest match over the gazetteer, then filters.

The filters keep people, organisations, publishers and common words off the map. They look at the words beside
a match alone; whether a small place's country is spoken of is for the resolver to see.
"""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from geodata import lexicon
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.homonyms import Homonyms
from geodata.matching import Match, Matcher
from geodata.model import ADJECTIVAL, ADMIN1, ADMIN2, CITY, LITERAL, METONYMIC, Kind, Mention, MentionType
from geodata.people import DIRECTIONS, Namesakes
from geodata.unknown_names import find_unknown_names
from geodata.vetoes import is_acronym, is_institution, is_organisation
from geodata.wording import LOCATIVES, Wording

if TYPE_CHECKING:
    from geodata.matching import Names

VERSION = 7
"""Raised when the same lexicon gives other sightings, so that stored answers are told from new ones."""

_ATTRIBUTION = frozenset(
    (
        "said says told warned announced denied accused condemned urged vowed insisted agreed"
        " signed rejected wants sees believes hopes fears considers threatened demanded demands"
        " summoned asked"
    ).split()
)


_DIVISIONS = (CITY, ADMIN1, ADMIN2)
"""Kinds whose common nouns say nothing but the kind: "Derna city" is Derna, the Kanawha River is no Kanawha."""


_LISTING = frozenset({",", "and", ", and", "or"})
"""What parts the names of a list."""


class Sighting(NamedTuple):
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
    is_speaking : bool
        It does what governments do: "Moscow said".
    token_start, token_end : int
        Numbers of the words, end exclusive.
    """

    mention: Mention
    key: str
    asked_kind: Kind | None
    is_based: bool
    is_located: bool
    is_speaking: bool
    token_start: int
    token_end: int


class Recogniser:
    """Recognises place names by a gazetteer.

    Parameters
    ----------
    names : Names
        The gazetteer.
    """

    def __init__(self, names: Names) -> None:
        self._matcher = Matcher(names)
        self.id = f"match-{VERSION}-{lexicon.fingerprint()}"

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
        wording = Wording(text)
        matches = self._matcher.matches(wording)
        sightings: list[Sighting] = []
        institutions: list[Sighting] = []
        namesakes, homonyms = Namesakes(self._matcher), Homonyms(self._matcher)
        for match, following in zip_longest(matches, matches[1:]):
            use = self._matcher.use(match.key)
            if use.is_adjective:
                sightings.append(self._sighting(text, wording, match, ADJECTIVAL))
            elif use.is_abbreviation:
                # "US$" is money.
                if not text.startswith("$", wording.end(match.end - 1)):
                    sightings.append(self._sighting(text, wording, match))
            elif homonyms.is_word(wording, match, following) or self._is_other(wording, match):
                continue
            elif is_organisation(self._matcher, wording, match):
                if is_institution(self._matcher, wording, match):
                    institutions.append(self._sighting(text, wording, match, METONYMIC))
            elif not namesakes.is_person(wording, match, following):
                sightings.append(self._sighting(text, wording, match))
        sightings += [
            self._sighting(text, wording, match)
            for match in homonyms.other_mentions(wording)
            if not self._is_borne(wording, match, namesakes)
        ]
        times = Counter(sighting.key for sighting in sightings)
        kept = [sighting for sighting in sightings if not namesakes.owns(sighting.key, times[sighting.key])]
        # A school may bear anybody's name: the place must be spoken of, or be well known.
        places = {sighting.key for sighting in kept}
        kept += [
            sighting
            for sighting in institutions
            if sighting.key in places or self._matcher.use(sighting.key).is_major
        ]
        taken = {word for match in matches for word in range(match.start, match.end)}
        kept += [
            self._sighting(text, wording, Match(start, end, ""))
            for start, end in find_unknown_names(wording, taken)
        ]
        return _locate_lists(wording, sorted(kept, key=lambda sighting: sighting.mention.start))

    def _is_other(self, wording: Wording, match: Match) -> bool:
        """Tell whether the match is an acronym, or a name in quotation marks."""
        # What is said of a word in these does not hold for a part of it.
        return not match.is_within and (
            is_acronym(self._matcher, wording, match) or wording.is_quoted(match.start, match.end)
        )

    def _is_borne(self, wording: Wording, match: Match, namesakes: Namesakes) -> bool:
        """Tell whether the match is an acronym, in quotation marks, an organisation's name or somebody's."""
        return (
            self._is_other(wording, match)
            or is_organisation(self._matcher, wording, match)
            or namesakes.is_person(wording, match, None)
        )

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
        key, kind = self._known_key(phrase)
        is_adjective = self._matcher.use(key).is_adjective
        return Sighting(
            Mention(start, end, phrase, ADJECTIVAL if is_adjective else LITERAL),
            key,
            asked_kind=kind,
            is_based=False,
            is_located=False,
            is_speaking=False,
            token_start=0,
            token_end=0,
        )

    def _known_key(self, phrase: str) -> tuple[str, Kind | None]:
        """Return a phrase's folded name and the kind it asks for: of "central Tripoli" and "Derna city" the name's.

        The phrase itself where the gazetteer has it, or has no name that all but common nouns and directions of it
        make.
        """
        key = fold(phrase)
        words = key.split()
        kind = None
        while len(words) > 1 and not self._matcher.is_known(" ".join(words)):
            if words[-1] in KIND_BY_NOUN and KIND_BY_NOUN[words[-1]] in _DIVISIONS:
                kind = KIND_BY_NOUN[words.pop()]
            elif words[0] in DIRECTIONS or words[0] == "the":
                words.pop(0)
            else:
                return key, None
        return (" ".join(words), kind) if self._matcher.is_known(" ".join(words)) else (key, None)

    def _sighting(
        self, text: str, wording: Wording, match: Match, kind: MentionType | None = None
    ) -> Sighting:
        start, end = wording.start(match.start) + match.head, wording.end(match.end - 1) + match.tail
        after = wording.after(match.end)
        is_based = after is not None and after.folded == "based"
        used = self._type(wording, match)
        return Sighting(
            mention=Mention(start, end, text[start:end], kind or used),
            key=match.key,
            asked_kind=wording.asked_kind(match.start, match.end),
            is_based=is_based,
            is_located=wording.is_located(match.start),
            is_speaking=used is METONYMIC,
            token_start=match.start,
            token_end=match.end,
        )

    def _type(self, wording: Wording, match: Match) -> MentionType:
        """Tell a place that speaks or acts from one where something is."""
        before, after = wording.before(match.start), wording.after(match.end)
        if before is not None and before.folded in LOCATIVES:
            return LITERAL
        if after is not None and after.folded == "and":
            # "Washington and Moscow condemned".
            after = wording.after(match.end + 2) if match.end + 2 < len(wording.tokens) else None
        if after is not None and after.folded in _ATTRIBUTION:
            return METONYMIC
        return LITERAL


def _locate_lists(wording: Wording, sightings: list[Sighting]) -> list[Sighting]:
    """Take what is in the first place of a list to be in the others: "in Ningbo, Busan and Port Klang"."""
    located: list[Sighting] = []
    for sighting in sightings:
        if located and located[-1].is_located and not sighting.is_located:
            between = wording.text[located[-1].mention.end : sighting.mention.start]
            if between.strip() in _LISTING:
                sighting = sighting._replace(is_located=True)
        located.append(sighting)
    return located
