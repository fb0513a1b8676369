"""A stream of documents geoparsed as it comes: at once while it is short, by several processes when it is long."""

from __future__ import annotations

import io
import os
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait
from typing import IO, TYPE_CHECKING

from geodata.errors import GazetteerError, WorkerError
from geodata.gazetteer import open_gazetteer
from geodata.geoparser import Geoparser
from geodata.jsonl import Answer, answer_lines
from geodata.parallel import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from geodata.geoparser import TextGeoparser

BLOCK_BYTES = 1 << 16
"""About how many bytes make a piece of work: 50 ms or more, so that handing it over is little."""

ALONE_SECONDS = 0.5
"""Work that is done before other processes are started: about what starting one costs."""


class Blocks:
    """Whole lines of a stream, as many as are there.

    Parameters
    ----------
    source : binary file
        Read by its descriptor where it has one; nothing may have been read from it.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        try:
            self.descriptor: int | None = source.fileno()
        except (AttributeError, io.UnsupportedOperation):
            self.descriptor = None
        self._rest: list[bytes] = []
        self._lines: list[bytes] = []
        self.has_ended = False

    def is_ready(self) -> bool:
        """Tell whether reading would not have to wait."""
        return not self.has_ended and (self.descriptor is None or bool(wait([self.descriptor], timeout=0)))

    def read(self) -> bytes:
        """Wait for a line; return it and what else is there. Empty at the end of the stream."""
        while not (self._lines or self.has_ended):
            self._fill()
        return self.read_ready()

    def read_ready(self) -> bytes:
        """Return the lines that are there, up to about `BLOCK_BYTES`; empty if none is whole yet."""
        while sum(map(len, self._lines)) < BLOCK_BYTES and self.is_ready():
            self._fill()
        block = b"".join(self._lines)
        self._lines.clear()
        return block

    def _fill(self) -> None:
        if self.descriptor is None:
            data = self._source.read(BLOCK_BYTES)
        else:
            try:
                data = os.read(self.descriptor, BLOCK_BYTES)
            except BlockingIOError:  # another program left the stream so
                wait([self.descriptor])
                return
        if not data:
            self.has_ended = True
            self._lines += self._rest
            self._rest = []
            return
        # The rest is kept in pieces: joining a long line anew with each piece would take quadratic time.
        whole, feed, rest = data.rpartition(b"\n")
        if feed:
            self._lines += [*self._rest, whole, feed]
            self._rest = []
        if rest:
            self._rest.append(rest)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a stream is geoparsed.

    Attributes
    ----------
    gazetteer : Path
        The gazetteer's folder; each worker process opens it for itself, and all share its pages.
    workers : int
        How many processes; with one there is none but this.
    has_gold_spans : bool
        Resolve the spans given in "toponyms" instead of looking for names.
    """

    gazetteer: Path
    workers: int = 1
    has_gold_spans: bool = False


def answer_stream(
    source: IO[bytes], geoparser: TextGeoparser, plan: Plan, *, clock: Callable[[], float] = time.perf_counter
) -> Generator[tuple[Answer, int], None, None]:
    """Geoparse documents line by line.

    Every line is answered without waiting for the next one. Worker processes are started only when more is waiting
    after the first `ALONE_SECONDS` of work; what is held in memory is bounded, however long the stream is. Close
    the generator if it is not read to its end: that ends the workers.

    Parameters
    ----------
    source : binary file
        Lines of ``{"id", "text"}``, UTF-8.
    geoparser : TextGeoparser
        For what is done in this process; of the plan's gazetteer.
    plan : Plan
    clock : callable
        Seconds that have passed.

    Yields
    ------
    (Answer, int)
        In the order of the lines; with it, the bytes of the input that it answers.

    Raises
    ------
    WorkerError
        A worker process died twice over the same lines.
    """
    blocks = Blocks(source)
    worked, first = 0.0, 1
    while block := blocks.read():
        if plan.workers > 1 and worked >= ALONE_SECONDS and len(block) >= BLOCK_BYTES // 2:
            yield from _answer_by_workers(block, blocks, first, plan, geoparser.id)
            return
        # One by one: whoever asks a line at a time is answered a line at a time.
        for line in io.BytesIO(block):
            start = clock()
            answer = answer_lines(line, geoparser, first=first, has_gold_spans=plan.has_gold_spans)
            worked += clock() - start
            yield answer, len(line)
            first += 1


def _answer_by_workers(
    block: bytes, blocks: Blocks, first: int, plan: Plan, geoparser_id: str
) -> Iterator[tuple[Answer, int]]:
    unanswered: deque[tuple[int, int]] = deque()
    """Number of the first line, and bytes."""
    with Workers(plan.workers, _open_geoparser, (plan, geoparser_id)) as workers:
        while True:
            failure = None
            try:
                while workers.has_room and (block := block or blocks.read_ready()):
                    unanswered.append((first, len(block)))
                    workers.submit((first, block))
                    first += block.count(b"\n")
                    block = b""
                if blocks.has_ended and not workers.pending:
                    return
                # What has come in is never left lying for want of more: the other side may wait for the answer.
                may_read = workers.has_room and not blocks.has_ended
                workers.wait(blocks.descriptor if may_read else None)
            except WorkerError as error:
                failure = error
            for answer in workers.answers():
                yield answer, unanswered.popleft()[1]
            if failure is not None:
                raise WorkerError(
                    f"{failure}\nThe lines from {unanswered[0][0]:,} on are not answered."
                ) from failure


def _open_geoparser(plan: Plan, geoparser_id: str) -> Callable[[tuple[int, bytes]], Answer]:
    """Open the gazetteer in a worker process."""
    geoparser = Geoparser(open_gazetteer(plan.gazetteer))
    if geoparser.id != geoparser_id:
        raise GazetteerError(
            "the gazetteer was built anew while it was in use, and the answers would be mixed; start again"
        )
    return partial(_answer_block, geoparser, plan.has_gold_spans)


def _answer_block(geoparser: TextGeoparser, has_gold_spans: bool, numbered: tuple[int, bytes]) -> Answer:
    first, block = numbered
    return answer_lines(block, geoparser, first=first, has_gold_spans=has_gold_spans)
