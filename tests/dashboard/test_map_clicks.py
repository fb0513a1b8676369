"""What a click on the map says."""

from __future__ import annotations

import pytest

from dashboard.map import read_article_request, read_click


def returned(**properties: object) -> dict:
    return {"last_active_drawing": {"type": "Feature", "geometry": None, "properties": properties}}


def test_read_click_returns_the_event() -> None:
    assert read_click(returned(event_id="e1", click=3)) == "e1"
    assert read_article_request(returned(event_id="e1", click=3)) is None


def test_read_article_request_returns_the_article() -> None:
    assert read_article_request(returned(article_id="a1", click=4)) == "a1"
    assert read_click(returned(article_id="a1", click=4)) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"last_active_drawing": None},
        {"last_active_drawing": "x"},
        {"last_active_drawing": {}},
        returned(),
        returned(event_id=5),
    ],
)
def test_read_click_takes_anything_else_for_no_click(value: dict | None) -> None:
    assert read_click(value) is None
