"""While the page loads, what stands on it already stays where it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

WATCH = """(() => {
    window.placed = {};
    const parts = ["head", "map-frame", "list-frame", "timeline-frame"];
    const look = () => {
        // Before the style sheet has come there is nothing on the page but Streamlit's grey bars.
        const app = document.querySelector("[data-testid=stApp]");
        const styled = app && getComputedStyle(app).getPropertyValue("--dl-stage");
        for (const name of styled ? parts : []) {
            const part = document.querySelector(`.st-key-${name}`);
            if (!part) continue;
            const { x, y, width } = part.getBoundingClientRect();
            // What is below the window is not seen to move.
            (window.placed[name] ??= []).push([x, Math.min(y, innerHeight), width]);
        }
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})()"""
"""Notes in every frame that is painted where the parts of the page are."""


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
@pytest.mark.parametrize("query", ["", "?theme=coups-and-governance&at=20,10,4"])
def test_nothing_jumps_while_the_page_loads(
    browser: Browser, server: str, guarded, settle, size: tuple[int, int], query: str
) -> None:
    width, height = size
    with guarded(browser, server, viewport={"width": width, "height": height}) as page:
        page.add_init_script(WATCH)
        page.goto(f"{server}/{query}")
        _wait_for_all_parts(page)
        settle(page)
        assert_nothing_has_moved(page)


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_nothing_jumps_when_the_font_comes_last(
    browser: Browser, server: str, guarded, settle, size: tuple[int, int]
) -> None:
    width, height = size
    held: list[Route] = []
    with guarded(browser, server, viewport={"width": width, "height": height}) as page:
        page.add_init_script(WATCH)
        page.route(lambda url: "/inter-" in url, lambda route: held.append(route))
        page.goto(server, wait_until="commit")
        _wait_for_all_parts(page)
        counts = page.locator(".dl-counts")
        expect(counts).to_be_visible()
        before = counts.bounding_box()
        page.route(lambda url: "/inter-" in url, lambda route: route.continue_())  # what is asked for late
        for route in held:
            route.continue_()
        settle(page)
        assert counts.bounding_box() != before, "the words stand in the other font now"
        assert_nothing_has_moved(page)


def _wait_for_all_parts(page: Page) -> None:
    page.frame_locator("iframe").locator(".leaflet-marker-icon").first.wait_for()
    page.locator("button.dl-row").first.wait_for()
    page.locator(".dl-tl-plot").wait_for()


def assert_nothing_has_moved(page: Page) -> None:
    placed = page.evaluate("() => window.placed")
    assert sorted(placed) == ["head", "list-frame", "map-frame", "timeline-frame"]
    for name, places in placed.items():
        for numbers in zip(*places, strict=True):
            assert max(numbers) - min(numbers) <= 1, (name, "a pixel may be rounded")


def test_font_is_fetched_with_the_page_and_not_when_its_words_are_drawn(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("button.dl-row").first.wait_for()
    fetched = page.evaluate(
        """() => performance.getEntriesByType("resource")
            .filter(entry => entry.name.endsWith("/inter-latin-wght-normal.woff2"))
            .map(entry => entry.initiatorType)"""
    )
    assert fetched == ["link"], "by the page's first answer, and not once more"


@pytest.mark.parametrize("width", [1400, 390])
def test_title_in_the_list_of_articles_can_be_pressed_before_the_search_has_loaded(
    page: Page, address: str, settle, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    held: list[Route] = []
    widgets = re.compile(r"/static/js/(TextInput|ButtonGroup)\.")
    page.route(widgets, lambda route: held.append(route))
    page.goto(f"{address}/articles?text=ceremony")
    title = page.locator(".dl-articles .dl-title")
    title.wait_for()
    expect(page.locator(".st-key-articles-head").get_by_test_id("stSkeleton")).to_have_count(2)
    settle(page)
    title.hover()
    page.mouse.down()
    for route in held:
        route.continue_()
    page.route(widgets, lambda route: route.continue_())  # what is asked for late goes through, too
    page.get_by_label("Search").first.wait_for()
    page.get_by_role("radio", name="Title").wait_for()
    settle(page)
    # A hand that is let go over something else has pressed nothing.
    page.mouse.up()
    page.locator(".dl-article-head h1").wait_for()
