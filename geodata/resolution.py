"""Decides which place each mention means.

Every distinct name of a document is decided once ("one sense a document": Gale, Church and Yarowsky 1992), unless
the text itself speaks of namesakes, as "Tripoli, Lebanon" and "Tripoli, Libya".
Its candidates are scored by what is known of them alone, then twice by what the other names' best candidates
say of the document's countries and provinces, and by nearness to them. The cues are the usual ones of
rule-based toponym resolution (Leidner 2007, "Toponym Resolution in Text"); the weights are ours.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geodata.calibration import rate
from geodata.candidates import Candidates
from geodata.containers import find_containers, find_namesakes
from geodata.explanation import reasons_for
from geodata.gazetteer.entry import PREFERRED
from geodata.model import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, WATER, Candidate, Kind, Resolution
from geodata.nearness import ENOUGH, Surroundings
from geodata.priors import KIND_PRIOR, POPULATION_SHARE, Weights, softmax
from geodata.senses import Votes, gather_senses, sense_key
from geodata.spelling import Spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geodata.matching import Names
    from geodata.model import Place
    from geodata.recognition import Sighting
    from geodata.senses import Sense


WEAK_POPULATION = 50_000
"""Inhabitants under which a town needs support by the rest of the document."""

LOCATED_POPULATION = 10_000
"""Inhabitants from which a town is believed to be one where the text says that something is in it."""

METROPOLIS = 500_000
"""Inhabitants from which a city is not denied by an area that the text puts around it: borders are drawn anew."""

_WHOLE = (COUNTRY, ADMIN1, REGION, WATER)
"""Kinds that lie in several areas, or are as large as one: no Danube is denied by Lower Austria."""

SUPPORT_PULL = 0.3
"""Pull of the other names' places that makes a small place one that the document speaks of."""

SUPPORT_SHARE = 0.08
"""Share of the document's votes that makes a country one that the document speaks of."""

VERSION = 6
"""Raised when the same weights give other answers, so that stored answers are told from new ones."""


class _Verdict(NamedTuple):
    """What all mentions of one name mean, as in `Resolution`."""

    place: Place | None
    score: float
    reasons: tuple[str, ...]
    alternatives: tuple[Candidate, ...] = ()


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
        # A function of the gazetteer and the weights alone; the news repeats a few thousand names.
        self._candidates = lru_cache(maxsize=10_000)(self._look_up)

    def _look_up(self, key: str, is_adjective: bool, asked: Kind | None) -> Candidates:
        postings = self._names.find(key) if key else ()
        return Candidates(postings, is_adjective=is_adjective, asked=asked, weights=self._weights)

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
        senses = gather_senses(sightings, self._candidates)
        pairs = find_containers(text, sightings, senses)
        votes = Votes(senses.values())
        for fewest in (2, 1):
            # A sole candidate is believed whatever the others say; how well it fits is asked in the last round.
            scored = [sense for sense in senses.values() if len(sense.beliefs) >= fewest]
            self._score_together(scored, votes, Surroundings(senses.values(), self._weights.nearness_km))
            votes = Votes(senses.values())
        for sense in senses.values():
            sense.is_supported = _is_supported(sense, votes)
        self._join_spellings(senses.values())
        verdicts = {
            key: self._decide(sense, senses, votes)
            for key, sense in senses.items()
            if keep_unsupported or _is_answered(sense)
        }
        apart = self._decide_apart(pairs, senses, votes)
        resolutions = []
        for number, sighting in enumerate(sightings):
            verdict = apart.get(number) or verdicts.get(sense_key(sighting))
            if verdict is not None:
                resolutions.append(
                    Resolution(
                        sighting.mention,
                        verdict.place,
                        verdict.score,
                        reasons=verdict.reasons,
                        alternatives=verdict.alternatives,
                        resolver=self.id,
                    )
                )
        return resolutions

    def _score_together(self, senses: Iterable[Sense], votes: Votes, surroundings: Surroundings) -> None:
        """Score the candidates of names by what the other names say, and believe them accordingly."""
        weights = self._weights
        for sense in senses:
            candidates = sense.candidates
            countries = {
                code: weights.country_vote * math.sqrt(share)
                for code, share in votes.countries(sense).items()
            }
            provinces = {
                area: weights.admin1_vote * math.sqrt(share) for area, share in votes.provinces(sense).items()
            }
            pulls = surroundings.pulls(sense)
            scores = [
                score + countries[area[0]] + provinces.get(area, 0.0) + weights.nearness * min(ENOUGH, pull)
                for score, area, pull in zip(candidates.scores, candidates.areas, pulls, strict=True)
            ]
            if sense.is_speaking:
                for number, place in enumerate(candidates.places):
                    scores[number] += weights.speaking * place.is_capital
            for number in sense.containers:
                scores[number] += weights.container
            sense.believe(scores, softmax(scores, weights.sharpness))
            sense.pull = pulls[sense.best]

    @staticmethod
    def _join_spellings(senses: Collection[Sense]) -> None:
        """Take a name that fits nowhere for a spelling of one that does: "Mustang" for "Mastung"."""
        unfit = [
            sense
            for sense in senses
            if not sense.is_adjective
            and not (sense.beliefs and sense.beliefs[sense.best] >= 0.5 and _is_answered(sense))
        ]
        if not unfit:
            return
        spellings = Spellings(sense.key for sense in senses if sense.is_supported and not sense.is_adjective)
        for sense in unfit:
            sense.spelling_of = spellings.find(sense.key)

    def _decide(self, sense: Sense, senses: Mapping[str, Sense], votes: Votes) -> _Verdict:
        """Say what all mentions of a name mean."""
        if sense.spelling_of:
            other = senses[sense.spelling_of]
            place = other.candidates.places[other.best]
            reason = f"taken for another spelling of {place.name}"
            return _Verdict(place, round(0.8 * rate(other, votes, self._weights).score, 4), (reason,))
        if not sense.beliefs:
            return _Verdict(None, 0.0, ("no place of this name is known",))
        container = sense.denied_by()
        place = sense.candidates.places[sense.best]
        if container is not None and not _is_metropolis(place):
            return _Verdict(None, 0.0, (f"no {place.name} is known in {container.name}",))
        candidates, beliefs = sense.candidates, sense.beliefs
        others = [number for number, belief in enumerate(beliefs) if belief >= 0.005]
        others.sort(key=beliefs.__getitem__, reverse=True)
        agreeing = candidates.agreeing(sense.best)
        rating = rate(sense, votes, self._weights)
        return _Verdict(
            candidates.places[sense.best],
            rating.score,
            reasons_for(sense, votes),
            tuple(
                Candidate(candidates.places[number], round(rating.of_others * beliefs[number], 4))
                for number in [number for number in others if number not in agreeing][:3]
            ),
        )

    def _decide_apart(
        self, pairs: Mapping[tuple[str, str], Sequence[int]], senses: Mapping[str, Sense], votes: Votes
    ) -> dict[int, _Verdict]:
        """Say what single sightings mean where the text speaks of several places of one name.

        Returns
        -------
        dict of int to _Verdict
            By the number of the sighting; of the others the name's own verdict holds.
        """
        verdicts: dict[int, _Verdict] = {}
        for (inner, outer), within in find_namesakes(pairs, senses).items():
            sense, weight = senses[inner], self._weights.container
            scores = [
                score + weight * ((number in within) - (number in sense.containers))
                for number, score in enumerate(sense.scores)
            ]
            numbers = pairs[inner, outer]
            other = replace(sense, sightings=len(numbers), containers=within, outer=[], spelling_of="")
            other.believe(scores, softmax(scores, self._weights.sharpness))
            # A comma also parts the names of a list.
            if other.best in within:
                verdicts |= dict.fromkeys(numbers, self._decide(other, senses, votes))
        return verdicts


def _is_supported(sense: Sense, votes: Votes) -> bool:
    """Tell whether the document gives a reason to believe in the best candidate."""
    place = sense.place()
    if place is not None and place.is_minor:
        # There are so many that chance alone finds some in any text, and some beside each other.
        is_scene = sense.is_located and votes.country(place.country_code, sense) >= SUPPORT_SHARE
        return sense.best in sense.containers or sense.asked is place.kind or is_scene
    return place is not None and (
        sense.best in sense.containers
        or (sense.is_located and place.kind is CITY and place.population >= LOCATED_POPULATION)
        or votes.country(place.country_code, sense) >= SUPPORT_SHARE
        or sense.asked is place.kind
        or sense.pull >= SUPPORT_PULL
        or (sense.is_located and sense.beliefs[sense.best] >= 0.5 and _bears_it_well(sense))
    )


def _bears_it_well(sense: Sense) -> bool:
    """Tell whether the best candidate is listed under the name, or no other place has it."""
    postings = sense.candidates.postings
    return len(postings) == 1 or postings[sense.best].quality is PREFERRED


def _is_metropolis(place: Place) -> bool:
    """Tell whether a place is so large that two words beside it do not make it another."""
    return place.kind in _WHOLE or place.population >= METROPOLIS


def _is_answered(sense: Sense) -> bool:
    """Tell whether a name is believed to be a place's; a small place's is not where nothing supports it."""
    place = sense.place()
    return place is None or bool(sense.spelling_of) or sense.is_supported or _is_known(place)


def _is_known(place: Place) -> bool:
    """Tell whether a place is so well known that its name is believed without support."""
    if place.is_minor:
        return False
    return place.kind not in (CITY, ADMIN2) or place.population >= WEAK_POPULATION


def _digest(*configuration: object) -> str:
    """Return eight hexadecimal digits that differ where the configuration does."""
    return hashlib.sha256(repr(configuration).encode()).hexdigest()[:8]
