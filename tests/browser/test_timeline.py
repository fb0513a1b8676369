"""The timeline in a real browser: it says how many, and chooses the period by hand, by key and by itself."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.model import Article, ThemeMatch
from geodata.model import Kind, Mention, Place, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

FIRST = date(2023, 9, 1)
TOWN = Place("geonames:8", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus")
WIDTH = 9
"""Days of the collection: one event on the first, two on the second, and so on."""


def story(number: int, day: date | None) -> tuple[Article, list[Resolution]]:
    theme = "cyber" if number % 2 else "human-rights"
    article = Article(
        title=f"Story {number}", body="Something happened in Tartus.", published=day,
        themes=(ThemeMatch(theme, ("something",)),),
    )  # fmt: skip
    start = article.text.index("Tartus")
    return article, [Resolution(Mention(start, start + 6, "Tartus"), TOWN, 0.9, Role.EVENT)]


def stories() -> list[tuple[Article, list[Resolution]]]:
    days = [FIRST + timedelta(days=day) for day in range(WIDTH) for _ in range(day + 1)]
    return [story(number, day) for number, day in enumerate([*days, None, None, None])]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving, fill) -> Iterator[str]:
    home = tmp_path_factory.mktemp("timeline")
    fill(home, stories())
    with serving(home) as opened:
        yield opened


@pytest.fixture
def timeline(browser: Browser, address: str, guarded) -> Iterator[Page]:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        open_timeline(page, address)
        yield page


def open_timeline(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("slider", name="Last day").wait_for()
    page.frame_locator("iframe").locator("html[data-events]").wait_for(state="attached")


def words(page: Page) -> Locator:
    return page.locator(".dl-tl-span")


def counts(page: Page) -> Locator:
    return page.locator(".dl-counts")


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name)


def place_of(page: Page, day: float) -> tuple[float, float]:
    """Return the point of the bars at which a day of the collection stands, 0.5 in the middle of the first."""
    box = page.locator(".dl-tl-plot").bounding_box()
    return box["x"] + box["width"] * day / WIDTH, box["y"] + 50


def drag(page: Page, start: float, end: float) -> None:
    page.mouse.move(*place_of(page, start))
    page.mouse.down()
    page.mouse.move(*place_of(page, (start + end) / 2), steps=3)
    page.mouse.move(*place_of(page, end), steps=3)
    page.mouse.up()


def test_timeline_says_what_it_shows_and_counts_the_undated(timeline: Page) -> None:
    expect(words(timeline)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
    expect(counts(timeline)).to_contain_text("48 events")
    expect(timeline.locator(".dl-tl-numbers")).to_contain_text("3 without a date")
    picture = timeline.get_by_role(
        "img", name="Events per day of publication, 1 Sep 2023 to 9 Sep 2023; most: 9 Sep 2023, 9 events"
    )
    picture.wait_for()
    timeline.mouse.move(*place_of(timeline, 8.5))
    expect(timeline.locator(".dl-tl-readout")).to_have_text("9 Sep 2023: 9 eventsHuman rights 5Cyber 4")


def test_brush_filters_everything_and_is_one_step_of_the_history(timeline: Page) -> None:
    before = timeline.evaluate("() => history.length")
    drag(timeline, 2.3, 4.6)
    timeline.wait_for_url(re.compile("start=2023-09-03&end=2023-09-05"))
    expect(words(timeline)).to_have_text("3 Sep 2023 – 5 Sep 2023")
    expect(counts(timeline)).to_contain_text("12 events")
    expect(timeline.locator("button.dl-row")).to_have_count(12)
    timeline.frame_locator("iframe").locator("html[data-events='12']").wait_for(state="attached")
    expect(timeline.locator(".dl-tl-numbers")).to_have_text("12 of 45 dated3 without a date, not shown")
    assert timeline.evaluate("() => history.length") == before + 1
    # The bars outside stay, dimmed.
    assert timeline.get_by_role("img", name=re.compile("most: 9 Sep 2023, 9 events")).count() == 1
    timeline.go_back()
    expect(words(timeline)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
    expect(counts(timeline)).to_contain_text("48 events")
    timeline.go_forward()
    expect(words(timeline)).to_have_text("3 Sep 2023 – 5 Sep 2023")
    expect(slider(timeline, "First day")).to_have_attribute("aria-valuetext", "3 Sep 2023")


def test_click_takes_a_bar_and_escape_or_the_button_the_whole_period(timeline: Page) -> None:
    timeline.mouse.click(*place_of(timeline, 6.5))
    expect(words(timeline)).to_have_text("7 Sep 2023")
    expect(counts(timeline)).to_contain_text("7 events")
    timeline.keyboard.press("Escape")
    expect(counts(timeline)).to_contain_text("48 events")
    timeline.mouse.click(*place_of(timeline, 0.5))
    expect(counts(timeline)).to_contain_text("1 event")
    timeline.get_by_role("button", name="Whole period").click()
    expect(counts(timeline)).to_contain_text("48 events")
    timeline.wait_for_url(lambda url: "start" not in url and "end" not in url)


def test_handles_and_the_window_can_be_dragged(timeline: Page) -> None:
    drag(timeline, 2.3, 4.6)
    expect(counts(timeline)).to_contain_text("12 events")
    drag(timeline, 5, 7)
    expect(words(timeline)).to_have_text("3 Sep 2023 – 7 Sep 2023")
    expect(counts(timeline)).to_contain_text("25 events")
    drag(timeline, 4.5, 6.5)
    expect(words(timeline)).to_have_text("5 Sep 2023 – 9 Sep 2023")
    expect(counts(timeline)).to_contain_text("35 events")
    drag(timeline, 4, 0)
    expect(words(timeline)).to_have_text("Until 9 Sep 2023")


def test_keys_move_the_handles_and_a_burst_is_one_step(timeline: Page) -> None:
    before = timeline.evaluate("() => history.length")
    first = slider(timeline, "First day")
    first.focus()
    for _ in range(3):
        timeline.keyboard.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "4 Sep 2023")
    expect(words(timeline)).to_have_text("From 4 Sep 2023")
    expect(counts(timeline)).to_contain_text("39 events")
    timeline.wait_for_url(re.compile("start=2023-09-04"))
    assert timeline.evaluate("() => history.length") == before + 1
    last = slider(timeline, "Last day")
    last.focus()
    timeline.keyboard.press("Home")  # no further than the other handle
    expect(words(timeline)).to_have_text("4 Sep 2023")
    expect(counts(timeline)).to_contain_text("4 events")
    timeline.keyboard.press("End")
    expect(words(timeline)).to_have_text("From 4 Sep 2023")
    expect(first).to_have_attribute("aria-valuenow", "19604")


def test_slider_of_the_panel_chip_and_timeline_agree(timeline: Page) -> None:
    drag(timeline, 2.3, 4.6)
    panel = timeline.locator(".st-key-period")
    expect(panel).to_contain_text("3 Sep 2023")
    expect(panel).to_contain_text("5 Sep 2023")
    thumb = panel.get_by_role("slider").first
    thumb.focus()
    timeline.keyboard.press("ArrowLeft")
    expect(words(timeline)).to_have_text("2 Sep 2023 – 5 Sep 2023")
    timeline.get_by_role("button", name="To: 5 Sep 2023").click()
    expect(words(timeline)).to_have_text("From 2 Sep 2023")
    expect(slider(timeline, "Last day")).to_have_attribute("aria-valuetext", "9 Sep 2023")


def test_bars_follow_the_other_filters_and_not_the_period(timeline: Page) -> None:
    timeline.mouse.click(*place_of(timeline, 8.5))
    expect(counts(timeline)).to_contain_text("9 events")
    timeline.get_by_role("checkbox", name="Cyber").click()
    timeline.get_by_role(
        "img", name="Events per day of publication, 1 Sep 2023 to 9 Sep 2023; most: 7 Sep 2023, 4 events"
    ).wait_for()
    expect(timeline.locator(".dl-tl-numbers")).to_contain_text("4 of 22 dated")
    timeline.mouse.move(*place_of(timeline, 7.5))
    expect(timeline.locator(".dl-tl-readout")).to_have_text("8 Sep 2023: 4 eventsCyber 4")


RECORD = """() => {
  window.seen = [];
  const root = document.querySelector('.st-key-timeline-frame [data-testid="stBidiComponentRegular"], .st-key-timeline-frame *');
  const find = (node) => node.shadowRoot?.querySelector('.dl-tl-span')
    || [...node.children].map(find).find(Boolean);
  const span = find(document.querySelector('.st-key-timeline-frame'));
  new MutationObserver(() => window.seen.push(span.textContent)).observe(span, {childList: true});
}"""


def test_play_walks_a_window_to_the_end_and_waits_for_each_answer(
    browser: Browser, address: str, guarded
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        asked: list[int] = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda _: asked.append(1)))
        open_timeline(page, address)
        before = page.evaluate("() => history.length")
        page.evaluate(RECORD)
        asked.clear()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        page.get_by_role("button", name="Play through time").wait_for(timeout=60_000)
        expect(words(page)).to_have_text("9 Sep 2023")
        expect(counts(page)).to_contain_text("9 events")
        page.wait_for_url(re.compile("start=2023-09-09&end=2023-09-09"))
        steps = list(dict.fromkeys(page.evaluate("() => window.seen")))
        assert steps == [f"{day} Sep 2023" for day in range(1, WIDTH + 1)]
        # One message a step, and one that ends the walk.
        assert len(asked) <= WIDTH + 2
        assert page.evaluate("() => history.length") == before + 1


def test_play_pauses_where_it_is_and_goes_on_from_there(timeline: Page) -> None:
    drag(timeline, 0.3, 1.6)
    expect(counts(timeline)).to_contain_text("3 events")
    timeline.get_by_role("button", name="Play through time").click()
    expect(words(timeline)).to_have_text("3 Sep 2023 – 4 Sep 2023", timeout=20_000)
    timeline.get_by_role("button", name="Pause").click()
    timeline.wait_for_url(re.compile("start=2023-09-0[34]&end=2023-09-0[45]"))
    paused = words(timeline).inner_text()
    timeline.get_by_role("button", name="Play through time").click()
    expect(words(timeline)).not_to_have_text(paused)
    assert words(timeline).inner_text() > paused


def test_choosing_something_else_stops_the_play(timeline: Page) -> None:
    timeline.get_by_role("button", name="Play through time").click()
    expect(words(timeline)).to_have_text("2 Sep 2023", timeout=20_000)
    timeline.mouse.click(*place_of(timeline, 6.5))
    timeline.get_by_role("button", name="Play through time").wait_for()
    expect(words(timeline)).to_have_text("7 Sep 2023")
    expect(counts(timeline)).to_contain_text("7 events")


def test_link_outside_the_collection_dims_everything(browser: Browser, address: str, guarded) -> None:
    with guarded(browser, address) as page:
        page.goto(f"{address}/?start=2030-01-01")
        words(page).wait_for()
        expect(words(page)).to_have_text("From 1 Jan 2030")
        expect(slider(page, "First day")).to_have_attribute("aria-valuetext", "1 Jan 2030")
        expect(page.locator(".dl-tl-numbers")).to_contain_text("0 of 45 dated")
        page.get_by_role("button", name="Whole period").click()
        expect(counts(page)).to_contain_text("48 events")


def test_narrow_page_has_the_timeline_under_the_list(browser: Browser, address: str, guarded) -> None:
    size = {"width": 390, "height": 844}
    with guarded(browser, address, viewport=size, has_touch=True) as page:
        open_timeline(page, address)
        rows, plot = (page.locator(place).bounding_box() for place in (".dl-scroller", ".dl-tl-plot"))
        assert rows["y"] + rows["height"] <= plot["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator(".dl-tl-plot").scroll_into_view_if_needed()
        page.touchscreen.tap(*place_of(page, 8.5))
        expect(words(page)).to_have_text("9 Sep 2023")
        expect(counts(page)).to_contain_text("9 events")


@pytest.mark.parametrize(
    ("days", "said"), [([None, None], "No event has a date"), ([FIRST, FIRST], "All on 1 Sep 2023")]
)
def test_without_a_span_there_is_nothing_to_choose(
    browser: Browser, tmp_path: Path, guarded, serving, fill, days, said
) -> None:
    fill(tmp_path, [story(number, day) for number, day in enumerate(days)])
    with serving(tmp_path) as address, guarded(browser, address) as page:
        page.goto(address)
        words(page).wait_for()
        expect(words(page)).to_have_text(said)
        expect(page.get_by_role("button", name="Play through time")).to_be_disabled()
        expect(slider(page, "First day")).to_have_count(0)
        assert page.locator(".st-key-timeline-frame").bounding_box()["height"] >= 110
        page.mouse.click(*place_of(page, 4))
        expect(words(page)).to_have_text(said)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_timeline_has_no_serious_barrier(browser: Browser, address: str, guarded, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with guarded(browser, address, color_scheme=scheme) as page:
        page.goto(f"{address}/?start=2023-09-03&end=2023-09-05")
        words(page).wait_for()
        expect(counts(page)).to_contain_text("12 events")
        page.mouse.move(*place_of(page, 7.5))
        found = Axe().run(page).response["violations"]
    assert [entry["id"] for entry in found if entry["impact"] in {"serious", "critical"}] == []
