"""Numbers in Arabic or Roman figures."""

from __future__ import annotations

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def read_numeral(text: str) -> int:
    """Return the number that a text of nothing but figures gives, at most hundreds in Roman ones; 0: none."""
    if text.isdecimal():
        return int(text)
    values = [_ROMAN.get(figure, 0) for figure in text.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
