"""Hits are found in the text as it is written, though the search folds it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import searching
from dashboard.searching import (
    BLOCK,
    MOST_SEARCHED,
    find_first_hit,
    find_hits,
    fold,
    parse_query,
    split_hits,
)


@pytest.mark.parametrize(
    ("text", "query", "parts"),
    [
        ("The drones came.", "drone", ("The ", "drone", "s came.")),
        ("The drones came.", '"drone"', ("The drones came.",)),
        ("The hydrone came.", "drone", ("The hydrone came.",)),
        ("DRONES, drones", "drone", ("", "DRONE", "S, ", "drone", "s")),
        ("A prison in Tocorón fell", "tocoron", ("A prison in ", "Tocorón", " fell")),
        ("Tocoro\u0301n", "tocoro", ("", "Tocoro\u0301", "n")),
        ("Straße", "strasse", ("", "Straße", "")),
        ("a suicide\nattack —", '"suicide attack"', ("a ", "suicide\nattack", " —")),
        ("a suicide bomb attack", '"suicide attack"', ("a suicide bomb attack",)),
        ("Russia’s envoy", "russias", ("", "Russia’s", " envoy")),
        ("the U.S. envoy", "u", ("the ", "U", ".S. envoy")),
        ("al-Shabaab", '"al shabaab"', ("", "al-Shabaab", "")),
        ("دز مستونګ چاودنه", "ستون", ("دز م", "ستون", "ګ چاودنه")),
        ("attack attack", 'attack "attack attack"', ("", "attack attack", "")),
        ("nothing", "", ("nothing",)),
        ("", "x", ("",)),
        ("<b>drone</b>", "drone b", ("<", "b", ">", "drone", "</", "b", ">")),
    ],
)
def test_split_hits_parts_the_written_text(text, query, parts):
    assert split_hits(text, parse_query(query)) == parts


@pytest.mark.parametrize(
    ("text", "query", "word"),
    [
        ("One.\n\nTwo drones.\n \n Three drones.", "drone", "drones."),
        ("One\ntwo", '"one two"', "One\ntwo"),
        ("One\n\ntwo", '"one two"', "One\n\ntwo"),
        ("One.\n\nTwo.", "three", None),
        ("One.\n\nTwo.\n", "two", "Two.\n"),
        ("", "one", None),
    ],
)
def test_find_first_hit_is_the_first_wherever_paragraphs_end(text, query, word):
    hit = find_first_hit(text, parse_query(query))
    assert (hit and hit[0]) == (None if word is None else text.index(word))


@pytest.mark.parametrize("at", range(BLOCK - 15, BLOCK + 5))
def test_hit_at_the_border_of_what_is_searched_at_a_time_is_found(at) -> None:
    text = ("x" * 9 + " ") * (at // 10) + "y" * (at % 10) + " suicide attack, " + "z " * BLOCK
    start = text.index("suicide")
    assert find_first_hit(text, (" suicide attack ",)) == (start, start + len("suicide attack"))


def test_only_the_part_of_a_huge_text_before_its_hit_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(searching, "fold", lambda text: read.append(len(text)) or fold(text))
    text = "word " * 2_000_000
    assert find_first_hit("drone " + text, (" drone",)) == (0, 5)
    assert sum(read) < 2 * BLOCK
    assert find_first_hit(text, (" drone",)) is None
    assert sum(read) < 2 * MOST_SEARCHED


def test_find_hits_in_a_long_text_without_spaces():
    text = "無人機が飛んだ" * 500
    hits = find_hits(text, parse_query("飛んだ"))
    assert [text[start:end] for start, end in hits] == ["飛んだ"] * 500


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(TEXTS, TEXTS)
def test_hits_are_there_exactly_when_the_search_finds_the_text(text, query):
    needles = parse_query(query)
    hits = find_hits(text, needles)
    assert bool(hits) == any(needle in fold(text) for needle in needles)
    assert "".join(split_hits(text, needles)) == text
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(before[1] <= after[0] for before, after in pairwise(hits))
