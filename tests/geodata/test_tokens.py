"""Words and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pakistan's port of Gwadar", ["pakistan", "port", "of", "gwadar"]),
        ("the U.S. and D.C.", ["the", "us", "and", "dc"]),
        ("see ucanews.com/paris or www.x.org/Mali now", ["see", "or", "now"]),
        ("write to desk@paris.example today", ["write", "to", "today"]),
        ("ash-Shati", ["al", "shati"]),
        ("हिन्दी मुंबई", ["हिन्दी", "मुंबई"]),
    ],
)
def test_tokenise_splits_into_folded_words(text: str, words: list[str]) -> None:
    assert [token.folded for token in tokenise(text)] == words


def test_tokenise_says_where_a_name_may_go_on() -> None:
    joins = {token.folded: token.joins_next for token in tokenise("St. Petersburg, Burkina\nFaso. Al-Jufra")}
    assert joins == {
        "st": True, "petersburg": False, "burkina": True, "faso": False, "al": True, "jufra": False,
    }  # fmt: skip


@given(st.text(max_size=200))
def test_tokenise_offsets_are_ordered_and_in_the_text(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["a.b", "a'", "-", "a-", "a.", "A@", "www.", "ʼ", "\u0300", "http://"])
def test_tokenise_gets_through_hostile_text(piece: str) -> None:
    """Quadratic time would take hours here, and the test's own limit would end it."""
    text = piece * 200_000
    assert all(text[token.start : token.end] for token in tokenise(text))
