"""The timeline and a viewer who is faster than the server: what was chosen last is in force, however late it is heard."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.pages import wait_for_map, wait_until
from tests.browser.timeline import (
    RECORD,
    counts,
    drag,
    open_timeline,
    place_of,
    serve_stories,
    slider,
    words,
)
from tests.browser.wire import Wire, choices_in, ends_run, follows_history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_stories(tmp_path_factory.mktemp("timeline")) as opened:
        yield opened


# ---- answers that come late ----------------------------------------------------------------------


def test_click_that_comes_before_the_answer_to_back_does_not_undo_it(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address) as page:
        wire = Wire(page)
        open_timeline(page, address)
        drag(page, 2.3, 4.6)
        page.wait_for_url(re.compile("start=2023-09-03&end=2023-09-05"))
        expect(counts(page)).to_contain_text("12 events")
        settle(page)
        wire.answers.hold()
        page.go_back()
        wire.answers.wait_until_held(ends_run)
        page.locator("button.dl-row").first.click()
        wire.answers.wait_until_held(ends_run, 2)
        wire.answers.release()
        page.locator("li.is-open .dl-card").wait_for()
        expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
        expect(counts(page)).to_contain_text("48 events")
        assert "start=" not in page.url


def test_period_that_is_left_and_found_again_comes_to_a_viewer_who_is_faster_than_the_answers(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address) as page:
        wire = Wire(page)
        open_timeline(page, address)
        settle(page)
        drag(page, 2.3, 4.6)
        expect(counts(page)).to_contain_text("12 events")
        settle(page)
        wire.answers.hold()
        page.mouse.click(*place_of(page, 6.5))
        wire.answers.wait_until_held(ends_run)
        page.keyboard.press("Escape")
        wire.answers.wait_until_held(ends_run, 2)
        # A part of the page is not answered by a mere name of what the browser had, and may have put away by now.
        wire.answers.release()
        expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
        expect(counts(page)).to_contain_text("48 events")
        page.wait_for_url(lambda url: "start" not in url)


# ---- requests that are heard late, or never ------------------------------------------------------


def are_choices_held(wire: Wire) -> list[bool]:
    """Return of each request that is held whether it tells a choice; one that is said again at once is one."""
    return [kind for kind, _ in groupby(bool(choices_in(request)) for request in wire.requests.held)]


def test_link_that_is_followed_while_time_is_played_is_not_undone(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        page.clock.install()
        wire = Wire(page)
        open_timeline(page, address)
        settle(page)
        wire.requests.hold()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        wire.requests.wait_until_held()
        assert are_choices_held(wire) == [True]
        page.get_by_role("link", name="Quality").click()
        # Far longer than after what a step that was not heard is said again.
        page.clock.fast_forward(20_000)
        expect(page.get_by_role("button", name="Play through time")).to_be_visible()
        wait_until(page, lambda: len(are_choices_held(wire)) > 1, "what the link asks for")
        assert are_choices_held(wire) == [True, False]
        wire.requests.release()
        page.locator(".dl-quality").first.wait_for()


@pytest.mark.parametrize("choice", ["played", "brushed"])
def test_title_in_the_map_that_is_followed_before_a_choice_is_heard_is_not_undone(
    browser: Browser, address: str, guarded, settle, choice: str
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        page.clock.install()
        wire = Wire(page)
        open_timeline(page, address)
        page.locator("button.dl-row").first.click()
        title = page.frame_locator("iframe").locator(".dl-popup .dl-title")
        title.wait_for()
        page.wait_for_url("**event=**")
        settle(page)
        wire.requests.hold()
        if choice == "played":
            page.get_by_role("button", name="Play through time").click()
            page.get_by_role("button", name="Pause").wait_for()
        else:
            drag(page, 2.3, 4.6)
        wire.requests.wait_until_held()
        wire.requests.lose()
        title.click()
        page.wait_for_url("**/articles?article=**")
        page.clock.fast_forward(20_000)
        wire.requests.release()
        page.locator(".dl-article-head").wait_for()


@pytest.mark.parametrize("left_for", ["another page", "another period"])
def test_way_back_that_is_gone_while_time_is_played_is_not_undone(
    browser: Browser, address: str, guarded, settle, left_for: str
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        page.clock.install()
        wire = Wire(page)
        if left_for == "another page":
            page.goto(f"{address}/about")
            page.get_by_role("link", name="Map", exact=True).click()
            wait_for_map(page)
        else:
            open_timeline(page, address)
            drag(page, 2.3, 4.6)
            page.wait_for_url(re.compile("start=2023-09-03&end=2023-09-05"))
        slider(page, "Last day").wait_for()
        settle(page)
        wire.requests.hold()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        wire.requests.wait_until_held()
        wire.requests.lose()
        page.go_back()
        page.clock.fast_forward(20_000)
        wire.requests.release()
        if left_for == "another page":
            page.locator(".dl-about").first.wait_for()
        else:
            expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
            expect(counts(page)).to_contain_text("48 events")
            assert "start=" not in page.url


@pytest.mark.parametrize("choice", ["brushed", "theme"])
def test_way_back_that_is_gone_before_a_choice_is_heard_is_not_undone(
    browser: Browser, address: str, guarded, settle, choice: str
) -> None:
    with guarded(browser, address) as page:
        page.clock.install()
        wire = Wire(page)
        open_timeline(page, address)
        page.get_by_role("checkbox", name="Cyber").click()
        page.wait_for_url("**theme=cyber")
        expect(counts(page)).to_contain_text("24 events")
        settle(page)
        wire.requests.hold()
        if choice == "brushed":
            drag(page, 2.3, 4.6)
        else:
            page.get_by_role("checkbox", name="Human rights").click()
        wire.requests.wait_until_held()
        wire.requests.lose()
        wire.requests.release()
        page.go_back()
        expect(counts(page)).to_contain_text("48 events")
        # Far longer than after what a choice that was not heard is said again.
        page.clock.fast_forward(20_000)
        settle(page)
        expect(counts(page)).to_contain_text("48 events")
        expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
        for theme in ("Cyber", "Human rights"):
            expect(page.get_by_role("checkbox", name=theme)).not_to_be_checked()
        page.wait_for_url(f"{address}/")


def test_saved_view_from_which_time_is_played_ends_the_play_and_is_shown_whole(
    browser: Browser, address: str, guarded, settle
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        wire = Wire(page)
        open_timeline(page, f"{address}/?theme=human-rights")
        page.locator("summary", has_text="Saved views").click()
        page.locator("a.dl-view[aria-current]").wait_for()
        settle(page)
        wire.requests.hold()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        expect(words(page)).to_have_text("1 Sep 2023")
        wire.requests.wait_until_held()
        wire.requests.lose()
        page.get_by_role("link", name="Rights", exact=True).press("Enter")
        page.get_by_role("button", name="Play through time").wait_for()
        wire.requests.wait_until_held(follows_history)
        wire.requests.release()
        expect(words(page)).to_have_text("All dates, 1 Sep 2023 – 9 Sep 2023")
        expect(counts(page)).to_contain_text("24 events")
        page.wait_for_url(f"{address}/?theme=human-rights")


@pytest.mark.parametrize("link", ["Map", "Skip to main content"])
def test_link_that_stays_on_the_page_pauses_the_play(
    browser: Browser, address: str, guarded, settle, link: str
) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        wire = Wire(page)
        open_timeline(page, f"{address}/?theme=human-rights")
        settle(page)
        # Without an answer the play takes no further step.
        wire.requests.hold()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        # One of them is seen only while it has the focus.
        page.get_by_role("link", name=link, exact=True).press("Enter")
        page.get_by_role("button", name="Play through time").wait_for()
        wire.requests.release()
        # What is seen stays, and the filter says so.
        page.wait_for_url(re.compile("start=2023-09-01&end=2023-09-01"))
        page.get_by_role("button", name="From: 1 Sep 2023").wait_for()
        expect(words(page)).to_have_text("1 Sep 2023")
        expect(counts(page)).to_contain_text("1 event")


def test_choosing_something_else_stops_the_play(browser: Browser, address: str, guarded) -> None:
    with guarded(browser, address, reduced_motion="no-preference") as page:
        wire = Wire(page)
        open_timeline(page, address)
        # Without an answer the play takes no further step.
        wire.requests.hold()
        page.get_by_role("button", name="Play through time").click()
        page.get_by_role("button", name="Pause").wait_for()
        expect(words(page)).to_have_text("1 Sep 2023")
        words(page).evaluate(RECORD)
        page.mouse.click(*place_of(page, 6.5))
        page.get_by_role("button", name="Play through time").wait_for()
        wire.requests.release()
        expect(counts(page)).to_contain_text("7 events")
        page.wait_for_url(re.compile("start=2023-09-07&end=2023-09-07"))
        assert page.evaluate("() => window.seen") == ["7 Sep 2023"]
