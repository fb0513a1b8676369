"""What holds for every text, whatever stands in it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.geoparser import Geoparser
from geodata.jsonl import answer_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.model import Resolution

# The same examples in every run: a failure that nobody can repeat helps nobody.
few = settings(derandomize=True, max_examples=250, database=None)

NAMES = st.sampled_from(
    (
        "Pakistan", "Pakistani", "Nepal", "Libya", "Libyan", "U.S.", "US", "USA", "us", "UK", "Balochistan", "Texas",
        "Tex.", "TX", "Aragua", "Mastung", "Mustang", "Mastong", "MASTUNG", "mastung", "Mastung’s", "Quetta", "Tripoli",
        "Tarabulus", "Al-Jufra", "al Jufra airbase", "Paris", "London-based", "Washington", "Moscow", "Москва",
        "Sahel", "Nowhereville",
    )
)  # fmt: skip
WORDS = st.sampled_from(
    (
        "in near from to of the The and said based says President Post district Province village of river Hamid"
        " Sawai Charkhab the-Al gang Tren de people“ attack www.paris.fr paris@london.org https://quetta.pk 1,000 ٣٤"
    ).split(" ")
)
SCRIPTS = st.sampled_from(
    (
        "مالي",
        "پاکستان",
        "کوئٹہ",
        "מוסקבה",
        "北京",
        "パリ",
        "서울",
        "Αθήνα",
        "दिल्ली",
        "กรุงเทพ",
        "Île",
        "İstanbul",
        "ǅ",
        "ß",
        "ﬁ",
        "𝐏𝐚𝐫𝐢𝐬",
    )
)
PUNCTUATION = st.sampled_from(
    (
        " ",
        " ",
        " ",
        ", ",
        ". ",
        "; ",
        ": ",
        " (",
        ") ",
        "-",
        "–",
        "/",
        "'",
        "’s ",
        "“",
        "”",
        '"',
        "…",
        "\n",
        "\r\n",
        "\n\n",
    )
)
STRANGE = st.sampled_from(
    ("\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff",
     "\ufffd", "\U000e0001", "🙂", "👩‍👩‍👧", "🇫🇷", "\u0301", "\u0301" * 9, "\u00ad", "\ue000", "\U0010ffff")
)  # fmt: skip
LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
TEXTS = st.lists(
    NAMES | NAMES | WORDS | SCRIPTS | PUNCTUATION | PUNCTUATION | STRANGE | LETTERS, max_size=25
).map("".join) | st.lists(NAMES | WORDS, max_size=25).map(" ".join)


def check(text: str, resolutions: Sequence[Resolution]) -> None:
    """Assert what holds for each answer alone."""
    for resolution in resolutions:
        mention, place = resolution.mention, resolution.place
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.phrase
        assert 0 <= resolution.score <= 1
        assert resolution.reasons
        assert all(resolution.reasons)
        for candidate in resolution.alternatives:
            assert 0 <= candidate.score <= resolution.score
        for each in [place, *(candidate.place for candidate in resolution.alternatives)]:
            if each is not None:
                assert -90 <= each.latitude <= 90
                assert -180 <= each.longitude <= 180
                assert (each.latitude, each.longitude) != (0, 0)


@few
@given(TEXTS)
def test_offsets_slice_to_the_phrase_and_answers_are_possible(geoparser: Geoparser, text: str) -> None:
    check(text, geoparser.parse(text))


@few
@given(TEXTS)
def test_toponyms_stand_in_order_and_apart(geoparser: Geoparser, text: str) -> None:
    spans = [(found.mention.start, found.mention.end) for found in geoparser.parse(text)]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@few
@given(text=TEXTS, before=TEXTS)
def test_the_same_text_has_the_same_answer(
    geoparser: Geoparser, gazetteer: Gazetteer, text: str, before: str
) -> None:
    """Whatever was read before it, and by a geoparser that has read nothing."""
    first = geoparser.parse(text)
    geoparser.parse(before)
    assert geoparser.parse(text) == first
    assert Geoparser(gazetteer).parse(text) == first


@few
@given(
    st.lists(TEXTS, max_size=6).flatmap(
        lambda texts: st.tuples(st.just(texts), st.permutations(range(len(texts))))
    )
)
def test_the_order_of_documents_changes_nothing(
    gazetteer: Gazetteer, documents: tuple[list[str], list[int]]
) -> None:
    texts, order = documents
    lines = [json.dumps({"id": number, "text": text}).encode() for number, text in enumerate(texts)]
    answers = answer_lines(b"\n".join(lines), Geoparser(gazetteer)).output.splitlines()
    shuffled = answer_lines(
        b"\n".join(lines[number] for number in order), Geoparser(gazetteer)
    ).output.splitlines()
    assert [answers[number] for number in order] == shuffled


@few
@given(TEXTS.filter(bool), st.data())
def test_resolve_spans_answers_one_for_each_in_the_order_given(
    geoparser: Geoparser, text: str, data: st.DataObject
) -> None:
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda span: span[0] < span[1]
    )
    spans = data.draw(st.lists(span, max_size=8))
    answers = geoparser.resolve_spans(text, spans)
    assert [(answer.mention.start, answer.mention.end) for answer in answers] == spans
    check(text, answers)


@few
@given(TEXTS)
def test_resolve_spans_takes_what_parse_found_as_parse_did(geoparser: Geoparser, text: str) -> None:
    """The same offsets and uses; places may differ, for small ones that `parse` left out count here."""
    found = [each.mention for each in geoparser.parse(text)]
    again = geoparser.resolve_spans(text, [(mention.start, mention.end) for mention in found])
    assert [each.mention for each in again] == found


def test_check_sees_what_is_wrong(geoparser: Geoparser) -> None:
    found = geoparser.parse("A fire in Paris.")
    check("A fire in Paris.", found)
    with pytest.raises(AssertionError):
        check("A fire, in Paris.", found)
