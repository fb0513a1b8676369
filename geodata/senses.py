"""The senses of a document's names: for each distinct name, the places that it may mean."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geodata.gazetteer.entry import NameQuality
from geodata.model import Kind, MentionType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.gazetteer.index import Posting
    from geodata.matching import Names
    from geodata.model import Place
    from geodata.recognition import Sighting

DOUBT = 1.0
"""Votes that no country has: two names alone decide less than twenty do."""

COUNTRYLESS_SHARE = 0.25
"""Share of the votes that a sea, or a region of several countries, is granted."""


@dataclass(slots=True)
class Sense:
    """All mentions of one name in a document, and what is known of its candidates.

    Attributes
    ----------
    base, scores, beliefs : list of float
        For each candidate: its score alone, its score among the others, and its share of the belief.
    containers : dict of int to str
        Number of a candidate → name of the container that the text puts beside it.
    asked : Kind or None
        The kind of place that the text speaks of with this name.
    is_located : bool
        Whether the text says somewhere that something is in, at or near it.
    pull : float
        How strongly the other names' places draw the best candidate, by nearness.
    spelling_of : str
        Key of the name that this one is taken for a spelling of; empty: it stands for itself.
    """

    key: str
    sightings: list[int] = field(default_factory=list)
    postings: tuple[Posting, ...] = ()
    base: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    beliefs: list[float] = field(default_factory=list)
    containers: dict[int, str] = field(default_factory=dict)
    is_adjective: bool = False
    asked: Kind | None = None
    is_located: bool = False
    pull: float = 0.0
    spelling_of: str = ""

    def best(self) -> int:
        """Return the number of the candidate that is believed most."""
        return max(range(len(self.beliefs)), key=self.beliefs.__getitem__)

    def place(self) -> Place | None:
        """Return the candidate that is believed most; None without candidates."""
        return self.postings[self.best()].place if self.postings else None


def gather_senses(names: Names, sightings: Sequence[Sighting]) -> dict[str, Sense]:
    """Put the sightings of one name together and look its candidates up.

    Returns
    -------
    dict of str to Sense
        By `sense_key` of the sightings.
    """
    senses: dict[str, Sense] = {}
    asked: dict[str, Counter[Kind]] = defaultdict(Counter)
    for number, sighting in enumerate(sightings):
        key = sense_key(sighting)
        sense = senses.get(key)
        if sense is None:
            is_adjective = sighting.mention.type is MentionType.ADJECTIVAL
            sense = senses[key] = Sense(
                key,
                postings=_candidates(names.find(sighting.key) if sighting.key else (), is_adjective),
                is_adjective=is_adjective,
            )
        sense.sightings.append(number)
        sense.is_located |= sighting.is_located
        if sighting.asked_kind is not None:
            asked[key][sighting.asked_kind] += 1
    for key, kinds in asked.items():
        kind, times = kinds.most_common(1)[0]
        # "Niger" is no province because one of eleven mentions stands before "states".
        if 2 * times >= len(senses[key].sightings):
            senses[key].asked = kind
    return senses


def _candidates(postings: tuple[Posting, ...], is_adjective: bool) -> tuple[Posting, ...]:
    """Leave out what a name cannot mean as it is used: "US" is no town, "Libyan" no country's name."""
    qualities = {posting.quality for posting in postings}
    for quality, applies in ((NameQuality.ADJECTIVE, is_adjective), (NameQuality.ABBREVIATION, True)):
        if applies and quality in qualities:
            return tuple(posting for posting in postings if posting.quality is quality)
    return postings


def sense_key(sighting: Sighting) -> str:
    """Return what two sightings of one name share."""
    return sighting.key or sighting.mention.phrase


@dataclass(slots=True)
class Votes:
    """What the names of a document say together about its countries and provinces.

    Attributes
    ----------
    named : dict of str to (str, int)
        Country code → name of the country and how often the text names it.
    """

    countries: dict[str, float]
    provinces: dict[tuple[str, str], float]
    own: dict[int, dict[str, float]]
    total: float
    named: dict[str, tuple[str, int]]

    @classmethod
    def count(cls, senses: Iterable[Sense]) -> Votes:
        """Add up the candidates' shares of belief by country and by province."""
        countries: dict[str, float] = defaultdict(float)
        provinces: dict[tuple[str, str], float] = defaultdict(float)
        own: dict[int, dict[str, float]] = {}
        named: dict[str, tuple[str, int]] = {}
        for sense in senses:
            # A name said ten times says more than one said once, but not ten times more.
            weight = 1.0 + math.log(len(sense.sightings))
            mine: dict[str, float] = defaultdict(float)
            squares = sum(belief * belief for belief in sense.beliefs)
            for posting, belief in zip(sense.postings, sense.beliefs, strict=True):
                place = posting.place
                if belief < 0.05 or not place.country_code:
                    continue
                # Squared, so that a country gains nothing by having one of every name, as the US has.
                share = weight * belief * belief / squares * (2.0 if place.kind is Kind.COUNTRY else 1.0)
                countries[place.country_code] += share
                mine[place.country_code] += share
                if place.admin1:
                    provinces[place.country_code, place.admin1] += share
            own[id(sense)] = mine
            best = sense.place()
            if best is not None and best.kind is Kind.COUNTRY:
                known = named.get(best.country_code, (best.name, 0))
                named[best.country_code] = (known[0], known[1] + len(sense.sightings))
        return cls(countries, provinces, own, sum(countries.values()), named)

    def country(self, code: str, sense: Sense) -> float:
        """Share of the other names' votes that a country has, 0 to 1."""
        mine = self.own[id(sense)]
        rest = self.total - sum(mine.values())
        if not code:
            # What lies in several countries or none must not lose against a namesake in one of them.
            return COUNTRYLESS_SHARE
        return max(0.0, self.countries.get(code, 0.0) - mine.get(code, 0.0)) / (rest + DOUBT)

    def admin1(self, place: Place, sense: Sense) -> float:
        """Share of the other names' votes that a place's province has, 0 to 1."""
        if not place.admin1:
            return 0.0
        own = sum(
            belief * belief
            for posting, belief in zip(sense.postings, sense.beliefs, strict=True)
            if posting.place.admin1 == place.admin1 and posting.place.country_code == place.country_code
        ) / max(1e-9, sum(belief * belief for belief in sense.beliefs))
        own *= 1.0 + math.log(len(sense.sightings))
        votes = self.provinces.get((place.country_code, place.admin1), 0.0) - own
        return max(0.0, votes) / (self.total + DOUBT)


def softmax(scores: Sequence[float], sharpness: float = 1.0) -> list[float]:
    """Turn scores into shares of belief that sum to 1; empty for no scores."""
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(sharpness * (score - top)) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
