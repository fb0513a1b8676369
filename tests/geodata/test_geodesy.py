"""Distances that anyone can look up."""

from __future__ import annotations

import pytest

from geodata.geodesy import distance_km


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((51.5074, -0.1278), (48.8566, 2.3522), 344),  # London, Paris
        ((-17.7134, 178.065), (-13.7590, -172.1046), 1135),  # Fiji, Samoa: across the antimeridian
        ((90.0, 0.0), (-90.0, 0.0), 20015),
        ((29.8, 66.8), (29.8, 66.8), 0),
    ],
)
def test_distance_km(one: tuple[float, float], other: tuple[float, float], kilometres: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(kilometres, abs=5)
