"""Where the focus goes when what had it goes: a keyboard goes on from there, and a screen reader speaks of it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.model import Kind, Place
from tests.browser.pages import open_map
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

DAY = date(2023, 9, 1)
LIST = 150
"""Rows of the list before "Show more"."""

OLDER = 60
"""Events that come last in the list; more than its height holds."""

SUVA = Place("geonames:5", "Suva", Kind.CITY, -18.14, 178.44, "FJ", radius_km=5)
TOWN = Place("geonames:8", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus", radius_km=5)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving, fill, drones_pair) -> Iterator[str]:
    home = tmp_path_factory.mktemp("focus")
    stories = [story(f"Story {number}", SUVA, published=DAY) for number in range(LIST)]
    notices = [story(f"Notice {number}", SUVA, published=date(2023, 8, 1)) for number in range(OLDER)]
    fill(
        home,
        [
            drones_pair(),
            *stories,
            *notices,
            *(story(f"Visit {number}", TOWN, published=DAY) for number in range(3)),
        ],
    )
    with serving(home) as started:
        yield started


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


# ---- saved views --------------------------------------------------------------------------------


def test_saved_views_keep_the_focus_in_their_row_and_hand_it_to_undo(page: Page, address: str) -> None:
    open_map(page, f"{address}/?theme=human-rights")
    page.locator("summary", has_text="Saved views").click()
    page.get_by_label("Name this view").fill("Rights")
    page.keyboard.press("Enter")
    button(page, "Rename Rights").press("Enter")
    page.keyboard.press("Escape")
    expect(button(page, "Rename Rights")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("New name of").fill("Law")
    page.keyboard.press("Enter")
    expect(button(page, "Rename Law")).to_be_focused()
    button(page, "Theme: Human rights").click()
    link = page.get_by_role("link", name="Law")
    expect(link).not_to_have_attribute("aria-current", "true")
    link.press("Enter")
    expect(link).to_have_attribute("aria-current", "true")
    expect(link).to_be_focused()
    button(page, "Delete Law").press("Enter")
    expect(button(page, "Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_focused()


# ---- the list -----------------------------------------------------------------------------------


def test_show_more_hands_the_focus_to_the_first_row_that_came(page: Page, address: str) -> None:
    open_map(page, address)
    expect(page.locator(".dl-row")).to_have_count(LIST)
    page.locator(".dl-more").press("Enter")
    expect(page.locator(".dl-row").nth(LIST)).to_be_focused()


def test_link_in_a_card_keeps_the_focus_when_the_list_is_made_anew(page: Page, address: str) -> None:
    open_map(page, address)
    page.locator(".dl-row", has_text="Mastung").click()
    link = page.get_by_role("link", name="Read the article")
    link.focus()
    node = link.element_handle()
    # As somebody else would change what is shown: the focus stays where it is.
    page.get_by_role("checkbox", name="Human rights").evaluate("node => node.click()")
    expect(page.locator(".dl-row")).to_have_count(2)
    page.wait_for_function("node => !node.isConnected", arg=node)
    expect(link).to_be_focused()


def test_row_that_is_pressed_while_the_list_is_drawn_anew_hears_its_click(page: Page, address: str) -> None:
    open_map(page, address)
    rows = page.locator(".dl-row")
    rows.nth(1).evaluate("node => node.click()")
    page.locator("li.is-open .dl-card").wait_for()
    box = rows.first.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 10)
    page.mouse.down()
    # The answer to another click comes before the button is let go.
    rows.nth(2).evaluate("node => node.click()")
    page.locator("li.is-open .dl-card").wait_for()
    page.mouse.up()
    expect(page.locator("li.is-open .dl-row")).to_have_attribute(
        "data-event", rows.first.get_attribute("data-event")
    )
    page.locator("li.is-open .dl-card").wait_for()


def test_row_that_is_pressed_stays_where_it_is_when_the_card_above_it_closes(
    page: Page, address: str
) -> None:
    open_map(page, address)
    page.locator(".dl-row").first.click()
    page.locator("li.is-open .dl-card").wait_for()
    moved_by = page.locator(".dl-scroller").evaluate(
        """(scroller) => {
            scroller.style.height = "120px";
            const row = scroller.querySelectorAll(".dl-row")[2];
            scroller.scrollTop = row.offsetTop - scroller.querySelector(".dl-row").offsetTop - 60;
            const before = row.getBoundingClientRect().top;
            row.click();
            return row.getBoundingClientRect().top - before;
        }"""
    )
    assert abs(moved_by) <= 1


def test_more_rows_are_shown_by_a_press_that_an_answer_overtakes(page: Page, address: str) -> None:
    open_map(page, address)
    more = page.locator(".dl-more")
    more.hover()
    page.mouse.down()
    # The answer to another choice comes before the button is let go.
    page.get_by_role("checkbox", name="Only what the map shows").evaluate("node => node.click()")
    expect(page.locator(".dl-list-count")).not_to_be_empty()
    page.mouse.up()
    expect(more).to_have_count(0)


def test_row_that_goes_hands_the_focus_to_the_one_in_its_place(page: Page, address: str) -> None:
    open_map(page, address)
    page.locator(".dl-row", has_text="Mastung").first.focus()
    # As where time is played, or somebody goes back: the focus is not what made the row go.
    button(page, "Not Human rights").evaluate("node => node.click()")
    expect(page.locator(".dl-row", has_text="Mastung")).to_have_count(0)
    expect(page.locator(".dl-row").first).to_be_focused()


IN_SIGHT = """scroller => {
    const { top, bottom } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll(".dl-row")].map((row) => [row.querySelector(".dl-row-title").textContent, row.getBoundingClientRect()])
        .filter(([, box]) => box.top >= top && box.bottom <= bottom).map(([title, box]) => [title, Math.round(box.top)]);
}"""


def test_rows_in_sight_stay_there_and_another_list_begins_at_its_top(page: Page, address: str) -> None:
    open_map(page, address)
    scroller = page.locator(".dl-scroller")
    scroller.evaluate("node => { node.scrollTop = 2000; }")
    before = scroller.evaluate(IN_SIGHT)
    # The only rows that go stand above those in sight.
    page.get_by_role("searchbox", name="Search").fill("story")
    expect(page.locator(".dl-row", has_text="Suicide")).to_have_count(0)
    assert scroller.evaluate(IN_SIGHT) == before
    page.get_by_role("searchbox", name="Search").fill("notice")
    expect(page.locator(".dl-row")).to_have_count(OLDER)
    assert scroller.evaluate("node => node.scrollTop") == 0


# ---- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["list", "map"])
def test_new_page_has_the_focus_at_its_beginning(page: Page, address: str, way: str) -> None:
    frame = open_map(page, address)
    page.locator(".dl-row", has_text="Mastung").click()
    link = page.get_by_role("link", name="Read the article") if way == "list" else frame.locator(".dl-title")
    link.press("Enter")
    page.locator(".dl-article-head h1").wait_for()
    expect(page.get_by_test_id("stMain")).to_be_focused()


def test_what_has_the_focus_is_not_under_the_head(page: Page, address: str, settle) -> None:
    page.goto(f"{address}/articles")
    page.locator(".dl-articles .dl-title").nth(20).wait_for()
    settle(page)
    page.locator(".dl-articles .dl-title").nth(20).focus()
    head = page.get_by_test_id("stHeader").bounding_box()
    for _ in range(18):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("() => document.activeElement.getBoundingClientRect().top")
        assert top >= head["y"] + head["height"]


# ---- the map ------------------------------------------------------------------------------------


def test_key_that_fans_a_cluster_out_leads_to_what_it_held(page: Page, address: str) -> None:
    frame = open_map(page, f"{address}/?at=34.9,35.9,9")
    frame.get_by_role("button", name=re.compile("^3 events here: .* Fans out")).press("Enter")
    first = frame.locator(".dl-marker[aria-label^='Tartus']").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    frame.get_by_role("dialog", name="Tartus, Syria").wait_for()


def test_area_that_is_removed_leaves_the_focus_on_the_map(page: Page, address: str) -> None:
    frame = open_map(page, address)
    frame.get_by_role("button", name="Limit to a rectangle").press("Enter")
    page.keyboard.press("Enter")
    frame.get_by_role("button", name="Remove the area").press("Enter")
    expect(frame.get_by_role("button", name="Remove the area")).to_have_count(0)
    expect(frame.locator(".leaflet-container")).to_be_focused()
