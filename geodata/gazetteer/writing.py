"""Writes an index's files, for all that make one."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geodata.gazetteer import layout
from geodata.gazetteer.entry import GazetteerInfo

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from geodata.gazetteer.entry import SourceInfo


@dataclass(frozen=True)
class Content:
    """What an index holds, in the shapes of `layout`.

    Attributes
    ----------
    names : marisa_trie.Trie
    offsets, postings : array of int
        Of 32 bits, in the machine's order of bytes.
    places, strings : bytes-like
    countries, place_sources, features : sequence of str
        The lists of which the places' records name positions.
    """

    names: Any
    offsets: array[int]
    postings: array[int]
    places: bytearray
    strings: bytearray
    countries: Sequence[str]
    place_sources: Sequence[str]
    features: Sequence[str]


def write_index(
    folder: Path, content: Content, sources: Sequence[SourceInfo], *, built: datetime, made_of: dict[str, Any]
) -> GazetteerInfo:
    """Write an index into an empty folder.

    Parameters
    ----------
    made_of : dict
        What the index was made of, for `publication`.

    Raises
    ------
    OSError
        If that fails.
    """
    content.names.save(str(folder / layout.NAMES))
    parts = {
        layout.OFFSETS: _little_endian(content.offsets),
        layout.POSTINGS: _little_endian(content.postings),
        layout.PLACES: content.places,
        layout.STRINGS: content.strings,
    }
    digest = hashlib.sha256(content.names.tobytes())
    for name, part in parts.items():
        (folder / name).write_bytes(part)
        digest.update(part)
    info = GazetteerInfo(
        fingerprint=digest.hexdigest()[:12],
        places=len(content.places) // layout.PLACE.size,
        names=len(content.names),
        built=built.isoformat(timespec="seconds"),
        sources=tuple(sources),
    )
    manifest = {
        "format": layout.FORMAT,
        "info": asdict(info),
        "countries": list(content.countries),
        "place_sources": list(content.place_sources),
        "features": list(content.features),
        "made_of": made_of,
        "bytes": {name: (folder / name).stat().st_size for name in layout.MAPPED},
    }
    (folder / layout.MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return info


def _little_endian(numbers: array[int]) -> bytes | array[int]:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
