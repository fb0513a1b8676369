"""A second opinion on what the words of a text name: entities of a spaCy pipeline, when the user has one.

Entities only add or veto. A person or an organisation takes its words from the places; a place that nothing else
saw is looked up, and listed as unplaced where the gazetteer lacks it. They have no say in which place a name means.
"""

from __future__ import annotations

import importlib
from bisect import bisect_left, bisect_right
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from geodata.errors import EntitiesError
from geodata.gazetteer.folding import fold
from geodata.matching import MAX_WORDS
from geodata.model import Kind, MentionType
from geodata.wording import LOCATIVES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geodata.matching import Names
    from geodata.recognition import Sighting

VERSION = 1
"""Raised when the same entities add or veto otherwise, so that stored answers are told from new ones."""

PERSONS = frozenset({"PERSON", "PER"})
ORGANISATIONS = frozenset({"ORG"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
"""Labels of OntoNotes, on which spaCy's English pipelines are trained, and of WikiNER for other languages."""

WELL_KNOWN_POPULATION = 200_000
"""Inhabitants from which a city is known to every reader."""

MOST_LETTERS = 100_000
"""Of a text that a pipeline reads in one go; longer ones are cut at a line's end. Memory grows with it."""

_NEEDLESS = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")
"""Components of spaCy's own pipelines that their entity recogniser does without."""

_ARTICLE = "the "


class Entity(NamedTuple):
    """A stretch of a text that a pipeline names something.

    Attributes
    ----------
    start, end : int
        Character offsets, end exclusive.
    label : str
        One of `PERSONS`, `ORGANISATIONS` and `PLACES`.
    """

    start: int
    end: int
    label: str


class EntityReview(Protocol):
    """What the geoparser needs of a second opinion."""

    @property
    def id(self) -> str:
        """Name, version and configuration."""

    def review(
        self,
        text: str,
        sightings: Sequence[Sighting],
        *,
        sight: Callable[[str, int, int], Sighting],
        names: Names,
    ) -> list[Sighting]:
        """Return the sightings less those that are vetoed, and more."""


class SpacyEntities:
    """Reviews sightings by the entities of a spaCy pipeline.

    Parameters
    ----------
    pipeline : spacy.language.Language

    Attributes
    ----------
    id : str
        Names the pipeline and its version; becomes part of the geoparser's id.

    Raises
    ------
    geodata.errors.EntitiesError
        If the pipeline recognises no entities that matter.
    """

    def __init__(self, pipeline: Any) -> None:
        meta = pipeline.meta
        name = f"{meta['lang']}_{meta['name']}"
        labels = {label for names in pipeline.pipe_labels.values() for label in names}
        if labels.isdisjoint(PERSONS | ORGANISATIONS | PLACES):
            raise EntitiesError(
                f"the pipeline {name} recognises no persons, organisations or places; name one with an entity"
                " recogniser, as en_core_web_sm"
            )
        self._pipeline = pipeline
        self.id = f"entities-{VERSION}-{name}-{meta['version']}"

    def find(self, text: str) -> list[Entity]:
        """Return the persons, organisations and places of a text, in its order and without overlap."""
        found = []
        for start, portion in _portions(text):
            document = self._pipeline(portion)
            found += [
                Entity(start + entity.start_char, start + entity.end_char, entity.label_)
                for entity in document.ents
                if entity.label_ in PERSONS | ORGANISATIONS | PLACES
            ]
        return found

    def review(
        self,
        text: str,
        sightings: Sequence[Sighting],
        *,
        sight: Callable[[str, int, int], Sighting],
        names: Names,
    ) -> list[Sighting]:
        """Return the sightings less those that are vetoed, and more.

        Parameters
        ----------
        text : str
        sightings : sequence of Sighting
            What recognition saw.
        sight : callable
            `Recogniser.sight`: makes a sighting of a stretch of the text.
        names : Names
            The gazetteer.

        Returns
        -------
        list of Sighting
            In the order of the text and without overlap.
        """
        entities = self.find(text)
        scenes = {sighting.key for sighting in sightings if sighting.is_located}
        kept = [
            sighting
            for sighting in sightings
            if (entity := _covering(entities, sighting)) is None
            or not _vetoes(entity, sighting, scenes, names)
        ]
        # What was vetoed is not added again: an entity is a person or a place, and overlaps no other.
        taken = [(sighting.mention.start, sighting.mention.end) for sighting in sightings]
        for entity in entities:
            start, end = _trim(text, entity)
            if entity.label not in PLACES or _is_taken(taken, start, end):
                continue
            if _may_name(text[start:end]):
                located = _is_located(text, start)
                kept.append(sight(text, start, end)._replace(is_located=located))
        return sorted(kept, key=lambda sighting: sighting.mention.start)


def load_entities(model: str | Path) -> SpacyEntities:
    """Load a spaCy pipeline that is installed, or lies in a folder.

    Raises
    ------
    geodata.errors.EntitiesError
        If spaCy or the pipeline is not installed or cannot be used; the message says what to do.
    """
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise EntitiesError(
            f"the pipeline {model} needs spaCy, which cannot be loaded ({error});"
            " install it with: pip install 'dateline[spacy]'"
        ) from error
    try:
        pipeline = spacy.load(model)
    except (OSError, ValueError, ImportError, AttributeError, TypeError) as error:
        # spaCy's messages are long, and the first line says it.
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise EntitiesError(
            f"spaCy cannot load the pipeline {model}: {first.rstrip('.')}. Install it with: python -m spacy"
            f" download {model}; or name the folder of one"
        ) from error
    if "ner" in pipeline.pipe_names:
        pipeline.select_pipes(disable=[name for name in _NEEDLESS if name in pipeline.pipe_names])
    return SpacyEntities(pipeline)


def _covering(entities: Sequence[Entity], sighting: Sighting) -> Entity | None:
    """Return the entity in which a sighting lies; None: there is none. Entities do not overlap."""
    number = bisect_right(entities, sighting.mention.start, key=attrgetter("start")) - 1
    return entities[number] if number >= 0 and sighting.mention.end <= entities[number].end else None


def _is_taken(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch shares a character with one of others, which do not overlap."""
    number = bisect_left(taken, end, key=itemgetter(0)) - 1
    return number >= 0 and start < taken[number][1]


def _vetoes(entity: Entity, sighting: Sighting, scenes: set[str], names: Names) -> bool:
    """Tell whether an entity that covers a sighting makes it no place.

    Pipelines often take a country for an organisation when it acts, and rightly find one in "Bank of Pakistan".
    """
    if entity.label in PLACES or sighting.mention.type is MentionType.ADJECTIVAL or sighting.is_based:
        return False
    if not _is_well_known(names, sighting.key):
        return True
    if (entity.start, entity.end) == (sighting.mention.start, sighting.mention.end):
        # "Jordan scored", unless the text also says that something is in Jordan.
        return entity.label in PERSONS and sighting.key not in scenes
    # "in" before "Washington Post" is said of the Post, in "Embassy in Paris" of Paris.
    return entity.start == sighting.mention.start or not sighting.is_located


def _is_well_known(names: Names, key: str) -> bool:
    """Tell whether every reader knows a place of this name: a country, a province, a large city or a capital."""
    return any(
        posting.place.kind in (Kind.COUNTRY, Kind.ADMIN1)
        or posting.place.is_capital
        or posting.place.population >= WELL_KNOWN_POPULATION
        for posting in (names.find(key) if key else ())
    )


def _trim(text: str, entity: Entity) -> tuple[int, int]:
    """Return an entity's offsets without article, possessive and white space."""
    start, end = entity.start, entity.end
    phrase = text[start:end]
    start += len(phrase) - len(phrase.lstrip())
    if text[start:end].lower().startswith(_ARTICLE):
        start += len(_ARTICLE)
    phrase = text[start:end].rstrip()
    for possessive in ("'s", "’s"):
        phrase = phrase.removesuffix(possessive)
    return start, start + len(phrase.rstrip())


def _may_name(phrase: str) -> bool:
    """Tell whether a phrase has the form of a name: few words, with letters, in one paragraph."""
    return (
        any(letter.isalpha() for letter in phrase)
        and bool(fold(phrase))
        and len(phrase.split()) <= MAX_WORDS
        and "\n\n" not in phrase
    )


def _is_located(text: str, start: int) -> bool:
    before = text[max(0, start - 30) : start].lower().removesuffix(_ARTICLE).split()
    return bool(before) and before[-1] in LOCATIVES


def _portions(text: str) -> Iterator[tuple[int, str]]:
    """Yield the text in portions that a pipeline can take, each with its offset."""
    start = 0
    while len(text) - start > MOST_LETTERS:
        cut = text.rfind("\n", start + 1, start + MOST_LETTERS) + 1 or start + MOST_LETTERS
        yield start, text[start:cut]
        start = cut
    if start < len(text):
        yield start, text[start:]
