"""A score as tables for a person and as values for a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.terminal import print_table, printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from rich.console import Console

    from geodata.scoring import Calibration, KindFigures, ResolutionFigures, Score

NOTHING = "–"


def describe(from_text: Score | None, from_spans: Score | None) -> dict[str, Any]:
    """Return the scores as plain values; one that was not made is None."""
    return {
        "from_text": from_text.to_json() if from_text else None,
        "from_gold_spans": from_spans.to_json() if from_spans else None,
    }


def print_report(console: Console, name: str, from_text: Score | None, from_spans: Score | None) -> None:
    """Print the tables.

    Parameters
    ----------
    name : str
        Of the corpus.
    from_text, from_spans : Score or None
        Of answers that had to find the names, and of answers to the marked ones; at least one is there.
    """
    judged = from_spans or from_text
    if judged is None:
        raise ValueError("expected the score of a text, of gold spans or both, got neither")
    documents = "document" if judged.documents == 1 else "documents"
    _print_line(
        console,
        f"{name}: {judged.documents:,} {documents}, {judged.gold_toponyms:,} toponyms marked, "
        f"{judged.resolution.toponyms:,} with coordinates",
    )
    if from_text:
        _print_recognition(console, from_text)
    columns = {"On marked names": from_spans, "Found in the text": from_text}
    _print_resolution(console, {title: each.resolution for title, each in columns.items() if each})
    _print_kinds(console, from_text, from_spans)
    _print_calibration(
        console, judged.calibration, "on marked names" if from_spans else "on names found in the text"
    )


def _print_line(console: Console, text: str) -> None:
    console.print(printable(text), soft_wrap=True)


def _print_title(console: Console, text: str) -> None:
    console.print()
    _print_line(console, text)


def _print_recognition(console: Console, score: Score) -> None:
    rows = {
        "Recognition, same span (strict)": score.recognition_strict,
        "Recognition, any overlap (lenient)": score.recognition_lenient,
        "End to end, within 161 km": score.end_to_end_161,
        "End to end, of what can be judged": score.end_to_end_161_scorable,
    }
    titles = ("Measure", "Precision", "Recall", "F1", "Right", "Answers", "Marked")
    _print_title(console, "Recognition and end to end")
    print_table(
        console,
        titles,
        [
            (
                title,
                *map(_share, (row.precision, row.recall, row.f1)),
                *(f"{count:,}" for count in (row.correct, row.predicted, row.gold)),
            )
            for title, row in rows.items()
            if row
        ],
        right=titles[1:],
        spare=("Marked", "Answers", "Right"),
    )


def _print_resolution(console: Console, columns: dict[str, ResolutionFigures]) -> None:
    figures = list(columns.values())
    rows = [
        ("Toponyms with coordinates", [f"{each.toponyms:,}" for each in figures]),
        ("Answered", [f"{each.answered:,}" for each in figures]),
        ("Accuracy within 161 km, unanswered wrong", [_share(each.accuracy_161) for each in figures]),
        ("Accuracy within 161 km, answered alone", [_share(each.accuracy_161_answered) for each in figures]),
        ("Accuracy by distance alone", [_share(each.accuracy_161_distance_only) for each in figures]),
        ("Right by identity alone", [f"{each.correct_by_identity_only:,}" for each in figures]),
        ("Mean error of answered, km", [_kilometres(each.mean_km) for each in figures]),
        ("Median error of answered, km", [_kilometres(each.median_km) for each in figures]),
        ("AUC of answered (0 is best)", [_share(each.auc) for each in figures]),
        ("AUC, unanswered at the limit", [_share(each.auc_unanswered_at_limit) for each in figures]),
    ]
    _print_title(console, "Resolution")
    print_table(
        console, ("Measure", *columns), [(title, *cells) for title, cells in rows], right=tuple(columns)
    )


def _print_kinds(console: Console, from_text: Score | None, from_spans: Score | None) -> None:
    judged = from_spans or from_text
    if judged is None or not judged.by_kind:
        return
    found = {each.kind: each for each in from_text.by_kind} if from_text else {}
    whose = "the corpus's" if judged.is_by_gold_kind else "the answers'; the corpus names none"
    titles = (
        "Kind",
        "Marked",
        "Recall",
        "Located",
        "Answered",
        "Accuracy",
        "Of answered",
        "Median km",
        "AUC",
    )
    _print_title(
        console,
        f"By kind ({whose})"
        + (", placed on marked names" if from_spans else ", placed as found in the text"),
    )
    print_table(
        console,
        titles,
        # Kinds of answers differ between the two ways of asking, so that recall by them means nothing.
        [
            _kind_row(each, found.get(each.kind) if judged.is_by_gold_kind else None)
            for each in judged.by_kind
        ],
        right=titles[1:],
        spare=("AUC", "Median km", "Answered", "Of answered"),
    )


def _kind_row(placed: KindFigures, found: KindFigures | None) -> Sequence[str]:
    resolution = placed.resolution
    return (
        placed.kind or "none",
        f"{placed.toponyms:,}",
        _share(found.matched / found.toponyms) if found else NOTHING,
        f"{resolution.toponyms:,}",
        f"{resolution.answered:,}",
        _share(resolution.accuracy_161),
        _share(resolution.accuracy_161_answered),
        _kilometres(resolution.median_km),
        _share(resolution.auc),
    )


def _print_calibration(console: Console, calibration: Calibration, basis: str) -> None:
    _print_title(console, f"Calibration of the score, {basis} ({calibration.count:,} answers with a score)")
    if not calibration.count:
        return
    titles = ("Score", "Answers", "Mean score", "Right")
    last = calibration.bins[-1]
    print_table(
        console,
        titles,
        [
            (
                f"{each.low:.2f} to {each.high:.2f}"
                if each is last
                else f"{each.low:.2f} to below {each.high:.2f}",
                f"{each.count:,}",
                _share(each.mean_score),
                _share(each.share_right),
            )
            for each in calibration.bins
        ],
        right=titles[1:],
    )
    _print_line(console, f"Expected calibration error {_share(calibration.expected_error)} (0 is best)")
    for each in reversed(calibration.thresholds):
        _print_line(
            console,
            f"At {each.score:.2f} and above: {each.count:,} answers, {_percent(each.share_answered)} of the "
            f"toponyms, {_percent(each.share_right)} right",
        )


def _share(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1%}"


def _kilometres(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.1f}"
