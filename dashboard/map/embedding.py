"""Data on its way into a script: JSON that nothing on that way can break or run.

What is sent passes through Jinja templates, through regular expressions that rename folium's variables,
through HTML and through ``eval``. Each of them gives a meaning to some characters; none of those
characters leaves this module. In their place stand JSON's own escapes, so the browser reads the very text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dashboard.markup import legible

if TYPE_CHECKING:
    from typing import Any

# < > &  HTML and a script's end          ' ` $  strings and template strings
# { }    Jinja and template strings       _      names that streamlit-folium rewrites ("map_div", "_0a1b")
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&'`${}_"}


def embed(data: Any) -> str:
    """Return lists, strings, numbers, booleans and None as one line of ASCII that is valid JavaScript.

    Raises
    ------
    TypeError
        If `data` holds a dictionary: its braces cannot be told from those of a text.
    """
    text = json.dumps(_checked(data), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    # A backslash of the text is "\\" in JSON; the pairs go first, while every other one begins an escape.
    return text.replace("\\\\", "\\u005c").translate(_ESCAPES)


def _checked(data: Any) -> Any:
    if isinstance(data, str):
        return legible(data)
    if isinstance(data, list | tuple):
        return [_checked(value) for value in data]
    if isinstance(data, dict):
        raise TypeError("expected lists all the way down, got a dictionary; send its values as a list")
    return data
