"""Texts that nobody meant to be read: each is answered, in time that grows with its length alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from geodata.geoparser import Geoparser

if TYPE_CHECKING:
    from collections.abc import Callable

    from geodata.gazetteer import Gazetteer

TEXTS = {
    "empty": ("", []),
    "white space": (" \t\n\r\u00a0\u2003\u3000\ufeff", []),
    "control characters": ("\x00\x01Paris\x02\x1b[31m\x7f\x9b", ["Paris"]),
    "a null within a name": ("Pa\x00ris", []),
    "line separators": ("in\u2028Paris\u2029in\x85Libya\x0b\x0c", ["Paris", "Libya"]),
    "right to left": ("انفجار في Москва \u202eParis\u202c שלום", ["Москва", "Paris"]),
    "letters of another script that look alike": ("Pаris, Mоscow", []),
    "no spaces": ("北京Paris北京", []),
    "mixed scripts": ("東京, Москва, 서울, Libya, Αθήνα", ["Москва", "Libya"]),
    "emoji": ("🔥Paris🔥 👩‍👩‍👧 🇫🇷Libya\U0010ffff", ["Paris", "Libya"]),
    "halves of surrogates": ("\ud83d Paris \udd25\ud83d", ["Paris"]),
    "private and unassigned": ("\ue000Paris\ufffe \uffff\U000e0001Libya", ["Paris", "Libya"]),
    "marks alone": ("\u0301" * 1000, []),
    "marks before a name": ("\u0301 Paris", ["Paris"]),
    "capitals": ("LIBYA AND PAKISTAN", ["LIBYA", "PAKISTAN"]),
    "small letters": ("libya and pakistan", []),
    "digits": ("1234 ٣٤٥ 五 ² ½", []),
    "punctuation": ("?!.,;:-–—()[]{}<>'\"“”‘’…" * 50, []),
    "no place": ("It rained all day and nobody came.", []),
    "only names": ("Libya Pakistan", ["Libya", "Pakistan"]),
    "one name": ("Libya", ["Libya"]),
    "markup": ("<b>Libya</b><script>Pakistan</script>&#80;aris", ["Libya", "Pakistan"]),
    "addresses": ("https://paris.fr/Libya www.Paris.fr moscow@paris.com", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "phrases"), TEXTS.values(), ids=TEXTS)
def test_parse_finds_what_is_there_and_nothing_else(
    geoparser: Geoparser, text: str, phrases: list[str]
) -> None:
    found = geoparser.parse(text)
    assert [each.mention.phrase for each in found] == phrases
    assert all(text[each.mention.start : each.mention.end] == each.mention.phrase for each in found)


LONG = {
    "words": "rain fell all day ",
    "one word": "a",
    "capitals": "Abc Def ",
    "names": "Paris, Libya; ",
    "the same name": "Libya ",
    "one name running on": "Al-",
    "open quotation marks": "“Paris ",
    "open brackets": "(Paris ",
    "half of an address": "a.b@",
    "addresses": "http://a.b/",
    "dots": "a.b.",
    "apostrophes": "a’",
    "hyphens": "a-b-",
    "marks": "\u0301",
    "lines": "\n",
    "spaces": " ",
    "unknown names": "Abcdef district of ",
    "articles": "The ",
    "Arabic": "انفجار في مستونگ ",
    "Chinese": "北京和上海",
    "emoji": "👩‍👩‍👧",
}  # fmt: skip


def count_steps(do: Callable[[], object]) -> int:
    """Count the calls, of Python and of C, that a function makes: time without a clock.

    What C does within one call, as a regular expression's search, is not seen.
    """
    steps = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal steps
        steps += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        do()
    finally:
        sys.setprofile(before)
    return steps


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_cost_grows_as_the_text_does(gazetteer: Gazetteer, piece: str) -> None:
    geoparser = Geoparser(gazetteer)
    short, long = (piece * (length // len(piece)) for length in (5_000, 20_000))
    geoparser.parse(piece * 5)  # what is remembered from text to text is no part of the cost
    steps = [count_steps(lambda text=text: geoparser.parse(text)) for text in (short, long)]
    # Four times the text; quadratic work would be sixteen times the steps.
    assert steps[1] < 6 * steps[0] + 1_000
