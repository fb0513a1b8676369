"""What GeoNames' feature classes and codes mean to the geoparser.

The codes are explained at geonames.org/export/codes.html. All classes are taken in; what news hardly names by its
bare name (streams, hills, hotels, farms, roads) is minor, and believed only where the text supports it.
"""

from __future__ import annotations

from typing import NamedTuple

from geodata.model import Kind


class Feature(NamedTuple):
    """A feature code's meaning.

    Attributes
    ----------
    radius_km : float
        Within which such a place usually lies, in kilometres; 0: it follows from the kind.
    """

    kind: Kind
    is_minor: bool = False
    radius_km: float = 0.0


_PAST_DIVISIONS = frozenset({"ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADM5H", "ADMDH", "PCLH"})
"""Left out: each would stand beside its successor under the same name."""

_ABANDONED = frozenset({"PPLQ", "PPLH", "PPLCH", "PPLW"})
"""Abandoned, historical and destroyed places: people still name them, but seldom."""

_DIVISIONS = {
    "ADM1": Feature(Kind.ADMIN1, radius_km=100.0),
    "ADM2": Feature(Kind.ADMIN2, radius_km=30.0),
    "ADM3": Feature(Kind.ADMIN2, radius_km=15.0),
    "ADM4": Feature(Kind.ADMIN2, radius_km=8.0),
    "ADM5": Feature(Kind.ADMIN2, radius_km=5.0),
}
_OPEN_WATERS = {
    "OCN": Feature(Kind.WATER, radius_km=3000.0),
    "SEA": Feature(Kind.WATER, radius_km=400.0),
    "GULF": Feature(Kind.WATER, radius_km=150.0),
    "STRT": Feature(Kind.WATER, radius_km=40.0),
}
_GUARDED = frozenset(
    "AIRB AIRF AIRP AIRQ CMPRF CSTM DAM INSM MILB NVB OILR PAL PRN PS PSN PSTB PSTP PRT MNA".split()
)
"""Sites that news names: bases, airfields, prisons, camps, crossings, dams, plants, ports."""

_BY_CLASS = {
    "H": Feature(Kind.WATER, is_minor=True, radius_km=10.0),
    "L": Feature(Kind.REGION, is_minor=True, radius_km=20.0),
    "R": Feature(Kind.SITE, is_minor=True, radius_km=10.0),
    "S": Feature(Kind.SITE, is_minor=True, radius_km=3.0),
    "T": Feature(Kind.REGION, is_minor=True, radius_km=10.0),
    "U": Feature(Kind.WATER, is_minor=True, radius_km=50.0),
    "V": Feature(Kind.REGION, is_minor=True, radius_km=10.0),
}


def read_feature(feature_class: str, code: str, name: str) -> Feature | None:
    """Return what a feature class and code mean; None: it is a division of the past, which is left out.

    Parameters
    ----------
    name : str
        Of the place: a base is taken by its full name ("Bagram Airfield") without support, never by one word.

    Raises
    ------
    ValueError
        If there is no such class.
    """
    if code in _PAST_DIVISIONS:
        return None
    if feature_class == "P":
        return Feature(Kind.CITY, is_minor=code in _ABANDONED)
    if feature_class == "A":
        if code.startswith("PCL"):
            return Feature(Kind.COUNTRY)
        return _DIVISIONS.get(code, Feature(Kind.ADMIN2, radius_km=15.0))
    if code in _GUARDED and feature_class in ("S", "L"):
        return Feature(Kind.SITE, is_minor=" " not in name.strip(), radius_km=3.0)
    if feature_class == "H" and code in _OPEN_WATERS:
        return _OPEN_WATERS[code]
    if feature_class == "L" and code == "CONT":
        return Feature(Kind.REGION, radius_km=3000.0)
    if feature_class in _BY_CLASS:
        return _BY_CLASS[feature_class]
    if not feature_class:
        # GeoNames has some places that nobody has classified yet.
        return Feature(Kind.SITE, is_minor=True, radius_km=5.0)
    raise ValueError(f"expected a feature class A, H, L, P, R, S, T, U or V, got {feature_class!r}")
