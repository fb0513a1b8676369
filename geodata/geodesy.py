"""Distances on the sphere, in plain Python: the geoparser's path must not wait for numpy's import."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth, kilometres (IUGG)."""

KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180
"""Kilometres of a degree of latitude."""


def distance_km(latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float) -> float:
    """Great-circle distance by the haversine formula.

    Parameters
    ----------
    latitude_1, longitude_1, latitude_2, longitude_2 : float
        Degrees, EPSG:4326.

    Returns
    -------
    float
        Kilometres.
    """
    phi_1, phi_2 = math.radians(latitude_1), math.radians(latitude_2)
    half_chord = (
        math.sin((phi_2 - phi_1) / 2) ** 2
        + math.cos(phi_1) * math.cos(phi_2) * math.sin(math.radians(longitude_2 - longitude_1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half_chord)))
