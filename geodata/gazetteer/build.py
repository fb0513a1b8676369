"""Builds the gazetteer's index from its sources."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geodata.errors import GazetteerError
from geodata.gazetteer import layout
from geodata.gazetteer.entry import Entry, GazetteerInfo, NameQuality, SourceInfo
from geodata.gazetteer.folding import fold
from geodata.gazetteer.generics import strip_generic
from geodata.gazetteer.naming import folded_names
from geodata.gazetteer.publication import new_folder, publish_base
from geodata.gazetteer.sources import airfields, countries, geonames, supplement
from geodata.gazetteer.writing import Content, write_index
from geodata.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geodata.model import Place

_KINDS = tuple(Kind)
_DIVISIONS = (Kind.ADMIN1, Kind.ADMIN2)


class Source(NamedTuple):
    """A source as the builder sees it."""

    info: Callable[[], SourceInfo]
    entries: Callable[[], Iterator[Entry]]


EMBEDDED = (
    Source(supplement.source_info, supplement.read_entries),
    Source(countries.source_info, countries.read_entries),
    Source(geonames.source_info, geonames.read_entries),
    Source(airfields.source_info, airfields.read_entries),
)
"""The sources that every installation has, in the order of trust."""


def build_gazetteer(
    folder: Path,
    *,
    sources: Iterable[Source] = EMBEDDED,
    progress: Callable[[str, int, int], None] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> GazetteerInfo:
    """Build an index and put it in the place of the one in use, if any; what was added to that stays added.

    Parameters
    ----------
    folder : Path
        The gazetteer's folder; made if it is missing.
    sources : iterable of Source
    progress : callable, optional
        Called with the name of the step, what is done and what there is to do (0: not known).
    now : callable
        The clock.

    Returns
    -------
    GazetteerInfo

    Raises
    ------
    GazetteerError
        If a source is broken or the folder cannot be written. The index in use stays as it was.
    """
    report = progress or (lambda *_: None)
    index = IndexWriter()
    for source in sources:
        info = source.info()
        for number, entry in enumerate(source.entries()):
            index.add(entry)
            if number % 2000 == 0:
                report(info.title, number, 0)
        index.finish_source(info)
        report(info.title, index.source_counts[info.id], index.source_counts[info.id])
    index.add_region_adjectives(countries.read_region_adjectives())
    report("Writing the index", 0, 1)
    try:
        scratch = new_folder(folder)
        written = index.write(scratch, built=now())
        written = publish_base(folder, scratch, written, built=now(), progress=report)
    except OSError as error:
        raise GazetteerError(f"the gazetteer cannot be written to {folder}: {error}") from error
    report("Writing the index", 1, 1)
    return written


class IndexWriter:
    """Collects entries in compact arrays and writes them as an index."""

    def __init__(self) -> None:
        self.places = bytearray()
        self.strings = bytearray()
        self.string_offsets: dict[str, int] = {}
        self.countries: dict[str, int] = {}
        self.features: dict[str, int] = {"": 0}
        self.sources: list[SourceInfo] = []
        self.source_ids: dict[str, int] = {}
        self.source_counts: dict[str, int] = defaultdict(int)
        self.number_by_id: dict[str, int] = {}
        self.postings: dict[str, array[int]] = {}
        self.number_by_division: dict[tuple[Kind, str, str], int] = {}

    def add(self, entry: Entry) -> None:
        """Take an entry in; a place that an earlier source gave keeps its data and gains the names."""
        place = entry.place
        number = self._number_of(place)
        if number is None:
            number = self._append(place)
            if place.kind in _DIVISIONS and place.source == supplement.SOURCE:
                for name in (place.name, *entry.alternates):
                    key = (place.kind, place.country_code, fold(strip_generic(name)))
                    self.number_by_division.setdefault(key, number)
        elif place.population or place.is_capital:
            self._complete(number, place)
        for name, quality in folded_names(entry):
            self._post(name, number, quality)

    def _number_of(self, place: Place) -> int | None:
        known = self.number_by_id.get(place.id)
        if known is None and place.kind in _DIVISIONS:
            known = self.number_by_division.get(
                (place.kind, place.country_code, fold(strip_generic(place.name)))
            )
        return known

    def _append(self, place: Place) -> int:
        number = len(self.places) // layout.PLACE.size
        self.number_by_id[place.id] = number
        if place.kind is Kind.ADMIN1:
            place = replace(place, admin1=place.admin1 or place.name)
        self.places += layout.PLACE.pack(
            place.latitude,
            place.longitude,
            min(place.population, 2**32 - 1),
            place.radius_km,
            self._id_field(place.id),
            self._string(place.name),
            self._string(place.admin1),
            self._string(place.admin2),
            _KINDS.index(place.kind),
            self.countries.setdefault(place.country_code, len(self.countries)),
            self.source_ids.setdefault(place.source, len(self.source_ids)),
            layout.flags(place),
            self.features.setdefault(place.feature, len(self.features)),
        )
        self.source_counts[place.source] += 1
        return number

    def _complete(self, number: int, place: Place) -> None:
        """Give a place what a later source knows and the earlier did not: inhabitants, province, capital."""
        start = number * layout.PLACE.size
        fields = list(layout.PLACE.unpack_from(self.places, start))
        fields[2] = fields[2] or place.population
        fields[6] = self._string(place.admin1)
        fields[11] |= layout.flags(place) & ~layout.MINOR_FLAG
        layout.PLACE.pack_into(self.places, start, *fields)

    def _id_field(self, place_id: str) -> int:
        scheme, _, value = place_id.partition(":")
        if scheme == "geonames" and value.isdigit():
            return layout.GEONAMES_BIT | int(value)
        return self._string(place_id)

    def _string(self, text: str) -> int:
        offset = self.string_offsets.get(text)
        if offset is None:
            offset = self.string_offsets[text] = len(self.strings)
            data = text.encode()[:65535]
            self.strings += len(data).to_bytes(2, "little") + data
        return offset

    def _post(self, name: str, number: int, quality: NameQuality) -> None:
        posting = number << layout.QUALITY_BITS | quality
        postings = self.postings.get(name)
        if postings is None:
            self.postings[name] = array("I", [posting])
        elif all(known >> layout.QUALITY_BITS != number for known in postings):
            postings.append(posting)

    def add_region_adjectives(self, adjectives: Mapping[str, Iterable[str]]) -> None:
        """Let adjectives ("Papuan") mean the areas that bear a name ("Papua")."""
        for name, forms in adjectives.items():
            by_kind: dict[Kind, list[int]] = defaultdict(list)
            for posting in self.postings.get(fold(name), ()):
                number = posting >> layout.QUALITY_BITS
                by_kind[self._kind(number)].append(number)
            # "Sahelian" is of the Sahel, not of Burkina Faso's province of that name.
            for number in by_kind[Kind.REGION] or by_kind[Kind.WATER] or by_kind[Kind.ADMIN1]:
                for form in forms:
                    self._post(fold(form), number, NameQuality.ADJECTIVE)

    def _kind(self, number: int) -> Kind:
        kind: int = layout.PLACE.unpack_from(self.places, number * layout.PLACE.size)[8]
        return _KINDS[kind]

    def finish_source(self, info: SourceInfo) -> None:
        """Note that a source has given all its entries."""
        self.sources.append(info)

    def write(self, folder: Path, *, built: datetime) -> GazetteerInfo:
        """Write the index into an empty folder."""
        import marisa_trie

        trie = marisa_trie.Trie(self.postings)
        names = sorted(self.postings, key=trie.get)
        offsets, postings = array("I", [0]), array("I")
        for name in names:
            postings.extend(self.postings[name])
            offsets.append(len(postings))
        content = Content(
            trie,
            offsets,
            postings,
            self.places,
            self.strings,
            list(self.countries),
            list(self.source_ids),
            list(self.features),
        )
        sources = [replace(source, places=self.source_counts[source.id]) for source in self.sources]
        return write_index(folder, content, sources, built=built, made_of={})
