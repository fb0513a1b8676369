"""Words and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.tokens import LONGEST_WORD, tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pakistan's port of Gwadar", ["pakistan", "port", "of", "gwadar"]),
        ("the U.S. and D.C.", ["the", "us", "and", "dc"]),
        ("see ucanews.com/paris or www.x.org/Mali now", ["see", "or", "now"]),
        ("write to desk@paris.example today", ["write", "to", "today"]),
        ("ash-Shati", ["al", "shati"]),
        ("हिन्दी मुंबई", ["हिन्दी", "मुंबई"]),
        ("Mali_Niger", ["mali", "niger"]),
        ("ʼs", ["s"]),
    ],
)
def test_tokenise_splits_into_folded_words(text: str, words: list[str]) -> None:
    assert [token.folded for token in tokenise(text)[0]] == words


def test_tokenise_says_where_a_name_may_go_on() -> None:
    tokens, _ = tokenise("St. Petersburg, Burkina\nFaso. Al-Jufra")
    joins = {token.folded: token.joins_next for token in tokens}
    assert joins == {
        "st": True, "petersburg": False, "burkina": True, "faso": False, "al": True, "jufra": False,
    }  # fmt: skip


def test_tokenise_leaves_a_possessive_out_of_the_word() -> None:
    tokens, starts = tokenise("In Mali’s north")
    assert (starts, [token.length for token in tokens]) == ([0, 3, 10], [2, 4, 5])


@given(st.text(max_size=200))
def test_tokenise_offsets_are_ordered_and_in_the_text(text: str) -> None:
    end = 0
    tokens, starts = tokenise(text)
    for token, start in zip(tokens, starts, strict=True):
        assert end <= start < start + token.length <= len(text)
        end = start + token.length


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["a.b", "a'", "-", "a-", "a.", "A@", "www.", "ʼ", "\u0300", "http://"])
def test_tokenise_gets_through_hostile_text(piece: str) -> None:
    """Quadratic time would take hours here, and the test's own limit would end it."""
    text = piece * 200_000
    tokens, starts = tokenise(text)
    assert all(text[start : start + token.length] for token, start in zip(tokens, starts, strict=True))


def test_tokenise_keeps_little_of_a_word_without_end_and_where_it_stands() -> None:
    tokens, starts = tokenise(f"In {'Q' * 100_000} Paris")
    assert [len(token.folded) for token in tokens] == [2, LONGEST_WORD, 5]
    assert [token.length for token in tokens] == [2, 100_000, 5]
    assert starts == [0, 3, 100_004]
