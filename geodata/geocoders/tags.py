"""Which kind of place OpenStreetMap's tags and GeoNames' feature codes mean.

Sources: "Key:place", "Key:boundary" and "Tag:boundary=administrative" of the OpenStreetMap wiki; Nominatim's
manual, "Place ranking"; GeoNames, "Feature codes".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from geodata.model import Kind

_PLACES = {
    **dict.fromkeys(
        (
            "city town village hamlet isolated_dwelling suburb quarter neighbourhood borough city_block farm"
            " allotments"
        ).split(),
        Kind.CITY,
    ),
    **dict.fromkeys("municipality county district subdistrict civil_parish".split(), Kind.ADMIN2),
    **dict.fromkeys("state province".split(), Kind.ADMIN1),
    "country": Kind.COUNTRY,
    **dict.fromkeys("region island islet archipelago continent locality".split(), Kind.REGION),
    **dict.fromkeys("sea ocean".split(), Kind.WATER),
}
_WATER = frozenset(
    "water bay strait river stream canal reservoir dam_lake lake lagoon wadi oxbow basin fjord".split()
)
_SITE_KEYS = frozenset(
    (
        "aeroway military historic man_made power amenity landuse building barrier railway office tourism"
        " leisure industrial"
    ).split()
)
_NO_SITES = frozenset(
    (
        "bench parking restaurant cafe fast_food bar pub fuel atm pharmacy bus_stop residential farmland grass"
        " hotel guest_house hostel artwork company"
    ).split()
)
"""Values of these keys that news names only by chance."""

_GEONAMES_SITES = frozenset("MILB AIRB PRT NVB".split())


class Tags(Protocol):
    """What a database says a place is."""

    def kind(self) -> Kind | None:
        """Return the kind; None: what news does not mean by a place's name."""


@dataclass(frozen=True, slots=True)
class OsmTags:
    """OpenStreetMap's main tag of a place.

    Attributes
    ----------
    key, value : str
        "place", "village".
    rank : int
        Nominatim's rank of the place among addresses, from 4 for a country to 30 for a house; 0: not said.
    area : str
        What sort of area it is to Photon ("state", "county"); empty: not said.
    """

    key: str
    value: str
    rank: int = 0
    area: str = ""

    def kind(self) -> Kind | None:
        """Return the kind; None: a road, a shop, a postcode."""
        if self.key == "place":
            return _PLACES.get(self.value)
        if self.key == "boundary":
            return self._boundary_kind()
        if self.key == "waterway":
            return Kind.SITE if self.value in ("dam", "weir", "lock_gate") else Kind.WATER
        if self.key == "natural":
            if self.value in _WATER:
                return Kind.WATER
            return Kind.SITE if self.value in ("peak", "volcano", "spring", "cave_entrance") else Kind.REGION
        if self.key == "mountain_pass":
            return Kind.SITE
        return Kind.SITE if self.key in _SITE_KEYS and self.value not in _NO_SITES else None

    def _boundary_kind(self) -> Kind | None:
        if self.value in ("protected_area", "national_park"):
            return Kind.REGION
        if self.value not in ("administrative", "political", "ceremonial", "disputed"):
            return None
        by_area = {"country": Kind.COUNTRY, "state": Kind.ADMIN1, "county": Kind.ADMIN2}
        if self.area:
            return by_area.get(self.area, Kind.CITY)
        if not self.rank:
            return Kind.ADMIN2
        if self.rank <= 4:
            return Kind.COUNTRY
        if self.rank <= 9:
            return Kind.ADMIN1
        return Kind.ADMIN2 if self.rank <= 15 else Kind.CITY


@dataclass(frozen=True, slots=True)
class GeonamesTags:
    """GeoNames' feature class and code of a place.

    Attributes
    ----------
    feature_class, feature_code : str
        "A", "ADM2".
    """

    feature_class: str
    feature_code: str

    def kind(self) -> Kind | None:
        """Return the kind; None: a road."""
        code = self.feature_code
        if self.feature_class == "A":
            if code.startswith("PCL"):
                return Kind.COUNTRY
            return Kind.ADMIN1 if code.startswith("ADM1") else Kind.ADMIN2
        if code in _GEONAMES_SITES:
            return Kind.SITE
        if self.feature_class == "T" and code in ("MT", "PK", "PASS", "HLL", "VLC", "CAPE"):
            return Kind.SITE
        kinds = {
            "P": Kind.CITY,
            "S": Kind.SITE,
            "H": Kind.WATER,
            "U": Kind.WATER,
            "L": Kind.REGION,
            "T": Kind.REGION,
            "V": Kind.REGION,
        }
        return kinds.get(self.feature_class)
