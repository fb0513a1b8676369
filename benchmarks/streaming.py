"""How ``dateline geoparse --jsonl`` takes a long stream: its memory, and what a second process gains.

    python benchmarks/streaming.py [LINES]

Writes generated lines, a million by default, into the command and reads its answers. Prints the peak memory of
the command and of each of its worker processes after 10,000, 100,000 and all lines of one run, then the
documents a second with one and with two workers, measured in turn, start included; then what one line takes that
holds a document of 1 to 10 MB. On a shared machine compare ratios alone; where two workers get no second core, the
processor's seconds tell what handing the work over costs. Linux only: the peaks are the kernel's.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from geoparsing import sample_texts

from dashboard.settings import Settings
from geodata.gazetteer import open_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMAND = [sys.executable, "-c", "from dashboard.cli import main; main()", "geoparse", "--jsonl"]
CHECKPOINTS = (10_000, 100_000)
LINES = 1_000_000
COMPARED_LINES = 100_000
RUNS = 3
LONG_LINES = (1, 2, 5, 10)


def find_names() -> list[str]:
    """Return some thousand names of places, of all kinds and sizes."""
    with open_gazetteer(Settings.from_environment(os.environ).gazetteer) as gazetteer:
        beginnings = [first + second for first in "abcdefghijklmnoprstuvwyz" for second in "aeiou"]
        places = [place for start in beginnings for place in gazetteer.search(start, limit=40)]
    return sorted({place.name for place in places})


def make_lines(names: list[str]) -> Iterator[bytes]:
    """Generate short documents without end; every third names a place."""
    chance = random.Random(1)
    texts = ("Police in {} said so.", "Rain fell all day long.", "They met for talks on trade and on peace.")
    number = 0
    while True:
        text = texts[number % len(texts)].format(chance.choice(names))
        yield json.dumps({"id": number, "text": text}).encode() + b"\n"
        number += 1


def peaks_of(process: int) -> list[float]:
    """Return the peak resident memory of a process and of its children, in MiB; shared pages count in each."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    peaks = []
    for identifier in [process, *map(int, children)]:
        if b"resource_tracker" in Path(f"/proc/{identifier}/cmdline").read_bytes():
            continue
        status = Path(f"/proc/{identifier}/status").read_text()
        peaks += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return peaks


def show_peaks(names: list[str], count: int) -> None:
    """Send lines through the command, check that each is answered in its order, and print peaks of memory."""
    with subprocess.Popen(
        [*COMMAND, "--workers", "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:

        def write() -> None:
            with process.stdin:
                process.stdin.writelines(islice(make_lines(names), count))
                process.stdin.flush()
                answered.wait()  # the workers live until the input ends

        answered = threading.Event()
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        for number in range(count):
            line = process.stdout.readline()
            if not line or json.loads(line)["id"] != number:
                process.kill()
                raise RuntimeError(f"expected the answer to line {number + 1}, got {line[:80]!r}")
            if number + 1 in (*CHECKPOINTS, count):
                peaks = ", ".join(f"{peak:,.1f}" for peak in peaks_of(process.pid))
                print(f"{number + 1:>10,} lines   {peaks} MiB at the peak", flush=True)
        answered.set()
        writer.join()


def measure(file: Path, workers: int) -> tuple[float, float]:
    """Return the seconds that the command takes for a file, by the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with file.open("rb") as lines:
        subprocess.run(
            [*COMMAND, "--workers", str(workers)], stdin=lines, stdout=subprocess.DEVNULL, check=True
        )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(names: list[str]) -> None:
    """Print how fast one worker and two are."""
    runs: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines.jsonl"
        with file.open("wb") as lines:
            lines.writelines(islice(make_lines(names), COMPARED_LINES))
        for _ in range(RUNS):
            for workers, found in runs.items():
                found.append(measure(file, workers))
    rates = []
    for workers, found in runs.items():
        seconds, processor = (statistics.median(values) for values in zip(*found, strict=True))
        rates.append(COMPARED_LINES / seconds)
        print(
            f"{workers} worker{'s' if workers > 1 else ' '}  {rates[-1]:>8,.0f} documents a second,"
            f" {processor:.1f} seconds of the processor"
        )
    print(f"two workers are {rates[1] / rates[0]:.2f} times as fast as one")


def show_long_lines() -> None:
    """Print what a single line takes that holds a long document."""
    body = "\n\n".join(dict.fromkeys(sample_texts()))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "line.jsonl"
        for megabytes in LONG_LINES:
            size = megabytes * 10**6
            text = (body * (size // len(body) + 1))[:size]
            file.write_text(json.dumps({"id": 1, "text": text}), encoding="utf-8")
            _, processor = measure(file, 1)
            print(
                f"a line of {megabytes:>2} MB  {processor:>5.1f} s, {processor / megabytes:.2f} s a MB",
                flush=True,
            )


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    names = find_names()
    print(f"{count:,} lines, {len(names):,} names, two workers; the command, then its workers:")
    show_peaks(names, count)
    compare(names)
    show_long_lines()


if __name__ == "__main__":
    main()
