from __future__ import annotations

import io
import itertools
import json
import os
import threading
from multiprocessing.connection import wait

import pytest

import geodata.streaming
from geodata.errors import WorkerError
from geodata.geoparser import Geoparser
from geodata.streaming import BLOCK_BYTES, Blocks, Plan, answer_stream

NAMES = ("Paris", "Mastung", "Tripoli", "Libya", "Nowhere", "Москва")


def make_line(number):
    text = f"In {NAMES[number % len(NAMES)]}, near {NAMES[number % 5]}."
    document = {"id": number, "text": text, "toponyms": [{"start": 0, "end": 4}]}
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


def from_pipe(*pieces):
    """Return the reading end of a pipe into which bytes are written, as its reader makes room."""
    reading, writing = os.pipe()

    def write():
        with os.fdopen(writing, "wb") as output:
            output.writelines(pieces)

    threading.Thread(target=write, daemon=True).start()
    return os.fdopen(reading, "rb")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"a",
        b"a\nb\r\n\n\nc",
        b"x" * (3 * BLOCK_BYTES) + b"\n" + b"y" * 5 + b"\n" + b"z" * BLOCK_BYTES,
        b"".join(map(make_line, range(2000))),
    ],
    ids=("empty", "empty line", "no end", "few", "long", "many"),
)
def test_blocks_are_the_whole_lines_of_a_stream(data, tmp_path):
    (tmp_path / "file").write_bytes(data)
    with (tmp_path / "file").open("rb") as file, from_pipe(data) as pipe:
        for source in (io.BytesIO(data), file, pipe):
            blocks = Blocks(source)
            found = list(iter(blocks.read, b""))
            assert b"".join(found) == data
            assert all(block.endswith(b"\n") for block in found[:-1])
            # A block ends with the line in which it is full: no longer than that and one reading more.
            longest = max(map(len, data.split(b"\n")))
            assert all(len(block) <= 2 * BLOCK_BYTES + longest for block in found)


def test_blocks_give_what_is_there_without_waiting():
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb", buffering=0) as output:
        blocks = Blocks(source)
        assert not blocks.is_ready()
        output.write(b"one\ntw")
        assert blocks.read() == b"one\n"
        assert blocks.read_ready() == b""
        output.write(b"o\n")
        assert blocks.read_ready() == b"two\n"
        assert not blocks.has_ended


def test_blocks_wait_for_a_stream_that_does_not(monkeypatch):
    waited = []

    def write_and_wait(descriptors, timeout=None):
        if timeout is None:
            output.write(b"late\n")
            waited.append(descriptors)
        return wait(descriptors, timeout)

    monkeypatch.setattr(geodata.streaming, "wait", write_and_wait)
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb", buffering=0) as output:
        assert Blocks(source).read() == b"late\n"
        assert waited == [[reading]]


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(geodata.streaming, "BLOCK_BYTES", 1 << 12)


def answer(data, geoparser, folder, *, workers, clock, has_gold_spans=False):
    plan = Plan(folder, workers=workers, has_gold_spans=has_gold_spans)
    found = list(answer_stream(io.BytesIO(data), geoparser, plan, clock=clock))
    assert sum(size for _, size in found) == len(data)
    failures = [failure for answer, _ in found for failure in answer.failures]
    return b"".join(answer.output for answer, _ in found), failures, len(found)


def test_workers_answer_as_one_process_does(geoparser, gazetteer_folder, small_blocks):
    lines = [make_line(number) for number in range(3000)]
    lines[700] = lines[2500] = b"{broken\n"
    lines[1500] = b"\n"
    data = b"".join(lines)[:-1]
    alone, failures, pieces = answer(data, geoparser, gazetteer_folder, workers=2, clock=lambda: 0.0)
    assert pieces == len(lines)
    # By a clock on which each line takes a second, others are started at once.
    seconds = itertools.count()
    shared = answer(data, geoparser, gazetteer_folder, workers=2, clock=lambda: next(seconds))
    assert shared[:2] == (alone, failures)
    assert shared[2] < pieces
    assert [failure.line for failure in failures] == [701, 2501]
    assert [json.loads(line)["id"] for line in alone.splitlines()] == [
        number for number in range(3000) if number not in (700, 1500, 2500)
    ]


def test_workers_take_the_spans_that_are_given(geoparser, gazetteer_folder, small_blocks):
    data = b"".join(map(make_line, range(300)))
    seconds = itertools.count()
    output, _, pieces = answer(
        data, geoparser, gazetteer_folder, workers=2, clock=lambda: next(seconds), has_gold_spans=True
    )
    assert pieces < 300
    documents = [json.loads(line) for line in output.splitlines()]
    assert [document["id"] for document in documents] == list(range(300))
    assert all(document["toponyms"][0]["end"] == 4 for document in documents)


def test_one_worker_starts_no_process(geoparser, gazetteer_folder, small_blocks):
    data = b"".join(map(make_line, range(1000)))
    seconds = itertools.count()
    assert answer(data, geoparser, gazetteer_folder, workers=1, clock=lambda: next(seconds))[2] == 1000


def test_workers_refuse_another_gazetteer(geoparser, gazetteer_folder, gazetteer, small_blocks):
    other = Geoparser(gazetteer)
    other.id = "another"
    data = b"".join(map(make_line, range(1000)))
    seconds = itertools.count()
    with pytest.raises(WorkerError, match=r"built anew while it was in use(.|\n)*lines from [0-9,]+ on"):
        answer(data, other, gazetteer_folder, workers=2, clock=lambda: next(seconds))
