"""What a filter or a view of the map leaves of the events, in numbers."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

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
def columns():
    points = gpd.points_from_xy(*zip(*SPOTS, strict=True), crs="EPSG:4326")
    return number_events(gpd.GeoDataFrame(EVENTS, geometry=points), UNPLACED)


def test_columns_number_articles_countries_and_events(columns) -> None:
    assert columns.article.tolist() == [0, 0, 1, 2]
    assert columns.country[0] == columns.country[3] >= 0
    assert columns.country[1] == -1
    assert columns.row["e2"] == 2
    assert columns.latitude[2] == -18.1


@pytest.mark.parametrize(
    ("mask", "rows", "articles", "countries", "unplaced"),
    [
        ([True] * 4, [0, 1, 2, 3], 3, 2, [0, 2]),
        ([False, True, False, False], [1], 1, 0, [2]),
        ([False] * 4, [], 0, 0, []),
    ],
)
def test_found_counts_what_is_left(columns, mask, rows, articles, countries, unplaced) -> None:
    found = describe_found(columns, np.array(mask))
    assert (found.rows.tolist(), found.articles, found.countries) == (rows, articles, countries)
    assert found.unplaced.tolist() == unplaced


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
def test_view_holds_events_beyond_the_antimeridian_as_well(columns, bounds, within) -> None:
    rows = np.arange(4, dtype=np.int32)
    assert rows[lies_within(columns, rows, bounds)].tolist() == within
