"""Criteria of chosen values: any of them, every one, or none."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from dashboard.criteria import Criterion, Note
from dashboard.parameters import ANY, MAX_VALUES, clean
from dashboard.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.columns import EventColumns
    from dashboard.criteria import Mask

MOST_SUGGESTED = 3
"""Unknown values of a field for which what is near is looked for: nobody reads more."""


@dataclass(frozen=True)
class Selection(Criterion):
    """One of the chosen values must be the event's, or one of the event's.

    Attributes
    ----------
    column : str
        Column of `columns.CODED`.
    wider : str
        Another column in which a value may be, such as the one of what contains it.
    pattern : str
        What a value looks like, as a regular expression; empty: like anything.
    upper : bool
        Whether values are written in capitals.
    any_case : bool
        Whether a known value may be given in other capitals than it is written in.
    """

    many: ClassVar[bool] = True

    _: KW_ONLY
    column: str
    wider: str = ""
    pattern: str = ""
    upper: bool = False
    any_case: bool = False

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have one of the values."""
        met = columns.coded(self.column).having(value)
        return met | columns.coded(self.wider).having(value) if self.wider else met

    def write(self, value: Any) -> list[str]:
        """Return the values as they are."""
        return list(value)

    def read(
        self, words: Sequence[str], *, known: Collection[str] | None = None
    ) -> tuple[tuple[str, ...], list[Note]]:
        """Return the valid values, each once; "any" alone means no condition."""
        values: list[str] = []
        notes: list[Note] = []
        if len(words) > MAX_VALUES:
            notes.append(Note(f"{self.label}: only the first {MAX_VALUES} of {len(words)} values are used"))
        for word in words[:MAX_VALUES]:
            value = clean(word).upper() if self.upper else clean(word)
            if not value or value.casefold() == ANY:
                continue
            if self.any_case and known is not None and value not in known:
                same = (other for other in known if other.casefold() == value.casefold())
                value = next(same, value)
            if known is not None and value not in known:
                near = partial(suggest, clean(word), known) if len(notes) < MOST_SUGGESTED else None
                notes.append(self.refuse(value, "is unknown", near))
            elif self.choices and value not in self.choices:
                expected = ", ".join(self.choices)
                notes.append(self.refuse(value, f"is unknown; expected one of {expected}"))
            elif self.pattern and not re.fullmatch(self.pattern, value):
                notes.append(self.refuse(value, "is not valid"))
            else:
                values.append(value)
        return tuple(dict.fromkeys(values)), notes

    def split(self, value: Any) -> list[tuple[str, Any]]:
        """Return one part a value."""
        return [(chosen, tuple(other for other in value if other != chosen)) for chosen in value]


class EverySelection(Selection):
    """Every one of the chosen values must be one of the event's."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have all of the values."""
        import numpy as np

        coded = columns.coded(self.column)
        met = np.ones(len(columns), dtype=bool)
        for chosen in value:
            met &= coded.having((chosen,))
        return met


class NoSelection(Selection):
    """None of the chosen values may be one of the event's."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have none of the values."""
        return ~super().mask(columns, value)
