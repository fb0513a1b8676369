"""Whether a position lies in a country, by the countries' shapes (Natural Earth 1:50m, public domain).

Loading the shapes takes a second and the libraries for them; they are asked only of strangers' answers.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from geodata.geodesy import KM_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

BEYOND_KM = 350.0
"""Kilometres beyond a shape's edge that still may be the country. Small islands have no shape at this scale, and
others draw the borders of Crimea or Somaliland otherwise; an answer from the Earth's other end is farther off."""


@cache
def _shapes() -> Mapping[str, BaseGeometry]:
    from geodata.gazetteer.sources.countries import read_shapes

    return read_shapes()


def lies_in_country(latitude: float, longitude: float, country_code: str) -> bool | None:
    """Tell whether a position may lie in a country: in its shape or not far beyond.

    Parameters
    ----------
    latitude, longitude : float
        Degrees, EPSG:4326.
    country_code : str
        ISO 3166-1 alpha-2.

    Returns
    -------
    bool or None
        None: the country is too small to have a shape.
    """
    from shapely import box

    shape = _shapes().get(country_code)
    if shape is None:
        return None
    # Whether the shape reaches into a box around the position: on the plane, but with the degrees' true widths.
    north = BEYOND_KM / KM_PER_DEGREE
    east = north / max(0.05, math.cos(math.radians(latitude)))
    around = box(longitude - east, latitude - north, longitude + east, latitude + north)
    return bool(shape.intersects(around))
