"""The gazetteer as it is asked: names in, places out."""

from __future__ import annotations

import json
import mmap
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from geodata.errors import GazetteerError, GazetteerMissingError
from geodata.gazetteer import layout
from geodata.gazetteer.entry import GazetteerInfo, NameQuality, SourceInfo
from geodata.gazetteer.folding import fold
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any, TypeAlias

    import numpy as np

    UnsignedArray: TypeAlias = np.ndarray[Any, np.dtype[np.uint32]]

_KINDS = tuple(Kind)
_QUALITIES = tuple(NameQuality)


class Posting(NamedTuple):
    """A place that bears a name, and how it bears it."""

    place: Place
    quality: NameQuality


class Bearer(NamedTuple):
    """What the use of a name depends on, of a place that bears it.

    Most names that a text might mean are no more looked at, and a whole place takes ten times as long to read.
    """

    kind: Kind
    quality: NameQuality
    population: int
    is_capital: bool


class Gazetteer:
    """An open index. Safe to share between threads: nothing is written after opening.

    Use `open_gazetteer` to open one; it is a context manager.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._open(folder)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            if isinstance(error, GazetteerError):
                raise
            raise GazetteerError(
                f"the gazetteer in {folder} is damaged ({error}); build it again with: dateline gazetteer build"
            ) from error

    def _open(self, folder: Path) -> None:
        import marisa_trie

        manifest = json.loads((folder / layout.MANIFEST).read_bytes())
        if manifest["format"] != layout.FORMAT:
            raise GazetteerError(
                f"the gazetteer in {folder} is of another version of Dateline;"
                " build it again with: dateline gazetteer build"
            )
        if sys.byteorder != "little":
            raise GazetteerError("the gazetteer's index needs a little-endian machine")
        for name, size in manifest["bytes"].items():
            found = (folder / name).stat().st_size
            if found != size:
                raise ValueError(f"{name} has {found:,} bytes instead of {size:,}")
        info = manifest["info"]
        sources = tuple(SourceInfo(**source) for source in info["sources"])
        self.info = GazetteerInfo(**{**info, "sources": sources})
        self.countries: tuple[str, ...] = tuple(manifest["countries"])
        self.place_sources: tuple[str, ...] = tuple(manifest["place_sources"])
        self.features: tuple[str, ...] = tuple(manifest["features"])
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / layout.NAMES))
        self._maps: list[mmap.mmap] = []
        self._offsets = memoryview(self._map(folder / layout.OFFSETS)).cast("I")
        self._postings = memoryview(self._map(folder / layout.POSTINGS)).cast("I")
        self._places = memoryview(self._map(folder / layout.PLACES))
        self._strings = self._map(folder / layout.STRINGS)
        self.place = lru_cache(maxsize=50_000)(self._read_place)
        # Thousands of places lie in one province.
        self._division = lru_cache(maxsize=20_000)(self._string)
        self.find = lru_cache(maxsize=50_000)(self._find)

    def _map(self, path: Path) -> mmap.mmap:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._maps.append(mapped)
        return mapped

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Unmap the files; the gazetteer cannot be asked any more."""
        self.place.cache_clear()
        self._division.cache_clear()
        self.find.cache_clear()
        for view in (self._offsets, self._postings, self._places):
            view.release()
        for mapped in self._maps:
            mapped.close()

    def _find(self, folded: str) -> tuple[Posting, ...]:
        """Return the places that bear a folded name, as they were taken in; empty if none does."""
        number = self._trie.get(folded)
        if number is None:
            return ()
        postings = self._postings[self._offsets[number] : self._offsets[number + 1]]
        return tuple(
            [
                Posting(self.place(posting >> layout.QUALITY_BITS), _QUALITIES[posting & layout.QUALITY_MASK])
                for posting in postings
            ]
        )

    def bearers(self, folded: str) -> list[Bearer]:
        """Return what the use of a folded name depends on, of each place that `find` gives."""
        number = self._trie.get(folded)
        if number is None:
            return []
        places, size = self._places, layout.PLACE.size
        bearers = []
        for posting in self._postings[self._offsets[number] : self._offsets[number + 1]]:
            population, kind, flags = layout.RANK.unpack_from(places, (posting >> layout.QUALITY_BITS) * size)
            quality = _QUALITIES[posting & layout.QUALITY_MASK]
            bearers.append(Bearer(_KINDS[kind], quality, population, bool(flags & layout.CAPITAL_FLAG)))
        return bearers

    def prefixes(self, folded: str) -> list[str]:
        """Return the names that a folded text begins with, the shortest first; words may be cut in them."""
        prefixes: list[str] = self._trie.prefixes(folded)
        return prefixes

    def is_beginning(self, letters: str) -> bool:
        """Tell whether a name begins with folded letters: with "new " many do, with "benghazi " none."""
        return next(self._trie.iterkeys(letters), None) is not None

    def __contains__(self, folded: str) -> bool:
        return folded in self._trie

    def __len__(self) -> int:
        return self.info.places

    def search(self, name: str, *, limit: int = 10) -> list[Place]:
        """Find places by name, as a person types it.

        Parameters
        ----------
        name : str
            In any spelling that folds to a name of the gazetteer, or the beginning of one.
        limit : int
            How many places at the most.

        Returns
        -------
        list of Place
            Places that bear the very name first, then those whose name begins so; the larger first.
        """
        folded = fold(name)
        if not folded or limit < 1:
            return []
        found = {posting.place.id: posting.place for posting in self._by_prominence(self.find(folded))}
        if len(found) < limit:
            longer = [posting for key in self._longer_names(folded) for posting in self.find(key)]
            for posting in self._by_prominence(longer):
                found.setdefault(posting.place.id, posting.place)
        return list(found.values())[:limit]

    def _longer_names(self, folded: str, most: int = 500) -> Iterator[str]:
        for number, key in enumerate(self._trie.iterkeys(folded)):
            if number >= most:
                return
            yield key

    @staticmethod
    def _by_prominence(postings: list[Posting] | tuple[Posting, ...]) -> list[Posting]:
        return sorted(
            postings, key=lambda posting: (-prominence(posting.place), posting.quality, posting.place.id)
        )

    def _read_place(self, number: int) -> Place:
        (
            latitude, longitude, population, radius_km, place_id, name, admin1, admin2, kind, country, source,
            flags, feature,
        ) = layout.PLACE.unpack_from(self._places, number * layout.PLACE.size)  # fmt: skip
        return Place(
            id=(
                f"geonames:{place_id & ~layout.GEONAMES_BIT}"
                if place_id & layout.GEONAMES_BIT
                else self._string(place_id)
            ),
            name=self._string(name),
            kind=_KINDS[kind],
            latitude=round(latitude, 5),
            longitude=round(longitude, 5),
            country_code=self.countries[country],
            admin1=self._division(admin1),
            admin2=self._division(admin2),
            population=population,
            radius_km=round(radius_km, 1),
            is_capital=bool(flags & layout.CAPITAL_FLAG),
            source=self.place_sources[source],
            feature=self.features[feature],
            is_minor=bool(flags & layout.MINOR_FLAG),
            names_province=bool(flags & layout.NAMES_PROVINCE_FLAG),
        )

    def _string(self, offset: int) -> str:
        return layout.read_string(self._strings, offset)

    def numbers_of(self, folded: str) -> list[tuple[int, NameQuality]]:
        """Return the numbers of the places that bear a folded name, and how they bear it."""
        number = self._trie.get(folded)
        if number is None:
            return []
        postings = self._postings[self._offsets[number] : self._offsets[number + 1]]
        return [
            (posting >> layout.QUALITY_BITS, NameQuality(posting & layout.QUALITY_MASK))
            for posting in postings
        ]

    def names(self) -> Iterator[str]:
        """Yield all folded names."""
        names: Iterator[str] = self._trie.iterkeys()
        return names

    def numbered_names(self) -> Iterator[tuple[str, int]]:
        """Yield all folded names with their numbers."""
        for name in self._trie.iterkeys():
            yield name, self._trie.get(name)

    def records(self) -> Iterator[tuple[int | float, ...]]:
        """Yield the places' records, as `layout.PLACE` has them, in the order of their numbers."""
        return layout.PLACE.iter_unpack(self._places)

    def copy_places(self) -> tuple[bytearray, bytearray]:
        """Return the places' records and the strings that they name."""
        return bytearray(self._places), bytearray(self._strings)

    def posting_arrays(self) -> tuple[UnsignedArray, UnsignedArray]:
        """Return how many postings each name has, in the order of the names' numbers, and all of them."""
        import numpy as np

        offsets = np.array(self._offsets, np.uint32)
        return offsets[1:] - offsets[:-1], np.array(self._postings, np.uint32)


_KIND_PROMINENCE = {
    Kind.COUNTRY: 1e9, Kind.REGION: 5e6, Kind.WATER: 2e6, Kind.ADMIN1: 5e5, Kind.SITE: 5e4,
    Kind.CITY: 1, Kind.ADMIN2: 0,
}  # fmt: skip


CAPITAL_PROMINENCE = 1e7


def prominence(place: Place) -> float:
    """Return a number by which places of one name are listed, the better known first."""
    if place.kind in (Kind.ADMIN1, Kind.ADMIN2):
        # A province or district seldom is better known than the city that it is named after.
        return place.population * 0.3 + _KIND_PROMINENCE[place.kind]
    return place.population + _KIND_PROMINENCE[place.kind] + (CAPITAL_PROMINENCE if place.is_capital else 0)


def open_gazetteer(folder: Path) -> Gazetteer:
    """Open the index in use.

    Parameters
    ----------
    folder : Path
        The gazetteer's folder, as `build.build_gazetteer` filled it.

    Raises
    ------
    GazetteerMissingError
        If none has been built there.
    GazetteerError
        If it is damaged or of another format.
    """
    name = current_index(folder)
    try:
        return Gazetteer(folder / name)
    except GazetteerError:
        # Between the two another process may have put a new index in its place, and removed this one.
        latest = current_index(folder)
        if latest == name:
            raise
        return Gazetteer(folder / latest)


def current_index(folder: Path) -> str:
    """Return the name of the index in use; raises GazetteerMissingError."""
    try:
        return (folder / layout.CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise GazetteerMissingError(
            f"there is no gazetteer in {folder} yet; build it with: dateline gazetteer build"
        ) from error
