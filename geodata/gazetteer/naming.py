"""Under which folded names a place is found, and how it bears each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.gazetteer.entry import NameQuality
from geodata.gazetteer.folding import fold
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.gazetteer.entry import Entry

MAX_NAME_WORDS = 8
"""Longer names are never met in a text as such."""

CODE_LIKE = re.compile(r"[A-Z0-9]{1,4}")
"""Other names such as "WMX": codes of airports and the United Nations' LOCODE, which text never means."""

_SAINT, _SHORT_SAINT = re.compile(r"\bSaint\b"), re.compile(r"\bSt\b\.?(?= )")
_UNTIL_LINK = re.compile(r"(.+?) (?:city$|upon |on |am |an der |de la )")
_AFTER_LINK = re.compile(r".+ upon (.+)")


def folded_names(entry: Entry) -> Iterator[tuple[str, NameQuality]]:
    """Yield the folded names of an entry, the strongest first; one may come twice.

    What is too long to be met in a text, or of which nothing is left, is passed over.
    """
    said = _short_forms(fold(entry.place.name)) if entry.place.kind is Kind.CITY else ()
    for name, quality in _names(entry):
        folded = fold(name)
        if folded and folded.count(" ") < MAX_NAME_WORDS:
            is_short = quality is NameQuality.ALTERNATE and folded in said
            yield folded, NameQuality.DERIVED if is_short else quality


def _short_forms(folded: str) -> tuple[str, ...]:
    """Return what is said for a long name, which is no other name: "newcastle" for "newcastle upon tyne"."""
    return tuple(
        form
        for pattern in (_UNTIL_LINK, _AFTER_LINK)
        if (found := pattern.match(folded)) and (form := found.group(1))
    )


def _names(entry: Entry) -> Iterator[tuple[str, NameQuality]]:
    # A minor place bears even its own name weakly: "Victoria" is no stream.
    is_minor = entry.place.is_minor
    quality = NameQuality.ALTERNATE if is_minor else NameQuality.PREFERRED
    yield entry.place.name, quality
    # News writes "White House officials" of The White House.
    yield entry.place.name.removeprefix("The "), quality
    # Nor is "St. Petersburg" any other name of Saint Petersburg.
    yield _SAINT.sub("St.", entry.place.name), quality
    yield _SHORT_SAINT.sub("Saint", entry.place.name), quality
    # Before the alternates: "Argentine" is the French name of Argentina too, but an English adjective first.
    for name in entry.adjectives:
        yield name, NameQuality.ADJECTIVE
    for name in entry.abbreviations:
        yield name, NameQuality.ABBREVIATION
    for name in entry.alternates:
        yield name, NameQuality.ABBREVIATION if is_abbreviation(name) else NameQuality.ALTERNATE
    for name in entry.derived:
        yield name, NameQuality.DERIVED


def is_abbreviation(name: str) -> bool:
    """Tell whether a name is capitals alone, as "UAE" or "U.S." are; longer than six letters it is a name."""
    letters = name.replace(".", "").replace(" ", "")
    return letters.isupper() and letters.isascii() and letters.isalpha() and 2 <= len(letters) <= 6
