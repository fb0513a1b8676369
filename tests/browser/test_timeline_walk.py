"""While time is played the page keeps still: windows hold more and fewer events, and nothing moves for that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map
from tests.browser.wire import Wire
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FIRST = date(2023, 9, 1)
TOWN = Place("geonames:8", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus")
COUNTRY = Place("geonames:4", "Mali", Kind.COUNTRY, 18, -2, "ML", radius_km=900)
DAYS = [0] * 14 + [1, 5]
"""Days on which something is published: many on the first, none on the third to fifth."""

WATCH = """(walk) => {
  const parts = ["head", "conditions", "map-frame", "list-frame", "timeline-frame", "facets"];
  const find = (root, wanted) => [...root.querySelectorAll("*")].flatMap((node) =>
    [...(node.matches(wanted) ? [node] : []), ...(node.shadowRoot ? find(node.shadowRoot, wanted) : [])]);
  const scroller = document.querySelector("[data-testid='stMain']");
  window.places = new Set();
  window.said = new Set();
  const look = () => {
    const boxes = parts.map((part) => document.querySelector(`.st-key-${part}`)?.getBoundingClientRect());
    const folds = find(document, ".dl-fold").filter((node) => !node.hidden).length;
    if (walk && !("datelineWalk" in document.documentElement.dataset)) return;
    window.places.add(JSON.stringify([scroller.scrollTop, folds, ...boxes.map((box) => [box.top, box.height])]));
    for (const node of find(document, ".dl-nothing, .dl-empty")) window.said.add(node.textContent);
    if (window.watching) requestAnimationFrame(look);
  };
  window.watching = true;
  look();
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving, fill) -> Iterator[str]:
    home = tmp_path_factory.mktemp("walk")
    fill(
        home,
        [
            story(
                f"Story {number}",
                COUNTRY if number % 3 else TOWN,
                published=FIRST + timedelta(days=day),
                themes=(ThemeMatch("cyber", ("something",)),),
            )
            for number, day in enumerate(DAYS)
        ],
    )
    with serving(home) as opened:
        yield opened


def test_window_without_events_says_so_calmly_and_nothing_moves(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, viewport={"width": 1400, "height": 900}) as page:
        open_map(page, address, len(DAYS))
        play = page.get_by_role("button", name="Play through time")
        play.scroll_into_view_if_needed()
        settle(page)
        page.evaluate(WATCH, False)
        play.click()
        page.get_by_role("button", name="Pause").wait_for()
        play.wait_for()
        settle(page)
        page.evaluate("() => { window.watching = false; }")
        assert page.evaluate("() => [...window.said]") == ["No events in these days"]
        assert len(page.evaluate("() => [...window.places]")) == 1, page.evaluate("() => [...window.places]")


def test_on_a_phone_map_and_timeline_are_seen_together_while_time_is_played(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, viewport={"width": 390, "height": 844}) as page:
        open_map(page, address, len(DAYS))
        play, map_, line = (
            page.get_by_role("button", name="Play through time"),
            page.locator("iframe"),
            page.locator(".dl-timeline"),
        )
        play.scroll_into_view_if_needed()
        settle(page)
        expect(map_).not_to_be_in_viewport(ratio=1)
        play.click()
        page.get_by_role("button", name="Pause").wait_for()
        for part in (map_, line):
            expect(part).to_be_in_viewport(ratio=1)
        assert map_.bounding_box()["y"] + map_.bounding_box()["height"] <= line.bounding_box()["y"]
        page.evaluate(WATCH, True)
        # It stands below the list again.
        expect(line).not_to_be_in_viewport(ratio=1)
        expect(map_).to_be_in_viewport(ratio=1)
        assert page.evaluate("() => [...window.said]") == ["No events in these days"]
        assert len(page.evaluate("() => [...window.places]")) == 1, page.evaluate("() => [...window.places]")


HELD = """() => ["head", "conditions", "list-frame"].map((part) => {
  const held = document.documentElement.style.getPropertyValue(`--dl-held-${part}`);
  return [held, `${document.querySelector(`.st-key-${part}`).getBoundingClientRect().height}px`];
})"""
"""Heights as they are kept for the time that is played, and as they are."""

IS_DRAWN = """(width) => {
  const plot = [...document.querySelectorAll("*")]
    .map((node) => (node.shadowRoot || node).querySelector(".dl-tl-plot")).find(Boolean);
  return innerWidth === width && plot.clientWidth === Number(plot.querySelector("svg").getAttribute("width"));
}"""


def test_on_a_phone_the_timeline_stands_at_the_foot_of_the_window_just_as_long_as_time_is_played(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, viewport={"width": 390, "height": 844}) as page:
        wire = Wire(page)
        open_map(page, address, len(DAYS))
        play, pause = (page.get_by_role("button", name=name) for name in ("Play through time", "Pause"))
        map_, line = page.locator("iframe"), page.locator(".dl-timeline")
        play.wait_for()
        settle(page)
        # Without an answer the play takes no further step.
        wire.requests.hold()
        play.click()
        pause.wait_for()
        expect(line).to_be_in_viewport(ratio=1)
        # A phone is turned, and turned back.
        for width in (500, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.wait_for_function(IS_DRAWN, arg=width)
            expect(line).to_be_in_viewport(ratio=1)
            for held, height in page.evaluate(HELD):
                assert held == height
        pause.click()
        play.wait_for()
        expect(line).not_to_be_in_viewport(ratio=1)
        play.click()
        pause.wait_for()
        for part in (map_, line):
            expect(part).to_be_in_viewport(ratio=1)
