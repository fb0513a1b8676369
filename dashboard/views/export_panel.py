"""The button that takes the events away as a file: what the filter leaves, as ``dateline export`` writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

import streamlit as st

from dashboard import loading, state
from dashboard.cards import count_words
from dashboard.markup import element
from geodata.export import get_format

if TYPE_CHECKING:
    from dashboard.collection import Collection
    from dashboard.filters import EventFilter
    from geodata.export import Format

OFFERED = {"csv": "CSV, for a spreadsheet", "geojson": "GeoJSON, for a map"}
"""Formats that are offered, and their buttons."""


def draw_export(collection: Collection) -> None:
    """Draw the button, and behind it one for each format; a file is made when it is asked for."""
    # A window that passes by while time is played is not what was chosen.
    chosen = state.lasting_filter()
    number = len(loading.found_events(collection, chosen).rows)
    today = datetime.now(UTC).date()
    with st.popover("Export", icon=":material/download:", key="export"):
        words = (
            f"{count_words(number, 'event')}: all that the filter leaves" if number else "No events to export"
        )
        st.html(element("p", words, class_="dl-muted"))
        for name, label in OFFERED.items():
            format_ = get_format(name)
            st.download_button(
                label,
                data=partial(make_file, ref(collection), chosen, format_),
                file_name=file_name(format_, today),
                mime=format_.media_type,
                key=f"export-{name}",
                on_click="ignore",
                disabled=not number,
                width="stretch",
            )


def file_name(format_: Format, day: date) -> str:
    """Return what a file of this day is called, as "dateline-2023-09-29.csv"."""
    return f"dateline-{day.isoformat()}{format_.suffix}"


def make_file(shown: ref[Collection], chosen: EventFilter, format_: Format) -> bytes:
    """Return the content of the file.

    Streamlit keeps the arguments for as long as a browser has the page open. A collection is too large for that:
    where it is gone, the store is read anew.
    """
    collection = shown() or loading.collection()
    return format_.to_bytes(chosen.apply(collection.events, columns=collection.columns))
