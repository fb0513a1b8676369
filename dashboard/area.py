"""An area that was drawn on the map, as a condition of the filter.

It is a polygon of longitudes and latitudes. Across the antimeridian its longitudes go on beyond ±180, so that
it stays one piece: 170,0;190,0;190,10 is a triangle of twenty degrees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dashboard.criteria import Criterion, Note
from dashboard.parameters import ANY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dashboard.columns import EventColumns
    from dashboard.criteria import Mask

    Corners = tuple[tuple[float, float], ...]

DECIMALS = 3
"""Of a degree: a hundred metres, finer than anybody draws."""

FEWEST, MOST = 3, 100
"""Corners of an area."""

FURTHEST = 900
"""Longitude to either side: twice around the world beyond the map's own, as it can be dragged."""

LONGEST = MOST * 32
"""Characters that are looked at."""


@dataclass(frozen=True)
class Area(Criterion):
    """The event's point must lie in the area or on its border; of a country or region that is its one point."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events lie in it."""
        import numpy as np
        import shapely

        # Lines that cross make an area of several parts; shapely asks for them one by one.
        shape = shapely.make_valid(shapely.Polygon(value))
        shapely.prepare(shape)
        west, _, east, _ = shape.bounds
        met = np.zeros(len(columns), dtype=bool)
        # An area beyond ±180 lies in the next world; the events are moved there.
        for turns in range(math.floor((west + 180) / 360), math.floor((east + 180) / 360) + 1):
            # shapely takes x before y: longitude, then latitude.
            met |= shapely.intersects_xy(shape, columns.longitudes + 360 * turns, columns.latitudes)
        return met

    def write(self, value: Any) -> list[str]:
        """Return the corners as one compact text."""
        return (
            [";".join(f"{longitude:.10g},{latitude:.10g}" for longitude, latitude in value)] if value else []
        )

    def read(
        self,
        words: Sequence[str],
        *,
        known: Collection[str] | None = None,  # noqa: ARG002
    ) -> tuple[Corners, list[Note]]:
        """Return the corners; the last area where there are several."""
        given = words[-1].strip() if words else ""
        if not given or given.casefold() == ANY:
            return (), []
        corners = corners_of(_pairs(given)) if len(given) <= LONGEST else ()
        if not corners:
            wanted = f"{FEWEST} to {MOST} corners like 66.8,29.8;67.1,29.8;67.1,30.2"
            return (), [Note(f"{self.label}: what the link draws is not an area; expected {wanted}")]
        return corners, []

    def split(self, value: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Return the area as one part, in words: nobody reads its corners."""
        return [("drawn on the map", ())]


def corners_of(pairs: Iterable[tuple[float, float]]) -> Corners:
    """Return what the filter keeps of an area that was drawn.

    Parameters
    ----------
    pairs : iterable of (float, float)
        Longitude and latitude of each corner, degrees; the ring may be closed.

    Returns
    -------
    tuple of (float, float)
        Rounded, the ring not closed, nearest to longitude 0; empty where they make no area.
    """
    corners: list[tuple[float, float]] = []
    for longitude, latitude in pairs:
        if not (abs(longitude) <= FURTHEST and abs(latitude) <= 90):
            return ()
        # Adding 0 makes 0 of -0.
        corner = (round(longitude, DECIMALS) + 0.0, round(latitude, DECIMALS) + 0.0)
        if not corners or corner != corners[-1]:
            corners.append(corner)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if not _is_area(corners):
        return ()
    longitudes = [longitude for longitude, _ in corners]
    turns = round((min(longitudes) + max(longitudes)) / 720)
    return tuple(
        (round(longitude - 360 * turns, DECIMALS) + 0.0, latitude) for longitude, latitude in corners
    )


def _pairs(written: str) -> list[tuple[float, float]]:
    """Return the pairs of numbers of a text; empty where it holds anything else."""
    pairs = []
    for pair in written.strip(";").split(";"):
        try:
            longitude, latitude = (float(number) for number in pair.split(","))
        except ValueError:
            return []
        pairs.append((longitude, latitude))
    return pairs


def _is_area(corners: Sequence[tuple[float, float]]) -> bool:
    """Return whether corners are as many as an area's and do not lie on one line."""
    if not FEWEST <= len(corners) <= MOST:
        return False
    (x, y), *others = corners
    # Twice the area of the triangle that each two of them make with the first corner.
    return any(
        abs((ax - x) * (by - y) - (bx - x) * (ay - y)) > 1e-9 for (ax, ay), (bx, by) in pairwise(others)
    )
