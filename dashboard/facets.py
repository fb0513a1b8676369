"""How many events each value of the filter would leave, so that nobody chooses what leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.columns import Coded, EventColumns
    from dashboard.criteria import Mask
    from dashboard.filters import EventFilter

    Counts = Mapping[str, int]

FACETS = {
    "world_region": "where", "region": "where", "country_code": "where", "command": "commands",
    "kind": "kinds", "role": "roles", "language": "languages", "outlet": "outlets",
}  # fmt: skip
"""Facet → the condition of `EventFilter.conditions` that is its own and does not bear on its counts."""

COLUMNS = {"language": "languages", "outlet": "outlets"}
"""Facets whose column has another name."""


def count_facets(
    columns: EventColumns, chosen: EventFilter, *, conditions: Mapping[str, Mask] | None = None
) -> dict[str, Counts]:
    """Return for each facet how many events each of its values has.

    A value is counted among the events that meet all other conditions: what is there if it is chosen beside
    the facet's other values. For themes see `count_themes`.

    Parameters
    ----------
    conditions : mapping, optional
        What `chosen.conditions` returns for these columns. None: it is asked.

    Returns
    -------
    dict
        Facet ("themes" and the keys of `FACETS`) → value → number, 0 included.
    """
    conditions = chosen.conditions(columns) if conditions is None else conditions
    counts: dict[str, Counts] = {}
    for facet, own in FACETS.items():
        rest = meet(conditions, len(columns), without=(own,))
        counts[facet] = columns.coded(COLUMNS.get(facet, facet)).count(rest)
    rest = meet(conditions, len(columns), without=("themes", "every_theme", "without_themes"))
    counts["themes"] = count_themes(columns.coded("themes"), chosen, rest)
    return counts


def count_themes(coded: Coded, chosen: EventFilter, rest: Mask) -> Counts:
    """Return for each theme the number of events that it would bring.

    Where all chosen themes must apply, that is the number that is left if it is chosen as well. Of an excluded
    theme it is the number of events that are hidden for it alone.

    Parameters
    ----------
    rest : ndarray of bool
        The events that meet all conditions but those of themes.
    """
    every = rest.copy()
    for theme in chosen.every_theme:
        every &= coded.having((theme,))
    without = chosen.without_themes
    counts = coded.count(every & ~coded.having(without))
    shown = every & coded.having(chosen.themes) if chosen.themes else every
    for theme in without:
        others = coded.having([other for other in without if other != theme])
        counts[theme] = coded.count(shown & ~others).get(theme, 0)
    return counts


def meet(conditions: Mapping[str, Mask], length: int, *, without: Collection[str] = ()) -> Mask:
    """Return the events that meet all conditions but those that are named."""
    met = np.ones(length, dtype=bool)
    for name, condition in conditions.items():
        if name not in without:
            met &= condition
    return met
