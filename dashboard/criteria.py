"""What a filter of events is made of: a criterion a field, and the search as one of them.

A criterion knows one field of the filter: which events meet a value, how the value is written in a
link and on a command line, and how it is called on a chip. Values that mean "no condition" are falsy. The
other criteria stand in `selections`, `periods` and `area`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from dashboard.parameters import MAX_LENGTH, clean
from dashboard.searching import parse_query

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import numpy as np

    from dashboard.columns import EventColumns

    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Note:
    """What was ignored of a link or of options, and why.

    Attributes
    ----------
    sentence : str
        For a person, without a full stop.
    missing : str
        What does not exist, such as "theme “magic”"; empty: what was ignored is of another kind.
    near : callable, optional
        Returns words that the sentence goes on with, such as "; did you mean cyber?". They are looked for when
        the note is read as text: that takes its time, and a page has no room for them.
    """

    sentence: str
    missing: str = ""
    near: Callable[[], str] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.sentence}{self.near() if self.near else ''}"


@dataclass(frozen=True)
class Criterion(ABC):
    """A condition on events, without its value.

    Attributes
    ----------
    name : str
        Its parameter in links and, after two dashes, its option on the command line.
    label : str
        What it is called on the screen.
    help : str
        What to give, for the command line.
    choices : tuple of str
        All values that there are; empty where that depends on the data.
    group : str
        Criteria of one group are one condition: an event that meets any of them meets it.
    """

    name: str
    label: str
    help: str
    choices: tuple[str, ...] = ()
    group: str = ""

    many: ClassVar[bool] = False
    """Whether several values can be given."""

    @abstractmethod
    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events meet the value; the value is not empty."""

    @abstractmethod
    def write(self, value: Any) -> list[str]:
        """Return the value as a link's parameters; none for an empty one."""

    @abstractmethod
    def read(self, words: Sequence[str], *, known: Collection[str] | None = None) -> tuple[Any, list[Note]]:
        """Return the value of parameters, and what was ignored of them.

        Parameters
        ----------
        words : sequence of str
        known : collection of str, optional
            The values that exist, for a criterion whose values depend on the data; as a mapping, with
            what each is called. None: that is not known.
        """

    @abstractmethod
    def split(self, value: Any) -> list[tuple[str, Any]]:
        """Return each chosen part as it is written, with the value that is left without it."""

    def show(self, part: str) -> str:
        """Return a part, as `split` writes it, as a person reads it."""
        return part

    def refuse(self, given: str, problem: str, near: Callable[[], str] | None = None) -> Note:
        """Return the note of a value that does not exist."""
        return Note(f"{self.label}: “{given}” {problem}", f"{self.label.lower()} “{given}”", near)


@dataclass(frozen=True)
class Search(Criterion):
    """All words, and all phrases in quotes, must occur in the event's text."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have every word."""
        return columns.search.mask(parse_query(value))

    def write(self, value: Any) -> list[str]:
        """Return the words as they were typed."""
        return [value] if value else []

    def read(
        self,
        words: Sequence[str],
        *,
        known: Collection[str] | None = None,  # noqa: ARG002
    ) -> tuple[str, list[Note]]:
        """Return all words as one search; one without a letter or figure would find everything."""
        given = " ".join(words)
        notes = [Note(f"{self.label}: cut to {MAX_LENGTH} characters")] if len(given) > MAX_LENGTH else []
        value = clean(given[: 2 * MAX_LENGTH])
        if value and not parse_query(value):
            return "", [*notes, Note(f"{self.label}: “{value}” holds no word that could be found")]
        return value, notes

    def split(self, value: Any) -> list[tuple[str, Any]]:
        """Return the search as one part."""
        return [(value, "")]
