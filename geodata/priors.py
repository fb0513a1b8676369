"""What is known of a name's candidates before the rest of the document is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.containment import lies_in
from geodata.gazetteer.entry import ALTERNATE, DERIVED, PREFERRED
from geodata.model import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SITE, WATER, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.gazetteer.index import Posting


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each cue counts; the sum of the cues is a score before `softmax`."""

    population: float = 0.5
    """For each power of ten of inhabitants."""
    metropolis: float = 0.2
    """More for each power of ten above 100,000: news speaks of world cities without a word of explanation."""
    great_province: float = 0.6
    """For each power of ten of a province's inhabitants above a million: England is no town of Arkansas."""
    capital: float = 2.0
    """For a seat of a country's government."""
    territory: float = -0.6
    """For each power of ten of inhabitants below a million: news seldom means Norfolk Island."""
    curated: float = 1.0
    """For a site that the supplement lists under the name: it is there because news names it."""
    alternate: float = -1.2
    derived: float = -0.3
    asked_kind: float = 2.5
    other_kind: float = -0.8
    speaking: float = 1.5
    """For a seat of government where the text has it speak: "Washington condemned"."""
    container: float = 4.0
    country_vote: float = 3.0
    admin1_vote: float = 2.5
    nearness: float = 2.0
    nearness_km: float = 120.0
    """Distance at which another place's pull has fallen to 1/e."""
    sharpness: float = 1.5
    """Factor on scores before the softmax."""
    ceiling: float = 0.97
    """The highest score: of the surest answers, this share is right, and on news of unknown origin hardly more."""
    unknown: float = 0.0
    """Score of a place of that name that the gazetteer lacks, before votes: it takes its share of the belief."""
    boldness: float = 0.65
    """Power of a share of belief that makes a score of it, at most 1: shares of a third are right half the time."""


KIND_PRIOR: Mapping[Kind, float] = {
    COUNTRY: 5.5,
    REGION: 3.0,
    WATER: 2.0,
    ADMIN1: 2.5,
    SITE: 1.4,
    ADMIN2: 0.2,
    CITY: 0.0,
}
_PLAIN = frozenset({CITY, SITE, REGION, WATER})
"""Kinds of places none of which takes a name from another."""

POPULATION_SHARE: Mapping[Kind, float] = {CITY: 1.0, ADMIN1: 0.3, ADMIN2: 0.6}
"""How far a kind's population speaks for it; a country or a sea is known without."""

CAPITAL_SHARES = {-1: 0.125, 0: 0.2, 1: 0.25}
"""Share of a province's people from which its namesake city is meant by the bare name: where the name is more the
city's than the province's, as "Opole" of "Opole Voivodeship"; as much; and less, as "Napoli" of what is Naples."""

NAMESAKE_SHARE = 0.11
"""The same for the first city of a province that is called after it: most of its people live elsewhere, and yet a
hospital in Valparaíso or Porto is in the city. Below lie Oaxaca, Veracruz and Zacatecas: news means the states."""

METROPOLIS_POPULATION = 100_000

KNOWN_CITY = 200_000
"""Inhabitants from which a city's name is no other place's old or foreign one."""

COUNTRY_POPULATION = 1_000_000
"""Inhabitants from which a country needs no more to be the first that its name means."""

PROVINCE_POPULATION = 1_000_000
"""Inhabitants from which a province is as well known as a city that is larger."""

WITHIN_COUNTRY = 3.5
"""What a place scores less than the country in which it lies and whose name it bears; more than nearness gives."""

CURATED = "dateline"
"""Id of the source whose every place was chosen because news names it."""


def score_alone(postings: Sequence[Posting], asked: Kind | None, weights: Weights) -> list[float]:
    """Score the candidates of a name by what is known of them alone.

    Parameters
    ----------
    postings : sequence of Posting
    asked : Kind or None
        The kind of place that the text speaks of with this name.
    weights : Weights

    Returns
    -------
    list of float
        A score for each posting; `softmax` makes shares of belief of them.
    """
    scores = []
    for place, quality in postings:
        kind = place.kind
        score = KIND_PRIOR[kind]
        population = place.population
        score += weights.population * POPULATION_SHARE.get(kind, 0.0) * math.log10(population + 10)
        if kind is CITY and population > METROPOLIS_POPULATION:
            score += weights.metropolis * math.log10(population / METROPOLIS_POPULATION)
        elif kind is ADMIN1 and population > PROVINCE_POPULATION:
            score += weights.great_province * math.log10(population / PROVINCE_POPULATION)
        if place.is_capital:
            score += weights.capital
        is_small = kind is COUNTRY and place.population < COUNTRY_POPULATION
        if is_small:
            score += weights.territory * math.log10(COUNTRY_POPULATION / (place.population + 10))
        if kind is SITE and quality is PREFERRED and place.source == CURATED:
            score += weights.curated
        if quality is ALTERNATE and (is_small or kind is not COUNTRY):
            score += weights.alternate
        elif quality is DERIVED:
            score += weights.derived
        if asked is not None:
            score += _kind_cue(weights, asked, kind)
        scores.append(score)
    kinds = {place.kind for place, _ in postings}
    _prefer_bearers(postings, scores)
    # Most names are those of towns alone.
    if not kinds <= _PLAIN:
        _prefer_capitals(postings, asked, scores)
        _prefer_countries(postings, asked, scores)
        _doubt_small_provinces(postings, asked, scores)
    return scores


def _kind_cue(weights: Weights, asked: Kind, kind: Kind) -> float:
    if asked is kind:
        return weights.asked_kind
    if {asked, kind} == {ADMIN1, ADMIN2} or {asked, kind} == {ADMIN1, REGION}:
        # What one country calls a district another calls a province.
        return weights.asked_kind * 0.6
    return weights.other_kind


def _prefer_bearers(postings: Sequence[Posting], scores: list[float]) -> None:
    """Let "Philadelphia" be the city that is called so, and not Amman, which once was."""
    bearers = [
        score
        for score, (place, quality) in zip(scores, postings, strict=True)
        if quality is PREFERRED and place.kind is CITY and place.population >= KNOWN_CITY
    ]
    if bearers:
        most = max(bearers) - 0.5
        for number, (_, quality) in enumerate(postings):
            if quality is ALTERNATE:
                scores[number] = min(scores[number], most)


def _prefer_capitals(postings: Sequence[Posting], asked: Kind | None, scores: list[float]) -> None:
    """Let "Moscow" be the city and not the province that bears its name, unless the text asks for that."""
    cities = [number for number, posting in enumerate(postings) if posting.place.kind is CITY]
    for number, (area, name_of_area) in enumerate(postings):
        if area.kind not in (ADMIN1, ADMIN2) or asked is area.kind:
            continue
        for other in cities:
            city, name_of_city = postings[other]
            share = CAPITAL_SHARES[(name_of_city > name_of_area) - (name_of_city < name_of_area)]
            if city.names_province and area.kind is ADMIN1:
                share = NAMESAKE_SHARE
            if city.population >= share * area.population and lies_in(city, area):
                scores[number] = min(scores[number], scores[other] - 0.5)


def _prefer_countries(postings: Sequence[Posting], asked: Kind | None, scores: list[float]) -> None:
    """Let "Mexico" be the country and not the city in it, unless the text asks for that."""
    for number, (country, _) in enumerate(postings):
        if country.kind is not COUNTRY:
            continue
        for other, (place, _) in enumerate(postings):
            if asked is not place.kind and place.country_code == country.country_code and other != number:
                scores[other] = min(scores[other], scores[number] - WITHIN_COUNTRY)


def _doubt_small_provinces(postings: Sequence[Posting], asked: Kind | None, scores: list[float]) -> None:
    """Let "Gaza" and "Manchester" be the cities and not provinces of Mozambique and Jamaica."""
    largest = max((place.population for place, _ in postings if place.kind is CITY), default=0)
    for number, (area, _) in enumerate(postings):
        if area.kind is not ADMIN1 or asked is ADMIN1:
            continue
        if area.population < min(PROVINCE_POPULATION, largest):
            scores[number] -= 0.5 * (1 + math.log10(PROVINCE_POPULATION / (area.population + 10)))


def softmax(scores: Sequence[float], sharpness: float = 1.0) -> list[float]:
    """Turn scores into shares of belief that sum to 1; empty for no scores."""
    if len(scores) < 2:
        return [1.0] * len(scores)
    top = max(scores)
    powers = [math.exp(sharpness * (score - top)) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
