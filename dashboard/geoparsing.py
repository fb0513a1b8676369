"""The geoparser as the settings want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.settings import SPACY

if TYPE_CHECKING:
    from dashboard.settings import Settings
    from geodata.gazetteer import Gazetteer
    from geodata.geoparser import Geoparser


def make_geoparser(settings: Settings, gazetteer: Gazetteer) -> Geoparser:
    """Return the geoparser, with the entities of a spaCy pipeline where the settings name one.

    Raises
    ------
    geodata.errors.EntitiesError
        If the pipeline cannot be used.
    """
    from geodata.geoparser import Geoparser

    if not settings.spacy:
        return Geoparser(gazetteer)
    from geodata.entities import load_entities
    from geodata.errors import EntitiesError

    try:
        return Geoparser(gazetteer, load_entities(settings.spacy))
    except EntitiesError as error:
        raise EntitiesError(f"{error} (asked for by {SPACY})") from error
