"""Pages in the browser: what they may not do, when they are at rest, and what stands on them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.serving import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Frame, FrameLocator, Locator, Page

# ---- opened and watched -------------------------------------------------------------------------


@dataclass
class Guard:
    """What must not happen on a page, as it happened."""

    address: str
    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._check(request.url))
        page.on("console", self._check_console)
        page.on("pageerror", lambda error: self._note("page", str(error), wrong=True))

    def _check(self, url: str) -> None:
        own = self.address.removeprefix("http")
        inside = url.startswith((f"http{own}", f"ws{own}", "data:", "blob:", "about:"))
        self._note("request", url, not inside)

    def _check_console(self, message: ConsoleMessage) -> None:
        # On a page with a path Streamlit asks for its server's state below that path first, by design.
        probe = "/_stcore/" in message.location.get("url", "")
        self._note(
            "console",
            message.text + " " + message.location.get("url", ""),
            message.type == "error" and not probe,
        )

    def _note(self, kind: str, text: str, wrong: bool) -> None:
        if wrong:
            self.problems.append(f"{kind}: {text}")


@contextmanager
def plain_page(browser: Browser, **options: object) -> Iterator[Page]:
    """Open a page of a viewer who wants nothing to move: what moves cannot be clicked or measured for sure."""
    context = browser.new_context(
        **{"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", **options}
    )
    context.set_default_timeout(PATIENCE * 1000)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def guarded_page(
    browser: Browser, address: str, *, first_visit: bool = False, **options: object
) -> Iterator[Page]:
    """Open a page that fails the test on an outside request, a console error or a page error.

    On a first visit a hint lies over the map; other tests come as somebody who has read it.
    """
    guard = Guard(address)
    with plain_page(browser, **options) as page:
        if not first_visit:
            page.context.add_init_script("localStorage.setItem('dateline-hint-read', '1')")
        guard.watch(page)
        yield page
    assert guard.problems == [], guard.problems


def wait_for_rest(page: Page) -> None:
    """Wait until the run has ended, nothing is left of the one before, and fonts and layout stand."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(state="attached")
    expect(page.locator("[data-stale='true']")).to_have_count(0)
    page.wait_for_function(COMES_TO_REST)


COMES_TO_REST = """async () => {
    await document.fonts.ready;
    const boxes = () => JSON.stringify([...document.querySelectorAll("iframe, .dl-scroller, .st-key-timeline-frame")]
        .map((node) => node.getBoundingClientRect()));
    let before;
    do {
        before = boxes();
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    } while (boxes() !== before);
    return true;
}"""
"""Answers only at rest: Playwright calls an asynchronous function once, and takes even false for the end."""


def wait_until(page: Page, is_so: Callable[[], bool], awaited: str) -> None:
    """Look once a frame until something is so that only this side can see; fails when its time is up."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"still awaited after {PATIENCE} s: {awaited}"
        page.evaluate("() => new Promise(requestAnimationFrame)")


def find_barriers(page: Page, view: Page | Frame | None = None, **options: object) -> list[str]:
    """Return what axe calls serious or critical, of a page at rest or of a frame in it.

    What is half faded in has no contrast yet.
    """
    wait_for_rest(page)
    found = Axe().run(view or page, **options).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


# ---- the link, and the list ---------------------------------------------------------------------


def copy_link(page: Page, said: str = "Copied") -> None:
    """Press the button and wait for what it says for a moment; whoever looks from outside may miss it."""
    page.locator(".dl-copied").evaluate(
        """node => {
            window.said = "";
            new MutationObserver(() => { window.said = node.textContent || window.said; })
                .observe(node, { childList: true });
        }"""
    )
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("said => window.said === said", arg=said)


def read_clipboard(page: Page) -> str:
    return page.evaluate("() => navigator.clipboard.readText()")


def row(page: Page, words: str) -> Locator:
    return page.locator("button.dl-row", has_text=words)


# ---- the map ------------------------------------------------------------------------------------

WRITTEN = """zoom => {
    const { names } = window.dateline;
    names.board(zoom);
    if (names._work.has(zoom)) names._go(zoom, names._work.get(zoom), Infinity);
    return names.board(zoom).boxes.filter(({ lines }) => lines);
}"""
"""What is written on the map of country shapes at a zoom, when all of it is placed."""


def open_map(page: Page, address: str, events: int | None = None) -> FrameLocator:
    """Open the map's page and wait until all that stands on it is there; returns the map's frame.

    Parameters
    ----------
    events : int, optional
        How many the map has to show.
    """
    page.goto(address)
    page.locator(".dl-tl-plot").wait_for()
    return wait_for_map(page, events)


def wait_for_map(page: Page, events: int | None = None) -> FrameLocator:
    """Wait until the map shows land, names and events, as many as are asked for; returns its frame."""
    frame = page.frame_locator("iframe")
    wanted = "" if events is None else f"='{events}'"
    frame.locator(f"html[data-land][data-names][data-events{wanted}]").wait_for(state="attached")
    return frame


def pin(frame: FrameLocator, words: str) -> Locator:
    return frame.locator(f".dl-marker[aria-label^='{words}']")


def wait_until_nothing_is_selected(page: Page, frame: FrameLocator) -> None:
    """Wait until address, map and list agree that no event is open."""
    page.wait_for_url(lambda url: "event=" not in url)
    for gone in (frame.locator(".dl-popup"), page.locator("li.is-open"), frame.locator(".dl-selected")):
        expect(gone).to_have_count(0)
