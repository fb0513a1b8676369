"""The map page in a real browser: filter, click, read, open; and nothing that must not happen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map, row, wait_for_map, wait_for_rest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

VIEW = "() => [window.map.getCenter().lat, window.map.getCenter().lng, window.map.getZoom()]"


def view_of(page: Page) -> list[float]:
    return page.frames[1].evaluate(VIEW)


def counts(page: Page) -> Locator:
    return page.locator(".dl-counts")


def test_map_shows_the_same_events_as_the_list_and_counts_them(page: Page, server: str) -> None:
    frame = open_map(page, server)
    counts(page).get_by_text("6 events").wait_for()
    counts(page).get_by_text("3 articles").wait_for()
    expect(page.locator("button.dl-row")).to_have_count(6)
    assert frame.locator("html").get_attribute("data-events") == "6"


def test_further_places_of_an_article_stand_under_its_title(page: Page, server: str) -> None:
    open_map(page, server)
    rows = row(page, "Suicide attack shakes Balochistan")
    expect(rows).to_have_count(2)
    wait_for_rest(page)
    first, further = rows.all()
    expect(further.locator(".dl-row-title")).to_have_css("clip-path", "inset(50%)")
    assert further.bounding_box()["height"] < first.bounding_box()["height"] * 0.75
    # Read aloud, it says which event it is.
    expect(further).to_have_accessible_name(
        re.compile("Suicide attack shakes Balochistan.*Mustang, Gandaki, Nepal · 29 Sep 2023 · doubtful")
    )
    further.click()
    page.locator("li.is-open .dl-card").wait_for()
    expect(further.locator(".dl-row-title")).to_be_visible()
    expect(further.locator(".dl-row-title")).to_have_css("clip-path", "none")


def test_country_is_drawn_as_its_shape_and_doubt_as_a_dashed_symbol(page: Page, server: str) -> None:
    frame = open_map(page, server)
    frame.locator(".leaflet-dateline-countries-pane path").first.wait_for(state="attached")
    dashed = frame.locator(".dl-marker[aria-label^='Mustang'] [stroke-dasharray]")
    dashed.first.wait_for(state="attached")
    expect(frame.locator(".dl-marker[aria-label^='Mastung'] [stroke-dasharray]")).to_have_count(0)


def test_click_on_a_pin_opens_its_popup_and_selects_its_row(page: Page, server: str) -> None:
    frame = open_map(page, server)
    page.frames[1].evaluate("() => window.dateline.holdView()")
    before = view_of(page)
    frame.locator(".dl-marker[aria-label^='Mastung']").click()
    popup = frame.locator(".dl-popup")
    popup.get_by_text("Mastung, Balochistan, Pakistan").wait_for()
    expect(popup.locator("mark")).to_have_text("Mastung")
    expect(popup).to_contain_text("published 29 Sep 2023")
    expect(popup).to_contain_text("Balochistan contains it; this sentence stands in the commentary")
    expect(popup).to_contain_text("runner-up: Mustang, Gandaki, Nepal (2%)")
    link = popup.get_by_role("link", name=re.compile("opens in a new tab"))
    expect(link).to_have_count(1)  # a source without an address of the web is no link
    assert link.get_attribute("rel") == "noopener noreferrer"
    expect(page.locator("li.is-open .dl-card")).to_contain_text("Mastung, Balochistan, Pakistan")
    page.wait_for_url(re.compile(r"event=[0-9a-f]{12}"))
    expect(popup).to_be_visible()
    assert view_of(page)[2] == before[2]


def test_title_in_a_popup_opens_the_article_and_the_way_back_shows_its_places(
    page: Page, server: str
) -> None:
    frame = open_map(page, server)
    frame.locator(".dl-marker[aria-label^='Mastung']").click()
    # Its texts make the popup larger, and the title is then elsewhere.
    frame.locator(".dl-popup mark").wait_for()
    frame.locator(".dl-popup .dl-title").click()
    page.get_by_role("heading", name="Suicide attack shakes Balochistan").wait_for()
    page.wait_for_url(re.compile(r"/articles\?article="))
    page.get_by_role("link", name="Show its 3 places on the map").click()
    counts(page).get_by_text("3 events").wait_for()
    page.locator("button.dl-row", has_text="Balochistan, Pakistan").nth(1).wait_for()
    expect(page.locator("button.dl-row")).to_have_count(3)


def test_changing_a_filter_keeps_the_frame_and_what_it_shows(page: Page, server: str) -> None:
    open_map(page, server)
    page.frames[1].evaluate(
        "() => { window.stays = true; window.dateline.holdView(); window.map.setView([25, 60], 4, {animate: false}); }"
    )
    before = view_of(page)
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 3)
    page.get_by_role("button", name="Theme: Coups and governance").wait_for()
    page.wait_for_url(re.compile("theme=coups-and-governance"))
    assert page.frames[1].evaluate("() => window.stays") is True
    assert view_of(page) == before
    page.get_by_role("button", name="Theme: Coups and governance").click()
    wait_for_map(page, 6)
    assert page.frames[1].evaluate("() => window.stays") is True
    assert view_of(page) == before


def test_filter_closes_the_popup_of_an_event_that_it_hides_and_keeps_another(page: Page, server: str) -> None:
    frame = open_map(page, server)
    frame.locator(".dl-marker[aria-label^='Mastung']").click()
    frame.locator(".dl-popup").wait_for()
    page.get_by_role("checkbox", name="Terrorism and insurgency").click()
    wait_for_map(page, 2)
    expect(frame.locator(".dl-popup")).to_be_visible()
    page.get_by_role("checkbox", name="Terrorism and insurgency").click()
    page.get_by_role("checkbox", name="Coups and governance").click()
    wait_for_map(page, 3)
    frame.locator(".dl-popup").wait_for(state="detached")


def test_click_on_a_row_shows_its_pin_on_the_map(page: Page, server: str) -> None:
    frame = open_map(page, server)
    row(page, "Suva").click()
    frame.locator(".dl-popup").get_by_text("Suva, Fiji").wait_for()
    row(page, "Mali").first.click()
    frame.locator(".dl-popup").get_by_text("country as a whole").wait_for()


def test_second_click_on_the_same_pin_selects_it_again(page: Page, server: str) -> None:
    frame = open_map(page, server)
    pin = frame.locator(".dl-marker[aria-label^='Suva']")
    pin.click()
    page.locator("li.is-open", has_text="Suva").wait_for()
    row(page, "Tartus").click()
    page.locator("li.is-open", has_text="Tartus").wait_for()
    page.frames[1].evaluate(
        "() => { window.map.closePopup(); window.dateline.holdView(); window.map.setView([0, 170], 3, {animate: false}); }"
    )
    pin.click()
    page.locator("li.is-open", has_text="Suva").wait_for()


def test_list_and_pins_work_with_the_keyboard_alone(page: Page, server: str) -> None:
    frame = open_map(page, server)
    first = page.locator("button.dl-row").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("li.is-open .dl-card").wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator("li:first-child.is-open .dl-card").wait_for()
    pin = frame.locator(".dl-marker[aria-label^='Tartus']")
    pin.focus()
    page.keyboard.press("Enter")
    frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()


def test_link_reproduces_filter_and_selection(page: Page, server: str) -> None:
    open_map(page, server)
    event = row(page, "Tartus").get_attribute("data-event")
    frame = open_map(page, f"{server}/?theme=coups-and-governance&event={event}&theme=no-such-theme")
    frame.locator(".dl-popup").get_by_text("Tartus, Syria").wait_for()
    expect(page.locator("button.dl-row")).to_have_count(3)
    page.get_by_text("This link asks for something Dateline does not have: theme “no-such-theme”.").wait_for()


def test_nothing_matches_offers_to_clear_the_filter(page: Page, server: str) -> None:
    open_map(page, f"{server}/?text=zzzz")
    page.get_by_role("button", name="Clear all filters").click()
    counts(page).get_by_text("6 events").wait_for()


def test_unplaced_names_are_listed_with_article_and_reason(page: Page, server: str) -> None:
    open_map(page, server)
    page.get_by_role("button", name="1 unplaced").click()
    page.locator(".dl-unplaced").get_by_text("Atlantis").wait_for()
    expect(page.locator(".dl-unplaced")).to_contain_text("no place of this name is known")


def test_narrow_page_has_map_then_list_without_sideways_scrolling(
    browser: Browser, server: str, guarded, settle
) -> None:
    with guarded(browser, server, viewport={"width": 390, "height": 844}) as narrow:
        open_map(narrow, server)
        settle(narrow)
        map_box, list_box = (narrow.locator(place).bounding_box() for place in ("iframe", ".dl-scroller"))
        assert map_box["y"] + map_box["height"] <= list_box["y"]
        symbols = narrow.frame_locator("iframe").locator(".leaflet-marker-pane > *")
        symbols.nth(1).wait_for()  # a world in one cluster says nothing
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
        assert 0.5 * 844 <= map_box["height"] <= 0.65 * 844


def test_dark_scheme_makes_the_map_dark(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server, color_scheme="dark") as dark:
        frame = open_map(dark, server)
        frame.locator("html[data-theme='dark']").wait_for(state="attached")


def test_empty_collection_says_what_to_do(browser: Browser, tmp_path: Path, guarded, serving) -> None:
    with serving(tmp_path) as address, guarded(browser, address) as page:
        page.goto(address)
        page.get_by_text("dateline gazetteer build").wait_for()
        page.get_by_text("dateline ingest FILE").wait_for()
        drawn = page.locator(".dl-notice img")
        assert drawn.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 320


def test_texts_that_were_too_much_to_send_come_when_a_popup_opens(
    browser: Browser, tmp_path: Path, guarded, serving, fill, drones_pair, long_pair
) -> None:
    fill(tmp_path, [drones_pair(), long_pair()])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        frame = open_map(page, address)
        frame.locator(".dl-marker[aria-label^='Mastung']").click()
        popup = frame.locator(".dl-popup")
        popup.get_by_text("Fifty people died.").wait_for()
        expect(popup.locator("mark")).to_have_text("Mastung")
        row(page, "Suva").click()
        popup.get_by_text("Suva, Fiji").wait_for()
        popup.get_by_text("Long words").wait_for()


def test_tiles_are_asked_for_only_when_a_viewer_switches_them_on(
    browser: Browser, tmp_path: Path, serving, unguarded, fill, drones_pair
) -> None:
    fill(tmp_path, [drones_pair()])
    asked: list[str] = []
    tiles = {
        "DATELINE_TILES": "https://tiles.test/{z}/{x}/{y}.png",
        "DATELINE_TILES_ATTRIBUTION": "<i>People</i>",
    }
    with serving(tmp_path, **tiles) as address, unguarded(browser) as page:
        picture = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
        answer = {"body": picture, "content_type": "image/svg+xml"}
        page.route(
            "https://tiles.test/**", lambda route: (asked.append(route.request.url), route.fulfill(**answer))
        )
        frame = open_map(page, address)
        frame.locator(".dl-marker, .dl-cluster-icon").first.wait_for()
        assert asked == []
        frame.get_by_role("button", name="Base map", exact=True).click()
        with page.expect_request("https://tiles.test/**"):
            frame.get_by_text("Detailed map").click()
        frame.get_by_text("<i>People</i>").wait_for()


# ---- one story's places -------------------------------------------------------------------------


def test_selected_event_shows_all_places_of_its_story_and_its_card_names_them(
    page: Page, server: str
) -> None:
    frame = open_map(page, server)
    row(page, "Tartus").click()
    expect(page.locator("li.is-open .dl-story")).to_have_text(
        "The story on the map: happened in Mali, Sahel, Tartus; also names Russia."
    )
    expect(frame.locator(".dl-knot:not(.dl-aside)")).to_have_count(2)
    # Russia is context, which the filter hides; the story shows it all the same.
    expect(frame.locator(".dl-knot.dl-aside")).to_have_count(1)
    assert is_dimmed(frame.locator(".dl-marker[aria-label^='Mastung']")) is True
    assert is_dimmed(frame.locator(".dl-marker[aria-label^='Tartus']")) is False
    frame.get_by_role("button", name="Close popup").click()
    expect(frame.locator(".dl-knot")).to_have_count(0)
    assert is_dimmed(frame.locator(".dl-marker[aria-label^='Tartus']")) is False


def test_knot_of_a_story_selects_its_event(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?layer=heat")
    row(page, "Tartus").click()
    frame.get_by_role("dialog", name="Tartus, Syria").wait_for()
    page.frames[1].evaluate("() => window.map.setView([16, 2], 5, {animate: false})")
    frame.locator(".dl-knot:not(.dl-aside)").nth(1).click()
    frame.get_by_role("dialog", name="Sahel").wait_for()
    page.locator("li.is-open", has_text="Sahel").wait_for()


def test_knot_is_a_button_as_long_as_the_filter_shows_its_event(page: Page, server: str) -> None:
    frame = open_map(page, server)
    row(page, "Tartus").click()
    russia = re.compile("^Russia · ")
    frame.get_by_role("img", name=russia).wait_for(state="attached")
    page.locator("summary", has_text="Role of the place").click()
    page.get_by_role("checkbox", name="Mentioned").click()
    button = frame.get_by_role("button", name=russia).and_(frame.locator(".dl-knot"))
    button.press("Space")
    frame.get_by_role("dialog", name="Russia").wait_for()


def is_dimmed(symbol: Locator) -> bool:
    return symbol.evaluate("node => node.matches('.dl-telling *:not(.dl-member, .dl-selected)')")


def test_popup_points_at_its_pin_though_its_style_sheet_comes_late(page: Page, server: str) -> None:
    open_map(page, server)
    page.locator("button.dl-row", has_text="Mastung").first.click()
    page.wait_for_url(re.compile("event="))
    link, held = page.url.partition("&at=")[0], []
    styles = re.compile(r"(leaflet|dateline-map)[^/]*\.css")
    page.route(styles, lambda route: held.append(route))
    # A page that is still loading when its frame comes is not loaded before the frame is.
    page.goto(link, wait_until="commit")
    page.frame_locator("iframe").locator(".leaflet-popup").wait_for(state="attached")
    assert held
    # Whatever is asked for from here on is not held any more.
    page.route(styles, lambda route: route.continue_())
    for route in held:
        route.continue_()
    wait_for_map(page)
    page.frames[1].wait_for_function("""() => {
        const middle = (node) => { const box = node.getBoundingClientRect(); return box.x + box.width / 2; };
        const [tip, pin] = [".leaflet-popup-tip", ".dl-selected"].map((name) => document.querySelector(name));
        return pin && document.querySelector(".leaflet-popup").offsetWidth < 400 && Math.abs(middle(tip) - middle(pin)) < 2;
    }""")


# ---- the address is the view --------------------------------------------------------------------


def test_a_links_view_holds_though_it_names_an_event(page: Page, server: str) -> None:
    open_map(page, server)
    page.locator("button.dl-row", has_text="Mastung").first.click()
    page.wait_for_url(re.compile("event="))
    event = re.search("event=([0-9a-f]+)", page.url)[1]
    frame = open_map(page, f"{server}/?event={event}&at=30,60,5")
    frame.locator(".dl-popup").wait_for()
    page.locator("li.is-open", has_text="Mastung").wait_for()
    assert view_of(page) == pytest.approx([30, 60, 5], abs=0.05)


def test_link_with_a_position_opens_there_and_keeps_it(page: Page, server: str) -> None:
    open_map(page, f"{server}/?at=30.25,-170.5,5")
    assert view_of(page) == pytest.approx([30.25, -170.5, 5], abs=0.05)
    page.get_by_role("checkbox", name="Coups and governance").click()
    page.wait_for_url(re.compile("theme=coups-and-governance.*at=30"))
    assert view_of(page) == pytest.approx([30.25, -170.5, 5], abs=0.05)


@pytest.mark.parametrize(
    "at", ["95,0,3", "0,0", "<img src=x onerror=alert(1)>", "1e5,0,2", "NaN,NaN,2", "0,999,4", "٣,٤,5"]
)
def test_position_that_cannot_be_followed_is_ignored_with_a_note(page: Page, server: str, at: str) -> None:
    open_map(page, f"{server}/?at={quote(at)}")
    expect(page.locator(".dl-note")).to_contain_text(
        "This link asks for something Dateline does not have: map position “"
    )
    page.wait_for_url(f"{server}/")
    assert page.frames[1].evaluate(
        "() => [66.8, 35.9].every((spot) => window.map.getBounds().contains([30, spot]))"
    )


def test_position_is_written_without_a_step_for_back_and_without_a_run(page: Page, server: str) -> None:
    open_map(page, server)
    steps = page.evaluate("history.length")
    page.frame_locator("iframe").locator(".leaflet-container").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"\?at=-?[0-9.]+,-?[0-9.]+,[0-9]+$"))
    assert page.evaluate("history.length") == steps
    # The page knows all three moves; what the test has heard of the address may be the first one.
    at = [float(number) for number in page.evaluate("location.search").partition("at=")[2].split(",")]
    page.reload()
    wait_for_map(page)
    assert view_of(page) == pytest.approx(at, abs=0.4)  # a pixel


def test_way_back_from_an_article_leads_to_the_position_that_was_left(page: Page, server: str) -> None:
    open_map(page, f"{server}/?at=25,60,4")
    page.get_by_role("link", name="Articles", exact=True).click()
    page.locator(".dl-articles").wait_for()
    page.get_by_role("link", name="Map", exact=True).click()
    wait_for_map(page)
    assert view_of(page) == pytest.approx([25, 60, 4], abs=0.1)


# ---- the list within the view -------------------------------------------------------------------


def test_list_and_counts_follow_the_view_only_when_asked_to(page: Page, server: str) -> None:
    frame = open_map(page, server)
    page.frames[1].evaluate(
        "() => { window.dateline.holdView(); window.map.setView([29.8, 66.8], 6, {animate: false}); }"
    )
    expect(page.locator("button.dl-row")).to_have_count(6)
    only = page.get_by_label("Only what the map shows")
    only.click()
    expect(only).to_be_checked()
    expect(page.locator("button.dl-row")).to_have_count(1)
    page.get_by_text("1 of 6").wait_for()
    page.locator(".dl-counts").get_by_text("1 event", exact=True).wait_for()
    page.frames[1].evaluate(
        "() => { window.dateline.holdView(); window.map.setView([-18, 181], 6, {animate: false}); }"
    )
    page.locator("button.dl-row", has_text="Suva").wait_for()
    expect(page.locator("button.dl-row")).to_have_count(1)
    page.frames[1].evaluate(
        "() => { window.dateline.holdView(); window.map.setView([-50, -120], 6, {animate: false}); }"
    )
    page.get_by_text("No events in this part of the map").wait_for()
    only.click()
    expect(only).not_to_be_checked()
    expect(page.locator("button.dl-row")).to_have_count(6)
    page.locator(".dl-counts").get_by_text("6 events", exact=True).wait_for()
    assert frame.locator("html").get_attribute("data-events") == "6"


# ---- layers -------------------------------------------------------------------------------------


def test_layers_are_chosen_by_a_control_and_by_the_link(page: Page, server: str) -> None:
    frame = open_map(page, server)
    frame.locator(".leaflet-marker-icon").first.wait_for()
    frame.get_by_role("radio", name="Heat").check()
    frame.locator("canvas.dl-heat").wait_for()
    expect(frame.locator(".leaflet-marker-icon")).to_have_count(0)
    page.wait_for_url(re.compile("layer=heat"))
    inked = "node => node.getContext('2d').getImageData(0, 0, node.width, node.height).data.some((value) => value)"
    page.frames[1].wait_for_function(f"() => ({inked})(document.querySelector('canvas.dl-heat'))")
    open_map(page, f"{server}/?layer=countries&role=any")
    expect(frame.locator(".dl-share")).to_have_count(6)
    key = frame.locator(".dl-key")
    key.get_by_text("Most: Pakistan 2").wait_for()
    key.get_by_text("1 event without a country").wait_for()
    frame.get_by_role("radio", name="Pins").check()
    frame.locator(".leaflet-marker-icon").first.wait_for()
    expect(frame.locator(".dl-share")).to_have_count(0)
    page.wait_for_url(f"{server}/?role=any")


def test_unknown_layer_is_ignored_with_a_note(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?layer=nonsense")
    page.get_by_text("Dateline does not have: layer “nonsense”.").wait_for()
    expect(frame.get_by_role("radio", name="Pins")).to_be_checked()


def test_symbols_stand_on_every_copy_of_the_world_in_view(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server, viewport={"width": 3000, "height": 700}) as page:
        frame = open_map(page, server)
        page.frames[1].evaluate(
            "() => { window.dateline.holdView(); window.map.setView([0, 0], 2, {animate: false}); }"
        )
        suva = frame.locator(".dl-marker[aria-label^='Suva']")
        expect(suva).to_have_count(2)
        assert page.frames[1].evaluate("() => window.map.getSize().x") > 1024
        suva.first.click()
        frame.locator(".dl-popup").get_by_text("Suva, Fiji").wait_for()


# ---- drawing an area ----------------------------------------------------------------------------

OFFER = """() => {
    window.dateline.holdView();
    window.map.setView([0, 0], 3, { animate: false });
}"""
AREA = "() => window.__GLOBAL_DATA__.last_active_drawing.properties.area"
"""What the page was told last."""
CORNER = "([x, y]) => { const { lat, lng } = window.map.containerPointToLatLng([x, y]); return [lng, lat]; }"


def test_areas_are_drawn_with_the_pointer_and_with_keys(page: Page, server: str, settle) -> None:
    frame = open_map(page, server)
    settle(page)
    page.frames[1].evaluate(OFFER)
    box = page.locator("iframe").bounding_box()
    spots = [(120, 200), (320, 200), (320, 380)]
    corners = [page.frames[1].evaluate(CORNER, list(spot)) for spot in spots]
    (west, north), (east, _), (_, south) = corners
    rectangle = frame.get_by_role("button", name="Limit to a rectangle")
    rectangle.click()
    frame.get_by_text("Drag a rectangle.").wait_for()
    page.mouse.move(box["x"] + 120, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    page.mouse.move(box["x"] + 320, box["y"] + 380)
    page.mouse.up()
    drawn = page.frames[1].evaluate(AREA)
    expected = [[west, south], [east, south], [east, north], [west, north]]
    assert [pytest.approx(corner, abs=0.5) for corner in expected] == drawn
    expect(rectangle).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Area: drawn on the map").wait_for()
    settle(page)
    assert page.locator("iframe").bounding_box() == box
    frame.get_by_role("button", name="Limit to an area of any shape").click()
    for x, y in spots:
        page.mouse.click(box["x"] + x, box["y"] + y)
    page.keyboard.press("Enter")
    assert [pytest.approx(corner, abs=0.5) for corner in corners] == page.frames[1].evaluate(AREA)
    rectangle.press("Enter")
    page.keyboard.press("Enter")
    west, south, east, north = page.frames[1].evaluate(
        "() => { const b = window.map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; }"
    )
    assert page.frames[1].evaluate(AREA)[0] == pytest.approx([west, south], abs=0.01)
    assert page.frames[1].evaluate(AREA)[2] == pytest.approx([east, north], abs=0.01)
    frame.get_by_role("button", name="Remove the area").click()
    assert page.frames[1].evaluate(AREA) == []
    rectangle.press("Enter")
    page.keyboard.press("Escape")
    expect(frame.locator(".dl-tool-words")).to_have_text("")


def test_table_is_fetched_once_and_the_frame_asks_for_nothing_when_a_filter_changes(
    page: Page, server: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, server)
    for name in ("Coups and governance", "Terrorism and insurgency"):
        page.get_by_role("checkbox", name=name).click()
    wait_for_map(page, 5)
    assert len([url for url in asked if url.endswith(".gz")]) == 1
