"""While the page loads, what stands on it already stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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
    browser: Browser, server: str, guarded, size: tuple[int, int], query: str
) -> None:
    width, height = size
    with guarded(browser, server, viewport={"width": width, "height": height}) as page:
        page.add_init_script(WATCH)
        page.goto(f"{server}/{query}")
        page.frame_locator("iframe").locator(".leaflet-marker-icon").first.wait_for()
        page.locator("button.dl-row").first.wait_for()
        page.locator(".dl-tl-plot").wait_for()
        placed = page.evaluate("() => window.placed")
    assert sorted(placed) == ["head", "list-frame", "map-frame", "timeline-frame"]
    for name, places in placed.items():
        for numbers in zip(*places, strict=True):
            assert max(numbers) - min(numbers) <= 1, (name, "a pixel may be rounded")
