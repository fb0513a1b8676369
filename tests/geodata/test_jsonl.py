from __future__ import annotations

import json

import pytest

from geodata.errors import LineError
from geodata.jsonl import answer_lines, read_document


@pytest.mark.parametrize(
    "toponyms",
    [None, {}, [5], [{}], [{"start": 0, "end": 6}], [{"start": 2, "end": 2}], [{"start": -1, "end": 2}],
     [{"start": True, "end": 2}], [{"start": 0.0, "end": 2.0}]],
)  # fmt: skip
def test_read_document_refuses_spans_outside_the_text(toponyms):
    line = json.dumps({"id": "a", "text": "Xyzzy", "toponyms": toponyms}).encode()
    with pytest.raises(LineError):
        read_document(line, has_gold_spans=True)
    assert read_document(line) == ("a", "Xyzzy", [])


def test_read_document_shows_no_more_of_a_wrong_span_than_fits_a_message():
    line = json.dumps({"id": 1, "text": "Xyzzy", "toponyms": [{"start": "x" * 100_000, "end": 2}]}).encode()
    with pytest.raises(LineError) as caught:
        read_document(line, has_gold_spans=True)
    assert len(str(caught.value)) < 200


def test_answer_lines_counts_from_the_number_it_is_told(geoparser):
    answer = answer_lines(
        b'{"id": 1, "text": "Paris"}\n\n{broken\r\n{"id": 2, "text": ""}', geoparser, first=41
    )
    assert [json.loads(line)["id"] for line in answer.output.splitlines()] == [1, 2]
    assert [failure.line for failure in answer.failures] == [43]
