"""Every pin explains itself: what was written where, why this place and how sure, and who has said it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def open_event(page: Page, address: str, place: str) -> tuple[Locator, Locator]:
    """Open an event by its row; returns its popup and its card."""
    frame = open_map(page, address)
    page.locator("button.dl-row", has_text=place).first.click()
    popup, card = frame.locator(".dl-popup .dl-card"), page.locator("li.is-open .dl-card")
    for view in (popup, card):
        view.locator(".dl-why").first.wait_for()
    return popup, card


def test_popup_and_card_say_where_why_how_sure_and_who(page: Page, server: str) -> None:
    for view in open_event(page, server, "Mastung"):
        expect(view.locator(".dl-theme")).to_have_text(["Terrorism and insurgency", "Human rights"])
        expect(view.locator(".dl-facts")).to_have_text(
            "Mastung, Balochistan, Pakistan · city, within 5 km · published 29 Sep 2023"
        )
        expect(view.locator(".dl-summary")).to_have_text(
            "A suicide attack hit a ceremony. Fifty people died."
        )
        # The mark of the note that stands behind the sentence leads nowhere here.
        expect(view.locator(".dl-evidence")).to_have_text(
            "A suicide attack hit the ceremony in Mastung, Balochistan."
        )
        expect(view.locator(".dl-evidence mark")).to_have_text("Mastung")
        # Why, where in the article, the runner-up with its score, the score.
        expect(view.locator(".dl-why:not(.dl-story)")).to_have_text(
            "Why here: Balochistan contains it; this sentence stands in the commentary; "
            "runner-up: Mustang, Gandaki, Nepal (2%); 97% sure of the place"
        )
        # Outlet, language, date and link; what is no address of the web is no link.
        expect(view.locator(".dl-sources")).to_have_text(
            "Sources: Afghanistan International (Pashto, 1 Oct 2023)\u00a0↗ · Mashal Radio (Russian)"
        )
        link = view.locator(".dl-sources a")
        expect(link).to_have_count(1)
        expect(link).to_have_attribute("href", "https://example.org/one")
        expect(link).to_have_attribute("title", "حمله انتحاری در مستونگ")


def test_doubt_is_said_in_the_row_in_the_popup_and_in_the_name_of_the_symbol(page: Page, server: str) -> None:
    for view in open_event(page, server, "Mustang"):
        expect(view.locator(".dl-why:not(.dl-story)")).to_contain_text("31% sure")
    expect(page.locator("li.is-open .dl-row-facts")).to_contain_text("doubtful")
    symbol = page.frame_locator("iframe").locator(".dl-marker[aria-label^='Mustang']")
    expect(symbol).to_have_attribute(
        "aria-label",
        "Mustang, Gandaki, Nepal (city, within 5 km, doubtful): Suicide attack shakes Balochistan",
    )
