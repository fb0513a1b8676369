"""Saved views: filters with a name, shared by everybody who uses the same data folder.

They are one JSON file, which is replaced as a whole: whoever reads it finds the old or the new one, never half of
one. Sessions and processes that change it take turns.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from dashboard.parameters import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_VIEWS = 200
LONGEST_NAME = 80
LONGEST_QUERY = 8000
"""Bounds of what is kept; in characters. A view is something that a person has chosen."""

_turn = Lock()


class ViewsError(ValueError):
    """The saved views cannot be read or changed; the message says why and what to do, but not where they lie."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter with a name.

    Attributes
    ----------
    id : str
        Never given twice, and not made of the name.
    name : str
    query : str
        The map's address after "?".
    """

    id: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class ViewsChange:
    """The last change of the saved views that has been heard, and what came of it.

    Attributes
    ----------
    number : int
        That of the change in the browser; 0: none has been heard.
    problem : str
        Why it could not be made; empty: it was.
    removed : SavedView or None
        The view that was removed last, to be put back; None: none, or something was done since.
    """

    number: int = 0
    problem: str = ""
    removed: SavedView | None = None


def read_views(path: Path) -> tuple[SavedView, ...]:
    """Return the saved views in the order of their names; none where the file is not there.

    Raises
    ------
    ViewsError
        It cannot be read, or is no list of views.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        views = [
            SavedView(str(entry["id"]), str(entry["name"]), _safe(str(entry["query"]))) for entry in content
        ]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ViewsError(f"{path.name} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ViewsError(f"{path.name} is not a list of saved views; mend it, or move it away") from error
    return tuple(sorted(views, key=lambda view: (view.name.casefold(), view.id)))


def save_view(path: Path, name: str, query: str) -> SavedView:
    """Save a view under a name that no other has.

    Raises
    ------
    ViewsError
        The name is empty or taken, there are too many, or the file cannot be used.
    """
    if len(query) > LONGEST_QUERY:
        raise ViewsError("This view has too many conditions to be saved")
    return restore_view(path, SavedView(secrets.token_hex(6), name, _safe(query)))


def restore_view(path: Path, view: SavedView) -> SavedView:
    """Put a view back that was removed; raises as `save_view`."""
    with _changing(path) as views:
        if len(views) >= MOST_VIEWS:
            raise ViewsError(f"There are {MOST_VIEWS} saved views; delete one first")
        view = replace(view, name=_free_name(view.name, views))
        views.append(view)
    return view


def rename_view(path: Path, view_id: str, name: str) -> None:
    """Give a view another name; one that is gone stays so. Raises as `save_view`."""
    with _changing(path) as views:
        for number, view in enumerate(views):
            if view.id == view_id:
                others = [*views[:number], *views[number + 1 :]]
                views[number] = replace(view, name=_free_name(name, others))


def remove_view(path: Path, view_id: str) -> SavedView | None:
    """Remove a view and return it, to be put back; None: it was gone already. Raises as `read_views`."""
    with _changing(path) as views:
        found = next((view for view in views if view.id == view_id), None)
        if found:
            views.remove(found)
    return found


def _free_name(name: str, views: Sequence[SavedView]) -> str:
    name = clean(name)[:LONGEST_NAME].strip()
    if not name:
        raise ViewsError("A saved view needs a name")
    if any(view.name.casefold() == name.casefold() for view in views):
        raise ViewsError(f"There is a view called “{name}” already; choose another name")
    return name


def _safe(query: str) -> str:
    """Return the query as we would write it, whatever somebody has put into the file."""
    return urlencode(parse_qsl(query.removeprefix("?"), keep_blank_values=True))


@contextmanager
def _changing(path: Path) -> Iterator[list[SavedView]]:
    """Give the views to be changed; they are written at the end, unless an error ends it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _turn, _alone(path.with_suffix(".lock")):
            before = read_views(path)
            views = list(before)
            yield views
            if tuple(views) != before:
                _write(path, views)
    except OSError as error:
        raise ViewsError(f"{path.name} cannot be written: {error.strerror}") from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes out while this one changes the views."""
    with path.open("a") as lock:
        try:
            import fcntl
        except ImportError:
            # Windows: there the sessions of one server take turns, and a team has one server.
            yield
            return
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Closing the file ends it, as does the end of the process, however it comes.
        yield


def _write(path: Path, views: Sequence[SavedView]) -> None:
    scratch = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with scratch.open("w", encoding="utf-8") as file:
            json.dump([asdict(view) for view in views], file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
