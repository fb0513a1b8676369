"""Which colour, glyph and shape an event has.

Colour says theme and nothing else. There are more themes than colours that everybody can tell apart, so
neighbouring themes share a colour and differ by their glyph. Shape says how precisely a place is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

COLOURS = {
    "rose": "#CC6677",
    "indigo": "#332288",
    "sand": "#DDCC77",
    "green": "#117733",
    "cyan": "#88CCEE",
    "wine": "#882255",
    "teal": "#44AA99",
    "purple": "#AA4499",
}
"""Eight of the nine of Paul Tol's muted set; the ninth, olive, lies too near to sand at a pin's size."""

NEUTRAL = "#C4C9CF"
"""For an event whose article has no theme. A darker grey is teal or rose to colour-blind readers."""

INK_LIGHT, INK_DARK = "#FFFFFF", "#15181D"

GLYPHS = {
    "burst": "M8 0l1.6 5 4.7-2.4L11.4 7 16 8l-4.6 1 2.9 4.4L9.6 11"
    " 8 16l-1.6-5-4.7 2.4L4.6 9 0 8l4.6-1-2.9-4.4L6.4 5z",
    "chevrons": "M8 1l7 6v4L8 5 1 11V7zM8 8l7 6v2l-2 0-5-4.2-5 4.2H1v-2z",
    "dart": "M8 0l3 6v4l4 3v2l-5-2-1 3H7l-1-3-5 2v-2l4-3V6z",
    "rings": "M5.5 3a5 5 0 1 0 0 10 5 5 0 0 0 2.5-.7 5 5 0 1 0 0-8.6A5 5 0 0 0 5.5 3zm0 2.2a2.8 2.8 0 1 1 0 5.6"
    " 2.8 2.8 0 0 1 0-5.6zm5 0a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z",
    "columns": "M8 0l8 4.5V6H0V4.5zM1.5 7.5h2.5V13H1.5zM6.7 7.5h2.6V13H6.7zM12 7.5h2.5V13H12zM0 14h16v2H0z",
    "flag": "M2 0h2v1h11l-3 4 3 4H4v7H2z",
    "bars": "M0 0h16v2.5H0zM0 13.5h16V16H0zM1.5 3.5H4v9H1.5zM6.7 3.5h2.6v9H6.7zM12 3.5h2.5v9H12z",
    "speech": "M2 1h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H8l-5 5v-5H2a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z",
    "frame": "M0 0h6v2.5H2.5V6H0zM10 0h6v6h-2.5V2.5H10zM0 10h2.5v3.5H6V16H0zM13.5 10H16v6h-6v-2.5h3.5zM6 6h4v4H6z",
    "waves": "M0 3c3-3 5 2 8 0s5-3 8 0v3c-3-3-5 2-8 0S3 3 0 6zM0 10c3-3 5 2 8 0s5-3 8 0v3c-3-3-5 2-8 0s-5-3-8 0z",
    "grid": "M4 0h2.5v4h3V0H12v4h4v2.5h-4v3h4V12h-4v4H9.5v-4h-3v4H4v-4H0V9.5h4v-3H0V4h4zm2.5 6.5v3h3v-3z",
    "person": "M8 0a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM1 16c0-5 3-8 7-8s7 3 7 8z",
    "bolt": "M10 0L2 9h5l-2 7 9-10H9z",
    "cross": "M5.5 0h5v5.5H16v5h-5.5V16h-5v-5.5H0v-5h5.5z",
    "trefoil": "M8 6.5L4.2 0h7.6zM6.7 8.7L3 15.2-.8 8.7z"
    "M9.3 8.7h7.5L13 15.2zM8 6.9a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2z",
    "growth": "M0 10h4v6H0zM6 5h4v11H6zM12 0h4v16h-4z",
    "chip": "M4 4h8v8H4zM5 0h2v3H5zM9 0h2v3H9zM5 13h2v3H5z"
    "M9 13h2v3H9zM0 5h3v2H0zM0 9h3v2H0zM13 5h3v2h-3zM13 9h3v2h-3z",
    "diamond": "M8 0l8 8-8 8-8-8z",
    "triangle": "M8 1l8 14H0z",
    "square": "M1.5 1.5h13v13h-13z",
    "hexagon": "M4 1h8l4 7-4 7H4L0 8z",
    "ring": "M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zm0 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
    "saltire": "M3 0l5 5 5-5 3 3-5 5 5 5-3 3-5-5-5 5-3-3 5-5-5-5z",
    "hourglass": "M1 0h14L9.5 8 15 16H1l5.5-8z",
    "dot": "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z",
}
"""Name of a glyph → its outline in a box of 16 by 16."""

NO_THEME_GLYPH = "dot"

DOUBTFUL_BELOW = 0.5
"""Score under which another place may well be meant: the outline is dashed."""

STYLES = {
    "terrorism-and-insurgency": ("wine", "burst"),
    "organised-crime-and-prisons": ("wine", "bars"),
    "military-operations-and-posture": ("indigo", "chevrons"),
    "weapons-and-drones": ("indigo", "dart"),
    "nuclear-chemical-and-biological": ("indigo", "trefoil"),
    "alliances-and-diplomacy": ("cyan", "rings"),
    "economy-and-sanctions": ("cyan", "growth"),
    "coups-and-governance": ("purple", "columns"),
    "protest-and-civil-society": ("purple", "flag"),
    "information-and-narratives": ("sand", "speech"),
    "cyber": ("sand", "grid"),
    "technology-and-ai": ("sand", "chip"),
    "territory-and-borders": ("green", "frame"),
    "energy-and-resources": ("green", "bolt"),
    "maritime": ("teal", "waves"),
    "human-rights": ("rose", "person"),
    "humanitarian": ("rose", "cross"),
    "religion-and-identity": ("rose", "ring"),
}
"""Theme → colour and glyph. A theme that a user adds gets the next pair that is free."""


class Shape(StrEnum):
    """How an event's place is drawn."""

    PIN = "pin"
    """A site or a city."""
    RING = "ring"
    """An area, drawn with the circle of its extent."""
    BADGE = "badge"
    """A country, drawn with its outline."""


@dataclass(frozen=True, slots=True)
class ThemeStyle:
    """How a theme looks.

    Attributes
    ----------
    colour, ink : str
        Hexadecimal sRGB; `ink` is what is written on `colour`, in contrast of at least 4.5.
    glyph : str
        Outline for the `d` of an SVG path, in a box of 16 by 16.
    """

    id: str
    name: str
    colour: str
    ink: str
    glyph: str


def style_themes(themes: Iterable[tuple[str, str]]) -> dict[str, ThemeStyle]:
    """Give each theme a colour and a glyph that no other has in this combination, whichever others there are.

    Parameters
    ----------
    themes : iterable of (id, name)
        In the vocabulary's order, on which the looks of themes that `STYLES` does not name depend. Once all
        that are free are given away, they come again: nobody tells two hundred apart.
    """
    taken = set(STYLES.values())
    free = cycle(
        (colour, glyph)
        for glyph in reversed([name for name in GLYPHS if name != NO_THEME_GLYPH])
        for colour in COLOURS
        if (colour, glyph) not in taken
    )
    return {
        theme: _style(theme, name, *(STYLES[theme] if theme in STYLES else next(free)))
        for theme, name in themes
    }


def no_theme() -> ThemeStyle:
    """Return the look of an event whose article has no theme."""
    return ThemeStyle("", "No theme", NEUTRAL, ink_on(NEUTRAL), GLYPHS[NO_THEME_GLYPH])


def shape_of(kind: str) -> Shape:
    """Return how a place of this kind is drawn."""
    if kind in {"site", "city"}:
        return Shape.PIN
    return Shape.BADGE if kind == "country" else Shape.RING


def ink_on(colour: str) -> str:
    """Return the lighter or darker ink, whichever reads better on `colour`."""
    return max((INK_LIGHT, INK_DARK), key=lambda ink: contrast(ink, colour))


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours after WCAG 2.2, 1 to 21."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _style(theme: str, name: str, colour: str, glyph: str) -> ThemeStyle:
    return ThemeStyle(theme, name, COLOURS[colour], ink_on(COLOURS[colour]), GLYPHS[glyph])


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
