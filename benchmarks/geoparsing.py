"""How fast the geoparser is, and what it needs.

    python benchmarks/geoparsing.py [TEXTS.jsonl]

Reads ``{"text": …}`` lines, or makes articles of 2 KB from the sample collection. Prints medians of several runs,
in seconds of the processor but for opening and the first answer; on a shared machine compare ratios of runs made
side by side and not the figures of different days.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from articles.reading import read
from dashboard.settings import Settings
from geodata.gazetteer import open_gazetteer
from geodata.geoparser import Geoparser

ROOT = Path(__file__).parents[1]
RUNS = 5
DOCUMENTS = 300
ARTICLE = 2_000
"""Characters of an article of usual length."""
LENGTHS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def sample_texts(count: int = DOCUMENTS, length: int = ARTICLE) -> list[str]:
    """Make different texts of the given length by joining the sample articles' bodies in turn."""
    bodies = [
        article.body
        for file in sorted((ROOT / "articles/collection").glob("*.md"))
        for article in read(file.read_bytes(), name=file.name).articles
    ]
    texts = []
    for start in range(count):
        text = ""
        for body in islice(cycle(bodies), start % len(bodies), None):
            text += body + "\n\n"
            if len(text) >= length:
                break
        texts.append(text[:length])
    return texts


def read_texts(path: Path) -> list[str]:
    """Read the texts of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def print_growth(geoparser: Geoparser, texts: list[str]) -> None:
    """Print the time that joined texts take for each KB, which should not grow with their length."""
    print("\ntime by length of the text")
    for size in LENGTHS:
        text = "\n\n".join(islice(cycle(texts), 1 + size // min(map(len, texts))))[:size]
        times = max(1, LENGTHS[2] // size)
        start = time.process_time()
        for _ in range(times):
            geoparser.parse(text)
        seconds = (time.process_time() - start) / times
        print(f"{size:>12,} characters {1000 * seconds:>12,.1f} ms {1e6 * seconds / size:>8.2f} ms/KB")


def main() -> None:
    """Measure and print."""
    texts = read_texts(Path(sys.argv[1])) if len(sys.argv) > 1 else sample_texts()
    folder = Settings.from_environment(os.environ).gazetteer
    opening = []
    for _ in range(RUNS):
        start = time.perf_counter()
        open_gazetteer(folder).close()
        opening.append(time.perf_counter() - start)
    with open_gazetteer(folder) as gazetteer:
        geoparser = Geoparser(gazetteer)
        runs = []
        for _ in range(1 + RUNS):
            start = time.process_time()
            for text in texts:
                geoparser.parse(text)
            runs.append(time.process_time() - start)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    characters = sum(map(len, texts))
    first, seconds = runs[0], statistics.median(runs[1:])
    cold = []
    for _ in range(RUNS):
        start = time.perf_counter()
        program = "from dashboard.cli import main; main()"
        command = [sys.executable, "-c", program, "geoparse", "--jsonl"]
        line = b'{"id": "1", "text": "A blast in Mastung, Balochistan"}\n'
        answer = subprocess.run(command, input=line, capture_output=True, check=True).stdout
        if b"Mastung" not in answer:
            raise RuntimeError(f"expected an answer to time, got {answer!r}")
        cold.append(time.perf_counter() - start)
    articles = characters / ARTICLE
    print(
        f"texts                     {len(texts):>10,} of {characters // len(texts):,} characters on average"
    )
    print(f"opening the gazetteer     {1000 * statistics.median(opening):>10.1f} ms")
    print(
        f"texts a second, one core  {len(texts) / seconds:>10,.0f}  ({characters / seconds / 1e6:.2f} MB/s)"
    )
    print(
        f"articles of 2 KB a second {articles / seconds:>10,.0f}  ({articles / first:,.0f} when first seen)"
    )
    print(f"first answer, cold        {statistics.median(cold):>10.2f} s")
    print(f"peak memory               {memory:>10,.0f} MiB")
    with open_gazetteer(folder) as gazetteer:
        print_growth(Geoparser(gazetteer), texts)


if __name__ == "__main__":
    main()
