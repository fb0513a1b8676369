"""What keeps people off the map, by the words beside a match."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.homonyms import is_town

if TYPE_CHECKING:
    from geodata.matching import Match, Matcher
    from geodata.wording import Wording

DIRECTIONS = frozenset(
    (
        "north south east west northern southern eastern western central upper lower greater"
        " northeast northwest southeast southwest northeastern northwestern southeastern"
        " southwestern new old mainland downtown inner outer former occupied"
    ).split()
)
SPEAKING = frozenset(
    (
        "said says told added noted recalled explained testified argued replied wrote tweeted admitted"
        " joked laughed smiled pleaded confessed remembers recalls adds notes explains thinks knows"
    ).split()
)
"""What people do, and of places only those that stand for a government: "Moscow said"."""

_RELATING = frozenset("of from in at near for de".split())
"""Prepositions after which a name is not the one who speaks."""

_SCENE = frozenset("in near outside".split())

_AGE = re.compile(r", (?:aged? )?\d{1,2}, (?!\d)")
"""What follows a person's name: "Flores, 26, had"."""

SPEAKERS_PART = 3
"""A name that is somebody's once in so many times, or more often, is a person's throughout."""


class Namesakes:
    """The names of a document that people may share with places, and what speaks for either.

    Parameters
    ----------
    matcher : Matcher
    """

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._named: Counter[str] = Counter()
        self._described: Counter[str] = Counter()
        self._scenes: set[str] = set()
        self._goals: set[str] = set()

    def is_person(self, wording: Wording, match: Match, following: Match | None) -> bool:
        """Tell whether the match is somebody's name, and remember what it says of the name.

        Parameters
        ----------
        wording : Wording
        match : Match
        following : Match or None
            The next name of the gazetteer's in the text; None: there is no further one.
        """
        if match.end - match.start > 1 and wording.tokens[match.end - 1].folded in KIND_BY_NOUN:
            self._scenes.add(match.key)
            return False
        if wording.is_dateline(match.start, match.end):
            self._scenes.add(match.key)
            return False
        if match.key in wording.lexicon.given_names and is_town(self._matcher, wording, match, following):
            self._scenes.add(match.key)
            return False
        if is_person(self._matcher, wording, match):
            self._named[match.key] += 1
            return True
        if following is not None and self._is_container(wording, match, following):
            self._scenes.add(match.key)
            return False
        if is_described(self._matcher, wording, match):
            self._described[match.key] += 1
            return True
        if wording.is_scene(match.start, match.end):
            self._scenes.add(match.key)
        elif wording.is_located(match.start):
            self._goals.add(match.key)
        return False

    def _is_container(self, wording: Wording, match: Match, following: Match) -> bool:
        """Tell whether the next name says where a place of this one lies: "Jackson, Mississippi"."""
        between = wording.text[wording.end(match.end - 1) : wording.start(following.start)]
        use = self._matcher.use(following.key)
        return between.strip() == "," and (use.is_major or use.is_abbreviation)

    def owns(self, key: str, times: int) -> bool:
        """Tell whether a name is a person's wherever else it stands.

        Who is a person once is one throughout, unless the text also says that something is there; a well-known
        town to or from which somebody goes is not taken from the map by a namesake.

        Parameters
        ----------
        key : str
        times : int
            How often it stands where nothing makes it a person's.
        """
        use = self._matcher.use(key)
        if use.is_country or key in self._scenes:
            return False
        persons = self._named[key] + self._described[key]
        if not self._named[key]:
            return 0 < times <= persons * SPEAKERS_PART
        return not (use.is_major and key in self._goals)


def is_described(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether the text says of the match what is said of people: "Flores, 26", "said Trapani"."""
    if matcher.use(match.key).speaks or wording.is_scene(match.start, match.end):
        return False
    before, after = wording.before(match.start), wording.after(match.end)
    if before is not None and before.folded in _RELATING:
        # "The governor of Saratov said".
        return False
    if after is not None:
        return after.folded in SPEAKING
    if _AGE.match(wording.text, wording.end(match.end - 1)):
        return True
    # What goes on is somebody of the place: "said Litchfield Fire Chief".
    if before is None or wording.tokens[match.end - 1].possessive:
        return False
    second = wording.before(match.start - 1)
    return before.folded in SPEAKING or (
        second is not None and (second.folded, before.folded) == ("according", "to")
    )


def is_person(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether the match is somebody's name, or a part of one."""
    words = wording.lexicon
    before, after = wording.before(match.start), wording.after(match.end)
    title_case = wording.is_title_case(match.start)
    if before is not None and before.folded in words.titles and before.is_name_like:
        return True
    is_single = match.end - match.start == 1
    if is_single and match.key in words.given_names and not _is_bare_scene(wording, match):
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
            and _is_unknown_name(matcher, wording, match.end)
        )
    if before is not None and before.is_name_like:
        if _is_initial(wording, match.start - 1) and not matcher.use(match.key).is_major:
            return True
        if before.folded in words.given_names or before.folded in words.ambiguous_given_names:
            return True
        if _is_titled(wording, match.start - 1):
            return True
        if _is_unknown_name(matcher, wording, match.start - 1) and not matcher.use(match.key).is_major:
            return True
    if after is not None and after.is_name_like and _is_unknown_name(matcher, wording, match.end):
        return (is_single and match.key in words.ambiguous_given_names) or not matcher.use(match.key).is_major
    return False


def _is_bare_scene(wording: Wording, match: Match) -> bool:
    """Tell whether something is in what a name alone stands for: "grew up in Selma"."""
    before, after = wording.before(match.start), wording.after(match.end)
    return (
        before is not None
        and before.folded in _SCENE
        and not wording.tokens[match.end - 1].possessive
        and not (after is not None and after.is_name_like)
    )


def _is_titled(wording: Wording, index: int) -> bool:
    """Tell whether a title stands before the word at `index`: "Sgt. Truman Paris"."""
    before = wording.before(index)
    return before is not None and before.is_name_like and before.folded in wording.lexicon.titles


def _is_initial(wording: Wording, index: int) -> bool:
    """Tell whether the word at `index` is one letter with a full stop, as in "Terry A. Corbin"."""
    return wording.tokens[index].length == 1 and wording.text[wording.end(index)] == "."


def _is_unknown_name(matcher: Matcher, wording: Wording, index: int) -> bool:
    """Tell whether a capitalised word beside a match is no word that goes with places."""
    token = wording.tokens[index]
    words = wording.lexicon
    return not (
        # A script without capitals does not say what is a name.
        token.folded[:1].upper() == token.folded[:1]
        or token.folded in KIND_BY_NOUN
        or token.folded in DIRECTIONS
        or token.folded in words.not_places
        or token.folded in words.organisation_words
        or token.folded in words.titles
        or matcher.use(token.folded).is_adjective
        or token.folded in wording.lower_case
        or token.is_upper
        or wording.starts_sentence(index)
    )
