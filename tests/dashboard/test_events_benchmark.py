"""The generator of events for benchmarks: as many as asked for, always the same, of real lengths."""

from __future__ import annotations

import pytest

from benchmarks.events import generate
from geodata.events import tabulate


@pytest.mark.parametrize("number", [1, 100, 1000])
def test_generator_makes_as_many_events_as_asked_for(number: int) -> None:
    events = tabulate(generate(number))
    assert len(events) == number
    assert events["event_id"].is_unique
    assert events["evidence"].str.contains("near").all()


def test_generator_makes_the_same_events_again() -> None:
    first, second = ([article.id for article, _ in generate(60)] for _ in range(2))
    assert first == second


def test_texts_are_as_long_as_those_of_a_digest() -> None:
    articles = [article for article, _ in generate(300)]
    assert 60 < sum(len(article.title) for article in articles) / len(articles) < 110
    assert 400 < sum(len(article.summary) for article in articles) / len(articles) < 600
