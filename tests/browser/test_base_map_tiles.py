"""Base maps of one's own in a real browser: files, servers, and what is said of broken ones."""

from __future__ import annotations

import io
import re
import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageColor
from playwright.sync_api import expect
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from tests.browser.pages import open_map, plain_page, wait_for_rest
from tests.browser.serving import PATIENCE
from tests.loopback import LoopbackServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.browser

FILE_COLOUR, SERVER_COLOUR = "#c71585", "#d2691e"
EARTH = {"light": "#e2dfda", "dark": "#1f1f1f"}
"""What the painter of Protomaps' shapes gives to land."""

CREDIT = '<a href="javascript:window.broken=1">People</a> © <img src=x onerror=window.broken=1>2026'


# ---- maps ---------------------------------------------------------------------------------------


def make_picture(colour: str) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(held, "PNG")
    return held.getvalue()


def write_map(
    file: Path,
    tile: bytes,
    *,
    kind: TileType = TileType.PNG,
    zooms: range = range(4),
    bounds: tuple[int, int, int, int] = (-180, -85, 180, 85),
    **metadata: object,
) -> None:
    """Write a PMTiles file that looks the same everywhere.

    No two tiles are the same: of a run of equal ones the writer takes the first one's zoom for the largest.
    """
    west, south, east, north = (side * 10_000_000 for side in bounds)
    header = {
        "tile_type": kind, "tile_compression": Compression.NONE, "center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0,
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
    }  # fmt: skip
    with write(file) as writer:
        for zoom in zooms:
            for identity in sorted(zxy_to_tileid(zoom, x, y) for x in range(2**zoom) for y in range(2**zoom)):
                # A field that no vector tile has; behind a picture's end nobody reads.
                writer.write_tile(identity, tile + varint(99 << 3) + varint(identity))
        writer.finalize(header, metadata)


def varint(number: int) -> bytes:
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def part(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def make_shapes(layer: str) -> bytes:
    """Make a vector tile that is filled by one polygon."""
    side = 4096
    # Begin at 0,0; three lines; close. Lengths are told as 2n, or 2n - 1 where negative.
    drawing = [9, 0, 0, 26, 2 * side, 0, 0, 2 * side, 2 * side - 1, 0, 15]
    feature = varint(3 << 3) + varint(3) + part(4, b"".join(varint(number) for number in drawing))
    return part(
        3,
        varint(15 << 3)
        + varint(2)
        + part(1, layer.encode())
        + part(2, feature)
        + varint(5 << 3)
        + varint(side),
    )


def describe(layer: str) -> dict[str, object]:
    return {"vector_layers": [{"id": layer, "fields": {}}]}


class TileServer(LoopbackServer):
    """A server of tiles and files on loopback; it counts what is asked and refuses what lies under /refused."""

    def __init__(self, packed: bytes):
        self.asked: list[str] = []
        self.packed, self.picture = packed, make_picture(SERVER_COLOUR)
        super().__init__()

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        self.asked.append(path)
        headers, status, body = {}, 200, self.packed
        if path.startswith("/refused"):
            status, body = 403, b"no"
        elif path.startswith("/hanging"):
            self.released.wait(60)
        elif path.endswith(".png"):
            body = self.picture
        elif path == "/ranges.pmtiles":
            first, _, last = handler.headers["Range"].removeprefix("bytes=").partition("-")
            body = self.packed[int(first) : int(last) + 1]
            status, headers = 206, {"Content-Range": f"bytes {first}-{last}/{len(self.packed)}"}
        handler.send_response(status)
        for name, value in {"Access-Control-Allow-Origin": "*", **headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, fill, belt_pair) -> Path:
    folder = tmp_path_factory.mktemp("tiles")
    fill(folder, [belt_pair()])
    write_map(folder / "world.pmtiles", make_picture(FILE_COLOUR), attribution=CREDIT)
    write_map(folder / "near.pmtiles", make_picture(FILE_COLOUR), zooms=range(4, 6))
    write_map(folder / "fiji.pmtiles", make_picture(FILE_COLOUR), bounds=(176, -20, 179, -15))
    write_map(folder / "shapes.pmtiles", make_shapes("earth"), kind=TileType.MVT, **describe("earth"))
    write_map(folder / "other.pmtiles", make_shapes("land"), kind=TileType.MVT, **describe("land"))
    (folder / "text.pmtiles").write_text("This is a text, and long enough to be read as a header. " * 20)
    write_map(folder / "cut.pmtiles", make_picture(FILE_COLOUR))
    whole = (folder / "cut.pmtiles").read_bytes()
    (folder / "cut.pmtiles").write_bytes(whole[:200])
    # Large as a map may be, and nearly empty on the disk.
    with (folder / "world.pmtiles").open("r+b") as large:
        large.truncate(3_000_000_000)
    return folder


@pytest.fixture(scope="module")
def tile_server(home: Path) -> Iterator[TileServer]:
    server = TileServer((home / "near.pmtiles").read_bytes().ljust(20_000, b"\0"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def own_server(home: Path, tile_server: TileServer, serving) -> Iterator[str]:
    url = tile_server.url
    files = {
        "World": "world.pmtiles", "Near": "near.pmtiles", "Fiji": "fiji.pmtiles", "Shapes": "shapes.pmtiles",
        "Other": "other.pmtiles", "Missing": "missing.pmtiles", "Text": "text.pmtiles", "Cut": "cut.pmtiles",
    }  # fmt: skip
    addresses = {
        "Server": "/{z}/{x}/{y}.png", "Remote": "/ranges.pmtiles", "Whole": "/whole.pmtiles",
        "Refused": "/refused/{z}/{x}/{y}.png", "Forbidden": "/refused/own.pmtiles", "Hanging": "/hanging/{z}/{x}/{y}.png",
    }  # fmt: skip
    entries = [f'[[tiles]]\nname = "{name}"\nfile = "{file}"\n' for name, file in files.items()]
    entries += [f'[[tiles]]\nname = "{name}"\nurl = "{url}{path}"\n' for name, path in addresses.items()]
    entries.append('[[tiles]]\nname = "Dead"\nurl = "http://127.0.0.1:9/own.pmtiles"\n')
    (home / "tiles.toml").write_text("".join(entries))
    with serving(home) as address:
        yield address


# ---- a page -------------------------------------------------------------------------------------


def open_choice(frame: FrameLocator) -> None:
    if not frame.locator(".leaflet-control-layers-expanded").count():
        frame.get_by_role("button", name="Base map", exact=True).click()


def choose(frame: FrameLocator, name: str) -> None:
    open_choice(frame)
    label = re.compile(rf"^\s*{re.escape(name)}\s*$")
    frame.locator(".leaflet-control-layers label", has_text=label).click()


def move(page: Page, latitude: float, longitude: float, zoom: int) -> None:
    """Show a part of the world; a frame that finds its size later keeps it."""
    page.frames[1].evaluate(
        "([spot, zoom]) => { window.dateline.holdView(); window.map.setView(spot, zoom, { animate: false }); }",
        [[latitude, longitude], zoom],
    )


def note(frame: FrameLocator):
    return frame.locator(".dl-tiles-note")


def expect_names(frame: FrameLocator, *, shown: bool = True) -> None:
    display = "block" if shown else "none"
    expect(frame.locator(".leaflet-dateline-names-pane")).to_have_css("display", display)


def share_of(page: Page, colour: str) -> float:
    """Return which part of the map has a colour, 0 to 1."""
    shot = Image.open(io.BytesIO(page.locator("iframe").screenshot())).convert("RGB")
    wanted = ImageColor.getrgb(colour)
    near = sum(
        count
        for count, pixel in shot.getcolors(shot.width * shot.height)
        if max(abs(one - two) for one, two in zip(pixel, wanted, strict=True)) <= 3
    )
    return near / (shot.width * shot.height)


def wait_for_colour(page: Page, colour: str, least: float = 0.6) -> None:
    """Look until most of the map has a colour; tiles fade in."""
    frame = page.frame_locator("iframe")
    frame.locator(".leaflet-dateline-tiles-pane .leaflet-tile-loaded").first.wait_for()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if share_of(page, colour) >= least:
            return
    pytest.fail(f"{share_of(page, colour):.2f} of the map has the colour {colour}, expected {least}")


@pytest.fixture
def guarded_map(browser: Browser, own_server: str, guarded) -> Iterator[tuple[Page, FrameLocator]]:
    with guarded(browser, own_server) as page:
        yield page, open_map(page, own_server)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Page]:
    """A page that may ask other servers, and see them refuse."""
    with plain_page(browser) as opened:
        opened.add_init_script("localStorage.setItem('dateline-hint-read', '1')")
        yield opened


# ---- what is drawn ------------------------------------------------------------------------------


def test_file_on_the_disk_is_drawn_and_read_in_parts_and_no_other_server_is_asked(
    guarded_map: tuple[Page, FrameLocator], tile_server: TileServer
) -> None:
    page, frame = guarded_map
    before = len(tile_server.asked)
    sizes: list[int] = []
    page.on(
        "response",
        lambda answer: (
            sizes.append(int(answer.headers["content-length"])) if ".pmtiles" in answer.url else None
        ),
    )
    assert share_of(page, FILE_COLOUR) == 0
    choose(frame, "World")
    wait_for_colour(page, FILE_COLOUR)
    assert sizes
    assert max(sizes) <= 16_384, "the file has three gigabytes"
    expect_names(frame, shown=False)
    corner = frame.locator(".leaflet-control-attribution")
    assert corner.inner_text() == "People © 2026"
    assert page.frames[1].evaluate("() => [window.map.getMaxZoom(), window.broken ?? null]") == [14, None]
    move(page, 20, 20, 7)
    wait_for_colour(page, FILE_COLOUR)  # from zoom 3, enlarged
    choose(frame, "Country shapes")
    expect_names(frame)
    assert share_of(page, FILE_COLOUR) == 0
    assert len(tile_server.asked) == before


def test_server_of_tiles_is_drawn_and_another_source_takes_its_place(
    open_page: Page, own_server: str
) -> None:
    frame = open_map(open_page, own_server)
    choose(frame, "Server")
    wait_for_colour(open_page, SERVER_COLOUR)
    choose(frame, "World")
    wait_for_colour(open_page, FILE_COLOUR)
    choose(frame, "Server")
    wait_for_colour(open_page, SERVER_COLOUR)


def test_file_on_another_server_is_read_in_parts(open_page: Page, own_server: str) -> None:
    frame = open_map(open_page, own_server)
    move(open_page, 20, 20, 3)
    choose(frame, "Remote")
    expect(note(frame)).to_have_text("“Remote” begins nearer; zoom in.×")
    move(open_page, 20, 20, 5)
    wait_for_colour(open_page, FILE_COLOUR)
    expect(note(frame)).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shapes_of_protomaps_are_drawn_in_light_and_dark(
    browser: Browser, own_server: str, guarded, scheme: str
) -> None:
    other = "dark" if scheme == "light" else "light"
    with guarded(browser, own_server, color_scheme=scheme) as page:
        frame = open_map(page, own_server)
        choose(frame, "Shapes")
        wait_for_colour(page, EARTH[scheme])
        page.emulate_media(color_scheme=other)
        frame.locator(f"html[data-theme='{other}']").wait_for(state="attached")
        wait_for_colour(page, EARTH[other])


# ---- maps that need a connection ----------------------------------------------------------------

ONLINE = "server.arcgisonline.com"


def answer_online(page: Page) -> list[str]:
    """Stand in for the server of the maps that are offered; returns the paths that it is asked for."""
    asked: list[str] = []
    pictures = {True: make_picture("#3a5f0b"), False: make_transparent()}

    def answer(route):
        asked.append(route.request.url.partition(ONLINE)[2])
        route.fulfill(body=pictures["Reference" not in route.request.url], content_type="image/png")

    page.route(f"https://{ONLINE}/**", answer)
    return asked


def make_transparent() -> bytes:
    held = io.BytesIO()
    Image.new("RGBA", (256, 256), (0, 0, 0, 0)).save(held, "PNG")
    return held.getvalue()


def is_on(frame: FrameLocator, name: str):
    return frame.locator(".leaflet-control-layers label", has_text=re.compile(rf"^\s*{name}\s*$")).locator(
        "input"
    )


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("Light", "Canvas/World_Light_Gray_Base"),
        ("Dark", "Canvas/World_Dark_Gray_Base"),
        ("Satellite", "World_Imagery"),
        ("Topographic", "World_Topo_Map"),
    ],
)
def test_map_that_needs_a_connection_is_asked_for_only_when_it_is_chosen(
    open_page: Page, server: str, name: str, service: str
) -> None:
    asked = answer_online(open_page)
    frame = open_map(open_page, server)
    open_choice(frame)
    expect(frame.locator(".dl-server")).to_have_text([f"Online: {ONLINE}"])
    assert asked == []
    choose(frame, name)
    wait_for_colour(open_page, "#3a5f0b")
    assert any(f"/{service}/MapServer/tile/" in path for path in asked)
    expect(frame.locator(".leaflet-control-attribution")).to_contain_text("Esri")


def test_base_map_stands_in_the_address_and_is_kept_over_a_reload(open_page: Page, server: str) -> None:
    answer_online(open_page)
    frame = open_map(open_page, f"{server}/?at=29.8,66.8,12")
    choose(frame, "Satellite")
    wait_for_colour(open_page, "#3a5f0b")
    expect(open_page).to_have_url(re.compile(r"[?&]base=Satellite(&|$)"))
    open_page.reload()
    wait_for_colour(open_page, "#3a5f0b")
    expect(is_on(frame, "Satellite")).to_be_checked()
    assert open_page.frames[1].evaluate("() => window.map.getZoom()") == 12
    choose(frame, "Country shapes")
    expect(open_page).not_to_have_url(re.compile("base="))


def test_link_makes_no_browser_ask_another_server_before_its_viewer_says_so(
    open_page: Page, server: str
) -> None:
    asked = answer_online(open_page)
    frame = open_map(open_page, f"{server}/?base=Satellite")
    expect(note(frame)).to_contain_text(f"This link asks for “Satellite”, which comes from {ONLINE}.")
    expect_names(frame)
    assert asked == []
    frame.get_by_role("button", name="Show it").click()
    wait_for_colour(open_page, "#3a5f0b")
    expect(note(frame)).to_be_hidden()


def test_message_that_goes_leaves_the_focus_on_the_map(open_page: Page, server: str) -> None:
    answer_online(open_page)
    for name in ("Close message", "Show it"):
        frame = open_map(open_page, f"{server}/?base=Satellite")
        frame.get_by_role("button", name=name).press("Enter")
        expect(note(frame)).to_be_hidden()
        expect(frame.locator(".leaflet-container")).to_be_focused()


def test_link_shows_a_base_map_of_ones_own_server_at_once(open_page: Page, own_server: str) -> None:
    frame = open_map(open_page, f"{own_server}/?base=World")
    wait_for_colour(open_page, FILE_COLOUR)
    expect(is_on(frame, "World")).to_be_checked()


def test_link_to_a_base_map_that_is_not_there_says_so(page: Page, server: str) -> None:
    frame = open_map(page, f"{server}/?base=Moon")
    expect(page.locator(".dl-note")).to_contain_text("base map “Moon”")
    expect(is_on(frame, "Country shapes")).to_be_checked()


def test_choice_opens_by_click_or_key_and_moves_no_other_button(page: Page, server: str) -> None:
    frame = open_map(page, server)
    button, draws = (
        frame.get_by_role("button", name=name, exact=True) for name in ("Base map", "Limit to a rectangle")
    )
    choices = frame.locator(".leaflet-control-layers-list")
    wait_for_rest(page)
    place = draws.bounding_box()
    button.hover()
    expect(choices).to_be_hidden()
    button.press("Enter")
    expect(is_on(frame, "Country shapes")).to_be_focused()
    assert draws.bounding_box() == place
    page.keyboard.press("Escape")
    expect(choices).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    expect(choices).to_be_visible()
    frame.locator(".leaflet-container").click(position={"x": 300, "y": 300})
    expect(choices).to_be_hidden()


def test_without_a_connection_the_country_shapes_stay(open_page: Page, server: str) -> None:
    asked = answer_online(open_page)
    frame = open_map(open_page, server)
    open_page.context.set_offline(True)
    choose(frame, "Light")
    expect(note(frame)).to_contain_text("“Light” is not shown: there is no connection.")
    expect(is_on(frame, "Country shapes")).to_be_checked()
    expect_names(frame)
    assert asked == []


def test_message_is_read_above_the_key_of_a_layer(open_page: Page, server: str) -> None:
    answer_online(open_page)
    frame = open_map(open_page, f"{server}/?layer=countries&role=any")
    frame.locator(".dl-key").wait_for()
    open_page.context.set_offline(True)
    choose(frame, "Light")
    expect(note(frame)).to_contain_text("there is no connection")
    box, key = note(frame).bounding_box(), frame.locator(".dl-key").bounding_box()
    assert box["x"] < key["x"] + key["width"], "they do not meet, so that this shows nothing"
    note(frame).click(position={"x": 8, "y": 8}, trial=True)


# ---- what is said -------------------------------------------------------------------------------

SAID = {
    "Missing": "tiles.toml, entry 6: there is no file missing.pmtiles; correct its name, which counts from the data folder",
    "Text": "this is not a PMTiles file (version 3); check what tiles.toml names.",
    "Cut": "its tiles cannot be read; the file may be damaged.",
    "Other": "it holds shapes in another schema than Protomaps' (land); use a Protomaps map, or one of pictures.",
    "Refused": "{host} does not answer, refuses, or has no picture of this part.",
    "Forbidden": "{host} answers with status 403; check the address in tiles.toml.",
    "Whole": "{host} sends whole files only, and a map is read in parts; use a server that knows range requests, "
    "or put the file on Dateline's own disk and name it with file in tiles.toml.",
    "Dead": "127.0.0.1:9 does not answer, or does not let other pages read from it (CORS).",
}


def test_broken_sources_say_what_to_do_and_the_country_shapes_stay(
    open_page: Page, own_server: str, tile_server: TileServer
) -> None:
    errors: list[str] = []
    open_page.on("pageerror", lambda error: errors.append(str(error)))
    frame = open_map(open_page, own_server)
    for name, said in SAID.items():
        choose(frame, name)
        words = said.format(host=tile_server.url.removeprefix("http://"))
        expect(note(frame)).to_have_text(f"“{name}” is not shown: {words}×")
        expect(frame.locator(".leaflet-control-layers input").first).to_be_checked()
        expect_names(frame)
        frame.get_by_role("button", name="Close message").click()
        expect(note(frame)).to_be_hidden()
    choose(frame, "World")
    wait_for_colour(open_page, FILE_COLOUR)
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_choice_and_message_have_no_serious_barrier(
    browser: Browser, own_server: str, guarded, barriers, scheme: str
) -> None:
    with guarded(browser, own_server, color_scheme=scheme) as page:
        frame = open_map(page, own_server)
        choose(frame, "World")
        wait_for_colour(page, FILE_COLOUR)
        choose(frame, "Missing")
        expect(note(frame)).to_be_visible()
        assert barriers(page, page.frames[1]) == []


def test_server_that_is_silent_is_waited_for_and_then_given_up(open_page: Page, own_server: str) -> None:
    open_page.clock.install()
    frame = open_map(open_page, own_server)
    choose(frame, "Hanging")
    open_page.clock.fast_forward(2000)
    expect(note(frame)).to_have_text("Waiting for “Hanging” …×")
    open_page.clock.fast_forward(20_000)
    expect(note(frame)).to_contain_text("has not answered for 20 seconds.")
    expect(frame.locator(".leaflet-control-layers input").first).to_be_checked()


def test_file_that_shows_another_part_of_the_world_says_so(guarded_map: tuple[Page, FrameLocator]) -> None:
    page, frame = guarded_map
    move(page, 30, 66, 6)
    choose(frame, "Fiji")
    expect(note(frame)).to_have_text("“Fiji” shows another part of the world.×")
    move(page, -18, 178, 6)
    frame.locator(".leaflet-dateline-tiles-pane .leaflet-tile-loaded").first.wait_for()
    expect(note(frame)).to_be_hidden()


def test_file_that_no_source_names_is_not_served(page: Page, own_server: str, home: Path) -> None:
    for key in ("world", "..%2Fdateline", "0" * 16):
        assert page.request.get(f"{own_server}/app/tiles/{key}.pmtiles").status in {400, 404}
