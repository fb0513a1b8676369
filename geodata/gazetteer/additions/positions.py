"""Whether a position can be: in range, given, and not swapped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FAR = 3
"""Cells of one degree without a known place of the country all around, from which a position lies far from it."""

NEAR = 1
"""Cells within which one lies in it."""


class Positions:
    """Knows where each country's places lie, to the degree.

    Parameters
    ----------
    known : iterable of (str, float, float)
        Country code, latitude and longitude, in degrees, of known places; those without a code say nothing.
    """

    def __init__(self, known: Iterable[tuple[str, float, float]]) -> None:
        self._cells = {
            (code, math.floor(latitude), math.floor(longitude)) for code, latitude, longitude in known if code
        }
        self._countries = {code for code, _, _ in self._cells}

    def check(self, latitude: float, longitude: float, country_code: str) -> None:
        """Refuse a position that cannot be.

        Raises
        ------
        ValueError
            If it is outside the degrees that there are, is 0, 0, or lies far from its country and would lie in it
            with latitude and longitude swapped.
        """
        given = f"latitude {latitude:g}, longitude {longitude:g}"
        if not (math.isfinite(latitude) and math.isfinite(longitude)):
            raise ValueError(f"expected degrees, got {given}")
        if not -90 <= latitude <= 90:
            is_swapped = -180 <= latitude <= 180 and -90 <= longitude <= 90
            hint = "; latitude and longitude are swapped" if is_swapped else ""
            raise ValueError(f"expected a latitude between -90 and 90, got {given}{hint}")
        if not -180 <= longitude <= 180:
            raise ValueError(f"expected a longitude between -180 and 180, got {given}")
        if latitude == 0 and longitude == 0:
            raise ValueError("0, 0 is where nothing lies: it stands for a position that is not known")
        if (
            country_code in self._countries
            and not self._has_places(country_code, latitude, longitude, within=FAR)
            and -90 <= longitude <= 90
            and self._has_places(country_code, longitude, latitude, within=NEAR)
        ):
            raise ValueError(
                f"{given} lies far from {country_code}, and in it with the two exchanged:"
                " latitude and longitude are swapped"
            )

    def _has_places(self, code: str, latitude: float, longitude: float, *, within: int) -> bool:
        row, column = math.floor(latitude), math.floor(longitude)
        return (code, row, column) in self._cells or any(
            (code, row + north, (column + east + 180) % 360 - 180) in self._cells
            for north in range(-within, within + 1)
            for east in range(-within, within + 1)
        )
