"""The authors whom a citation names before its title."""

from __future__ import annotations

import re

from articles.quotes import OPENING

BY = re.compile(r"by\s+", re.IGNORECASE)
_AUTHOR_BREAK = re.compile(r"\s*;\s*|\s*[,،]?\s+(?:and|&)\s+|\s*[,،]\s*")
_STOPS = " \t.,;:،؛"


def authors_end(text: str) -> int:
    """Return where the authors before a title's opening quote end; 0: there are none."""
    quote = min((at for mark in OPENING if (at := text.find(mark)) > 0), default=0)
    prefix = text[:quote].rstrip()
    if not prefix.endswith((",", "،", ":")) or len(prefix.split()) > 40 or "(" in prefix or "http" in prefix:
        return 0
    # Names, not a clause: each word is capitalised or a particle, in scripts that have capitals.
    words = [word for word in re.split(r"[\s,،:;]+", prefix) if word[:1].isalpha()]
    small = sum(word[0].islower() for word in words)
    return quote if words and small * 2 <= len(words) and not text.startswith(OPENING) else 0


def split_authors(text: str) -> tuple[str, ...]:
    """Split names; the first may stand surname first, as bibliographies have it ("Doe, Jane, John Roe")."""
    text = text.strip(_STOPS)
    text = text[by.end() :] if (by := BY.match(text)) else text
    if ";" in text:
        return tuple(filter(None, (name.strip(_STOPS) for name in text.split(";"))))
    names = [name.strip(_STOPS) for name in _AUTHOR_BREAK.split(text) if name.strip(_STOPS)]
    if len(names) > 1 and all(" " not in name and not name.isupper() for name in names[:2]):
        names[:2] = [f"{names[0]}, {names[1]}"]
    return tuple(names)
