"""Whether a place that somebody offers bears the name that was asked for."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from geodata.gazetteer.folding import ARABIC_ARTICLES, fold
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.spelling import is_spelling_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Resemblance(Enum):
    """How a name resembles another."""

    SAME = "same"
    """But for case, marks, and common nouns: "Charkhāb" and "Charkhab District"."""
    SPELLING = "spelling"
    """As transliterations differ: "Sawai" and "Sawaii"."""


def compare_names(asked: str, names: Iterable[str]) -> Resemblance | None:
    """Return how the best of a place's names resembles the one that was asked for.

    Parameters
    ----------
    asked : str
    names : iterable of str
        In any language.

    Returns
    -------
    Resemblance or None
        None: it is another name.
    """
    wanted = _bare(asked)
    offered = {_bare(name) for name in names} - {""}
    if wanted in offered:
        return Resemblance.SAME
    if any(is_spelling_of(wanted, name) for name in offered):
        return Resemblance.SPELLING
    return None


def _bare(name: str) -> str:
    """Return a folded name without common nouns and article at its ends; the whole where nothing else is left."""
    words = fold(name).split()
    start, end = 0, len(words)
    while start < end and (words[start] in KIND_BY_NOUN or words[start] == "of"):
        start += 1
    while end > start and words[end - 1] in KIND_BY_NOUN:
        end -= 1
    bare = words[start:end] or words
    # "El Jufra" and "Al-Jufra": whatever the article became, the rest is the name.
    return " ".join(bare[1:] if len(bare) > 1 and bare[0] in ARABIC_ARTICLES else bare)
