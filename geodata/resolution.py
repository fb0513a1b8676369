"""Decides which place each mention means.

Every distinct name of a document is decided once ("one sense a document": Gale, Church and Yarowsky 1992).
Its candidates are scored by what is known of them alone, then twice by what the other names' best candidates
say of the document's countries and provinces, and by nearness to them. The cues are the usual ones of
rule-based toponym resolution (Leidner 2007, "Toponym Resolution in Text"); the weights are ours.
"""

from __future__ import annotations

import hashlib
import math
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.containment import agree, lies_in, says_inside
from geodata.explanation import reasons_for
from geodata.gazetteer.entry import NameQuality
from geodata.model import Candidate, Kind, MentionType, Resolution
from geodata.nearness import find_anchors, pull_of
from geodata.priors import KIND_PRIOR, POPULATION_SHARE, Weights, score_alone
from geodata.senses import Sense, Votes, gather_senses, sense_key, softmax
from geodata.spelling import is_spelling_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.matching import Names
    from geodata.model import Place
    from geodata.recognition import Sighting


WEAK_POPULATION = 50_000
"""Inhabitants under which a town needs support by the rest of the document."""

SUPPORT_PULL = 0.3
"""Pull of the other names' places that makes a small place one that the document speaks of."""

SUPPORT_SHARE = 0.08
"""Share of the document's votes that makes a country one that the document speaks of."""

VERSION = 1
"""Raised when the same weights give other answers, so that stored answers are told from new ones."""


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
        self.id = f"cues-{VERSION}-{_digest(self._weights, KIND_PRIOR, POPULATION_SHARE)}"

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
        score_alone(senses.values(), self._weights)
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
        anchors = find_anchors(senses)
        for sense in senses:
            pulls = []
            for number, posting in enumerate(sense.postings):
                place = posting.place
                score = sense.base[number]
                if number in sense.containers:
                    score += weights.container
                score += weights.country_vote * math.sqrt(votes.country(place.country_code, sense))
                score += weights.admin1_vote * math.sqrt(votes.admin1(place, sense))
                pull = pull_of(place, sense, anchors, weights.nearness_km)
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
        if place.is_minor:
            # There are so many that chance alone finds some in any text, and some beside each other.
            is_scene = sense.is_located and votes.country(place.country_code, sense) >= SUPPORT_SHARE
            return best in sense.containers or sense.asked is place.kind or is_scene
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
    if place.is_minor:
        return False
    return place.kind not in (Kind.CITY, Kind.ADMIN2) or place.population >= WEAK_POPULATION


def _digest(*configuration: object) -> str:
    """Return eight hexadecimal digits that differ where the configuration does."""
    return hashlib.sha256(repr(configuration).encode()).hexdigest()[:8]
