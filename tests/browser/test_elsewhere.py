"""A map that shows none of the events says so, and leads to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.model import Kind, Place
from tests.browser.pages import open_map, wait_for_map
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FrameLocator, Locator, Page

pytestmark = pytest.mark.browser

SUVA = Place("geonames:1", "Suva", Kind.CITY, -18.14, 178.44, "FJ", radius_km=5)
TARTUS = Place("geonames:2", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", radius_km=5)
RUSSIA = Place("geonames:3", "Russia", Kind.COUNTRY, 60.0, 100.0, "RU", radius_km=4000)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving, fill) -> Iterator[str]:
    home = tmp_path_factory.mktemp("elsewhere")
    day = date(2023, 9, 1)
    fill(
        home,
        [
            story("Ships at sea", SUVA, published=day),
            story("Ships in port", TARTUS, published=day),
            story("More ships in port", TARTUS, published=day),
            story("A country votes", RUSSIA, published=day),
        ],
    )
    with serving(home) as started:
        yield started


def note(frame: FrameLocator) -> Locator:
    return frame.get_by_role("status").filter(has_text="elsewhere")


def search(page: Page, words: str, events: int) -> None:
    page.get_by_label("Search").first.fill(words)
    wait_for_map(page, events)


@pytest.mark.parametrize("width", [1400, 390])
def test_map_that_shows_none_of_the_events_leads_to_them(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    frame = open_map(page, f"{address}/?text=port&at=-18,178,8", 2)
    expect(note(frame)).to_contain_text("All 2 events lie elsewhere.")
    frame.get_by_role("button", name="Show them").press("Enter")
    expect(note(frame)).to_have_count(0)
    frame.locator(".dl-symbol, .leaflet-marker-icon").first.wait_for()
    assert page.frames[1].evaluate("() => window.map.getBounds().contains([34.889, 35.8866])")
    # The button has gone with its note; the keyboard goes on at the map.
    expect(frame.locator(".leaflet-container")).to_be_focused()


def test_note_goes_when_the_filter_brings_events_into_view(page: Page, address: str) -> None:
    frame = open_map(page, f"{address}/?text=port&at=-18,178,8", 2)
    expect(note(frame)).to_be_visible()
    search(page, "sea", 1)
    expect(note(frame)).to_have_count(0)


@pytest.mark.parametrize("view", ["at=-18,178,8", "at=-18,-181,8", "at=66,60,6", "at=-19.5,176,8"])
def test_nothing_is_said_where_an_event_is_in_view_or_just_past_its_edge(
    page: Page, address: str, view: str
) -> None:
    page.clock.install()
    frame = open_map(page, f"{address}/?{view}", 4)
    # Longer than it takes to be said.
    page.clock.run_for(5000)
    expect(note(frame)).to_have_count(0)
