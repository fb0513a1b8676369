"""Why a place was chosen, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.model import ADMIN1, ADMIN2, CITY, COUNTRY, REGION, SITE, WATER

if TYPE_CHECKING:
    from geodata.senses import Sense, Votes

_KIND_WORDS = {
    SITE: "site",
    CITY: "town",
    ADMIN2: "district",
    ADMIN1: "province",
    COUNTRY: "country",
    REGION: "region",
    WATER: "water",
}


def reasons_for(sense: Sense, votes: Votes) -> tuple[str, ...]:
    """Say why the best candidate of a name was chosen, in words for a person; the strongest first.

    Parameters
    ----------
    sense : Sense
        With at least one candidate.
    votes : Votes
        Of all names of the document.
    """
    best, candidates = sense.best, sense.candidates
    place = candidates.places[best]
    reasons = []
    if sense.sightings > 1:
        reasons.append(f"named {sense.sightings} times")
    if best in sense.containers:
        reasons.append(f"{sense.containers[best]} contains it")
    if place.kind is not COUNTRY and place.country_code in votes.named:
        name, count = votes.named[place.country_code]
        reasons.append(f"{name} is named {count} {'time' if count == 1 else 'times'}")
    if sense.asked is place.kind and place.kind is not COUNTRY:
        reasons.append(f"the text speaks of a {_KIND_WORDS[place.kind]}")
    if candidates.distinct == 1:
        reasons.append("the only place of this name")
    elif not reasons:
        is_best_known = candidates.best_known in candidates.agreeing(best)
        reasons.append(
            f"best known of {candidates.distinct} places of this name"
            if is_best_known
            else f"of {candidates.distinct} places of this name it fits best with the others named"
        )
    return tuple(reasons)
