"""The list beside the map holds what is open, and no more rows than a browser can take."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.views.event_list import MOST_BEFORE, shown_rows

# Every second event of the collection is left by the filter.
ROWS = np.arange(0, 100_000, 2, dtype=np.int32)


@pytest.mark.parametrize(
    ("selected", "shown", "last"),
    [
        (-1, 150, 298),
        (1, 150, 298),
        (298, 150, 298),
        (300, 151, 300),
        (2 * (150 + MOST_BEFORE) - 2, 150 + MOST_BEFORE, 2 * (150 + MOST_BEFORE) - 2),
        (2 * (150 + MOST_BEFORE), 151, 2 * (150 + MOST_BEFORE)),
        (99_998, 151, 99_998),
    ],
    ids=["none", "hidden", "within", "below", "last before", "far", "end"],
)
def test_shown_rows_are_few_and_hold_the_one_that_is_open(selected, shown, last) -> None:
    rows = shown_rows(ROWS, selected=selected, length=150)
    assert (len(rows), rows[-1]) == (shown, last)
    assert np.all(np.diff(rows) > 0)
    assert rows[:150].tolist() == ROWS[:150].tolist()


def test_shown_rows_of_an_empty_list_are_none() -> None:
    assert shown_rows(ROWS[:0], selected=4, length=150).tolist() == []
