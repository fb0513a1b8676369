"""What the map says: a click, its view, an area that was drawn."""

from __future__ import annotations

import pytest

from dashboard.map import MapMessage, read_message

TRIANGLE = [[10, 20], [30.12345, 20], [30, 40]]


def returned(**properties: object) -> dict:
    return {"last_active_drawing": {"type": "Feature", "geometry": None, "properties": properties}}


def test_read_message_returns_the_event_and_the_number_of_the_click() -> None:
    assert read_message(returned(event_id="e1", click=3)) == MapMessage("e1", 3)


def test_read_message_returns_an_empty_event_where_none_is_selected_any_more() -> None:
    assert read_message(returned(event_id="", click=4)) == MapMessage("", 4)


def test_read_message_returns_the_view_and_the_area_that_was_drawn() -> None:
    said = read_message(returned(event_id="", click=0, view=[170, -10, 190.5, 10], area=TRIANGLE, drawing=7))
    assert said.bounds == (170.0, -10.0, 190.5, 10.0)
    assert said.area == ((10.0, 20.0), (30.123, 20.0), (30.0, 40.0))
    assert said.drawing == 7


@pytest.mark.parametrize(
    "view", [None, "x", [1, 2, 3], [1, 2, 0, 4], [1, 9, 2, 4], [1, 2, "3", 4], [1, 2, float("nan"), 4], {}]
)
def test_read_message_takes_a_broken_view_for_none(view: object) -> None:
    assert read_message(returned(event_id="", click=0, view=view)).bounds is None


@pytest.mark.parametrize(
    "area",
    [
        None,
        "x",
        [],
        TRIANGLE[:2],
        TRIANGLE * 40,
        [[1, 2], [3, 4], [5]],
        [[1, 2], [3, 95], [5, 6]],
        [[1, 2], [3, 4], None],
    ],
)
def test_read_message_takes_a_broken_area_for_none(area: object) -> None:
    assert read_message(returned(event_id="", click=0, area=area)).area == ()


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
def test_read_message_takes_anything_else_for_nothing(value: dict | None) -> None:
    assert read_message(value) is None
