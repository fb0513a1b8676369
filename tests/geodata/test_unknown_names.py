"""Names that no gazetteer has are recognised all the same, so that they can be listed."""

from __future__ import annotations

import pytest

from geodata.geoparser import Geoparser


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Shells fell on Charkhab district.", ["Charkhab"]),
        ("They fled the village of Sar Anar.", ["Sar Anar"]),
        ("They drove from Quetta to Sawai in a car.", ["Sawai"]),
        ("Gunmen took pupils from Kuriga, Balochistan.", ["Kuriga"]),
        ("A meeting of the Fire Department.", []),
        ("Shells Fell On Charkhab District Again", []),
        ("Ahmed Khan district chief said.", []),
    ],
)
def test_unknown_names_are_listed_without_a_place(
    geoparser: Geoparser, text: str, unknown: list[str]
) -> None:
    found = [resolution for resolution in geoparser.parse(text) if resolution.place is None]
    assert [resolution.mention.phrase for resolution in found] == unknown
    assert all(resolution.reasons == ("no place of this name is known",) for resolution in found)
