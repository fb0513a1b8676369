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

    state.choose_period(date(2023, 9, 1), None, 1, passing=True)
    st.text(state.take_passing())
    state.choose_period(date(2023, 9, 2), None, 2, passing=True)
    # The run that would have drawn that day ended for this one.
    state.change_filter(themes=("cyber",))
    st.text(state.take_passing())
    st.text(state.current_filter().start)


def test_what_is_chosen_while_time_is_played_belongs_into_the_address():
    assert told(choose_while_time_is_played) == ["True", "False", "2023-09-02"]
