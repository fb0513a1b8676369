"""What every page shares: the style sheet, and the pages of a collection that cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import loading
from dashboard.collection import CollectionError
from dashboard.map.assets import STATIC
from dashboard.markup import element, image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.collection import Collection


FIRST_STEPS = "dateline-first-steps.svg"
"""What Dateline does, drawn: names in a text become pins."""


def draw_frame() -> None:
    """Add the style sheets and the name of the app."""
    st.html(f"<style>{loading.asset('dateline-card.css')}{loading.asset('dateline.css')}</style>")
    st.logo(str(STATIC / "dateline.svg"), size="medium")


def draw_navigation(pages: Sequence[st.Page]) -> None:
    """Draw the links to the pages; the style sheet puts them into the header at every width."""
    with st.container(horizontal=True, key="navigation", gap="small", vertical_alignment="center"):
        for page in pages:
            st.page_link(page, label=page.title)


def draw_unknown_page() -> None:
    """Draw what an address shows that names no page."""
    draw_notice(
        "There is no such page",
        "The address may have been mistyped. Map, Articles, Quality and About are above.",
    )


def require_collection() -> Collection:
    """Return the collection; where it is empty or broken, say what to do and stop the page."""
    try:
        found = loading.collection()
    except CollectionError as error:
        draw_notice(
            "The collection cannot be opened",
            f"{str(error).rstrip('.')}.",
            "Whoever runs Dateline: see that the database is the right one and whole. DATELINE_DATABASE names it, "
            "by default it is dateline.sqlite in the data folder. Then reload this page.",
        )
        st.stop()
    if not found.articles:
        _draw_first_steps()
        st.stop()
    return found


def _draw_first_steps() -> None:
    if not loading.has_gazetteer():
        draw_notice(
            "No gazetteer yet",
            "Dateline needs its list of places before it can put anything on the map. Build it once:",
            "dateline gazetteer build",
            "Then take in a digest:",
            "dateline ingest FILE",
            drawing=FIRST_STEPS,
        )
    else:
        draw_notice(
            "Nothing here yet",
            "Take in a digest, and its places appear on the map:",
            "dateline ingest FILE",
            "FILE is a digest as plain text, a Markdown article or a folder of them. Then reload this page.",
            "To look around first, take in the ten articles that lie in Dateline's own folder:",
            "dateline ingest articles/collection",
            drawing=FIRST_STEPS,
        )


def draw_notice(title: str, *lines: str, drawing: str = "") -> None:
    """Draw a page that says what is missing; lines that start with "dateline " are commands.

    Parameters
    ----------
    drawing : str
        Name of a static SVG file that stands above; empty: none.
    """
    parts = [
        element("pre", element("code", line)) if line.startswith("dateline ") else element("p", line)
        for line in lines
    ]
    above = image(loading.asset(drawing)) if drawing else ""
    st.html(element("section", above, element("h1", title), *parts, class_="dl-notice"))
