"""How far the map can be trusted: what was placed, how surely, and what was not.

A name counts once an article, however often the article has it, as in the list of what is unplaced.
Adjectives ("Libyan") make no pin and count apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboard.palette import DOUBTFUL_BELOW
from geodata.model import Kind, MentionType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from articles.model import Article
    from geodata.model import Resolution

    Articles = Mapping[str, tuple[Article, Sequence[Resolution]]]

UNSURE_BELOW = 0.7
"""Score under which the evidence is worth a look."""

SCORE_STEPS = 10
"""Bars of the histogram of scores, from 0 to 1."""

NAME_COLUMNS = ("article_id", "phrase", "type", "placed", "score", "method", "reason", "times")


class Method(StrEnum):
    """How a name got its place."""

    ONLY = "only"
    """The gazetteer has one place of this name."""
    TEXT = "text"
    """Something else in the text speaks for this one of several."""
    KNOWN = "known"
    """Nothing in the text decides between several: the best known."""
    ONLINE = "online"
    """Not in the gazetteer, found by an online geocoder."""
    SPELLING = "spelling"
    """Not in the gazetteer, taken for another spelling of a name that the article has."""
    NONE = "none"
    """It has no place."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the names or pins.

    Attributes
    ----------
    name : str
        A kind, method, country or outlet.
    whole : int
        How many belong to it.
    placed : int
        Of these, how many have a place.
    doubtful : int
        Of these, how many have a score below `DOUBTFUL_BELOW`.
    median : float
        Score, 0 to 1; nan where nothing is placed.
    """

    name: str
    whole: int
    placed: int
    doubtful: int
    median: float


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that has no place.

    Attributes
    ----------
    times : int
        How often the collection has it.
    articles : tuple of str
        Ids of the articles that have it.
    """

    phrase: str
    times: int
    articles: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What the page of quality says.

    Attributes
    ----------
    names, placed : int
        Names of places, and those that have their place; adjectives are not among them.
    adjectives : int
    pins, doubtful, unsure : int
        Events of any role, those below `DOUBTFUL_BELOW`, and those from there to below `UNSURE_BELOW`.
    scores : tuple of int
        Pins in each tenth of the scores, from 0 up.
    types : tuple of Share
        Of names and adjectives: how the text uses them.
    kinds, countries : tuple of Share
        Of pins, which all have a place.
    methods, outlets : tuple of Share
        Of names.
    missing : tuple of Missing
        The most frequent first.
    """

    names: int
    placed: int
    adjectives: int
    pins: int
    doubtful: int
    unsure: int
    scores: tuple[int, ...]
    types: tuple[Share, ...]
    kinds: tuple[Share, ...]
    methods: tuple[Share, ...]
    countries: tuple[Share, ...]
    outlets: tuple[Share, ...]
    missing: tuple[Missing, ...]


def assess(articles: Articles, events: gpd.GeoDataFrame) -> Quality:
    """Say how far the map of these articles can be trusted.

    Parameters
    ----------
    articles : mapping
        Id → article with what the geoparser made of it.
    events : GeoDataFrame
        One row per article and place.
    """
    every = tabulate_names(articles)
    names = every[every["type"] != MentionType.ADJECTIVAL.value]
    scores = events["score"].to_numpy(dtype=float)
    pins = events[["kind", "country", "score"]].assign(placed=True)
    return Quality(
        names=len(names),
        placed=int(names["placed"].sum()),
        adjectives=len(every) - len(names),
        pins=len(events),
        doubtful=int((scores < DOUBTFUL_BELOW).sum()),
        unsure=int(((scores >= DOUBTFUL_BELOW) & (scores < UNSURE_BELOW)).sum()),
        scores=_histogram(scores),
        kinds=_shares(pins, "kind", order=list(Kind)),
        types=_shares(every, "type", order=list(MentionType)),
        methods=_shares(names, "method", order=list(Method)),
        countries=_shares(pins[pins["country"] != ""], "country"),
        outlets=_shares(_by_outlet(names, articles), "outlet"),
        missing=_find_missing(names),
    )


def tabulate_names(articles: Articles) -> pd.DataFrame:
    """List the recognised names, each once an article.

    Returns
    -------
    DataFrame
        With the columns `NAME_COLUMNS`: ``times`` is how often the article has the name, ``score`` the
        highest, ``reason`` why there is no place.
    """
    rows = []
    for article_id, (_, resolutions) in articles.items():
        mine: dict[tuple[str, bool], list[Resolution]] = defaultdict(list)
        for resolution in resolutions:
            mention = resolution.mention
            mine[mention.phrase, mention.type is MentionType.ADJECTIVAL].append(resolution)
        rows += [(article_id, phrase, *_name_columns(of_name)) for (phrase, _), of_name in mine.items()]
    frame = pd.DataFrame(rows, columns=list(NAME_COLUMNS))
    return frame.astype({"placed": bool, "score": float})


def _name_columns(resolutions: Sequence[Resolution]) -> tuple[str, bool, float, str, str, int]:
    """Return what is said of one name of an article from all its mentions."""
    best = max(resolutions, key=lambda resolution: (resolution.place is not None, resolution.score))
    # A name that stands for its government now and then is still the name of the place.
    types = {resolution.mention.type for resolution in resolutions}
    type_ = MentionType.LITERAL if len(types) > 1 else best.mention.type
    placed = best.place is not None
    reason = "" if placed or not best.reasons else best.reasons[0]
    score = best.score if placed else np.nan
    return type_.value, placed, score, method_of(best).value, reason, len(resolutions)


_SAID = (
    ("taken for another spelling of ", Method.SPELLING),
    ("found by ", Method.ONLINE),
    ("the only place of this name", Method.ONLY),
    ("best known of ", Method.KNOWN),
)
"""How the reasons begin from which a method is read. They are `geodata`'s words, of `explanation`, `resolution` and
`fallback`; a test has these write them, so that no word changes on one side alone."""


def method_of(resolution: Resolution) -> Method:
    """Return how a name got its place, which its reasons say."""
    if resolution.place is None:
        return Method.NONE
    found = (method for start, method in _SAID if any(why.startswith(start) for why in resolution.reasons))
    return next(found, Method.TEXT)


def _histogram(scores: np.ndarray) -> tuple[int, ...]:
    # A score of 1 belongs to the last bar.
    steps = np.floor(scores * SCORE_STEPS).astype(int).clip(0, SCORE_STEPS - 1)
    return tuple(np.bincount(steps, minlength=SCORE_STEPS).tolist())


def _shares(frame: pd.DataFrame, column: str, *, order: Sequence[str] = ()) -> tuple[Share, ...]:
    """Return the parts of a table by a column; in this order, or the largest first."""
    if frame.empty:
        return ()
    grouped = frame.assign(doubtful=frame["score"] < DOUBTFUL_BELOW).groupby(column, sort=False)
    table = grouped.agg(
        whole=("placed", "size"),
        placed=("placed", "sum"),
        doubtful=("doubtful", "sum"),
        median=("score", "median"),
    )
    columns = (table[name].tolist() for name in ("whole", "placed", "doubtful", "median"))
    shares = [Share(str(name), *numbers) for name, *numbers in zip(table.index, *columns, strict=True)]
    if order:
        return tuple(sorted(shares, key=lambda share: order.index(share.name)))
    return tuple(sorted(shares, key=lambda share: (-share.whole, share.name)))


def _by_outlet(names: pd.DataFrame, articles: Articles) -> pd.DataFrame:
    """Return the names with the outlets of their article, a row each."""
    pairs = [
        (article_id, outlet) for article_id, (article, _) in articles.items() for outlet in _outlets(article)
    ]
    outlets = pd.DataFrame(pairs, columns=["article_id", "outlet"]).astype(object)
    return names.merge(outlets, on="article_id")


def _outlets(article: Article) -> Iterable[str]:
    return dict.fromkeys(source.outlet for source in article.sources if source.outlet)


def _find_missing(names: pd.DataFrame) -> tuple[Missing, ...]:
    unplaced = names[~names["placed"]]
    missing = [
        Missing(
            str(phrase),
            int(rows["times"].sum()),
            tuple(rows["article_id"]),
            next((reason for reason in rows["reason"] if reason), ""),
        )
        for phrase, rows in unplaced.groupby("phrase", sort=False)
    ]
    return tuple(sorted(missing, key=lambda one: (-len(one.articles), -one.times, one.phrase)))
