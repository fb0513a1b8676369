"""The timeline in a real browser: it says how many, and chooses the period by hand, by key and by itself."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from articles.model import ThemeMatch
from geodata.model import Kind, Place
from tests.browser.pages import open_map, wait_for_map
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, WebSocketRoute

    from tests.stories import Pair

pytestmark = pytest.mark.browser

FIRST = date(2023, 9, 1)
TOWN = Place("geonames:8", "Tartus", Kind.CITY, 34.889, 35.8866, "SY", "Tartus")
WIDTH = 9
"""Days of the collection: one event on the first, two on the second, and so on."""


def report(number: int, day: date | None) -> Pair:
    theme = "cyber" if number % 2 else "human-rights"
    return story(f"Story {number}", TOWN, published=day, themes=(ThemeMatch(theme, ("something",)),))


def stories() -> list[Pair]:
    days = [FIRST + timedelta(days=day) for day in range(WIDTH) for _ in range(day + 1)]
    return [report(number, day) for number, day in enumerate([*days, None, None, None])]


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
    open_map(page, address)
    page.get_by_role("slider", name="Last day").wait_for()


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


def test_brush_filters_everything_and_is_one_step_of_the_history(timeline: Page, settle) -> None:
    before = timeline.evaluate("() => history.length")
    drag(timeline, 2.3, 4.6)
    timeline.wait_for_url(re.compile("start=2023-09-03&end=2023-09-05"))
    expect(words(timeline)).to_have_text("3 Sep 2023 – 5 Sep 2023")
    expect(counts(timeline)).to_contain_text("12 events")
    expect(timeline.locator("button.dl-row")).to_have_count(12)
    wait_for_map(timeline, 12)
    expect(timeline.locator(".dl-tl-numbers")).to_have_text("12 of 45 dated3 without a date, not shown")
    assert timeline.evaluate("() => history.length") == before + 1
    # The bars outside stay, dimmed.
    expect(timeline.get_by_role("img", name=re.compile("most: 9 Sep 2023, 9 events"))).to_have_count(1)
    # A choice that is said again just after Back would come before it.
    settle(timeline)
    timeline.go_back()
    expect(words(timeline)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
    expect(counts(timeline)).to_contain_text("48 events")
    timeline.go_forward()
    expect(words(timeline)).to_have_text("3 Sep 2023 – 5 Sep 2023")
    expect(slider(timeline, "First day")).to_have_attribute("aria-valuetext", "3 Sep 2023")


class LateAnswers:
    """Keeps from the browser what the server says, and counts the runs that have ended meanwhile."""

    def __init__(self) -> None:
        self.is_held = False
        self.ended = 0
        self._held: list[str | bytes] = []

    def connect(self, browser: WebSocketRoute) -> None:
        self._browser = browser
        server = browser.connect_to_server()
        browser.on_message(server.send)
        server.on_message(self._answer)

    def hold(self) -> None:
        self.is_held, self.ended = True, 0

    def release(self) -> None:
        self.is_held = False
        while self._held:
            self._browser.send(self._held.pop(0))

    def _answer(self, message: str | bytes) -> None:
        if not self.is_held:
            self._browser.send(message)
            return
        self._held.append(message)
        self.ended += ForwardMsg.FromString(message).HasField("script_finished")


def test_click_that_comes_before_the_answer_to_back_does_not_undo_it(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address) as page:
        late = LateAnswers()
        page.route_web_socket(re.compile("/_stcore/stream"), late.connect)
        open_timeline(page, address)
        drag(page, 2.3, 4.6)
        page.wait_for_url(re.compile("start=2023-09-03&end=2023-09-05"))
        expect(counts(page)).to_contain_text("12 events")
        settle(page)
        late.hold()
        page.go_back()
        while not late.ended:
            page.evaluate("() => new Promise(requestAnimationFrame)")
        page.locator("button.dl-row").first.click()
        while late.ended < 2:
            page.evaluate("() => new Promise(requestAnimationFrame)")
        late.release()
        page.locator("li.is-open .dl-card").wait_for()
        expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
        expect(counts(page)).to_contain_text("48 events")
        assert "start=" not in page.url


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


BURST = """node => {
  for (let press = 0; press < 3; press += 1)
    node.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, composed: true, cancelable: true }));
}"""


def test_shade_follows_the_hand_at_once(timeline: Page) -> None:
    shade = timeline.locator(".dl-tl-shade").first
    assert shade.evaluate("node => getComputedStyle(node).transitionDuration") == "0s"


def test_keys_move_the_handles_and_a_burst_is_one_step(timeline: Page) -> None:
    before = timeline.evaluate("() => history.length")
    first = slider(timeline, "First day")
    # All three in one go: what a burst is, a clock decides.
    first.evaluate(BURST)
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


RECORD = """(span) => {
  window.seen = [];
  new MutationObserver(() => window.seen.push(span.textContent)).observe(span, {childList: true});
}"""

PAUSE_AT = """(span, words) => {
  const pause = span.closest('.dl-timeline').querySelector('.dl-tl-play');
  const observer = new MutationObserver(() => {
    if (span.textContent !== words) return;
    observer.disconnect();
    pause.click();
  });
  observer.observe(span, {childList: true});
}"""
"""What a play shows passes by; whoever looks from outside may miss it."""


class Talk:
    """What the browser says to the server; while it is held, the server hears nothing of it."""

    def __init__(self) -> None:
        self.is_held = False
        self.choices: list[str] = []
        self.others = 0
        self._held: list[str | bytes] = []

    def connect(self, browser: WebSocketRoute) -> None:
        self._server = browser.connect_to_server()
        browser.on_message(self._hear)

    def release(self) -> None:
        self.is_held = False
        while self._held:
            self._server.send(self._held.pop(0))

    def _hear(self, message: str | bytes) -> None:
        choice = self._choice_in(message)
        if not choice:
            self.others += 1
        # On a slow machine a choice is said again until it is answered.
        elif choice not in self.choices:
            self.choices.append(choice)
        if self.is_held:
            self._held.append(message)
        else:
            self._server.send(message)

    def _choice_in(self, message: str | bytes) -> str:
        states = BackMsg.FromString(message).rerun_script.widget_states.widgets
        sent = [state.json_trigger_value for state in states]
        return next((value for value in sent if "brushed" in value), "")


def test_play_walks_through_the_whole_time_and_waits_for_each_answer(
    browser: Browser, address: str, guarded
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        talk = Talk()
        page.route_web_socket(re.compile("/_stcore/stream"), talk.connect)
        open_timeline(page, address)
        before = page.evaluate("() => history.length")
        words(page).evaluate(RECORD)
        talk.others = 0
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        page.get_by_role("button", name="Play through time").wait_for()
        expect(counts(page)).to_contain_text("48 events")
        steps = list(dict.fromkeys(page.evaluate("() => window.seen")))
        windows = [f"{day} Sep 2023" for day in range(1, WIDTH + 1)]
        assert steps == [*windows, "All dates, 1 Sep 2023 – 9 Sep 2023"]
        # One message a step, and one that ends the walk.
        assert len(talk.choices) == WIDTH + 1
        assert talk.others <= 1
        # What was in force is so again: there is nothing to come back to.
        assert page.evaluate("() => history.length") == before
        assert "start=" not in page.url


def test_play_walks_through_the_chosen_period_and_leaves_it_in_force(timeline: Page) -> None:
    drag(timeline, 2.3, 5.6)
    timeline.wait_for_url(re.compile("start=2023-09-03&end=2023-09-06"))
    expect(counts(timeline)).to_contain_text("18 events")
    before = timeline.evaluate("() => history.length")
    words(timeline).evaluate(RECORD)
    timeline.get_by_role("button", name="Play through time").click()
    timeline.get_by_role("button", name="Pause").wait_for()
    timeline.get_by_role("button", name="Play through time").wait_for()
    expect(counts(timeline)).to_contain_text("18 events")
    steps = list(dict.fromkeys(timeline.evaluate("() => window.seen")))
    assert steps == [*(f"{day} Sep 2023" for day in range(3, 7)), "3 Sep 2023 – 6 Sep 2023"]
    assert "start=2023-09-03&end=2023-09-06" in timeline.url
    assert timeline.evaluate("() => history.length") == before


def test_play_pauses_where_it_is_and_goes_on_within_the_same_bounds(timeline: Page) -> None:
    drag(timeline, 2.3, 5.6)
    expect(counts(timeline)).to_contain_text("18 events")
    words(timeline).evaluate(PAUSE_AT, "4 Sep 2023")
    timeline.get_by_role("button", name="Play through time").click()
    timeline.wait_for_url(re.compile("start=2023-09-04&end=2023-09-04"))
    expect(words(timeline)).to_have_text("4 Sep 2023")
    expect(counts(timeline)).to_contain_text("4 events")
    timeline.get_by_role("button", name="From: 4 Sep 2023").wait_for()
    words(timeline).evaluate(RECORD)
    timeline.get_by_role("button", name="Play through time").click()
    timeline.wait_for_url(re.compile("start=2023-09-03&end=2023-09-06"))
    expect(counts(timeline)).to_contain_text("18 events")
    steps = list(dict.fromkeys(timeline.evaluate("() => window.seen")))
    assert steps == ["5 Sep 2023", "6 Sep 2023", "3 Sep 2023 – 6 Sep 2023"]


def test_other_choice_after_a_pause_is_what_is_played_next(timeline: Page) -> None:
    words(timeline).evaluate(PAUSE_AT, "2 Sep 2023")
    timeline.get_by_role("button", name="Play through time").click()
    timeline.wait_for_url(re.compile("start=2023-09-02&end=2023-09-02"))
    timeline.get_by_role("button", name="Whole period").click()
    expect(counts(timeline)).to_contain_text("48 events")
    drag(timeline, 6.3, 7.6)
    expect(counts(timeline)).to_contain_text("15 events")
    words(timeline).evaluate(RECORD)
    timeline.get_by_role("button", name="Play through time").click()
    timeline.get_by_role("button", name="Pause").wait_for()
    timeline.get_by_role("button", name="Play through time").wait_for()
    steps = list(dict.fromkeys(timeline.evaluate("() => window.seen")))
    assert steps == ["7 Sep 2023", "8 Sep 2023", "7 Sep 2023 – 8 Sep 2023"]


def test_period_that_was_walked_through_is_in_force_after_another_page(timeline: Page) -> None:
    timeline.get_by_role("button", name="Play through time").click()
    timeline.get_by_role("button", name="Pause").wait_for()
    expect(counts(timeline)).not_to_contain_text("48 events")
    timeline.get_by_role("link", name="Quality").click()
    timeline.locator(".dl-quality").first.wait_for()
    timeline.get_by_role("link", name="Map").click()
    expect(words(timeline)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
    expect(counts(timeline)).to_contain_text("48 events")


def test_choosing_something_else_stops_the_play(browser: Browser, address: str, guarded) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        talk = Talk()
        page.route_web_socket(re.compile("/_stcore/stream"), talk.connect)
        open_timeline(page, address)
        # Without an answer the play takes no further step.
        talk.is_held = True
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        expect(words(page)).to_have_text("1 Sep 2023")
        words(page).evaluate(RECORD)
        page.mouse.click(*place_of(page, 6.5))
        page.get_by_role("button", name="Play through time").wait_for()
        talk.release()
        expect(counts(page)).to_contain_text("7 events")
        page.wait_for_url(re.compile("start=2023-09-07&end=2023-09-07"))
        steps = [step for step, _ in groupby(["1 Sep 2023", *page.evaluate("() => window.seen")])]
        assert steps == ["1 Sep 2023", "7 Sep 2023"]


def test_link_outside_the_collection_dims_everything(browser: Browser, address: str, guarded) -> None:
    with guarded(browser, address) as page:
        page.goto(f"{address}/?start=2030-01-01")
        words(page).wait_for()
        expect(words(page)).to_have_text("From 1 Jan 2030")
        expect(slider(page, "First day")).to_have_attribute("aria-valuetext", "1 Jan 2030")
        expect(page.locator(".dl-tl-numbers")).to_contain_text("0 of 45 dated")
        page.get_by_role("button", name="Whole period").click()
        expect(counts(page)).to_contain_text("48 events")


def test_narrow_page_has_the_timeline_under_the_list(browser: Browser, address: str, guarded, settle) -> None:
    size = {"width": 390, "height": 844}
    with guarded(browser, address, viewport=size, has_touch=True) as page:
        open_timeline(page, address)
        settle(page)
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
    fill(tmp_path, [report(number, day) for number, day in enumerate(days)])
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
def test_timeline_has_no_serious_barrier(
    browser: Browser, address: str, guarded, barriers, scheme: str
) -> None:
    with guarded(browser, address, color_scheme=scheme) as page:
        page.goto(f"{address}/?start=2023-09-03&end=2023-09-05")
        words(page).wait_for()
        expect(counts(page)).to_contain_text("12 events")
        page.mouse.move(*place_of(page, 7.5))
        assert barriers(page) == []
