"""Names as sentences bend them: Russian and Ukrainian cases, and the words that Arabic writes together with a name.

A gazetteer lists «Москва» and «دمشق»; news writes «в Москве» and «ودمشق». What is tried here is only a guess, so it
counts for well-known places alone.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = {
    "ией": ("ия",), "ию": ("ия",), "ии": ("ия",), "ой": ("а", "ая"), "ей": ("я", "ь"), "ью": ("ь",),
    "ом": ("", "о", "ый"), "ем": ("ь", "й", "е"), "ого": ("ый", "ое"), "ому": ("ый", "ое"),
    "е": ("а", "", "о", "ь", "я", "й"), "у": ("а", ""), "ю": ("я", "ь", "й"), "ы": ("а", ""), "и": ("а", "я", "ь"),
    "а": ("", "о"), "я": ("ь", "й"), "і": ("а", "", "ь", "я"),
}  # fmt: skip
"""Ending of a case → endings that the name itself may have, after the declensions of Russian and Ukrainian."""

_PROCLITICS = ("وال", "بال", "لل", "فال", "كال", "و", "ب", "ل", "ف", "ك")
"""«And», «in», «to», «so» and «as», alone or before the article."""

SHORTEST = 3
"""Letters of a name that is looked for behind an ending or a proclitic."""


@lru_cache(maxsize=4_096)
def base_forms(folded: str) -> tuple[str, ...]:
    """Return the names that a folded word may be a form of, the likeliest first; none in other scripts.

    >>> base_forms("москве")[0], base_forms("وبيروت")
    ('москва', ('بيروت',))
    """
    if "а" <= folded[:1] <= "ґ":
        return tuple(
            folded[: -len(ending)] + other
            for ending in sorted(_ENDINGS, key=len, reverse=True)
            if folded.endswith(ending) and len(folded) - len(ending) >= SHORTEST
            for other in _ENDINGS[ending]
        )
    if "\u0620" <= folded[:1] <= "\u064a":
        return tuple(
            folded[len(proclitic) :]
            for proclitic in _PROCLITICS
            if folded.startswith(proclitic) and len(folded) - len(proclitic) >= SHORTEST
        )
    return ()
