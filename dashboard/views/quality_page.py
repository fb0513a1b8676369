"""How far the map can be trusted, at a glance and then name by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import loading
from dashboard.markup import element
from dashboard.palette import DOUBTFUL_BELOW
from dashboard.quality import UNSURE_BELOW
from dashboard.views import quality_parts as parts
from dashboard.views.frame import require_collection
from dashboard.views.links import draw_links

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from dashboard.collection import Collection
    from dashboard.quality import Quality

FIRST_ROWS = 12
"""Rows of a table or list that are shown before the rest is asked for."""

MOST_ROWS = 200
"""Doubtful pins and unplaced names that are listed at all; of others the number is said."""


def draw() -> None:
    """Draw the page."""
    collection = require_collection()
    draw_links(page="quality")
    found = loading.quality(collection)
    with st.container(key="quality", width=900):
        st.html(parts.head(found))
        if found.names:
            _draw_figures(found)
            _draw_names(collection, found)
            _draw_origins(found)


def _draw_figures(found: Quality) -> None:
    st.html(parts.section("How sure the pins are", parts.scores(found), help_=parts.SURE))
    decided = parts.section("How it was decided", parts.method_table(found))
    used = parts.section("How the text uses them", parts.type_table(found))
    precise = parts.section("How precise", parts.kind_table(found))
    st.html(element("div", precise, element("div", decided, used), class_="dl-pair"))


def _draw_names(collection: Collection, found: Quality) -> None:
    events = collection.events
    below = events[events["score"] < UNSURE_BELOW].sort_values("score", kind="stable")
    is_doubtful = below["score"] < DOUBTFUL_BELOW
    titles = {article_id: article.title for article_id, (article, _) in collection.articles.items()}
    groups = (
        (
            f"Doubtful pins, below {parts.score(DOUBTFUL_BELOW)}",
            parts.doubtful_rows(below[is_doubtful][:MOST_ROWS]),
        ),
        (
            f"Worth a look, below {parts.score(UNSURE_BELOW)}",
            parts.doubtful_rows(below[~is_doubtful][:MOST_ROWS]),
        ),
        ("Names without a place", parts.missing_rows(found.missing[:MOST_ROWS], titles)),
    )
    counts = (found.doubtful, found.unsure, len(found.missing))
    for (title, rows), count in zip(groups, counts, strict=True):
        _draw_long(title, rows, parts.listed, count)
    if not found.missing:
        words = element("p", "Every name that was recognised has its place.", class_="dl-muted")
        st.html(parts.section("Names without a place", words))


def _draw_origins(found: Quality) -> None:
    countries, outlets = st.columns(2, gap="large")
    with countries:
        _draw_long("By country", found.countries, parts.country_table, len(found.countries))
    with outlets:
        _draw_long("By outlet", found.outlets, parts.outlet_table, len(found.outlets))


def _draw_long(title: str, rows: Sequence[Any], table: Callable[[Sequence[Any]], Markup], count: int) -> None:
    """Draw a list or table, its tail behind a fold.

    Parameters
    ----------
    count : int
        How many rows there are, of which `rows` may hold the first.
    """
    if not rows:
        return
    st.html(parts.section(title, table(rows[:FIRST_ROWS])))
    if rest := rows[FIRST_ROWS:]:
        label = f"{len(rest):,} more" if len(rows) == count else f"{len(rest):,} more of {count:,}"
        with st.expander(label):
            st.html(table(rest))
