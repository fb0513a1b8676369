"""Counts follow all conditions but the facet's own."""

from __future__ import annotations

from dataclasses import replace

import geopandas
import pandas as pd
import pytest
from shapely import Point

from dashboard.columns import EventColumns
from dashboard.facets import count_facets
from dashboard.filters import EventFilter

ROWS = [
    # themes, region, world region, country, command, kind, role, sources
    (("terrorism", "rights"), "Southern Asia", "Asia", "PK", "CENTCOM", "city", "event", ("ps", "Mashal")),
    (("terrorism",), "Southern Asia", "Asia", "AF", "CENTCOM", "city", "context", ("ps", "Mashal")),
    (("crime", "rights"), "South America", "Americas", "VE", "SOUTHCOM", "site", "event", ("es", "El País")),
    (("crime",), "Western Africa", "Africa", "ML", "AFRICOM", "country", "event", ("fr", "")),
    ((), "", "", "", "", "water", "event", ("", "")),
]


@pytest.fixture(scope="module")
def columns() -> EventColumns:
    names = ("themes", "region", "world_region", "country_code", "command", "kind", "role", "source")
    frame = pd.DataFrame(ROWS, columns=names)
    frame["sources"] = [
        ({"language": language, "outlet": outlet},) for language, outlet in frame.pop("source")
    ]
    return EventColumns(geopandas.GeoDataFrame(frame, geometry=[Point(0, 0)] * len(frame), crs="EPSG:4326"))


ALL = EventFilter(roles=())


@pytest.mark.parametrize(
    ("chosen", "facet", "counts"),
    [
        (ALL, "themes", {"terrorism": 2, "rights": 2, "crime": 2}),
        (EventFilter(), "themes", {"terrorism": 1, "rights": 2, "crime": 2}),
        # A chosen theme does not bear on the others' counts where any of them is enough.
        (replace(ALL, themes=("terrorism",)), "themes", {"terrorism": 2, "rights": 2, "crime": 2}),
        (replace(ALL, every_theme=("terrorism",)), "themes", {"terrorism": 2, "rights": 1, "crime": 0}),
        # What an exclusion hides is counted at the excluded theme alone.
        (replace(ALL, without_themes=("rights",)), "themes", {"terrorism": 1, "rights": 2, "crime": 1}),
        (
            replace(ALL, themes=("crime",), without_themes=("rights",)),
            "themes",
            {"terrorism": 1, "rights": 1, "crime": 1},
        ),
        (
            replace(ALL, without_themes=("rights", "crime")),
            "themes",
            {"terrorism": 1, "rights": 1, "crime": 1},
        ),
        (replace(ALL, themes=("rights",)), "world_region", {"Asia": 1, "Americas": 1, "Africa": 0}),
        (replace(ALL, countries=("PK",)), "country_code", {"PK": 1, "AF": 1, "VE": 1, "ML": 1}),
        # Regions and countries are one condition, and leave each other's counts alone.
        (
            replace(ALL, countries=("PK",)),
            "region",
            {"Southern Asia": 2, "South America": 1, "Western Africa": 1},
        ),
        (replace(ALL, regions=("Asia",)), "command", {"CENTCOM": 2, "SOUTHCOM": 0, "AFRICOM": 0}),
        (replace(ALL, commands=("CENTCOM",)), "kind", {"city": 2, "site": 0, "country": 0, "water": 0}),
        (EventFilter(), "role", {"event": 4, "context": 1}),
        (replace(ALL, outlets=("Mashal",)), "language", {"ps": 2, "es": 0, "fr": 0}),
        (replace(ALL, languages=("es",)), "outlet", {"Mashal": 0, "El País": 1}),
    ],
)
def test_counts_follow_the_other_conditions(columns, chosen, facet, counts):
    assert count_facets(columns, chosen)[facet] == counts


def test_a_value_that_no_event_has_counts_nothing(columns):
    chosen = EventFilter(themes=("magic",), every_theme=("magic",), without_themes=("other",))
    assert count_facets(columns, chosen)["themes"] == {"terrorism": 0, "rights": 0, "crime": 0, "other": 0}
