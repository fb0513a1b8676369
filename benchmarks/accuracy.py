"""How right the geocoder is: the figures of docs/accuracy.md.

    python benchmarks/accuracy.py CORPUS.jsonl... [-o TABLES.md]

A corpus holds lines of ``{"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonames_id"}]}``, as
``dateline score`` reads them. Writes tables in Markdown. The measures are defined in `geodata.scoring`.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from comparison import figure, read_documents, table

from dashboard.settings import Settings
from geodata.gazetteer import open_gazetteer
from geodata.geoparser import Geoparser
from geodata.scoring import Prediction, Scorer
from geodata.scoring.figures import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.scoring import Calibration, GoldDocument, Score

DOUBTFUL_BELOW = 0.5
"""Score below which the dashboard draws an answer as doubtful."""

FEWEST = 50
"""Names with coordinates from which a kind has a row of its own."""

TOGETHER = "All together"


@dataclass
class Result:
    """The scores of a corpus.

    Attributes
    ----------
    of_spans, of_text : Scorer
        Of answers to the marked names, and of answers that had to find the names.
    placed, doubtful : int
        Names that were found and placed, and those of them below `DOUBTFUL_BELOW`.
    """

    of_spans: Scorer = field(default_factory=lambda: Scorer(gold_spans=True))
    of_text: Scorer = field(default_factory=Scorer)
    placed: int = 0
    doubtful: int = 0

    def add(self, document: GoldDocument, placed: Sequence[Prediction], found: Sequence[Prediction]) -> None:
        """Count the answers to a document."""
        self.of_spans.add(document, placed)
        self.of_text.add(document, found)
        scores = [each.score for each in found if each.has_coordinates and each.score is not None]
        self.placed += len(scores)
        self.doubtful += sum(score < DOUBTFUL_BELOW for score in scores)


def judge(geoparser: Geoparser, documents: Sequence[GoldDocument], *results: Result) -> None:
    """Geoparse documents and count the answers in each of the results."""
    for document in documents:
        spans = [toponym[:2] for toponym in document.toponyms]
        placed = list(map(Prediction.from_resolution, geoparser.resolve_spans(document.text, spans)))
        found = list(map(Prediction.from_resolution, geoparser.parse(document.text)))
        for result in results:
            result.add(document, placed, found)


def describe_corpora(scores: dict[str, tuple[Score, Score]]) -> str:
    """Return the table of places on marked names, of recognition, and of both."""
    placed, found = [], []
    for name, (spans, text) in scores.items():
        resolution = spans.resolution
        placed.append(
            (
                name,
                f"{spans.documents:,}",
                f"{spans.gold_toponyms:,}",
                f"{resolution.toponyms:,}",
                figure(resolution.accuracy_161),
                figure(resolution.accuracy_161_answered),
                figure(resolution.accuracy_161_distance_only),
                f"{resolution.median_km:.1f}" if resolution.median_km is not None else "–",
                figure(resolution.auc),
            )
        )
        strict, lenient = text.recognition_strict, text.recognition_lenient
        whole, scorable = text.end_to_end_161, text.end_to_end_161_scorable
        rows = (
            strict and strict.f1,
            lenient and lenient.precision,
            lenient and lenient.recall,
            lenient and lenient.f1,
            whole and whole.f1,
            scorable and scorable.f1,
        )
        found.append((name, *map(figure, rows)))
    return (
        "On marked names\n\n"
        + table(
            (
                "Corpus", "Documents", "Names", "With coordinates", "Within 161 km", "Of answered",
                "By distance alone", "Median km", "AUC",
            ),
            placed,
        )
        + "\nFrom the text\n\n"
        + table(
            (
                "Corpus", "F1, same span", "Precision, any overlap", "Recall", "F1", "End to end, F1 at 161 km",
                "Of what can be judged",
            ),
            found,
        )
    )  # fmt: skip


def describe_kinds(name: str, score: Score) -> str:
    """Return a table of the frequent kinds of a corpus, placed on marked names; empty where it names none."""
    rows = [
        (
            each.kind or "none",
            f"{each.resolution.toponyms:,}",
            figure(share(each.resolution.answered, each.resolution.toponyms)),
            figure(each.resolution.accuracy_161),
            figure(each.resolution.accuracy_161_answered),
        )
        for each in score.by_kind
        if each.resolution.toponyms >= FEWEST
    ]
    if not (rows and score.is_by_gold_kind):
        return ""
    titles = ("Kind", "With coordinates", "Answered", "Within 161 km", "Of answered")
    return f"\n{name}, by the corpus's kinds\n\n" + table(titles, rows)


def describe_calibration(name: str, spans: Calibration, text: Calibration) -> str:
    """Return the reliability of scores on marked names and on names found in the text."""
    rows = [
        (
            f"{one.low:.2f}–{one.high:.2f}",
            *(
                cell
                for each in (one, other)
                for cell in (f"{each.count:,}", figure(each.mean_score), figure(each.share_right))
            ),
        )
        for one, other in zip(spans.bins, text.bins, strict=True)
    ]
    titles = ("Score", "Marked names", "Mean score", "Right", "Found names", "Mean score", "Right")
    return (
        f"\n{name}: expected calibration error {figure(spans.expected_error)} on marked names, "
        f"{figure(text.expected_error)} on names found\n\n" + table(titles, rows)
    )


def report(results: dict[str, Result], gazetteer: Gazetteer) -> str:
    """Return all tables."""
    scores = {name: (result.of_spans.score(), result.of_text.score()) for name, result in results.items()}
    corpora = {name: pair for name, pair in scores.items() if name != TOGETHER}
    parts = [
        f"Gazetteer of {gazetteer.info.places:,} places, {gazetteer.info.fingerprint[:8]}.\n\n",
        describe_corpora(corpora),
        *(describe_kinds(name, spans) for name, (spans, _) in corpora.items()),
        *(
            describe_calibration(name, spans.calibration, text.calibration)
            for name, (spans, text) in reversed(scores.items())
        ),
        "\nDrawn as doubtful\n\n",
        table(
            ("Corpus", "Names found and placed", f"Below {DOUBTFUL_BELOW}", "Share"),
            [
                (name, f"{each.placed:,}", f"{each.doubtful:,}", figure(share(each.doubtful, each.placed)))
                for name, each in results.items()
            ],
        ),
    ]
    return "".join(parts)


def main() -> None:
    """Judge each corpus and all together, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument("-o", "--output", type=Path, metavar="TABLES.md", help="otherwise standard output")
    options = parser.parse_args()
    for path in options.corpora:
        if not path.is_file():
            parser.error(f"{path}: there is no such file")
    if len({path.stem for path in options.corpora}) < len(options.corpora):
        parser.error("two corpora bear the same name: rename one, as tables name them by their files")
    corpora = {path.stem: read_documents(path) for path in options.corpora}
    results: dict[str, Result] = {name: Result() for name in corpora}
    if len(corpora) > 1:
        results[TOGETHER] = Result()
    with open_gazetteer(Settings.from_environment(os.environ).gazetteer) as gazetteer:
        geoparser = Geoparser(gazetteer)
        for name, documents in corpora.items():
            print(f"{name} ...", file=sys.stderr)
            judge(geoparser, documents, *(results[each] for each in results if each in (name, TOGETHER)))
        tables = report(results, gazetteer)
    if options.output:
        options.output.write_text(tables, encoding="utf-8")
    else:
        print(tables, end="")


if __name__ == "__main__":
    main()
