"""The hint at the first visit: said once, closed for good, in nobody's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser


def hint(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Hint for the first visit")


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("way", ["button", "Escape"])
def test_hint_is_closed_for_good_and_nothing_moves(
    browser: Browser, server: str, guarded, settle, width: int, way: str
) -> None:
    size = {"width": width, "height": 844}
    with guarded(browser, server, first_visit=True, viewport=size) as page:
        open_map(page, server)
        hint(page).wait_for()
        settle(page)
        before = page.locator("iframe").bounding_box()
        box = hint(page).bounding_box()
        assert before["x"] <= box["x"]
        assert before["y"] <= box["y"]
        assert box["x"] + box["width"] <= before["x"] + before["width"]
        if way == "button":
            page.get_by_role("button", name="Got it").click()
        else:
            page.get_by_role("button", name="Got it").focus()
            page.keyboard.press("Escape")
        expect(hint(page)).to_have_count(0)
        settle(page)
        assert page.locator("iframe").bounding_box() == before
        open_map(page, f"{server}/?text=Mali")
        expect(hint(page)).to_have_count(0)


def test_hint_does_not_lie_on_what_a_link_shows(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server, first_visit=True) as page:
        open_map(page, f"{server}/?text=Mali")
        expect(hint(page)).to_have_count(0)
        open_map(page, server)
        hint(page).wait_for()


def test_hint_makes_room_for_what_is_opened(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server, first_visit=True) as page:
        open_map(page, server)
        expect(hint(page)).to_be_visible()
        page.locator("button.dl-row").first.click()
        expect(hint(page)).to_be_hidden()
        page.locator("button.dl-row").first.click()
        expect(hint(page)).to_be_visible()


def test_hint_leads_to_the_symbols(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server, first_visit=True) as page:
        open_map(page, server)
        page.get_by_role("link", name="What the symbols mean").click()
        page.get_by_role("heading", name="Symbols").wait_for()
        page.get_by_text(
            "The collection holds 3 articles, published from 2 Aug 2023 to 29 Sep 2023."
        ).wait_for()
        page.get_by_role("link", name="Quality").last.click()
        page.locator(".dl-verdict").wait_for()


def test_hint_has_no_serious_barrier(browser: Browser, server: str, guarded, barriers) -> None:
    with guarded(browser, server, first_visit=True, color_scheme="dark") as page:
        open_map(page, server)
        hint(page).wait_for()
        assert barriers(page) == []
