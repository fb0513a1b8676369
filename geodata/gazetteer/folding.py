"""One way of writing a name, for the index and for the text that is looked up in it.

"Al-Jufra", "el Jufra" and "AL JUFRA" must meet; so both sides are folded by the functions here. Folding
loses the difference of case, diacritics, apostrophes, hyphens and full stops, and unifies letters that
Arabic, Persian and Pashto spell differently.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = "'’‘ʻʼ`´ʿʾʹ′ˈ"
_DOTS = ".·"

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h",
    "ə": "a", "ŋ": "ng",
    # Arabic script: hamza carriers, final forms, and the letters that Persian, Urdu and Pashto add
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ئ": "ي", "ؤ": "و",
    "ة": "ه", "ۀ": "ه", "ک": "ك", "ګ": "گ", "ـ": "",
    # Cyrillic
    "ё": "е", "ґ": "г",
}  # fmt: skip

_TRANSLATION = str.maketrans(
    {
        **_LETTERS,
        **dict.fromkeys(_APOSTROPHES + _DOTS, ""),
        **dict.fromkeys('-‐‑‒–—―_/,;:()[]"“”«»&!?', " "),
        "\u200c": " ",
        # Halves of characters, which broken files hold and no encoding takes.
        **{chr(code): " " for code in range(0xD800, 0xE000)},
    }
)

ARABIC_ARTICLES = frozenset(
    {"al", "el", "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "er", "es", "esh", "et", "ez",
     "ul", "ud", "ur", "us", "ush"}
)  # fmt: skip
"""The Arabic article as transliterations assimilate it."""

_ASSIMILATED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(ARABIC_ARTICLES, key=len, reverse=True))})[-‐‑](?=\w)", re.IGNORECASE
)


def fold(text: str) -> str:
    """Fold a name.

    Parameters
    ----------
    text : str
        A name in any script.

    Returns
    -------
    str
        Words in lower case without marks, parted by single spaces; empty if nothing is left.

    Examples
    --------
    >>> fold("Côte d’Ivoire"), fold("Ash-Sha'ir"), fold("U.S.")
    ('cote divoire', 'al shair', 'us')
    """
    if "-" in text or "‐" in text or "‑" in text:
        text = _ASSIMILATED.sub("al ", text)
    return " ".join(fold_letters(text).split())


def fold_letters(text: str) -> str:
    """Fold letters and punctuation alone, without a look at articles or white space."""
    if text.isascii():
        lowered = text.lower()
        # Plain letters and digits stay as they are; to look each of them up takes five times as long.
        return lowered if lowered.isalnum() else lowered.translate(_TRANSLATION)
    return _fold_other(text)


@lru_cache(maxsize=65_536)
def _fold_other(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_TRANSLATION))
    bare = "".join(
        letter for letter in decomposed if not unicodedata.combining(letter) or _is_letter_of_its_own(letter)
    )
    return unicodedata.normalize("NFC", bare).translate(_TRANSLATION)


def _is_letter_of_its_own(mark: str) -> bool:
    """Tell whether a combining mark carries meaning: vowel signs of Indic scripts and kana voicing do."""
    return mark >= "\u0900" and not "\u1ab0" <= mark <= "\u20ff"
