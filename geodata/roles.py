"""Tells where it happened from where it was mentioned.

A place gathers evidence from the sections and sentences that name it: headlines and the commentary say more than
notes, a sentence that reports an act says more than one that gives background. What is more specific wins over
what contains it, so that an article on Mastung is not pinned on Pakistan as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.model import SectionKind
from geodata.containment import lies_in
from geodata.model import Kind, MentionType, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from articles.model import Article, Section
    from geodata.model import Place, Resolution

VERSION = 1
"""Raised when roles are given otherwise, so that stored answers are told from new ones."""

_SECTION_WEIGHT = {
    SectionKind.TITLE: 2.0,
    SectionKind.CAPTION: 0.5,
    SectionKind.QUOTE: 0.8,
    SectionKind.BODY: 1.0,
    SectionKind.EXCERPT: 0.6,
    SectionKind.NOTE: 0.1,
    SectionKind.IMAGE: 0.1,
}

_ACTS = re.compile(
    r"\b(?:attack|kill|bomb|explo|blast|detonat|raid|ambush|shell|struck|strike|fir(?:e|ed|ing)\b|shot|shoot|clash|fight"
    r"|fought|arrest|detain|kidnap|abduct|seiz|captur|storm|assault|invad|occup|deploy|launch|test|landed|crash|sank"
    r"|sunk|protest|demonstrat|rall(?:y|ied)|march|riot|gather|chant|sign|met\b|meeting|summit|visit|agree|coup|overthr"
    r"|election|vot(?:e|ed|ing)\b|flood|earthquake|displac|evacuat|escap|intercept|patrol|exercise|drill|injur|wound"
    r"|dead\b|died\b|death|operation|destroy|demolish|burn|loot|smuggl|traffick|execut|sentenc|tri(?:al|ed)\b|hack)",
    re.IGNORECASE,
)
"""Beginnings of words that report an act."""

_LOCATED = re.compile(
    r"\b(?:in|inside|within|at|near|outside|around|across|throughout|along|into|en|dans|à)\s+(?:(?:the|a|an|its|their"
    r"|nearby|neighbou?ring|northern|southern|eastern|western|central|north|south|east|west|greater|downtown|rural"
    r"|city|town|village|port|province|district|state|region|prison|camp|of)\s+){0,4}$",
    re.IGNORECASE,
)
"""What stands before a name when something is there: "in eastern", "at the port of"."""

_LISTED = re.compile(r"^\s*(?:,|,?\s*and|,?\s*or|,?\s*as well as|/)\s+(?:in\s+)?$")
"""What parts two names of a list."""

_COMPARED = re.compile(
    r"\b(?:compar|similar|unlike|reminiscent|likened|just as in|as happened in)\w*", re.IGNORECASE
)

_SHARE_OF_COMPANION = 0.6
"""Share of a scene's weight from which a country in the same list is a scene as well."""

_NOT_LOCATED = 0.4
"""What is left of a country's or region's weight where the text does not say that anything is in it."""

_BEFORE = 60
"""Characters before a name in which its preposition is looked for."""

_SPECIFIC_FROM = 0.55
"""Evidence from which a site, town or district is taken for the scene."""

_AREAS = (Kind.COUNTRY, Kind.REGION, Kind.WATER)

_AREA_FROM = 0.6
"""Likewise for provinces, regions, waters and countries, which are named in passing far more often."""

_SHARE_OF_BEST = 0.4
"""An area that is a scene has at least this share of the evidence of the article's strongest place."""

_SHARE_BESIDE_SITES = 0.6
"""Likewise for a country that nothing is said to be in, where the article has scenes that are known better."""


@dataclass(slots=True)
class _Evidence:
    place: Place
    weight: float = 0.0
    mentions: list[int] = field(default_factory=list)
    is_located: bool = False
    is_named: bool = False
    """Named as such somewhere, not only by an adjective."""


def assign_roles(article: Article, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions with their roles.

    Parameters
    ----------
    article : Article
    resolutions : sequence of Resolution
        Of the article's text, in order. Those that are `Role.ORIGIN` already stay so.

    Returns
    -------
    tuple of Resolution
        All mentions of a place have the same role, but for those that name an outlet's home.
    """
    gathered = _gather(article, resolutions, _find_located(article.text, resolutions))
    named = [entry for entry in gathered.values() if entry.is_named]
    scenes = _choose_scenes(named)
    scenes |= _companions(named, scenes, _find_lists(article.text, resolutions))
    return tuple(
        replace(
            resolution,
            role=Role.EVENT
            if resolution.role is not Role.ORIGIN
            and resolution.place is not None
            and resolution.place.id in scenes
            and resolution.mention.type is not MentionType.ADJECTIVAL
            else resolution.role,
        )
        for resolution in resolutions
    )


def _find_located(text: str, resolutions: Sequence[Resolution]) -> set[int]:
    """Find the mentions of which the text says that something is there, alone or in a list."""
    located: set[int] = set()
    for number, resolution in enumerate(resolutions):
        start = resolution.mention.start
        last = resolutions[number - 1].mention.end if number else 0
        before = text[max(0, start - _BEFORE) : start]
        follows = number - 1 in located and _LISTED.match(text[last:start])
        if (_LOCATED.search(before) and not _COMPARED.search(before)) or follows:
            located.add(number)
    return located


def _find_lists(text: str, resolutions: Sequence[Resolution]) -> dict[int, int]:
    """Map the mentions that stand in lists to the number of their list."""
    lists: dict[int, int] = {}
    for number in range(1, len(resolutions)):
        last, mention = resolutions[number - 1].mention, resolutions[number].mention
        if _LISTED.match(text[last.end : mention.start]):
            lists[number] = lists.setdefault(number - 1, number - 1)
    return lists


def _companions(entries: Sequence[_Evidence], scenes: Collection[str], lists: Mapping[int, int]) -> set[str]:
    """Find the countries that stand in lists with those that are scenes: three that sign a pact all sign it."""
    countries = [entry for entry in entries if entry.place.kind is Kind.COUNTRY]
    chosen = [entry for entry in countries if entry.place.id in scenes]
    return {
        entry.place.id
        for entry in countries
        for scene in chosen
        if entry.weight >= _SHARE_OF_COMPANION * scene.weight
        and not {lists[number] for number in entry.mentions if number in lists}.isdisjoint(
            lists[number] for number in scene.mentions if number in lists
        )
    }


def _gather(
    article: Article, resolutions: Sequence[Resolution], located: Collection[int]
) -> dict[str, _Evidence]:
    evidence: dict[str, _Evidence] = {}
    seen: dict[tuple[str, int], int] = defaultdict(int)
    for number, resolution in enumerate(resolutions):
        place = resolution.place
        if place is None or resolution.role is Role.ORIGIN:
            continue
        section = article.section_at(resolution.mention.start)
        if section is None or section.kind not in _SECTION_WEIGHT:
            continue
        entry = evidence.setdefault(place.id, _Evidence(place))
        entry.is_named |= resolution.mention.type is not MentionType.ADJECTIVAL
        entry.mentions.append(number)
        # Repetition within a section counts ever less.
        times = seen[place.id, section.start] = seen[place.id, section.start] + 1
        entry.is_located |= number in located
        weight = _mention_weight(article, resolution, section)
        if number not in located and place.kind in _AREAS:
            # "Iran demands" and "ties with Israel" name an actor, "in Algeria" a scene.
            weight *= _NOT_LOCATED
        entry.weight += weight / times
    return evidence


def _mention_weight(article: Article, resolution: Resolution, section: Section) -> float:
    mention = resolution.mention
    weight = _SECTION_WEIGHT[section.kind]
    if mention.type is MentionType.ADJECTIVAL:
        return 0.35 * weight
    if mention.type is MentionType.METONYMIC:
        return 0.5 * weight
    if section.kind is SectionKind.CAPTION and resolution.place is not None:
        # A caption describes the picture, which is often of another day and place.
        return weight
    sentence = article.sentence_at(mention.start)
    if sentence is not None and section.kind is not SectionKind.TITLE:
        weight *= 1.0 if has_act(article.text, *sentence) else 0.6
    return weight


def _choose_scenes(entries: Sequence[_Evidence]) -> set[str]:
    """Choose the places where it happened; containers of chosen ones stay context."""
    if not entries:
        return set()
    best = max(entry.weight for entry in entries)
    specific = (Kind.SITE, Kind.CITY, Kind.ADMIN2)
    scenes = [entry for entry in entries if entry.place.kind in specific and entry.weight >= _SPECIFIC_FROM]
    has_sites = bool(scenes)
    # From small to large, so that the Sahel gives way to Mali, and Mali to Mopti.
    areas = [entry for entry in entries if entry.place.kind not in specific]
    for entry in sorted(areas, key=lambda entry: entry.place.radius_km):
        is_actor = entry.place.kind is Kind.COUNTRY and not entry.is_located
        share = _SHARE_BESIDE_SITES if has_sites and is_actor else _SHARE_OF_BEST
        if entry.weight >= max(_AREA_FROM, share * best) and not any(
            lies_in(scene.place, entry.place) for scene in scenes
        ):
            scenes.append(entry)
    if not scenes:
        scenes = [max(entries, key=lambda entry: entry.weight)]
    return {entry.place.id for entry in scenes}


def has_act(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text reports an act, as "killed" or "signed" do."""
    return _ACTS.search(text, start, end) is not None
