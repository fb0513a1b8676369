"""Decides which place each mention means.

Every distinct name of a document is decided once ("one sense a document": Gale, Church and Yarowsky 1992).
Its candidates are scored by what is known of them alone, then twice by what the other names' best candidates
say of the document's countries and provinces, and by nearness to them. The cues are the usual ones of
rule-based toponym resolution (Leidner 2007, "Toponym Resolution in Text"); the weights are ours.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geodata.containment import agree, lies_in, says_inside
from geodata.explanation import reasons_for
from geodata.gazetteer.entry import NameQuality
from geodata.geodesy import KM_PER_DEGREE
from geodata.model import Candidate, Kind, MentionType, Resolution
from geodata.senses import Sense, Votes, gather_senses, sense_key, softmax
from geodata.spelling import is_spelling_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geodata.model import Place
    from geodata.recognition import Names, Sighting


VERSION = 1
"""Raised when the same weights give other answers, so that stored answers are told from new ones."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each cue counts; the sum of the cues is a score before `softmax`."""

    population: float = 0.5
    """For each power of ten of inhabitants."""
    metropolis: float = 0.2
    """More for each power of ten above 100,000: news speaks of world cities without a word of explanation."""
    capital: float = 1.0
    """For a seat of a country's government."""
    alternate: float = -1.2
    derived: float = -0.3
    asked_kind: float = 2.5
    other_kind: float = -0.8
    container: float = 4.0
    country_vote: float = 3.0
    admin1_vote: float = 1.5
    nearness: float = 1.5
    nearness_km: float = 120.0
    """Distance at which another place's pull has fallen to 1/e."""
    sharpness: float = 1.5
    """Factor on scores before the softmax."""
    ceiling: float = 0.96
    """The highest score: of the surest answers, about this share is right on news of unknown origin."""
    unknown: float = 0.0
    """Score of a place of that name that the gazetteer lacks: it takes its share of the belief."""


_KIND_PRIOR: Mapping[Kind, float] = {
    Kind.COUNTRY: 5.5,
    Kind.REGION: 3.0,
    Kind.WATER: 2.0,
    Kind.ADMIN1: 2.5,
    Kind.SITE: 1.4,
    Kind.ADMIN2: 0.2,
    Kind.CITY: 0.0,
}
_POPULATION_SHARE: Mapping[Kind, float] = {Kind.CITY: 1.0, Kind.ADMIN1: 0.3, Kind.ADMIN2: 0.6}
"""How far a kind's population speaks for it; a country or a sea is known without."""

_POINT_LIKE = (Kind.CITY, Kind.SITE, Kind.ADMIN2, Kind.ADMIN1)
"""Kinds whose position says where the other places may be."""

CAPITAL_SHARE = 0.3
"""Share of a province's people from which its namesake city is meant by the bare name."""

ANCHOR_BELIEF = 0.05
"""Belief from which a candidate pulls the other names' candidates towards itself."""

METROPOLIS_POPULATION = 100_000

WEAK_POPULATION = 50_000
"""Inhabitants under which a town needs support by the rest of the document."""

SUPPORT_PULL = 0.3
"""Pull of the other names' places that makes a small place one that the document speaks of."""

SUPPORT_SHARE = 0.08
"""Share of the document's votes that makes a country one that the document speaks of."""


class Resolver:
    """Resolves the sightings of one document together.

    Parameters
    ----------
    names : Names
        The gazetteer.
    weights : Weights
    """

    def __init__(self, names: Names, *, weights: Weights | None = None) -> None:
        self._names = names
        self._weights = weights or Weights()
        self.id = f"cues-{VERSION}-{_digest(self._weights, _KIND_PRIOR, _POPULATION_SHARE)}"

    def resolve(
        self, text: str, sightings: Sequence[Sighting], *, keep_unsupported: bool = False
    ) -> list[Resolution]:
        """Resolve all sightings of a document.

        Parameters
        ----------
        text : str
        sightings : sequence of Sighting
            In the order of the text.
        keep_unsupported : bool
            Keep names of small places that nothing in the document supports, as is wanted where a person
            marked the names; else they are taken for no places and left out.

        Returns
        -------
        list of Resolution
            In the order of the text; one for each sighting that is kept.
        """
        senses = gather_senses(self._names, sightings)
        self._score_alone(senses.values())
        self._find_containers(text, sightings, senses)
        votes = Votes.count(senses.values())
        for _ in range(2):
            self._score_together(list(senses.values()), votes)
            votes = Votes.count(senses.values())
        self._join_spellings(senses, votes)
        resolutions = []
        for sighting in sightings:
            sense = senses[sense_key(sighting)]
            resolution = self._answer(sighting, sense, senses, votes, keep_unsupported=keep_unsupported)
            if resolution is not None:
                resolutions.append(resolution)
        return resolutions

    def _score_alone(self, senses: Iterable[Sense]) -> None:
        weights = self._weights
        for sense in senses:
            for posting in sense.postings:
                place = posting.place
                score = _KIND_PRIOR[place.kind]
                score += (
                    weights.population
                    * _POPULATION_SHARE.get(place.kind, 0.0)
                    * math.log10(place.population + 10)
                )
                if place.kind is Kind.CITY and place.population > METROPOLIS_POPULATION:
                    score += weights.metropolis * math.log10(place.population / METROPOLIS_POPULATION)
                if place.is_capital:
                    score += weights.capital
                if posting.quality is NameQuality.ALTERNATE and place.kind is not Kind.COUNTRY:
                    score += weights.alternate
                elif posting.quality is NameQuality.DERIVED:
                    score += weights.derived
                if sense.asked is not None:
                    score += self._kind_cue(sense.asked, place.kind)
                sense.base.append(score)
            _prefer_capitals(sense)
            sense.scores = list(sense.base)
            sense.beliefs = softmax(sense.scores, self._weights.sharpness)

    def _kind_cue(self, asked: Kind, kind: Kind) -> float:
        if asked is kind:
            return self._weights.asked_kind
        if {asked, kind} == {Kind.ADMIN1, Kind.ADMIN2} or {asked, kind} == {Kind.ADMIN1, Kind.REGION}:
            # What one country calls a district another calls a province.
            return self._weights.asked_kind * 0.6
        return self._weights.other_kind

    def _find_containers(self, text: str, sightings: Sequence[Sighting], senses: Mapping[str, Sense]) -> None:
        """Note where the text says that one place lies in another: "Mastung, Balochistan"."""
        for first, second in pairwise(sightings):
            between = text[first.mention.end : second.mention.start]
            if len(between) > 30 or not says_inside(between):
                continue
            inner, outer = senses[sense_key(first)], senses[sense_key(second)]
            if inner is outer or second.mention.type is MentionType.ADJECTIVAL:
                continue
            for number, posting in enumerate(inner.postings):
                for belief, container in zip(outer.beliefs, outer.postings, strict=True):
                    if belief >= 0.02 and lies_in(posting.place, container.place):
                        inner.containers[number] = container.place.name

    def _score_together(self, senses: Sequence[Sense], votes: Votes) -> None:
        weights = self._weights
        anchors = _find_anchors(senses)
        for sense in senses:
            pulls = []
            for number, posting in enumerate(sense.postings):
                place = posting.place
                score = sense.base[number]
                if number in sense.containers:
                    score += weights.container
                score += weights.country_vote * math.sqrt(votes.country(place.country_code, sense))
                score += weights.admin1_vote * math.sqrt(votes.admin1(place, sense))
                pull = _pull(place, sense, anchors, weights.nearness_km)
                score += weights.nearness * min(1.0, pull)
                pulls.append(pull)
                sense.scores[number] = score
            sense.beliefs = softmax(sense.scores, weights.sharpness)
            sense.pull = pulls[sense.best()] if pulls else 0.0

    def _join_spellings(self, senses: Mapping[str, Sense], votes: Votes) -> None:
        """Take a name that fits nowhere for a spelling of one that does: "Mustang" for "Mastung"."""
        placed = [
            sense
            for sense in senses.values()
            if sense.postings and not sense.is_adjective and self._is_supported(sense, votes)
        ]
        for sense in senses.values():
            place = sense.place()
            is_believed = place is not None and max(sense.beliefs) >= 0.5
            fits = place is not None and (_is_known(place) or self._is_supported(sense, votes))
            if sense.is_adjective or (is_believed and fits):
                continue
            for other in placed:
                if other is not sense and is_spelling_of(sense.key, other.key):
                    sense.spelling_of = other.key
                    break

    def _is_supported(self, sense: Sense, votes: Votes) -> bool:
        """Tell whether the document gives a reason to believe in the best candidate."""
        if not sense.postings:
            return False
        best = sense.best()
        place = sense.postings[best].place
        return (
            best in sense.containers
            or votes.country(place.country_code, sense) >= SUPPORT_SHARE
            or sense.asked is place.kind
            or sense.pull >= SUPPORT_PULL
            or (sense.is_located and sense.beliefs[best] >= 0.5 and _bears_it_well(sense))
        )

    def _answer(
        self,
        sighting: Sighting,
        sense: Sense,
        senses: Mapping[str, Sense],
        votes: Votes,
        *,
        keep_unsupported: bool,
    ) -> Resolution | None:
        if sense.spelling_of:
            other = senses[sense.spelling_of]
            place = other.place()
            name = place.name if place else ""
            return Resolution(
                sighting.mention,
                place,
                round(0.8 * self._belief(other, other.postings[other.best()].place), 4),
                reasons=(f"taken for another spelling of {name}",),
                resolver=self.id,
            )
        if not sense.postings:
            return Resolution(
                sighting.mention, None, reasons=("no gazetteer has this name",), resolver=self.id
            )
        best = sense.best()
        place = sense.postings[best].place
        if not (keep_unsupported or _is_known(place) or self._is_supported(sense, votes)):
            return None
        order = sorted(range(len(sense.beliefs)), key=sense.beliefs.__getitem__, reverse=True)
        return Resolution(
            sighting.mention,
            place,
            self._belief(sense, place),
            reasons=reasons_for(sense, votes),
            alternatives=tuple(
                Candidate(sense.postings[number].place, round(self._trust(sense) * sense.beliefs[number], 4))
                for number in order
                if sense.beliefs[number] >= 0.005 and not agree(sense.postings[number].place, place)
            )[:3],
            resolver=self.id,
        )

    def _belief(self, sense: Sense, place: Place) -> float:
        """Return the belief in all candidates that agree with a place, less the share of an unknown one."""
        agreed = sum(
            belief
            for belief, posting in zip(sense.beliefs, sense.postings, strict=True)
            if agree(posting.place, place)
        )
        return round(self._trust(sense) * min(1.0, agreed), 4)

    def _trust(self, sense: Sense) -> float:
        """Return what is left of the belief in any candidate, less the share of a place that is not known."""
        unknown = math.exp(self._weights.sharpness * (self._weights.unknown - max(sense.scores)))
        return self._weights.ceiling / (1.0 + min(unknown, 100.0))


def _bears_it_well(sense: Sense) -> bool:
    """Tell whether the best candidate is listed under the name, or no other place has it."""
    return len(sense.postings) == 1 or sense.postings[sense.best()].quality is NameQuality.PREFERRED


def _is_known(place: Place) -> bool:
    """Tell whether a place is so well known that its name is believed without support."""
    return place.kind not in (Kind.CITY, Kind.ADMIN2) or place.population >= WEAK_POPULATION


def _prefer_capitals(sense: Sense) -> None:
    """Let "Moscow" be the city and not the province that bears its name, unless the text asks for that."""
    for number, posting in enumerate(sense.postings):
        area = posting.place
        if area.kind not in (Kind.ADMIN1, Kind.ADMIN2) or sense.asked is area.kind:
            continue
        for other, base in zip(sense.postings, sense.base, strict=True):
            city = other.place
            is_most_of_it = city.population >= CAPITAL_SHARE * area.population
            if city.kind is Kind.CITY and is_most_of_it and lies_in(city, area):
                sense.base[number] = min(sense.base[number], base - 0.5)


def _digest(*configuration: object) -> str:
    """Return eight hexadecimal digits that differ where the configuration does."""
    return hashlib.sha256(repr(configuration).encode()).hexdigest()[:8]


class _Anchor(NamedTuple):
    """A place that is believed already, to which others may be near."""

    sense: Sense
    latitude: float
    longitude: float
    belief: float
    km_per_degree: float
    """Kilometres of a degree of longitude at this latitude."""


def _find_anchors(senses: Iterable[Sense]) -> list[_Anchor]:
    anchors = []
    for sense in senses:
        for posting, belief in zip(sense.postings, sense.beliefs, strict=True):
            place = posting.place
            if belief >= ANCHOR_BELIEF and place.kind in _POINT_LIKE:
                km_per_degree = KM_PER_DEGREE * math.cos(math.radians(place.latitude))
                anchors.append(_Anchor(sense, place.latitude, place.longitude, belief, km_per_degree))
    return anchors


def _pull(place: Place, sense: Sense, anchors: Sequence[_Anchor], scale_km: float) -> float:
    """Sum the pulls of the other names' places, each falling off with distance.

    Distances are taken on the plane: what is far enough for that to matter has no pull.
    """
    pull = 0.0
    reach = 5 * scale_km
    latitude, longitude = place.latitude, place.longitude
    for other, anchor_latitude, anchor_longitude, belief, km_per_degree in anchors:
        north = abs(anchor_latitude - latitude) * KM_PER_DEGREE
        if north > reach or other is sense:
            continue
        turn = abs(anchor_longitude - longitude)
        east = min(turn, 360 - turn) * km_per_degree
        if east <= reach:
            pull += belief * math.exp(-math.hypot(north, east) / scale_km)
    return pull
