"""The page on quality in a real browser: the verdict, and the ways from a doubt to its pin and its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def open_quality(page: Page, address: str) -> None:
    page.goto(f"{address}/quality")
    page.locator(".dl-verdict").wait_for()


def test_quality_says_at_a_glance_what_is_placed_and_doubtful(page: Page, server: str) -> None:
    open_quality(page, server)
    expect(page.locator(".dl-verdict")).to_have_text("89% of 9 names placed1 doubtful")
    page.get_by_role("img", name="Pins by score: 1 below 50%").wait_for()
    rows = page.locator(".dl-shares tbody tr")
    expect(rows.filter(has_text="Country2")).to_contain_text("225%")
    expect(rows.filter(has_text="Not placed")).to_contain_text("111%")
    expect(rows.filter(has_text="Jeune Afrique")).to_contain_text("4100%")


def test_quality_leads_from_a_doubt_to_its_pin_and_back(page: Page, server: str) -> None:
    open_quality(page, server)
    page.evaluate("() => { window.stays = true; }")
    page.get_by_role("link", name="Mustang, Gandaki, Nepal").click()
    popup = page.frame_locator("iframe").locator(".dl-popup")
    popup.get_by_text("Mustang, Gandaki, Nepal").wait_for()
    page.go_back()
    page.locator(".dl-doubts").first.wait_for()
    assert page.evaluate("() => window.stays") is True


def test_quality_leads_from_an_unplaced_name_to_its_article(page: Page, server: str) -> None:
    open_quality(page, server)
    entry = page.locator(".dl-doubts li", has_text="Atlantis")
    expect(entry).to_contain_text("1×")
    expect(entry).to_contain_text("no place of this name is known")
    entry.get_by_role("link").click()
    page.get_by_role("heading", name="Suicide attack shakes Balochistan").wait_for()


def test_quality_is_reached_from_every_page(page: Page, server: str) -> None:
    page.goto(f"{server}/about")
    page.locator(".st-key-navigation").get_by_role("link", name="Quality", exact=True).click()
    page.get_by_role("heading", name="Quality", exact=True).wait_for()
    page.wait_for_url(f"{server}/quality")


def test_quality_of_an_empty_collection_says_what_to_do(
    browser: Browser, tmp_path: Path, guarded, serving
) -> None:
    with serving(tmp_path) as address, guarded(browser, address) as page:
        page.goto(f"{address}/quality")
        page.get_by_text("dateline ingest FILE").wait_for()


def test_quality_shows_hostile_names_as_they_are(
    browser: Browser, tmp_path: Path, guarded, serving, fill, hostile_pair
) -> None:
    fill(tmp_path, [hostile_pair()])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        open_quality(page, address)
        page.get_by_text("<img src=x onerror=window.broken=1>").first.wait_for()
        assert page.evaluate("() => window.broken") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_quality_has_no_serious_barrier_and_no_sideways_scrolling(
    browser: Browser, server: str, guarded, settle, barriers, scheme: str, width: int
) -> None:
    with guarded(browser, server, color_scheme=scheme, viewport={"width": width, "height": 844}) as page:
        open_quality(page, server)
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = page.locator(".dl-quality table, .dl-histogram").evaluate_all(
            "nodes => nodes.map((node) => node.getBoundingClientRect().right)"
        )
        assert max(boxes) <= width
        assert barriers(page) == []
