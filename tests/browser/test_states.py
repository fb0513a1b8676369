"""What a page looks like when it is narrow, long, empty or broken, and where a viewer is led."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import open_map, wait_for_map
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG = f"{'A title that goes on about ministries and convoys, ' * 8}{'Kapitän' * 12}"


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, serving, fill, drones_pair, belt_pair, crowd_pairs
) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("states")
    fill(home, [drones_pair(), belt_pair(), *crowd_pairs(), story(LONG, None, summary="More words. " * 1000)])
    (home / "views.json").write_text(
        '[{"id": "1", "name": "Rights", "query": "theme=human-rights"}]', encoding="utf-8"
    )
    with serving(home) as started:
        yield started


@pytest.fixture
def phone(browser: Browser, address: str, guarded) -> Iterator[Page]:
    with guarded(browser, address, **PHONE) as opened:
        yield opened


MAIN = "[data-testid='stMain']"
CENTRE = "() => { const { lat, lng } = dateline.map.getCenter(); return [lat, lng]; }"


def scrolled(page: Page) -> float:
    return page.locator(MAIN).evaluate("node => node.scrollTop")


# ---- where a viewer is led ----------------------------------------------------------------------


def test_saved_view_without_a_position_shows_its_events(page: Page, address: str) -> None:
    open_map(page, address)
    frame = page.frames[1]
    page.locator("summary", has_text="Saved views").click()
    for events in (2, 2):  # from another filter, and from its own
        frame.evaluate("dateline.map.setView([-40, -100], 5, { animate: false })")
        page.get_by_role("link", name="Rights").click()
        wait_for_map(page, events)
        frame.wait_for_function("Math.abs(dateline.map.getCenter().lng - 75) < 10")
    assert 25 < frame.evaluate(CENTRE)[0] < 35
    page.get_by_role("button", name="Theme: Human rights").click()
    wait_for_map(page, 30)
    assert 25 < frame.evaluate(CENTRE)[0] < 35, "another filter moves nothing"


@pytest.mark.parametrize("way", ["Back", "All articles"])
def test_way_back_from_an_article_leads_to_ones_place_in_the_list(
    page: Page, address: str, settle, way: str
) -> None:
    page.goto(f"{address}/articles")
    title = page.locator(".dl-articles .dl-title", has_text="ministries")
    title.wait_for()
    settle(page)
    # Until the page follows its links itself, the browser does, and loads the article as another page.
    page.wait_for_function("() => Boolean(globalThis.datelineLinks)")
    title.scroll_into_view_if_needed()
    left = scrolled(page)
    assert left > 300
    # A click by hand would scroll once more where the page has moved meanwhile.
    title.dispatch_event("click", {"button": 0})
    page.locator(".dl-article-head h1").wait_for()
    assert page.locator(MAIN).evaluate("node => node.scrollHeight > 2 * node.clientHeight"), "it goes on"
    assert scrolled(page) == 0, "the article begins at its beginning"
    if way == "Back":
        page.go_back()
    else:
        page.get_by_role("button", name=way).click()
    page.locator(".dl-articles").wait_for()
    page.wait_for_function(
        "([main, left]) => Math.abs(document.querySelector(main).scrollTop - left) < 3", arg=[MAIN, left]
    )


def test_row_on_a_phone_brings_the_map_into_view(phone: Page, address: str) -> None:
    frame = open_map(phone, address)
    phone.locator(".dl-legend").scroll_into_view_if_needed()
    assert phone.locator("iframe").bounding_box()["y"] < 0
    phone.locator("[data-event]", has_text="Tartus").click()
    frame.locator(".dl-popup").wait_for()
    phone.wait_for_function("document.querySelector('iframe').getBoundingClientRect().top >= 48")


# ---- narrow -------------------------------------------------------------------------------------


def test_filters_on_a_phone_take_its_width_and_show_how_a_theme_is_excluded(
    phone: Page, address: str
) -> None:
    open_map(phone, address)
    phone.get_by_test_id("stExpandSidebarButton").click()
    phone.wait_for_function(
        "document.querySelector('[data-testid=\"stSidebar\"]').offsetWidth === innerWidth"
    )
    exclude = phone.get_by_role("button", name="Not Human rights")
    assert exclude.evaluate("node => [getComputedStyle(node).opacity, getComputedStyle(node).borderTopStyle]") == [
        "1", "solid",
    ]  # fmt: skip
    exclude.tap()
    wait_for_map(phone, 28)
    phone.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
    phone.wait_for_function(
        "document.querySelector('[data-testid=\"stSidebar\"]').getBoundingClientRect().right <= 0"
    )


def test_counts_on_a_phone_leave_map_and_link_their_place(phone: Page, address: str, settle) -> None:
    open_map(phone, address)
    phone.locator(".dl-copy").wait_for()
    settle(phone)
    counted = phone.locator(".dl-counts span")
    places = []
    for texts in (["1 event", "1 article", "1 country"], ["1,234,567 events", "10 articles", "12 countries"]):
        counted.evaluate_all(
            "(nodes, texts) => nodes.forEach((node, at) => { node.textContent = texts[at]; })", texts
        )
        places.append([phone.locator(part).bounding_box() for part in (".dl-copy", ".st-key-map-frame")])
    assert places[0] == places[1]
    counts, button = (phone.locator(part).bounding_box() for part in (".dl-counts", ".dl-copy"))
    assert counts["x"] + counts["width"] <= button["x"]


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("path", ["", "/articles"])
def test_every_page_is_in_the_header_of_the_smallest_phones(
    phone: Page, address: str, settle, width: int, path: str
) -> None:
    phone.set_viewport_size({"width": width, "height": 700})
    phone.goto(f"{address}{path}")
    links = phone.get_by_test_id("stPageLink-NavLink")
    expect(links).to_have_count(4)
    settle(phone)
    for at in range(4):
        expect(links.nth(at)).to_be_in_viewport(ratio=1)


def test_titles_that_go_on_are_cut_and_break(phone: Page, address: str) -> None:
    phone.goto(f"{address}/articles?text=ministries")
    title = phone.locator(".dl-articles .dl-title")
    title.wait_for()
    box = title.bounding_box()
    assert box["x"] + box["width"] <= 390
    assert box["height"] < 80
    assert title.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_no_line_of_facts_begins_or_ends_with_a_dot(phone: Page, address: str, settle) -> None:
    frame = open_map(phone, address)
    phone.locator("[data-event]", has_text="Mastung").click()
    facts = frame.locator(".dl-popup .dl-facts")
    facts.wait_for()
    # Before the texts have come the popup is smaller.
    frame.locator(".dl-popup .dl-why").wait_for()
    settle(phone)
    found = facts.evaluate(
        """node => {
            const tops = [...node.children].map((part) => part.getBoundingClientRect().top);
            const isSeen = (dot) => {
                const { left, top, width, height } = dot.getBoundingClientRect();
                return document.elementFromPoint(left + width / 2, top + height / 2) === dot;
            };
            const dots = [...node.querySelectorAll(".dl-dot")];
            return { lines: new Set(tops.map(Math.round)).size, dots: dots.length, seen: dots.filter(isSeen).length };
        }"""
    )
    # Between place, precision and date are two; the one where the line breaks is not seen.
    assert found == {"lines": 2, "dots": 2, "seen": 1}


def test_what_a_name_in_a_text_says_stays_on_a_phones_screen(phone: Page, address: str, settle) -> None:
    phone.goto(f"{address}/articles")
    phone.locator(".dl-title", has_text="Suicide attack").click()
    phone.locator(".dl-article-head h1").wait_for()
    names = phone.locator(".dl-mention")
    # The text comes after the head.
    names.nth(2).wait_for()
    settle(phone)
    for name in names.all():
        name.focus()
        assert phone.get_by_test_id("stMain").evaluate("node => node.scrollWidth") <= 390


# ---- nothing, unknown, broken -------------------------------------------------------------------


def test_articles_say_that_the_maps_filters_do_not_apply(page: Page, address: str) -> None:
    open_map(page, f"{address}/?theme=human-rights", 2)
    page.get_by_role("link", name="Articles").click()
    page.get_by_text("the map's filters do not apply here").wait_for()
    page.goto(f"{address}/articles?text=nothing-has-this-word")
    page.get_by_text("No article has all these words.").wait_for()
    expect(page.get_by_text("the map's filters do not apply here")).to_have_count(0)
    page.get_by_role("button", name="Clear the search").click()
    page.get_by_text("28 articles").wait_for()
    page.wait_for_url(f"{address}/articles")


def test_unknown_parameter_of_a_link_is_said_and_dropped(page: Page, address: str) -> None:
    open_map(page, f"{address}/?foo=bar&theme=human-rights", 2)
    expect(page.locator(".dl-note")).to_have_text(
        "This link asks for something Dateline does not have: parameter “foo”."
    )
    page.wait_for_url(f"{address}/?theme=human-rights")


def test_address_that_is_not_of_the_web_has_no_arrow(page: Page, address: str) -> None:
    page.goto(f"{address}/articles")
    page.locator(".dl-title", has_text="Suicide attack").click()
    sources = page.locator(".dl-source-list li")
    expect(sources.filter(has_text="Afghanistan International").locator(".dl-out")).to_have_count(1)
    expect(sources.filter(has_text="Mashal Radio").locator(".dl-out")).to_have_count(0)
    expect(sources.first).to_contain_text("Afghanistan International (London-based) · Pashto")


def test_timeline_of_nothing_has_no_number(page: Page, address: str) -> None:
    open_map(page, address)
    readout, number = page.locator(".dl-tl-readout"), page.locator(".dl-tl-most")
    expect(readout).to_have_text("Events per day of publication, by theme")
    expect(number).to_have_count(1)
    page.goto(f"{address}/?text=nothing-has-this-word")
    # Only once it is drawn can a number be missing.
    expect(page.locator(".dl-tl-plot svg")).to_have_attribute("aria-label", re.compile("; none$"))
    expect(number).to_have_count(0)


def test_broken_list_of_themes_is_said_without_its_folder(
    browser: Browser, tmp_path: Path, serving, fill, guarded, drones_pair
) -> None:
    fill(tmp_path, [drones_pair()])
    (tmp_path / "themes.toml").write_text("this is [not toml\n", encoding="utf-8")
    with serving(tmp_path) as started, guarded(browser, started) as page:
        open_map(page, started, 2)
        note = page.get_by_text("Your list of themes is not used: themes.toml, line 1:")
        note.wait_for()
        assert str(tmp_path) not in note.inner_text()


def test_address_of_a_database_that_is_none_is_said(
    browser: Browser, tmp_path: Path, serving, guarded
) -> None:
    with serving(tmp_path, DATELINE_DATABASE="nonsense") as started, guarded(browser, started) as page:
        page.goto(started)
        page.get_by_role("heading", name="The collection cannot be opened").wait_for()
        page.get_by_text("The address of the database is not one").wait_for()


@pytest.mark.parametrize(
    ("what", "lacking", "there"),
    [("events", r"\.gz$", "html[data-events='2']"), ("countries", "countries-50m", "html[data-land]")],
)
def test_map_says_what_did_not_come_and_asks_again(
    browser: Browser,
    tmp_path: Path,
    serving,
    fill,
    unguarded,
    drones_pair,
    what: str,
    lacking: str,
    there: str,
) -> None:
    fill(tmp_path, [drones_pair()])
    with serving(tmp_path) as started, unguarded(browser) as page:
        # Nobody waits for the moments between two attempts.
        page.add_init_script(
            "const wait = setTimeout; window.setTimeout = (act, time, ...rest) => wait(act, time / 10, ...rest);"
        )
        page.route(re.compile(lacking), lambda route: route.abort())
        page.goto(started)
        frame = page.frame_locator("iframe")
        note = frame.get_by_role("alert")
        expect(note).to_have_text(f"The {what} did not load.Try again")
        page.unroute_all()
        note.get_by_role("button", name="Try again").press("Enter")
        frame.locator(there).wait_for(state="attached")
        expect(note).to_have_count(0)
        frame.locator(".leaflet-marker-icon").first.wait_for()


# ---- while it loads -----------------------------------------------------------------------------


def test_map_stands_in_its_place_before_it_has_loaded(page: Page, address: str, settle) -> None:
    page.route("**/app/static/dateline-map-loader.js*", lambda route: route.abort())
    page.route(
        "**/component/**/index.html*",
        lambda route: route.fulfill(body="<p>slow</p>", content_type="text/html"),
    )
    page.goto(address)
    page.get_by_test_id("stSkeleton").first.wait_for()
    page.locator(".st-key-map-frame iframe").wait_for(state="attached")
    page.locator(".dl-list").wait_for()
    settle(page)
    frame, place, waiting = (
        page.locator(part).bounding_box()
        for part in (
            ".st-key-map-frame iframe",
            ".st-key-map-frame",
            ".st-key-map-frame :is([data-testid='stSkeleton'], [data-testid='stAlert'])",
        )
    )
    assert abs(frame["y"] - place["y"]) < 2
    assert abs(waiting["y"] - frame["y"]) < 2
    assert abs(waiting["height"] - frame["height"]) < 4
