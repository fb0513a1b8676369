"""The kinds of conditions that a filter of events is made of.

A criterion knows one field of the filter: which events meet a value, how the value is written in a
link and on a command line, and how it is called on a chip. Values that mean "no condition" are falsy.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from dashboard.searching import parse_query
from dashboard.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np

    from dashboard.columns import EventColumns

    Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]

ANY = "any"
"""Written where a field whose default is a condition has none."""

MAX_LENGTH = 300
MAX_VALUES = 300
"""Bounds of what is taken from a link; more is not a person's choice."""

MOST_SUGGESTED = 3
"""Unknown values of a field for which what is near is looked for: nobody reads more."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was ignored of a link or of options, and why.

    Attributes
    ----------
    sentence : str
        For a person, without a full stop.
    missing : str
        What does not exist, such as "theme “magic”"; empty: what was ignored is of another kind.
    """

    sentence: str
    missing: str = ""

    def __str__(self) -> str:
        return self.sentence


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

    def refuse(self, given: str, problem: str) -> Note:
        """Return the note of a value that does not exist."""
        return Note(f"{self.label}: “{given}” {problem}", f"{self.label.lower()} “{given}”")


def clean(text: str) -> str:
    """Return a parameter without control characters and needless space, cut to a sane length."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:MAX_LENGTH]


@dataclass(frozen=True)
class Selection(Criterion):
    """One of the chosen values must be the event's, or one of the event's.

    Attributes
    ----------
    column : str
        Column of `columns.CODED`.
    wider : str
        Another column in which a value may be, such as the one of what contains it.
    pattern : str
        What a value looks like, as a regular expression; empty: like anything.
    upper : bool
        Whether values are written in capitals.
    """

    many: ClassVar[bool] = True

    _: KW_ONLY
    column: str
    wider: str = ""
    pattern: str = ""
    upper: bool = False

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have one of the values."""
        met = columns.coded(self.column).having(value)
        return met | columns.coded(self.wider).having(value) if self.wider else met

    def write(self, value: Any) -> list[str]:
        """Return the values as they are."""
        return list(value)

    def read(
        self, words: Sequence[str], *, known: Collection[str] | None = None
    ) -> tuple[tuple[str, ...], list[Note]]:
        """Return the valid values, each once; "any" alone means no condition."""
        values: list[str] = []
        notes: list[Note] = []
        if len(words) > MAX_VALUES:
            notes.append(Note(f"{self.label}: only the first {MAX_VALUES} of {len(words)} values are used"))
        for word in words[:MAX_VALUES]:
            value = clean(word).upper() if self.upper else clean(word)
            if not value or value.casefold() == ANY:
                continue
            if known is not None and value not in known:
                # To look for what is near takes its time, and nobody reads the hundredth suggestion.
                near = suggest(clean(word), known) if len(notes) < MOST_SUGGESTED else ""
                notes.append(self.refuse(value, f"is unknown{near}"))
            elif self.choices and value not in self.choices:
                expected = ", ".join(self.choices)
                notes.append(self.refuse(value, f"is unknown; expected one of {expected}"))
            elif self.pattern and not re.fullmatch(self.pattern, value):
                notes.append(self.refuse(value, "is not valid"))
            else:
                values.append(value)
        return tuple(dict.fromkeys(values)), notes

    def split(self, value: Any) -> list[tuple[str, Any]]:
        """Return one part a value."""
        return [(chosen, tuple(other for other in value if other != chosen)) for chosen in value]


class EverySelection(Selection):
    """Every one of the chosen values must be one of the event's."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have all of the values."""
        import numpy as np

        coded = columns.coded(self.column)
        met = np.ones(len(columns), dtype=bool)
        for chosen in value:
            met &= coded.having((chosen,))
        return met


class NoSelection(Selection):
    """None of the chosen values may be one of the event's."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events have none of the values."""
        return ~super().mask(columns, value)


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


@dataclass(frozen=True)
class Bound(Criterion):
    """The event's day must not lie before it or, with `last`, after it. An undated event meets none."""

    last: bool = False

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events lie on this side of the day; the day itself belongs to it."""
        import numpy as np

        # A comparison with NaT is false, so that an undated event is out.
        day = np.datetime64(value, "D")
        return columns.published <= day if self.last else columns.published >= day

    def write(self, value: Any) -> list[str]:
        """Return the day as an ISO date."""
        return [value.isoformat()] if value else []

    def read(
        self,
        words: Sequence[str],
        *,
        known: Collection[str] | None = None,  # noqa: ARG002
    ) -> tuple[date | None, list[Note]]:
        """Return the day; the last one where there are several."""
        given = clean(words[-1]) if words else ""
        if not given or given.casefold() == ANY:
            return None, []
        try:
            return date.fromisoformat(given), []
        except ValueError:
            return None, [self.refuse(given, "is not a date; expected one like 2023-09-29")]

    def split(self, value: Any) -> list[tuple[str, Any]]:
        """Return the day as one part."""
        return [(value.isoformat(), None)]

    def show(self, part: str) -> str:
        """Return the day as "29 Sep 2023"."""
        from dashboard.cards import date_words

        return date_words(date.fromisoformat(part))


@dataclass(frozen=True)
class Moment(Criterion):
    """The event's article must have been taken in then or later."""

    def mask(self, columns: EventColumns, value: Any) -> Mask:
        """Return which events came in then or later; where the time is not known, none did."""
        import numpy as np

        return columns.added >= np.datetime64(value.astimezone(UTC).replace(tzinfo=None), "s")

    def write(self, value: Any) -> list[str]:
        """Return the day where the moment is its start, else day and time, in UTC."""
        if not value:
            return []
        moment = value.astimezone(UTC).replace(tzinfo=None)
        whole = moment.isoformat(timespec="minutes")
        return [whole.removesuffix("T00:00")]

    def read(
        self,
        words: Sequence[str],
        *,
        known: Collection[str] | None = None,  # noqa: ARG002
    ) -> tuple[datetime | None, list[Note]]:
        """Return the moment to the minute; the last one where there are several."""
        given = clean(words[-1]) if words else ""
        if not given or given.casefold() == ANY:
            return None, []
        try:
            moment = datetime.fromisoformat(given)
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            expected = "expected one like 2023-09-29 or 2023-09-29T08:15"
            return None, [self.refuse(given, f"is not a date; {expected}")]
        return moment.replace(second=0, microsecond=0), []

    def split(self, value: Any) -> list[tuple[str, Any]]:
        """Return the moment as one part."""
        return [(self.write(value)[0], None)]

    def show(self, part: str) -> str:
        """Return the moment as "29 Sep 2023" or "29 Sep 2023, 08:15 UTC"."""
        from dashboard.cards import date_words

        day, _, time = part.partition("T")
        words = date_words(date.fromisoformat(day))
        return f"{words}, {time} UTC" if time else words
