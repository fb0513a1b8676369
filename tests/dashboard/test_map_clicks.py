"""What a click on the map says."""

from __future__ import annotations

import pytest

from dashboard.map import read_click


def returned(**properties: object) -> dict:
    return {"last_active_drawing": {"type": "Feature", "geometry": None, "properties": properties}}


def test_read_click_returns_the_event_and_the_number_of_the_click() -> None:
    assert read_click(returned(event_id="e1", click=3)) == ("e1", 3)


def test_read_click_returns_an_empty_event_where_none_is_selected_any_more() -> None:
    assert read_click(returned(event_id="", click=4)) == ("", 4)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"last_active_drawing": None},
        {"last_active_drawing": "x"},
        {"last_active_drawing": {}},
        returned(),
        returned(event_id=5, click=1),
        returned(event_id="e1"),
    ],
)
def test_read_click_takes_anything_else_for_no_click(value: dict | None) -> None:
    assert read_click(value) is None
