"""Documents in, one by one; a score out. Texts and answers are not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.scoring.calibration import Calibration, CalibrationTally
from geodata.scoring.figures import KindFigures, PrecisionRecall, ResolutionFigures, Tally
from geodata.scoring.matching import count_strict, match_lenient, match_spans
from geodata.scoring.toponyms import error_km

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from geodata.scoring.toponyms import GoldDocument, Prediction


@dataclass(frozen=True, slots=True)
class Score:
    """What `Scorer` found; the measures are defined in `geodata.scoring`.

    Attributes
    ----------
    documents, documents_without_prediction : int
    gold_toponyms, predicted_toponyms : int
        Marked names with and without coordinates; all answers.
    recognition_strict, recognition_lenient, end_to_end_161, end_to_end_161_scorable : PrecisionRecall or None
        None: the answers were made from the marked spans, so that nothing had to be found.
    by_kind : tuple of KindFigures
        The most frequent kind first.
    is_by_gold_kind : bool
        Whether kinds are the corpus's. If it names none, they are the answers'.
    """

    documents: int
    documents_without_prediction: int
    gold_toponyms: int
    predicted_toponyms: int
    recognition_strict: PrecisionRecall | None
    recognition_lenient: PrecisionRecall | None
    end_to_end_161: PrecisionRecall | None
    end_to_end_161_scorable: PrecisionRecall | None
    resolution: ResolutionFigures
    by_kind: tuple[KindFigures, ...]
    is_by_gold_kind: bool
    calibration: Calibration

    def to_json(self) -> dict[str, Any]:
        """Return all figures as plain values."""
        found = ("recognition_strict", "recognition_lenient", "end_to_end_161", "end_to_end_161_scorable")
        rows = {name: getattr(self, name) for name in found}
        return {
            "documents": self.documents,
            "documents_without_prediction": self.documents_without_prediction,
            "gold_toponyms": self.gold_toponyms,
            "gold_toponyms_with_coordinates": self.resolution.toponyms,
            "predicted_toponyms": self.predicted_toponyms,
            **{name: row.to_json() for name, row in rows.items() if row is not None},
            "resolution": self.resolution.to_json(),
            "kinds_of": "gold" if self.is_by_gold_kind else "prediction",
            "by_kind": [figures.to_json() for figures in self.by_kind],
            "calibration": self.calibration.to_json(),
        }


class Scorer:
    """Judges a geoparser's answers, document by document.

    Parameters
    ----------
    gold_spans : bool
        The answers were made from the marked spans: each is looked up by its span, and recognition is not
        judged. Otherwise names and answers are paired leniently.
    """

    def __init__(self, *, gold_spans: bool = False) -> None:
        self._gold_spans = gold_spans
        self._documents = self._without_prediction = 0
        self._predicted = self._scorable = self._strict = 0
        self._all = Tally()
        self._by_gold_kind: dict[str, Tally] = {}
        self._by_predicted_kind: dict[str, Tally] = {}
        self._calibration = CalibrationTally()

    def add(self, gold: GoldDocument, predicted: Sequence[Prediction] | None, *, unusable: int = 0) -> None:
        """Judge the answers to one document.

        Parameters
        ----------
        predicted : sequence of Prediction or None
            None: the geoparser says nothing of the document, as if it had found nothing.
        unusable : int
            Further answers that cannot be right because they are broken.
        """
        self._documents += 1
        self._without_prediction += predicted is None
        predicted = predicted or ()
        self._predicted += len(predicted) + unusable
        if self._gold_spans:
            matched = match_spans(gold.toponyms, predicted)
        else:
            matched = match_lenient(gold.toponyms, predicted)
            self._strict += count_strict(gold.toponyms, predicted)
            self._scorable += unusable + self._count_scorable(gold, predicted, matched)
        for index, toponym in enumerate(gold.toponyms):
            prediction = predicted[matched[index]] if index in matched else None
            is_right = self._all.add(toponym, prediction)
            self._by_gold_kind.setdefault(toponym.kind, Tally()).add(toponym, prediction)
            found_kind = prediction.kind if prediction else ""
            self._by_predicted_kind.setdefault(found_kind, Tally()).add(toponym, prediction)
            if is_right is not None and prediction is not None and prediction.score is not None:
                self._calibration.add(prediction.score, is_right=is_right)

    @staticmethod
    def _count_scorable(gold: GoldDocument, predicted: Sequence[Prediction], matched: dict[int, int]) -> int:
        """Count answers that have a place and no name to answer of which nobody said where it lies."""
        names = {index: gold.toponyms[of_gold] for of_gold, index in matched.items()}
        return sum(
            prediction.has_coordinates
            if (name := names.get(index)) is None
            else name.has_coordinates and error_km(name, prediction) is not None
            for index, prediction in enumerate(predicted)
        )

    def score(self) -> Score:
        """Return the score of the documents that were added so far."""
        everything = self._all
        resolution = everything.resolution()
        is_by_gold_kind = any(self._by_gold_kind)
        kinds = self._by_gold_kind if is_by_gold_kind else self._by_predicted_kind

        def found(correct: int, predicted: int, gold: int) -> PrecisionRecall | None:
            return None if self._gold_spans else PrecisionRecall(correct, predicted, gold)

        return Score(
            documents=self._documents,
            documents_without_prediction=self._without_prediction,
            gold_toponyms=everything.toponyms,
            predicted_toponyms=self._predicted,
            recognition_strict=found(self._strict, self._predicted, everything.toponyms),
            recognition_lenient=found(everything.matched, self._predicted, everything.toponyms),
            end_to_end_161=found(everything.correct, self._predicted, resolution.toponyms),
            end_to_end_161_scorable=found(everything.correct, self._scorable, resolution.toponyms),
            resolution=resolution,
            by_kind=tuple(
                tally.figures(kind)
                for kind, tally in sorted(kinds.items(), key=lambda item: (-item[1].toponyms, item[0]))
            ),
            is_by_gold_kind=is_by_gold_kind,
            calibration=self._calibration.calibration(toponyms=resolution.toponyms),
        )
