"""Which theme leads is one rule: first of those that the filter asks for, wherever an event is shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filters import EventFilter
from dashboard.leading import asked_positions, asked_themes, leading_themes, order_themes

ORDER = ["terror", "drones", "coups", "cyber"]


def test_themes_that_any_or_all_are_asked_for_lead_and_refused_ones_do_not() -> None:
    chosen = EventFilter(themes=("cyber",), every_theme=("drones", "gone"), without_themes=("coups",))
    assert asked_themes(chosen) == {"cyber", "drones", "gone"}
    assert asked_positions(chosen, ORDER) == [1, 3]


def test_order_themes_keeps_the_articles_order_otherwise() -> None:
    assert order_themes(("terror", "drones", "coups", "cyber"), {"cyber", "drones"}) == ("drones", "cyber", "terror", "coups")  # fmt: skip
    assert order_themes(("terror", "drones"), {"cyber"}) == ("terror", "drones")


@given(
    themes=st.lists(st.permutations(ORDER).flatmap(lambda all_: st.integers(1, 4).map(lambda n: all_[:n])), min_size=1),
    asked=st.sets(st.sampled_from(ORDER)),
)  # fmt: skip
def test_leading_themes_of_many_are_those_of_each(themes, asked) -> None:
    table = np.full((len(themes), 4), -1, dtype=np.int16)
    for row, of_one in enumerate(themes):
        table[row, : len(of_one)] = [ORDER.index(theme) for theme in of_one]
    positions = asked_positions(EventFilter(themes=tuple(asked)), ORDER)
    leading = [ORDER[position] for position in leading_themes(table, positions)]
    assert leading == [order_themes(of_one, asked)[0] for of_one in themes]
