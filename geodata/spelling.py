"""When two spellings may be the same name."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NAMES = 1_000
"""Names of one document that others may be spellings of. A text with more is a list, where nearly every name has a
neighbour that it is no spelling of, and to compare all with all takes the square of their number."""


class Spellings:
    """Names among which others are looked for that may be spellings of them.

    Parameters
    ----------
    names : iterable of str
        Folded names; those beyond the first `MAX_NAMES` are passed over.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_length: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for rank, name in enumerate(islice(names, MAX_NAMES)):
            self._by_length.setdefault((name[:1], len(name)), []).append((rank, name))

    def find(self, name: str) -> str:
        """Return the first name that `name` may be a spelling of; empty if there is none."""
        found = [
            (rank, other)
            for length in range(len(name) - 2, len(name) + 3)
            for rank, other in self._by_length.get((name[:1], length), ())
            if is_spelling_of(name, other)
        ]
        return min(found)[1] if found else ""


def is_spelling_of(one: str, other: str) -> bool:
    """Tell whether two folded names differ as transliterations and slips of the pen do.

    Parameters
    ----------
    one, other : str
        Folded names.

    Returns
    -------
    bool
        True for names of four letters or more with the same first letter and one letter of difference, of seven
        letters or more with two; a name is no spelling of itself.
    """
    if one == other or one[:1] != other[:1]:
        return False
    shortest = min(len(one), len(other))
    if shortest < 4:
        return False
    allowed = 2 if shortest >= 7 else 1
    return abs(len(one) - len(other)) <= allowed and edit_distance(one, other, most=allowed) <= allowed


def edit_distance(one: str, other: str, *, most: int | None = None) -> int:
    """Count the insertions, deletions and substitutions between two words (Levenshtein).

    Parameters
    ----------
    one, other : str
    most : int, optional
        The distance from which on it does not matter how much more it is; the answer may then be too small, but
        is more than this.
    """
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        previous, row[0] = row[0], number
        for column, target in enumerate(other, start=1):
            previous, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, previous + (letter != target)),
            )
        # No later row has less than the least of this one.
        if most is not None and min(row) > most:
            return min(row)
    return row[-1]
