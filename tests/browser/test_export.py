"""What the map page exports is what the command writes with the same conditions, byte for byte."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geodata.model import Kind, Place
from tests.browser.pages import open_map
from tests.browser.serving import ROOT
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

TOWN = Place("geonames:8", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus")
DAYS = (date(2023, 9, 2), date(2023, 9, 9), None, date(2023, 9, 5), date(2023, 9, 9))
"""In no order: pages list the latest first, and so do files."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, fill) -> Path:
    home = tmp_path_factory.mktemp("export")
    fill(home, [story(f"=Story {number}", TOWN, published=day) for number, day in enumerate(DAYS)])
    return home


@pytest.fixture(scope="module")
def address(home: Path, serving) -> Iterator[str]:
    with serving(home) as opened:
        yield opened


def write(home: Path, target: Path, *conditions: str) -> bytes:
    code = "from dashboard.cli import main; main()"
    format_name = target.suffix.removeprefix(".")
    command = [sys.executable, "-c", code, "export", "--format", format_name, "-o", str(target), *conditions]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATELINE_HOME": str(home)}, check=True)
    return target.read_bytes()


def open_export(page: Page) -> Locator:
    page.get_by_role("button", name="Export").click()
    panel = page.locator("[data-testid='stPopoverBody']")
    panel.wait_for()
    return panel


@pytest.mark.parametrize(
    ("label", "suffix"), [("CSV, for a spreadsheet", "csv"), ("GeoJSON, for a map", "geojson")]
)
@pytest.mark.parametrize(
    ("query", "conditions", "number"),
    [("", [], "5 events"), ("?start=2023-09-05&text=story", ["--start", "2023-09-05", "--text", "story"], "3 events")],
    ids=["all", "filtered"],
)  # fmt: skip
def test_download_holds_what_the_command_writes(
    page: Page, address: str, home: Path, tmp_path: Path, label, suffix, query, conditions, number
) -> None:
    open_map(page, address + query)
    panel = open_export(page)
    expect(panel).to_contain_text(number)
    with page.expect_download() as download:
        panel.get_by_role("button", name=label).click()
    assert re.fullmatch(rf"dateline-\d{{4}}-\d\d-\d\d\.{suffix}", download.value.suggested_filename)
    written = write(home, tmp_path / f"events.{suffix}", *conditions)
    assert download.value.path().read_bytes() == written
    assert b"=Story 1" in written


def test_export_follows_the_filter_and_has_nothing_where_that_leaves_nothing(
    page: Page, address: str
) -> None:
    open_map(page, f"{address}/?text=story")
    page.get_by_role("searchbox", name="Search").fill("nowhere")
    expect(page.locator(".dl-counts")).to_contain_text("0 events")
    panel = open_export(page)
    expect(panel).to_contain_text("No events to export")
    for name in ("CSV, for a spreadsheet", "GeoJSON, for a map"):
        expect(panel.get_by_role("button", name=name)).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_export_on_a_phone_is_a_picture_with_a_name(
    browser: Browser, address: str, guarded, settle, barriers, scheme
) -> None:
    with guarded(browser, address, viewport={"width": 390, "height": 844}, color_scheme=scheme) as page:
        open_map(page, address)
        button = page.get_by_role("button", name="Export")
        page.get_by_role("button", name="Copy link").wait_for()
        settle(page)
        copy = page.get_by_role("button", name="Copy link").bounding_box()
        box = button.bounding_box()
        assert box["width"] <= 40
        assert copy["x"] + copy["width"] <= box["x"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        open_export(page)
        assert barriers(page) == []
