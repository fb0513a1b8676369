"""Colours, glyphs and shapes."""

from __future__ import annotations

import pytest

from articles.themes import load_vocabulary
from dashboard.palette import (
    COLOURS,
    GLYPHS,
    NEUTRAL,
    STYLES,
    contrast,
    ink_on,
    no_theme,
    shape_of,
    style_themes,
)


def test_there_are_at_most_eight_colours() -> None:
    assert len(COLOURS) <= 8


@pytest.mark.parametrize("colour", [*COLOURS.values(), NEUTRAL])
def test_ink_on_every_colour_has_the_contrast_of_text(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5


def test_every_theme_of_the_vocabulary_has_a_look_of_its_own_by_name() -> None:
    themes = [(theme.id, theme.name) for theme in load_vocabulary().themes]
    assert {theme for theme, _ in themes} <= set(STYLES)
    styles = style_themes(themes)
    assert len({(style.colour, style.glyph) for style in styles.values()}) == len(themes)


def test_themes_of_ones_own_look_the_same_whichever_others_there_are() -> None:
    mine = [(f"mine-{number}", "Mine") for number in range(3)]
    alone, beside = style_themes(mine), style_themes([*mine, *((theme, theme) for theme in STYLES)])
    assert alone == {theme: beside[theme] for theme, _ in mine}


def test_more_themes_than_looks_share_them() -> None:
    styles = style_themes([(f"mine-{number}", "Mine") for number in range(500)])
    assert len(styles) == 500


def test_themes_that_a_user_adds_get_looks_that_are_free() -> None:
    themes = [(theme, theme) for theme in [*STYLES, *(f"mine-{number}" for number in range(60))]]
    styles = style_themes(themes)
    assert len({(style.colour, style.glyph) for style in styles.values()}) == len(themes)
    assert no_theme().glyph == GLYPHS["dot"]
    assert all(style.glyph != GLYPHS["dot"] for style in styles.values())


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("site", "pin"),
        ("city", "pin"),
        ("admin2", "ring"),
        ("admin1", "ring"),
        ("region", "ring"),
        ("water", "ring"),
        ("country", "badge"),
    ],
)
def test_shape_of_says_precision(kind: str, shape: str) -> None:
    assert shape_of(kind) == shape
