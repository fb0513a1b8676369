"""The list beside the map holds what is open, and no more rows than a browser can take."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from articles.model import ThemeMatch
from dashboard import loading
from dashboard.filters import EventFilter
from dashboard.leading import asked_themes
from dashboard.views.event_list import MOST_BEFORE, list_data, shown_rows
from geodata.model import Kind, Place
from tests.stories import fill_store, resolve, story

# Every second event of the collection is left by the filter.
ROWS = np.arange(0, 100_000, 2, dtype=np.int32)


@pytest.mark.parametrize(
    ("selected", "shown", "last"),
    [
        (-1, 150, 298),
        (1, 150, 298),
        (298, 150, 298),
        (300, 151, 300),
        (2 * (150 + MOST_BEFORE) - 2, 150 + MOST_BEFORE, 2 * (150 + MOST_BEFORE) - 2),
        (2 * (150 + MOST_BEFORE), 151, 2 * (150 + MOST_BEFORE)),
        (99_998, 151, 99_998),
    ],
    ids=["none", "hidden", "within", "below", "last before", "far", "end"],
)
def test_shown_rows_are_few_and_hold_the_one_that_is_open(selected, shown, last) -> None:
    rows = shown_rows(ROWS, selected=selected, length=150)
    assert (len(rows), rows[-1]) == (shown, last)
    assert np.all(np.diff(rows) > 0)
    assert rows[:150].tolist() == ROWS[:150].tolist()


def test_shown_rows_of_an_empty_list_are_none() -> None:
    assert shown_rows(ROWS[:0], selected=4, length=150).tolist() == []


def test_rows_say_which_of_them_follow_another_of_their_article(home) -> None:
    first, second = (
        Place(f"geonames:{n}", name, Kind.CITY, 29.8, 66.8, "PK")
        for n, name in enumerate(("Mastung", "Quetta"))
    )
    article, resolutions = story("One", first, published=date(2023, 9, 29))
    both = (article, [*resolutions, resolve(article, "Something", second)])
    fill_store(home, [both, story("Two", first, published=date(2023, 9, 29))])
    collection = loading.collection()
    rows = list_data(collection, np.arange(3), selected=-1, length=9)["rows"]
    assert sorted((row[1], row[-1]) for row in rows) == [(["One"], 0), (["One"], 1), (["Two"], 0)]
    # Alone, it has the title.
    further = next(number for number, row in enumerate(rows) if row[-1])
    (alone,) = list_data(collection, np.array([further]), selected=-1, length=9)["rows"]
    assert alone[-1] == 0


@pytest.mark.parametrize(
    ("chosen", "leading"),
    [
        (EventFilter(), "Cyber"),
        (EventFilter(themes=("maritime", "human-rights")), "Maritime"),
        (EventFilter(every_theme=("human-rights",)), "Human rights"),
        (EventFilter(themes=("cyber", "human-rights")), "Cyber"),
    ],
)
def test_row_card_and_timeline_take_the_theme_that_the_filter_asks_for(home, chosen, leading) -> None:
    themes = tuple(ThemeMatch(theme, ("word",)) for theme in ("cyber", "maritime", "human-rights"))
    town = Place("geonames:1", "Mastung", Kind.CITY, 29.8, 66.8, "PK", "Balochistan")
    fill_store(home, [story("One", town, themes=themes, published=date(2023, 9, 29))])
    collection = loading.collection()
    data = list_data(collection, np.array([0]), selected=0, length=9, asked=asked_themes(chosen))
    assert data["themes"][data["rows"][0][4]][0] == leading
    assert data["card"]["themes"][0]["name"] == leading
    assert len(data["card"]["themes"]) == 3
    counted, _ = loading.timeline(collection, chosen)
    names = [style.name for style in collection.styles.values()]
    assert names[int(counted.counts.sum(axis=0).argmax())] == leading
