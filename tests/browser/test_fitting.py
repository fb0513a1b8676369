"""What the map brings into view: countries and areas as they are drawn, and places when they are chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.model import Kind
from tests.browser.collection import place
from tests.browser.pages import open_map, wait_for_map
from tests.stories import fill_store, story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BOUNDS = "bounds => [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]"
SHOWN = f"() => ({BOUNDS})(window.map.getBounds())"
EVENTS = f"() => ({BOUNDS})(window.dateline.eventBounds())"
VIEW = "() => [window.map.getCenter().lat, window.map.getCenter().lng, window.map.getZoom()]"
MALI = (-12.2, 10.2, 4.2, 24.9)
STEP = "address => globalThis.datelineCard.follow(address)"
"""Follows a link inside the page."""
NOBODY = "() => window.map.setView([60, 0], 3, {animate: false})"
"""Moves the map as no viewer would: neither touched nor told to the address."""


def holds(page: Page, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = page.frames[1].evaluate(SHOWN)
    along = any(west <= box[0] + turn and east >= box[2] + turn for turn in (-360, 0, 360))
    return along and south <= box[1] and north >= box[3]


def view_of(page: Page) -> list[float]:
    return page.frames[1].evaluate(VIEW)


def choose(page: Page, name: str) -> None:
    group = page.get_by_role("group", name="Region and country")
    if not group.is_visible():
        page.locator("summary", has_text="Region and country").click()
    group.get_by_role("checkbox", name=re.compile(f"^{name}")).click()


def move(page: Page) -> None:
    """Move the map by hand, which the address tells."""
    before = page.url
    page.frame_locator("iframe").locator(".leaflet-container").press("ArrowLeft")
    page.wait_for_url(lambda url: url != before and "at=" in url)


def test_world_that_does_not_fit_shows_where_most_happened(
    browser: Browser, tmp_path: Path, guarded, serving
) -> None:
    fill_store(
        tmp_path,
        [
            story(f"Story {number}", place(number, f"Town {number}", Kind.CITY, 10, longitude))
            # Without a wide gap anywhere but in the Atlantic; most of it in Africa.
            for number, longitude in enumerate([*range(-10, 320, 20), *range(0, 40, 2)])
        ],
    )
    with serving(tmp_path) as address, guarded(browser, address) as page:
        open_map(page, address)
        for _ in range(2):
            west, _, east, _ = page.frames[1].evaluate(SHOWN)
            assert west <= 0, "the west of Africa"
            assert east >= 40, "and its east"
            page.frames[1].evaluate("() => window.map.setView([0, 180], 3, {animate: false})")
            page.frame_locator("iframe").get_by_role("button", name="Show all events").click()
            page.frames[1].wait_for_function("() => window.map.getZoom() === 2")


def test_what_is_shown_of_the_world_has_its_events_in_the_middle_on_both_sides_of_greenwich(
    browser: Browser, tmp_path: Path, guarded, serving
) -> None:
    # All but the last fit, however the map is moved between -30 and 12 degrees.
    events = [12, 30, 75, 140, 178, 212 - 360, 290 - 360]
    fill_store(
        tmp_path,
        [
            story(f"Story {number}", place(number, f"Town {number}", Kind.CITY, 10, longitude))
            for number, longitude in enumerate(events)
        ],
    )
    with serving(tmp_path) as address, guarded(browser, address) as page:
        open_map(page, address)
        west, _, east, _ = page.frames[1].evaluate(EVENTS)
        assert east - west < 290 - 12
        assert 12 - west == pytest.approx(east - 212, abs=2)


# ---- countries and areas as they are drawn ------------------------------------------------------

WHOLE = {
    "ML": (18, -2, MALI, 2),
    "IR": (32, 53, (44, 25, 63.4, 39.8), 2),
    "US": (39.8, -98.5, (-125, 24.5, -67, 49.4), 3),
    "FR": (46, 2, (-5, 41.4, 9.5, 51), 1.5),
    "RU": (60, 100, (27, 41, 191, 82), 4),
    "FJ": (-18, 178, (177, -19, 180.2, -16), 3),
    "NZ": (-42, 174, (166.5, -47.5, 178.5, -34.5), 2.5),
    "MY": (2.5, 112.5, (99.7, 0.9, 119.3, 7.4), 1.5),
}
"""A country → latitude and longitude of its point, the box of what a person takes for it, and degrees to spare."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory, serving) -> Iterator[str]:
    home = tmp_path_factory.mktemp("atlas")
    countries = [
        place(100 + number, f"Country {code}", Kind.COUNTRY, latitude, longitude, code, radius=500)
        for number, (code, (latitude, longitude, *_)) in enumerate(WHOLE.items())
    ]
    province = place(200, "Province", Kind.ADMIN1, 28.5, 65.5, "PK", "Balochistan", 420)
    sahel = place(201, "Sahel", Kind.REGION, 14.5, 2, radius=1500)
    fill_store(home, [story(f"Of {spot.name}", spot) for spot in (*countries, province, sahel)])
    with serving(home) as address:
        yield address


@pytest.mark.parametrize("code", WHOLE)
def test_link_to_a_country_shows_it_whole_on_a_phone(
    browser: Browser, atlas: str, guarded, code: str
) -> None:
    *_, box, spare = WHOLE[code]
    with guarded(browser, atlas, viewport={"width": 390, "height": 844}) as page:
        open_map(page, f"{atlas}/?country={code}", 1)
        found = page.frames[1].evaluate(EVENTS)
        assert found == pytest.approx(box, abs=spare), "its main part, and nothing overseas"
        assert holds(page, tuple(found))


def test_show_all_events_shows_areas_with_their_circles(browser: Browser, atlas: str, guarded) -> None:
    with guarded(browser, atlas) as page:
        frame = open_map(page, f"{atlas}/?kind=admin1&at=60,0,3", 1)
        frame.get_by_role("button", name="Show all events").click()
        degrees = 420 / 111.2
        page.frames[1].wait_for_function("() => window.map.getZoom() > 3")
        assert holds(page, (65.5 - degrees, 28.5 - degrees, 65.5 + degrees, 28.5 + degrees))
        # The circle of a large region is not drawn, unless there is nothing else to be shown.
        open_map(page, f"{atlas}/?kind=admin1&kind=region", 2)
        assert page.frames[1].evaluate(EVENTS)[0] == pytest.approx(2)
        open_map(page, f"{atlas}/?kind=region", 1)
        assert page.frames[1].evaluate(EVENTS)[0] == pytest.approx(2 - 1500 / 111.2 / 0.968, abs=0.2)


def test_late_outlines_still_give_the_first_view(browser: Browser, atlas: str, guarded) -> None:
    with guarded(browser, atlas) as page:
        held = []
        page.route("**/countries-50m.json*", lambda route: held.append(route))
        page.goto(f"{atlas}/?country=IR")
        frame = page.frame_locator("iframe")
        frame.locator("html[data-events='1']").wait_for(state="attached")
        for route in held:
            route.continue_()
        page.unroute("**/countries-50m.json*")
        frame.locator("html[data-land]").wait_for(state="attached")
        page.frames[1].wait_for_function("() => window.map.getZoom() < 6")
        assert holds(page, (44, 25.2, 63.3, 39.7))


# ---- places that are chosen ---------------------------------------------------------------------


def test_choice_of_a_place_moves_the_map_there_and_its_removal_back(page: Page, server: str) -> None:
    open_map(page, server, 6)
    first = view_of(page)
    choose(page, "Africa")
    wait_for_map(page, 1)
    assert holds(page, MALI)
    assert view_of(page)[2] > first[2]
    assert "at=" not in page.url
    page.get_by_role("button", name="Region: Africa").click()
    wait_for_map(page, 6)
    assert view_of(page) == pytest.approx(first, abs=0.4)  # a pixel


def test_removal_of_a_place_leaves_a_map_that_was_moved_by_hand(page: Page, server: str) -> None:
    open_map(page, server, 6)
    choose(page, "Africa")
    wait_for_map(page, 1)
    move(page)
    left = view_of(page)
    page.get_by_role("button", name="Region: Africa").click()
    wait_for_map(page, 6)
    assert view_of(page) == pytest.approx(left, abs=0.01)


def test_address_that_names_a_view_goes_on_naming_the_one_that_is_shown(page: Page, server: str) -> None:
    open_map(page, f"{server}/?at=60,0,3", 6)
    choose(page, "Africa")
    wait_for_map(page, 1)
    page.wait_for_url(lambda url: "region=Africa" in url and "at=" in url and "at=60" not in url)
    assert holds(page, MALI)
    latitude, longitude, zoom = re.search(r"at=([-\d.]+)(?:%2C|,)([-\d.]+)(?:%2C|,)(\d+)", page.url).groups()
    assert view_of(page) == pytest.approx([float(latitude), float(longitude), int(zoom)], abs=0.01)
    shown = view_of(page)
    # Steps through the history name a view; it is kept.
    page.go_back()
    wait_for_map(page, 6)
    assert view_of(page) == pytest.approx([60, 0, 3], abs=0.1)
    page.go_forward()
    wait_for_map(page, 1)
    assert view_of(page) == pytest.approx(shown, abs=0.1)


def test_step_that_names_view_and_place_keeps_its_view(page: Page, server: str) -> None:
    open_map(page, server, 6)
    page.evaluate(STEP, f"{server}/?region=Africa&at=30,67,5")
    wait_for_map(page, 1)
    assert view_of(page) == pytest.approx([30, 67, 5], abs=0.1)
    # What is chosen then is a choice in the page again.
    choose(page, "Oceania")
    wait_for_map(page, 2)
    assert holds(page, MALI)


def test_other_conditions_and_places_without_events_move_nothing(page: Page, server: str) -> None:
    open_map(page, server, 6)
    page.frames[1].evaluate(NOBODY)
    page.get_by_role("checkbox", name="Terrorism and insurgency").click()
    wait_for_map(page, 2)
    assert view_of(page) == pytest.approx([60, 0, 3])
    page.evaluate(STEP, f"{server}/?theme=terrorism-and-insurgency&region=Africa")
    wait_for_map(page, 0)
    assert view_of(page) == pytest.approx([60, 0, 3])
    page.get_by_role("checkbox", name="Terrorism and insurgency").click()
    wait_for_map(page, 1)
    assert view_of(page) == pytest.approx([60, 0, 3])
    choose(page, "Oceania")
    wait_for_map(page, 2)
    assert holds(page, MALI)


# ---- heat ---------------------------------------------------------------------------------------

INKED = """() => { const canvas = document.querySelector("canvas.dl-heat");
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0); }"""


def test_heat_leaves_countries_and_large_regions_out_and_says_so(
    browser: Browser, atlas: str, guarded
) -> None:
    with guarded(browser, atlas) as page:
        frame = open_map(page, f"{atlas}/?layer=heat&kind=country&kind=region", len(WHOLE) + 1)
        key = frame.locator(".dl-key")
        expect(key).to_contain_text(
            f"{len(WHOLE)} events of whole countries and 1 event of a large region left out"
        )
        assert not page.frames[1].evaluate(INKED)
        frame = open_map(page, f"{atlas}/?layer=heat&kind=admin1", 1)
        frame.locator(".dl-key").wait_for()
        expect(frame.locator(".dl-key")).not_to_contain_text("left out")
        assert page.frames[1].evaluate(INKED)
