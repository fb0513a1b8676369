"""How places that are named together draw each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from geodata.geodesy import KM_PER_DEGREE
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.model import Place
    from geodata.senses import Sense

_POINT_LIKE = (Kind.CITY, Kind.SITE, Kind.ADMIN2, Kind.ADMIN1)
"""Kinds whose position says where the other places may be."""

ANCHOR_BELIEF = 0.05
"""Belief from which a candidate pulls the other names' candidates towards itself."""


class Anchor(NamedTuple):
    """A place that is believed already, to which others may be near."""

    sense: Sense
    latitude: float
    longitude: float
    belief: float
    km_per_degree: float
    """Kilometres of a degree of longitude at this latitude."""


def find_anchors(senses: Iterable[Sense]) -> list[Anchor]:
    """Return the candidates that are believed enough to draw others near."""
    anchors = []
    for sense in senses:
        for posting, belief in zip(sense.postings, sense.beliefs, strict=True):
            place = posting.place
            if belief >= ANCHOR_BELIEF and place.kind in _POINT_LIKE:
                km_per_degree = KM_PER_DEGREE * math.cos(math.radians(place.latitude))
                anchors.append(Anchor(sense, place.latitude, place.longitude, belief, km_per_degree))
    return anchors


def pull_of(place: Place, sense: Sense, anchors: Sequence[Anchor], scale_km: float) -> float:
    """Sum the pulls of the other names' places, each falling off with distance.

    Distances are taken on the plane: what is far enough for that to matter has no pull.

    Parameters
    ----------
    place : Place
    sense : Sense
        The name that `place` is a candidate of; its own anchors do not count.
    anchors : sequence of Anchor
    scale_km : float
        Kilometres at which a pull has fallen to 1/e.
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
