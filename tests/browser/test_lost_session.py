"""A page that stays open while its session is lost, or while nobody hears it, works on as before."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map, wait_until
from tests.browser.serving import serve_anew
from tests.browser.wire import Wire, ends_run
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page, WebSocket

pytestmark = pytest.mark.browser

PLACES = (
    Place("geonames:1", "Suva", Kind.CITY, -18.14, 178.44, "FJ", radius_km=5),
    Place("geonames:2", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", radius_km=5),
    Place("geonames:3", "Quetta", Kind.CITY, 30.184, 67.001, "PK", radius_km=5),
)


@pytest.fixture
def home(tmp_path: Path, fill) -> Path:
    cyber = (ThemeMatch("cyber", ("server",)),)
    days = (date(2023, 9, number) for number in (1, 2, 3))
    fill(
        tmp_path,
        [
            story(f"Story of {place.name}", place, published=day, themes=cyber)
            for place, day in zip(PLACES, days, strict=True)
        ],
    )
    return tmp_path


def open_row(page: Page, place: str) -> None:
    page.locator("button.dl-row", has_text=place).click()
    page.locator("li.is-open .dl-card").wait_for()


def wait_for_popup(frame: FrameLocator, place: str) -> None:
    expect(frame.locator(".dl-popup .dl-title")).to_have_text(f"Story of {place}")
    frame.locator(".dl-popup .dl-why").wait_for()


@contextmanager
def run_of_its_own(page: Page) -> Iterator[None]:
    """Wait for the run that a page asks for when it is connected anew; it may have ended before anybody waits."""
    ended: list[bytes] = []

    def hear(frame: str | bytes) -> None:
        if isinstance(frame, bytes) and ends_run(frame):
            ended.append(frame)

    def listen(opened: WebSocket) -> None:
        opened.on("framereceived", hear)

    page.on("websocket", listen)
    yield
    wait_until(page, lambda: bool(ended), "the end of the run of a page that is connected anew")
    page.remove_listener("websocket", listen)


def test_rows_and_pins_open_after_the_server_has_started_anew(
    browser: Browser, home: Path, unguarded, settle
) -> None:
    with serve_anew(home) as (address, restart), unguarded(browser) as page:
        frame = open_map(page, f"{address}/?country=SY&country=PK", 2)
        settle(page)
        with run_of_its_own(page):
            restart()
        open_row(page, "Quetta")
        wait_for_popup(frame, "Quetta")
        frame.locator(".dl-marker[aria-label^='Tartus']").click()
        wait_for_popup(frame, "Tartus")
        # What was chosen before is in force.
        expect(page.locator("button.dl-row")).to_have_count(2)
        page.wait_for_url(re.compile(r"country=PK.*event="))


def test_choices_that_nobody_heard_are_not_shown_as_if_they_were_in_force(
    browser: Browser, home: Path, unguarded
) -> None:
    with serve_anew(home) as (address, restart), unguarded(browser) as page:
        page.clock.install()
        wire = Wire(page)
        open_map(page, address, 3)
        wire.requests.hold()
        cyber = page.get_by_role("checkbox", name="Cyber")
        cyber.click()
        expect(cyber).to_be_checked()
        words = page.locator(".dl-tl-span")
        page.get_by_role("slider", name="First day").press("ArrowRight")
        expect(words).to_have_text("From 2 Sep 2023")
        wire.requests.wait_until_held()
        # For longer than it is said again.
        for _ in range(10):
            page.clock.fast_forward(60_000)
        wire.requests.lose()
        wire.requests.release()
        restart()
        expect(cyber).not_to_be_checked()
        expect(words).to_have_text("All dates, 1 Sep 2023 – 3 Sep 2023")
        cyber.click()
        page.wait_for_url(re.compile("theme=cyber"))
