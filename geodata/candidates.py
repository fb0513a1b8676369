"""The candidates of a name, with all that is known of them before a text is looked at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from geodata.containment import agree
from geodata.gazetteer.entry import ABBREVIATION, ADJECTIVE
from geodata.gazetteer.index import prominence
from geodata.nearness import cell_of
from geodata.priors import score_alone, softmax

if TYPE_CHECKING:
    from geodata.gazetteer.index import Posting
    from geodata.model import Kind
    from geodata.priors import Weights


class Candidates:
    """The places that a name may mean as a text uses it.

    Says the same of every document, so that one object serves all of them.

    Parameters
    ----------
    postings : tuple of Posting
        What the gazetteer has under the name.
    is_adjective : bool
        The text uses the name as an adjective.
    asked : Kind or None
        The kind of place that the text speaks of with this name.
    weights : Weights

    Attributes
    ----------
    places : tuple of Place
    areas : tuple of (str, str)
        Country code and province of each place.
    countries : frozenset of str
        The countries' codes.
    provinces : dict of (str, str) to list of int
        Each known province among `areas` → numbers of the places in it.
    points : tuple of (float, float, int)
        Latitude and longitude of each place, degrees, and its `cell_of`.
    scores, beliefs : tuple of float
        The score of each place alone, and its share of the belief.
    """

    def __init__(
        self, postings: tuple[Posting, ...], *, is_adjective: bool, asked: Kind | None, weights: Weights
    ) -> None:
        self.postings = _meant(postings, is_adjective)
        self.places = tuple(posting.place for posting in self.postings)
        self.areas = tuple((place.country_code, place.admin1) for place in self.places)
        self.countries = frozenset(place.country_code for place in self.places)
        self.provinces: dict[tuple[str, str], list[int]] = {}
        for number, area in enumerate(self.areas):
            if area[1]:
                self.provinces.setdefault(area, []).append(number)
        self.points = tuple(
            (place.latitude, place.longitude, cell_of(place.latitude, place.longitude))
            for place in self.places
        )
        self.scores = tuple(score_alone(self.postings, asked, weights))
        self.beliefs = tuple(softmax(self.scores, weights.sharpness))
        self._agreeing: dict[int, tuple[int, ...]] = {}

    def agreeing(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the candidates that give the same answer as one of them, itself included."""
        known = self._agreeing.get(number)
        if known is None:
            chosen = self.places[number]
            known = tuple(other for other, place in enumerate(self.places) if agree(place, chosen))
            self._agreeing[number] = known
        return known

    @cached_property
    def distinct(self) -> int:
        """How many places there are; one may bear a name in two ways."""
        return len({place.id for place in self.places})

    @cached_property
    def best_known(self) -> int:
        """Number of the most prominent candidate."""
        return max(range(len(self.places)), key=lambda number: prominence(self.places[number]))


def _meant(postings: tuple[Posting, ...], is_adjective: bool) -> tuple[Posting, ...]:
    """Leave out what a name cannot mean as it is used: "US" is no town, "Libyan" no country's name."""
    qualities = {posting.quality for posting in postings}
    for quality, applies in ((ADJECTIVE, is_adjective), (ABBREVIATION, True)):
        if applies and quality in qualities:
            return tuple(posting for posting in postings if posting.quality is quality)
    return postings
