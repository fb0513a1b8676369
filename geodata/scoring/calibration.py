"""Whether scores mean what they say: of the answers at 0.9, nine in ten should be right."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from geodata.scoring.figures import share

if TYPE_CHECKING:
    from typing import Any

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Borders of the classes of scores; a class holds its lower border, and the last one 1 as well.

They are closer where most answers lie and where people choose what to trust.
"""


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The answers of one class of scores.

    Attributes
    ----------
    low, high : float
        Its borders; `high` is outside but for the last class.
    count : int
    mean_score, share_right : float or None
        None: no answers.
    """

    low: float
    high: float
    count: int
    mean_score: float | None
    share_right: float | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is left of the answers when those below a score are dropped.

    Attributes
    ----------
    score : float
        The lowest that is kept.
    count : int
        Answers kept.
    share_answered : float or None
        Of the marked names with coordinates; None: there are none.
    share_right : float or None
        Of the answers kept; None: there are none.
    """

    score: float
    count: int
    share_answered: float | None
    share_right: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The reliability of scores, over answers to names with coordinates that bear one.

    Attributes
    ----------
    bins : tuple of CalibrationBin
        The lowest first.
    thresholds : tuple of Threshold
        One for each inner border, the lowest first.
    expected_error : float or None
        Expected calibration error over `bins`, 0 (best) to 1; None: no answer bears a score.
    """

    bins: tuple[CalibrationBin, ...]
    thresholds: tuple[Threshold, ...]
    expected_error: float | None

    @property
    def count(self) -> int:
        """How many answers there are to judge by."""
        return sum(each.count for each in self.bins)

    def to_json(self) -> dict[str, Any]:
        """Return the tables as plain values."""
        return {
            "count": self.count,
            "expected_error": self.expected_error,
            "bins": [asdict(each) for each in self.bins],
            "thresholds": [asdict(each) for each in self.thresholds],
        }


class CalibrationTally:
    """Counts answers by their scores; keeps no answer."""

    def __init__(self) -> None:
        classes = len(EDGES) - 1
        self._counts = [0] * classes
        self._right = [0] * classes
        self._scores = [0.0] * classes

    def add(self, score: float, *, is_right: bool) -> None:
        """Count an answer with a score of 0 to 1."""
        index = bisect_right(EDGES[1:-1], score)
        self._counts[index] += 1
        self._right[index] += is_right
        self._scores[index] += score

    def calibration(self, *, toponyms: int) -> Calibration:
        """Return the tables; `toponyms` is the number of names with coordinates, answered or not."""
        classes = range(len(EDGES) - 1)
        gaps = (abs(self._scores[index] - self._right[index]) for index in classes)
        return Calibration(
            bins=tuple(
                CalibrationBin(
                    low=EDGES[index],
                    high=EDGES[index + 1],
                    count=self._counts[index],
                    mean_score=share(self._scores[index], self._counts[index]),
                    share_right=share(self._right[index], self._counts[index]),
                )
                for index in classes
            ),
            thresholds=tuple(
                Threshold(
                    score=EDGES[index],
                    count=(kept := sum(self._counts[index:])),
                    share_answered=share(kept, toponyms),
                    share_right=share(sum(self._right[index:]), kept),
                )
                for index in classes[1:]
            ),
            # A class's weight times the distance of its two shares: its count cancels out.
            expected_error=share(sum(gaps), sum(self._counts)),
        )
