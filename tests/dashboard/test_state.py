"""What a session remembers of what was chosen."""

from __future__ import annotations

import sys

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture(autouse=True)
def main_module(monkeypatch):
    # Streamlit runs a script as the main module, and leaves it there for whatever starts a process later.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def told(script) -> list[str]:
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception
    return [text.value for text in app.text]


def choose_while_time_is_played() -> None:
    from datetime import date

    import streamlit as st

    from dashboard import state

    state.choose_period(date(2023, 9, 1), None, 1, within=(None, None))
    st.text(state.take_passing())
    state.choose_period(date(2023, 9, 2), None, 2, within=(None, None))
    # The run that would have drawn that day ended for this one.
    state.change_filter(themes=("cyber",))
    st.text(state.take_passing())
    st.text(state.current_filter().start)


def test_what_is_chosen_while_time_is_played_belongs_into_the_address():
    assert told(choose_while_time_is_played) == ["True", "False", "2023-09-02"]


def walk_through_september() -> None:
    from datetime import date

    import streamlit as st

    from dashboard import state

    def say() -> None:
        chosen, lasting = state.current_filter(), state.lasting_filter()
        st.text(f"{chosen.start} {chosen.end} within {lasting.start} {lasting.end}")

    september = (date(2023, 9, 1), date(2023, 9, 30))
    state.choose_period(date(2023, 9, 4), date(2023, 9, 6), 1, within=september)
    say()
    state.change_filter(themes=("cyber",))
    say()
    # The chip of the first day, which is that of the period and not of the window.
    state.change_filter(start=None)
    say()
    state.choose_period(date(2023, 9, 4), date(2023, 9, 6), 2, within=september)
    state.choose_period(*september, 3)
    st.text(state.walked_period())


def test_window_that_walks_through_a_period_does_not_take_its_place():
    assert told(walk_through_september) == [
        "2023-09-04 2023-09-06 within 2023-09-01 2023-09-30",
        "2023-09-04 2023-09-06 within 2023-09-01 2023-09-30",
        "None 2023-09-30 within None 2023-09-30",
        "None",
    ]
