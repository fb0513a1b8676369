"""Pages as the server runs them, without a browser: whatever a link or an article holds, they stand."""

from __future__ import annotations

import gc
import sys
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import loading
from dashboard.filters import EventFilter
from geodata.model import Kind, Place
from tests.stories import fill_store, story

APP = Path(loading.__file__).with_name("app.py")
MASTUNG = Place("geonames:1", "Mastung", Kind.CITY, 29.8, 66.8, "PK", "Balochistan")


@pytest.fixture(autouse=True)
def keep_main_module(monkeypatch):
    """Streamlit runs a page as the main module, and leaves it there for whatever starts a process later."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def take_in(home: Path, *days: date) -> None:
    fill_store(home, [story(f"Of {day}", MASTUNG, published=day) for day in days])


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize(
    "query",
    [
        {"start": "0001-01-01"},
        {"end": "9999-12-31"},
        {"since": "0001-01-01T00:00"},
        {"since": "9999-12-31T23:59"},
        {"area": "0,0;900,0;900,90;-900,-90"},
        {"at": "95,200,3", "layer": "nonsense"},
        {"event": "nonsense", "theme": "\x00", "text": '"' * 300},
    ],
    ids=str,
)
def test_map_page_stands_whatever_a_link_asks_for(home, query):
    take_in(home, date(2023, 9, 28), date(2023, 9, 29))
    app = opened(**query)
    assert not app.exception
    assert "dl-counts" in shown(app)


@pytest.mark.parametrize("zoom", [0, 15, 99])
def test_a_zoom_that_no_map_has_is_said(home, zoom):
    take_in(home, date(2023, 9, 28))
    assert f"map position “29.8,66.8,{zoom}”" in shown(opened(at=f"29.8,66.8,{zoom}"))
    assert "map position" not in shown(opened(at="29.8,66.8,14"))


def test_map_page_stands_with_a_day_that_was_misread(home):
    take_in(home, date(203, 9, 29), date(2023, 9, 29))
    app = opened()
    assert not app.exception
    assert "2 events" in shown(app)


def test_period_can_be_chosen_by_a_slider(home):
    take_in(home, date(2023, 9, 28), date(2023, 9, 29))
    assert [slider.label for slider in opened().slider] == ["Period"]


def test_a_chip_takes_away_its_own_condition_and_nothing_that_was_chosen_since(home):
    take_in(home, date(2023, 9, 28), date(2023, 9, 29))
    app = opened(text="Mastung", start="2023-09-28")
    # As where a run that has heard of another choice ends before it has drawn the chips anew.
    app.session_state["dateline-filter"] = replace(
        app.session_state["dateline-filter"], end=date(2023, 9, 28), kinds=("city",)
    )
    (chip,) = [button for button in app.button if button.label.startswith("Search")]
    chip.click().run()
    assert app.session_state["dateline-filter"] == EventFilter(
        start=date(2023, 9, 28), end=date(2023, 9, 28), kinds=("city",)
    )


def test_a_chip_leaves_a_value_of_its_own_field_that_was_chosen_since(home):
    take_in(home, date(2023, 9, 28))
    app = opened(kind="city")
    app.session_state["dateline-filter"] = replace(
        app.session_state["dateline-filter"], kinds=("city", "site")
    )
    (chip,) = [button for button in app.button if button.label.startswith("Precision")]
    chip.click().run()
    assert app.session_state["dateline-filter"] == EventFilter(kinds=("site",))


def test_a_step_through_the_history_is_taken_though_a_run_ends_while_it_is_read(home, monkeypatch):
    take_in(home, date(2023, 9, 28))
    app = opened()
    app.session_state["dateline-history"] = True
    app.query_params["kind"] = "city"
    with monkeypatch.context() as patch:
        patch.setattr(EventFilter, "from_query", lambda *_, **__: st.stop())
        app.run()
    assert app.run().session_state["dateline-filter"] == EventFilter(kinds=("city",))


def test_hidden_events_without_a_date_are_told_where_there_is_no_period_to_slide(home):
    take_in(home, None, date(2023, 9, 29))
    app = opened(start="2023-09-29")
    assert not app.slider
    assert "1 event without a date is hidden" in shown(app)


def search(app: AppTest):
    (field,) = [field for field in app.text_input if field.label == "Search"]
    return field


@pytest.mark.parametrize("typed", [" ", '"', "…"])
def test_what_holds_no_word_yet_is_no_condition_and_stays_as_it_was_typed(home, typed):
    take_in(home, date(2023, 9, 29))
    app = opened()
    key = search(app).key
    search(app).set_value(typed).run()
    assert app.session_state["dateline-filter"] == EventFilter()
    assert app.query_params == {}
    assert (search(app).key, search(app).value) == (key, typed)


def test_search_that_is_being_typed_means_what_its_link_means(home):
    take_in(home, date(2023, 9, 29))
    app = opened()
    key = search(app).key
    search(app).set_value("Mastung  in ").run()
    assert app.session_state["dateline-filter"] == EventFilter(text="Mastung in")
    assert app.query_params == {"text": "Mastung in"}
    assert (search(app).key, search(app).value) == (key, "Mastung  in ")
    (chip,) = [button for button in app.button if button.label.startswith("Search")]
    chip.click().run()
    assert app.session_state["dateline-filter"] == EventFilter()
    assert search(app).value == ""


def test_a_page_that_stays_open_keeps_no_collection_that_the_others_have_left(home):
    take_in(home, date(2023, 9, 1))
    app = opened()
    first = weakref.ref(loading.collection())
    for day in (2, 3):
        take_in(home, date(2023, 9, day))
        loading.collection()
    gc.unfreeze()
    gc.collect()
    assert first() is None
    assert "1 event<" in shown(app)


def test_pages_say_that_the_store_cannot_be_opened(home, monkeypatch):
    monkeypatch.setenv("DATELINE_DATABASE", "nonsense")
    app = opened()
    assert not app.exception
    assert "The collection cannot be opened" in shown(app)
    assert "The address of the database is not one" in shown(app)
