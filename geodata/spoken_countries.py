"""Which countries a text speaks of, as far as its placed names say: where else an unknown name may lie."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geodata.containment import CONTAINER_WITHIN, says_inside
from geodata.countries import country_name
from geodata.gazetteer.folding import fold
from geodata.model import Kind, MentionType, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geodata.gazetteer import Gazetteer
    from geodata.model import Place, Resolution

SPOKEN_SHARE = 0.15
"""Share of a text's named places from which their country is one that it speaks of."""


def country_locator(gazetteer: Gazetteer) -> Callable[[str], Place | None]:
    """Return what finds the place of a country by its ISO code; None: the gazetteer lacks it."""

    def locate(code: str) -> Place | None:
        for posting in gazetteer.find(fold(country_name(code))) if code else ():
            if posting.place.kind is Kind.COUNTRY and posting.place.country_code == code:
                return posting.place
        return None

    return locate


def find_countries(resolutions: Iterable[Resolution]) -> tuple[str, ...]:
    """Return the countries that a text speaks of, the one that it speaks of most first."""
    weights: dict[str, float] = defaultdict(float)
    named: set[str] = set()
    for found in resolutions:
        if found.place is None or not found.place.country_code or found.role is Role.ORIGIN:
            continue
        # An adjective names a country as well, if less: "Libyan officials".
        weight = 0.5 if found.mention.type is MentionType.ADJECTIVAL else 1.0
        weights[found.place.country_code] += weight * found.score
        if found.place.kind is Kind.COUNTRY:
            named.add(found.place.country_code)
    total = sum(weights.values())
    return tuple(
        code
        for code, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        if code in named or weight >= SPOKEN_SHARE * total
    )


def find_container_country(text: str, resolutions: Sequence[Resolution], number: int) -> str:
    """Return the code of the country in which a text says that a name lies: "Kuriga, Kaduna State".

    Parameters
    ----------
    text : str
    resolutions : sequence of Resolution
        Of the text, in its order.
    number : int
        Of the name among them.

    Returns
    -------
    str
        ISO 3166-1 alpha-2; empty where the text does not say so.
    """
    if number + 1 == len(resolutions):
        return ""
    mention, following = resolutions[number].mention, resolutions[number + 1]
    if following.place is None or following.mention.type is MentionType.ADJECTIVAL:
        return ""
    between = text[mention.end : following.mention.start]
    return following.place.country_code if len(between) <= CONTAINER_WITHIN and says_inside(between) else ""
