"""Which place a text puts beside another as what contains it: "Mastung, Balochistan", "Tripoli (Lebanon)"."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.containment import CONTAINER_WITHIN, denies_doubt, lies_in, says_inside
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.model import ADJECTIVAL, COUNTRY
from geodata.senses import sense_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.recognition import Sighting
    from geodata.senses import Sense

_NOUNS = "|".join(sorted(map(re.escape, KIND_BY_NOUN), key=len, reverse=True))
_OF_NOUN = re.compile(rf"(?: [a-z]+){{0,3}} (?:{_NOUNS})(?: city| town)?(?: of| called)?(?: the)? ")
"""Between an adjective and the place that has it: " town of ", " southern port city of "."""

_OWNS = re.compile(
    r"['’]s? (?:(?:north|south|east|west|central|far|restive|coastal|troubled|remote)[a-z-]* )*"
)
"""Between a country and what it has: "'s ", "'s northern "."""

SURE = 0.9
"""Belief from which a name alone means a country."""

LEAST_BELIEF = 0.02
"""Belief in a container below which it contains nothing."""


def find_containers(
    text: str, sightings: Sequence[Sighting], senses: Mapping[str, Sense]
) -> dict[tuple[str, str], list[int]]:
    """Note in the senses where the text says that one place lies in another.

    Parameters
    ----------
    text : str
    sightings : sequence of Sighting
        In the order of the text.
    senses : mapping of str to Sense
        By `sense_key`.

    Returns
    -------
    dict of (str, str) to list of int
        Keys of a name and of what contains it → numbers of the sightings of which the text says so. What it says
        last comes last.
    """
    pairs: dict[tuple[str, str], list[int]] = {}
    for number, (first, second) in enumerate(pairwise(sightings)):
        if stands_for_country(text, first, second):
            pair = sense_key(second), sense_key(first)
            numbers = pairs.pop(pair, [])
            numbers.append(number + 1)
            pairs[pair] = numbers
            continue
        if second.mention.type is ADJECTIVAL or second.mention.start - first.mention.end > CONTAINER_WITHIN:
            continue
        between = text[first.mention.end : second.mention.start]
        if says_inside(between):
            pair = sense_key(first), sense_key(second)
            if pair[0] == pair[1]:
                continue
            if denies_doubt(between):
                senses[pair[0]].outer.append(senses[pair[1]])
            elif _are_countries(senses[pair[0]], senses[pair[1]]):
                # "Colombia, Brazil and Peru" is a list, though there is a Colombia in Brazil.
                continue
            numbers = pairs.pop(pair, [])
            numbers.append(number)
            pairs[pair] = numbers
    for inner, outer in pairs:
        senses[inner].containers |= numbers_within(senses[inner], senses[outer])
    return pairs


def stands_for_country(text: str, first: Sighting, second: Sighting) -> bool:
    """Tell whether a name says of the one after it in which country that is.

    "The Indonesian town of Batang", "the Libyan port city Tobruk", "Lebanon's Tripoli"; "Russian Kursk" may be a
    ship.
    """
    between = text[first.mention.end : second.mention.start]
    if first.mention.type is ADJECTIVAL:
        return _OF_NOUN.fullmatch(between) is not None
    return _OWNS.fullmatch(between) is not None


def _are_countries(*senses: Sense) -> bool:
    """Tell whether each name surely means a country."""
    return all(
        sense.beliefs
        and sense.beliefs[sense.best] >= SURE
        and sense.candidates.places[sense.best].kind is COUNTRY
        for sense in senses
    )


def numbers_within(inner: Sense, outer: Sense) -> dict[int, str]:
    """Return the numbers of a name's candidates that lie in places another may mean → names of those."""
    return {
        number: container.name
        for belief, container in zip(outer.beliefs, outer.candidates.places, strict=True)
        if belief >= LEAST_BELIEF
        for number, place in enumerate(inner.candidates.places)
        if lies_in(place, container)
    }


def find_namesakes(
    pairs: Mapping[tuple[str, str], Sequence[int]], senses: Mapping[str, Sense]
) -> dict[tuple[str, str], dict[int, str]]:
    """Find the names that the text puts into different places: "Tripoli, Lebanon" and "Tripoli, Libya".

    Parameters
    ----------
    pairs : mapping
        As `find_containers` returns them.
    senses : mapping of str to Sense
        By `sense_key`, all of them decided.

    Returns
    -------
    dict of (str, str) to dict of int to str
        Those pairs of which the name's best candidate does not lie where this pair puts it, and others do →
        what `numbers_within` says of these.
    """
    outers: dict[str, list[str]] = defaultdict(list)
    for inner, outer in pairs:
        outers[inner].append(outer)
    namesakes = {}
    for inner, outer in pairs:
        if len(outers[inner]) > 1:
            within = numbers_within(senses[inner], senses[outer])
            if within and senses[inner].best not in within:
                namesakes[inner, outer] = within
    return namesakes
