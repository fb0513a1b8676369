"""Text in, resolved toponyms out: the only place that knows the order of the steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from articles.model import SectionKind
from geodata import roles
from geodata.model import Role
from geodata.recognition import Recogniser
from geodata.resolution import Resolver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.model import Article, Section
    from geodata.entities import EntityReview
    from geodata.gazetteer import Gazetteer
    from geodata.model import Resolution
    from geodata.recognition import Sighting

_UNREAD = frozenset({SectionKind.CITATION, SectionKind.IMAGE})
"""Sections that name people, publishers and licences, and places only by chance."""


class TextGeoparser(Protocol):
    """What finds and resolves the places of texts: a `Geoparser`, or one with a step after it."""

    @property
    def id(self) -> str:
        """Names it and its configuration."""

    def parse(self, text: str) -> tuple[Resolution, ...]:
        """Return the toponyms of a text, in its order."""

    def resolve_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Resolution, ...]:
        """Resolve toponyms that somebody else marked, in the order given."""


class Geoparser:
    """Finds and resolves the places of texts. Pure: the same text and gazetteer give the same answer.

    Parameters
    ----------
    gazetteer : Gazetteer
    entities : EntityReview, optional
        Adds to what recognition sees, or vetoes it.

    Attributes
    ----------
    id : str
        Names the geoparser, its configuration and its gazetteer; stored with every result, so that results of an
        older one can be told and made anew.
    """

    def __init__(self, gazetteer: Gazetteer, entities: EntityReview | None = None) -> None:
        self._gazetteer = gazetteer
        self._entities = entities
        self._recogniser = Recogniser(gazetteer)
        self._resolver = Resolver(gazetteer)
        recognition = f"{self._recogniser.id}+{entities.id}" if entities else self._recogniser.id
        self.id = f"{recognition}+{self._resolver.id}+roles-{roles.VERSION}@{gazetteer.info.fingerprint}"

    def parse(self, text: str) -> tuple[Resolution, ...]:
        """Return the toponyms of a text, in its order; those that cannot be placed have no place."""
        return tuple(self._resolver.resolve(text, self._recognise(text)))

    def parse_article(self, article: Article) -> tuple[Resolution, ...]:
        """Return the toponyms of an article with their roles; offsets are of `Article.text`.

        Citations, titles that notes cite and picture credits are not read. What stands in an outlet's
        description is its home.
        """
        sightings = [
            sighting
            for sighting in self._recognise(article.text)
            if _is_read(article, sighting.mention.start)
        ]
        homes = {
            sighting.mention
            for sighting in sightings
            if sighting.is_based or _is_outlet_note(article.section_at(sighting.mention.start))
        }
        resolutions = [
            replace(resolution, role=Role.ORIGIN) if resolution.mention in homes else resolution
            for resolution in self._resolver.resolve(article.text, sightings)
        ]
        return roles.assign_roles(article, resolutions)

    def _recognise(self, text: str) -> list[Sighting]:
        seen = self._recogniser.recognise(text)
        if self._entities is None:
            return seen
        return self._entities.review(text, seen, sight=self._recogniser.sight, names=self._gazetteer)

    def resolve_spans(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Resolution, ...]:
        """Resolve toponyms that somebody else marked, and nothing besides.

        Parameters
        ----------
        text : str
        spans : sequence of (int, int)
            Character offsets, end exclusive.

        Returns
        -------
        tuple of Resolution
            One for each span, in the order given.

        Raises
        ------
        ValueError
            If a span does not lie in the text.
        """
        seen = {
            (sighting.mention.start, sighting.mention.end): sighting
            for sighting in self._recogniser.recognise(text)
        }
        sightings = [seen.get(span) or self._recogniser.sight(text, *span) for span in spans]
        order = sorted(range(len(spans)), key=lambda number: spans[number])
        resolved = self._resolver.resolve(
            text, [sightings[number] for number in order], keep_unsupported=True
        )
        answers = dict(zip(order, resolved, strict=True))
        return tuple(answers[number] for number in range(len(spans)))


def _is_read(article: Article, offset: int) -> bool:
    """Tell whether a name at `offset` may say where something is."""
    section = article.section_at(offset)
    if section is None or section.kind in _UNREAD:
        return False
    if section.kind is not SectionKind.NOTE:
        return True
    # What stands in quotation marks in a note is nearly always the headline of a cited work.
    text = article.text
    return text.rfind("“", section.start, offset) <= text.rfind("”", section.start, offset)


def _is_outlet_note(section: Section | None) -> bool:
    return section is not None and section.kind is SectionKind.OUTLET_NOTE
