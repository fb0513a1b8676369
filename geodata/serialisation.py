"""Resolutions as JSON values and back, without any loss.

`Resolution.to_json` is what people and scripts read; it leaves out what nobody asks for in a line. This
is what the database keeps. A place stands once, however often an article names it or weighs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.errors import GeodataError
from geodata.model import Candidate, Kind, Mention, MentionType, Place, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

FORMAT = 1


def dump_resolutions(resolutions: Sequence[Resolution]) -> dict[str, Any]:
    """Return resolutions as plain JSON values; `load_resolutions` reverses it.

    Returns
    -------
    dict
        ``format``, ``places`` (one list a place) and ``resolutions`` (one list each, naming places by
        their index).
    """
    places: dict[Place, int] = {}

    def index(place: Place) -> int:
        return places.setdefault(place, len(places))

    entries = [
        [
            resolution.mention.start,
            resolution.mention.end,
            resolution.mention.phrase,
            resolution.mention.type.value,
            index(resolution.place) if resolution.place else None,
            resolution.score,
            resolution.role.value,
            list(resolution.reasons),
            [[index(candidate.place), candidate.score] for candidate in resolution.alternatives],
            resolution.resolver,
        ]
        for resolution in resolutions
    ]
    return {"format": FORMAT, "places": [_dump_place(place) for place in places], "resolutions": entries}


def load_resolutions(content: Mapping[str, Any]) -> tuple[Resolution, ...]:
    """Return the resolutions that `dump_resolutions` wrote.

    Raises
    ------
    GeodataError
        The content is of another format.
    """
    if content.get("format") != FORMAT:
        raise GeodataError(
            f"places are stored in format {content.get('format')!r}, this Dateline reads {FORMAT}; update it"
        )
    places = [_load_place(values) for values in content["places"]]
    return tuple(
        Resolution(
            mention=Mention(start, end, phrase, MentionType(type_)),
            place=None if index is None else places[index],
            score=score,
            role=Role(role),
            reasons=tuple(reasons),
            alternatives=tuple(Candidate(places[other], belief) for other, belief in alternatives),
            resolver=resolver,
        )
        for start, end, phrase, type_, index, score, role, reasons, alternatives, resolver in content[
            "resolutions"
        ]
    )


def _dump_place(place: Place) -> list[Any]:
    return [
        place.id,
        place.name,
        place.kind.value,
        place.latitude,
        place.longitude,
        place.country_code,
        place.admin1,
        place.admin2,
        place.population,
        place.radius_km,
        place.is_capital,
        place.source,
        place.feature,
        place.is_minor,
        place.names_province,
    ]


def _load_place(values: Sequence[Any]) -> Place:
    identifier, name, kind, *rest = values
    return Place(identifier, name, Kind(kind), *rest)
