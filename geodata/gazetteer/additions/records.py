"""What is made of one record of a file."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from geodata.gazetteer.entry import Entry, NameQuality

if TYPE_CHECKING:
    from collections.abc import Iterator


LONGEST_NAME = 200
"""Letters of the longest name; what is longer is a description."""


def read_name(cell: str) -> str:
    """Return a place's name as a cell gives it.

    Raises
    ------
    ValueError
        If there is none, or it is longer than `LONGEST_NAME`.
    """
    name = " ".join(cell.split())
    if not name:
        raise ValueError("the place has no name")
    if len(name) > LONGEST_NAME:
        raise ValueError(
            f"expected a name of at most {LONGEST_NAME} letters, got {len(name):,}: {name[:40]!r}"
        )
    return name


class Record(NamedTuple):
    """A record as it stands in a file.

    Attributes
    ----------
    line : int
        From 1; of one that takes several lines, the first of them or the last, as the format's reader knows.
    """

    line: int
    data: Any


class OtherName(NamedTuple):
    """One more name of a place that the gazetteer has."""

    place_id: str
    name: str
    quality: NameQuality


class Omission(Enum):
    """Why a record that is in order is left out."""

    HISTORICAL = "divisions of the past"
    NO_NAME = "codes, links and nicknames"
    UNKNOWN_PLACE = "names of places that the gazetteer lacks"


Taken: TypeAlias = Entry | OtherName | Omission
"""What a record gives. One that is broken raises ValueError, whose message says what was expected."""


class Reader:
    """Takes the records of one file apart. Subclasses know a format."""

    title = ""
    """What the file is, for people, where the format tells; its name follows."""

    licence = "not stated"
    """Of the data, where the format tells whose they are."""

    def records(self) -> Iterator[Record]:
        """Yield the records, in the order of the file, at no more cost than finding them."""
        raise NotImplementedError

    def take(self, record: Record) -> Taken:
        """Return what a record gives.

        Raises
        ------
        ValueError
            If it is broken.
        """
        raise NotImplementedError
