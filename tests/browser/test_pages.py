"""The pages for reading: articles, one article, About."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_articles_are_listed_searched_and_sorted(page: Page, server: str) -> None:
    page.goto(f"{server}/articles")
    titles = page.locator(".dl-articles .dl-title")
    expect(titles).to_have_count(3)
    expect(titles.first).to_have_text("Suicide attack shakes Balochistan")
    page.get_by_role("radio", name="Most places").or_(
        page.get_by_role("button", name="Most places")
    ).first.click()
    page.locator(".dl-articles li:first-child", has_text="Coup belt").wait_for()
    page.get_by_role("searchbox").or_(page.get_by_label("Search")).first.fill("milad OR ceremony")
    page.get_by_text("0 articles").wait_for()
    page.get_by_label("Search").first.fill("ceremony")
    page.get_by_text("1 article", exact=True).wait_for()


def test_article_shows_its_places_notes_sources_and_gaps(page: Page, server: str) -> None:
    page.goto(f"{server}/articles")
    page.locator(".dl-title", has_text="Suicide attack").click()
    mention = page.locator(".dl-mention-event", has_text="Mastung").first
    mention.wait_for()
    assert mention.get_attribute("data-label") == "Mastung, Balochistan, Pakistan · happened here"
    assert mention.get_attribute("tabindex") == "0"
    assert page.locator(".dl-mention-unplaced").inner_text() == "Atlantis"
    assert page.locator(".dl-text sup a").get_attribute("href") == "#note-ii"
    assert "example.org/note" in page.locator("#note-ii").inner_text()
    original = page.locator(".dl-source-title").first
    assert (original.get_attribute("lang"), original.get_attribute("dir")) == ("ps", "rtl")
    expect(page.locator(".dl-source-list a")).to_have_count(1)  # javascript: is no link
    assert "because of “suicide attack”" in page.locator(".dl-reasons").inner_text()
    page.get_by_text("1 name without a place").click()
    page.locator(".dl-unplaced").get_by_text("Atlantis").first.wait_for()
    page.get_by_text("Left out of the text: 1 line").click()
    page.get_by_text("an editor's mark").wait_for()


def test_unknown_article_is_said_and_the_list_is_shown(page: Page, server: str) -> None:
    page.goto(f"{server}/articles?article=<script>")
    page.get_by_text("names an article that is not in this collection").wait_for()
    page.locator(".dl-articles").wait_for()


def test_about_explains_symbols_and_names_sources(page: Page, server: str) -> None:
    page.goto(f"{server}/about")
    for words in ("Doubtful", "Natural Earth", "CC BY 4.0", "supercluster", "Version"):
        page.get_by_text(words).first.wait_for()
