"""How places that are named together draw each other."""

from __future__ import annotations

import math

from hypothesis import example, given
from hypothesis import strategies as st

from geodata.candidates import Candidates
from geodata.gazetteer.entry import NameQuality
from geodata.gazetteer.index import Posting
from geodata.geodesy import KM_PER_DEGREE
from geodata.model import Kind, Place
from geodata.nearness import ENOUGH, Surroundings
from geodata.priors import Weights
from geodata.senses import Sense

SCALE_KM = 120.0

points = st.tuples(
    st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 0.0, 30.0, 89.9, 90.0])),
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, -179.9, 0.0, 40.0, 179.9, 180.0])),
)
neighbours = st.lists(st.tuples(st.floats(-8, 8), st.floats(-20, 20)), max_size=6)


def sense_of(*where: tuple[float, float]) -> Sense:
    """Return a name that several towns bear, believed alike."""
    postings = tuple(
        Posting(Place(f"test:{number}", "A", Kind.CITY, latitude, longitude), NameQuality.PREFERRED)
        for number, (latitude, longitude) in enumerate(where)
    )
    candidates = Candidates(postings, is_adjective=False, asked=None, weights=Weights())
    sense = Sense("a", candidates, 1, asked=None, is_adjective=False, is_located=False, is_speaking=False)
    sense.believe(candidates.scores, candidates.beliefs)
    return sense


def pull_without_cells(place: Place, others: list[Place]) -> float:
    """Return the sum over all places, wherever they lie."""
    pull = 0.0
    for other in others:
        north = abs(other.latitude - place.latitude) * KM_PER_DEGREE
        turn = abs(other.longitude - place.longitude)
        east = min(turn, 360 - turn) * KM_PER_DEGREE * math.cos(math.radians(other.latitude))
        if max(north, east) <= 5 * SCALE_KM:
            pull += math.exp(-math.hypot(north, east) / SCALE_KM)
    return min(ENOUGH, pull)


@example((70.0, 0.5), [(0.0, -14.0)], [])  # two cells away, for degrees of longitude are short there
@example((10.0, 179.5), [(0.0, 1.0)], [])  # across the antimeridian
@example((89.9, 0.0), [(-0.2, 179.0)], [])  # across the pole
@given(points, neighbours, st.lists(points, max_size=4))
def test_surroundings_draw_as_if_all_places_were_looked_at(
    centre: tuple[float, float], around: list[tuple[float, float]], far: list[tuple[float, float]]
) -> None:
    where = [
        (min(90.0, max(-90.0, centre[0] + north)), (centre[1] + east + 180) % 360 - 180)
        for north, east in around
    ]
    sense, others = sense_of(centre), [sense_of(point) for point in [*where, *far]]
    [pull] = Surroundings([sense, *others], SCALE_KM).pulls(sense)
    expected = pull_without_cells(
        sense.candidates.places[0], [other.candidates.places[0] for other in others]
    )
    assert math.isclose(min(ENOUGH, pull), expected, abs_tol=1e-12)


def test_a_name_does_not_draw_its_own_candidates() -> None:
    sense = sense_of((30.0, 66.0), (30.1, 66.1))
    assert Surroundings([sense], SCALE_KM).pulls(sense) == [0.0, 0.0]
