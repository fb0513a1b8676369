"""Which answer belongs to which marked name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.scoring.toponyms import GoldToponym, Prediction


def count_strict(gold: Sequence[GoldToponym], predicted: Sequence[Prediction]) -> int:
    """Return how many marked names have an answer with the very same span, one answer for one name."""
    marked = Counter((toponym.start, toponym.end) for toponym in gold)
    found = Counter((prediction.start, prediction.end) for prediction in predicted)
    return (marked & found).total()


def match_lenient(gold: Sequence[GoldToponym], predicted: Sequence[Prediction]) -> dict[int, int]:
    """Pair marked names and answers that share a character, one answer for one name.

    Greedy: equal spans first, then the longest overlap, then the leftmost name and the leftmost answer.

    Returns
    -------
    dict of int to int
        Index into `predicted` by index into `gold`.
    """

    def rank(pair: tuple[int, int]) -> tuple[bool, int, tuple[int, int], tuple[int, int], int, int]:
        marked, found = gold[pair[0]][:2], predicted[pair[1]][:2]
        overlap = min(marked[1], found[1]) - max(marked[0], found[0])
        return marked != found, -overlap, marked, found, *pair

    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for of_gold, of_predicted in sorted(_iterate_overlaps(gold, predicted), key=rank):
        if of_gold not in pairs and of_predicted not in taken:
            pairs[of_gold] = of_predicted
            taken.add(of_predicted)
    return pairs


def _iterate_overlaps(
    gold: Sequence[GoldToponym], predicted: Sequence[Prediction]
) -> Iterator[tuple[int, int]]:
    """Yield the indices of what overlaps, in one sweep through the text: a long one has thousands of names."""
    waiting = sorted(range(len(predicted)), key=lambda index: predicted[index].start, reverse=True)
    near: list[int] = []
    for of_gold in sorted(range(len(gold)), key=lambda index: gold[index].start):
        start, end = gold[of_gold][:2]
        while waiting and predicted[waiting[-1]].start < end:
            near.append(waiting.pop())
        # What ends before this name ends before all later ones too.
        near = [index for index in near if predicted[index].end > start]
        for index in near:
            if predicted[index].start < end:  # a longer name before this one may have fetched it
                yield of_gold, index


def match_spans(gold: Sequence[GoldToponym], predicted: Sequence[Prediction]) -> dict[int, int]:
    """Look up the answer to each marked span; names that were marked twice share one.

    Returns
    -------
    dict of int to int
        Index into `predicted` by index into `gold`.
    """
    first: dict[tuple[int, int], int] = {}
    for index, prediction in enumerate(predicted):
        first.setdefault((prediction.start, prediction.end), index)
    return {
        index: first[span]
        for index, toponym in enumerate(gold)
        if (span := (toponym.start, toponym.end)) in first
    }
