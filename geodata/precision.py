"""How exactly a place says where something happened, in the codes of two event datasets and in words.

UCDP's ``where_prec`` runs from 1 (exact location) to 7 (international waters or airspace): Högbladh, "UCDP GED
Codebook". ACLED's ``geo_precision`` runs from 1 (town or exact) to 3 (province or larger): ACLED Codebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geodata.model import Kind

if TYPE_CHECKING:
    from geodata.model import Place


class Precision(NamedTuple):
    """How exactly a place is known.

    Attributes
    ----------
    where_prec : int
        UCDP, 1 to 7.
    geo_precision : int
        ACLED, 1 to 3.
    words : str
        For a person: "city, within 5 km".
    """

    where_prec: int
    geo_precision: int
    words: str


_CODES = {
    Kind.SITE: (1, 1),
    Kind.CITY: (1, 1),
    Kind.ADMIN2: (3, 2),
    Kind.ADMIN1: (4, 3),
    Kind.REGION: (5, 3),
    Kind.COUNTRY: (6, 3),
    Kind.WATER: (7, 3),
}
"""UCDP has 2 for "near a place", which a name alone does not tell."""

_WORDS = {
    Kind.SITE: "site",
    Kind.CITY: "city",
    Kind.ADMIN2: "district",
    Kind.ADMIN1: "province",
    Kind.REGION: "region",
    Kind.COUNTRY: "country",
    Kind.WATER: "waters",
}


def precision_of(place: Place) -> Precision:
    """Return how exactly a place is known."""
    where_prec, geo_precision = _CODES[place.kind]
    if place.kind is Kind.COUNTRY:
        words = "country as a whole"
    else:
        words = f"{_WORDS[place.kind]}, within {round_radius(place.radius_km)} km"
    return Precision(where_prec, geo_precision, words)


def round_radius(radius_km: float) -> int:
    """Round kilometres up to a figure that promises no more than is known: to 1, 2, 5, 10, 20, 50 and so on."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if radius_km <= factor * step:
                return factor * step
        step *= 10
