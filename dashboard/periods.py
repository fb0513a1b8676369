"""Criteria of time: the days on which something was published, and the moment from which on it was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from dashboard.criteria import Criterion, Note
from dashboard.parameters import ANY, clean

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.columns import EventColumns
    from dashboard.criteria import Mask


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
