"""When two spellings may be the same name."""

from __future__ import annotations


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
    return abs(len(one) - len(other)) <= allowed and edit_distance(one, other) <= allowed


def edit_distance(one: str, other: str) -> int:
    """Count the insertions, deletions and substitutions between two words (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        previous, row[0] = row[0], number
        for column, target in enumerate(other, start=1):
            previous, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, previous + (letter != target)),
            )
    return row[-1]
