"""Names that the gazetteer lacks, told by the common noun beside them: "Charkhab district", "village of Sawai".

They cannot be placed, but a reader must know that something there was named: what could not be placed is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer.generics import KIND_BY_NOUN

if TYPE_CHECKING:
    from collections.abc import Collection

    from geodata.wording import Wording

MAX_WORDS = 3
"""Words of the longest name that is taken for one without a gazetteer."""

_NOUNS = frozenset(KIND_BY_NOUN) - frozenset(
    # What these stand beside is as often a ministry, an army unit or a firm.
    (
        "state department division zone base port mine terminal facility republic territory union reactor bridge"
        " camp palace plant settlement parish bay channel city coast"
    ).split()
) | {"area", "neighbourhood", "neighborhood"}
_OF_NOUNS = frozenset(
    "village town district province hamlet regency governorate municipality township island county".split()
)


def find_unknown_names(wording: Wording, taken: Collection[int]) -> list[tuple[int, int]]:
    """Find runs of capitalised words that a common noun makes places' names.

    Parameters
    ----------
    wording : Wording
        The words of the text.
    taken : collection of int
        Numbers of the words that the gazetteer's names, people and organisations have already.

    Returns
    -------
    list of (int, int)
        Numbers of the first word and of the one after the last, in order.
    """
    found = []
    end = 0
    for index in wording.beginnings:
        if index < end:
            continue
        end = _run_end(wording, taken, index)
        if end > index and (
            _is_named_by_noun(wording, index, end)
            or _ends_a_way(wording, taken, index)
            or _stands_before_container(wording, taken, index, end)
        ):
            found.append((index, end))
    return found


def _run_end(wording: Wording, taken: Collection[int], index: int) -> int:
    """Return the number of the word after the run of unknown capitalised words at `index`; none: `index`."""
    end = index
    while end < len(wording.tokens) and end not in taken and _may_belong(wording, end):
        end += 1
        if not wording.tokens[end - 1].joins_next:
            break
    return end


def _may_belong(wording: Wording, index: int) -> bool:
    token = wording.tokens[index]
    words = wording.lexicon
    return (
        token.is_name_like
        and not token.is_upper
        and len(token.folded) > 2
        and token.folded not in KIND_BY_NOUN
        and token.folded not in words.not_places
        and token.folded not in words.titles
        and token.folded not in words.organisation_words
        and token.folded not in words.organisation_heads
        and token.folded not in wording.lower_case
    )


def _ends_a_way(wording: Wording, taken: Collection[int], start: int) -> bool:
    """Tell whether the text goes from a known place to this one: "from Dera Bugti to Sawai"."""
    before = wording.before(start)
    return (
        before is not None
        and before.folded == "to"
        and start - 2 in taken
        and any(token.folded == "from" for token in wording.tokens[max(0, start - 6) : start - 2])
    )


def _stands_before_container(wording: Wording, taken: Collection[int], start: int, end: int) -> bool:
    """Tell whether something is there and a known place contains it: "from Kuriga, Kaduna State"."""
    last = wording.tokens[end - 1]
    return (
        end - start <= MAX_WORDS
        and wording.is_located(start)
        and not last.joins_next
        and not last.ends_sentence
        and end in taken
        and wording.text.startswith(", ", wording.end(end - 1))
    )


def _is_named_by_noun(wording: Wording, start: int, end: int) -> bool:
    if end - start > MAX_WORDS or wording.is_title_case(start):
        return False
    before, second, after = wording.before(start), wording.before(start - 1), wording.after(end)
    if before is not None and before.is_name_like and not wording.starts_sentence(start - 1):
        return False
    if after is not None and after.folded in _NOUNS:
        return True
    return before is not None and before.folded == "of" and second is not None and second.folded in _OF_NOUNS
