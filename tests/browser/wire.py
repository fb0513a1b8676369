"""What travels between a page and its server: counted, and held back, released or lost as a test wants it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.pages import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, WebSocketRoute

# ---- what a message says ------------------------------------------------------------------------


def anything(message: bytes) -> bool:
    return True


def begins_run(answer: bytes) -> bool:
    return ForwardMsg.FromString(answer).HasField("new_session")


def ends_run(answer: bytes) -> bool:
    return ForwardMsg.FromString(answer).HasField("script_finished")


def names_address(answer: bytes) -> bool:
    """Return whether an answer names the address that the page is to have."""
    return ForwardMsg.FromString(answer).HasField("page_info_changed")


def follows_history(request: bytes) -> bool:
    """Return whether a request comes of Back, Forward or a link of the dashboard's own."""
    return BackMsg.FromString(request).rerun_script.is_history_navigation


def tells_row(request: bytes) -> bool:
    """Return whether a request tells which row of the list was clicked."""
    return "picked" in _said_by_list(request)


def tells_within(request: bytes) -> bool:
    """Return whether a request tells whether the list is to hold only what the map shows."""
    return "within" in _said_by_list(request)


def tells_theme(request: bytes) -> bool:
    """Return whether a request tells which themes, or other values of the panel, are chosen."""
    return bool(_values_of("chosen", request))


def tells_pin(request: bytes) -> bool:
    """Return whether a request tells which event on the map was clicked, be it for the first time or once more."""
    told = [widget.json_value for widget in BackMsg.FromString(request).rerun_script.widget_states.widgets]
    return any(re.search(r'"event_id":\s*"\w', value) for value in told)


def _said_by_list(request: bytes) -> set[str]:
    return {name for message in _values_of("said", request) for name in message["changes"]}


def choices_in(request: bytes) -> list[int]:
    """Return the numbers of the timeline's choices that a request tells.

    On a slow machine a choice is said again until it is answered, at times twice in one request; its number stays.
    """
    return [choice["number"] for choice in _values_of("brushed", request)]


def runs_asked_in(request: bytes) -> list[int]:
    """Return the numbers of the runs that a page asks for without a choice of the viewer."""
    return _values_of("run", request)


def _values_of(event: str, request: bytes) -> list[Any]:
    """Return what a request tells of an event of the dashboard's own components, one value for each time."""
    widgets = BackMsg.FromString(request).rerun_script.widget_states.widgets
    told = [each for widget in widgets for each in json.loads(widget.json_trigger_value or "[]")]
    return [each["value"] for each in told if each["event"] == event]


# ---- what happens to it -------------------------------------------------------------------------


class Messages:
    """What one side says to the other, which hears at once what is not held.

    Attributes
    ----------
    said : list of bytes
        All that was said, oldest first, whatever became of it.
    """

    def __init__(self, page: Page, name: str) -> None:
        self.said: list[bytes] = []
        self._page, self._name = page, name
        self._is_to_hold: Callable[[bytes], bool] | None = None
        self._is_for_one = False
        # Each with what sends it: a page that is connected anew has another socket.
        self._held: list[tuple[bytes, Callable[[bytes], None]]] = []

    @property
    def held(self) -> list[bytes]:
        return [message for message, _ in self._held]

    def hold(self, which: Callable[[bytes], bool] = anything) -> None:
        """Hold what is said from now on, or such of it."""
        self._is_to_hold, self._is_for_one = which, False

    def hold_next(self, which: Callable[[bytes], bool]) -> None:
        """Hold the next such message, and none after it."""
        self._is_to_hold, self._is_for_one = which, True

    def release(self) -> None:
        """Hold nothing any longer, and let the other side hear what was held, oldest first."""
        # What is said meanwhile follows; it must not overtake.
        self.hold()
        self.pass_on()
        self._is_to_hold = None

    def pass_on(self, count: int | None = None) -> None:
        """Let the other side hear what is held, oldest first, and go on holding.

        Parameters
        ----------
        count : int, optional
            How many messages at most; None: all, with those that come while one is sent.
        """
        passed = 0
        while self._held and passed != count:
            message, send = self._held.pop(0)
            send(message)
            passed += 1

    def lose(self) -> None:
        """Let the other side never hear what is held, and go on holding."""
        self._held.clear()

    def wait_until_held(self, which: Callable[[bytes], bool] = anything, count: int = 1) -> None:
        """Wait until so many such messages are held; they come a moment after what the page shows at once."""
        wait_until(
            self._page,
            lambda: sum(map(which, self.held)) >= count,
            f"that {count} of the {self._name} are held ({which.__name__})",
        )

    def carry(self, message: bytes, send: Callable[[bytes], None]) -> None:
        """Take what is said; `send` lets the other side hear it."""
        self.said.append(message)
        if self._is_to_hold is None or not self._is_to_hold(message):
            send(message)
            return
        self._held.append((message, send))
        if self._is_for_one:
            self._is_to_hold = None


class Wire:
    """The web socket of a page that is yet to be opened, every one if it is connected anew.

    Attributes
    ----------
    requests, answers : Messages
        What the page says to the server, and the server to the page.
    """

    def __init__(self, page: Page) -> None:
        self.requests, self.answers = Messages(page, "page's requests"), Messages(page, "server's answers")
        self._is_end_for_request = False
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def hold_ends_of_runs(self) -> None:
        """Keep from the page that a run has ended, each time until the page asks for the next one."""
        self.answers.hold(ends_run)
        self._is_end_for_request = True

    def _connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def ask(request: bytes) -> None:
            self.requests.carry(request, server.send)
            if self._is_end_for_request:
                self.answers.pass_on()

        page.on_message(ask)
        server.on_message(lambda answer: self.answers.carry(answer, page.send))
