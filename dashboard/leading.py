"""Which of an event's themes leads: it gives the event its colour, and the timeline counts the event under it.

It is the first of the event's themes that the filter asks for, else its first. The map's browser part applies the
same rule in `dateline-map-table.js`, to the positions that the event layer sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from dashboard.filters import EventFilter


def asked_themes(chosen: EventFilter) -> frozenset[str]:
    """Return the themes that a filter asks for: any of them, or all of them at once."""
    return frozenset((*chosen.themes, *chosen.every_theme))


def asked_positions(chosen: EventFilter, order: Iterable[str]) -> list[int]:
    """Return the positions in `order` of the themes that a filter asks for, ascending; others are passed over.

    Parameters
    ----------
    order : iterable of str
        All themes that have a look.
    """
    asked = asked_themes(chosen)
    return [position for position, theme in enumerate(order) if theme in asked]


def order_themes(themes: Iterable[str], asked: Collection[str]) -> tuple[str, ...]:
    """Return an event's themes with those first that are asked for; the first one leads.

    Parameters
    ----------
    themes : iterable of str
        In the article's order, which is kept otherwise.
    asked : collection of str
        As `asked_themes` returns them.
    """
    return tuple(sorted(themes, key=lambda theme: theme not in asked))


def leading_themes(themes: NDArray[np.int16], asked: Sequence[int]) -> NDArray[np.int64]:
    """Return the leading theme of each event.

    Parameters
    ----------
    themes : ndarray of int16, shape (events, most themes of an event)
        Positions in the article's order; -1: no further one.
    asked : sequence of int
        As `asked_positions` returns them.
    """
    leading = themes[:, 0].astype(np.int64)
    if not asked:
        return leading
    for column in reversed(range(themes.shape[1])):
        hit = np.isin(themes[:, column], asked)
        leading[hit] = themes[hit, column]
    return leading
