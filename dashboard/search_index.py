"""What is searched of many events, in two long strings: one search is a few calls of `bytes.find`."""

from __future__ import annotations

import json
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.searching import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geopandas import GeoDataFrame

    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


WORTH_ALL = 0.5
"""Share of the articles from which on all of them are searched: what is found is then kept."""

MOST_KEPT = 64
"""Words and phrases whose articles are kept."""


class FoldedTexts:
    """Folded texts end to end; each starts and ends with a space, so that no search finds two at once."""

    def __init__(self, texts: Iterable[str]):
        encoded = [fold(text).encode() for text in texts]
        self._ends = list(accumulate(map(len, encoded)))
        self._joined = b"".join(encoded)

    def holding(self, needle: str, *, among: Mask | None = None) -> Mask:
        """Return which of the texts hold a stretch of folded text; `among`: the only ones to look at."""
        sought, ends, joined = needle.encode(), self._ends, self._joined
        found = np.zeros(len(ends), dtype=bool)
        if among is not None:
            for number in np.flatnonzero(among).tolist():
                start = ends[number - 1] if number else 0
                found[number] = joined.find(sought, start, ends[number]) >= 0
            return found
        at = joined.find(sought)
        while at >= 0:
            number = bisect_right(ends, at)
            found[number] = True
            # One hit is enough: the search goes on with the next text.
            at = joined.find(sought, ends[number])
        return found


class SearchIndex:
    """Title, summary, text and sources of each event's article, and the event's own names.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place.
    texts : mapping, optional
        Id of an article → its whole text. None: each event's evidence is all that is known of it.
    """

    def __init__(self, events: GeoDataFrame, *, texts: Mapping[str, str] | None = None):
        texts = {} if texts is None else texts
        self._article, ids = pd.factorize(events["article_id"])
        _, first = np.unique(self._article, return_index=True)
        shared = events.iloc[first]
        columns = zip(shared["title"], shared["summary"], shared["sources"], ids, strict=True)
        written = [
            "\n".join((_text(title), _text(summary), source_text(sources), texts.get(article, "")))
            for title, summary, sources, article in columns
        ]
        # Articles without a place have no events; they can be searched all the same.
        others = texts.keys() - set(ids)
        self._ids = [*ids, *others]
        self._kept: dict[str, Mask] = {}
        self._articles = FoldedTexts([*written, *(texts[article] for article in others)])
        own = ["place_name", "phrase"] if texts else ["place_name", "phrase", "evidence"]
        # The same place under the same name comes again and again.
        self._own, pairs = pd.factorize(pd.MultiIndex.from_frame(events[own].fillna("")))
        self._names = FoldedTexts("\n".join(map(_text, pair)) for pair in pairs)

    def forget(self) -> None:
        """Drop what is kept of earlier searches."""
        self._kept = {}

    def articles(self, needles: Sequence[str]) -> set[str]:
        """Return the ids of the articles that hold every needle, in their text or in a name of their places."""
        met = np.ones(len(self._ids), dtype=bool)
        for needle in sorted(needles, key=len, reverse=True):
            of_places = np.zeros(len(self._ids), dtype=bool)
            of_places[self._article[self._names.holding(needle)[self._own]]] = True
            met &= self._holding(needle, among=met) | of_places
        return {self._ids[number] for number in np.flatnonzero(met).tolist()}

    def mask(self, needles: Sequence[str]) -> Mask:
        """Return which events hold every needle, in whichever part."""
        met = np.ones(len(self._article), dtype=bool)
        # Long ones are rare, and leave little to be searched for the others.
        for needle in sorted(needles, key=len, reverse=True):
            open_ = np.zeros(len(self._ids), dtype=bool)
            open_[self._article[met]] = True
            articles = self._holding(needle, among=open_)
            met &= articles[self._article] | self._names.holding(needle)[self._own]
        return met

    def _holding(self, needle: str, *, among: Mask) -> Mask:
        """Return which articles hold the needle, at least for those that are asked for."""
        if (kept := self._kept.get(needle)) is not None:
            return kept
        if len(among) and among.mean() < WORTH_ALL:
            return self._articles.holding(needle, among=among)
        found = self._articles.holding(needle)
        # A viewer who searches goes on to choose; another word of the search is typed after this one.
        self._kept = dict([*self._kept.items(), (needle, found)][-MOST_KEPT:])
        return found


def _text(cell: Any) -> str:
    """Return a cell's text; a missing value is not the word "nan"."""
    return cell if isinstance(cell, str) else ""


def source_dicts(cell: Any) -> list[Mapping[str, Any]]:
    """Return the sources of a cell, which holds them as dictionaries or as JSON."""
    sources = json.loads(cell or "[]") if isinstance(cell, str) else cell
    return [*sources] if isinstance(sources, list | tuple) else []


def source_text(cell: Any) -> str:
    """Return the outlets and titles of a cell's sources."""
    return "\n".join(
        _text(source.get(key))
        for source in source_dicts(cell)
        for key in ("outlet", "title", "title_english")
    )
