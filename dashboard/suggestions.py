"""What a person may have meant by a value that does not exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_SUGGESTIONS = 3
LEAST_LIKENESS = 0.6
CODE_LIKENESS = 0.5
"""Of two values, from 0 to 1; two codes of two letters have one in common."""


def suggest(given: str, known: Collection[str]) -> str:
    """Return the known values that look like what was given, or are called so.

    Parameters
    ----------
    given : str
        What is not known.
    known : collection of str
        The values that exist; as a mapping, with what each is called.

    Returns
    -------
    str
        Words to go on a sentence with, such as "; did you mean PK (Pakistan)?"; empty where none is near.
    """
    names = known if isinstance(known, Mapping) else {}
    # A person may know a word of it only: "terrorism" of "terrorism-and-insurgency".
    written: dict[str, list[str]] = {}
    for value in known:
        name = names.get(value, value)
        for text in (value, name, *re.findall(r"\w{4,}", f"{value} {name}")):
            written.setdefault(text.casefold(), []).append(value)
    cutoff = CODE_LIKENESS if len(given) <= 2 else LEAST_LIKENESS
    near = get_close_matches(given.casefold(), written, n=MOST_SUGGESTIONS, cutoff=cutoff)
    values = list(dict.fromkeys(value for text in near for value in written[text]))[:MOST_SUGGESTIONS]
    shown = [f"{value} ({names[value]})" if names.get(value, value) != value else value for value in values]
    return f"; did you mean {' or '.join(shown)}?" if shown else ""
