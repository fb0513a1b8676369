"""What keeps common words, organisations and people off the map, by the words beside a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer.generics import KIND_BY_NOUN

if TYPE_CHECKING:
    from geodata.matching import Match, Matcher
    from geodata.wording import Wording

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


def is_common_word(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether the match is a word of the language and no name."""
    if match.end - match.start > 1:
        return match.key in wording.lexicon.not_places
    if match.key in wording.lexicon.not_places or match.key in KIND_BY_NOUN:
        return True
    # A word that the text also writes small is a word, unless the place is well known.
    return match.key in wording.lower_case and not matcher.use(match.key).is_major


def is_organisation(wording: Wording, match: Match) -> bool:
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
    return wording.is_publisher(match.end)


def _is_headed(wording: Wording, start: int) -> bool:
    """Tell whether the words before make it a station, a club or a movement: "Radio Free Europe"."""
    before, second = wording.before(start), wording.before(start - 1)
    if before is None:
        return False
    # "Tehreek-e-Taliban-e-Pakistan": the Persian and Urdu link joins it to what stands before.
    if before.folded in _LINKS and wording.text[wording.end(start - 1)] == "-":
        return True
    return (before.is_name_like and before.folded in _DIRECT_HEADS) or (
        second is not None and second.is_name_like and second.folded in _DIRECT_HEADS
    )


def is_person(matcher: Matcher, wording: Wording, match: Match) -> bool:
    """Tell whether the match is somebody's name, or a part of one."""
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
            and _is_unknown_name(matcher, wording, match.end)
        )
    if before is not None and before.is_name_like:
        if before.folded in words.given_names or before.folded in words.ambiguous_given_names:
            return True
        if _is_unknown_name(matcher, wording, match.start - 1) and not matcher.use(match.key).is_major:
            return True
    if after is not None and after.is_name_like and _is_unknown_name(matcher, wording, match.end):
        return (is_single and match.key in words.ambiguous_given_names) or not matcher.use(match.key).is_major
    return False


def _is_unknown_name(matcher: Matcher, wording: Wording, index: int) -> bool:
    """Tell whether a capitalised word beside a match is no word that goes with places."""
    token = wording.tokens[index]
    words = wording.lexicon
    return not (
        token.folded in KIND_BY_NOUN
        or token.folded in _DIRECTIONS
        or token.folded in words.not_places
        or token.folded in words.organisation_words
        or token.folded in words.titles
        or matcher.use(token.folded).is_adjective
        or token.folded in wording.lower_case
        or token.is_upper
        or wording.starts_sentence(index)
    )
