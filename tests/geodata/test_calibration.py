"""Scores of answers: what they share with the runners-up, and when a name is doubted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.priors import Weights

if TYPE_CHECKING:
    from geodata.geoparser import Geoparser

NAMES = ("Paris", "Tripoli", "Libya", "Mastung", "Balochistan", "Texas", "Lebanon", "Moscow")


def score_of(geoparser: Geoparser, phrase: str, text: str) -> float:
    (found,) = (found for found in geoparser.parse(text) if found.mention.phrase == phrase)
    return found.score


@settings(max_examples=100)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12))
def test_an_answer_and_its_runners_up_share_what_is_not_doubted(
    geoparser: Geoparser, names: list[str]
) -> None:
    for found in geoparser.parse(" left; ".join(names)):
        others = [candidate.score for candidate in found.alternatives]
        assert max(others, default=0.0) <= found.score
        assert found.score + sum(others) <= Weights().ceiling + 0.001


def test_a_town_is_doubted_where_the_others_lie_in_a_province_that_has_none_of_its_name(
    geoparser: Geoparser,
) -> None:
    alone = score_of(geoparser, "Mastung", "They left Mastung.")
    elsewhere = score_of(geoparser, "Mastung", "A blast in Paris, Texas. They left Mastung.")
    assert elsewhere < alone


def test_a_great_city_is_named_anywhere(geoparser: Geoparser) -> None:
    alone = score_of(geoparser, "Tripoli", "They left Tripoli.")
    elsewhere = score_of(geoparser, "Tripoli", "A blast in Mastung, Balochistan. They left Tripoli.")
    assert elsewhere == pytest.approx(alone, abs=0.01)


def test_what_supports_an_answer_raises_its_score(geoparser: Geoparser) -> None:
    alone = score_of(geoparser, "Tripoli", "They left Tripoli.")
    supported = score_of(geoparser, "Tripoli", "They left Tripoli. Libya is calm.")
    assert alone < supported < 1
