"""Links between the pages that stay in the session: a plain click on one loads nothing anew."""

from __future__ import annotations

from typing import Any

from dashboard import address, loading, state


def draw_links(*, page: str = "", article: str = "") -> None:
    """Let links to an article and to the map work inside the session, on this page and in the navigation.

    A click with a modifier still opens a tab, as with every link.

    Parameters
    ----------
    page : str
        Path of the page where it has no sidebar: one that the last page has left behind goes. Empty: it has one.
    article : str
        Id of the article that the page shows; empty: it shows none. Who comes from one to the list finds the
        place there that was left.
    """
    # Where the last page's sidebar stayed, or a session was lost, the browser asks for a run, and for nothing else.
    _links()(
        key=state.LINKS,
        data={"map": address.current_address(), "article": article, "page": page},
        on_run_change=lambda: None,
    )


def _links() -> Any:
    return loading.component("links", scripts=("dateline-card.js", "dateline-links.js"))


def draw_copy_button() -> None:
    """Draw a button that copies the page's address, which is the whole view."""
    _copy()(key=state.COPY, width="content")


def _copy() -> Any:
    return loading.component(
        "copy", styles=("dateline-copy.css",), scripts=("dateline-card.js", "dateline-copy.js")
    )
