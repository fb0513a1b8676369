"""Makes scores of beliefs: of the answers that bear 0.9, about nine in ten are right.

A belief is a share among the candidates that the gazetteer has. Two things are missing in it: the place of that
name that the gazetteer lacks, and how shy or bold such shares are. The first gets a score of its own, as if it lay
where the other names lie; the second is a power, fitted on gold corpora (``docs/accuracy.md``). Neither changes
which candidate is the best.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from geodata.model import ADMIN2, CITY

if TYPE_CHECKING:
    from geodata.priors import Weights
    from geodata.senses import Sense, Votes

REPEATED = (CITY, ADMIN2)
"""Kinds of which every province may have one of any name; no document speaks of another Mediterranean."""

FAMOUS = 500_000
"""Inhabitants from which a city is named anywhere: all that the corpora had elsewhere were right."""


class Rating(NamedTuple):
    """How far the answer to a name can be relied on.

    Attributes
    ----------
    score : float
        Of the best candidate, with all that agree with it: 0 to `Weights.ceiling`.
    of_others : float
        Factor that makes scores of the other candidates' beliefs: they share what the best leaves.
    """

    score: float
    of_others: float


def rate(sense: Sense, votes: Votes, weights: Weights) -> Rating:
    """Rate the answer to a name that has candidates."""
    known = _known(sense, votes, weights)
    share = known * min(1.0, sum(sense.beliefs[number] for number in sense.candidates.agreeing(sense.best)))
    bold = share**weights.boldness
    # A power of at most 1 leaves the others less than their belief, so that none comes to stand above the best.
    left = (1.0 - bold) / (1.0 - share) if share < 1.0 else 1.0
    return Rating(round(weights.ceiling * bold, 4), weights.ceiling * known * left)


def _known(sense: Sense, votes: Votes, weights: Weights) -> float:
    """Return the share of the belief that is left when a place that the gazetteer lacks has taken its own."""
    unknown = weights.unknown
    place = sense.candidates.places[sense.best]
    if place.kind in REPEATED and place.population < FAMOUS:
        country, province = votes.scene(sense)
        unknown += weights.country_vote * math.sqrt(country)
        if place.admin1:
            # Of a place whose province is not known nobody can say that it lies elsewhere.
            unknown += weights.admin1_vote * math.sqrt(province)
    return 1.0 / (1.0 + min(math.exp(weights.sharpness * (unknown - max(sense.scores))), 100.0))
