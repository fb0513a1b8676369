"""The places of an index to which an addition's are put: which are the same, and what each then says."""

from __future__ import annotations

import math
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from geodata.errors import GazetteerError
from geodata.gazetteer import layout
from geodata.gazetteer.additions.addition import PlaceRow, key_of
from geodata.gazetteer.additions.features import read_feature
from geodata.gazetteer.entry import NameQuality
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import strip_generic
from geodata.gazetteer.sources.geonames import city_radius_km
from geodata.geodesy import distance_km
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableSequence

    import numpy as np

    from geodata.gazetteer.index import Gazetteer

    Keys: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

_KINDS = tuple(Kind)
_NUMBER_OF_KIND = {kind: number for number, kind in enumerate(_KINDS)}
_POINTS = (Kind.CITY, Kind.SITE)

SAME_WITHIN_KM = {
    Kind.SITE: 5.0,
    Kind.CITY: 5.0,
    Kind.ADMIN2: 40.0,
    Kind.ADMIN1: 150.0,
    Kind.COUNTRY: math.inf,
    Kind.REGION: 150.0,
    Kind.WATER: 150.0,
}
"""Kilometres within which two places of one name, kind and country are the same; of a large place, its radius."""

TWICE_WITHIN_KM = 2.0
"""Kilometres within which GeoNames lists one place under two ids."""

TOWN_POPULATION = 10_000
TOWN_WITHIN_KM = 20.0
"""Kilometres from a town within which a place of its name without people is the town, badly placed."""

DEFAULT_RADIUS_KM = {
    Kind.SITE: 3.0,
    Kind.ADMIN2: 20.0,
    Kind.ADMIN1: 100.0,
    Kind.COUNTRY: 300.0,
    Kind.REGION: 50.0,
    Kind.WATER: 50.0,
}
"""Where neither the source nor a feature code says how far a place reaches."""

MOST_SOURCES = 255
MOST_FEATURES = 10_000

# Positions in a record of `layout.PLACE`.
_LATITUDE, _LONGITUDE, _POPULATION, _RADIUS = range(4)
_ID, _NAME, _ADMIN1, _ADMIN2 = range(4, 8)
_KIND, _COUNTRY, _SOURCE, _FLAGS, _FEATURE = range(8, 13)


class Places:
    """Places' records, of an index at first, to which those of one addition are put.

    Parameters
    ----------
    before : Gazetteer
        The index; it stays as it is.
    source : str
        Id of the addition.

    Attributes
    ----------
    records, strings : bytearray
        As `layout` has them.
    countries, sources, features : dict of str to int
        Position in the list.
    new, joined : int
        How many places the addition brought, and how many of its places were there.
    """

    def __init__(self, before: Gazetteer, source: str) -> None:
        self._before = before
        self.records, self.strings = before.copy_places()
        self.countries = {code: number for number, code in enumerate(before.countries)}
        self.sources = {name: number for number, name in enumerate(before.place_sources)}
        self.features = {name: number for number, name in enumerate(before.features)}
        self._source = self.sources.setdefault(source, len(self.sources))
        if self._source > MOST_SOURCES:
            raise GazetteerError(f"a gazetteer takes at most {MOST_SOURCES} sources; remove additions first")
        self._string = lru_cache(maxsize=50_000)(self._add_string)
        self._province = lru_cache(maxsize=10_000)(self._find_province)
        self._numbers: MutableSequence[int] = array("q")
        self.new = self.joined = 0

    def match_keys(self, keys: Iterator[int], count: int) -> tuple[Keys, Keys]:
        """Find which places of the addition are there, or came before in it, by their ids.

        Returns
        -------
        there, earlier : array of int
            For each place: its number in the index, and the number in the addition of the first place with its id;
            -1 where there is none.
        """
        import numpy as np

        wanted = np.fromiter(keys, np.int64, count)
        known = np.fromiter((key_of(place_id) for place_id in self._ids()), np.int64)
        order = np.argsort(known, kind="stable")
        at = np.searchsorted(known[order], wanted)
        at[at == len(known)] = 0
        candidates = order[at] if len(known) else np.zeros(count, np.int64)
        there = np.where(known[candidates] == wanted, candidates, -1) if len(known) else candidates - 1
        _, first, inverse = np.unique(wanted, return_index=True, return_inverse=True)
        earlier = first[inverse.reshape(-1)]
        earlier[earlier == np.arange(count)] = -1
        return there, earlier

    def _ids(self) -> Iterator[str]:
        for fields in layout.PLACE.iter_unpack(self.records):
            place_id = fields[_ID]
            if place_id & layout.GEONAMES_BIT:
                yield f"geonames:{place_id & ~layout.GEONAMES_BIT}"
            else:
                yield self._read_string(place_id)

    def take(self, row: PlaceRow, own: list[tuple[str, int]], target_of: tuple[Keys, Keys]) -> int | None:
        """Put a place of the addition to the others; its names may be weakened.

        Parameters
        ----------
        row : PlaceRow
            In the order of their numbers.
        own : list of (str, int)
            Its folded names and how it bears them; changed where it turns out to be another's.
        target_of : tuple
            As `match_keys` returned it.

        Returns
        -------
        int or None
            Number of the place that has the names now. None: it only names a place that is not there.
        """
        there, earlier = int(target_of[0][row.number]), int(target_of[1][row.number])
        if earlier >= 0:
            number = self._numbers[earlier]
            is_own = False
        elif there >= 0:
            # GeoNames' own newer record stands for its older one. Another list that has the id has names, too, but
            # its figures are often old: a city of 460,000 must not become a town.
            number, is_own = there, bool(row.feature) and self._replace(there, row)
            if row.name and not is_own:
                self._complete(there, row)
            self.joined += bool(row.name)
        elif not row.name:
            number, is_own = -1, False
        elif (same := self._find_same(row, own)) is not None:
            number, is_own = same, False
            self._complete(same, row)
            self.joined += 1
        else:
            number, is_own = self._append(row), True
        self._numbers.append(number)
        if not is_own:
            own[:] = [(name, quality or NameQuality.ALTERNATE) for name, quality in own]
        return None if number < 0 else number

    def _replace(self, number: int, row: PlaceRow) -> bool:
        """Let the addition's record of a place stand for the one before; False: it is of another kind, and stays.

        What the addition does not say stays, and so does the province, whose spelling must be one for all. An area
        keeps its point and extent, which go together, unless the addition has an extent.
        """
        fields = self._fields(number)
        kind = _KINDS[fields[_KIND]]
        if kind.value != row.kind:
            return False
        if kind in _POINTS or row.radius_km:
            fields[_LATITUDE], fields[_LONGITUDE] = row.latitude, row.longitude
        fields[_NAME] = self._string(row.name)
        fields[_POPULATION] = min(row.population, 2**32 - 1) or fields[_POPULATION]
        if row.radius_km:
            fields[_RADIUS] = row.radius_km
        elif kind is Kind.CITY:
            fields[_RADIUS] = max(fields[_RADIUS], city_radius_km(row.population))
        fields[_SOURCE] = self._source
        fields[_FLAGS] |= row.flags & layout.CAPITAL_FLAG
        if row.feature:
            fields[_FEATURE] = self._feature(row.feature)
        self._put(number, self._filled(fields, row))
        return True

    def _complete(self, number: int, row: PlaceRow) -> None:
        """Give a place what it lacks and the addition knows: inhabitants, province, GeoNames' id."""
        fields = self._fields(number)
        if _KINDS[fields[_KIND]].value != row.kind:
            return
        fields[_POPULATION] = fields[_POPULATION] or min(row.population, 2**32 - 1)
        if not fields[_ID] & layout.GEONAMES_BIT:
            fields[_ID] = self._id(row) if _is_geonames(row) else fields[_ID]
        if row.feature and not fields[_FEATURE]:
            fields[_FEATURE] = self._feature(row.feature)
        self._put(number, self._filled(fields, row))

    def _filled(self, fields: list[Any], row: PlaceRow) -> list[Any]:
        if not self._read_string(fields[_ADMIN1]):
            fields[_ADMIN1] = self._string(self._province(row.country_code, row.admin1))
        if not self._read_string(fields[_ADMIN2]):
            fields[_ADMIN2] = self._string(row.admin2)
        return fields

    def _append(self, row: PlaceRow) -> int:
        kind = Kind(row.kind)
        if kind is Kind.COUNTRY and row.country_code:
            # A part of a country that the gazetteer has, or it under a name that is quite another.
            kind = Kind.REGION
        admin1 = self._province(row.country_code, row.admin1)
        self.records += layout.PLACE.pack(
            row.latitude,
            row.longitude,
            min(row.population, 2**32 - 1),
            row.radius_km or _default_radius(row, kind),
            self._id(row),
            self._add_string(row.name),
            self._string(admin1 or (row.name if kind is Kind.ADMIN1 else "")),
            self._string(row.admin2),
            _NUMBER_OF_KIND[kind],
            self.countries.setdefault(row.country_code, len(self.countries)),
            self._source,
            row.flags,
            self._feature(row.feature),
        )
        self.new += 1
        return len(self.records) // layout.PLACE.size - 1

    def _find_same(self, row: PlaceRow, own: list[tuple[str, int]]) -> int | None:
        """Return the place of the index that an addition's is under another id: same name, kind, country, near."""
        if row.kind == Kind.ADMIN2 and row.feature not in ("", "A.ADM2"):
            # A commune is not the district that bears its name.
            return None
        kind, country = Kind(row.kind), self.countries.get(row.country_code)
        nearest, found = math.inf, None
        for name, quality in own:
            if quality not in (NameQuality.PREFERRED, NameQuality.DERIVED):
                continue
            for number, borne in self._before.numbers_of(name):
                fields = self._fields(number)
                if (
                    borne in (NameQuality.ADJECTIVE, NameQuality.ABBREVIATION)
                    or _KINDS[fields[_KIND]] is not kind
                    or fields[_COUNTRY] != country
                    or fields[_FLAGS] & layout.MINOR_FLAG
                ):
                    continue
                distance = distance_km(row.latitude, row.longitude, fields[_LATITUDE], fields[_LONGITUDE])
                if distance <= _same_within(row, kind, fields) and distance < nearest:
                    nearest, found = distance, number
        return found

    def _find_province(self, country_code: str, name: str) -> str:
        """Return a province's name as the index writes it, or as it came where the index lacks it."""
        for folded in dict.fromkeys((fold(name), fold(strip_generic(name)))):
            for number, _ in self._before.numbers_of(folded):
                fields = self._fields(number)
                if _KINDS[fields[_KIND]] is Kind.ADMIN1 and fields[_COUNTRY] == self.countries.get(
                    country_code
                ):
                    return self._read_string(fields[_ADMIN1])
        return name

    def _fields(self, number: int) -> list[Any]:
        return list(layout.PLACE.unpack_from(self.records, number * layout.PLACE.size))

    def _put(self, number: int, fields: list[Any]) -> None:
        layout.PLACE.pack_into(self.records, number * layout.PLACE.size, *fields)

    def _id(self, row: PlaceRow) -> int:
        return layout.GEONAMES_BIT | row.key if _is_geonames(row) else self._string(row.id)

    def _feature(self, feature: str) -> int:
        # More codes than GeoNames has are no codes.
        return (
            self.features.setdefault(feature, len(self.features)) if len(self.features) < MOST_FEATURES else 0
        )

    def _add_string(self, text: str) -> int:
        offset = len(self.strings)
        data = text.encode()[:65535]
        self.strings += len(data).to_bytes(2, "little") + data
        return offset

    def _read_string(self, offset: int) -> str:
        return layout.read_string(self.strings, offset)


def _same_within(row: PlaceRow, kind: Kind, fields: list[Any]) -> float:
    """Return within how many kilometres an addition's place is that of a record, all else agreeing."""
    if _is_geonames(row) and fields[_ID] & layout.GEONAMES_BIT:
        # GeoNames has them as two; of two at one spot, the one without people is the same once more.
        return 0.0 if row.population else TWICE_WITHIN_KM
    if kind is Kind.CITY and not row.population and fields[_POPULATION] >= TOWN_POPULATION:
        return max(TOWN_WITHIN_KM, float(fields[_RADIUS]))
    return max(SAME_WITHIN_KM[kind], float(fields[_RADIUS]))


def _is_geonames(row: PlaceRow) -> bool:
    return row.key <= layout.GEONAMES_BIT


def _default_radius(row: PlaceRow, kind: Kind) -> float:
    if kind is Kind.CITY:
        return city_radius_km(row.population)
    feature_class, _, code = row.feature.partition(".")
    feature = read_feature(feature_class, code, row.name) if code else None
    return (feature.radius_km if feature else 0.0) or DEFAULT_RADIUS_KM[kind]
