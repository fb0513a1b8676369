"""A theme has one colour and one glyph, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from dashboard.palette import COLOURS, GLYPHS, STYLES
from tests.browser.pages import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

COLOUR, GLYPH = (table[name] for table, name in zip((COLOURS, GLYPHS), STYLES["coups-and-governance"], strict=True))  # fmt: skip


def look_of(swatch: Locator) -> list[str]:
    return swatch.evaluate(
        "node => [node.querySelector('rect').getAttribute('fill'), node.querySelector('path').getAttribute('d')]"
    )


def test_theme_looks_the_same_in_panel_list_popup_pin_timeline_and_pages(page: Page, server: str) -> None:
    frame = open_map(page, server, 6)
    row = page.locator("button.dl-row", has_text="Tartus")
    row.click()
    frame.locator(".dl-popup .dl-theme").wait_for()
    page.locator("li.is-open .dl-theme").wait_for()
    swatches = {
        "filters": page.get_by_role("checkbox", name="Coups and governance").locator(".dl-swatch"),
        "row": row.locator(".dl-swatch"),
        "card": page.locator("li.is-open .dl-theme .dl-swatch"),
        "popup": frame.locator(".dl-popup .dl-theme .dl-swatch"),
    }
    looks = {name: look_of(swatch) for name, swatch in swatches.items()}
    assert [name for name, look in looks.items() if look != [COLOUR, GLYPH]] == []
    pin = frame.locator(".dl-marker[aria-label^='Tartus'] path")
    expect(pin.first).to_have_attribute("fill", COLOUR)
    expect(pin.last).to_have_attribute("d", GLYPH)
    expect(page.locator(".dl-tl-bar")).to_have_count(2)
    bars = page.locator(".dl-tl-bar").evaluate_all("bars => bars.map((bar) => bar.getAttribute('fill'))")
    assert COLOUR in bars
    assert len(set(bars)) == 2, "one colour for each theme of the dated events"


def test_theme_looks_the_same_on_the_other_pages(page: Page, server: str) -> None:
    # Pages of pure HTML hold a swatch as a picture.
    for address, place in (
        ("articles", ".dl-articles li:has-text('Coup belt')"),
        ("about", ".dl-symbols li:has-text('Coups and governance')"),
    ):
        page.goto(f"{server}/{address}")
        swatch = page.locator(place).locator(".dl-swatch").first
        swatch.wait_for()
        drawn = swatch.evaluate(
            "node => decodeURIComponent(node.getAttribute('src') || '') || node.outerHTML"
        )
        assert COLOUR in drawn, address
        assert GLYPH in drawn, address


@pytest.mark.parametrize("parameter", ["theme", "theme-all"])
def test_theme_that_the_filter_asks_for_leads_everywhere(page: Page, server: str, parameter: str) -> None:
    colour = COLOURS[STYLES["human-rights"][0]]
    frame = open_map(page, f"{server}/?{parameter}=human-rights&role=event&role=context&at=29,75,4", 3)
    # Mastung and the province round it.
    arc = frame.locator(".dl-cluster .dl-arc")
    expect(arc).to_have_count(1)
    assert arc.evaluate("arc => arc.style.getPropertyValue('--dl-theme')") == colour
    expect(frame.locator(".dl-marker[aria-label^='Mustang']")).to_have_css("--dl-theme", colour)
    frame.locator(".dl-cluster").click(modifiers=["Shift"])
    expect(frame.locator(".dl-item .dl-swatch rect").first).to_have_attribute("fill", colour)
    expect(page.locator("button.dl-row .dl-swatch rect").first).to_have_attribute("fill", colour)
    expect(page.locator(".dl-tl-bar").first).to_be_attached()
    bars = page.locator(".dl-tl-bar").evaluate_all("bars => bars.map((bar) => bar.getAttribute('fill'))")
    assert set(bars) == {colour}


def test_what_is_open_takes_the_theme_that_leads_now(page: Page, server: str) -> None:
    frame = open_map(page, server, 6)
    page.locator("button.dl-row", has_text="Mustang").click()
    pin = frame.locator(".dl-marker[aria-label^='Mustang']")
    themes = [frame.locator(".dl-popup .dl-theme"), page.locator("li.is-open .dl-theme")]
    for shown in themes:
        expect(shown).to_have_text(["Terrorism and insurgency", "Human rights"])
    expect(pin).to_have_css("--dl-theme", COLOURS["wine"])
    page.get_by_role("checkbox", name="Human rights").click()
    expect(pin).to_have_css("--dl-theme", COLOURS["rose"])
    for shown in themes:
        expect(shown).to_have_text(["Human rights", "Terrorism and insurgency"])
