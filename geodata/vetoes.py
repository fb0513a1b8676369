"""What keeps organisations and acronyms off the map, by the words beside a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.people import DIRECTIONS, is_person

if TYPE_CHECKING:
    from geodata.matching import Match, Matcher
    from geodata.wording import Wording

_DIRECT_HEADS = frozenset(
    (
        "radio voice real atletico ajax bayern inter sporting dynamo dinamo lokomotiv spartak cnn bbc tv"
    ).split()
)
"""Words that make a name of a station or a club of the place that follows them."""
_LINKS = frozenset({"e", "i", "ul", "ye", "o"})
_SEATED = frozenset(
    (
        "school university college hospital library museum zoo clinic academy cathedral mosque court"
        " guard center centre"
    ).split()
)
"""Organisations that stand where the place is that they bear in their name."""
LONGEST_ACRONYM = 5
"""Letters of a word in capitals that is rather an acronym than a name."""
_OF = frozenset({"of", "de", "del", "da", "do", "di", "for"})


def is_organisation(matcher: Matcher, wording: Wording, match: Match) -> bool:
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
    if before is not None and _is_headed(wording, match.start):
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
    return wording.is_publisher(match.end) or _is_partner(matcher, wording, match)


def is_institution(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether an organisation is one that stands in the place it is named after.

    "Huntsville High School" and "University of Nebraska" are there, the "Washington Post" and the "Jerusalem
    Center for Future Studies" may be anywhere, and "Sam Houston State University" is somebody's.
    """
    if match.key in DIRECTIONS or is_person(matcher, wording, match):
        return False
    before, second = wording.before(match.start), wording.before(match.start - 1)
    if before is not None and before.folded == "of" and second is not None and second.folded in _SEATED:
        return True
    found = False
    position = match.end
    while position < len(wording.tokens) and wording.tokens[position - 1].joins_next:
        token = wording.tokens[position]
        if token.folded in ("for", "of", "on"):
            return False
        if not token.is_name_like:
            break
        if token.folded in _SEATED:
            found = True
        elif token.folded in wording.lexicon.organisation_words:
            return False
        position += 1
    return found


def _is_partner(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether "&" makes a firm of it: "Stevens & Wilkinson"; well-known places stay."""
    start, end = wording.start(match.start), wording.end(match.end - 1)
    text = wording.text
    return (text[max(0, start - 2) : start] == "& " or text[end : end + 3] == " & ") and not matcher.use(
        match.key
    ).is_major


def is_acronym(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether a short word in capitals alone is letters that stand for something: "the SWAT team"."""
    token, use = wording.tokens[match.start], matcher.use(match.key)
    return (
        match.end - match.start == 1
        and token.is_upper
        and token.length <= LONGEST_ACRONYM
        and not (use.is_country or (use.is_major and token.length == LONGEST_ACRONYM))
        and not wording.is_in_capitals(match.start)
        and not wording.is_dateline(match.start, match.end)
    )


def _is_headed(wording: Wording, start: int) -> bool:
    """Tell whether the words before make it a station, a club or a movement: "Radio Free Europe"."""
    before, second = wording.before(start), wording.before(start - 1)
    if before is None:
        return False
    # "Air France" flies anywhere.
    if before.folded == "air" and before.is_name_like:
        return True
    # "Tehreek-e-Taliban-e-Pakistan": the Persian and Urdu link joins it to what stands before.
    if before.folded in _LINKS and wording.text[wording.end(start - 1)] == "-":
        return True
    return (before.is_name_like and before.folded in _DIRECT_HEADS) or (
        second is not None and second.is_name_like and second.folded in _DIRECT_HEADS
    )
