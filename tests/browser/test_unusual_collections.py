"""Collections at the edge of what there can be: one event, both sides of the antimeridian, texts of any kind."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TAVEUNI = Place("test:1", "Taveuni", Kind.CITY, -16.85, -179.97, "FJ", radius_km=5)
LABASA = Place("test:2", "Labasa", Kind.CITY, -16.43, 179.38, "FJ", radius_km=5)

WORD = "Tetaumatawhakatangihanga" * 7
"""Longer than any line, without a place where it could be broken."""

LONG = f"{WORD} {'is a title that goes on and on, as no editor would have let it pass, ' * 30}"
ARABIC = "انفجار في مدينة مستونغ: عشرات القتلى والجرحى"
ARABIC_SUMMARY = "قُتل خمسون شخصاً على الأقل."
PLACELESS = "Minds are changing"


def test_single_event_is_in_view_and_counted_in_the_singular(
    browser: Browser, tmp_path: Path, fill, serving, guarded
) -> None:
    fill(tmp_path, [story("Only this", LABASA, published=date(2023, 9, 1))])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        frame = open_map(page, address, 1)
        expect(page.locator(".dl-counts span")).to_have_text(["1 event", "1 article", "1 country"])
        expect(page.get_by_text("Themes", exact=True)).to_be_hidden()
        pin = frame.locator(".dl-marker[aria-label^='Labasa']")
        expect(pin).to_be_in_viewport(ratio=1)
        assert page.frames[1].evaluate("() => window.map.getZoom()") <= 6, "its surroundings are shown"
        pin.click()
        frame.locator(".dl-popup").get_by_text("Only this").wait_for()
        page.locator("li.is-open .dl-card").wait_for()


def test_page_that_was_left_open_shows_what_there_is_now_when_it_is_used_again(
    browser: Browser, tmp_path: Path, fill, serving, guarded
) -> None:
    fill(tmp_path, [story("First", LABASA)])
    with (
        serving(tmp_path) as address,
        guarded(browser, address) as page,
        guarded(browser, address) as other,
    ):
        open_map(page, address, 1)
        # The server keeps two collections; a page that stays open is no reason to keep a third.
        for number, title in enumerate(("Second", "Third"), 2):
            fill(tmp_path, [story(title, TAVEUNI)])
            open_map(other, address, number)
        page.locator("button.dl-row", has_text="First").click()
        expect(page.locator("button.dl-row")).to_have_count(3)
        page.locator("li.is-open .dl-card").get_by_text("Something happened in Labasa").first.wait_for()


# ---- one collection of several oddities ---------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, fill, serving) -> Iterator[str]:
    home = tmp_path_factory.mktemp("odd")
    fill(home, [
        story(LONG, LABASA, summary=LONG, published=date(2023, 9, 1), themes=(ThemeMatch("cyber", ("x",)),)),
        story(ARABIC, TAVEUNI, summary=ARABIC_SUMMARY, language="ar"),
        story(PLACELESS, None),
    ])  # fmt: skip
    with serving(home) as opened:
        yield opened


def test_neighbours_across_the_antimeridian_are_shown_side_by_side(page: Page, address: str) -> None:
    frame = open_map(page, address, 2)
    symbols = frame.locator(".leaflet-marker-icon")
    expect(symbols.first).to_be_in_viewport()
    width = page.frames[1].evaluate(
        "() => { const bounds = window.map.getBounds(); return bounds.getEast() - bounds.getWest(); }"
    )
    assert width < 60, "Fiji, and not the whole world between its two ends"
    page.locator("button.dl-row", has_text="Taveuni").click()
    expect(frame.locator(".dl-marker.dl-selected[aria-label^='Taveuni']")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [1400, 390])
def test_popup_leaves_the_choice_of_the_layer_and_the_tools_free(
    browser: Browser, address: str, guarded, width: int
) -> None:
    with guarded(browser, address, viewport={"width": width, "height": 844}) as page:
        frame = open_map(page, f"{address}/?theme=cyber", 1)
        view = page.frames[1]
        # At the right edge, and in a world that is hardly higher than the map and could not be moved far enough.
        view.evaluate(
            """() => {
                const { dateline, map } = window;
                dateline.holdView();
                map.setView([0, 179.38 - ((map.getSize().x / 2 - 60) * 360) / 1024], 2, {animate: false});
            }"""
        )
        page.locator("button.dl-row").last.click()
        popup = frame.locator(".dl-popup")
        popup.locator(".dl-why").wait_for()
        view.wait_for_function("() => document.querySelector('.dl-popup').getBoundingClientRect().top > 40")
        view.wait_for_function("() => !(window.map._panAnim && window.map._panAnim._inProgress)")
        box = popup.bounding_box()
        # On a narrow map there is no room beside the tools: they go.
        for part in (".dl-layers", ".dl-tools")[: 2 if width > 520 else 1]:
            expect(frame.locator(part)).to_be_visible()
            other = frame.locator(part).bounding_box()
            apart = box["x"] + box["width"] <= other["x"] or other["y"] + other["height"] <= box["y"]
            assert apart, (part, box, other)


def test_control_makes_room_for_a_popup_that_was_moved_under_it(page: Page, address: str) -> None:
    frame = open_map(page, address, 2)
    page.locator("button.dl-row", has_text=ARABIC).click()
    popup, layers = frame.locator(".dl-popup"), frame.locator(".dl-layers")
    popup.get_by_text(ARABIC_SUMMARY).wait_for()
    expect(layers).to_be_visible()
    box, other = popup.bounding_box(), layers.bounding_box()
    # Right under the control, and with its button on the map: one beside it would be scrolled to, and scrolled away.
    by = [box["x"] + box["width"] - other["x"] - other["width"], box["y"] - other["y"] + 10]
    page.frames[1].evaluate("by => window.map.panBy(by, {animate: false})", by)
    expect(layers).to_be_hidden()
    popup.get_by_role("button", name="Close popup").click()
    expect(popup).to_have_count(0)
    expect(layers).to_be_visible()


TEXTS_COME = """words => {
    const { dateline, map } = window;
    let glides = false;
    map.once("autopanstart", () => { glides = true; });
    const event = dateline.table.event(dateline.selectedRow());
    dateline.fillTexts(event, [event.id, [words], [words], [[words], [""], [""]], words, []]);
    return [glides, map.getContainer().querySelectorAll(".dl-covered").length];
}"""
"""Returns whether the map glides to where the popup has room, and how many controls have gone meanwhile."""


def test_controls_stay_while_the_map_glides_for_a_popup_that_has_grown(
    browser: Browser, address: str, guarded
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        frame = open_map(page, address, 2)
        page.locator("button.dl-row", has_text=ARABIC).click()
        popup, layers = frame.locator(".dl-popup"), frame.locator(".dl-layers")
        popup.get_by_text(ARABIC_SUMMARY).wait_for()
        page.wait_for_url("**event=**")
        page.frames[1].wait_for_function("() => !(window.map._panAnim && window.map._panAnim._inProgress)")
        box, other = popup.bounding_box(), layers.bounding_box()
        by = [box["x"] + box["width"] - other["x"] - 30, box["y"] - other["y"] - other["height"] - 4]
        # As the map moves for a popup by itself; moved by its reader it would stay where it is.
        page.frames[1].evaluate(
            "by => { window.map.fire('autopanstart'); window.map.panBy(by, {animate: false}); }", by
        )
        assert frame.locator(".dl-covered").count() == 0
        assert page.frames[1].evaluate(TEXTS_COME, "words " * 40) == [True, 0]
        expect(layers).to_be_visible()


def test_legend_that_comes_under_an_open_popup_makes_room(page: Page, address: str) -> None:
    frame = open_map(page, address, 2)
    page.locator("button.dl-row", has_text=ARABIC).click()
    popup, whole = frame.locator(".dl-popup"), page.locator("iframe")
    popup.get_by_text(ARABIC_SUMMARY).wait_for()
    box, room = popup.bounding_box(), whole.bounding_box()
    by = [box["x"] - room["x"] - 20, box["y"] + box["height"] - room["y"] - room["height"] + 30]
    page.frames[1].evaluate("by => window.map.panBy(by, {animate: false})", by)
    frame.locator(".dl-layers").get_by_label("Countries").check()
    key = frame.locator(".dl-key")
    key.get_by_text("Most: Fiji").wait_for(state="attached")
    expect(popup).to_be_visible()
    expect(key).to_be_hidden()
    popup.get_by_role("button", name="Close popup").click()
    expect(key).to_be_visible()


def test_popup_for_which_a_link_leaves_no_room_is_in_view(browser: Browser, address: str, guarded) -> None:
    with guarded(browser, address, viewport={"width": 390, "height": 844}) as page:
        open_map(page, address, 2)
        page.locator("button.dl-row", has_text=ARABIC).click()
        page.wait_for_url(re.compile("event="))
        event = re.search(r"event=\w+", page.url)[0]
        frame = open_map(page, f"{address}/?{event}&at=-17.4,-180,8", 2)
        popup = frame.locator(".dl-popup")
        popup.get_by_text(ARABIC_SUMMARY).wait_for()
        page.frames[1].wait_for_function(
            "() => document.querySelector('.dl-popup').getBoundingClientRect().top >= 0"
        )
        popup.get_by_role("button", name="Close popup").click()
        expect(popup).to_have_count(0)


def test_list_of_what_the_map_shows_goes_on_past_the_antimeridian(page: Page, address: str) -> None:
    open_map(page, address, 2)
    page.get_by_label("Only what the map shows").check()
    for view, held in (([0, 0], 0), ([-16.6, 180], 2), ([-16.6, -180], 2)):
        page.frames[1].evaluate("spot => window.map.setView(spot, 7, {animate: false})", view)
        expect(page.locator(".dl-list-count")).to_have_text(f"{held} of 2")
        expect(page.locator("button.dl-row")).to_have_count(held)


def test_article_without_date_theme_or_place_can_be_found_and_read(page: Page, address: str) -> None:
    open_map(page, address, 2)
    expect(page.locator(".dl-counts span")).to_have_text(["2 events", "2 articles", "1 country"])
    page.get_by_role("link", name="Articles", exact=True).click()
    entry = page.locator(".dl-articles li", has_text=PLACELESS)
    expect(entry.locator(".dl-facts")).to_have_text("no date · 0 places · 0 sources")
    page.get_by_label("Search").first.fill("minds changing")
    expect(page.locator(".dl-articles li")).to_have_count(1)
    entry.locator(".dl-title").click()
    page.get_by_role("heading", name=PLACELESS).wait_for()
    expect(page.locator(".dl-article-head .dl-facts")).to_have_text("no date")
    expect(page.get_by_role("link", name="on the map")).to_have_count(0)


def test_event_without_date_or_theme_has_its_row_symbol_and_popup(page: Page, address: str) -> None:
    frame = open_map(page, address, 2)
    page.locator("button.dl-row", has_text="Taveuni").click()
    popup = frame.locator(".dl-popup .dl-card")
    expect(popup.locator(".dl-theme")).to_have_text("No theme")
    expect(popup.locator(".dl-facts")).to_have_text("Taveuni, Fiji · city, within 5 km · no date")
    expect(page.locator(".dl-tl-numbers")).to_contain_text("1 without a date")


FITS = "node => node.scrollWidth <= node.clientWidth"


@pytest.mark.parametrize("width", [1400, 390])
def test_very_long_title_stays_in_its_place(browser: Browser, address: str, guarded, width: int) -> None:
    with guarded(browser, address, viewport={"width": width, "height": 844}) as page:
        frame = open_map(page, address, 2)
        row = page.locator("button.dl-row", has_text="Labasa")
        assert row.bounding_box()["height"] < 80, "one line in the list"
        row.click()
        popup, card = frame.locator(".dl-popup"), page.locator("li.is-open .dl-card")
        popup.locator(".dl-why").wait_for()
        card.wait_for()
        whole, box = page.locator("iframe").bounding_box(), popup.bounding_box()
        assert box["width"] <= whole["width"]
        assert box["height"] <= whole["height"]
        for written in (popup.locator(".dl-title"), popup.locator(".dl-summary"),
                        page.locator("li.is-open .dl-row-title"), card.locator(".dl-summary")):  # fmt: skip
            assert written.evaluate(FITS)
        page.goto(f"{address}/articles")
        title = page.locator(".dl-articles .dl-title", has_text=WORD)
        title.wait_for()
        assert title.evaluate(FITS)
        assert page.get_by_test_id("stMain").evaluate(FITS)
        title.click()
        heading = page.locator(".dl-article-head h1")
        heading.wait_for()
        assert heading.evaluate(FITS)


DIRECTION = "node => getComputedStyle(node).direction"


def test_text_from_right_to_left_is_set_so_and_leaves_its_neighbours_alone(page: Page, address: str) -> None:
    frame = open_map(page, address, 2)
    row = page.locator("button.dl-row", has_text=ARABIC)
    row.click()
    popup = frame.locator(".dl-popup .dl-card")
    popup.locator(".dl-summary").wait_for()
    page.locator("li.is-open .dl-summary").wait_for()
    for written in (row.locator(".dl-row-title"), popup.locator(".dl-title"), popup.locator(".dl-summary"),
                    page.locator("li.is-open .dl-summary")):  # fmt: skip
        assert written.evaluate(DIRECTION) == "rtl"
    for beside in (row.locator(".dl-row-facts"), popup.locator(".dl-facts"), popup):
        assert beside.evaluate(DIRECTION) == "ltr"
    page.get_by_role("link", name="Read the article").click()
    page.get_by_role("heading", name=ARABIC).wait_for()
    assert page.locator(".dl-article-head h1").evaluate(DIRECTION) == "rtl"
    assert page.locator(".dl-lead").first.evaluate(DIRECTION) == "rtl"
