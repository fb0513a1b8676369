"""How an index lies on disk; shared by the one that writes it and the one that reads it.

An index is a folder of five files that are mapped into memory, so that it opens in milliseconds and all
processes share one copy of it:

``names.marisa``    folded names → number of the name (a MARISA trie)
``offsets.u32``     number of the name → first of its postings; one more at the end
``postings.u32``    number of the place, shifted by three bits, with the `NameQuality` in the lowest three
``places.bin``      one `PLACE` record a place
``strings.bin``     UTF-8, each with its length in two bytes before it
``manifest.json``   the `GazetteerInfo`, the format's version, the countries' codes and what the index was made of

Numbers are little-endian.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mmap import mmap

    from geodata.model import Place

FORMAT = 3
"""Raised when a reader of the older format would misread the newer one."""

PLACE = struct.Struct("<ffIfIIIIBBBBH")
"""latitude, longitude, population, radius_km, then offsets into the strings: id, name, admin1, admin2; then
kind, country, source, as positions in their lists; then flags; then the feature, as position in its list. A
GeoNames id has the highest bit of `id` set and is a number."""

RANK = struct.Struct("<8xI20xB2xB")
"""Of a `PLACE`: population, kind, flags."""

CAPITAL_FLAG = 1
MINOR_FLAG = 2
NAMES_PROVINCE_FLAG = 4

GEONAMES_BIT = 1 << 31
QUALITY_BITS = 3
QUALITY_MASK = (1 << QUALITY_BITS) - 1


def flags(place: Place) -> int:
    """Return the flags of a place's record."""
    return (
        CAPITAL_FLAG * place.is_capital
        | MINOR_FLAG * place.is_minor
        | NAMES_PROVINCE_FLAG * place.names_province
    )


def read_string(strings: bytes | bytearray | mmap, offset: int) -> str:
    """Return the string that begins at an offset into the strings."""
    begin = offset + 2
    return strings[begin : begin + (strings[offset] | strings[offset + 1] << 8)].decode()


NAMES = "names.marisa"
OFFSETS = "offsets.u32"
POSTINGS = "postings.u32"
PLACES = "places.bin"
STRINGS = "strings.bin"
MANIFEST = "manifest.json"
MAPPED = (NAMES, OFFSETS, POSTINGS, PLACES, STRINGS)
CURRENT = "current"
"""File that names the folder of the index in use: it is replaced last, so a build that dies changes nothing."""
