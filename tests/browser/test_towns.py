"""The names of towns on the map of country shapes, in a real browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from dashboard.palette import contrast
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.gazetteer.index import current_index
from geodata.model import Kind, Place
from tests.browser.collection import belt, drones, undated
from tests.browser.pages import WRITTEN, open_map
from tests.browser.test_base_map_tiles import make_picture, write_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=window.broken=1>"
TOWNS = {
    "Quetta": (30.18414, 67.00141, 1_565_546, "PK"), "Karachi": (24.8608, 67.0104, 18_868_021, "PK"),
    "Lahore": (31.558, 74.35071, 13_004_135, "PK"), "Peshawar": (34.008, 71.57849, 4_758_762, "PK"),
    "Islamabad": (33.72148, 73.04329, 601_600, "PK"), "Mastung": (29.79966, 66.84553, 29_082, "PK"),
    "Kandahār": (31.61332, 65.71013, 614_254, "AF"), "Kabul": (34.52813, 69.17233, 4_434_550, "AF"),
    "Suva": (-18.14161, 178.44149, 77_366, "FJ"), HOSTILE: (27.0, 66.0, 300_000, "PK"),
}  # fmt: skip
CAPITALS = {"Islamabad", "Kabul", "Suva"}
COLOURS = {"light": ("#6c747d", "#fbfaf8"), "dark": ("#8c96a0", "#242a31")}
"""Of a town's name and of the land that it stands on."""

NAMES = f"zoom => ({WRITTEN})(zoom).map((box) => box.lines.join(' '))"

CLASHES = (
    f"zoom => {{ const words = ({WRITTEN})(zoom);"
    + """
    const { dateline } = window;
    const scale = 256 * 2 ** zoom;
    const symbols = dateline.symbolsAt(zoom).flatMap(({ properties, geometry }) => {
        const [x, y] = dateline.project(geometry.coordinates);
        const cover = properties.cluster ? dateline.clusterCover(properties.point_count)
            : dateline.symbolCover(dateline.table.shape(properties.row));
        return cover.map((box) => ({ ...box, x: box.x + x * scale, y: box.y + y * scale }));
    });
    const meet = (a, b) => Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight;
    const clashes = words.flatMap((a, index) => words.slice(index + 1).filter((b) => meet(a, b)).map((b) => [a.lines[0], b.lines[0]]));
    const towns = words.filter(({ type }) => type.spacing < 0.05);
    for (const town of towns) if (symbols.some((box) => meet(town, box))) clashes.push([town.lines[0], "symbol"]);
    return [towns.length, symbols.length, clashes];
}"""
)

INK = (
    f"name => {{ const written = {WRITTEN};"
    + """
    const zoom = window.map.getZoom();
    const box = written(zoom).find(({ lines }) => lines[0] === name);
    const [column, row] = [Math.floor(box.x / 256), Math.floor(box.y / 256)];
    const tile = Object.values(window.dateline.names._tiles).find(({ coords }) =>
        coords.z === zoom && coords.y === row && (coords.x - column) % 2 ** zoom === 0);
    const context = tile.el.getContext("2d");
    const ratio = tile.el.width / 256;
    const left = Math.max(0, box.x - column * 256 - box.halfWidth), top = Math.max(0, box.y - row * 256 - box.halfHeight);
    const { data } = context.getImageData(left * ratio, top * ratio, 2 * box.halfWidth * ratio, 2 * box.halfHeight * ratio);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 255) continue;
        const colour = "#" + [...data.slice(at, at + 3)].map((part) => part.toString(16).padStart(2, "0")).join("");
        counts.set(colour, (counts.get(colour) || 0) + 1);
    }
    return Object.fromEntries(counts);
}"""
)


def make_town(number: int, name: str, latitude: float, longitude: float, code: str, population: int) -> Place:
    return Place(
        f"geonames:{number}",
        name,
        Kind.CITY,
        latitude,
        longitude,
        code,
        population=population,
        is_capital=name in CAPITALS,
    )


def places() -> Iterator[Entry]:
    """Real towns, and round about them more than can be named."""
    for number, (name, (latitude, longitude, population, code)) in enumerate(TOWNS.items()):
        yield Entry(make_town(number + 1, name, latitude, longitude, code, population))
    for number in range(900):
        name = f"{'Upper ' * (number % 3)}Town {number}"
        spot = (24 + number // 30 * 0.34, 61 + number % 30 * 0.44)
        yield Entry(make_town(number + 100, name, *spot, "PK", 1000 + 30 * number))


def fill_home(home: Path, fill) -> None:
    fill(home, [drones(), belt(), undated()])
    info = SourceInfo("test", "Test", "MIT", "2026")
    build_gazetteer(home / "gazetteer", sources=[Source(lambda: info, places)])


@pytest.fixture(scope="module")
def town_home(tmp_path_factory: pytest.TempPathFactory, fill) -> Path:
    home = tmp_path_factory.mktemp("towns")
    fill_home(home, fill)
    write_map(home / "world.pmtiles", make_picture("#c71585"))
    (home / "tiles.toml").write_text('online = false\n[[tiles]]\nname = "World"\nfile = "world.pmtiles"\n')
    return home


@pytest.fixture(scope="module")
def town_server(town_home: Path, serving) -> Iterator[str]:
    with serving(town_home) as address:
        yield address


@pytest.fixture
def asked(browser: Browser, town_server: str, guarded) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what is asked of the server for towns."""
    with guarded(browser, town_server) as page:
        requests: list[str] = []
        page.on(
            "request", lambda request: requests.append(request.url) if "/app/towns/" in request.url else None
        )
        yield page, requests


def open_at(page: Page, address: str, at: str, *, towns: bool = True) -> None:
    frame = open_map(page, f"{address}{'&' if '?' in address else '/?'}at={at}")
    if towns:
        frame.locator("html[data-towns]").wait_for(state="attached")


def move(page: Page, latitude: float, longitude: float, zoom: int) -> None:
    page.frames[1].evaluate(
        "([spot, zoom]) => { window.dateline.holdView(); window.map.setView(spot, zoom, { animate: false }); }",
        [[latitude, longitude], zoom],
    )


# ---- when they come -----------------------------------------------------------------------------


def test_towns_are_fetched_once_and_only_when_one_comes_near(asked, town_server: str) -> None:
    page, requests = asked
    open_at(page, town_server, "30,67,3", towns=False)
    move(page, 30, 67, 4)
    page.frames[1].evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done)))")
    assert requests == []
    assert "Quetta" not in page.frames[1].evaluate(NAMES, 6)
    move(page, 30, 67, 5)
    page.frame_locator("iframe").locator("html[data-towns]").wait_for(state="attached")
    for zoom in (6, 7, 4, 6):
        move(page, 30, 67, zoom)
    page.frames[1].evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done)))")
    assert len(requests) == 1
    assert page.frame_locator("iframe").locator("html").get_attribute("data-towns") == "910"


def test_towns_may_be_kept_by_the_browser_for_good(asked, town_server: str) -> None:
    page, _ = asked
    with page.expect_response(lambda response: "/app/towns/" in response.url) as waiting:
        open_at(page, town_server, "30,67,6")
    assert "immutable" in waiting.value.headers["cache-control"]
    assert waiting.value.headers["content-type"] == "application/gzip"


# ---- what is written ----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_towns_are_written_near_in_quiet_colours(
    browser: Browser, town_server: str, guarded, scheme: str
) -> None:
    colour, land = COLOURS[scheme]
    with guarded(browser, town_server, color_scheme=scheme) as page:
        open_at(page, town_server, "31,66,6")
        page.frame_locator("iframe").locator(f"html[data-theme='{scheme}']").wait_for(state="attached")
        names = page.frames[1].evaluate(NAMES, 6)
        assert {"PAKISTAN", "Quetta", "Kabul", "Karachi", "Kandahār"} <= set(names)
        assert colour in page.frames[1].evaluate(INK, "Kandahār")
        assert page.frames[1].evaluate(INK, "Quetta")
    assert contrast(colour, land) >= 4.5


def test_more_towns_are_named_the_nearer_one_is(asked, town_server: str) -> None:
    page, _ = asked
    open_at(page, town_server, "30,67,6")
    counts = [len(page.frames[1].evaluate(NAMES, zoom)) for zoom in (5, 6, 8)]
    assert counts[0] < counts[1] < counts[2]
    assert "Mastung" not in page.frames[1].evaluate(NAMES, 5)
    assert "Mastung" in page.frames[1].evaluate(NAMES, 9)
    assert "Suva" in page.frames[1].evaluate(NAMES, 7), "at the edge of the world"


@pytest.mark.parametrize("zoom", [5, 6, 7, 8, 9])
def test_no_name_lies_on_another_one_or_under_a_symbol(asked, town_server: str, zoom: int) -> None:
    page, _ = asked
    open_at(page, town_server, "30,67,6")
    towns, symbols, clashes = page.frames[1].evaluate(CLASHES, zoom)
    assert clashes == []
    assert towns >= 5
    assert symbols


def test_names_give_way_when_other_events_are_shown(asked, town_server: str) -> None:
    page, _ = asked
    open_at(page, f"{town_server}/?theme=coups-and-governance", "29.8,66.8,5")
    view, theme = page.frames[1], page.get_by_role("checkbox", name="Terrorism and insurgency")
    named = f"() => ({NAMES})(5).includes('Quetta')"
    view.wait_for_function(named)
    # The pin of Mastung comes to stand on Quetta.
    theme.click()
    view.wait_for_function(f"() => !({named})()")
    assert view.evaluate(CLASHES, 5)[2] == []
    theme.click()
    view.wait_for_function(named)


def test_names_from_outside_are_only_written(asked, town_server: str) -> None:
    page, _ = asked
    open_at(page, town_server, "27,66,8")
    assert HOSTILE in page.frames[1].evaluate(NAMES, 8)
    assert page.frames[1].evaluate("() => window.broken") is None
    assert page.frames[1].evaluate(INK, HOSTILE)


# ---- where they are not -------------------------------------------------------------------------


def test_towns_go_with_other_tiles_and_are_not_fetched_for_them(asked, town_server: str) -> None:
    page, requests = asked
    open_at(page, town_server, "30,67,3", towns=False)
    frame = page.frame_locator("iframe")
    pane = frame.locator(".leaflet-dateline-names-pane")
    frame.get_by_role("button", name="Base map", exact=True).click()
    frame.get_by_label("World").check()
    frame.locator(".dl-tiled").wait_for()
    assert pane.evaluate("node => node.style.display") == "none"
    move(page, 30, 67, 6)
    page.frames[1].evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done)))")
    assert requests == []
    frame.get_by_label("Country shapes").check()
    frame.locator("html[data-towns]").wait_for(state="attached")
    assert pane.evaluate("node => node.style.display") == ""
    assert len(requests) == 1


def test_with_a_broken_gazetteer_the_map_is_as_without(
    browser: Browser, town_home: Path, tmp_path: Path, guarded, serving
) -> None:
    home = tmp_path / "home"
    shutil.copytree(town_home, home)
    (home / "gazetteer" / current_index(home / "gazetteer") / "strings.bin").write_bytes(b"broken")
    with serving(home) as address, guarded(browser, address) as page:
        with page.expect_response(lambda response: "/app/towns/" in response.url) as waiting:
            open_at(page, address, "30,67,6", towns=False)
        assert waiting.value.status == 204
        assert "PAKISTAN" in page.frames[1].evaluate(NAMES, 6)
        assert "Quetta" not in page.frames[1].evaluate(NAMES, 6)


def test_without_a_gazetteer_nothing_is_asked_for(browser: Browser, server: str, guarded) -> None:
    with guarded(browser, server) as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        open_at(page, server, "30,67,6", towns=False)
        page.frames[1].evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done)))")
        assert not [url for url in requests if "/app/towns/" in url]
        assert "PAKISTAN" in page.frames[1].evaluate(NAMES, 6)
