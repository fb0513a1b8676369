"""While time is played the page keeps still: windows hold more and fewer events, and nothing moves for that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map
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

WATCH = """() => {
  const parts = ["head", "conditions", "map-frame", "list-frame", "timeline-frame", "facets"];
  const find = (root, wanted) => [...root.querySelectorAll("*")].flatMap((node) =>
    [...(node.matches(wanted) ? [node] : []), ...(node.shadowRoot ? find(node.shadowRoot, wanted) : [])]);
  const scroller = document.querySelector("[data-testid='stMain']");
  window.places = new Set();
  window.said = new Set();
  const look = () => {
    const boxes = parts.map((part) => document.querySelector(`.st-key-${part}`)?.getBoundingClientRect());
    const folds = find(document, ".dl-fold").filter((node) => !node.hidden).length;
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


@pytest.mark.parametrize("size", [{"width": 1400, "height": 900}, {"width": 390, "height": 844}])
def test_window_without_events_says_so_calmly_and_nothing_moves(
    browser: Browser, address: str, guarded, settle, size
) -> None:
    with guarded(browser, address, viewport=size) as page:
        open_map(page, address, len(DAYS))
        play = page.get_by_role("button", name="Play through time")
        play.scroll_into_view_if_needed()
        settle(page)
        page.evaluate(WATCH)
        play.click()
        page.get_by_role("button", name="Pause").wait_for()
        play.wait_for()
        settle(page)
        page.evaluate("() => { window.watching = false; }")
        assert page.evaluate("() => [...window.said]") == ["No events in these days"]
        assert len(page.evaluate("() => [...window.places]")) == 1, page.evaluate("() => [...window.places]")
