"""Which values the fields of the filter have, and what each is called.

Links and the command line are checked against the same ones. There are more than events have: a filter that meets
none of them is no mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.columns import EventColumns
    from geodata.regions import CountryRegion

    Names = Mapping[str, str]


def name_places(regions: Mapping[str, CountryRegion]) -> dict[str, Names]:
    """Return for the parameters of regions, countries and commands what their values are called."""
    from geodata.countries import country_name

    homes = regions.values()
    return {
        "region": {name: name for home in homes for name in (home.region, home.subregion)},
        "country": {code: country_name(code) for code in regions},
        "command": {home.command: home.command for home in homes},
    }


def name_themes(themes: Names) -> dict[str, Names]:
    """Return the same names for each parameter that takes a theme; `themes` are ids with their names."""
    return dict.fromkeys(("theme", "theme-all", "theme-not"), themes)


def name_outlets(columns: EventColumns) -> dict[str, Names]:
    """Return for the parameter of outlets those that the events have."""
    return {"outlet": {name: name for name in columns.coded("outlets").values}}
