"""When a common word is a town's name all the same: what contains the town follows it, or somebody governs it.

"Reading, Pennsylvania", "Mobile, Ala." and "the mayor of Split" are places, whatever the words mean elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.containment import lies_in
from geodata.gazetteer.entry import ABBREVIATION, ALTERNATE, PREFERRED
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.model import ADMIN1, ADMIN2, CITY, COUNTRY

if TYPE_CHECKING:
    from geodata.matching import Match, Matcher
    from geodata.wording import Wording

_CALENDAR = frozenset(
    (
        "january february march april may june july august september october november december"
        " monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)
"""After "in" and before a comma these are times: "in March, England won"."""

_OCCASIONS = frozenset(
    "spring summer autumn fall winter christmas easter independence congress parliament senate union".split()
)
"""They stand before a comma as often as towns do: "in Spring, Texas votes", "told Congress, Arizona would sue"."""

_CLOSED = re.compile(r"\s?(?:[-,.;:!?()\[\]—–\n\"”’]|$)")
"""What stands after a container that is named only to say where: "Reading, England, is calm"."""

_OF_TOWN = frozenset("city town village municipality borough mayor residents outskirts suburbs".split())

GOVERNED_POPULATION = 10_000
"""Inhabitants from which a town is believed to be one that has a mayor; there is a "City of God" as well."""


class Homonyms:
    """The words of a document that are names of towns as well, and what speaks for the towns.

    Parameters
    ----------
    matcher : Matcher
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._towns: set[str] = set()
        self._words: list[Match] = []

    def is_word(self, wording: Wording, match: Match, following: Match | None) -> bool:
        """Tell whether the match is a word and no name, and remember what it says of the word.

        Parameters
        ----------
        wording : Wording
        match : Match
        following : Match or None
            The next name of the gazetteer's in the text; None: there is no further one.
        """
        if not is_common_word(self._matcher, wording, match):
            return False
        if is_town(self._matcher, wording, match, following):
            self._towns.add(match.key)
            return False
        self._words.append(match)
        return True

    def other_mentions(self, wording: Wording) -> list[Match]:
        """Return the words that elsewhere in the document are towns, where they are large for no other reason."""
        if not self._towns:
            return []
        return [match for match in self._words if match.key in self._towns and _is_bare_name(wording, match)]


def is_common_word(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether the match is a word of the language and no name."""
    if match.end - match.start > 1:
        return match.key in wording.lexicon.not_places
    if match.key in wording.lexicon.not_places or match.key in KIND_BY_NOUN:
        return True
    # A word that the text also writes small is a word, unless the place is well known.
    return match.key in wording.lower_case and not matcher.use(match.key).is_major


def is_town(matcher: Matcher, wording: Wording, match: Match, following: Match | None) -> bool:
    """Tell whether the words beside a match make it a town's name, whatever else it may be.

    Parameters
    ----------
    following : Match or None
        The next name in the text; None: there is no further one.
    """
    return (following is not None and _is_contained(matcher, wording, match, following)) or _is_governed(
        matcher, wording, match
    )


def _is_contained(matcher: Matcher, wording: Wording, match: Match, following: Match) -> bool:
    """Tell whether the next name says where a town lies that the word may mean: "Mobile, Alabama".

    Parameters
    ----------
    match : Match
        A word, or a given name, that a town has for its name.
    following : Match
        The next name in the text.
    """
    start, end = wording.start(following.start), wording.end(following.end - 1)
    parting = wording.text[wording.end(match.end - 1) + match.tail : start].strip()
    if parting not in (",", "(") or match.key in _CALENDAR or _is_part(wording, match):
        return False
    # What is a word itself contains nothing; "Ala." and "Miss." do.
    if is_common_word(matcher, wording, following) and not matcher.use(following.key).is_abbreviation:
        return False
    # Where a sentence begins, any word is large and a comma may part two thoughts: "Police, Poland says".
    is_doubtful = wording.starts_sentence(match.start) or match.key in _OCCASIONS
    if is_doubtful and not _CLOSED.match(wording.text, end):
        return False
    containers = [
        posting.place
        for posting in matcher.postings(following.key)
        if posting.place.kind in (COUNTRY, ADMIN1, ADMIN2)
        and posting.quality in (PREFERRED, ALTERNATE, ABBREVIATION)
    ]
    return any(
        posting.place.kind is CITY
        and posting.quality is PREFERRED
        and not posting.place.is_minor
        and any(lies_in(posting.place, container) for container in containers)
        for posting in matcher.postings(match.key)
    )


def _is_governed(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether the words before make the word a town's name: "the city of Mobile", "the mayor of Reading"."""
    before, second = wording.before(match.start), wording.before(match.start - 1)
    if before is None or before.folded != "of" or second is None or second.folded not in _OF_TOWN:
        return False
    after = wording.after(match.end)
    if (after is not None and after.is_name_like) or wording.is_title_case(match.start):
        return False
    return any(
        posting.place.kind is CITY
        and posting.quality is PREFERRED
        and posting.place.population >= GOVERNED_POPULATION
        for posting in matcher.postings(match.key)
    )


def _is_bare_name(wording: Wording, match: Match) -> bool:
    """Tell whether a word is large because it is a name, and no part of a longer one."""
    after = wording.after(match.end)
    return not (
        wording.starts_sentence(match.start)
        or wording.is_title_case(match.start)
        or _is_part(wording, match)
        or (after is not None and after.is_name_like)
    )


def _is_part(wording: Wording, match: Match) -> bool:
    """Tell whether a large word stands before the match, as in "the Grand Union, Texas"."""
    before = wording.before(match.start)
    if before is None or not before.is_name_like:
        return False
    # "In" is large where a sentence begins.
    return not (wording.starts_sentence(match.start - 1) and before.folded in wording.lexicon.not_places)
