"""HTML of what the pages show: the only module that writes any, and every value in it is escaped.

Functions return `markupsafe.Markup`; what is not Markup is escaped when it is put into one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import bidirectional
from urllib.parse import quote

from markupsafe import Markup, escape

from dashboard.searching import split_hits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.palette import ThemeStyle

_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")
_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_OUT = Markup('<span class="dl-out" aria-hidden="true">&nbsp;↗</span>')

DECIDING = 80
"""Characters of a text that decide in which direction it is set."""


def legible(text: str) -> str:
    """Return the text with halves of surrogate pairs replaced: they are no characters and cannot be sent."""
    return _SURROGATES.sub("\ufffd", text)


def web_link(url: str) -> str:
    """Return the address if it is one of the web, else an empty string."""
    return url.strip() if re.match(r"https?://[^\s/]", url.strip(), re.IGNORECASE) else ""


def plain_label(text: str) -> str:
    """Return Markdown that shows this very text, for the labels of Streamlit's widgets."""
    return _MARKDOWN.sub(r"\\\1", " ".join(legible(text).split()))


def element(tag: str, *content: str, **attributes: str) -> Markup:
    """Return an element; its content is escaped unless it is Markup. `class_` stands for `class`."""
    written = Markup("").join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), legible(value))
        for name, value in attributes.items()
        if value
    )
    inner = Markup("").join(part if isinstance(part, Markup) else legible(part) for part in content)
    return Markup("<{0}{1}>{2}</{0}>").format(tag, written, inner)


def text(words: str, *, language: str = "", tag: str = "span", class_: str = "") -> Markup:
    """Return a text of any script, set in its own direction and told apart from what surrounds it."""
    return element(tag, words, class_=class_, lang=language, dir=_direction(words))


def _direction(words: str) -> str:
    """Return the direction in which most letters at the start of a text run.

    A browser goes by the first one, though a title that begins with "BBC" may go on in Persian, and a sentence that
    begins with a name in Arabic in English; where all letters run the same way it is left to that.
    """
    start = (words.striptags() if isinstance(words, Markup) else words)[:DECIDING]
    ways = [bidirectional(letter) for letter in start]
    to_left = ways.count("R") + ways.count("AL")
    if not to_left:
        return "auto"
    return "rtl" if to_left >= ways.count("L") else "ltr"


def highlight(words: str, needles: Sequence[str]) -> Markup:
    """Return a text in which what is searched is marked; `needles` are of `searching.parse_query`."""
    parts = split_hits(words, needles)
    return Markup("").join(
        element("mark", part, class_="dl-hit") if number % 2 else escape(legible(part))
        for number, part in enumerate(parts)
    )


def link(words: str | Markup, url: str, *, label: str = "") -> Markup:
    """Return a link that opens beside the app, or the words alone where the address is not of the web."""
    address = web_link(url)
    if not address:
        return element("span", words)
    return element("a", words, href=address, target="_blank", rel="noopener noreferrer", aria_label=label)


def linked(words: str) -> Markup:
    """Return a text in which the addresses of the web are links that open beside the app."""
    parts: list[Markup] = []
    position = 0
    for match in _ADDRESS.finditer(words):
        address = _trim(match[0])
        end = match.start() + len(address)
        # What is no whole address stays text: nothing is guessed.
        shown = (
            link(Markup("{}{}").format(legible(address), _OUT), address)
            if web_link(address)
            else text(address)
        )
        parts += [Markup("{}").format(legible(words[position : match.start()])), shown]
        position = end
    parts.append(Markup("{}").format(legible(words[position:])))
    return text(Markup("").join(parts)) if parts else Markup("")


def _trim(address: str) -> str:
    """Return an address without the full stop, comma or bracket of the sentence around it."""
    while address:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        if address[-1] not in ".,;:!?)]}'\"”’»":
            break
        address = address[:-1]
    return address


def swatch(style: ThemeStyle) -> Markup:
    """Return a theme's colour and glyph as a small picture; its name has to stand beside it."""
    drawing = Markup(
        '<rect width="24" height="24" rx="5" fill="{}"/>'
        '<path transform="translate(5 5) scale(.875)" fill-rule="evenodd" fill="{}" d="{}"/>'
    ).format(style.colour, style.ink, style.glyph)
    return picture(drawing, 24, class_="dl-swatch")


def picture(drawing: Markup, size: int, *, class_: str = "") -> Markup:
    """Return a drawing in SVG, in a box of `size` by `size`, as an image of its own."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{drawing}</svg>'
    return image(svg, class_=class_)


def image(svg: str, *, class_: str = "") -> Markup:
    """Return a whole SVG document as an image that says nothing to who does not see it.

    Streamlit takes SVG out of the HTML of a page, but leaves an image whose address is its content.
    """
    return Markup('<img class="{}" alt="" src="data:image/svg+xml,{}">').format(class_, quote(svg))


def themes(styles: Iterable[ThemeStyle]) -> Markup:
    """Return themes as a row of swatches with their names."""
    chips = [element("span", swatch(style), style.name, class_="dl-theme") for style in styles]
    return element("div", *chips, class_="dl-themes") if chips else Markup("")
