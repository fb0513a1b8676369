"""What a filter or a view of the map leaves of the events, in numbers."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.columns import EventColumns
from dashboard.found import describe_found, lies_within, number_events

EVENTS = pd.DataFrame(
    {
        "event_id": ["e0", "e1", "e2", "e3"],
        "article_id": ["a", "a", "b", "c"],
        "country_code": ["PK", "", "FJ", "PK"],
    }
)
SPOTS = [(66.8, 29.8), (2.0, 14.5), (178.4, -18.1), (-179.5, 89.0)]
UNPLACED = pd.DataFrame({"article_id": ["b", "nobody", "a"]})


@pytest.fixture
def events() -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(*zip(*SPOTS, strict=True), crs="EPSG:4326")
    return gpd.GeoDataFrame(EVENTS, geometry=points)


@pytest.fixture
def numbers(events):
    return number_events(events, UNPLACED)


def test_numbers_are_those_of_articles_countries_and_events(numbers) -> None:
    assert numbers.article.tolist() == [0, 0, 1, 2]
    assert numbers.country[0] == numbers.country[3] >= 0
    assert numbers.country[1] == -1
    assert numbers.row["e2"] == 2


@pytest.mark.parametrize(
    ("mask", "rows", "articles", "countries", "unplaced"),
    [
        ([True] * 4, [0, 1, 2, 3], 3, 2, [0, 2]),
        ([False, True, False, False], [1], 1, 0, [2]),
        ([False] * 4, [], 0, 0, []),
    ],
)
def test_found_counts_what_is_left(numbers, mask, rows, articles, countries, unplaced) -> None:
    found = describe_found(numbers, np.array(mask))
    assert (found.rows.tolist(), found.articles, found.countries) == (rows, articles, countries)
    assert found.unplaced.tolist() == unplaced


def test_found_of_no_events_is_nothing(events) -> None:
    found = describe_found(number_events(events.iloc[:0], UNPLACED), np.zeros(0, dtype=bool))
    assert (len(found.rows), found.articles, found.countries, len(found.unplaced)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("bounds", "within"),
    [
        ((-180, -90, 180, 90), [0, 1, 2, 3]),
        ((60, 20, 70, 35), [0]),
        ((170, -30, 190, 0), [2]),
        ((170, -90, 190, 90), [2, 3]),
        ((-190, -90, -175, 90), [2, 3]),
        ((-700, -90, 700, 90), [0, 1, 2, 3]),
        ((0, 0, 1, 1), []),
    ],
)
def test_view_holds_events_beyond_the_antimeridian_as_well(events, bounds, within) -> None:
    rows = np.arange(4, dtype=np.int32)
    assert rows[lies_within(EventColumns(events), rows, bounds)].tolist() == within
