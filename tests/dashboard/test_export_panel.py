"""The file that the map page exports, made when it is asked for."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from weakref import ref

from dashboard import loading
from dashboard.filters import EventFilter
from dashboard.views.export_panel import OFFERED, file_name, make_file
from geodata.export import get_format
from geodata.model import Kind, Place
from tests.stories import fill_store, story

if TYPE_CHECKING:
    from pathlib import Path

MASTUNG = Place("geonames:1", "Mastung", Kind.CITY, 29.8, 66.8, "PK", "Balochistan")


def test_name_of_the_file_carries_the_day_and_the_format() -> None:
    names = [file_name(get_format(name), date(2023, 9, 5)) for name in OFFERED]
    assert names == ["dateline-2023-09-05.csv", "dateline-2023-09-05.geojson"]


def test_file_holds_what_the_filter_leaves_though_the_collection_that_was_shown_is_gone(home: Path) -> None:
    fill_store(home, [story(f"Of {day}", MASTUNG, published=date(2023, 9, day)) for day in (3, 9, 6)])
    shown = ref(loading.collection())
    loading.st.cache_resource.clear()
    chosen = EventFilter(start=date(2023, 9, 5))
    found = json.loads(make_file(shown, chosen, get_format("geojson")))["features"]
    assert shown() is None
    assert [each["properties"]["title"] for each in found] == ["Of 9", "Of 6"]
