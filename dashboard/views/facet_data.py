"""What the panel of the filter in the sidebar is made of: pure, and sent as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.cards import KINDS, LANGUAGES, ROLES
from dashboard.filters import EventFilter
from dashboard.markup import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.facets import Counts
    from dashboard.palette import ThemeStyle
    from geodata.regions import CountryRegion

MOST_VALUES = 200
"""Values of one facet that are sent; those of the most events, and what is chosen."""

FIELDS = {
    "theme": "themes", "theme-all": "every_theme", "theme-not": "without_themes", "region": "regions",
    "country": "countries", "command": "commands", "kind": "kinds", "role": "roles",
    "language": "languages", "outlet": "outlets", "since": "since",
}  # fmt: skip
"""Parameters of the filter that the panel changes, and their fields."""

Row = list[Any]


def panel_data(
    counts: Mapping[str, Counts],
    chosen: EventFilter,
    *,
    styles: Mapping[str, ThemeStyle],
    regions: Mapping[str, CountryRegion],
    countries: Mapping[str, str],
) -> dict[str, Any]:
    """Return what the browser draws.

    Parameters
    ----------
    counts : mapping
        As of `facets.count_facets`.
    styles : mapping
        Of the themes that are offered.
    regions : mapping
        Country code → where it belongs.
    countries : mapping
        Country code → what it is called.

    Returns
    -------
    dict
        ``themes``: rows of id, name, number, colour, ink, glyph. ``places``: rows of parameter, value, name,
        number, depth; what a row contains follows it with a greater depth. ``groups``: lists of parameter,
        heading, rows of value, name, number, how many are left out, and whether any event
        at all has a value of it. ``chosen``: parameter → values.
    """
    return {
        "themes": [
            [style.id, style.name, counts["themes"].get(style.id, 0), style.colour, style.ink, style.glyph]
            for style in styles.values()
        ],
        "places": place_rows(counts, chosen, regions=regions, countries=countries),
        "groups": [
            _group("command", "Command area", counts["command"], chosen.commands, {}),
            _group("kind", "Precision", counts["kind"], chosen.kinds, KINDS, ordered=True),
            _group("role", "Role of the place", counts["role"], chosen.roles or tuple(ROLES), ROLES, ordered=True),
            _group("language", "Source language", counts["language"], chosen.languages, LANGUAGES),
            _group("outlet", "Outlet", counts["outlet"], chosen.outlets, {}),
        ],
        "chosen": chosen_values(chosen),
    }  # fmt: skip


def chosen_values(chosen: EventFilter) -> dict[str, list[str]]:
    """Return for each of the panel's parameters what is chosen; every role where no role is."""
    values = {
        parameter: EventFilter.criterion(field).write(getattr(chosen, field))
        for parameter, field in FIELDS.items()
    }
    return values | {"role": values["role"] or list(ROLES)}


def read_choice(sent: Mapping[str, Any]) -> dict[str, object]:
    """Return the changes of the filter that the panel has sent; what is not the panel's is passed over."""
    changes: dict[str, object] = {}
    for parameter, words in sent.items():
        if parameter in FIELDS and isinstance(words, list):
            texts = [word for word in words if isinstance(word, str)]
            value, _ = EventFilter.criterion(FIELDS[parameter]).read(texts)
            # All of the roles are no condition.
            changes[FIELDS[parameter]] = () if parameter == "role" and len(value) == len(ROLES) else value
    return changes


def place_rows(
    counts: Mapping[str, Counts],
    chosen: EventFilter,
    *,
    regions: Mapping[str, CountryRegion],
    countries: Mapping[str, str],
) -> list[Row]:
    """Return world regions, in them the sub-regions, in them the countries; where something is, or is chosen."""
    tree: dict[str, dict[str, list[str]]] = {}
    shown = {code for code, number in counts["country_code"].items() if number or code in chosen.countries}
    # A code of a link that no event has is shown as well, so that it can be taken back.
    for code in sorted(shown.union(chosen.countries), key=lambda code: countries.get(code, code)):
        if home := regions.get(code):
            tree.setdefault(home.region, {}).setdefault(home.subregion, []).append(code)
    for home in regions.values():
        if home.region in chosen.regions:
            tree.setdefault(home.region, {})
        if home.subregion in chosen.regions:
            tree.setdefault(home.region, {}).setdefault(home.subregion, [])
    rows: list[Row] = []
    for region in sorted(tree):
        rows.append(["region", region, region, counts["world_region"].get(region, 0), 0])
        for subregion in sorted(tree[region]):
            if subregion != region:
                rows.append(["region", subregion, subregion, counts["region"].get(subregion, 0), 1])
            rows += [
                ["country", code, legible(countries.get(code, code)), counts["country_code"].get(code, 0), 2]
                for code in tree[region][subregion]
            ]
    return rows


def _group(
    parameter: str,
    heading: str,
    counts: Counts,
    chosen: tuple[str, ...],
    names: Mapping[str, str],
    *,
    ordered: bool = False,
) -> list[Any]:
    """Return one list of values: those with events and the chosen ones, in the names' order or the most first."""
    values = [value for value, number in counts.items() if number or value in chosen]
    values += [value for value in chosen if value not in counts]
    if ordered:
        order = {value: number for number, value in enumerate(names)}
        values.sort(key=lambda value: order.get(value, len(order)))
    else:
        values.sort(key=lambda value: (-counts.get(value, 0), names.get(value, value).casefold()))
    shown = values[:MOST_VALUES] + [value for value in values[MOST_VALUES:] if value in chosen]
    rows = [[value, legible(names.get(value, value)), counts.get(value, 0)] for value in shown]
    return [parameter, heading, rows, len(values) - len(shown), bool(counts)]
