"""A viewer who is faster than the server: a late answer, or a request heard late, undoes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    open_map,
    pin,
    row,
    wait_for_map,
    wait_for_rest,
    wait_until,
    wait_until_nothing_is_selected,
)
from tests.browser.wire import (
    Wire,
    begins_run,
    names_address,
    runs_asked_in,
    tells_pin,
    tells_row,
    tells_theme,
    tells_within,
)

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


# ---- from page to page --------------------------------------------------------------------------


def test_search_of_articles_outlasts_a_viewer_who_is_faster_than_the_page(page: Page, server: str) -> None:
    wire = Wire(page)
    page.goto(f"{server}/articles")
    page.get_by_label("Search").first.fill("ceremony")
    expect(page.locator(".dl-articles li")).to_have_count(1)
    wire.hold_ends_of_runs()
    page.locator(".dl-articles a.dl-title").click()
    page.get_by_role("button", name="All articles").click()
    expect(page.locator(".dl-articles li")).to_have_count(1)
    expect(page.get_by_label("Search").first).to_have_value("ceremony")


EMPTY_SIDEBAR = """() => {
    const sidebar = window.emptySidebar = document.createElement("div");
    sidebar.dataset.testid = "stSidebarUserContent";
    sidebar.innerHTML = '<div data-testid="stVerticalBlock"></div>';
    document.body.append(sidebar);
}"""
"""What Streamlit leaves behind at times, and here always."""

LEAVE_AT_ONCE = """(link) => {
    const app = document.querySelector('[data-testid="stApp"]');
    new MutationObserver((_, observer) => {
        const isThere = app.dataset.testScriptState === "notRunning" && document.querySelector(".dl-articles");
        if (!isThere) return;
        observer.disconnect();
        window.sayLeaving().then(() => link.click());
    }).observe(app, { attributes: true, subtree: true, childList: true });
}"""
"""Clicks on a link in the moment in which the list of articles is there and its run has ended."""


@pytest.mark.parametrize(("name", "there"), [("Map", "button.dl-row"), ("Quality", ".dl-quality")])
def test_page_that_is_left_at_once_does_not_come_back(page: Page, server: str, name: str, there: str) -> None:
    wire = Wire(page)
    page.clock.install()
    open_map(page, server)
    page.evaluate(EMPTY_SIDEBAR)
    page.expose_function("sayLeaving", wire.answers.hold)
    page.get_by_role("link", name=name, exact=True).evaluate(LEAVE_AT_ONCE)
    page.get_by_role("link", name="Articles").click()
    wire.answers.wait_until_held()
    # The server takes its time, in which the page does what it does after a rest.
    page.clock.fast_forward(2000)
    page.evaluate("() => new Promise(requestAnimationFrame).then(() => window.emptySidebar.remove())")
    wire.answers.release()
    page.locator(there).first.wait_for()
    expect(page.locator(".dl-articles")).to_have_count(0)


def test_page_that_one_comes_back_to_closes_an_empty_sidebar_and_soon_gives_up(
    page: Page, server: str
) -> None:
    wire = Wire(page)

    def asked() -> set[int]:
        return {run for request in wire.requests.said for run in runs_asked_in(request)}

    page.clock.install()
    page.goto(f"{server}/articles")
    page.locator(".dl-articles").wait_for()
    page.get_by_role("link", name="Map", exact=True).click()
    wait_for_map(page)
    page.evaluate(EMPTY_SIDEBAR)
    page.go_back()
    page.locator(".dl-articles").wait_for()
    wait_until(page, lambda: len(asked()) >= 3, "three runs that the page asks for")
    wait_for_rest(page)
    page.clock.fast_forward(2000)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    wait_for_rest(page)
    assert len(asked()) == 3


def test_choice_that_nobody_heard_does_not_bring_back_a_page_that_is_being_left(
    page: Page, server: str
) -> None:
    wire = Wire(page)
    page.clock.install()
    open_map(page, server)
    wire.requests.hold_next(tells_theme)
    page.get_by_role("checkbox", name="Coups and governance").click()
    wire.requests.wait_until_held(tells_theme)
    wire.requests.lose()
    wire.answers.hold()
    page.get_by_role("link", name="Articles").click()
    wire.answers.wait_until_held()
    # The server takes its time, in which the choice would be said again.
    page.clock.fast_forward(5000)
    wire.answers.release()
    page.locator(".dl-articles").wait_for()
    wait_for_rest(page)
    expect(page.locator(".dl-articles")).to_have_count(1)
    # Who comes back is heard as before.
    page.get_by_role("link", name="Map", exact=True).click()
    wait_for_map(page, 6)
    wire.requests.hold_next(tells_theme)
    page.get_by_role("checkbox", name="Coups and governance").click()
    wire.requests.wait_until_held(tells_theme)
    wire.requests.lose()
    page.clock.fast_forward(5000)
    wait_for_map(page, 3)


@pytest.mark.parametrize("way", ["row", "pin"])
def test_click_that_nobody_heard_stays_behind_on_the_way_back_to_another_page(
    page: Page, server: str, way: str
) -> None:
    wire = Wire(page)
    page.clock.install()
    page.goto(f"{server}/articles")
    page.locator(".dl-articles").wait_for()
    page.get_by_role("link", name="Map", exact=True).click()
    frame = wait_for_map(page, 6)
    tells = {"row": tells_row, "pin": tells_pin}[way]
    wire.requests.hold_next(tells)
    {"row": row(page, "Tartus"), "pin": pin(frame, "Tartus")}[way].click()
    wire.requests.wait_until_held(tells)
    wire.requests.lose()
    wire.answers.hold()
    page.go_back()
    wire.answers.wait_until_held()
    page.clock.fast_forward(5000)
    wire.answers.release()
    page.locator(".dl-articles").wait_for()
    wait_for_rest(page)
    expect(page.locator(".dl-articles")).to_have_count(1)
    assert sum(map(tells, wire.requests.said)) == 1


IS_THERE_TO_STAY = """async (there) => {
    let since = performance.now();
    do {
        await new Promise(requestAnimationFrame);
        if (!document.querySelector(there)) since = performance.now();
    } while (performance.now() - since < 1500);
    return true;
}"""
"""Ends when something has been there without a break: what comes first may be taken away again at once."""


def test_row_clicked_while_another_page_is_on_its_way_leaves_that_page_whole(page: Page, server: str) -> None:
    wire = Wire(page)
    open_map(page, server)
    wait_for_rest(page)  # what is held first, and the run that begins next, are to be the other page's
    wire.requests.hold()
    page.get_by_role("link", name="Quality", exact=True).click()
    wire.requests.wait_until_held()
    row(page, "Tartus").click()
    wire.requests.wait_until_held(tells_row)
    # The server is to be at work on the page when it hears of the row; both at once it takes for one request.
    told = len(wire.answers.said)
    wire.requests.pass_on(1)
    wait_until(page, lambda: any(map(begins_run, wire.answers.said[told:])), "that the page is begun")
    wire.requests.release()
    page.wait_for_function(IS_THERE_TO_STAY, arg=".dl-quality")


def test_saved_view_is_followed_from_an_address_that_is_about_to_change(
    browser: Browser, tmp_path: Path, guarded, serving, fill, drones_pair, belt_pair
) -> None:
    fill(tmp_path, [drones_pair(), belt_pair()])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        wire = Wire(page)
        open_map(page, f"{address}/?theme=coups-and-governance", 3)
        page.locator("summary", has_text="Saved views").click()
        page.get_by_label("Name this view").fill("Belt")
        page.get_by_label("Name this view").press("Enter")
        view = page.get_by_role("link", name="Belt")
        expect(view).to_have_attribute("aria-current", "true")
        wire.answers.hold(names_address)
        page.get_by_role("button", name="Theme: Coups and governance").click()
        expect(view).not_to_have_attribute("aria-current", "true")
        wire.answers.wait_until_held(names_address)
        steps = page.evaluate("() => history.length")
        view.click()
        expect(view).to_have_attribute("aria-current", "true")
        wire.answers.wait_until_held(names_address, 2)
        wait_for_rest(page)
        wire.answers.release()
        # What was left when the condition was taken away, and the view again.
        wait_until(
            page, lambda: page.evaluate("() => history.length") == steps + 2, "two steps in the history"
        )
        wait_for_map(page, 3)
        page.wait_for_url(f"{address}/?theme=coups-and-governance")


# ---- one selection ------------------------------------------------------------------------------


def test_click_on_a_pin_outlasts_an_older_one_on_a_row_that_is_heard_later(page: Page, server: str) -> None:
    wire = Wire(page)
    frame = open_map(page, server)
    wire.requests.hold_next(tells_row)
    row(page, "Suva").click()
    pin(frame, "Tartus").click()
    page.locator("li.is-open", has_text="Tartus").wait_for()
    wire.requests.wait_until_held(tells_row)
    wire.requests.release()
    # When this is heard, the row has been.
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 3)
    expect(page.locator("li.is-open")).to_contain_text("Tartus")
    expect(frame.get_by_role("dialog")).to_have_accessible_name(re.compile("^Tartus"))
    expect(page.locator(".dl-note")).to_have_count(0)


def test_click_on_a_row_that_was_lost_is_said_again(page: Page, server: str) -> None:
    wire = Wire(page)
    frame = open_map(page, server)
    wire.requests.hold_next(tells_row)
    row(page, "Suva").click()
    wire.requests.wait_until_held(tells_row)
    wire.requests.lose()
    page.locator("li.is-open .dl-card").wait_for()
    frame.get_by_role("dialog", name="Suva, Fiji").wait_for()


def test_list_that_is_to_follow_the_map_does_though_nobody_heard_it_at_first(page: Page, server: str) -> None:
    wire = Wire(page)
    frame = open_map(page, server)
    wire.requests.hold_next(tells_within)
    follows = page.get_by_role("checkbox", name="Only what the map shows")
    follows.check()
    wire.requests.wait_until_held(tells_within)
    wire.requests.lose()
    # What is heard before it takes nothing back.
    pin(frame, "Suva").click()
    page.wait_for_url(re.compile("only=map"))
    page.locator("li.is-open .dl-card").wait_for()
    expect(follows).to_be_checked()


@pytest.mark.parametrize("way", ["row", "pin"])
def test_click_that_nobody_heard_does_not_undo_back(page: Page, server: str, way: str) -> None:
    wire = Wire(page)
    page.clock.install()
    frame = open_map(page, server)
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 3)
    page.wait_for_url(re.compile("theme="))
    tells = {"row": tells_row, "pin": tells_pin}[way]
    wire.requests.hold(tells)
    {"row": row(page, "Tartus"), "pin": pin(frame, "Tartus")}[way].click()
    wire.requests.wait_until_held(tells)
    wire.requests.lose()
    page.go_back()
    wire.requests.release()
    wait_for_map(page, 6)
    wait_until_nothing_is_selected(page, frame)
    # For longer than it would be said again.
    page.clock.fast_forward(60_000)
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 3)
    wait_until_nothing_is_selected(page, frame)


def test_map_that_was_moved_meanwhile_stays_when_a_popups_texts_come(page: Page, server: str) -> None:
    wire = Wire(page)
    frame = open_map(page, server)
    wire.answers.hold()
    pin(frame, "Mastung").click()
    texts = frame.locator(".dl-popup mark")
    frame.locator(".dl-popup").wait_for()
    expect(texts).to_have_count(0)
    shown = page.frames[1].evaluate(
        """() => {
            window.map.setView([29, 20], 4, { animate: false });
            return window.map.getCenter();
        }"""
    )
    wire.answers.release()
    expect(texts).to_have_count(1)
    assert page.frames[1].evaluate("() => window.map.getCenter()") == shown


def test_map_that_took_its_links_view_anew_follows_a_popup_when_its_texts_come(
    page: Page, server: str
) -> None:
    wire = Wire(page)
    frame = open_map(page, server)
    wire.answers.hold()
    pin(frame, "Mastung").click()
    frame.locator(".dl-popup").wait_for()
    page.frames[1].evaluate(
        "() => dateline.moveAlong(() => window.map.setView([29, 20], 4, { animate: false }))"
    )
    wire.answers.release()
    expect(frame.locator(".dl-popup mark")).to_have_count(1)
    page.frames[1].wait_for_function("() => window.map.getBounds().contains([29.8, 66.8])")
