"""The dashboard's entry: what every page shares, and which pages there are."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from dashboard import address, state
from dashboard.map.assets import STATIC
from dashboard.views import about_page, articles_page, map_page, quality_page
from dashboard.views.frame import draw_frame, draw_navigation, draw_unknown_page


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(
        page_title="Dateline",
        page_icon=str(STATIC / "dateline-mark.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    address.hear_history()
    draw_frame()
    # In the order of a reader's work: see, read, judge. Reviewing, adding documents and briefs come after
    # Quality; About stays last.
    shown = [
        st.Page(map_page.draw, title="Map", url_path="map", default=True),
        st.Page(articles_page.draw, title="Articles", url_path="articles"),
        st.Page(quality_page.draw, title="Quality", url_path="quality"),
        st.Page(about_page.draw, title="About", url_path="about"),
    ]
    pages = list(shown)
    if unknown := _unknown_path({"", *(page.url_path for page in shown)}):
        pages.append(st.Page(draw_unknown_page, title="Not found", url_path=unknown, visibility="hidden"))
    page = st.navigation(pages, position="hidden")
    # Drawn here: Streamlit folds its own away on a phone, behind a mark that says nothing.
    draw_navigation(shown)
    page.run()
    # A page that reads nothing from the address leaves nothing for the next one.
    state.forget_history()


def _unknown_path(known: set[str]) -> str:
    """Return the last part of the address where it names no page; empty where it does."""
    path = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    return "" if path in known else path


main()
