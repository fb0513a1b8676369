"""The timeline as tests take hold of it: a collection of nine days, and the hand on its bars."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map
from tests.browser.serving import serve
from tests.stories import fill_store, story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.stories import Pair

FIRST = date(2023, 9, 1)
TOWN = Place("geonames:8", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus")
WIDTH = 9
"""Days of the collection: one event on the first, two on the second, and so on."""


def report(number: int, day: date | None) -> Pair:
    theme = "cyber" if number % 2 else "human-rights"
    return story(f"Story {number}", TOWN, published=day, themes=(ThemeMatch(theme, ("something",)),))


def stories() -> list[Pair]:
    days = [FIRST + timedelta(days=day) for day in range(WIDTH) for _ in range(day + 1)]
    return [report(number, day) for number, day in enumerate([*days, None, None, None])]


@contextmanager
def serve_stories(home: Path) -> Iterator[str]:
    """Run the dashboard with the collection and a saved view; gives its address."""
    fill_store(home, stories())
    view = {"id": "1", "name": "Rights", "query": "theme=human-rights"}
    (home / "views.json").write_text(json.dumps([view]))
    with serve(home) as address:
        yield address


def open_timeline(page: Page, address: str) -> None:
    open_map(page, address)
    page.get_by_role("slider", name="Last day").wait_for()


def words(page: Page) -> Locator:
    return page.locator(".dl-tl-span")


def counts(page: Page) -> Locator:
    return page.locator(".dl-counts")


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def place_of(page: Page, day: float) -> tuple[float, float]:
    """Return the point of the bars at which a day of the collection stands, 0.5 in the middle of the first."""
    box = page.locator(".dl-tl-plot").bounding_box()
    return box["x"] + box["width"] * day / WIDTH, box["y"] + 50


def drag(page: Page, start: float, end: float) -> None:
    page.mouse.move(*place_of(page, start))
    page.mouse.down()
    page.mouse.move(*place_of(page, (start + end) / 2), steps=3)
    page.mouse.move(*place_of(page, end), steps=3)
    page.mouse.up()


RECORD = """(span) => {
  let last = span.textContent;
  window.seen = [];
  new MutationObserver(() => {
    if (span.textContent !== last) window.seen.push(last = span.textContent);
  }).observe(span, {childList: true});
}"""
"""A late answer may write once more what stands there: only what is another is noted."""
