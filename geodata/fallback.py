"""Places what the gazetteer lacks, by asking online geocoders after everything else is resolved.

The resolver stays pure; this step is one of its own and only when a person has asked for it. A stranger's answer is
believed if it bears the name that was asked for and lies where the text speaks of; else the name stays unplaced and
says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geopy.exc import GeocoderQueryError, GeocoderServiceError

from geodata.borders import lies_in_country
from geodata.containment import agree
from geodata.countries import country_name
from geodata.gazetteer.folding import fold
from geodata.geocoders.locations import to_place
from geodata.geodesy import distance_km
from geodata.model import Candidate, Kind, MentionType, Role
from geodata.resemblance import Resemblance, compare_names
from geodata.roles import assign_roles
from geodata.spoken_countries import find_container_country, find_countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geopy.location import Location

    from articles.model import Article
    from geodata.model import Place, Resolution

VERSION = 1
"""Raised when the same answers are believed otherwise, so that stored answers are told from new ones."""

NEAR_KM = 50.0
"""Kilometres from a place that the text names within which an answer across the border is believed."""

SCORE = {Resemblance.SAME: 0.55, Resemblance.SPELLING: 0.35}
"""Modest: nothing but the name and the country speaks for it. What is below 0.5 is drawn as doubtful."""

SCORE_ACROSS = 0.3
"""Score of a place that lies in no country of the text."""


_POINT_LIKE = (Kind.CITY, Kind.SITE, Kind.ADMIN2)


class Geocoder(Protocol):
    """What this step needs of a geocoder; `geocoders.OnlineGeocoder` has it."""

    @property
    def id(self) -> str:
        """Name and server."""

    @property
    def title(self) -> str:
        """The service's name for a person."""

    @property
    def attribution(self) -> str:
        """What has to be shown with its places."""

    def geocode(
        self, query: str, *, exactly_one: bool, country_bias: str
    ) -> Location | list[Location] | None:
        """Return the places of a name."""


class Placed(NamedTuple):
    """Resolutions after the fallback.

    Attributes
    ----------
    missed : tuple of str
        Names that could not be asked for, each once: a later run may learn more.
    """

    resolutions: tuple[Resolution, ...]
    missed: tuple[str, ...]


@dataclass
class Tally:
    """What has become of names, each counted once a text."""

    placed: int = 0
    unplaced: int = 0
    """Nobody knows them, or what they know is not believed."""
    missed: int = 0
    """Could not be asked for."""


class _Question(NamedTuple):
    """A name, and the countries in which its place may lie, the likeliest first."""

    name: str
    countries: tuple[str, ...]


class Fallback:
    """Asks geocoders for the names that a gazetteer lacks.

    Parameters
    ----------
    geocoders : sequence of geocoder
        Asked in turn until an answer is believed.

    Attributes
    ----------
    id : str
        Becomes part of the geoparser's id, so that stored answers are told from those without the fallback.
    tally : Tally
    """

    def __init__(self, geocoders: Sequence[Geocoder]) -> None:
        self.id = f"fallback-{VERSION}-{','.join(geocoder.id for geocoder in geocoders)}"
        self.tally = Tally()
        self._geocoders = tuple(geocoders)

    def place(self, text: str, resolutions: Sequence[Resolution]) -> Placed:
        """Place what is unplaced.

        Parameters
        ----------
        text : str
        resolutions : sequence of Resolution
            Of the text, as `Geoparser` returns them.

        Returns
        -------
        Placed
            With the same mentions in the same order; what was placed is as it was.
        """
        spoken = find_countries(resolutions)
        unplaced = [
            number
            for number, found in enumerate(resolutions)
            if found.place is None and found.mention.type is not MentionType.ADJECTIVAL
        ]
        # What the text says of a name once, as "Kuriga, Kaduna State", holds throughout.
        contained = {
            fold(resolutions[number].mention.phrase): (code,)
            for number in unplaced
            if (code := find_container_country(text, resolutions, number))
        }
        questions = {
            number: _Question(name, contained.get(fold(name), spoken))
            for number in unplaced
            for name in (" ".join(resolutions[number].mention.phrase.split()),)
        }
        anchors = [found.place for found in resolutions if found.place and found.place.kind in _POINT_LIKE]
        answers: dict[_Question, _Answered] = {}
        for question in questions.values():
            if question not in answers:
                answers[question] = self._ask(question, anchors)
        missed = tuple(dict.fromkeys(each.name for each in questions.values() if answers[each].is_missed))
        placed = tuple(
            answers[questions[number]].apply(found, self.id) if number in questions else found
            for number, found in enumerate(resolutions)
        )
        return Placed(placed, missed)

    def place_article(self, article: Article, resolutions: Sequence[Resolution]) -> Placed:
        """Place what is unplaced in an article, and say anew what its places are to it."""
        placed = self.place(article.text, resolutions)
        if placed.resolutions == tuple(resolutions):
            return placed
        bare = [
            replace(found, role=Role.CONTEXT) if found.role is Role.EVENT else found
            for found in placed.resolutions
        ]
        return placed._replace(resolutions=assign_roles(article, bare))

    def _ask(self, question: _Question, anchors: Sequence[Place]) -> _Answered:
        if not question.countries:
            return _Answered("not looked for elsewhere: the text names no country to look in")
        answers = []
        for geocoder in self._geocoders:
            answer = self._ask_one(geocoder, question, anchors)
            if answer.place is not None:
                self.tally.placed += 1
                return answer
            answers.append(answer)
        is_missed = any(answer.is_missed for answer in answers)
        self.tally.missed += is_missed
        self.tally.unplaced += not is_missed
        return _Answered("; ".join(answer.reason for answer in answers), is_missed=is_missed)

    def _ask_one(self, geocoder: Geocoder, question: _Question, anchors: Sequence[Place]) -> _Answered:
        country = question.countries[0]
        try:
            found = geocoder.geocode(question.name, exactly_one=False, country_bias=country)
        except GeocoderQueryError as error:
            return _Answered(f"{geocoder.title}: {error}")
        except GeocoderServiceError as error:
            return _Answered(str(error), is_missed=True)
        locations = found if isinstance(found, list) else [found] if found else []
        if not locations:
            return _Answered(f"{geocoder.title} has no place of this name near {country_name(country)}")
        believed, doubts = [], []
        for location in locations:
            belief = _believe(question, location, anchors)
            if isinstance(belief, str):
                doubts.append(belief)
            else:
                believed.append(belief)
        if not believed:
            return _Answered(f"{geocoder.title}'s answer is not believed: {doubts[0]}")
        return _choose(geocoder, believed, anchors)


@dataclass(frozen=True, slots=True)
class _Answered:
    """What became of a question."""

    reason: str
    place: Place | None = None
    score: float = 0.0
    alternatives: tuple[Candidate, ...] = ()
    is_missed: bool = False

    def apply(self, resolution: Resolution, identifier: str) -> Resolution:
        kept = resolution.reasons if self.place is None else ()
        return replace(
            resolution,
            place=self.place,
            score=self.score,
            reasons=(*kept, self.reason),
            alternatives=self.alternatives,
            resolver=f"{resolution.resolver}+{identifier}",
        )


def _believe(question: _Question, location: Location, anchors: Sequence[Place]) -> Candidate | str:
    """Return a place with its score, or why it is not believed."""
    place = to_place(location)
    likeness = compare_names(question.name, location.raw.get("names", [place.name]))
    if likeness is None:
        return f"it has another name, {place.name}"
    if place.kind is Kind.COUNTRY:
        return f"{place.name} is a country, which the gazetteer would know"
    is_spoken_of = place.country_code in question.countries
    if is_spoken_of and _is_where_it_says(place):
        share = 1.0 if place.country_code == question.countries[0] else 0.8
        return Candidate(place, SCORE[likeness] * share)
    # What has no country, as a sea, is near if it reaches so far.
    reach = NEAR_KM if place.country_code else NEAR_KM + place.radius_km
    if not is_spoken_of and _nearest(place, anchors) <= reach:
        return Candidate(place, min(SCORE_ACROSS, SCORE[likeness]))
    where = country_name(place.country_code) or "no country"
    return f"its position is not in {where}" if is_spoken_of else f"it lies in {where}"


def _choose(geocoder: Geocoder, believed: Sequence[Candidate], anchors: Sequence[Place]) -> _Answered:
    """Choose the best place, of equals the nearest; others that are as good share the belief in it."""
    best, *rest = sorted(
        believed, key=lambda candidate: (-candidate.score, _nearest(candidate.place, anchors))
    )
    others = [candidate for candidate in rest if not agree(candidate.place, best.place)]
    count = 1 + sum(candidate.score >= best.score for candidate in others)
    reason = f"found by {geocoder.title} ({geocoder.attribution}); not in the gazetteer"
    if count > 1:
        reason += f"; one of {count} such places there"
    return _Answered(
        reason,
        place=best.place,
        score=round(best.score / count, 4),
        alternatives=tuple(Candidate(each.place, round(each.score / count, 4)) for each in others[:3]),
    )


def _is_where_it_says(place: Place) -> bool:
    return lies_in_country(place.latitude, place.longitude, place.country_code) is not False


def _nearest(place: Place, anchors: Iterable[Place]) -> float:
    """Return the kilometres to the nearest of some places; infinite without any."""
    return min((_distance(place, anchor) for anchor in anchors), default=float("inf"))


def _distance(place: Place, other: Place) -> float:
    return distance_km(place.latitude, place.longitude, other.latitude, other.longitude)
