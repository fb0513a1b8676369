"""Where the system sets its own few colours: what is chosen and what is drawn keeps apart by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

GROUND = "(node, part) => getComputedStyle(node, part).backgroundColor"


@pytest.fixture
def page(browser: Browser, server: str, guarded) -> Iterator[Page]:
    with guarded(browser, server, forced_colors="active") as opened:
        yield opened


def grounds(nodes: Locator) -> list[str]:
    return nodes.evaluate_all(f"nodes => nodes.map((node) => ({GROUND})(node))")


def test_what_is_chosen_stands_out(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?theme=human-rights&command=CENTCOM&layer=countries&role=any")
    chosen = page.get_by_role("checkbox", name="Human rights")
    expect(chosen).to_have_attribute("aria-checked", "true")
    other = page.get_by_role("checkbox", name="Coups and governance")
    assert grounds(chosen) != grounds(other)
    page.locator("summary", has_text="Command area").click()
    boxes = page.locator("details[open] .dl-value > .dl-box")
    boxes.first.wait_for()
    assert len(set(grounds(boxes))) == 2
    layers = grounds(frame.locator(".dl-layers input + span"))
    assert layers[0] == layers[1] != layers[2]
    draws = frame.get_by_role("button", name="Limit to a rectangle")
    before = grounds(draws)
    draws.click()
    assert grounds(draws) != before


def test_what_is_drawn_is_not_lost(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?layer=countries&role=any")
    patches = frame.locator(".dl-key i")
    expect(patches).to_have_count(2)
    assert len(set(grounds(patches))) == 2
    paper = grounds(page.locator("body"))[0]
    assert page.locator(".dl-copy").evaluate(GROUND, "::before") != paper
    assert (
        page.get_by_role("slider", name="First day").locator("visible=true").last.evaluate(GROUND, "::before")
        != paper
    )
    page.goto(f"{server}/quality")
    page.locator(".dl-histogram").wait_for()
    bars = page.locator(".dl-histogram i:not(.is-doubtful)")
    assert paper not in grounds(bars)
