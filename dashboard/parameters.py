"""What is taken from the parameters of a link, and how much of it."""

from __future__ import annotations

ANY = "any"
"""Written where a field whose default is a condition has none."""

MAX_LENGTH = 300
MAX_VALUES = 300
"""Bounds of what is taken from a link; more is not a person's choice."""


def clean(text: str) -> str:
    """Return a parameter without control characters and needless space, cut to a sane length."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:MAX_LENGTH]
