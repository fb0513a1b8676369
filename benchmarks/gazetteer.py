"""What adding places costs: the adding itself, opening, and reading texts with them and without.

    python benchmarks/gazetteer.py [FILE]

FILE is anything that ``dateline gazetteer add`` takes. Without it, places are made up until the gazetteer has five
times as many as it had: names put together of halves of real ones, in the countries of these. The user's gazetteer
is copied and stays as it is. Texts are read by both in turn, and processor time is counted, so that the ratios of
the medians hold on a shared machine.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from geoparsing import sample_texts

from dashboard.settings import Settings
from geodata.gazetteer import open_gazetteer
from geodata.geoparser import Geoparser
from geodata.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.gazetteer import Gazetteer

RUNS = 7
DOCUMENTS = 150
TIMES = 5
ADD = "from dashboard.cli import main; main()"


def make_up_places(gazetteer: Gazetteer, path: Path, *, seed: int = 1) -> None:
    """Write a file with four times as many places as a gazetteer has."""
    chance = random.Random(seed)
    known = [record for record in gazetteer.records() if record[8] == 1]
    names = [gazetteer.place(number).name for number in range(0, len(gazetteer), 7)]
    with path.open("w", encoding="utf-8") as file:
        file.write("id\tname\tlatitude\tlongitude\tcountry\n")
        for number in range((TIMES - 1) * len(gazetteer)):
            one, other = chance.choice(names), chance.choice(names)
            name = one[: len(one) // 2] + other[len(other) // 2 :].lower()
            place = chance.choice(known)
            latitude, longitude = (round(value + chance.uniform(-0.4, 0.4), 5) for value in place[:2])
            code = gazetteer.countries[int(place[9])]
            file.write(f"{number}\t{name}\t{latitude}\t{longitude}\t{code}\n")


def add_places(home: Path, file: Path) -> float:
    """Add a file by a process of its own; return the seconds that this took."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", ADD, "gazetteer", "add", "--name", "measured", str(file)],
        env={**os.environ, "DATELINE_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
    )
    print(done.stderr.strip().splitlines()[-2])
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return time.perf_counter() - start


def compare(*tasks: Callable[[], object]) -> list[float]:
    """Return the median processor seconds of tasks that are done in turn, after a round to fill the caches."""
    seconds: list[list[float]] = [[] for _ in tasks]
    for run in range(RUNS + 1):
        for number, task in enumerate(tasks):
            start = time.process_time()
            task()
            if run:
                seconds[number].append(time.process_time() - start)
    return [statistics.median(values) for values in seconds]


def show(title: str, values: list[float], unit: str, digits: int = 2) -> None:
    """Print what was measured without the addition and with it."""
    before, after = values
    print(f"{title:<34}{before:>12,.{digits}f}{after:>12,.{digits}f} {unit:<12}{after / before:>8.2f}")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        base = Settings.from_environment(os.environ).gazetteer
        grown = Path(shutil.copytree(base, home / "gazetteer"))
        with open_gazetteer(base) as gazetteer:
            file = Path(sys.argv[1]) if len(sys.argv) > 1 else home / "made-up.tsv"
            if len(sys.argv) == 1:
                make_up_places(gazetteer, file)
        seconds = add_places(home, file)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(
            f"adding took {seconds:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of them on a processor,"
            f" and {used.ru_maxrss / 1024:,.0f} MiB at the most\n"
        )
        measure(base, grown)


def measure(base: Path, grown: Path) -> None:
    """Compare a gazetteer with a grown one."""
    texts = sample_texts(DOCUMENTS)
    words = [token.folded for text in texts for token in tokenise(text)[0] if token.is_name_like]
    print(f"{'':<34}{'without':>12}{'with':>12} {'':<12}{'ratio':>8}")
    with open_gazetteer(base) as before, open_gazetteer(grown) as after:
        both = (before, after)
        show("places", [len(one) for one in both], "", 0)
        show("names", [one.info.names for one in both], "", 0)
        opening = compare(lambda: open_gazetteer(base).close(), lambda: open_gazetteer(grown).close())
        show("opening", [1000 * value for value in opening], "ms")
        prefixes = compare(*(lambda one=one: [one.prefixes(word) for word in words] for one in both))
        show("prefixes, a call", [1e6 * value / len(words) for value in prefixes], "µs")
        found = compare(*(lambda one=one: [one.find(word) for word in words] for one in both))
        show("find, a call, cached", [1e6 * value / len(words) for value in found], "µs")
        parsers = [Geoparser(one) for one in both]
        parsed = compare(*(lambda one=one: [one.parse(text) for text in texts] for one in parsers))
        show("reading a text", [1000 * value / len(texts) for value in parsed], "ms")
        show("texts a second", [len(texts) / value for value in parsed], "", 0)


if __name__ == "__main__":
    main()
