"""The figures of recognition and resolution, and the tally that they are made from."""

from __future__ import annotations

import math
import statistics
from array import array
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from geodata.scoring.toponyms import error_km, is_identical, point_error_km

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from geodata.scoring.toponyms import GoldToponym, Prediction

RADIUS_KM = 161.0
"""Kilometres (100 miles) within which the literature takes a place for found."""

LIMIT_KM = 20_038.0
"""Kilometres, half of the Equator: the largest error there is."""


def share(part: float, whole: float) -> float | None:
    """Return ``part / whole``; None where there is nothing to take a share of."""
    return part / whole if whole else None


def area_under_curve(errors_km: Iterable[float]) -> float | None:
    """Return the area under the sorted logarithms of errors, scaled to 0 (best) to 1 (worst).

    Parameters
    ----------
    errors_km : iterable of float
        Kilometres, in any order. One alone is its own curve.

    Returns
    -------
    float or None
        None: there are no errors to draw.
    """
    curve = sorted(math.log1p(min(error, LIMIT_KM)) / math.log1p(LIMIT_KM) for error in errors_km)
    if len(curve) < 2:
        return curve[0] if curve else None
    return (math.fsum(curve) - (curve[0] + curve[-1]) / 2) / (len(curve) - 1)


@dataclass(frozen=True, slots=True)
class PrecisionRecall:
    """How many of what was found were right, and how many of what was marked.

    Attributes
    ----------
    correct, predicted, gold : int
        Right answers, all answers, all marked names.
    """

    correct: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Share of the answers; None without answers."""
        return share(self.correct, self.predicted)

    @property
    def recall(self) -> float | None:
        """Share of the marked names; None without any."""
        return share(self.correct, self.gold)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None without answers and names."""
        return share(2 * self.correct, self.predicted + self.gold)

    def to_json(self) -> dict[str, Any]:
        """Return counts and shares as plain values."""
        return {**asdict(self), "precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(frozen=True, slots=True)
class ResolutionFigures:
    """How well marked names with coordinates were placed.

    Attributes
    ----------
    toponyms, answered, correct, correct_by_identity_only : int
        Marked names with coordinates; those with an answer that has a place; those right; those right
        whose point is farther off than 161 km, or that have none.
    accuracy_161, accuracy_161_answered, accuracy_161_distance_only : float or None
        Share that is right: of all names, of the answered, of all without credit for identity.
    mean_km, median_km : float or None
        Kilometres, of the answered.
    auc, auc_unanswered_at_limit : float or None
        0 (best) to 1 (worst): of the answered; of all, the unanswered as wrong as can be.
    """

    toponyms: int
    answered: int
    correct: int
    correct_by_identity_only: int
    accuracy_161: float | None
    accuracy_161_answered: float | None
    accuracy_161_distance_only: float | None
    mean_km: float | None
    median_km: float | None
    auc: float | None
    auc_unanswered_at_limit: float | None

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The figures of one kind of places.

    Attributes
    ----------
    kind : str
        Empty: the corpus or the answer names none.
    toponyms : int
        Marked names, with and without coordinates.
    matched : int
        Those that an answer was paired with.
    """

    kind: str
    toponyms: int
    matched: int
    resolution: ResolutionFigures

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return {
            "kind": self.kind,
            "toponyms": self.toponyms,
            "matched": self.matched,
            "resolution": self.resolution.to_json(),
        }


class Tally:
    """Counts marked names and their errors, eight bytes a name, and makes figures of them."""

    def __init__(self) -> None:
        self.toponyms = 0
        self.matched = 0
        self.with_coordinates = 0
        self.correct = 0
        self._by_identity_only = 0
        self._errors_km = array("d")

    def add(self, gold: GoldToponym, prediction: Prediction | None) -> bool | None:
        """Count a marked name with its answer, if any.

        Returns
        -------
        bool or None
            Whether the answer is right; None: there is none, or nobody said where the name lies.
        """
        self.toponyms += 1
        self.matched += prediction is not None
        if not gold.has_coordinates:
            return None
        self.with_coordinates += 1
        error = error_km(gold, prediction)
        if prediction is None or error is None:
            return None
        self._errors_km.append(error)
        is_right = error <= RADIUS_KM
        self.correct += is_right
        if is_right and is_identical(gold, prediction):
            distance = point_error_km(gold, prediction)
            self._by_identity_only += distance is None or distance > RADIUS_KM
        return is_right

    def resolution(self) -> ResolutionFigures:
        """Return the figures of what was counted so far."""
        errors, whole = self._errors_km, self.with_coordinates
        unanswered = [LIMIT_KM] * (whole - len(errors))
        return ResolutionFigures(
            toponyms=whole,
            answered=len(errors),
            correct=self.correct,
            correct_by_identity_only=self._by_identity_only,
            accuracy_161=share(self.correct, whole),
            accuracy_161_answered=share(self.correct, len(errors)),
            accuracy_161_distance_only=share(self.correct - self._by_identity_only, whole),
            mean_km=statistics.fmean(errors) if errors else None,
            median_km=statistics.median(errors) if errors else None,
            auc=area_under_curve(errors),
            auc_unanswered_at_limit=area_under_curve([*errors, *unanswered]),
        )

    def figures(self, kind: str) -> KindFigures:
        """Return the figures of what was counted so far, under the name of its kind."""
        return KindFigures(kind, self.toponyms, self.matched, self.resolution())
