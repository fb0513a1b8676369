"""``dateline score``: how good the answers are, by a corpus in which people marked the places."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.terminal import get_settings, open_console, open_progress, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from geodata.geoparser import Geoparser
    from geodata.scoring import GoldDocument, PredictionFile, Score, Scorer

SHOWN_MISSING = 5
"""Ids of documents without an answer that are told; of the others only the number."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("gold", type=FILE, metavar="GOLD.jsonl")
@click.option(
    "--predicted",
    type=FILE,
    metavar="FILE",
    help="Score these answers, lines as “dateline geoparse --jsonl” prints them, instead of making them.",
)
@click.option(
    "--gold-spans",
    is_flag=True,
    help="Judge where places are and not whether they were found. With --predicted: its answers were made "
    "from the marked spans.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.pass_context
def score(
    context: click.Context, gold: Path, *, predicted: Path | None, gold_spans: bool, as_json: bool
) -> None:
    """Tell how well places are found and placed, by texts in which people marked them.

    GOLD.jsonl holds lines of {"id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonames_id",
    "kind"}]}; "lat" and "lon" are null where nobody said where it is. Without --predicted the texts are
    geoparsed, once to find the names and once with those that are marked.
    """
    from dashboard.score_report import describe, print_report
    from geodata.errors import ScoringError

    run = _Run(gold)
    from_text: Score | None
    from_spans: Score | None
    with ExitStack() as stack:
        lines = stack.enter_context(gold.open("rb"))
        if predicted is None:
            from_text, from_spans = _geoparse(run, lines, stack, gold_spans=gold_spans)
        else:
            answers = stack.enter_context(predicted.open("rb"))
            only = _compare(run, lines, answers, predicted, gold_spans=gold_spans)
            from_text, from_spans = (None, only) if gold_spans else (only, None)
    if not run.documents:
        raise ScoringError(
            f'{gold}: no document that can be scored; expected lines of {{"id", "text", "toponyms"}}'
        )
    if as_json:
        report = describe(from_text, from_spans)
        failed = {"failed_lines": run.failed, "predicted_documents_not_in_gold": run.not_in_gold}
        click.echo(json.dumps({"gold": gold.name, **failed, **report}, indent=2))
    else:
        print_report(open_console(error=False), gold.name, from_text, from_spans)
    context.exit(1 if run.failed or run.missing else 0)


class _Run:
    """One reading of a gold corpus: what could not be read of it is said, and counted.

    Attributes
    ----------
    documents, failed, missing, not_in_gold : int
        Documents read; broken lines of both files; documents without an answer; answers without a document.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.documents = self.failed = self.missing = self.not_in_gold = 0

    def reporter(self, path: Path) -> Callable[[int, str], None]:
        """Return what says what is wrong with a line of a file."""

        def report(number: int, message: str) -> None:
            self.failed += 1
            say(f"{path.name}, line {number}: {message}")

        return report

    def read(self, lines: BinaryIO) -> Iterator[tuple[int, GoldDocument]]:
        """Yield the documents with the numbers of their lines, under a progress bar.

        Lines end at line feeds and nowhere else: other separators stand inside documents.
        """
        from geodata.errors import LineError
        from geodata.scoring import read_gold

        report = self.reporter(self.path)
        first: dict[str, int] = {}
        with open_progress(open_console()) as bar:
            task = bar.add_task("Scoring", total=self.path.stat().st_size or None)
            for number, line in enumerate(lines, 1):
                bar.advance(task, len(line))
                if not line.strip():
                    continue
                try:
                    document = read_gold(line)
                except LineError as error:
                    report(number, str(error))
                    continue
                if document.id in first:
                    where = first[document.id]
                    report(
                        number,
                        f'document "{document.id}" stands in line {where} already; this one is left out',
                    )
                    continue
                first[document.id] = number
                self.documents += 1
                yield number, document


def _geoparse(
    run: _Run, lines: BinaryIO, stack: ExitStack, *, gold_spans: bool
) -> tuple[Score | None, Score]:
    """Score this geoparser: what it finds in the texts (unless `gold_spans`), and where it puts marked names."""
    from dashboard.commands.gazetteer import require_gazetteer
    from dashboard.geoparsing import make_geoparser
    from geodata.errors import GeodataError
    from geodata.scoring import Scorer

    settings = get_settings()
    geoparser = make_geoparser(settings, stack.enter_context(require_gazetteer(settings.gazetteer)))
    of_text, of_spans = Scorer(), Scorer(gold_spans=True)
    report = run.reporter(run.path)
    for number, document in run.read(lines):
        try:
            _add_answers(geoparser, document, None if gold_spans else of_text, of_spans)
        except GeodataError as error:
            report(number, str(error))
            run.documents -= 1
    return None if gold_spans else of_text.score(), of_spans.score()


def _add_answers(
    geoparser: Geoparser, document: GoldDocument, of_text: Scorer | None, of_spans: Scorer
) -> None:
    from geodata.scoring import Prediction

    placed = geoparser.resolve_spans(document.text, [toponym[:2] for toponym in document.toponyms])
    # Both answers before either is counted: a document is scored in both tables or in none.
    found = geoparser.parse(document.text) if of_text else ()
    of_spans.add(document, [Prediction.from_resolution(resolution) for resolution in placed])
    if of_text:
        of_text.add(document, [Prediction.from_resolution(resolution) for resolution in found])


def _compare(run: _Run, lines: BinaryIO, answers: BinaryIO, path: Path, *, gold_spans: bool) -> Score:
    """Score the answers of a file, made from the texts or from the marked spans."""
    from geodata.scoring import PredictionFile, Scorer

    predictions = PredictionFile(answers, report=run.reporter(path))
    scorer = Scorer(gold_spans=gold_spans)
    missing = []
    for _, document in run.read(lines):
        found = predictions.find(document.id, length=len(document.text))
        if found is None:
            run.missing += 1
            if run.missing <= SHOWN_MISSING:
                missing.append(document.id)
            scorer.add(document, None)
        else:
            scorer.add(document, found.toponyms, unusable=len(found.unusable))
    run.not_in_gold = len(predictions) - (run.documents - run.missing)
    _say_differences(run, path, missing, predictions)
    return scorer.score()


def _say_differences(run: _Run, path: Path, missing: Iterable[str], predictions: PredictionFile) -> None:
    if run.missing:
        shown = ", ".join(f'"{identifier}"' for identifier in missing)
        more = ", …" if run.missing > SHOWN_MISSING else ""
        documents = (
            "document has no answers and counts"
            if run.missing == 1
            else "documents have no answers and count"
        )
        say(f"{path.name}: {run.missing:,} {documents} as if nothing had been found: {shown}{more}")
    if run.not_in_gold:
        say(
            f"{path.name}: {run.not_in_gold:,} of {len(predictions):,} documents are not among those "
            f"of {run.path.name}; they are left out"
        )
