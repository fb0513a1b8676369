"""What a symbol says: how exactly a place is known, what lies at one spot, and which themes a cluster mixes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map, wait_for_map
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FrameLocator, Locator, Page

    from tests.stories import Pair

pytestmark = pytest.mark.browser

PRECISIONS = [
    # place, shape, precision in words
    (Place("test:1", "Depot", Kind.SITE, 10, -60, radius_km=1), "pin", "site, within 1 km"),
    (Place("test:2", "Town", Kind.CITY, 10, -30, radius_km=5), "pin", "city, within 5 km"),
    (Place("test:3", "Shire", Kind.ADMIN2, 10, 0, radius_km=60), "ring", "district, within 100 km"),
    (Place("test:4", "Province", Kind.ADMIN1, 10, 30, radius_km=400), "ring", "province, within 500 km"),
    (Place("test:5", "Strait", Kind.WATER, 10, 60, radius_km=200), "ring", "waters, within 200 km"),
    (Place("test:6", "Australia", Kind.COUNTRY, -25, 134, "AU", radius_km=2000), "badge", "country as a whole"),
]  # fmt: skip

FEW = Place("test:7", "Harbour", Kind.CITY, -30, -60, radius_km=5)
MANY = Place("test:8", "Capital", Kind.CITY, -30, 20, radius_km=5)
NEAR_FEW = Place("test:9", "Quay", Kind.CITY, -30, -61, radius_km=5)
CYBER, MARITIME, RIGHTS = "cyber", "maritime", "human-rights"

WORLD = (0, 10, 2)
"""Latitude, longitude and zoom of a view in which every place of `PRECISIONS` lies."""


def report(title: str, place: Place, theme: str) -> Pair:
    return story(title, place, published=date(2023, 9, 1), themes=(ThemeMatch(theme, ("something",)),))


def stories() -> list[Pair]:
    few = [report(f"Ship {number}", FEW, MARITIME if number < 3 else CYBER) for number in range(4)]
    many = [report(f"Report {number}", MANY, CYBER if number % 4 else MARITIME) for number in range(1000)]
    return [*(report(f"In {place.name}", place, CYBER) for place, _, _ in PRECISIONS), *few, *many,
            report("On the quay", NEAR_FEW, RIGHTS)]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving, fill) -> Iterator[str]:
    home = tmp_path_factory.mktemp("symbols")
    fill(home, stories())
    with serving(home) as opened:
        yield opened


def open_at(page: Page, address: str, spot: tuple[float, float, int] = WORLD) -> FrameLocator:
    latitude, longitude, zoom = spot
    return open_map(page, f"{address}/?at={latitude},{longitude},{zoom}", 1011)


def cluster(frame: FrameLocator, words: str) -> Locator:
    return frame.locator(f".dl-cluster-icon[aria-label^='{words}']")


# ---- precision ----------------------------------------------------------------------------------


def test_shape_and_words_say_how_exactly_a_place_is_known(page: Page, address: str) -> None:
    frame = open_at(page, address)
    for place, shape, words in PRECISIONS:
        symbol = frame.locator(f".dl-marker[aria-label^='{place.name} ({words}):']")
        expect(symbol).to_have_class(re.compile(rf"\bdl-{shape}\b"))
        page.frames[1].evaluate("spot => window.map.setView(spot, 4, {animate: false})", [place.latitude, place.longitude])  # fmt: skip
        symbol.click()
        popup = frame.get_by_role("dialog", name=f"{place.name}: In {place.name}")
        expect(popup.locator(".dl-facts")).to_have_text(f"{place.name} · {words} · published 1 Sep 2023")
        page.frames[1].evaluate("() => window.map.setView([0, 10], 2, {animate: false})")


def test_area_has_a_circle_of_its_extent_and_a_country_its_outline(page: Page, address: str) -> None:
    open_at(page, address)
    circles = page.frames[1].evaluate(
        """() => {
            const found = [];
            window.map.eachLayer((layer) => {
                if (layer instanceof L.Circle) found.push([layer.getLatLng().lng, layer.getRadius() / 1000]);
            });
            return found.sort((a, b) => a[0] - b[0]);
        }"""
    )
    assert circles == [[0, 60], [30, 400], [60, 200]]
    outline = page.frame_locator("iframe").locator(".leaflet-dateline-countries-pane path")
    expect(outline).to_have_count(1)
    box = outline.bounding_box()
    spot = page.frames[1].evaluate("() => window.map.latLngToContainerPoint([-25, 134])")
    whole = page.locator("iframe").bounding_box()
    assert box["x"] < whole["x"] + spot["x"] < box["x"] + box["width"]
    assert box["width"] > 50, "Australia, and not a point in it"


# ---- at one spot --------------------------------------------------------------------------------


def test_several_events_at_one_place_fan_out_and_each_can_be_opened(page: Page, address: str) -> None:
    frame = open_at(page, address, (-30, -60, 9))
    whole = cluster(frame, "4 events here")
    assert whole.get_attribute("aria-label").endswith("Fans out.")
    whole.click()
    pins = frame.locator(".dl-marker[aria-label^='Harbour']")
    expect(pins).to_have_count(4)
    expect(frame.locator(".dl-leg")).to_have_count(4)
    boxes = [pin.bounding_box() for pin in pins.all()]
    apart = [
        abs(one["x"] - other["x"]) >= 24 or abs(one["y"] - other["y"]) >= 24
        for number, one in enumerate(boxes)
        for other in boxes[:number]
    ]
    assert all(apart)
    for number in (0, 3):
        frame.locator(f".dl-marker[aria-label$='Ship {number}']").click()
        frame.locator(".dl-popup .dl-title", has_text=f"Ship {number}").wait_for()
        page.locator("li.is-open", has_text=f"Ship {number}").wait_for()
    frame.locator(".leaflet-container").press("-")
    expect(pins).to_have_count(0)


def test_row_of_an_event_among_several_fans_them_out(page: Page, address: str) -> None:
    frame = open_at(page, address)
    page.locator("button.dl-row", has_text="Ship 2").click()
    frame.locator(".dl-popup .dl-title", has_text="Ship 2").wait_for()
    expect(frame.locator(".dl-marker.dl-selected[aria-label$='Ship 2']")).to_be_visible()


def test_cluster_that_fans_out_opens_as_a_list_with_the_right_button(page: Page, address: str) -> None:
    frame = open_at(page, address, (-30, -60, 9))
    cluster(frame, "4 events here").click(button="right")
    rows = frame.get_by_role("dialog", name="4 events here").locator(".dl-item")
    expect(rows).to_have_count(4)
    rows.nth(1).click()
    frame.locator(".dl-popup .dl-title", has_text="Ship 1").wait_for()


def test_list_and_the_way_back_to_it_go_when_more_stands_at_its_spot(page: Page, address: str) -> None:
    frame = open_map(page, f"{address}/?theme=maritime&at=-30,-60,9", 253)
    listing, back = frame.get_by_role("dialog", name="3 events here"), frame.locator(".dl-back")
    cluster(frame, "3 events here").click(button="right")
    page.get_by_role("checkbox", name="Human rights").click()
    wait_for_map(page, 254)
    expect(listing).to_have_count(1)
    listing.locator(".dl-item").first.click()
    expect(back).to_have_text("‹ 3 events here")
    page.get_by_role("checkbox", name="Cyber").click()
    wait_for_map(page, 1011)
    expect(back).to_have_count(0)
    expect(frame.locator(".dl-popup .dl-title")).to_have_text("Ship 0")
    page.get_by_role("checkbox", name="Cyber").click()
    wait_for_map(page, 254)
    cluster(frame, "3 events here").click(button="right")
    expect(listing).to_have_count(1)
    page.get_by_role("checkbox", name="Cyber").click()
    wait_for_map(page, 1011)
    expect(listing).to_have_count(0)


def test_list_goes_when_its_cluster_takes_in_a_neighbour(page: Page, address: str) -> None:
    frame = open_map(page, f"{address}/?theme=maritime&theme=cyber&at=-30,-60,4", 1010)
    cluster(frame, "4 events here").click(button="right")
    listing = frame.get_by_role("dialog", name="4 events here")
    expect(listing).to_have_count(1)
    page.get_by_role("checkbox", name="Human rights").click()
    wait_for_map(page, 1011)
    expect(listing).to_have_count(0)
    expect(cluster(frame, "5 events here")).to_have_count(1)


# ---- the mix of themes --------------------------------------------------------------------------


def test_cluster_shows_the_mix_of_its_themes_in_its_ring_and_in_words(page: Page, address: str) -> None:
    frame = open_at(page, address, (-30, -60, 9))
    symbol = cluster(frame, "4 events here: Maritime 3, Cyber 1.")
    shares = symbol.locator(".dl-arc").evaluate_all(
        """arcs => arcs.map((arc) => {
            const [shown, hidden] = arc.getAttribute("stroke-dasharray").split(" ").map(Number);
            return [arc.style.getPropertyValue("--dl-theme"), shown / (shown + hidden)];
        })"""
    )
    assert shares == [["#44AA99", pytest.approx(0.75)], ["#DDCC77", pytest.approx(0.25)]]
    symbol.hover()
    mix = frame.locator(".dl-mix li")
    expect(mix).to_have_text(["Maritime3", "Cyber1"])
    expect(mix.locator(".dl-swatch")).to_have_count(2)


# ---- a thousand at one spot ---------------------------------------------------------------------


def test_thousand_events_at_one_spot_are_one_symbol_a_bounded_list_and_each_within_reach(
    page: Page, address: str
) -> None:
    frame = open_at(page, address, (-30, 20, 9))
    symbol = cluster(frame, "1,000 events here: Cyber 750, Maritime 250. Opens as a list.")
    symbol.click()
    listing = frame.get_by_role("dialog", name="1,000 events here")
    expect(listing.locator(".dl-item")).to_have_count(100)
    listing.get_by_text("900 more").wait_for()
    expect(page.locator("button.dl-row")).to_have_count(150)
    page.get_by_role("button", name="Show more (861 left)").click()
    expect(page.locator("button.dl-row")).to_have_count(300)
    last = page.locator("button.dl-row").last
    title = last.locator(".dl-row-title").inner_text()
    last.click()
    frame.locator(".dl-popup .dl-title").get_by_text(title, exact=True).wait_for()
    expect(frame.locator(".dl-marker")).to_have_count(0)
