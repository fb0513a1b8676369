"""The senses of a document's names: for each distinct name, the places that it may mean."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING

from geodata.containment import agree, lies_in
from geodata.model import ADJECTIVAL, ADMIN1, ADMIN2, COUNTRY, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geodata.candidates import Candidates
    from geodata.model import Place
    from geodata.recognition import Sighting

DOUBT = 1.0
"""Votes that no country has: two names alone decide less than twenty do."""

BELIEVED = 0.05
"""Share of the belief from which a candidate has a say about the other names."""

BELIEVED_AREA = 0.5
"""Belief from which a country or province denies what does not lie in it."""

_AREAS = (COUNTRY, ADMIN1, ADMIN2)

COUNTRYLESS_SHARE = 0.25
"""Share of the votes that a sea, or a region of several countries, is granted."""

LEADING = 5
"""Provinces with most votes among which a name's scene is looked for: its own votes may put some of them back."""


@dataclass(slots=True)
class Sense:
    """All mentions of one name in a document, and what is known of its candidates.

    Attributes
    ----------
    sightings : int
        How many mentions there are.
    scores, beliefs : sequence of float
        For each candidate: its score among the others, and its share of the belief.
    best : int
        Number of the candidate that is believed most; without candidates it means nothing.
    believed : list of int
        Numbers of the candidates that have a say about the other names.
    votes : sequence of float
        For each candidate: how many of the name's votes are its own.
    containers : dict of int to str
        Number of a candidate → name of the container that the text puts beside it.
    asked : Kind or None
        The kind of place that the text speaks of with this name.
    is_located : bool
        Whether the text says somewhere that something is in, at or near it.
    is_speaking : bool
        Whether the text has the place do what governments do.
    outer : list of Sense
        Names of which the text says plainly that this one lies in what they mean.
    pull : float
        How strongly the other names' places draw the best candidate, by nearness.
    is_supported : bool
        Whether the document gives a reason to believe in the best candidate.
    spelling_of : str
        Key of the name that this one is taken for a spelling of; empty: it stands for itself.
    """

    key: str
    candidates: Candidates
    sightings: int
    asked: Kind | None
    is_adjective: bool
    is_located: bool
    is_speaking: bool
    scores: Sequence[float] = ()
    beliefs: Sequence[float] = ()
    best: int = 0
    believed: Sequence[int] = ()
    votes: Sequence[float] = ()
    containers: dict[int, str] = field(default_factory=dict)
    outer: list[Sense] = field(default_factory=list)
    pull: float = 0.0
    is_supported: bool = False
    spelling_of: str = ""

    def believe(self, scores: Sequence[float], beliefs: Sequence[float]) -> None:
        """Take over new scores and shares of belief."""
        self.scores, self.beliefs = scores, beliefs
        if len(beliefs) == 1:
            self.best, self.believed, self.votes = 0, (0,), (1.0 + math.log(self.sightings),)
        elif beliefs:
            self.best = beliefs.index(max(beliefs))
            self.believed = [number for number, belief in enumerate(beliefs) if belief >= BELIEVED]
            # Squared, so that a country gains nothing by having one of every name, as the US has. A name said ten
            # times says more than one said once, but not ten times more.
            squares = [belief * belief for belief in beliefs]
            weight = (1.0 + math.log(self.sightings)) / sum(squares)
            self.votes = [weight * square for square in squares]

    def place(self) -> Place | None:
        """Return the candidate that is believed most; None without candidates."""
        return self.candidates.places[self.best] if self.beliefs else None

    def denied_by(self) -> Place | None:
        """Return the place in which the text says it lies and the best candidate does not; None: there is none.

        Where the text speaks of namesakes, "Newcastle (England) and Newcastle (Australia)", one that it means is
        not denied by what is said of the other.
        """
        mine = self.place()
        if mine is None:
            return None
        denying = None
        for sense in self.outer:
            place = sense.place()
            if place is None or place.kind not in _AREAS or sense.beliefs[sense.best] < BELIEVED_AREA:
                continue
            if lies_in(mine, place) or agree(mine, place):
                return None
            denying = denying or place
        return denying


def gather_senses(
    sightings: Iterable[Sighting], look_up: Callable[[str, bool, Kind | None], Candidates]
) -> dict[str, Sense]:
    """Put the sightings of one name together and look its candidates up.

    Parameters
    ----------
    sightings : iterable of Sighting
    look_up : callable
        Returns the candidates of a folded name; told whether the text uses it as an adjective, and what kind of
        place the text speaks of with it.

    Returns
    -------
    dict of str to Sense
        By `sense_key` of the sightings.
    """
    grouped: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        grouped[sense_key(sighting)].append(sighting)
    return {key: _sense(key, group, look_up) for key, group in grouped.items()}


def _sense(
    key: str, sightings: Sequence[Sighting], look_up: Callable[[str, bool, Kind | None], Candidates]
) -> Sense:
    first = sightings[0]
    is_adjective = first.mention.type is ADJECTIVAL
    asked = _asked_kind(sightings)
    candidates = look_up(first.key, is_adjective, asked)
    sense = Sense(
        key,
        candidates,
        len(sightings),
        asked=asked,
        is_adjective=is_adjective,
        is_located=any(sighting.is_located for sighting in sightings),
        is_speaking=any(sighting.is_speaking for sighting in sightings),
    )
    sense.believe(candidates.scores, candidates.beliefs)
    return sense


def _asked_kind(sightings: Sequence[Sighting]) -> Kind | None:
    """Return the kind that the text speaks of with a name, if it mostly says so."""
    kinds = [sighting.asked_kind for sighting in sightings if sighting.asked_kind is not None]
    if not kinds:
        return None
    kind, times = Counter(kinds).most_common(1)[0]
    # "Niger" is no province because one of eleven mentions stands before "states".
    return kind if 2 * times >= len(sightings) else None


def sense_key(sighting: Sighting) -> str:
    """Return what two sightings of one name share."""
    return sighting.key or sighting.mention.phrase


class Votes:
    """What the names of a document say together about its countries and provinces.

    Parameters
    ----------
    senses : iterable of Sense
        The names; their shares of belief are added up by country and by province.

    Attributes
    ----------
    named : dict of str to (str, int)
        Country code → name of the country and how often the text names it.
    """

    def __init__(self, senses: Iterable[Sense]) -> None:
        self.named: dict[str, tuple[str, int]] = {}
        self._countries: dict[str, float] = defaultdict(float)
        self._provinces: dict[tuple[str, str], float] = defaultdict(float)
        self._own: dict[str, tuple[Mapping[str, float], float]] = {}
        for sense in senses:
            own = self._cast(sense)
            self._own[sense.key] = own, sum(own.values())
            best = sense.place()
            if best is not None and best.kind is COUNTRY:
                name, times = self.named.get(best.country_code, (best.name, 0))
                self.named[best.country_code] = (name, times + sense.sightings)
        self._total = sum(self._countries.values())

    def _cast(self, sense: Sense) -> Mapping[str, float]:
        """Add the votes of a name, and return those that it has for countries."""
        own: dict[str, float] = defaultdict(float)
        places, areas = sense.candidates.places, sense.candidates.areas
        for number in sense.believed:
            code, province = areas[number]
            if not code:
                continue
            votes = sense.votes[number]
            if places[number].kind is COUNTRY:
                votes *= 2.0
            self._countries[code] += votes
            own[code] += votes
            if province:
                self._provinces[areas[number]] += votes
        return own

    def countries(self, sense: Sense) -> dict[str, float]:
        """Return the share of the other names' votes that each country of a name's candidates has, 0 to 1."""
        return {code: self.country(code, sense) for code in sense.candidates.countries}

    def country(self, code: str, sense: Sense) -> float:
        """Return the share of the other names' votes that a country has, 0 to 1."""
        if not code:
            # What lies in several countries or none must not lose against a namesake in one of them.
            return COUNTRYLESS_SHARE
        own, total = self._own[sense.key]
        others = self._countries.get(code, 0.0) - own.get(code, 0.0)
        return max(0.0, others) / (self._total - total + DOUBT)

    def provinces(self, sense: Sense) -> dict[tuple[str, str], float]:
        """Return the share of the other names' votes that provinces of a name's candidates have, 0 to 1.

        Without those that have none. `sense` must believe what it did when the votes were cast.
        """
        numbers = sense.candidates.provinces
        shares = {}
        for area in numbers.keys() & self._provinces.keys():
            others = self._provinces[area] - sum([sense.votes[number] for number in numbers[area]])
            if others > 0.0:
                shares[area] = others / (self._total + DOUBT)
        return shares

    @cached_property
    def _leading(self) -> list[tuple[tuple[str, str], float]]:
        """The provinces with most votes; a long text has thousands, of which none but these can be a scene."""
        return nlargest(LEADING, self._provinces.items(), key=itemgetter(1))

    def scene(self, sense: Sense) -> tuple[float, float]:
        """Return the shares of the other names' votes that the province with most of them and its country have.

        There a place of the name most likely lies if the gazetteer lacks it. `sense` must believe what it did when
        the votes were cast.

        Returns
        -------
        country, province : float
            0 to 1; both 0 where no other name has a province.
        """
        code, province, most = "", "", 0.0
        for area, votes in self._leading:
            votes -= sum([sense.votes[number] for number in sense.candidates.provinces.get(area, ())])
            if votes > most:
                (code, province), most = area, votes
        return (self.country(code, sense), most / (self._total + DOUBT)) if province else (0.0, 0.0)
