"""Which spellings may be one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.spelling import MAX_NAMES, Spellings, edit_distance, is_spelling_of

words = st.text("abc", min_size=3, max_size=9)


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


@given(words, words, st.integers(0, 4))
def test_edit_distance_is_exact_up_to_the_most_that_matters(one: str, other: str, most: int) -> None:
    exact = edit_distance(one, other)
    bounded = edit_distance(one, other, most=most)
    assert bounded == exact if exact <= most else most < bounded <= exact


@given(st.lists(words, max_size=20), words)
def test_spellings_find_the_first_name_that_fits(names: list[str], name: str) -> None:
    assert Spellings(names).find(name) == next((other for other in names if is_spelling_of(name, other)), "")


def test_spellings_pass_over_names_of_a_list_that_is_too_long() -> None:
    names = [f"a{number}" for number in range(MAX_NAMES)]
    assert Spellings([*names, "mastung"]).find("mustang") == ""
    assert Spellings(["mastung", *names]).find("mustang") == "mastung"
