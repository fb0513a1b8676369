"""What a filter leaves of a collection, in numbers: no table is copied for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame

    from dashboard.columns import EventColumns
    from dashboard.criteria import Mask

    Numbers = np.ndarray[tuple[int], np.dtype[np.int32]]
    Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class EventNumbers:
    """What found events are counted by, made once a collection; `EventColumns` is what they are chosen by.

    Attributes
    ----------
    article, country : ndarray of int
        Number of each event's article and country; -1: it has no country.
    unplaced_article : ndarray of int
        Number of the article of each name that could not be placed; -1: the article has no event.
    row : mapping
        Event's id → its row.
    """

    article: Numbers
    country: Numbers
    unplaced_article: Numbers
    row: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class FoundEvents:
    """The events that a filter leaves.

    Attributes
    ----------
    mask : ndarray of bool
        Which of the collection's events.
    rows : ndarray of int
        Their rows, in order.
    articles, countries : int
        How many of them there are.
    unplaced : ndarray of int
        Rows of the names in these articles that could not be placed.
    """

    mask: Mask
    rows: Numbers
    articles: int
    countries: int
    unplaced: Numbers


def number_events(events: GeoDataFrame, unplaced: pd.DataFrame) -> EventNumbers:
    """Return what found events are counted by.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place.
    unplaced : DataFrame
        One row per name that could not be placed, with its ``article_id``.
    """
    import pandas as pd

    article, names = pd.factorize(events["article_id"])
    codes = events["country_code"]
    country, _ = pd.factorize(codes.where(codes != "", None))
    return EventNumbers(
        article=article.astype(np.int32),
        country=country.astype(np.int32),
        unplaced_article=pd.Index(names).get_indexer(unplaced["article_id"]).astype(np.int32),
        row={event: row for row, event in enumerate(events["event_id"])},
    )


def describe_found(numbers: EventNumbers, mask: Mask) -> FoundEvents:
    """Count what a mask leaves."""
    seen = np.zeros(int(numbers.article.max(initial=-1)) + 2, dtype=bool)
    seen[numbers.article[mask]] = True
    countries = np.unique(numbers.country[mask])
    # The last place of `seen` stands for -1, an article without any event.
    return FoundEvents(
        mask=mask,
        rows=np.flatnonzero(mask).astype(np.int32),
        articles=int(seen.sum()),
        countries=int((countries >= 0).sum()),
        unplaced=np.flatnonzero(seen[numbers.unplaced_article]).astype(np.int32),
    )


def lies_within(columns: EventColumns, rows: Numbers, bounds: Bounds) -> Mask:
    """Return which of the rows lie in a view of the map.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east and north in degrees; the east may lie beyond 180, where the view goes on past the
        antimeridian.
    """
    west, south, east, north = bounds
    latitude, longitude = columns.latitudes[rows], columns.longitudes[rows]
    across = (longitude - west) % 360 <= min(east - west, 360)
    return (latitude >= south) & (latitude <= north) & across
