"""Quotes and brackets, matched or not."""

from __future__ import annotations

import re

OPENING = ("“", '"', "«", "„")
CLOSING = ("”", '"', "»")
_QUOTE = re.compile('[“”«»„"]')
_STOPS = ".,;:،؛"


def strip_quotes(text: str, *, opening_only: bool = False) -> str:
    """Take off the quotes that enclose a text, and one left over where its partner is missing.

    Parameters
    ----------
    text : str
    opening_only : bool
        Take off nothing but an enclosing pair.

    Returns
    -------
    str
        Quotes inside the text, also those at its very end, stay as they are.
    """
    if not text:
        return text
    partners = _partners(text)
    last = len(text) - 1
    while last > 0 and text[last] in _STOPS and text[last - 1] in CLOSING:
        last -= 1
    if 0 in partners and partners[0] == last and last > 0:
        return (text[1:last] + text[last + 1 :]).strip()
    if opening_only:
        return text
    start = 1 if text[0] in OPENING and partners.get(0) is None else 0
    end = len(text)
    if last >= start and text[last] in CLOSING and last not in partners.values():
        text = text[:last] + text[last + 1 :]
        end = len(text)
    return text[start:end].strip()


def is_enclosed(text: str) -> bool:
    """Tell whether a text begins and ends with quotes that belong together, or lacks one of the two."""
    text = text.rstrip(_STOPS)
    if len(text) < 3:
        return False
    partners = _partners(text)
    last = len(text) - 1
    if text[0] in OPENING and text[last] in CLOSING:
        return partners.get(0) in (last, None) or last not in partners.values()
    return False


def has_stray_quote(text: str) -> bool:
    """Tell whether a text begins with a quote that is never closed, or ends with one never opened."""
    text = text.rstrip(_STOPS)
    if not text:
        return False
    partners = _partners(text)
    opens = text[0] in OPENING and partners.get(0) is None
    return opens or (
        text[-1] in CLOSING and len(text) - 1 not in partners.values() and text[0] not in OPENING
    )


def closing_bracket_start(text: str, pair: str = "()") -> int | None:
    """Return where the bracket opens that the text's last character closes; None: nowhere."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] == pair[1]:
            depth += 1
        elif text[index] == pair[0]:
            depth -= 1
            if depth == 0:
                return index
    return None


def unmatched_opening_bracket(text: str, pair: str = "()") -> int | None:
    """Return where the first bracket opens that is never closed; None: there is none."""
    open_at: list[int] = []
    for index, character in enumerate(text):
        if character == pair[0]:
            open_at.append(index)
        elif character == pair[1] and open_at:
            open_at.pop()
    return open_at[0] if open_at else None


def _partners(text: str) -> dict[int, int]:
    """Map each opening quote that is closed to its closing one.

    A straight quote opens behind a space or a bracket and closes elsewhere.
    """
    partners: dict[int, int] = {}
    open_at: list[int] = []
    for match in _QUOTE.finditer(text):
        index, character = match.start(), match[0]
        straight = character == '"'
        opens = straight and (index == 0 or text[index - 1] in " (“‘[") and index < len(text) - 1
        if opens or (not straight and character in OPENING):
            open_at.append(index)
        elif character in CLOSING and open_at:
            partners[open_at.pop()] = index
    return partners
