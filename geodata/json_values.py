"""What lines of JSON hold, from bytes that may hold anything."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from geodata.errors import LineError

if TYPE_CHECKING:
    from collections.abc import Callable

TOO_DEEP = "not JSON that can be read: nested too deeply"

MOST_SHOWN = 40
"""Characters of a value that a message shows; it may be a whole article."""


def load_object(
    line: bytes, *, holding: str, parse_constant: Callable[[str], Any] | None = None
) -> dict[str, Any]:
    """Return the object of a line.

    Parameters
    ----------
    line : bytes
        UTF-8.
    holding : str
        What the object should hold, for the message.
    parse_constant : callable, optional
        As of `json.loads`: makes something of NaN and Infinity, or refuses them.

    Raises
    ------
    LineError
        The line is no JSON, or no object.
    """
    try:
        found = json.loads(line, parse_constant=parse_constant)
    except LineError:
        raise
    except RecursionError:
        raise LineError(TOO_DEEP) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise LineError(f"not JSON: {error}") from None
    except ValueError:  # Python reads no endless numbers
        most = sys.get_int_max_str_digits()
        raise LineError(f"a number has more than {most:,} digits: write it as a string") from None
    if not isinstance(found, dict):
        raise LineError(f"expected an object with {holding}, got {describe(found)}")
    return found


def read_span(entry: Any, *, length: int) -> tuple[int, int]:
    """Return "start" and "end" of an entry: character offsets into a text, end exclusive.

    Parameters
    ----------
    length : int
        Characters of the text.

    Raises
    ------
    LineError
        The entry has none, or they do not lie in the text.
    """
    start, end = (entry.get(key) if isinstance(entry, dict) else None for key in ("start", "end"))
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise LineError(
            f'no span of the text: "start" {shorten(start)}, "end" {shorten(end)}, '
            f"text of {length:,} characters"
        )
    return start, end


def describe(value: Any) -> str:
    """Return type and value as a message says them."""
    return "nothing" if value is None else f"{type(value).__name__} {shorten(value)}"


def shorten(value: Any) -> str:
    """Return a value as a message can show it, however long it is."""
    if isinstance(value, list | dict):
        return f"of {len(value):,}"
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
