"""Text from articles is shown as it is and does nothing, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory, serving, fill, hostile_pair) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("hostile")
    fill(home, [hostile_pair()])
    with serving(home) as address:
        yield address


@pytest.fixture
def hostile_page(browser: Browser, hostile_server: str, guarded) -> Iterator[Page]:
    with guarded(browser, hostile_server) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a text opened a dialog: {dialog.message}"))
        yield page
        for frame in page.frames:
            assert frame.evaluate("() => window.broken") is None


def squeeze(text: str) -> str:
    return " ".join(text.split())


def assert_shown(shown: str, hostile_texts: tuple[str, ...]) -> None:
    for text in hostile_texts:
        assert squeeze(text.replace("\ud800", "")) in squeeze(shown)


def test_popup_and_card_show_hostile_text_as_it_is(
    hostile_page: Page, hostile_server: str, hostile_texts
) -> None:
    hostile_page.goto(hostile_server)
    frame = hostile_page.frame_locator("iframe")
    frame.locator(".dl-marker").click()
    popup = frame.locator(".dl-popup .dl-card")
    popup.wait_for()
    for part in (".dl-title", ".dl-place", ".dl-summary", ".dl-evidence", ".dl-why", ".dl-sources"):
        assert_shown(popup.locator(part).text_content(), hostile_texts)
    expect(popup.locator("img, script")).to_have_count(0)
    links = popup.locator("a").evaluate_all("nodes => nodes.map((node) => node.protocol)")
    assert set(links) <= {"https:", "http:"}
    hostile_page.locator("li.is-open .dl-card").wait_for()
    assert_shown(hostile_page.locator("li.is-open").text_content(), hostile_texts)


def test_chips_show_a_hostile_search_as_it_is(hostile_page: Page, hostile_server: str) -> None:
    from urllib.parse import quote

    words = "[a](https://example.org) ![b](https://example.org/x.png) :red[c] $d$ `e` <img src=x onerror=window.broken=1>"
    hostile_page.goto(f"{hostile_server}/?text={quote(words)}")
    hostile_page.get_by_role("button", name=f"Search: {words}").wait_for()


def test_article_page_shows_hostile_text_as_it_is(
    hostile_page: Page, hostile_server: str, hostile_texts
) -> None:
    hostile_page.goto(f"{hostile_server}/articles")
    hostile_page.locator(".dl-articles .dl-title").wait_for()
    assert_shown(hostile_page.locator(".dl-articles").text_content(), hostile_texts)
    hostile_page.locator(".dl-articles .dl-title").click()
    hostile_page.locator(".dl-article-head h1").wait_for()
    hostile_page.locator(".dl-source-list").wait_for()
    hostile_page.get_by_text("Left out of the text").click()
    hostile_page.get_by_text("Line 1").wait_for()
    for part in (
        ".dl-article-head h1",
        ".dl-lead",
        ".dl-because",
        ".dl-text",
        ".dl-source-list",
        ".dl-notes",
        ".dl-image",
    ):
        assert_shown(hostile_page.locator(part).text_content(), hostile_texts)
    schemes = hostile_page.locator("[data-testid=stHtml] a[href]").evaluate_all(
        "nodes => nodes.map((node) => node.protocol)"
    )
    assert set(schemes) <= {"https:", "http:"}
