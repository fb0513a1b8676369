"""The filter of events: one pure value that links, pages, the command line, exports and briefs share."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from dashboard.area import Area
from dashboard.criteria import Criterion, Note, Search
from dashboard.parameters import ANY
from dashboard.periods import Bound, Moment
from dashboard.selections import EverySelection, NoSelection, Selection
from geodata.model import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geopandas import GeoDataFrame

    from dashboard.columns import EventColumns
    from dashboard.criteria import Mask

EVERYTHING = "everything"
"""How a field without a condition reads, whose default is one."""

STATUSES = ("automatic", "confirmed", "corrected")


@dataclass(frozen=True)
class Chip:
    """A condition in force.

    Attributes
    ----------
    name, value : str
        As a person reads them.
    field, part : str
        What `EventFilter.without` takes away with it.
    """

    name: str
    value: str
    field: str
    part: str


@dataclass(frozen=True)
class EventFilter:
    """Which events are meant; all conditions must be met, an empty one is none.

    Regions and countries are one condition together: an event lies in any of them. A new condition is one more
    field here: links, command line, chips and `apply` follow from its criterion. The default leaves the
    events' own places and keeps context and outlets' homes off the map.
    """

    text: Annotated[
        str, Search("text", "Search", 'words that must all occur; "phrases in quotes" exactly so')
    ] = ""
    themes: Annotated[
        tuple[str, ...], Selection("theme", "Theme", "id of a theme, from the list below", column="themes")
    ] = ()
    every_theme: Annotated[
        tuple[str, ...],
        EverySelection("theme-all", "All of", "id of a theme that must be there", column="themes"),
    ] = ()
    without_themes: Annotated[
        tuple[str, ...],
        NoSelection("theme-not", "Not", "id of a theme that must not be there", column="themes"),
    ] = ()
    regions: Annotated[
        tuple[str, ...],
        Selection(
            "region",
            "Region",
            "such as Africa or Western Africa",
            group="where",
            column="region",
            wider="world_region",
        ),
    ] = ()
    countries: Annotated[
        tuple[str, ...],
        Selection(
            "country",
            "Country",
            "two-letter code, such as PK; with regions, an event lies in any of them",
            group="where",
            column="country_code",
            pattern="[A-Z]{2}",
            upper=True,
        ),
    ] = ()
    commands: Annotated[
        tuple[str, ...],
        Selection(
            "command",
            "Command",
            "area of a combatant command, such as AFRICOM",
            column="command",
            any_case=True,
        ),
    ] = ()
    area: Annotated[
        tuple[tuple[float, float], ...],
        Area("area", "Area", "corners of an area, as longitude,latitude;longitude,latitude;…"),
    ] = ()
    start: Annotated[date | None, Bound("start", "From", "first day, such as 2023-09-01")] = None
    end: Annotated[date | None, Bound("end", "To", "last day, such as 2023-09-30", last=True)] = None
    since: Annotated[
        datetime | None,
        Moment(
            "since", "New since", "when it was taken in at the earliest, in UTC, such as 2023-09-29T08:15"
        ),
    ] = None
    roles: Annotated[
        tuple[str, ...],
        Selection("role", "Role", "what the place is to its article", tuple(Role), column="role"),
    ] = (Role.EVENT.value,)
    kinds: Annotated[
        tuple[str, ...], Selection("kind", "Precision", "what the place is", tuple(Kind), column="kind")
    ] = ()
    languages: Annotated[
        tuple[str, ...],
        Selection("language", "Language", "language of a source, such as ps", column="languages"),
    ] = ()
    outlets: Annotated[
        tuple[str, ...], Selection("outlet", "Outlet", "name of a source's outlet", column="outlets")
    ] = ()
    statuses: Annotated[
        tuple[str, ...],
        Selection("status", "Status", "whether a person has looked at it", STATUSES, column="status"),
    ] = ()

    @classmethod
    def criteria(cls) -> tuple[tuple[str, Criterion, Any], ...]:
        """Return each field's name, criterion and default."""
        return _find_criteria()

    @classmethod
    def criterion(cls, field: str) -> Criterion:
        """Return the criterion of a field."""
        return next(criterion for name, criterion, _ in cls.criteria() if name == field)

    def conditions(self, columns: EventColumns) -> dict[str, Mask]:
        """Return for each condition in force which events meet it.

        Returns
        -------
        dict
            By the field's name or, where several fields are one condition, the name of their group.
        """
        found: dict[str, Mask] = {}
        for name, criterion, _ in self.criteria():
            if value := getattr(self, name):
                met = criterion.mask(columns, value)
                key = criterion.group or name
                found[key] = found[key] | met if key in found else met
        return found

    def mask(self, events: GeoDataFrame, *, columns: EventColumns | None = None) -> Mask:
        """Return which events meet all conditions.

        Parameters
        ----------
        events : GeoDataFrame
            One row per article and place.
        columns : EventColumns, optional
            Those of these events; with them a filter costs little. None: what is needed is made.

        Returns
        -------
        ndarray of bool, one an event
        """
        import numpy as np

        from dashboard.columns import EventColumns

        met = np.ones(len(events), dtype=bool)
        if len(events):
            for condition in self.conditions(columns or EventColumns(events)).values():
                met &= condition
        return met

    def apply(self, events: GeoDataFrame, *, columns: EventColumns | None = None) -> GeoDataFrame:
        """Return the events that meet all conditions, in their order; parameters as of `mask`."""
        return events[self.mask(events, columns=columns)]

    def to_query(self) -> dict[str, list[str]]:
        """Return the filter as a link's parameters; what is at its default drops out."""
        query = {}
        for name, criterion, default in self.criteria():
            if (value := getattr(self, name)) != default:
                query[criterion.name] = criterion.write(value) or [ANY]
        return query

    @classmethod
    def from_query(
        cls,
        query: Mapping[str, str | Sequence[str]],
        *,
        known: Mapping[str, Collection[str]] | None = None,
    ) -> tuple[EventFilter, tuple[Note, ...]]:
        """Return the filter that a link's parameters mean.

        Parameters
        ----------
        query : mapping
            One value or several a parameter. Parameters that are not the filter's are left alone.
        known : mapping, optional
            For a parameter's name the values that exist, or a mapping of these to what they are called;
            others are ignored with a note.

        Returns
        -------
        filter : EventFilter
        notes : tuple of Note
            What was ignored and why.
        """
        values: dict[str, Any] = {}
        notes: list[Note] = []
        for name, criterion, _ in cls.criteria():
            given = query.get(criterion.name)
            if given is None:
                continue
            words = [given] if isinstance(given, str) else list(given)
            value, problems = criterion.read(words, known=(known or {}).get(criterion.name))
            notes += problems
            # A parameter of which nothing was understood leaves the default in place.
            if value or not problems:
                values[name] = value
        selection = cls(**values)
        if selection.start and selection.end and selection.end < selection.start:
            notes.append(Note(f"To: {selection.end} lies before {selection.start}; ignored"))
            selection = replace(selection, end=None)
        return selection, tuple(notes)

    def without(self, field: str, part: str) -> EventFilter:
        """Return the filter without a part of a field, as a chip names it; itself where there is none such."""
        _, criterion, default = next(each for each in self.criteria() if each[0] == field)
        value = getattr(self, field)
        # A field without a condition, whose default is one, has that taken away; it has no part.
        parts = dict(criterion.split(value)) if value else {"": default}
        if part not in parts:
            return self
        # Without the last of its values, a field with a default is back at it.
        return replace(self, **{field: parts[part] or default})

    def describe(self, labels: Mapping[str, Mapping[str, str]] | None = None) -> tuple[Chip, ...]:
        """Return a chip for each condition that is not the default.

        Parameters
        ----------
        labels : mapping, optional
            For a parameter's name ("theme", "country") what its values are called.
        """
        chips = []
        for name, criterion, default in self.criteria():
            value = getattr(self, name)
            if value == default:
                continue
            words = (labels or {}).get(criterion.name, {})
            if not value:
                chips.append(Chip(criterion.label, EVERYTHING, name, ""))
                continue
            for written, _ in criterion.split(value):
                shown = words.get(written) or criterion.show(written)
                chips.append(Chip(criterion.label, shown, name, written))
        return tuple(chips)


@cache
def _find_criteria() -> tuple[tuple[str, Criterion, Any], ...]:
    types = get_type_hints(EventFilter, include_extras=True)
    return tuple((each.name, types[each.name].__metadata__[0], each.default) for each in fields(EventFilter))
