"""What a session remembers of what was chosen."""

from __future__ import annotations

import sys
from ast import literal_eval

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

    from dashboard import address, state

    def write() -> None:
        address.write_address()
        st.text({name: st.query_params.get_all(name) for name in st.query_params})

    state.set_filter(state.EventFilter(start=date(2023, 9, 1)))
    write()
    state.choose_period(date(2023, 9, 4), date(2023, 9, 6), 1, within=(date(2023, 9, 1), None))
    write()
    # A click on the map is one run, and one on the list another.
    state.select_event("one")
    write()
    state.change_filter(themes=("cyber",))
    write()
    # The play pauses: what is seen stays.
    state.choose_period(date(2023, 9, 4), date(2023, 9, 6), 2)
    write()


def test_what_is_chosen_while_time_is_played_enters_the_address_and_the_window_does_not():
    whole = {"start": ["2023-09-01"]}
    assert [literal_eval(line) for line in told(choose_while_time_is_played)] == [
        whole,
        whole,
        whole | {"event": ["one"]},
        whole | {"event": ["one"], "theme": ["cyber"]},
        {"start": ["2023-09-04"], "end": ["2023-09-06"], "event": ["one"], "theme": ["cyber"]},
    ]


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


def ask_for_more_rows() -> None:
    import streamlit as st

    from dashboard import state

    # Twice the same, as it is said again; then fewer, from before.
    for length in (300, 300, 150):
        state.lengthen_list(length)
        st.text(str(state.list_length()))


def test_list_grows_to_what_is_asked_for_and_no_further_when_it_is_asked_for_again():
    assert told(ask_for_more_rows) == ["300", "300", "300"]
