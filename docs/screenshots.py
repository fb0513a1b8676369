"""Take the pictures of the README and of the user guide, or of every page.

    python docs/screenshots.py http://localhost:8501 docs/images
    python docs/screenshots.py http://localhost:8501 FOLDER pages

The address is that of a running dashboard (``dateline serve``) with the sample collection alone
(``dateline ingest articles/collection``). The second form takes every page, light and dark, wide and narrow, for
whoever changes the looks.
"""

from __future__ import annotations

import io
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, FrameLocator, Page

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
COLOURS = 256
"""Of a picture's palette, which keeps its file small."""

PLACE = "Mastung"
"""Where the event happened that is opened."""

VIEW = "Drones this week"


def main(address: str, folder: Path, what: str = "guide") -> None:
    """Take all pictures of the guide, or of the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        take_all = take_pages if what == "pages" else take_guide
        take_all(browser, address.rstrip("/"), folder)
        browser.close()


@contextmanager
def open_page(browser: Browser, size: str = "wide", scheme: str = "light") -> Iterator[Page]:
    """Open a page of somebody who has read the first visit's hint, and whose screen does not move."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script("localStorage.setItem('dateline-hint-read', '1')")
    yield context.new_page()
    context.close()


def save(picture: bytes, target: Path) -> None:
    """Write a screenshot with a palette, a third as large as it came."""
    full = Image.open(io.BytesIO(picture)).convert("RGB")
    # The second look at the palette (kmeans) keeps small patches of colour, such as a theme's, nearly as they are.
    small = full.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    small.save(target, optimize=True)
    print(f"{target} {target.stat().st_size // 1024} kB")


# ---- the guide ----------------------------------------------------------------------------------


def take_guide(browser: Browser, address: str, folder: Path) -> None:
    """Take the pictures of the guide, of which the first is the README's as well."""
    pictures: dict[str, tuple[Callable[[Page, str], None], str, str]] = {
        "map": (show_event, "wide", "light"),
        "guide-region": (show_region, "wide", "light"),
        "guide-countries": (show_countries, "wide", "light"),
        "guide-themes": (show_themes, "wide", "light"),
        "guide-views": (show_views, "wide", "light"),
        "guide-article": (show_article, "wide", "light"),
        "guide-phone": (show_link, "narrow", "dark"),
    }
    for name, (show, size, scheme) in pictures.items():
        with open_page(browser, size, scheme) as page:
            show(page, address)
            part = {"x": 0, "y": 470, "width": 282, "height": 430} if show is show_views else None
            save(page.screenshot(clip=part), folder / f"{name}.png")


def show_event(page: Page, address: str) -> None:
    """Select an event, so that its popup and its card are open."""
    open_map(page, address)
    select(page, PLACE)


def show_region(page: Page, address: str) -> None:
    """Choose the area of a command, with its list open and the list of events limited to the map."""
    open_map(page, f"{address}/?command=CENTCOM")
    page.locator("summary", has_text="Command area").click()
    page.locator("summary", has_text="Region and country").click()
    page.get_by_label("Only what the map shows").check()
    settle(page)


def show_countries(page: Page, address: str) -> None:
    """Show how many events each country has."""
    open_map(page, f"{address}/?layer=countries")
    map_of(page).locator(".dl-key").wait_for()
    settle(page)


def show_themes(page: Page, address: str) -> None:
    """Choose a theme, search a word and open the first event found."""
    open_map(page, f"{address}/?theme=weapons-and-drones&text=drone")
    select(page, "")


def show_views(page: Page, address: str) -> None:
    """Open the saved views and the choice of what is new."""
    open_map(page, f"{address}/?theme=weapons-and-drones")
    for name in ("New since", "Saved views"):
        page.locator("summary", has_text=name).click()
    if not page.get_by_role("link", name=VIEW).count():
        page.get_by_label("Name this view").fill(VIEW)
        page.get_by_label("Name this view").press("Enter")
    page.get_by_role("link", name=VIEW).wait_for()
    page.locator('[data-testid="stSidebarContent"]').evaluate("node => node.scrollTo(0, node.scrollHeight)")
    page.get_by_label("Name this view").blur()
    settle(page)


def show_article(page: Page, address: str) -> None:
    """Read an article with its places marked."""
    page.goto(f"{address}/articles")
    page.locator(".dl-articles .dl-title", has_text=PLACE).first.click()
    page.locator(".dl-article-head h1").wait_for()
    page.locator(".dl-articles").wait_for(state="detached")
    settle(page)


def show_link(page: Page, address: str) -> None:
    """Open a link to filters on a phone."""
    open_map(page, f"{address}/?theme=terrorism-and-insurgency&country=PK")
    settle(page)


# ---- every page ---------------------------------------------------------------------------------


def take_pages(browser: Browser, address: str, folder: Path) -> None:
    """Take every page in each scheme and size."""
    for scheme in SCHEMES:
        for size in SIZES:
            take_pages_as(browser, address, folder, scheme, size)


def take_pages_as(browser: Browser, address: str, folder: Path, scheme: str, size: str) -> None:
    """Take every page in one scheme and size."""
    with open_page(browser, size, scheme) as page:

        def take(name: str, *, whole: bool = False) -> None:
            if whole:
                fit_height(page, SIZES[size][0])
            save(page.screenshot(), folder / f"{name}-{size}-{scheme}.png")
            page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))

        open_map(page, address)
        take("map")
        select(page, PLACE)
        take("map-selected")
        for layer in ("heat", "countries"):
            open_map(page, f"{address}/?layer={layer}")
            settle(page)
            take(f"map-{layer}")
        open_map(page, f"{address}/?text=nothing-has-this-word")
        page.get_by_text("Nothing matches").wait_for()
        take("map-nothing")
        page.goto(f"{address}/articles")
        page.locator(".dl-articles .dl-title").first.wait_for()
        take("articles")
        show_article(page, address)
        take("article", whole=True)
        page.goto(f"{address}/quality")
        page.locator(".dl-verdict").wait_for()
        take("quality", whole=True)
        page.goto(f"{address}/about")
        page.get_by_role("heading", name="Version").wait_for()
        take("about", whole=True)


# ---- waiting ------------------------------------------------------------------------------------


def map_of(page: Page) -> FrameLocator:
    """Return the frame that the map is in."""
    return page.frame_locator("iframe")


def open_map(page: Page, address: str) -> None:
    """Open the map page, and wait until land and events are drawn."""
    page.goto(address)
    map_of(page).locator("html[data-land][data-events]").wait_for(state="attached")
    page.locator("[data-event], .dl-empty").first.wait_for()
    settle(page)


def select(page: Page, place: str) -> None:
    """Select the first event at a place, and wait until the map has moved so far that its popup is in view."""
    page.locator("[data-event]", has_text=place).first.click()
    page.locator("li.is-open .dl-card").wait_for()
    map_of(page).locator(".dl-popup .dl-why").wait_for()
    frame = next(frame for frame in page.frames if "st_folium" in frame.url)
    frame.wait_for_function("document.querySelector('.dl-popup').getBoundingClientRect().top >= 10")
    settle(page)


def settle(page: Page) -> None:
    """Wait until everything has been loaded, and what it changed is drawn."""
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    page.wait_for_timeout(700)


def fit_height(page: Page, width: int) -> None:
    """Make the window as high as the page, which scrolls inside of it."""
    inner = page.locator('[data-testid="stMain"]').evaluate("node => node.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(inner, 600), 4000)})
    settle(page)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["pages"]):
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
