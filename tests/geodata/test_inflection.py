"""Names behind the endings of cases and the words that Arabic writes together with them."""

from __future__ import annotations

import pytest

from geodata.inflection import base_forms


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("москве", "москва"), ("россии", "россия"), ("украину", "украина"), ("ираке", "ирак"), ("сирией", "сирия"),
        ("казанью", "казань"), ("وبيروت", "بيروت"), ("بدمشق", "دمشق"), ("والقاهره", "قاهره"),
    ],
)  # fmt: skip
def test_base_forms_hold_the_name(form: str, name: str) -> None:
    assert name in base_forms(form)


@pytest.mark.parametrize("word", ["paris", "東京", "уа", "بل", ""])
def test_nothing_is_looked_for_behind_other_scripts_and_short_words(word: str) -> None:
    assert base_forms(word) == ()
