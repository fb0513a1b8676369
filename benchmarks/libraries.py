"""Dateline, geotext and flashgeotext behind one interface, for `comparison`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from geodata.scoring import Prediction
from geodata.scoring.identity import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from geodata.geoparser import Geoparser


@dataclass
class Library:
    """A library that finds places.

    Attributes
    ----------
    find : callable
        What is timed: the library's own call on a text.
    predict : callable
        Turns its answer into predictions; takes the text and the answer.
    has_cities_country, has_coordinates : bool
        Whether it says in which country a city lies, and where.
    """

    name: str
    find: Callable[[str], Any]
    predict: Callable[[str, Any], list[Prediction]]
    has_cities_country: bool = False
    has_coordinates: bool = False
    documents_a_second: list[float] = field(default_factory=list)


def load_dateline(geoparser: Geoparser) -> Library:
    """Return Dateline as a library among others."""
    return Library(
        "dateline",
        geoparser.parse,
        lambda _, found: [Prediction.from_resolution(resolution) for resolution in found],
        has_cities_country=True,
        has_coordinates=True,
    )


def load_geotext() -> Library:
    """Return geotext with the data that it brings along."""
    from geotext import geotext

    def predict(text: str, found: geotext.GeoText) -> list[Prediction]:
        index = geotext.GeoText.index
        known = (
            (frozenset(found.countries), index.countries, "country"),
            (frozenset(found.cities), index.cities, "city"),
            (frozenset(found.nationalities), index.nationalities, "country"),
        )
        predictions = []
        for name, start in locate(text, geotext):
            codes, kind = next(((codes, kind) for names, codes, kind in known if name in names), ({}, ""))
            if kind:
                code = codes[name.lower()]
                predictions.append(Prediction(start, start + len(name), country_code=code, kind=kind))
        return predictions

    return Library("geotext", geotext.GeoText, predict, has_cities_country=True)


def locate(text: str, geotext: ModuleType) -> list[tuple[str, int]]:
    """Return the words that geotext looks up, with their offsets, which it knows and does not give.

    Looking for its names in the text afterwards puts one in seventeen elsewhere, as names also stand within
    longer ones; that would count against it.
    """
    seen: list[tuple[str, int]] = []

    def findall(pattern: str, searched: str) -> list[str]:
        matches = list(re.finditer(pattern, searched))
        seen.extend((match[0].strip(), match.start()) for match in matches)
        return [match[0] for match in matches]

    with patch.object(geotext, "re", SimpleNamespace(findall=findall)):
        geotext.GeoText(text)
    return seen


def load_flashgeotext() -> Library:
    """Return flashgeotext with the data that it brings along, in its default configuration."""
    from flashgeotext.geotext import GeoText

    def predict(_: str, found: Any) -> list[Prediction]:
        return distinct(
            Prediction(*span, country_code=country_code(name) if is_country else None, kind=kind)
            for part, kind, is_country in (("countries", "country", True), ("cities", "city", False))
            for name, meta in found[part].items()
            for span in meta["span_info"]
        )

    return Library("flashgeotext", GeoText().extract, predict)


def distinct(predictions: Iterator[Prediction]) -> list[Prediction]:
    """Keep the first answer to each span: a city of a country's name would count against the library."""
    first: dict[tuple[int, int], Prediction] = {}
    for prediction in predictions:
        first.setdefault((prediction.start, prediction.end), prediction)
    return list(first.values())


@cache
def country_code(name: str) -> str | None:
    """Return the code of a country by its name; None: not known."""
    return identify({"kind": "country", "name": name})[1]
