"""Links between the list of articles and the map."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from dashboard.filters import EventFilter
from dashboard.parameters import MAX_LENGTH
from dashboard.searching import fold, parse_query
from dashboard.views.articles_page import map_address


@pytest.mark.parametrize(
    "title", ["Mastung bombings", 'A "quoted" word', "word " * 200, "longest" * 41 + " words here"]
)
def test_map_address_finds_the_article_by_its_title(title) -> None:
    query = parse_qs(map_address(title).partition("?")[2])
    selection, notes = EventFilter.from_query(query)
    assert not notes
    assert selection.roles == ()
    assert len(selection.text) <= MAX_LENGTH
    needles = parse_query(selection.text)
    assert needles
    assert all(needle in fold(title) for needle in needles)


@pytest.mark.parametrize("title", ["Leaders vow “unity” after summit", "«Война» и мир", "„Ende“ in Sicht"])
def test_map_address_asks_for_the_words_of_a_title_in_a_row_whatever_quotes_it_has(title) -> None:
    query = parse_qs(map_address(title).partition("?")[2])
    assert parse_query(query["text"][0]) == (fold(title),)


@pytest.mark.parametrize("title", ["爆発" * 200, "ab" * 200])
def test_map_address_asks_for_the_start_of_a_title_that_has_no_spaces(title) -> None:
    query = parse_qs(map_address(title).partition("?")[2])
    (needle,) = parse_query(query["text"][0])
    assert len(needle) > 200
    assert needle in fold(title)


def test_map_address_of_a_title_without_a_word_asks_for_none() -> None:
    assert parse_qs(map_address("???").partition("?")[2]) == {"role": ["any"]}
