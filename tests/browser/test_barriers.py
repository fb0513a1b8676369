"""What axe finds on every page, in light and dark, on a desk and on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.pages import open_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1400, 390)]

PAGES = {
    "nothing matches": ("/?text=zzzz", ".dl-empty"),
    "articles": ("/articles", ".dl-articles"),
    "quality": ("/quality", ".dl-verdict"),
    "about": ("/about", ".dl-table"),
    "not found": ("/no-such-page", "h1, h2"),
}
"""Path, and what is there when the page is."""


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def look(request: pytest.FixtureRequest) -> tuple[str, int]:
    return request.param


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory, serving) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("nothing")) as address:
        yield address


@pytest.fixture(scope="module")
def shared_view(browser: Browser, server: str, guarded, look: tuple[str, int]) -> Iterator[Page]:
    """One page for all that is looked at in the same way; what it has fetched it need not fetch again."""
    with guarded(browser, server, **describe(look)) as page:
        yield page


@pytest.fixture
def view(shared_view: Page) -> Iterator[Page]:
    """The page as a first visit finds it: what a test has opened is not remembered for the next one."""
    yield shared_view
    shared_view.evaluate("() => localStorage.clear()")


@pytest.fixture(scope="module")
def empty_view(browser: Browser, empty_server: str, guarded, look: tuple[str, int]) -> Iterator[Page]:
    with guarded(browser, empty_server, **describe(look)) as page:
        yield page


def describe(look: tuple[str, int]) -> dict[str, object]:
    scheme, width = look
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 844}}


def test_map_with_popup_list_and_timeline_has_no_serious_barrier(view: Page, server: str, barriers) -> None:
    frame = open_map(view, server)
    view.locator("button.dl-row", has_text="Mastung").click()
    view.locator("li.is-open .dl-card").wait_for()
    frame.locator(".dl-popup .dl-evidence").wait_for()
    view.get_by_role("button", name="Play through time").wait_for()
    assert [*barriers(view), *barriers(view, view.frames[1])] == []


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_serious_barrier(view: Page, server: str, barriers, name: str) -> None:
    path, ready = PAGES[name]
    view.goto(f"{server}{path}")
    view.locator(ready).first.wait_for()
    assert barriers(view) == []


def test_article_has_no_serious_barrier(view: Page, server: str, barriers) -> None:
    view.goto(f"{server}/articles")
    view.locator(".dl-title", has_text="Suicide attack").click()
    view.locator(".dl-source-list").wait_for()
    assert barriers(view) == []


def test_filters_and_unplaced_names_have_no_serious_barrier(
    view: Page, server: str, barriers, look: tuple[str, int]
) -> None:
    view.goto(f"{server}/?role=any")
    view.locator("button.dl-row").first.wait_for()
    view.get_by_role("button", name="unplaced").click()
    view.locator(".dl-unplaced").wait_for()
    found = barriers(view)
    view.keyboard.press("Escape")
    if look[1] < 640:
        view.get_by_test_id("stExpandSidebarButton").click()
    view.locator("button.dl-facet").first.wait_for()
    view.locator("summary", has_text="Region and country").click()
    assert [*found, *barriers(view)] == []


@pytest.mark.parametrize("path", ["/", "/articles", "/quality"])
def test_empty_collection_has_no_serious_barrier(
    empty_view: Page, empty_server: str, barriers, path: str
) -> None:
    empty_view.goto(f"{empty_server}{path}")
    empty_view.get_by_text("dateline ingest").first.wait_for()
    assert barriers(empty_view) == []
