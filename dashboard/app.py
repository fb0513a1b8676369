"""The dashboard's entry: what every page shares, and which pages there are."""

from __future__ import annotations

import streamlit as st

from dashboard import loading
from dashboard.views import about_page, articles_page, map_page
from dashboard.views.frame import draw_frame


def main() -> None:
    """Draw the page that the address names."""
    st.set_page_config(
        page_title="Dateline",
        page_icon=str(loading.STATIC / "dateline-mark.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    draw_frame()
    # Pages for reviewing, adding documents and briefs find their place in this list.
    pages = [
        st.Page(map_page.draw, title="Map", url_path="map", default=True),
        st.Page(articles_page.draw, title="Articles", url_path="articles"),
        st.Page(about_page.draw, title="About", url_path="about"),
    ]
    st.navigation(pages, position="top").run()


main()
