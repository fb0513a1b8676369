"""With a keyboard alone, and with a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map, wait_for_map

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

MOST_TABS = 80
"""More stops than there are on the page."""

FOLDS = ["Region and country", "Command area", "Precision", "Role of the place", "Source language", "Outlet",
         "New since", "Saved views"]  # fmt: skip


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("node => node.matches(':focus')"):
            return
    pytest.fail(f"{target} is not reached with Tab")


# ---- the keyboard alone -------------------------------------------------------------------------


def test_from_the_first_tab_to_a_filter_an_event_and_its_article(page: Page, server: str) -> None:
    frame = open_map(page, server)
    tab_to(page, page.get_by_role("checkbox", name="Coups and governance"))
    page.keyboard.press("Space")
    wait_for_map(page, 3)
    expect(page.locator("button.dl-row")).to_have_count(3)
    tab_to(page, page.locator("button.dl-row").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("li.is-open", has_text="Tartus").locator(".dl-card").wait_for()
    frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()
    tab_to(page, page.get_by_role("link", name="Read the article"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Coup belt: Mali turns to new partners").wait_for()


def test_list_is_one_stop_of_tab_and_its_keys_lead_to_either_end(page: Page, server: str) -> None:
    open_map(page, server)
    rows = page.locator("button.dl-row")
    tab_to(page, rows.first)
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Home")
    expect(rows.first).to_be_focused()
    page.keyboard.press("PageDown")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Play through time")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(rows.last).to_be_focused()


def test_search_period_and_chips_are_reached_and_worked(page: Page, server: str) -> None:
    open_map(page, server)
    tab_to(page, page.get_by_role("searchbox", name="Search"))
    page.keyboard.type("mali")
    wait_for_map(page, 3)
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    wait_for_map(page, 6)
    tab_to(page, page.get_by_test_id("stSlider").get_by_role("slider").first)
    # From the day of the first article to the next one.
    page.keyboard.press("ArrowRight")
    wait_for_map(page, 2)
    tab_to(page, page.get_by_role("button", name="From: 3 Aug 2023"))
    page.keyboard.press("Enter")
    wait_for_map(page, 6)


def test_every_folded_filter_is_reached_and_worked(page: Page, server: str) -> None:
    open_map(page, server)
    folds = page.locator("details.dl-fold")
    expect(folds.locator(".dl-fold-name")).to_have_text(FOLDS)
    for number in range(len(FOLDS)):
        tab_to(page, folds.nth(number).locator("summary"))
        page.keyboard.press("Enter")
        expect(folds.nth(number)).to_have_attribute("open", "")
    tab_to(page, page.get_by_role("checkbox", name="AFRICOM"))
    page.keyboard.press("Space")
    wait_for_map(page, 1)
    tab_to(page, page.get_by_role("button", name="Command: AFRICOM"))
    page.keyboard.press("Enter")
    wait_for_map(page, 6)


# ---- names for screen readers -------------------------------------------------------------------


def nameless(page: Page) -> list[str]:
    """Return what can have the focus and has no name, in the page and in the map, as the browser tells others."""
    session = page.context.new_cdp_session(page)
    top = session.send("Page.getFrameTree")["frameTree"]
    frames = [top["frame"]["id"], *(child["frame"]["id"] for child in top.get("childFrames", ()))]
    found, named = [], 0
    for frame in frames:
        for node in session.send("Accessibility.getFullAXTree", {"frameId": frame})["nodes"]:
            flags = {entry["name"]: entry["value"].get("value") for entry in node.get("properties", ())}
            role = node.get("role", {}).get("value", "")
            # Regions that scroll are stops as well; they need no name.
            if node["ignored"] or not flags.get("focusable") or role in {"RootWebArea", "Iframe", "main"}:
                continue
            if node.get("name", {}).get("value", "").strip():
                named += 1
            else:
                found.append(f"{role} {node.get('backendDOMNodeId')} {_html(session, node)}")
    assert named > 5, "the tree is there"
    return found


def _html(session, node: dict) -> str:
    wanted = {"backendNodeId": node["backendDOMNodeId"]}
    return session.send("DOM.getOuterHTML", wanted)["outerHTML"][:160]


def test_everything_that_can_have_the_focus_has_a_name(page: Page, server: str) -> None:
    frame = open_map(page, server)
    for name in FOLDS:
        page.locator("summary", has_text=name).click()
    frame.locator(".dl-marker[aria-label^='Mastung']").click()
    page.locator("li.is-open .dl-card").wait_for()
    frame.locator(".dl-popup .dl-why").wait_for()
    assert not (found := nameless(page)), found
    knot = frame.get_by_role("button", name="Mustang, Gandaki, Nepal · happened here", exact=True)
    knot.press("Enter")
    page.locator("li.is-open", has_text="Mustang").locator(".dl-card").wait_for()
    frame.get_by_role("radio", name="Countries").check()
    expect(frame.get_by_role("img", name="Pakistan 1 event", exact=True)).to_have_count(1)
    assert not (found := nameless(page)), found
    page.get_by_role("link", name="Read the article").click()
    page.locator(".dl-source-list").wait_for()
    assert not (found := nameless(page)), found
    page.goto(f"{server}/articles")
    page.locator(".dl-articles").wait_for()
    assert not (found := nameless(page)), found


def test_pins_badges_and_clusters_say_what_they_are(page: Page, server: str) -> None:
    frame = open_map(page, server)
    pin = "Tartus, Syria (city, within 5 km): Coup belt: Mali turns to new partners"
    expect(frame.get_by_role("button", name=pin, exact=True)).to_have_count(1)
    cluster = frame.get_by_role("button", name="2 events here: Coups and governance 2. Zooms in.", exact=True)
    cluster.press("Enter")
    badge = "Mali (country as a whole): Coup belt: Mali turns to new partners"
    expect(frame.get_by_role("button", name=badge, exact=True)).to_have_count(1)


def test_changes_are_announced(page: Page, server: str) -> None:
    open_map(page, f"{server}/?theme=nonsense")
    said = [page.locator(".dl-counts"), page.locator(".dl-note"), page.locator(".dl-tl-span")]
    assert [words.evaluate("node => Boolean(node.closest('[role=status]'))") for words in said] == [True] * 3
