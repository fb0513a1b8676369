"""How places that are named together draw each other."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geodata.geodesy import KM_PER_DEGREE
from geodata.model import ADMIN1, ADMIN2, CITY, SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.senses import Sense

_POINT_LIKE = (CITY, SITE, ADMIN2, ADMIN1)
"""Kinds whose position says where the other places may be."""

ENOUGH = 1.0
"""Pull beyond which more makes no difference."""

_CELL = 10
"""Degrees of latitude and of longitude of a cell."""
_COLUMNS = 360 // _CELL


class Anchor(NamedTuple):
    """A place that is believed already, to which others may be near."""

    sense: Sense
    latitude: float
    longitude: float
    belief: float
    km_per_degree: float
    """Kilometres of a degree of longitude at this latitude."""


class Surroundings:
    """The places that a document's names are believed to mean, and how they draw others.

    Each is listed in all cells of a grid that it reaches. So a place is compared with what is near it alone, and
    the time that this takes does not grow with the square of the number of names.

    Parameters
    ----------
    senses : iterable of Sense
    scale_km : float
        Kilometres at which a pull has fallen to 1/e; it ends at five times as many.
    """

    def __init__(self, senses: Iterable[Sense], scale_km: float) -> None:
        self._scale_km = scale_km
        self._cells: dict[int, list[Anchor]] = defaultdict(list)
        for sense in senses:
            for number in sense.believed:
                place = sense.candidates.places[number]
                if place.kind in _POINT_LIKE:
                    latitude, longitude = place.latitude, place.longitude
                    km_per_degree, cells = _reach(latitude, longitude, 5 * scale_km)
                    anchor = Anchor(sense, latitude, longitude, sense.beliefs[number], km_per_degree)
                    for cell in cells:
                        self._cells[cell].append(anchor)

    def pulls(self, sense: Sense) -> list[float]:
        """Sum for each candidate of a name the pulls of the other names' places, which fall off with distance.

        Distances are taken on the plane: what is far enough for that to matter has no pull.

        Returns
        -------
        list of float
            Exact up to `ENOUGH`; from there on not all places are counted.
        """
        scale_km, reach = self._scale_km, 5 * self._scale_km
        south, anchors_in = -reach, self._cells.get
        pulls = []
        for latitude, longitude, cell in sense.candidates.points:
            pull = 0.0
            for other, anchor_latitude, anchor_longitude, belief, km_per_degree in anchors_in(cell, ()):
                north = (anchor_latitude - latitude) * KM_PER_DEGREE
                if north > reach or north < south or other is sense:
                    continue
                turn = abs(anchor_longitude - longitude)
                east = (turn if turn <= 180 else 360 - turn) * km_per_degree
                if east <= reach:
                    pull += belief * math.exp(-math.hypot(north, east) / scale_km)
                    if pull >= ENOUGH:
                        break
            pulls.append(pull)
        return pulls


def cell_of(latitude: float, longitude: float) -> int:
    """Return the number of the cell in which a point lies; degrees, EPSG:4326."""
    return _row(latitude) * _COLUMNS + _column(longitude) % _COLUMNS


@lru_cache(maxsize=10_000)
def _reach(latitude: float, longitude: float, reach_km: float) -> tuple[float, tuple[int, ...]]:
    """Return the kilometres of a degree of longitude at a point, and the cells that lie within reach of it.

    Cached, since the news comes back to the same places.
    """
    km_per_degree = KM_PER_DEGREE * math.cos(math.radians(latitude))
    # A little more than the reach, so that rounding leaves no cell out.
    north = reach_km / KM_PER_DEGREE + 1e-6
    east = min(180.0, reach_km / max(km_per_degree, 1e-6) + 1e-6)
    first, last = _column(longitude - east), _column(longitude + east)
    columns = {column % _COLUMNS for column in range(first, last + 1)}
    rows = range(_row(latitude - north), _row(latitude + north) + 1)
    return km_per_degree, tuple(row * _COLUMNS + column for row in rows for column in columns)


def _row(latitude: float) -> int:
    return math.floor((latitude + 90) / _CELL)


def _column(longitude: float) -> int:
    return math.floor((longitude + 180) / _CELL)
