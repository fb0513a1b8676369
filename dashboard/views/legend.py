"""What the symbols of the map mean, in one line under it and at length on the About page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard.markup import element, picture

_DROP = "M8 1C4.7 1 2 3.7 2 7c0 4 3.5 5.5 6 8 2.5-2.5 6-4 6-8 0-3.3-2.7-6-6-6z"

_SHAPES = (
    (
        f'<path d="{_DROP}" fill="currentColor"/>',
        "Site or town",
        "A place that is known to a few kilometres.",
    ),
    (
        '<circle cx="8" cy="8" r="7" fill="currentColor" opacity=".14"/>'
        '<circle cx="8" cy="8" r="4" fill="none" stroke="currentColor" stroke-width="2"/>',
        "Area, with its extent",
        "A district, province, region or water: it happened somewhere within the circle. "
        "The circle of a large region shows while it is open.",
    ),
    (
        '<path d="M1.5 3l5-1.5 4 1 4 2.5-1 6-5 4-6-2z" fill="currentColor" fill-opacity=".14"'
        ' stroke="currentColor"/>'
        '<circle cx="8" cy="8" r="3" fill="currentColor"/>',
        "Country",
        "Only the country is known. It is drawn as a country, not as a point in it.",
    ),
    (
        f'<path d="{_DROP}" fill="none"'
        ' stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.5 1.5"/>',
        "Doubtful",
        "Another place may well be meant: the score is below 50%.",
    ),
    (
        '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="2.5"'
        ' stroke-dasharray="11 2"/>',
        "Several",
        "Events near each other; the ring shows the mix of their themes. A click zooms in, fans them out or lists "
        "them; a right-click, or the key L, always lists them.",
    ),
    (
        '<path d="M2.5 13L13 3" stroke="currentColor" stroke-width="1.3"/>'
        '<circle cx="3" cy="12.5" r="2.6" fill="currentColor"/>'
        '<circle cx="12.8" cy="3.2" r="2.2" fill="#fff" stroke="currentColor" stroke-width="1.3"/>',
        "One story",
        "While an event is selected, lines lead to the other places of its article: a full dot where it happened, "
        "a hollow one where a place is only mentioned. Everything else steps back.",
    ),
)


def draw_legend() -> None:
    """Draw the shapes in one line; colours and glyphs are explained by the list of themes."""
    entries = [element("li", _picture(drawing), name, title=meaning) for drawing, name, meaning in _SHAPES]
    st.html(element("ul", *entries, class_="dl-legend", aria_label="Symbols on the map"))


def legend_table() -> Markup:
    """Return the shapes with what each of them means."""
    rows = [
        element("li", _picture(drawing), element("span", element("b", name), " ", meaning))
        for drawing, name, meaning in _SHAPES
    ]
    return element("ul", *rows, class_="dl-symbols")


def _picture(drawing: str) -> Markup:
    # An image does not inherit the page's colour; this grey reads on light and dark alike.
    return picture(Markup(drawing.replace("currentColor", "#7b8590")), 16)  # noqa: S704, our own
