"""One screen for a region: filters, map, list and timeline at once, and each of them moves with the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map, row, wait_for_map
from tests.browser.wire import Wire

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PARTS = {
    "filters": "[data-testid=stSidebar]",
    "map": ".st-key-map-frame iframe",
    "list": ".dl-scroller",
    "timeline": ".dl-tl-plot",
}

EVENTS_OF_MAP = (
    "() => [...window.dateline.shownRows()].map((row) => window.dateline.table.event(row).id).sort()"
)


def is_in_view(page: Page, spot: tuple[float, float]) -> bool:
    return page.frames[1].evaluate("spot => window.map.getBounds().contains(spot)", list(spot))


# ---- what is seen at once -----------------------------------------------------------------------


def test_filters_map_list_and_timeline_are_on_one_screen(page: Page, server: str, settle) -> None:
    open_map(page, server)
    settle(page)
    boxes = {name: page.locator(place).bounding_box() for name, place in PARTS.items()}
    right = {name: box["x"] + box["width"] for name, box in boxes.items()}
    bottom = {name: box["y"] + box["height"] for name, box in boxes.items()}
    assert right["filters"] <= boxes["map"]["x"]
    assert right["map"] <= boxes["list"]["x"]
    assert boxes["map"]["width"] > boxes["list"]["width"]
    assert max(bottom["map"], bottom["list"]) <= boxes["timeline"]["y"]
    assert bottom["timeline"] <= 900


@pytest.mark.parametrize("size", [(1280, 640), (390, 844)])
def test_counts_are_always_in_view(browser: Browser, server: str, guarded, size: tuple[int, int]) -> None:
    width, height = size
    with guarded(browser, server, viewport={"width": width, "height": height}) as page:
        open_map(page, f"{server}/?theme=nonsense")
        counts, unplaced = page.locator(".dl-counts"), page.get_by_role("button", name="1 unplaced")
        expect(counts.locator("span")).to_have_text(["6 events", "3 articles", "5 countries"])
        # However far one reads down the list and the page.
        row(page, "Tartus").click()
        page.locator("li.is-open .dl-card").wait_for()
        main = page.get_by_test_id("stMain")
        main.evaluate("node => node.scrollTo(0, node.scrollHeight)")
        assert main.evaluate("node => node.scrollTop") > 100
        for words in (counts, unplaced):
            expect(words).to_be_in_viewport(ratio=1)
        covered = counts.evaluate(
            """node => {
                const { left, top, width, height } = node.getBoundingClientRect();
                return !node.contains(document.elementFromPoint(left + width / 4, top + height / 2));
            }"""
        )
        assert not covered


# ---- each moves with the others -----------------------------------------------------------------


def test_click_on_a_row_moves_the_map_to_its_pin_and_opens_the_popup(page: Page, server: str) -> None:
    frame = open_map(page, server)
    page.frames[1].evaluate("() => window.map.setView([60, -120], 5, {animate: false})")
    row(page, "Tartus").click()
    frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()
    expect(frame.locator(".dl-marker.dl-selected[aria-label^='Tartus']")).to_be_visible()
    assert is_in_view(page, (34.889, 35.8866))


def test_row_moves_the_map_even_where_a_link_has_placed_it(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?at=60,-120,5")
    row(page, "Tartus").click()
    frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()
    expect(frame.locator(".dl-marker.dl-selected[aria-label^='Tartus']")).to_be_visible()
    assert is_in_view(page, (34.889, 35.8866))


NOTE_STEPS = """() => {
    const { pushState } = history;
    window.steps = [];
    history.pushState = (state, title, url) => {
        window.steps.push(String(url));
        pushState.call(history, state, title, url);
    };
}"""


def names_rights(answer: bytes) -> bool:
    """Return whether an answer holds the address that names the theme; a link has it behind a question mark."""
    return re.search(rb"[^?]theme=human-rights", answer) is not None


def test_address_follows_a_choice_that_is_taken_back_before_its_answer_has_come(
    page: Page, server: str
) -> None:
    wire = Wire(page)
    open_map(page, server, 6)
    theme = page.get_by_role("checkbox", name="Human rights")
    wire.answers.hold()
    theme.click()
    wire.answers.wait_until_held(names_rights)
    theme.click()
    page.evaluate(NOTE_STEPS)
    wire.answers.release()
    page.wait_for_function("window.steps.some((step) => step.includes('theme=human-rights'))")
    expect(theme).to_have_attribute("aria-checked", "false")
    wait_for_map(page, 6)
    expect(page).to_have_url(f"{server}/")


# ---- the list is a full equivalent of the map ---------------------------------------------------


@pytest.mark.parametrize("query", ["", "?role=any", "?theme=terrorism-and-insurgency", "?start=2023-09-01"])
def test_list_holds_the_very_events_of_the_map(page: Page, server: str, query: str) -> None:
    open_map(page, f"{server}/{query}")
    shown, rows = page.frames[1].evaluate(EVENTS_OF_MAP), page.locator("button.dl-row")
    expect(rows).to_have_count(len(shown))
    listed = rows.evaluate_all("rows => rows.map((row) => row.dataset.event)")
    assert sorted(listed) == shown
    assert len(set(listed)) == len(listed) > 1


@pytest.mark.parametrize("name", ["Mastung", "Mustang", "Sahel", "Suva"])
def test_card_in_the_list_says_all_that_the_popup_says(page: Page, server: str, name: str) -> None:
    frame = open_map(page, server)
    row(page, name).first.click()
    popup, card = frame.locator(".dl-popup .dl-card"), page.locator("li.is-open .dl-card")
    popup.locator(".dl-why").wait_for()
    card.locator(".dl-why").first.wait_for()
    for part in (".dl-themes", ".dl-facts", ".dl-summary", ".dl-evidence", ".dl-why:not(.dl-story)", ".dl-sources"):  # fmt: skip
        assert card.locator(part).all_text_contents() == popup.locator(part).all_text_contents(), part
    assert (
        popup.locator(".dl-title").text_content() == page.locator("li.is-open .dl-row-title").text_content()
    )
    links = "nodes => nodes.map((node) => node.href)"
    assert sorted(card.locator("a").evaluate_all(links)) == sorted(popup.locator("a").evaluate_all(links))
