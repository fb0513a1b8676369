"""The base map in a real browser: names, limits, outlines and controls; and what every page shares."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import Article, Image, Note, Source, ThemeMatch
from dashboard.palette import COLOURS, NEUTRAL, contrast
from geodata.model import Kind, Place, Role
from tests.browser.pages import WRITTEN, open_map
from tests.stories import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.stories import Pair

pytestmark = pytest.mark.browser

PAINTS = "scheme => window.dateline.COLOURS[scheme]"
"""The colours of land, sea, borders and names."""

OUTLINE = """colour => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    window.dateline.tint(path, colour);
    document.querySelector(".leaflet-dateline-extents-pane").append(path);
    const drawn = getComputedStyle(path).stroke.match(/\\d+/g).map(Number);
    path.remove();
    return "#" + drawn.map((value) => value.toString(16).padStart(2, "0")).join("");
}"""

OVERLAPS = (
    f"zoom => {{ const boxes = ({WRITTEN})(zoom);"
    + """
    return boxes.filter((a, index) => boxes.slice(index + 1).some((b) =>
        Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight)).length;
}"""
)

WORDS = f"zoom => ({WRITTEN})(zoom).map((box) => box.lines.join(' '))"

UNBROKEN = "Unbroken" * 30


def make_pair(title: str, places: list[tuple[Place, Role]], **fields: object) -> Pair:
    body = " ".join(f"Something happened in {place.name}." for place, _ in places)
    article = Article(title=title, body=body, published=date(2023, 9, 1), **fields)
    return article, [resolve(article, place.name, place, role=role) for place, role in places]


def make_place(
    number: int, name: str, kind: Kind, latitude: float, longitude: float, radius: float = 5
) -> Place:
    return Place(f"geonames:{number}", name, kind, latitude, longitude, radius_km=radius)


@pytest.fixture(scope="module")
def poles(tmp_path_factory: pytest.TempPathFactory, fill, serving) -> Iterator[str]:
    home = tmp_path_factory.mktemp("poles")
    north = make_place(1, "Northmost", Kind.CITY, 90, 20)
    south = make_place(2, "Southmost", Kind.CITY, -89, 20)
    asia = make_place(3, "Asia", Kind.REGION, 40, 90, 5000)
    shire = make_place(4, "Shire", Kind.ADMIN1, -20, 130, 400)
    full = make_pair(
        UNBROKEN,
        [(shire, Role.CONTEXT), (asia, Role.EVENT)],
        summary="What happened, in short.",
        notes=(Note("i", "See https://example.org/note. And javascript:window.broken=1"),),
        image=Image("A street", "taken from https://example.org/picture", ""),
        sources=(Source("Outlet", title="T", url="https://example.org/one", excerpt="Words of the source."),),
        themes=(ThemeMatch("cyber", ("word",)),),
    )
    fill(
        home,
        [make_pair("At the ends", [(north, Role.EVENT), (south, Role.EVENT)], summary="Words. " * 60), full],
    )
    with serving(home) as address:
        yield address


@pytest.fixture
def poles_page(browser: Browser, poles: str, guarded) -> Iterator[Page]:
    with guarded(browser, poles) as opened:
        yield opened


# ---- names --------------------------------------------------------------------------------------


def test_countries_are_named_the_largest_first_and_more_of_them_nearer(page: Page, server: str) -> None:
    open_map(page, server)
    words = {zoom: page.frames[1].evaluate(WORDS, zoom) for zoom in (2, 4, 9)}
    assert "RUSSIA" in words[2]
    assert "LUXEMBOURG" not in words[4]
    assert {"LUXEMBOURG", "FIJI", "SOUTH SUDAN", "MALI"} <= set(words[9])
    assert len(words[2]) < len(words[4]) < len(words[9])
    assert "SOMALILAND" not in words[9], "is shown as a part of Somalia"


def test_names_never_overlap(page: Page, server: str) -> None:
    open_map(page, server)
    assert [page.frames[1].evaluate(OVERLAPS, zoom) for zoom in range(1, 10)] == [0] * 9


def test_names_take_no_clicks_and_are_hidden_from_screen_readers(page: Page, server: str) -> None:
    frame = open_map(page, server)
    pane = frame.locator(".leaflet-dateline-names-pane")
    assert pane.evaluate("node => getComputedStyle(node).pointerEvents") == "none"
    expect(pane.locator("canvas:not([aria-hidden])")).to_have_count(0)


def test_names_read_on_land(page: Page, server: str) -> None:
    open_map(page, server)
    for scheme in ("light", "dark"):
        paints = page.frames[1].evaluate(PAINTS, scheme)
        assert contrast(paints["name"], paints["land"]) >= 4.5, scheme


# ---- outlines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_outlines_of_every_theme_are_seen_on_land_and_sea(
    browser: Browser, server: str, guarded, scheme: str
) -> None:
    with guarded(browser, server, color_scheme=scheme) as page:
        frame = open_map(page, server)
        frame.locator(f"html[data-theme='{scheme}']").wait_for(state="attached")
        paints = page.frames[1].evaluate(PAINTS, scheme)
        for colour in [*COLOURS.values(), NEUTRAL]:
            drawn = page.frames[1].evaluate(OUTLINE, colour)
            assert min(contrast(drawn, paints[ground]) for ground in ("land", "sea")) >= 3, (colour, drawn)


def test_country_outline_has_the_shade_for_lines(page: Page, server: str) -> None:
    frame = open_map(page, server)
    path = frame.locator(".leaflet-dateline-countries-pane path").first
    path.wait_for(state="attached")
    assert path.evaluate("node => node.style.getPropertyValue('--dl-on-light')").startswith("rgb")


def test_large_region_has_a_circle_only_while_it_is_open(poles_page: Page, poles: str) -> None:
    frame = open_map(poles_page, poles)
    wide = frame.locator(".dl-extent.dl-wide")
    wide.wait_for(state="attached")
    expect(wide).to_be_hidden()
    poles_page.locator("button.dl-row", has_text="Asia").click()
    frame.locator(".dl-wide.dl-chosen").wait_for()
    frame.get_by_role("dialog", name="Asia").get_by_role("button", name="Close popup").click()
    frame.locator(".dl-wide.dl-chosen").wait_for(state="detached")


# ---- limits and controls ------------------------------------------------------------------------


def test_map_comes_no_nearer_than_its_coast_is_true(page: Page, server: str) -> None:
    frame = open_map(page, server)
    page.frames[1].evaluate(
        "() => { window.dateline.holdView(); window.map.setView([25.12, 62.3], 14, {animate: false}); }"
    )
    assert page.frames[1].evaluate("() => window.map.getZoom()") == 9
    expect(frame.locator(".leaflet-control-scale-line").first).to_have_text("30 km")


GLIDE = """() => {
    const { map, dateline } = window;
    dateline.holdView();
    map.setView([0, 0], 4, { animate: false });
    let arrived = false;
    map.once("moveend", () => { arrived = true; });
    map.panBy([90, 0]);
    const panned = arrived;
    map.setZoom(5);
    return [panned, map.getZoom()];
}"""


@pytest.mark.parametrize(("motion", "arrived"), [("reduce", [True, 5]), ("no-preference", [False, 4])])
def test_map_glides_only_for_viewers_who_do_not_mind(
    browser: Browser, server: str, guarded, motion: str, arrived: list[object]
) -> None:
    with guarded(browser, server, reduced_motion=motion) as page:
        open_map(page, server)
        assert page.frames[1].evaluate(GLIDE) == arrived


@pytest.mark.parametrize("name", ["Northmost", "Southmost"])
def test_popup_near_a_pole_is_in_view(poles_page: Page, poles: str, name: str) -> None:
    frame = open_map(poles_page, poles)
    poles_page.locator("button.dl-row", has_text=name).click()
    popup = frame.locator(".dl-popup")
    popup.get_by_text("Words.").first.wait_for()
    box, whole = popup.bounding_box(), poles_page.locator("iframe").bounding_box()
    assert box["y"] >= whole["y"]
    assert box["y"] + box["height"] <= whole["y"] + whole["height"] + 1
    poles_page.locator("button.dl-row", has_text="Asia").click()
    frame.locator(".dl-popup").get_by_text("Asia").first.wait_for()
    frame.get_by_role("dialog", name="Asia").get_by_role("button", name="Close popup").click()
    poles_page.frames[1].wait_for_function("() => window.map.options.maxBounds")


def test_all_events_are_shown_again_by_a_button_and_the_keyboard(page: Page, server: str) -> None:
    open_map(page, server)
    button = page.frame_locator("iframe").get_by_role("button", name="Show all events")
    for press in (button.click, lambda: button.press("Enter")):
        page.frames[1].evaluate(
            "() => { window.dateline.holdView(); window.map.setView([-60, -120], 6, {animate: false}); }"
        )
        press()
        page.frames[1].wait_for_function(
            "() => [[29.8, 66.8], [34.9, 35.9], [-18.1, 178.4]].every((spot) => window.map.getBounds().contains(spot))"
        )
    assert button.get_attribute("title") == "Show all events"


# Browsers number frames and timers apart; a late frame's number must not name a timer of somebody else.
LATE_FRAMES = """{
    const inTime = window.requestAnimationFrame.bind(window);
    const cancel = window.cancelAnimationFrame.bind(window);
    const LATE = 1e9;
    window.requestAnimationFrame = (call) => window.isLate ? LATE + setTimeout(() => inTime(call), 320) : inTime(call);
    window.cancelAnimationFrame = (number) => number > LATE ? clearTimeout(number - LATE) : cancel(number);
}"""
ZOOMS_OF_NAMES = """[...window.map.getPane("dateline-names").querySelectorAll(".leaflet-tile-container")]
    .filter((level) => level.childElementCount).length"""


def test_names_of_another_zoom_go_however_late_frames_come(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server, reduced_motion="no-preference") as page:
        page.add_init_script(LATE_FRAMES)
        open_map(page, server)
        frame = page.frames[1]
        frame.wait_for_function(f"{ZOOMS_OF_NAMES} === 1")
        frame.evaluate("""() => {
            window.isLate = true;
            dateline.names.once("load", () => setTimeout(() => { window.isLoaded = true; }, 1000));
            window.map.setZoom(window.map.getZoom() + 3, { animate: true });
        }""")
        frame.wait_for_function("window.isLoaded", polling=50)
        frame.wait_for_function(f"{ZOOMS_OF_NAMES} === 1", polling=50)


def test_all_events_are_shown_without_the_card_that_was_open(page: Page, server: str) -> None:
    frame = open_map(page, server)
    page.locator("button.dl-row", has_text="Mastung").first.click()
    frame.locator(".dl-popup").wait_for()
    page.wait_for_url(re.compile("event="))
    button = frame.get_by_role("button", name="Show all events")
    button.press("Enter")
    expect(frame.locator(".dl-popup")).to_have_count(0)
    page.wait_for_url(lambda url: "event=" not in url)
    expect(button).to_be_focused()


# ---- what the pages share -----------------------------------------------------------------------


@pytest.mark.parametrize("width", [1400, 390])
def test_links_to_the_pages_are_in_view_and_work_with_the_keyboard(
    browser: Browser, server: str, guarded, settle, width: int
) -> None:
    with guarded(browser, server, viewport={"width": width, "height": 844}) as page:
        open_map(page, server)
        settle(page)
        for name in ("Map", "Articles", "About"):
            box = page.get_by_role("link", name=name, exact=True).bounding_box()
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 60
            assert box["x"] + box["width"] <= width
        page.get_by_role("link", name="Articles", exact=True).press("Enter")
        page.locator(".dl-articles").wait_for()
        page.get_by_role("link", name="Map", exact=True).click()
        page.locator("button.dl-row").first.wait_for()


def test_unknown_page_is_said_in_our_words(page: Page, server: str) -> None:
    page.goto(f"{server}/no-such-page")
    page.get_by_role("heading", name="There is no such page").wait_for()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Articles", exact=True).click()
    page.locator(".dl-articles").wait_for()


def test_unbroken_title_breaks_in_the_open_row(poles_page: Page, poles: str) -> None:
    open_map(poles_page, poles)
    row = poles_page.locator("button.dl-row", has_text=UNBROKEN).first
    row.click()
    poles_page.locator("li.is-open .dl-card").wait_for()
    title = poles_page.locator("li.is-open .dl-row-title")
    assert title.evaluate("node => node.scrollWidth <= node.clientWidth + 1")


def test_article_parts_are_told_apart_and_its_places_are_listed_by_role(poles_page: Page, poles: str) -> None:
    poles_page.goto(f"{poles}/articles")
    poles_page.locator(".dl-title", has_text=UNBROKEN).click()
    poles_page.get_by_role("heading", name="Summary").wait_for()
    poles_page.get_by_role("heading", name="Text").wait_for()
    places = poles_page.get_by_role("complementary", name="Places").inner_text()
    assert (
        places.index("Happened here")
        < places.index("Asia")
        < places.index("Mentioned")
        < places.index("Shire")
    )
    assert "region, within 5000 km" in places
    note = poles_page.locator("#note-i a")
    expect(note).to_have_count(1)
    assert note.get_attribute("href") == "https://example.org/note"
    assert "noopener" in note.get_attribute("rel")
    poles_page.locator(".dl-image").wait_for()
    assert poles_page.locator(".dl-image a").get_attribute("href") == "https://example.org/picture"
    assert poles_page.locator(".dl-quoted figcaption").inner_text() == "Excerpt"
    beside, text = (poles_page.locator(part).bounding_box() for part in (".dl-places", ".dl-text"))
    assert beside["x"] >= text["x"] + text["width"]
