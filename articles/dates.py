"""Dates as digests write them: "3 October 2023", "Oct. 3, 2023", "2023-10-03", "14 October"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
"""A month in English, in full or abbreviated: part of a regular expression."""

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<{0}day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_MONTH = rf"(?P<{{0}}month>{MONTH_NAME})\b\.?"
_YEAR = r"(?P<{0}year>(?:19|20)[0-9][0-9])(?![0-9])"
_DATE = re.compile(
    r"(?<![\w/])"
    + _WEEKDAY
    + "(?:"
    + "|".join(
        (
            r"(?P<iso>(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![\w-])",
            rf"{_DAY.format('a')}\s+{_MONTH.format('a')}(?:,?\s+{_YEAR.format('a')})?",
            rf"{_MONTH.format('b')}\s+{_DAY.format('b')}(?![0-9])(?:,?\s+{_YEAR.format('b')})?",
            r"(?P<first>[0-3]?[0-9])(?P<mark>[./])(?P<second>[0-3]?[0-9])(?P=mark)" + _YEAR.format("c"),
        )
    )
    + ")",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-/_]?([01][0-9])[-/_]?([0-3][0-9])")
_URL_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in a text.

    Attributes
    ----------
    start, end : int
        Character offsets into the text, end exclusive.
    year : int or None
        None: the text gives none.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """Return the day in `year`; None: that year has no such day."""
        return _date(year, self.month, self.day)

    @property
    def date(self) -> date | None:
        """The day; None: the text gives no year."""
        return None if self.year is None else _date(self.year, self.month, self.day)


def find_dates(text: str) -> Iterator[DateMention]:
    """Find the days that a text names, in order.

    A month without a day is no date, nor is a numeric one of which nobody can say whether the day or
    the month stands first ("03/04/2023").
    """
    for match in _DATE.finditer(text):
        parts = _parts(match)
        # A leap year, so that 29 February without a year is accepted.
        if parts and _date(parts[0] or 2000, parts[1], parts[2]):
            yield DateMention(match.start(), match.end(), *parts)


def parse_date(text: str) -> date | None:
    """Read a text that is a date and nothing else; None: it is not, or lacks its year."""
    text = text.strip(" .,;")
    for mention in find_dates(text):
        if (mention.start, mention.end) == (0, len(text)):
            return mention.date
    return None


def infer_year(mention: DateMention, *, url: str, others: Iterable[date]) -> int | None:
    """Infer the year of a date from its link or, failing that, from its neighbours' dates.

    Parameters
    ----------
    mention : DateMention
        A date without a year.
    url : str
        Link of the same source. A full date in it counts if it is within a week of the mention.
    others : iterable of date
        Dates of the article's other sources; the year nearest to them is taken.

    Returns
    -------
    int or None
        None: nothing says which year.
    """
    for year, month, day in _URL_DATE.findall(url):
        linked, meant = _date(int(year), int(month), int(day)), mention.in_year(int(year))
        if linked and meant and abs((linked - meant).days) <= 7:
            return int(year)
    years = {int(year) for year in _URL_YEAR.findall(url)}
    if len(years) == 1 and mention.in_year(min(years)):
        return min(years)
    candidates = [
        (abs((other - meant).days), meant.year)
        for other in others
        for year in (other.year - 1, other.year, other.year + 1)
        if (meant := _in_range(year, mention))
    ]
    return min(candidates)[1] if candidates else None


def _in_range(year: int, mention: DateMention) -> date | None:
    return mention.in_year(year) if date.min.year <= year <= date.max.year else None


def _parts(match: re.Match[str]) -> tuple[int | None, int, int] | None:
    """Return year, month and day of a match; None: day and month cannot be told apart."""
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return int(year), int(month), int(day)
    if match["first"]:
        first, second = int(match["first"]), int(match["second"])
        if first == second or second > 12:
            return int(match["cyear"]), first, second
        # A dot is only used where the day comes first.
        if first > 12 or match["mark"] == ".":
            return int(match["cyear"]), second, first
        return None
    form = "a" if match["aday"] else "b"
    year_text = match[f"{form}year"]
    return int(year_text) if year_text else None, _month(match[f"{form}month"]), int(match[f"{form}day"])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
