"""The timeline in a real browser: it says how many, and chooses the period by hand, by key and by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import wait_for_map, wait_until
from tests.browser.serving import serve_anew
from tests.browser.timeline import (
    FIRST,
    RECORD,
    WIDTH,
    counts,
    drag,
    open_timeline,
    place_of,
    report,
    serve_stories,
    slider,
    stories,
    words,
)
from tests.browser.wire import Wire, choices_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_stories(tmp_path_factory.mktemp("timeline")) as opened:
        yield opened


@pytest.fixture
def timeline(browser: Browser, address: str, guarded) -> Iterator[Page]:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        open_timeline(page, address)
        yield page


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


def test_timeline_follows_the_filter_after_the_server_has_started_anew(
    browser: Browser, tmp_path: Path, fill, unguarded, settle
) -> None:
    fill(tmp_path, stories())
    with serve_anew(tmp_path) as (address, restart), unguarded(browser) as page:
        open_timeline(page, address)
        slider(page, "First day").press("ArrowRight")
        page.wait_for_url("**start=2023-09-02")
        settle(page)
        # The page stays open, in a session now that has heard of no choice.
        restart()
        page.get_by_role("checkbox", name="Cyber").click()
        page.wait_for_url("**theme=cyber**")
        # The address is told before the chips are drawn, among which another one comes.
        page.get_by_role("button", name="Theme: Cyber").wait_for()
        settle(page)
        page.get_by_role("button", name="From: 2 Sep 2023").click()
        expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")


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


def test_hand_that_rests_on_a_bar_reads_what_a_filter_leaves_of_it(timeline: Page) -> None:
    readout = timeline.locator(".dl-tl-readout")
    timeline.mouse.move(*place_of(timeline, 8.5))
    expect(readout).to_have_text("9 Sep 2023: 9 eventsHuman rights 5Cyber 4")
    timeline.get_by_role("checkbox", name="Cyber").press("Enter")
    expect(timeline.locator(".dl-tl-plot svg")).to_have_attribute(
        "aria-label", re.compile("most: 7 Sep 2023, 4 events")
    )
    expect(readout).to_have_text("9 Sep 2023: 4 eventsCyber 4")
    timeline.mouse.move(0, 0)
    expect(readout).to_have_text("Events per day of publication, by theme")


def play_until(page: Page, last: str) -> list[str]:
    """Play what RECORD watches until these words are seen; returns all that were. The play may be over at once."""
    page.get_by_role("button", name="Play through time").click()
    page.wait_for_function("last => window.seen.at(-1) === last", arg=last)
    page.get_by_role("button", name="Play through time").wait_for()
    return list(dict.fromkeys(page.evaluate("() => window.seen")))


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


def test_play_walks_through_the_whole_time_and_waits_for_each_answer(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        wire = Wire(page)
        open_timeline(page, address)
        settle(page)
        before = page.evaluate("() => history.length")
        words(page).evaluate(RECORD)
        already = len(wire.requests.said)
        steps = play_until(page, "All dates, 1 Sep 2023 – 9 Sep 2023")
        expect(counts(page)).to_contain_text("48 events")
        windows = [f"{day} Sep 2023" for day in range(1, WIDTH + 1)]
        assert steps == [*windows, "All dates, 1 Sep 2023 – 9 Sep 2023"]
        # One choice a step, and one that ends the walk.
        requests = wire.requests.said
        assert len({number for request in requests for number in choices_in(request)}) == WIDTH + 1
        assert sum(not choices_in(request) for request in requests[already:]) <= 1
        # What was in force is so again: there is nothing to come back to.
        assert page.evaluate("() => history.length") == before
        assert "start=" not in page.url


def test_play_walks_through_the_chosen_period_and_leaves_it_in_force(timeline: Page) -> None:
    drag(timeline, 2.3, 5.6)
    timeline.wait_for_url(re.compile("start=2023-09-03&end=2023-09-06"))
    expect(counts(timeline)).to_contain_text("18 events")
    before = timeline.evaluate("() => history.length")
    words(timeline).evaluate(RECORD)
    steps = play_until(timeline, "3 Sep 2023 – 6 Sep 2023")
    expect(counts(timeline)).to_contain_text("18 events")
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
    steps = play_until(timeline, "7 Sep 2023 – 8 Sep 2023")
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


def wait_until_gone(page: Page) -> None:
    """Wait until nothing holds the timeline; React may hold what it has drawn until it draws again."""
    tools = page.context.new_cdp_session(page)

    def is_gone() -> bool:
        tools.send("HeapProfiler.collectGarbage")
        return page.evaluate("() => window.timeline.deref() === undefined")

    wait_until(page, is_gone, "that nothing holds the timeline")


def test_timeline_goes_with_its_page(timeline: Page, settle) -> None:
    timeline.locator(".dl-timeline").evaluate("node => { window.timeline = new WeakRef(node); }")
    timeline.get_by_role("link", name="About").click()
    timeline.locator(".dl-about").first.wait_for()
    settle(timeline)
    wait_until_gone(timeline)


def test_timeline_that_is_left_while_time_is_played_goes_with_its_page(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        wire = Wire(page)
        page.goto(f"{address}/about")
        page.get_by_role("link", name="Map", exact=True).click()
        wait_for_map(page)
        slider(page, "Last day").wait_for()
        settle(page)
        page.locator(".dl-timeline").evaluate("node => { window.timeline = new WeakRef(node); }")
        wire.requests.hold()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        # A step that is never answered.
        wire.requests.wait_until_held()
        wire.requests.lose()
        wire.requests.release()
        page.go_back()
        page.locator(".dl-about").first.wait_for()
        settle(page)
        wait_until_gone(page)


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
