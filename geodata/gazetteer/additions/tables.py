"""Tables with a heading: CSV, TSV and whatever else names its columns."""

from __future__ import annotations

import csv
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from geodata.errors import GazetteerError
from geodata.gazetteer.additions.features import read_feature
from geodata.gazetteer.additions.geonames_files import read_count, read_degrees, read_id, short_names
from geodata.gazetteer.additions.opening import ByteSource, read_lines
from geodata.gazetteer.additions.records import LONGEST_NAME, Omission, Reader, Record, Taken, read_name
from geodata.gazetteer.entry import Entry
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.gazetteer.naming import CODE_LIKE
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from geodata.gazetteer.additions.positions import Positions

USUAL_TITLES: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "place", "place_name", "placename", "toponym", "title", "label", "name_en", "asciiname"),
    "latitude": ("latitude", "lat", "y", "lat_dd", "latitude_dd", "point_y", "decimallatitude"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "lon_dd", "longitude_dd", "point_x", "decimallongitude"),
    "id": ("id", "place_id", "wof_id", "osm_id", "wikidata", "qid", "pcode", "code", "uid", "fid"),
    "geonames_id": ("geonames_id", "geonameid", "geoname_id", "geonamesid", "gn_id"),
    "kind": ("kind", "type", "placetype", "place_type", "category", "feature_type", "fclass"),
    "country": ("country", "country_code", "countrycode", "cc", "iso", "iso2", "iso_a2", "iso3", "country_name"),
    "admin1": ("admin1", "province", "region", "state", "adm1", "admin1_name", "adm1_en", "governorate"),
    "admin2": ("admin2", "district", "county", "adm2", "admin2_name", "adm2_en"),
    "population": ("population", "pop", "inhabitants"),
    "radius_km": ("radius_km", "radius"),
    "other_names": (
        "other_names", "othernames", "alternatenames", "alternate_names", "alternates", "aliases", "alt_names",
        "alt_name", "names", "english_names", "synonyms", "aka",
    ),
    "feature": ("feature", "feature_code", "fcode", "feature_class_code"),
}  # fmt: skip
"""Field of a place → titles of columns that are taken for it without being told, the surest first."""

REQUIRED = ("name", "latitude", "longitude")
LARGEST_RADIUS_KM = 10_000.0

_WHOS_ON_FIRST = {
    "campus": Kind.SITE, "building": Kind.SITE, "venue": Kind.SITE,
    "locality": Kind.CITY, "neighbourhood": Kind.CITY, "borough": Kind.CITY, "localadmin": Kind.CITY,
    "county": Kind.ADMIN2, "macrocounty": Kind.ADMIN2,
    "region": Kind.ADMIN1, "dependency": Kind.COUNTRY, "country": Kind.COUNTRY,
    "macroregion": Kind.REGION, "continent": Kind.REGION, "empire": Kind.REGION, "disputed": Kind.REGION,
    "marinearea": Kind.WATER, "ocean": Kind.WATER,
}  # fmt: skip
"""Placetypes of Who's On First: its "region" is a province, where our region is none."""

_FEATURE = re.compile(r"(?:([AHLPRSTUV])[./ ]?)?([A-Z]{2,5}\d?[A-Z]?)")
_DELIMITERS = "\t;,|"


def find_columns(titles: Sequence[str], given: Mapping[str, str], *, name: str) -> dict[str, str]:
    """Tell which columns give which fields.

    Parameters
    ----------
    titles : sequence of str
        The file's heading.
    given : mapping
        Field → title, as the user says; the other fields are guessed.
    name : str
        Of the file, for messages.

    Returns
    -------
    dict of str to str
        Field → title.

    Raises
    ------
    GazetteerError
        If a title that was given is missing, or nothing gives the name and the position.
    """
    listed = ", ".join(titles[:40])
    for field, title in given.items():
        if field not in USUAL_TITLES:
            raise GazetteerError(f"there is no field {field!r}; expected some of {', '.join(USUAL_TITLES)}")
        if title not in titles:
            raise GazetteerError(f"{name} has no column {title!r} for {field}; it has: {listed}")
    usual = {
        title.strip().casefold().replace(" ", "_").replace("-", "_"): title for title in reversed(titles)
    }
    columns = dict(given)
    for field, guesses in USUAL_TITLES.items():
        free = [usual[guess] for guess in guesses if guess in usual and usual[guess] not in columns.values()]
        if field not in columns and free:
            columns[field] = free[0]
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        raise GazetteerError(
            f"{name} has no column that looks like {' or '.join(missing)}; it has: {listed}."
            f" Say which is which: --columns {','.join(f'{field}=…' for field in REQUIRED)}"
        )
    return columns


class EntryMaker:
    """Makes an entry of one row's cells.

    Parameters
    ----------
    columns : mapping
        Field → title of its column.
    kind : Kind
        Of rows that say none.
    find_country : callable
        Returns the code of a country by its name, empty if there is none.
    is_known : callable
        Tells whether the gazetteer has a GeoNames id.
    """

    def __init__(
        self,
        columns: Mapping[str, str],
        *,
        addition: str,
        kind: Kind,
        positions: Positions,
        countries: Collection[str],
        find_country: Callable[[str], str],
        is_known: Callable[[int], bool],
    ) -> None:
        self.columns = columns
        self._addition = addition
        self._kind = kind
        self._positions = positions
        self._countries = frozenset(countries)
        self._is_known = is_known
        self._find_country = lru_cache(maxsize=1000)(find_country)
        title = columns.get("id", "").casefold()
        self._scheme = (
            title.removesuffix("_id") if title.endswith("_id") and title != "place_id" else addition
        )
        self._is_whos_on_first = columns.get("kind") == "placetype"
        self._has_commas = columns.get("other_names", "").casefold().startswith("alternate")

    def entry(self, cells: Mapping[str, str]) -> Taken:
        """Return the entry of a row: field → cell; raises ValueError."""
        name = read_name(cells.get("name", ""))
        latitude, longitude = read_degrees(cells.get("latitude", ""), cells.get("longitude", ""))
        country = self._country(cells.get("country", "").strip())
        self._positions.check(latitude, longitude, country)
        kind, is_minor, radius_km, feature = self._kind, False, 0.0, ""
        if code := cells.get("feature", "").strip():
            match = _FEATURE.fullmatch(code)
            if match is None:
                raise ValueError(f"expected a GeoNames feature code as P.PPL, got {code[:40]!r}")
            meant = read_feature(match[1] or _class_of(match[2]), match[2], name)
            if meant is None:
                return Omission.HISTORICAL
            kind, is_minor, radius_km = meant
            feature = f"{match[1] or _class_of(match[2])}.{match[2]}"
        if word := cells.get("kind", "").strip():
            kind = self._read_kind(word)
        if kind is Kind.SITE and " " not in name:
            # "Branches" is an airfield too: a site of one word needs the text's support.
            is_minor = True
        place = Place(
            id=self._read_id(cells, f"{fold(name)}|{kind}|{latitude:.3f}|{longitude:.3f}"),
            name=name,
            kind=kind,
            latitude=latitude,
            longitude=longitude,
            country_code=country,
            admin1=cells.get("admin1", "").strip()[:LONGEST_NAME],
            admin2=cells.get("admin2", "").strip()[:LONGEST_NAME],
            population=read_count(cells.get("population", ""), "a population"),
            radius_km=_read_radius(cells.get("radius_km", "")) or radius_km,
            is_capital=feature == "P.PPLC",
            source=self._addition,
            feature=feature,
            is_minor=is_minor,
        )
        others = dict.fromkeys(self._split(cells.get("other_names", "")))
        alternates = tuple(other for other in others if other != name and not CODE_LIKE.fullmatch(other))
        return Entry(place, alternates, derived=short_names(place))

    def _country(self, cell: str) -> str:
        if not cell or cell.upper() in self._countries:
            return cell.upper()
        code = self._find_country(cell)
        if not code:
            raise ValueError(
                f"expected a country as ISO 3166 writes it (PK, PAK, Pakistan), got {cell[:40]!r}"
            )
        return code

    def _read_kind(self, word: str) -> Kind:
        folded = fold(word)
        if self._is_whos_on_first and folded in _WHOS_ON_FIRST:
            return _WHOS_ON_FIRST[folded]
        if folded in set(Kind):
            return Kind(folded)
        kind = (
            KIND_BY_NOUN.get(folded)
            or KIND_BY_NOUN.get(folded.rpartition(" ")[2])
            or _WHOS_ON_FIRST.get(folded)
        )
        if kind is None:
            raise ValueError(f"expected a kind ({', '.join(Kind)}), got {word[:40]!r}")
        return kind

    def _split(self, cell: str) -> Iterator[str]:
        separator = next((mark for mark in "|;" if mark in cell), "," if self._has_commas else None)
        for part in cell.split(separator) if separator else [cell]:
            if part.strip():
                yield part.strip()

    def _read_id(self, cells: Mapping[str, str], words: str) -> str:
        geonames = cells.get("geonames_id", "").strip().removeprefix("geonames:")
        if geonames not in ("", "0", "-1"):
            # Some lists give a place the ids of its town and of its district: the gazetteer's own is meant.
            numbers = [read_id(number.strip().removesuffix(".0")) for number in geonames.split(",")]
            return f"geonames:{next(filter(self._is_known, numbers), numbers[0])}"
        value = cells.get("id", "").strip()
        if value.startswith("geonames:"):
            return f"geonames:{read_id(value.removeprefix('geonames:'))}"
        if len(value) > LONGEST_NAME:
            raise ValueError(f"expected an id of at most {LONGEST_NAME} letters, got {len(value):,}")
        if value:
            return value if re.match(r"[a-z][a-z0-9.-]*:\S", value) else f"{self._scheme}:{value}"
        # Without an id of its own, a place is what it is called and where it is: the same in the next edition.
        return f"{self._addition}:{hashlib.sha256(words.encode()).hexdigest()[:10]}"


class TableReader(Reader):
    """Reads CSV, TSV and their like."""

    def __init__(self, source: ByteSource, make: Callable[[Sequence[str]], EntryMaker]) -> None:
        self._lines = read_lines(source)
        heading = next((line for _, line in self._lines if line.strip()), "")
        self._delimiter = max(_DELIMITERS, key=heading.count)
        # In tab-separated files a quotation mark is mostly just one.
        is_bare = self._delimiter == "\t" and '"' not in heading
        self._quoting: Literal[0, 3] = csv.QUOTE_NONE if is_bare else csv.QUOTE_MINIMAL
        titles = [cell.strip() for cell in next(self._rows([heading]), [])]
        self._maker = make(titles)
        self._fields = {field: titles.index(title) for field, title in self._maker.columns.items()}
        self._width = len(titles)

    def _rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._delimiter, quoting=self._quoting)

    def records(self) -> Iterator[Record]:
        """Yield the rows under the heading; one that the CSV's rules forbid comes as the error."""
        last = 1

        def follow() -> Iterator[str]:
            nonlocal last
            for last, line in self._lines:  # noqa: B007, read below
                yield line + "\n"

        rows = self._rows(follow())
        while True:
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield Record(last, ValueError(f"the row cannot be taken apart: {error}"))
                continue
            if row is None:
                return
            if any(row):
                yield Record(last, row)

    def take(self, record: Record) -> Taken:
        """Return the place of a row."""
        row = record.data
        if isinstance(row, ValueError):
            raise row
        if len(row) != self._width:
            raise ValueError(f"expected {self._width} columns, got {len(row)}")
        return self._maker.entry({field: row[number] for field, number in self._fields.items()})


def _read_radius(cell: str) -> float:
    if not cell.strip():
        return 0.0
    try:
        radius = float(cell)
    except ValueError:
        radius = -1.0
    if not 0 <= radius <= LARGEST_RADIUS_KM:
        raise ValueError(f"expected a radius in kilometres, got {cell[:40]!r}")
    return radius


def _class_of(code: str) -> str:
    """Return the class of a feature code that came alone, where the code tells it."""
    if code.startswith(("PPL", "STLMT")):
        return "P"
    return "A" if code.startswith(("ADM", "PCL", "TERR", "PRSH", "ZN")) else ""
