"""Why a place was chosen, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.containment import agree
from geodata.gazetteer.index import prominence
from geodata.model import Kind

if TYPE_CHECKING:
    from geodata.senses import Sense, Votes

_KIND_WORDS = {
    Kind.SITE: "site",
    Kind.CITY: "town",
    Kind.ADMIN2: "district",
    Kind.ADMIN1: "province",
    Kind.COUNTRY: "country",
    Kind.REGION: "region",
    Kind.WATER: "water",
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
    best = sense.best()
    place = sense.postings[best].place
    reasons = []
    times = len(sense.sightings)
    if times > 1:
        reasons.append(f"named {times} times")
    if best in sense.containers:
        reasons.append(f"{sense.containers[best]} contains it")
    if place.kind is not Kind.COUNTRY and place.country_code in votes.named:
        name, count = votes.named[place.country_code]
        reasons.append(f"{name} is named {count} {'time' if count == 1 else 'times'}")
    if sense.asked is place.kind and place.kind is not Kind.COUNTRY:
        reasons.append(f"the text speaks of a {_KIND_WORDS[place.kind]}")
    count = len({posting.place.id for posting in sense.postings})
    if count == 1:
        reasons.append("the only place of this name")
    elif not reasons:
        known = max(sense.postings, key=lambda posting: prominence(posting.place)).place
        is_best_known = agree(known, place)
        reasons.append(
            f"best known of {count} places of this name"
            if is_best_known
            else f"of {count} places of this name it fits best with the others named"
        )
    return tuple(reasons)
