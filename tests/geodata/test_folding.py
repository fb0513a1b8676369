"""Spellings that must meet, and names that must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Al-Jufra", "al Jufra"),
        ("el-Arish", "Al-Arish"),
        ("Ash-Sha'ir", "al Shair"),
        ("Burkina-Faso", "BURKINA FASO"),
        ("U.S.", "US"),
        ("Saint-Denis", "saint denis"),
        ("إسرائيل", "اسرائيل"),
        ("Йошкар-Ола", "йошкар ола"),
        ("Straße", "strasse"),
        ("Łódź", "Lodz"),
    ],
)
def test_fold_unites_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Mali", "Malí te"), ("कर", "किर"), ("Niger", "Nigeria")])
def test_fold_keeps_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_fold_is_stable(text: str) -> None:
    """Folding a folded name changes nothing, so that an index and a text can be folded apart."""
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
