"""Why a search has found an article whose card does not hold the word."""

from __future__ import annotations

from datetime import date

import pytest

from articles.model import Article, Source
from dashboard.searching import find_first_hit, parse_query
from dashboard.snippets import AFTER, BEFORE, cut_around, find_snippet

ARTICLE = Article(
    title="Attack on a town",
    body="The first paragraph says little.[ii]\n\nThe army’s Drônes, it said, came “from the hills” at night.",
    sources=(
        Source("Mashal Radio", "Prague-based", "حمله", "A night in Tocorón", (), date(2023, 10, 1),
               "https://example.org/", "ps", "At least one quadcopter was seen."),
    ),
)  # fmt: skip


def snippet(query: str, *, shown: tuple[str, ...] = ("Attack on a town",), titles: tuple[str, ...] = ()):
    found = find_snippet(ARTICLE, parse_query(query), shown=shown, titles=titles)
    return found and (found.place, found.parts)


@pytest.mark.parametrize("query", ["attack", "ATTÁCK", '"on a town"', "", "nowhere"])
def test_what_the_card_marks_or_nothing_holds_needs_no_snippet(query) -> None:
    assert snippet(query) is None


def test_hit_in_the_text_is_shown_with_the_words_of_its_paragraph() -> None:
    words = ("The army’s ", "Drônes", ", it said, came “from the hills” at night.")
    assert snippet("drones") == ("In the text", words)
    assert snippet("DRONE")[1][1] == "Drône"


def test_phrase_is_found_as_the_search_finds_it() -> None:
    assert snippet('"came from the hills"')[1][1] == "came “from the hills"
    assert snippet('"came from the hill"') is None


def test_word_that_the_card_lacks_is_shown_though_it_has_another() -> None:
    assert snippet("attack drones")[1][1] == "Drônes"


@pytest.mark.parametrize(
    ("query", "hit"), [("quadcopter", "quadcopter"), ("prague", "Prague"), ("tocoron", "Tocorón")]
)
def test_hit_in_a_source_is_said_to_be_one(query, hit) -> None:
    place, parts = snippet(query)
    assert (place, parts[1]) == ("In a source", hit)


def test_title_of_a_source_that_the_text_does_not_hold_is_looked_at_as_well() -> None:
    assert snippet("rocket", titles=("One", "A rocket on the roof")) == (
        "In a source",
        ("A ", "rocket", " on the roof"),
    )


def test_snippet_is_cut_between_words_and_says_so() -> None:
    text = "word " * 500 + "drone[3] " + "other\nwords " * 500
    before, hit, after = cut_around(text, find_first_hit(text, (" drone",)), (" drone",))
    assert hit == "drone"
    assert (before[:5], before[-1]) == ("…word", " ")
    assert set(before.strip("…").split()) == {"word"}
    assert set(after.strip("…").split()) == {"other", "words"}
    assert (after[0], after[-1]) == (" ", "…")
    assert (len(before) <= BEFORE + 1, len(after) <= AFTER + 1) == (True, True)


def test_every_hit_of_the_snippet_is_marked() -> None:
    text = "a drone and Drones"
    assert cut_around(text, (2, 7), (" drone",)) == ("a ", "drone", " and ", "Drone", "s")


def test_text_without_spaces_is_cut_as_well() -> None:
    text = "天" * 50_000 + "無人機" + "地" * 50_000
    needles = parse_query("無人機")
    before, hit, after = cut_around(text, find_first_hit(text, needles), needles)
    assert (before, hit, after) == ("…" + "天" * BEFORE, "無人機", "地" * AFTER + "…")
