"""Words that help to tell a place from what only bears a place's name.

Each list is a text file in UTF-8 with one entry a line; lines that start with ``#`` are comments, and entries
are sorted between two comments. Entries are as `geodata.gazetteer.folding.fold` returns them: in lower case,
without marks, hyphens and full stops, so "Jean-Pierre" is ``jean pierre`` and "Lt. Gen." is ``lt gen``.

``given_names``
    Given names of people of all parts of the world, as English news transliterates them.
``ambiguous_given_names``
    Given names that are also well-known places ("Jordan", "Salem"): a person only where a surname follows and
    nothing else speaks for the place. No entry stands in ``given_names`` too.
``titles``
    What announces a person when it stands before a name: "president", "lt gen", "ayatollah", "señora".
``organisation_words``
    What, coming after a name, makes the two an organisation, publication, firm, team, agreement, vessel or
    weapon: "university", "tribune", "brigade", "accords". They count where they are capitalised themselves:
    "Kharkiv Front", not "the Kharkiv front". Words that follow places as such, as "police", "airport",
    "governor", "embassy", "government" and "summit", are left out.
``organisation_heads``
    What makes an organisation or a title of "of", "de" or "for" with a place: "bank" of, "bishop" of,
    "tren" de.
``not_places``
    Words and phrases that are names of places somewhere but nearly never mean them: "police", "march",
    "trump", "ngo". Function words are among them, and so are some given names and surnames that outweigh the
    place. Abbreviations that are places in their own case, as "US", are not.
``surnames``
    Family names that outweigh the places that bear them; all stand in ``not_places`` too. After an ambiguous
    given name they make a person: "Chelsea Clinton".
``joined_words``
    Common Chinese and Japanese words that begin or end with a letter of a country's or capital's name. Two of
    them beside each other spell one by chance: 沿海地区 ("coastal areas") holds 海地 (Haiti). Some hold a name
    and are no place: 印度教 ("Hinduism").
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

NAMES = (
    "given_names",
    "ambiguous_given_names",
    "titles",
    "organisation_words",
    "organisation_heads",
    "not_places",
    "surnames",
    "joined_words",
)
"""The lists that `load` knows."""


@cache
def load(name: str) -> frozenset[str]:
    """Return the entries of a list.

    Parameters
    ----------
    name : str
        One of `NAMES`.

    Returns
    -------
    frozenset of str
        The folded entries; the same object at each call.

    Raises
    ------
    ValueError
        If there is no such list.
    """
    if name not in NAMES:
        raise ValueError(f"no list is called {name!r}; there are {', '.join(NAMES)}")
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").lower()
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def fingerprint() -> str:
    """Return eight hexadecimal digits that change when any list does."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update("\n".join(sorted(load(name))).encode())
    return digest.hexdigest()[:8]
