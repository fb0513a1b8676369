"""Readers who see fewer colours tell the themes' colours apart: seen through a model of their eyes, none are alike."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from articles.themes import load_vocabulary
from dashboard.palette import COLOURS, GLYPHS, NEUTRAL, NO_THEME_GLYPH, STYLES

# What full protanopia, deuteranopia and tritanopia leave of linear sRGB: Machado, Oliveira and Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), severity 1.
EYES = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip

LEAST = 15
"""Distance in CIELAB; about 2 is the least that is seen side by side, 15 is seen across a map."""


def seen(colour: str, eyes: str) -> np.ndarray:
    """Return a colour as these eyes see it, in CIELAB under D65."""
    channels = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    left = np.clip(np.array(EYES[eyes]) @ linear, 0, 1)
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]  # fmt: skip
    relative = (to_xyz @ left) / [0.95047, 1, 1.08883]
    x, y, z = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(first: str, second: str, eyes: str) -> float:
    return float(np.linalg.norm(seen(first, eyes) - seen(second, eyes)))


@pytest.mark.parametrize("eyes", EYES)
def test_colours_of_themes_are_told_apart(eyes: str) -> None:
    colours = {**COLOURS, "no theme": NEUTRAL}
    alike = {
        (one, other): round(distance(colours[one], colours[other], eyes), 1)
        for one, other in combinations(colours, 2)
        if distance(colours[one], colours[other], eyes) < LEAST
    }
    assert alike == {}


def test_model_of_the_eyes_takes_red_and_green_of_one_lightness_for_alike() -> None:
    red, green = "#C05050", "#808030"
    assert distance(red, green, "all cones") > 3 * LEAST > LEAST > distance(red, green, "deuteranopia")


def test_every_theme_has_a_glyph_that_no_other_has() -> None:
    glyphs = [GLYPHS[STYLES[theme.id][1]] for theme in load_vocabulary().themes]
    assert len(set(glyphs)) == len(glyphs)
    assert GLYPHS[NO_THEME_GLYPH] not in glyphs
