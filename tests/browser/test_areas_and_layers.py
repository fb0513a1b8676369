"""What is drawn on the map limits everything, and the number in each country follows the filter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map, wait_for_map, wait_for_rest
from tests.browser.serving import serve_anew

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

POINT = "spot => { const { x, y } = window.map.latLngToContainerPoint(spot); return [x, y]; }"
MASTUNG, MUSTANG, TARTUS = (29.7997, 66.8455), (29.18, 83.95), (34.889, 35.8866)


def on_page(page: Page, spot: tuple[float, float]) -> tuple[float, float]:
    """Return where a place of the map is on the page."""
    box = page.locator("iframe").bounding_box()
    x, y = page.frames[1].evaluate(POINT, list(spot))
    return box["x"] + x, box["y"] + y


# ---- drawing ------------------------------------------------------------------------------------


def test_polygon_limits_map_list_and_counts_to_what_lies_in_it(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?at=30,60,4")
    wait_for_rest(page)
    frame.get_by_role("button", name="Limit to an area of any shape").click()
    # A wedge round Tartus and Mustang; Mastung lies in its box, but not in it.
    corners = [(38, 33), (38, 87), (25, 87), (32, 75), (36, 60), (33, 33)]
    for corner in corners:
        page.mouse.click(*on_page(page, corner))
    page.mouse.click(*on_page(page, corners[0]))
    wait_for_map(page, 2)
    expect(page.locator("button.dl-row")).to_have_count(2)
    expect(page.locator("button.dl-row", has_text="Mastung")).to_have_count(0)
    expect(page.locator(".dl-counts span").first).to_have_text("2 events")
    page.wait_for_url(re.compile(r"area=(-?[\d.]+(%2C|,)-?[\d.]+(%3B|;)?){6}"))
    frame.get_by_role("button", name="Remove the area").click()
    wait_for_map(page, 6)
    page.wait_for_url(lambda url: "area=" not in url)


def test_rectangle_limits_map_list_and_counts_to_what_lies_in_it(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?at=30,60,4")
    wait_for_rest(page)
    frame.get_by_role("button", name="Limit to a rectangle").click()
    page.mouse.move(*on_page(page, (38, 60)))
    page.mouse.down()
    page.mouse.move(*on_page(page, (30, 80)))
    page.mouse.move(*on_page(page, (22, 90)))
    page.mouse.up()
    wait_for_map(page, 2)
    expect(page.locator("button.dl-row", has_text="Tartus")).to_have_count(0)
    expect(page.locator("button.dl-row", has_text=re.compile("Mastung|Mustang"))).to_have_count(2)
    page.get_by_role("button", name="Area: drawn on the map").click()
    wait_for_map(page, 6)


def test_finger_draws_a_rectangle_and_does_not_scroll_the_page(
    browser: Browser, server: str, guarded
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with guarded(browser, server, **phone) as page:
        frame = open_map(page, f"{server}/?at=30,67,3")
        wait_for_rest(page)
        frame.get_by_role("button", name="Limit to a rectangle").tap()
        (left, top), (right, bottom) = on_page(page, (38, 60)), on_page(page, (22, 75))
        touch = page.context.new_cdp_session(page)
        for kind, share in (("touchStart", 0), *(("touchMove", step / 8) for step in range(1, 9))):
            spot = {"x": left + (right - left) * share, "y": top + (bottom - top) * share}
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [spot]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        wait_for_map(page, 1)
        expect(page.locator("button.dl-row")).to_have_count(1)
        expect(page.locator("button.dl-row")).to_contain_text("Mastung")


def test_what_lies_on_the_map_keeps_its_clicks_and_keys_while_an_area_is_drawn(
    page: Page, server: str
) -> None:
    frame = open_map(page, f"{server}/?at=36,72,5")
    page.locator("button.dl-row", has_text="Mastung").click()
    popup = frame.locator(".dl-popup")
    popup.locator(".dl-why").wait_for()
    draws = frame.get_by_role("button", name="Limit to a rectangle")
    draws.click()
    frame.get_by_role("button", name="Zoom out").press("Enter")
    page.wait_for_url(re.compile("at=[^&]*,4$"))
    page.keyboard.press("Escape")
    expect(draws).to_have_attribute("aria-pressed", "false")
    expect(popup).to_have_count(1)
    draws.click()
    popup.get_by_role("button", name="Close popup").click()
    expect(popup).to_have_count(0)
    expect(draws).to_have_attribute("aria-pressed", "true")
    assert "area=" not in page.url


DRAW_VIEW = """() => {
    const { dateline, map } = window;
    map.getContainer().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    // What a run says that had begun before.
    dateline.drawArea([]);
    return dateline.extras.area;
}"""
"""Draws the whole view; returns what the messages carry before the server has heard of it."""


def test_area_that_was_removed_stays_away_when_the_server_starts_anew(
    browser: Browser, tmp_path: Path, fill, unguarded, drones_pair, undated_pair, settle
) -> None:
    fill(tmp_path, [drones_pair(), undated_pair()])
    with serve_anew(tmp_path) as (address, restart), unguarded(browser) as page:
        page.context.add_init_script("localStorage.setItem('dateline-hint-read', '1')")
        frame = open_map(page, f"{address}/?at=30,67,6", 3)
        frame.get_by_role("button", name="Limit to a rectangle").press("Enter")
        assert len(page.frames[1].evaluate(DRAW_VIEW)) == 4
        wait_for_map(page, 1)
        page.get_by_role("button", name="Area: drawn on the map").click()
        wait_for_map(page, 3)
        page.wait_for_url(lambda url: "area=" not in url)
        settle(page)
        # The page stays open, in a session now that has heard of no drawing.
        restart()
        page.get_by_role("checkbox", name="Terrorism and insurgency").click()
        wait_for_map(page, 2)
        frame.locator(".dl-marker[aria-label^='Mastung']").click()
        page.wait_for_url("**event=**")
        settle(page)
        expect(page.locator("button.dl-row")).to_have_count(2)
        assert "area=" not in page.url


# ---- events per country -------------------------------------------------------------------------


def test_countries_are_shaded_by_their_number_of_events_and_follow_the_filter(
    page: Page, server: str
) -> None:
    frame = open_map(page, f"{server}/?layer=countries&role=any&at=30,60,4")
    expect(frame.locator(".dl-share")).to_have_count(6)
    expect(frame.locator(".dl-key li")).to_have_text(["1", "2"])
    wait_for_rest(page)
    # Pakistan has two events, Mastung and Balochistan; Nepal one.
    shades = {}
    for name, spot, words in (("two", (30, 69), "Pakistan 2 events"), ("one", (28.2, 84), "Nepal 1 event")):
        page.mouse.move(*on_page(page, spot))
        frame.get_by_role("tooltip", name=words).wait_for()
        shades[name] = page.frames[1].evaluate(
            "([x, y]) => document.elementsFromPoint(x, y).find((node) => node.matches('.dl-share')).getAttribute('fill')",
            page.frames[1].evaluate(POINT, list(spot)),
        )
    legend = frame.locator(".dl-key i").evaluate_all(
        "patches => patches.map((patch) => getComputedStyle(patch).backgroundColor)"
    )
    as_hex = ["#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", rgb)[:3]) for rgb in legend]
    assert [shades["one"], shades["two"]] == as_hex
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 4)
    expect(frame.locator(".dl-share")).to_have_count(3)
    frame.locator(".dl-key").get_by_text(re.compile("^Most: .*Mali 1")).wait_for()
