"""Take pictures of every page, light and dark, wide and narrow.

    python docs/screenshots.py http://localhost:8501 FOLDER [PLACE]

The address is that of a running dashboard (``dateline serve``); the event at PLACE is the one that is opened. The
picture of the README is ``map-selected-wide-light.png`` of the sample collection with the place Mastung.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"wide": (1400, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")


def main(address: str, folder: Path, place: str = "") -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for scheme in SCHEMES:
            for size in SIZES:
                take_pages(browser, address.rstrip("/"), folder, scheme, size, place)
        browser.close()


def take_pages(browser: Browser, address: str, folder: Path, scheme: str, size: str, place: str) -> None:
    """Take every page in one scheme and size."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()

    def take(name: str, *, whole: bool = False) -> None:
        if whole:
            fit_height(page, width)
        target = folder / f"{name}-{size}-{scheme}.png"
        page.screenshot(path=target)
        print(target)
        page.set_viewport_size({"width": width, "height": height})

    page.goto(address)
    wait_for_map(page)
    take("map")
    page.locator("[data-event]", has_text=place).first.click()
    page.frame_locator("iframe").locator(".dl-popup .dl-card").wait_for()
    wait_for_popup(page)
    page.locator("[data-event] ~ .dl-card").wait_for()
    take("map-selected")
    if size == "narrow":
        page.locator("[data-event] ~ .dl-card").scroll_into_view_if_needed()
        take("map-selected-list")
    page.goto(f"{address}/?text=nothing-has-this-word")
    wait_for_map(page)
    page.get_by_text("Nothing matches").wait_for()
    take("map-nothing")
    page.goto(f"{address}/articles")
    page.locator(".dl-articles .dl-title").first.wait_for()
    take("articles")
    page.locator(".dl-articles .dl-title").first.click()
    page.locator(".dl-article-head h1").wait_for()
    take("article", whole=True)
    page.goto(f"{address}/about")
    page.get_by_role("heading", name="Version").wait_for()
    take("about", whole=True)
    context.close()


def wait_for_map(page: Page) -> None:
    """Wait until land and events are drawn."""
    page.frame_locator("iframe").locator("html[data-land][data-events]").wait_for(state="attached")
    page.locator("[data-event], .dl-empty").first.wait_for()
    page.wait_for_load_state("networkidle")


def wait_for_popup(page: Page) -> None:
    """Wait until the map has moved so far that the popup is in view, and its new parts have faded in."""
    frame = next(frame for frame in page.frames if "st_folium" in frame.url)
    frame.wait_for_function("document.querySelector('.dl-popup').getBoundingClientRect().top >= 10")
    frame.wait_for_function(
        "[...document.querySelectorAll('.leaflet-tile')].every((tile) => getComputedStyle(tile).opacity === '1')"
    )


def fit_height(page: Page, width: int) -> None:
    """Make the window as high as the page, which scrolls inside of it."""
    inner = page.locator('[data-testid="stMain"]').evaluate("node => node.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(inner, 600), 4000)})
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
