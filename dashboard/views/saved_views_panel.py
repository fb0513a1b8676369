"""The saved views in the sidebar: open, save, rename, remove and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from dashboard import address, loading, state, widgets
from dashboard.markup import legible
from dashboard.saved_views import (
    LONGEST_NAME,
    SavedView,
    ViewsChange,
    ViewsError,
    read_views,
    remove_view,
    rename_view,
    restore_view,
    save_view,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def draw_views() -> None:
    """Draw the list; where the dashboard is read-only, nothing in it can be changed."""
    settings, last = loading.settings(), state.views_change()
    try:
        views, problem = read_views(settings.views), last.problem
    except ViewsError as error:
        views, problem = (), str(error)
    data = {
        "views": view_rows(views, address.current_query()),
        "editable": not settings.read_only,
        "longest": LONGEST_NAME,
        "removed": last.removed.name if last.removed else "",
        "problem": legible(problem),
        "number": last.number,
    }
    _views()(key=state.VIEWS, data=data, on_act_change=_on_act)


def view_rows(views: Sequence[SavedView], query: Mapping[str, Sequence[str]]) -> list[list[Any]]:
    """Return id, name, address and whether its conditions are in force of each view; `query` is the page's.

    Where the map is, and thus whether the view is the one that is shown, only the browser knows.
    """
    shown = _conditions(query)
    return [
        [view.id, legible(view.name), f"./?{view.query}", _conditions(parse_qs(view.query)) == shown]
        for view in views
    ]


def _conditions(query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    besides = {address.EVENT_PARAMETER, *address.VIEW_PARAMETERS}
    return {name: list(values) for name, values in query.items() if name not in besides}


def view_query() -> str:
    """Return what a view of the page would hold: its address without the selected event."""
    query = {
        name: values for name, values in address.current_query().items() if name != address.EVENT_PARAMETER
    }
    return urlencode(query, doseq=True)


def _on_act() -> None:
    sent = widgets.sent(state.VIEWS, "act")
    if not isinstance(sent, dict) or loading.settings().read_only:
        return
    number, last = sent.get("number"), state.views_change()
    # What comes twice is done once.
    if not isinstance(number, int) or number <= last.number:
        return
    # What fails changes nothing: a view that could not be put back can be put back later.
    problem, removed = "", last.removed
    try:
        removed = _act(
            str(sent.get("do", "")), str(sent.get("id", "")), str(sent.get("name", "")), sent.get("view")
        )
    except ViewsError as error:
        problem = str(error)
    state.keep_views_change(ViewsChange(number, problem, removed))


def _act(do: str, view_id: str, name: str, shown: object) -> SavedView | None:
    """Do what was asked, and return the view that was removed; None: none was.

    Parameters
    ----------
    shown : str
        The map's own part of the address, which only the browser knows; of another type: it has not told.
    """
    path = loading.settings().views
    if do == "save":
        if isinstance(shown, str):
            address.hear_view(shown)
        save_view(path, name, view_query())
    elif do == "rename":
        rename_view(path, view_id, name)
    elif do == "remove":
        return remove_view(path, view_id)
    elif do == "restore" and (removed := state.views_change().removed):
        restore_view(path, removed)
    return None


def _views() -> Any:
    return loading.component(
        "views",
        styles=(
            "dateline-facets.css",
            "dateline-views.css",
        ),
        scripts=("dateline-card.js", "dateline-messages.js", "dateline-views.js"),
    )
