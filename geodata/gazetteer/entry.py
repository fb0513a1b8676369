"""What a source of the gazetteer yields: places with all their names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.model import Place


class NameQuality(IntEnum):
    """How a place bears a name; the order is from strong to weak."""

    PREFERRED = 0
    """The name under which the place is listed."""
    ALTERNATE = 1
    """Another name or spelling that the source gives."""
    DERIVED = 2
    """A short form that we derived, as "Mastung" from "Mastung District"."""
    ABBREVIATION = 3
    """Letters that mean the place in their own case alone, some only after a comma: "UAE", "Ala."."""
    ADJECTIVE = 4
    """What belongs to the place: "Libyan", "Libyans"."""


PREFERRED, ALTERNATE, DERIVED, ABBREVIATION, ADJECTIVE = NameQuality
"""For code that runs for every candidate: Python 3.11 looks `NameQuality.PREFERRED` up ten times as slowly."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and the names under which it is to be found, `place.name` included or not.

    Attributes
    ----------
    abbreviations : tuple of str
        Short forms that are no capitals alone, as "Ala."; alternates that are need not be told apart.
    """

    place: Place
    alternates: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source of the gazetteer.

    Attributes
    ----------
    places : int
        How many entries it gave to the index; of an addition, those included that were there and gained from it.
    date : str
        Version or ISO date of the data.
    url : str
        Where the data come from; empty where that is not known.
    """

    id: str
    title: str
    licence: str
    date: str
    places: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class GazetteerInfo:
    """What an index holds.

    Attributes
    ----------
    names : int
        Distinct folded names.
    built : str
        ISO time, UTC.
    fingerprint : str
        Hash of all that the index holds: equal for two indexes that give equal answers.
    """

    places: int
    names: int
    built: str
    fingerprint: str
    sources: tuple[SourceInfo, ...]
