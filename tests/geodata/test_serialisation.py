from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import GeodataError
from geodata.model import Candidate, Kind, Mention, MentionType, Place, Resolution, Role
from geodata.serialisation import dump_resolutions, load_resolutions

TEXT = st.text(max_size=20)
SCORES = st.floats(0, 1)
PLACES = st.builds(
    Place,
    id=TEXT,
    name=TEXT,
    kind=st.sampled_from(Kind),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    country_code=TEXT,
    admin1=TEXT,
    admin2=TEXT,
    population=st.integers(0, 10**10),
    radius_km=st.floats(0, 20_000),
    source=TEXT,
)
RESOLUTIONS = st.builds(
    Resolution,
    mention=st.builds(
        Mention, start=st.integers(0), end=st.integers(0), phrase=TEXT, type=st.sampled_from(MentionType)
    ),
    place=st.none() | PLACES,
    score=SCORES,
    role=st.sampled_from(Role),
    reasons=st.lists(TEXT, max_size=3).map(tuple),
    alternatives=st.lists(st.builds(Candidate, place=PLACES, score=SCORES), max_size=3).map(tuple),
    resolver=TEXT,
)


@given(st.lists(RESOLUTIONS, max_size=4))
def test_dump_resolutions_loses_nothing(resolutions):
    content = json.loads(json.dumps(dump_resolutions(resolutions)))
    assert load_resolutions(content) == tuple(resolutions)


def test_dump_resolutions_writes_a_place_once():
    place = Place("geonames:1170706", "Mastung", Kind.CITY, 29.7997, 66.8455, "PK")
    other = Place("geonames:1283095", "Mustang", Kind.ADMIN2, 28.98, 83.85, "NP")
    resolutions = [
        Resolution(Mention(start, start + 7, "Mastung"), place, alternatives=(Candidate(other, 0.1),))
        for start in (0, 20, 40)
    ]
    assert len(dump_resolutions(resolutions)["places"]) == 2


@pytest.mark.parametrize("content", [{}, {"format": 99, "places": [], "resolutions": []}])
def test_load_resolutions_refuses_another_format(content):
    with pytest.raises(GeodataError, match="format"):
        load_resolutions(content)
