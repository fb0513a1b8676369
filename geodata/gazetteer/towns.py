"""Which populated places a map names: the large ones, and everywhere some by which one finds one's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.gazetteer import layout
from geodata.gazetteer.folding import fold
from geodata.geodesy import distance_km
from geodata.model import Kind

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    import numpy as np

    from geodata.gazetteer.index import Gazetteer
    from geodata.model import Place

    Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]

MOST = 14_800

OF_A_COUNTRY = 5
"""So many of every country are always among them."""

SHARE = 0.55
"""What a town keeps of its weight for each larger one in its cell: where many are large is room for few names."""

CELLS = 256
"""Columns and rows of the grid in which towns are compared, in Web Mercator: a cell is a tile of zoom 8."""

SAME_KM = 15.0
"""Two of one name that are nearer are one town that two sources have."""

_RECORD = [
    ("latitude", "<f4"), ("longitude", "<f4"), ("population", "<u4"), ("radius_km", "<f4"), ("id", "<u4"),
    ("name", "<u4"), ("admin1", "<u4"), ("admin2", "<u4"), ("kind", "u1"), ("country", "u1"), ("source", "u1"),
    ("flags", "u1"), ("feature", "<u2"),
]  # fmt: skip
"""`layout.PLACE` for numpy."""


def weight(population: Any, is_capital: Any) -> Any:
    """Return how important a town is on a map: its population, and more for a capital. Numbers or arrays."""
    import numpy as np

    # Islamabad goes before Rawalpindi, but Lagos before the capitals beside it.
    return population + is_capital * np.minimum(9.0 * population, 6e6)


def pick_towns(gazetteer: Gazetteer, *, most: int = MOST) -> list[Place]:
    """Return the populated places that a map of the world names, the most important first.

    Parameters
    ----------
    most : int
        How many at the most; those of which every country has some count among them, but are never left out.

    Returns
    -------
    list of Place
        Cities, by `weight`; none twice.
    """
    import numpy as np

    records = np.frombuffer(gazetteer.copy_places()[0], np.dtype(_RECORD))
    minor = (records["flags"] & layout.MINOR_FLAG) > 0
    numbers = np.flatnonzero((records["kind"] == list(Kind).index(Kind.CITY)) & ~minor)
    chosen = choose_towns(
        latitudes=records["latitude"][numbers],
        longitudes=records["longitude"][numbers],
        weights=weight(
            records["population"][numbers].astype(float),
            (records["flags"][numbers] & layout.CAPITAL_FLAG) > 0,
        ),
        countries=records["country"][numbers],
        most=most,
    )
    return _without_doubles([gazetteer.place(int(number)) for number in numbers[chosen]])


def choose_towns(
    *, latitudes: Array, longitudes: Array, weights: Array, countries: Array, most: int
) -> Array:
    """Return positions of the towns that are chosen, the most important first.

    Parameters
    ----------
    latitudes, longitudes : ndarray of float
        Degrees.
    weights : ndarray of float
        Their importance, as of `weight`; 0: not known.
    countries : ndarray of int
        The country of each.
    """
    import numpy as np

    sine = np.sin(np.radians(np.clip(latitudes.astype(float), -85, 85)))
    column = np.floor((longitudes.astype(float) / 360 + 0.5) % 1 * CELLS).astype(int)
    row = np.floor((0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * CELLS).astype(int)
    # Of a country without any population told some are named all the same.
    needed = _ranks(countries.astype(int), weights) < OF_A_COUNTRY
    value = weights * SHARE ** _ranks(column * CELLS + row, weights)
    value = np.where(needed, np.inf, np.where(weights > 0, value, -np.inf))
    best = np.argsort(-value, kind="stable")[: max(most, int(needed.sum()))]
    best = best[value[best] > -np.inf]
    return best[np.argsort(-weights[best], kind="stable")]


def _ranks(groups: Array, weights: Array) -> Array:
    """Return for each town how many of its group are more important."""
    import numpy as np

    order = np.lexsort((-weights, groups))
    first = np.ones(len(order), bool)
    first[1:] = groups[order][1:] != groups[order][:-1]
    positions = np.arange(len(order))
    ranks = np.empty(len(order), int)
    ranks[order] = positions - np.maximum.accumulate(np.where(first, positions, 0))
    return ranks


def _without_doubles(towns: list[Place]) -> list[Place]:
    kept: dict[str, list[Place]] = {}
    found = []
    for town in towns:
        namesakes = kept.setdefault(fold(town.name), [])
        near = (
            distance_km(town.latitude, town.longitude, other.latitude, other.longitude) < SAME_KM
            for other in namesakes
        )
        if any(near):
            continue
        namesakes.append(town)
        found.append(town)
    return found
