"""Saved views are shared: nothing is lost or half written, whoever changes them at the same time."""

from __future__ import annotations

import json
import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import saved_views
from dashboard.saved_views import (
    LONGEST_NAME,
    LONGEST_QUERY,
    SavedView,
    ViewsError,
    read_views,
    remove_view,
    rename_view,
    restore_view,
    save_view,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "views.json"


def names(path: Path) -> list[str]:
    return [view.name for view in read_views(path)]


def test_views_are_saved_renamed_removed_and_put_back(path):
    assert read_views(path) == ()
    first = save_view(path, " Tri-border  area ", "?theme=a&theme=b&text=x%26y")
    assert first.name == "Tri-border area"
    assert first.query == "theme=a&theme=b&text=x%26y"
    second = save_view(path, "alliances", "")
    assert names(path) == ["alliances", "Tri-border area"]
    rename_view(path, second.id, "Zone")
    assert names(path) == ["Tri-border area", "Zone"]
    assert remove_view(path, first.id) == first
    assert remove_view(path, first.id) is None
    assert names(path) == ["Zone"]
    assert restore_view(path, first) == first
    assert names(path) == ["Tri-border area", "Zone"]
    assert {file.name for file in path.parent.iterdir()} == {"views.json", "views.lock"}


@pytest.mark.parametrize("name", ["", "   ", "\n\x00"])
def test_a_view_needs_a_name(path, name):
    with pytest.raises(ViewsError, match="needs a name"):
        save_view(path, name, "theme=a")


def test_a_name_is_taken_once(path):
    view = save_view(path, "Sahel", "")
    other = save_view(path, "Mali", "")
    with pytest.raises(ViewsError, match="“SAHEL” already"):
        save_view(path, "SAHEL", "theme=a")
    with pytest.raises(ViewsError, match="“sahel” already"):
        rename_view(path, other.id, "sahel")
    rename_view(path, view.id, "SAHEL")
    assert names(path) == ["Mali", "SAHEL"]


def test_what_is_kept_is_bounded(path, monkeypatch):
    assert len(save_view(path, "x" * 10_000, "").name) == LONGEST_NAME
    with pytest.raises(ViewsError, match="too many conditions"):
        save_view(path, "Long", "a=" + "x" * LONGEST_QUERY)
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 2)
    save_view(path, "Second", "")
    with pytest.raises(ViewsError, match="delete one first"):
        save_view(path, "Third", "")


@pytest.mark.parametrize("content", ["{", '{"a": 1}', '["a"]', '[{"id": "1"}]', "\ufeff[]", "null"])
def test_a_broken_file_is_said_and_left_as_it_is(path, content):
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    for change in (
        lambda: save_view(path, "New", ""),
        lambda: remove_view(path, "1"),
        lambda: read_views(path),
    ):
        with pytest.raises(ViewsError, match=r"views\.json is not a list of saved views"):
            change()
    assert path.read_text(encoding="utf-8") == content


def test_a_query_that_somebody_has_put_into_the_file_is_no_way_out(path):
    path.parent.mkdir()
    path.write_text(
        json.dumps([{"id": "1", "name": "<b>", "query": '"><script>&theme=a#/../'}]), encoding="utf-8"
    )
    (view,) = read_views(path)
    assert view == SavedView("1", "<b>", "%22%3E%3Cscript%3E=&theme=a%23%2F..%2F")


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "home").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ViewsError, match="cannot be"):
        save_view(tmp_path / "home" / "views.json", "Name", "")


def _save_ten(path: Path, start: int) -> None:
    for number in range(start, start + 10):
        save_view(path, f"View {number:03}", f"theme={number}")


def test_sessions_and_processes_that_save_at_once_lose_nothing(path):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda start: _save_ten(path, start), (0, 10, 20, 30)))
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_save_ten, args=(path, start)) for start in (40, 50)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert names(path) == [f"View {number:03}" for number in range(60)]


def test_what_is_said_to_viewers_does_not_tell_where_the_file_lies(path):
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ViewsError) as broken:
        read_views(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(ViewsError) as unreadable:
        save_view(path, "Name", "")
    for said in (str(broken.value), str(unreadable.value)):
        assert "views.json" in said
        assert str(path.parent) not in said


def remove_and_fail_to_put_back() -> None:
    import streamlit as st

    from dashboard import loading, state
    from dashboard.saved_views import save_view
    from dashboard.views import saved_views_panel

    def say(number: int, **sent: str) -> None:
        st.session_state[state.VIEWS] = {"act": {"number": number, **sent}}
        saved_views_panel._on_act()

    file = loading.settings().views
    view = save_view(file, "Sahel", "theme=a")
    say(1, do="remove", id=view.id)
    # Somebody else takes the name meanwhile.
    save_view(file, "Sahel", "theme=b")
    say(2, do="restore")
    change = state.views_change()
    st.text(change.problem)
    st.text(change.removed.query if change.removed else "lost")


def test_a_view_that_could_not_be_put_back_can_be_put_back_later(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    app = AppTest.from_function(remove_and_fail_to_put_back, default_timeout=60).run()
    assert not app.exception
    problem, removed = (text.value for text in app.text)
    assert "“Sahel” already" in problem
    assert removed == "theme=a"
