"""Free text search over events: accents and case do not count, words are found from their start."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.folding import fold_letters

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

SPACELESS = "\u0590"
"""From here on scripts write articles and endings onto the word, or no spaces at all."""


WORDS = re.compile(r"[^\W_]+")

STOPS = str.maketrans(dict.fromkeys(".·…", " "))
"""Signs that part words here; names of places lose them ("U.S.")."""

PHRASES = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^"“”„«»]+)')
"""A phrase in quotes or the words outside; the last quote may lack its end, as while it is typed."""


def fold(text: str) -> str:
    """Return the words of a text without accents, case and punctuation, a space before and after each.

    Letters are unified as in the names of the gazetteer, so that search and places agree.
    """
    if text.isascii():
        folded = text.lower()
    else:
        # Word by word: `fold_letters` keeps what it has folded, and words come again.
        folded = " ".join(
            word.lower() if word.isascii() else fold_letters(word.translate(STOPS)) for word in text.split()
        )
    words = WORDS.findall(folded.replace("'", "").replace("`", ""))
    return f" {' '.join(words)} "


def parse_query(query: str) -> tuple[str, ...]:
    """Return the stretches of folded text that must all occur.

    A word stands for every word that starts with it; in scripts that write articles onto words, or no
    spaces, for every word that holds it. A phrase in quotes stands for exactly these words in a row.

    >>> parse_query('drone "Suicide attack" Tocorón')
    (' drone', ' suicide attack ', ' tocoron')
    """
    needles = []
    for phrase, words in PHRASES.findall(query):
        if phrase.strip():
            needles.append(fold(phrase))
        needles.extend(f" {word}" if max(word) < SPACELESS else word for word in fold(words).split())
    return tuple(dict.fromkeys(needle for needle in needles if needle.strip()))


def search_text(events: GeoDataFrame) -> pd.Series:
    """Return what is searched of each event: title, summary, evidence, place's name and sources, folded.

    It is the costly part of a search, the same for every query: callers keep it as long as the events.

    Parameters
    ----------
    events : GeoDataFrame
        One row per article and place.

    Returns
    -------
    Series of str
        With the index of the events.
    """
    import pandas as pd

    # An article has many rows: what is common to them is folded once.
    articles: dict[str, str] = {}
    texts = []
    columns = ("article_id", "title", "summary", "sources", "evidence", "place_name", "phrase")
    for key, title, summary, sources, *own in zip(*(events[name] for name in columns), strict=True):
        if key not in articles:
            articles[key] = fold("\n".join((_text(title), _text(summary), _source_text(sources))))
        texts.append(articles[key] + fold("\n".join(map(_text, own))))
    return pd.Series(texts, index=events.index, dtype=object)


def _text(cell: Any) -> str:
    """Return a cell's text; a missing value is not the word "nan"."""
    return cell if isinstance(cell, str) else ""


def _source_text(cell: Any) -> str:
    """Return the outlets and titles of a cell, which holds sources as dictionaries or as JSON."""
    sources = json.loads(cell or "[]") if isinstance(cell, str) else cell
    if not isinstance(sources, list | tuple):
        return ""
    return "\n".join(
        _text(source.get(key)) for source in sources for key in ("outlet", "title", "title_english")
    )
