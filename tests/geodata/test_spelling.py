"""Which spellings may be one name."""

from __future__ import annotations

import pytest

from geodata.spelling import edit_distance, is_spelling_of


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("mustang", "mastung", True),
        ("doba", "doaba", True),
        ("mali", "mali", False),
        ("mali", "bali", False),
        ("iran", "iraq", True),  # why only names that fit nowhere are ever taken for a spelling
        ("kharrouba", "kharruba", True),
        ("gaza", "goma", False),
        ("sui", "sua", False),
    ],
)
def test_is_spelling_of(one: str, other: str, *, expected: bool) -> None:
    assert is_spelling_of(one, other) is expected
    assert is_spelling_of(other, one) is expected


@pytest.mark.parametrize(
    ("one", "other", "edits"), [("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0)]
)
def test_edit_distance(one: str, other: str, edits: int) -> None:
    assert edit_distance(one, other) == edits
