"""Pages as the server runs them, without a browser: whatever a link or an article holds, they stand."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import loading
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


def test_map_page_stands_with_a_day_that_was_misread(home):
    take_in(home, date(203, 9, 29), date(2023, 9, 29))
    app = opened()
    assert not app.exception
    assert "2 events" in shown(app)


def test_period_can_be_chosen_by_a_slider(home):
    take_in(home, date(2023, 9, 28), date(2023, 9, 29))
    assert [slider.label for slider in opened().slider] == ["Period"]


def test_pages_say_that_the_store_cannot_be_opened(home, monkeypatch):
    monkeypatch.setenv("DATELINE_DATABASE", "nonsense")
    app = opened()
    assert not app.exception
    assert "The collection cannot be opened" in shown(app)
    assert "The address of the database is not one" in shown(app)
