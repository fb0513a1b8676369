"""The filter in the sidebar: facets, regions, areas, search, saved views and the link to all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import Article, Source
from geodata.model import Kind, Mention, Place, Resolution, Role
from tests.browser.pages import copy_link, open_map, read_clipboard, wait_for_map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

SUVA = Place("geonames:5", "Suva", Kind.CITY, -18.14, 178.44, "FJ", radius_km=5)
COUPS, TERRORISM, RIGHTS = "Coups and governance", "Terrorism and insurgency", "Human rights"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, fill, drones_pair, belt_pair, undated_pair) -> Path:
    folder: Path = tmp_path_factory.mktemp("filters")
    fill(folder, [drones_pair(), belt_pair(), undated_pair()])
    return folder


@pytest.fixture(scope="module")
def address(home: Path, serving) -> Iterator[str]:
    with serving(home) as opened:
        yield opened


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)},"))


def unfold(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).click()


def names(page: Page, group: str) -> Locator:
    return page.get_by_role("group", name=group).locator(".dl-name")


# ---- themes -------------------------------------------------------------------------------------


def test_excluded_theme_hides_its_events_and_says_so(page: Page, address: str) -> None:
    open_map(page, address, 6)
    exclude = page.get_by_role("button", name=f"Not {COUPS}")
    expect(exclude).to_have_attribute("aria-pressed", "false")
    box(page, COUPS).focus()
    page.keyboard.press("Tab")
    expect(exclude).to_be_focused()
    page.keyboard.press("Enter")
    wait_for_map(page, 3)
    page.wait_for_url(re.compile(r"\?theme-not=coups-and-governance$"))
    expect(exclude).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("checkbox", name=f"{COUPS}, excluded, 3 events")).to_have_attribute(
        "aria-checked", "false"
    )
    page.get_by_role("button", name=f"Not: {COUPS}").wait_for()
    # To choose it takes the exclusion back.
    page.get_by_role("checkbox", name=COUPS).click()
    wait_for_map(page, 3)
    page.wait_for_url(re.compile(r"\?theme=coups-and-governance$"))
    expect(exclude).to_have_attribute("aria-pressed", "false")
    page.go_back()
    expect(exclude).to_have_attribute("aria-pressed", "true")
    page.go_back()
    wait_for_map(page, 6)


def test_any_or_all_of_the_chosen_themes(page: Page, address: str) -> None:
    open_map(page, address, 6)
    modes = page.get_by_role("radiogroup")
    expect(modes).to_be_hidden()
    box(page, TERRORISM).click()
    box(page, COUPS).click()
    wait_for_map(page, 5)
    every = page.get_by_role("radio", name="All of the chosen themes")
    expect(modes).to_be_visible()
    page.get_by_role("radio", name="Any of the chosen themes").press("ArrowRight")
    wait_for_map(page, 0)
    expect(every).to_have_attribute("aria-checked", "true")
    page.wait_for_url(re.compile("theme-all=terrorism-and-insurgency&theme-all=coups-and-governance"))
    box(page, COUPS).click()
    wait_for_map(page, 2)
    box(page, RIGHTS).click()
    page.wait_for_url(re.compile("theme-all=terrorism-and-insurgency&theme-all=human-rights"))
    expect(box(page, COUPS)).to_have_attribute("aria-label", f"{COUPS}, 0 events")


def test_link_with_all_and_not_is_shown_as_it_is(page: Page, address: str) -> None:
    open_map(
        page,
        f"{address}/?theme-all=human-rights&theme-all=terrorism-and-insurgency&theme-not=coups-and-governance",
        2,
    )
    expect(page.get_by_role("radio", name="All of the chosen themes")).to_have_attribute(
        "aria-checked", "true"
    )
    expect(page.get_by_role("button", name=f"Not {COUPS}")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("button.dl-facet[aria-checked='true']")).to_have_count(2)


# ---- places, commands and the rest --------------------------------------------------------------


def test_region_stands_for_what_it_contains(page: Page, address: str) -> None:
    open_map(page, address, 6)
    unfold(page, "Region and country")
    expect(names(page, "Region and country")).to_have_text(["Africa", "Asia", "Oceania"])
    box(page, "Asia").click()
    wait_for_map(page, 3)
    page.get_by_role("button", name="What is in Asia").press("Enter")
    expect(box(page, "Western Asia")).to_have_attribute("aria-checked", "false")
    # A part of what is chosen narrows it; a place elsewhere is added.
    box(page, "Western Asia").click()
    wait_for_map(page, 1)
    page.wait_for_url(f"{address}/?region=Western+Asia")
    box(page, "Oceania").click()
    wait_for_map(page, 2)
    page.get_by_role("button", name="What is in Africa").click()
    page.get_by_role("button", name="What is in Western Africa").click()
    box(page, "Mali").click()
    wait_for_map(page, 3)
    page.wait_for_url(f"{address}/?region=Western+Asia&region=Oceania&country=ML")
    box(page, "Asia").click()
    page.wait_for_url(f"{address}/?region=Oceania&region=Asia&country=ML")
    wait_for_map(page, 5)


def test_other_facets_choose_and_count(page: Page, address: str) -> None:
    open_map(page, address, 6)
    unfold(page, "Command area")
    expect(names(page, "Command area")).to_have_text(["CENTCOM", "INDOPACOM", "AFRICOM"])
    box(page, "CENTCOM").click()
    wait_for_map(page, 2)
    unfold(page, "Precision")
    expect(names(page, "Precision")).to_have_text(["City or town"])
    unfold(page, "Source language")
    expect(names(page, "Source language")).to_have_text(["French", "Pashto", "Russian"])
    box(page, "French").click()
    wait_for_map(page, 1)
    unfold(page, "Outlet")
    expect(names(page, "Outlet")).to_have_text(["Jeune Afrique"])
    page.wait_for_url(f"{address}/?command=CENTCOM&language=fr")
    page.get_by_role("button", name="Language: French").click()
    wait_for_map(page, 2)


def test_open_panel_has_no_serious_violation(page: Page, address: str, barriers) -> None:
    open_map(page, f"{address}/?theme=coups-and-governance&theme=human-rights&country=ML&since=2020-01-01")
    for name in ("Region and country", "Command area", "Outlet", "New since", "Saved views"):
        unfold(page, name)
    box(page, "AFRICOM").wait_for()
    assert barriers(page, context={"include": [["[data-testid='stSidebar']"]]}) == []


# ---- regions of one's own -----------------------------------------------------------------------


def test_table_of_regions_of_ones_own_is_used_and_a_broken_one_said(
    page: Page, address: str, home: Path
) -> None:
    table = home / "regions.csv"
    head = "country_code,region,subregion,command\n"
    try:
        table.write_text(f"{head}ML,Africa,Sahel,AFRICOM\n", encoding="utf-8")
        open_map(page, f"{address}/?region=Sahel", 1)
        table.write_text(f"{head}ml,Africa,Sahel,AFRICOM\n", encoding="utf-8")
        open_map(page, address, 6)
        page.get_by_text("Your table of regions is not used: regions.csv, line 2:").wait_for()
    finally:
        table.unlink()
    open_map(page, f"{address}/?region=Western+Africa", 1)


# ---- an area ------------------------------------------------------------------------------------


def test_area_of_a_link_filters_and_can_be_removed(page: Page, address: str) -> None:
    open_map(page, f"{address}/?area=60,20;75,20;75,36;60,36", 1)
    page.get_by_role("button", name="Area: drawn on the map").click()
    wait_for_map(page, 6)
    page.wait_for_url(f"{address}/")


@pytest.mark.parametrize("area", ["nan,0;1,1;2,2", "1,2;3,4", "'-alert(1)-'", "9,9;" * 1000])
def test_area_that_is_none_is_said_and_ignored(page: Page, address: str, area: str) -> None:
    open_map(page, f"{address}/?area={area}", 6)
    page.get_by_text("Area: what the link draws is not an area").wait_for()


# ---- search -------------------------------------------------------------------------------------


def test_search_finds_words_of_the_text_and_marks_them_in_the_article(page: Page, address: str) -> None:
    open_map(page, f"{address}/?text=%22had+seen+drones%22", 2)
    page.locator("button.dl-row").first.click()
    page.get_by_role("link", name="Read the article").click()
    page.get_by_role("heading", name="Suicide attack shakes Balochistan").wait_for()
    expect(page.locator("mark.dl-hit")).to_have_text(["had seen drones"])
    page.get_by_text("because of “suicide attack”").wait_for()


def test_search_of_articles_is_in_the_address_and_marked(page: Page, address: str) -> None:
    page.goto(f"{address}/articles?text=mashal")
    expect(page.locator(".dl-articles li")).to_have_count(1)
    expect(page.get_by_label("Search").first).to_have_value("mashal")
    page.get_by_label("Search").first.fill("CEREMONY")
    page.wait_for_url(f"{address}/articles?text=CEREMONY")
    expect(page.locator(".dl-articles mark.dl-hit")).to_have_text(["ceremony"])
    page.locator(".dl-articles a.dl-title").click()
    page.wait_for_url(re.compile(r"article=\w+&text=CEREMONY"))
    expect(page.locator("mark.dl-hit")).to_have_text(["ceremony", "ceremony"])
    page.go_back()
    expect(page.get_by_label("Search").first).to_have_value("CEREMONY")
    expect(page.locator(".dl-articles li")).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("Search").first).to_have_value("mashal")


def test_search_of_nothing_but_markup_does_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/articles?text=%3Cimg+src=x+onerror=window.broken=1%3E")
    page.get_by_text("No article has all these words.").wait_for()
    assert page.evaluate("() => window.broken") is None


def test_field_that_finds_a_value_stays_as_long_as_it_hides_others(
    browser: Browser, tmp_path: Path, serving, fill, guarded, drones_pair
) -> None:
    papers = [
        Article(title=f"Story {number}", body="Suva again.", sources=(Source(f"Paper {number}"),))
        for number in range(14)
    ]
    suva = Resolution(Mention(0, 4, "Suva"), SUVA, 0.97, Role.EVENT)
    fill(tmp_path, [drones_pair(), *((paper, [suva]) for paper in papers)])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        open_map(page, address, 16)
        unfold(page, "Outlet")
        find = page.get_by_label("Find in outlet")
        find.fill("paper 7")
        expect(names(page, "Outlet")).to_have_text(["Paper 7"])
        box(page, RIGHTS).click()
        wait_for_map(page, 2)
        expect(names(page, "Outlet")).to_have_count(0)
        expect(find).to_be_visible()
        find.clear()
        expect(names(page, "Outlet")).to_have_text(["Afghanistan International", "Mashal Radio"])


# ---- saved views --------------------------------------------------------------------------------


def test_view_is_saved_opened_renamed_removed_and_put_back(page: Page, address: str, home: Path) -> None:
    open_map(page, f"{address}/?command=CENTCOM&text=suicide", 1)
    unfold(page, "Saved views")
    page.get_by_text("None yet.").wait_for()
    field = page.get_by_label("Name this view")
    field.fill("<b>Tri-border</b> area")
    field.press("Enter")
    view = page.get_by_role("link", name="<b>Tri-border</b> area")
    expect(view).to_have_attribute("aria-current", "true")
    field.fill("<B>TRI-border</b> area")
    field.press("Enter")
    page.get_by_text("choose another name").wait_for()
    expect(field).to_have_value("<B>TRI-border</b> area")
    field.clear()
    page.get_by_role("button", name="Clear all").click()
    wait_for_map(page, 6)
    page.evaluate("() => { window.stays = true; }")
    view.click()
    wait_for_map(page, 1)
    page.wait_for_url(f"{address}/?text=suicide&command=CENTCOM")
    assert page.evaluate("() => window.stays") is True
    page.get_by_role("button", name="Rename <b>Tri-border</b> area").click()
    page.keyboard.press("Enter")  # the name that it has
    expect(page.get_by_label("New name of")).to_have_count(0)
    page.get_by_role("button", name="Rename <b>Tri-border</b> area").click()
    page.get_by_label("New name of").fill("Borders")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Borders").wait_for()
    page.get_by_role("button", name="Delete Borders").click()
    page.get_by_text("“Borders” is deleted.").wait_for()
    expect(page.get_by_role("link", name="Borders")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Borders").wait_for()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert "Borders" in (home / "views.json").read_text(encoding="utf-8")


def test_read_only_dashboard_opens_views_and_changes_none(
    browser: Browser, tmp_path: Path, serving, fill, guarded, drones_pair
) -> None:
    fill(tmp_path, [drones_pair()])
    (tmp_path / "views.json").write_text('[{"id": "1", "name": "Rights", "query": "theme=human-rights"}]')
    with serving(tmp_path, DATELINE_READ_ONLY="1") as address, guarded(browser, address) as page:
        open_map(page, address)
        unfold(page, "Saved views")
        page.get_by_role("link", name="Rights").click()
        page.wait_for_url(f"{address}/?theme=human-rights")
        expect(page.get_by_label("Name this view")).to_be_hidden()
        expect(page.get_by_role("button", name="Delete Rights")).to_have_count(0)


# ---- new since ----------------------------------------------------------------------------------


def test_new_since_a_day_and_since_the_last_visit(page: Page, address: str) -> None:
    # The visit before has ended long ago.
    page.add_init_script(
        "localStorage.getItem('dateline-visit') || "
        "localStorage.setItem('dateline-visit', JSON.stringify({ first: '', last: Date.UTC(2020, 0, 2, 3, 4) }))"
    )
    open_map(page, address, 6)
    unfold(page, "New since")
    page.get_by_role("button", name="My last visit, 2 Jan 2020, 03:04").click()
    page.get_by_role("button", name="New since: 2 Jan 2020, 03:04 UTC").wait_for()
    page.wait_for_url(re.compile("since=2020-01-02T03%3A04"))
    wait_for_map(page, 6)
    page.get_by_label("New since this day").fill("2098-05-06")
    wait_for_map(page, 0)
    page.wait_for_url(re.compile("since=2098-05-06"))
    page.get_by_role("button", name="Any time").click()
    wait_for_map(page, 6)


def test_day_that_is_typed_by_half_outlasts_an_answer(page: Page, address: str) -> None:
    open_map(page, address, 6)
    unfold(page, "New since")
    day = page.get_by_label("New since this day")
    day.focus()
    page.keyboard.type("0506")
    box(page, RIGHTS).evaluate("node => node.click()")  # the focus stays where it is
    wait_for_map(page, 2)
    page.get_by_role("button", name=f"Theme: {RIGHTS}").wait_for()
    page.keyboard.type("2019")
    expect(day).to_have_value("2019-05-06")


# ---- the link -----------------------------------------------------------------------------------


def test_copy_link_gives_the_address(browser: Browser, address: str, guarded) -> None:
    with guarded(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_map(page, f"{address}/?theme=human-rights", 2)
        copy_link(page, "Copied")
        assert read_clipboard(page) == f"{address}/?theme=human-rights"


@pytest.mark.parametrize("works", [True, False])
def test_copy_link_without_a_clipboard_selects_the_address(page: Page, address: str, works: bool) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        f"document.execCommand = () => {{ window.copied = String(getSelection()); return {str(works).lower()}; }};"
    )
    open_map(page, f"{address}/?theme=human-rights", 2)
    copy_link(page, "Copied" if works else "Copy it from here")
    if works:
        expect(page.get_by_label("Link to this view")).to_be_hidden()
    else:
        expect(page.get_by_label("Link to this view")).to_have_value(f"{address}/?theme=human-rights")
        expect(page.get_by_label("Link to this view")).to_be_focused()


def test_hostile_link_is_bounded_and_said(page: Page, address: str) -> None:
    hostile = "&".join(f"outlet={number}%3Cb%3E&theme={number}&language=%00{number}" for number in range(150))
    open_map(page, f"{address}/?{hostile}&country=XX&command=%F0%9F%92%A3&since=9999999&kind=palace", 6)
    page.get_by_text("This link asks for something Dateline does not have:").wait_for()
    page.wait_for_url(f"{address}/")
