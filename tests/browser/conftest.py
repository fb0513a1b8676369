"""A browser, a server with a small collection, and a page that tolerates nothing unexpected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.collection import HOSTILE, belt, crowd, drones, hostile, long, undated
from tests.browser.pages import find_barriers, guarded_page, plain_page, wait_for_rest
from tests.browser.serving import PATIENCE, serve
from tests.stories import fill_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give a browser test time to wait for several things in turn."""
    item.add_marker(pytest.mark.timeout(5 * PATIENCE))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, timeout=PATIENCE * 1000)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    fill_store(home, [drones(), belt(), undated()])
    with serve(home) as address:
        yield address


@pytest.fixture(scope="session")
def address(server: str) -> str:
    """Give the address of the server that a module's tests look at; a module with a collection of its own has its own."""
    return server


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with guarded_page(browser, address) as opened:
        yield opened


# ---- what test modules take as fixtures: functions of pages and servers, and articles ------------


@pytest.fixture(scope="session")
def guarded():
    return guarded_page


@pytest.fixture(scope="session")
def unguarded():
    return plain_page


@pytest.fixture(scope="session")
def settle():
    return wait_for_rest


@pytest.fixture(scope="session")
def barriers():
    return find_barriers


@pytest.fixture(scope="session")
def serving():
    return serve


@pytest.fixture(scope="session")
def fill():
    return fill_store


@pytest.fixture(scope="session")
def hostile_pair():
    return hostile


@pytest.fixture(scope="session")
def hostile_texts() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture(scope="session")
def drones_pair():
    return drones


@pytest.fixture(scope="session")
def long_pair():
    return long


@pytest.fixture(scope="session")
def crowd_pairs():
    return crowd


@pytest.fixture(scope="session")
def belt_pair():
    return belt


@pytest.fixture(scope="session")
def undated_pair():
    return undated
