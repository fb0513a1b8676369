"""The address is the view: what one reader copies, another sees in a browser that has never been here."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.address import EVENT_PARAMETER, VIEW_PARAMETERS, WITHIN_PARAMETER
from dashboard.filters import EventFilter
from tests.browser.pages import copy_link, open_map, read_clipboard, wait_for_map, wait_for_rest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

VIEW = "() => [window.map.getCenter().lat, window.map.getCenter().lng, window.map.getZoom()]"


def view_of(page: Page) -> list[float]:
    return page.frames[1].evaluate(VIEW)


# ---- a copied link ------------------------------------------------------------------------------


def test_copied_link_reproduces_filter_position_zoom_and_event_in_a_fresh_browser(
    browser: Browser, server: str, guarded
) -> None:
    with guarded(browser, server, permissions=["clipboard-read", "clipboard-write"]) as page:
        frame = open_map(page, server, 6)
        page.get_by_role("checkbox", name="Coups and governance").click()
        wait_for_map(page, 3)
        frame.get_by_role("button", name="Zoom in").click()
        frame.locator(".leaflet-container").press("ArrowLeft")
        page.locator("button.dl-row", has_text="Tartus").click()
        frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()
        page.wait_for_url(re.compile(r"theme=coups-and-governance&event=\w+&at="))
        copy_link(page)
        link = read_clipboard(page)
        left = view_of(page)
    with guarded(browser, server, first_visit=True) as fresh:
        frame = open_map(fresh, link, 3)
        frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()
        fresh.locator("li.is-open", has_text="Tartus").wait_for()
        assert view_of(fresh) == pytest.approx(left, abs=0.4)  # a pixel
        expect(fresh.get_by_role("button", name="Theme: Coups and governance")).to_be_visible()
        expect(fresh.get_by_role("checkbox", name="Coups and governance")).to_have_attribute("aria-checked", "true")  # fmt: skip


@pytest.mark.parametrize(("layer", "shown"), [("Heat", "canvas.dl-heat"), ("Countries", ".dl-share")])
def test_copied_link_reproduces_layer_and_period_in_a_fresh_browser(
    browser: Browser, server: str, guarded, layer: str, shown: str
) -> None:
    with guarded(browser, server) as page:
        frame = open_map(page, f"{server}/?start=2023-09-01", 2)
        frame.get_by_role("radio", name=layer).check()
        page.wait_for_url(re.compile(f"layer={layer.lower()}"))
        link = page.url
    with guarded(browser, server) as fresh:
        frame = open_map(fresh, link, 2)
        frame.locator(shown).first.wait_for()
        expect(frame.get_by_role("radio", name=layer)).to_be_checked()
        expect(fresh.locator(".dl-tl-span")).to_have_text("From 1 Sep 2023")


def test_copied_link_reproduces_a_list_that_follows_the_map(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server) as page:
        open_map(page, f"{server}/?at=29.8,66.8,6", 6)
        only = page.get_by_label("Only what the map shows")
        only.click()
        expect(only).to_be_checked()
        expect(page.locator("button.dl-row")).to_have_count(1)
        page.wait_for_url(re.compile("only=map"))
        link = page.url
    with guarded(browser, server) as fresh:
        open_map(fresh, link, 6)
        only = fresh.get_by_label("Only what the map shows")
        expect(only).to_be_checked()
        expect(fresh.locator("button.dl-row")).to_have_count(1)
        # The map may be telling its view once more: an answer to that shows the older state for a moment.
        only.click()
        expect(only).not_to_be_checked()
        expect(fresh.locator("button.dl-row")).to_have_count(6)
        fresh.wait_for_url(re.compile(r"\?at=[^&]*$"))


def test_link_to_an_article_opens_it_in_a_fresh_browser(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server) as page:
        page.goto(f"{server}/articles")
        page.locator(".dl-title", has_text="Coup belt").click()
        page.get_by_role("heading", name="Coup belt").wait_for()
        link = page.url
    with guarded(browser, server) as fresh:
        fresh.goto(link)
        fresh.get_by_role("heading", name="Coup belt").wait_for()


# ---- a map that was moved -----------------------------------------------------------------------

AGREES = """() => {
    const [latitude, longitude, zoom] = (new URLSearchParams(window.parent.location.search).get("at") || "").split(",").map(Number);
    const { lat, lng } = window.map.getCenter().wrap();
    return Math.abs(lat - latitude) < 0.006 && Math.abs(lng - longitude) < 0.006 && window.map.getZoom() === zoom;
}"""


def move(page: Page, key: str) -> None:
    page.frame_locator("iframe").locator(".leaflet-container").press(key)
    expect_address_of_view(page)


def expect_address_of_view(page: Page) -> None:
    """What a run writes into the address it has written once it has ended."""
    wait_for_rest(page)
    page.frames[1].wait_for_function(AGREES)


def test_address_and_copied_link_name_the_view_whatever_runs_after_a_move(
    browser: Browser, server: str, guarded
) -> None:
    with guarded(browser, server, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_map(page, server, 6)
        theme = page.get_by_role("checkbox", name="Coups and governance")
        move(page, "ArrowRight")
        theme.click()
        wait_for_map(page, 3)
        move(page, "ArrowLeft")
        theme.click()
        wait_for_map(page, 6)
        expect_address_of_view(page)
        row = page.locator("button.dl-row", has_text="Tartus")
        row.click()
        page.wait_for_url(re.compile("event="))
        expect_address_of_view(page)
        move(page, "ArrowUp")
        row.click()
        page.wait_for_url(lambda url: "event=" not in url)
        expect_address_of_view(page)
        copy_link(page)
        assert read_clipboard(page) == page.url


def test_address_names_the_view_after_play_and_after_clear_all(page: Page, server: str) -> None:
    open_map(page, f"{server}/?theme=coups-and-governance&text=mali&start=2023-08-02&end=2023-08-04", 3)
    move(page, "ArrowRight")
    page.get_by_role("button", name="Play through time").click()
    page.get_by_role("button", name="Play through time").wait_for()
    expect_address_of_view(page)
    move(page, "ArrowUp")
    page.get_by_role("button", name="Clear all", exact=True).click()
    wait_for_map(page, 6)
    page.wait_for_url(lambda url: "theme=" not in url)
    expect_address_of_view(page)


def test_way_back_keeps_the_address_of_a_map_that_stays(page: Page, server: str) -> None:
    open_map(page, server, 6)
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 3)
    move(page, "ArrowRight")
    page.go_back()
    wait_for_map(page, 6)
    page.wait_for_url(lambda url: "theme=" not in url)
    expect_address_of_view(page)


def test_saved_view_holds_the_position_that_was_shown(
    browser: Browser, tmp_path: Path, guarded, serving, fill, drones_pair, belt_pair
) -> None:
    fill(tmp_path, [drones_pair(), belt_pair()])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        open_map(page, f"{address}/?at=30,60,4", 5)
        page.get_by_role("checkbox", name="Coups and governance").click()
        wait_for_map(page, 3)
        move(page, "ArrowRight")
        page.locator("summary", has_text="Saved views").click()
        page.get_by_label("Name this view").fill("Belt")
        page.get_by_label("Name this view").press("Enter")
        view = page.get_by_role("link", name="Belt")
        expect(view).to_have_attribute("aria-current", "true")
        saved = parse_qs(urlsplit(view.get_attribute("href")).query)
        assert saved == parse_qs(urlsplit(page.url).query)


# ---- broken, huge and hostile links -------------------------------------------------------------


def test_every_parameter_broken_at_once_still_shows_all_and_says_so(page: Page, server: str) -> None:
    names = [criterion.name for _, criterion, _ in EventFilter.criteria()]
    names.remove("text")  # in which nothing is broken: anything may be searched
    names += [*VIEW_PARAMETERS, EVENT_PARAMETER, WITHIN_PARAMETER]
    bad = "%22%3E%3Cscript%3Ewindow.broken%3D1%3C/script%3E%00%F0%9F%92%A3"
    open_map(page, f"{server}/?{'&'.join(f'{name}={bad}' for name in names)}&no-such={bad}", 6)
    note = page.locator(".dl-note")
    note.wait_for()
    assert note.inner_text().startswith("This link asks for something Dateline does not have:")
    assert len(note.inner_text()) < 400
    page.wait_for_url(f"{server}/")
    assert [frame.evaluate("() => window.broken") for frame in page.frames] == [None] * len(page.frames)


def test_huge_link_is_bounded(page: Page, server: str) -> None:
    page.goto(f"{server}/?text={'word+' * 2_000}&area={'9,9;' * 3_000}&event={'e' * 20_000}&at={'1' * 5_000}")
    note = page.locator(".dl-note")
    expect(note).to_contain_text("Search: cut to 300 characters")
    expect(note).to_contain_text("what the link draws is not an area")
    page.wait_for_function("() => location.href.length < 400")
    page.get_by_role("button", name="Clear all filters").click()
    wait_for_map(page, 6)
    page.wait_for_url(f"{server}/")


# ---- new since the last visit -------------------------------------------------------------------


def test_new_since_the_last_visit_is_what_came_in_after_it(
    browser: Browser, tmp_path: Path, guarded, serving, fill, drones_pair, belt_pair
) -> None:
    visit = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
    fill(tmp_path, [drones_pair()], added_at=visit - timedelta(days=1))
    with serving(tmp_path) as address, guarded(browser, address) as page:
        page.clock.set_fixed_time(visit)
        open_map(page, address, 2)
        page.locator("summary", has_text="New since").click()
        expect(page.get_by_role("button", name="My last visit")).to_have_count(0)
        # A day later; in between an article came in.
        fill(tmp_path, [belt_pair()], added_at=visit + timedelta(hours=5))
        page.clock.set_fixed_time(visit + timedelta(days=1))
        open_map(page, address, 5)
        page.locator("summary", has_text="New since").click()
        page.get_by_role("button", name="My last visit, 1 Mar 2024, 08:00").click()
        wait_for_map(page, 3)
        expect(page.locator("button.dl-row", has_text="Coup belt")).to_have_count(3)
        expect(page.locator("button.dl-row")).to_have_count(3)
        page.get_by_label("New since this day").fill("2024-02-29")
        wait_for_map(page, 5)
