"""What is said of one event: the same words in a pin's popup and in the list's card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.markup import legible, web_link
from dashboard.searching import split_hits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

NOTE_MARK = re.compile(r"\[([0-9]{1,3}|[ivxlc]{1,7})\]")
"""As "[3]" or "[iv]" in a text."""

ROLES = {"event": "Happened here", "context": "Mentioned", "origin": "Home of a source"}
"""Role → how it is called on every page."""

KINDS = {
    "site": "Site", "city": "City or town", "admin2": "District", "admin1": "Province", "country": "Country",
    "region": "Region", "water": "Waters",
}  # fmt: skip
"""Kind of a place → how exactly it says where something happened, the most exact first."""

NO_REASON = "no place of this name is known"
"""Why a name has no place, where its resolution does not say."""

LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "ps": "Pashto", "pt": "Portuguese",
    "ru": "Russian", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """An event in words.

    Attributes
    ----------
    evidence : tuple of str
        The sentence in three parts; the middle one is the name.
    sources : tuple of tuple
        Label, address (empty: none), and title of each.
    """

    event_id: str
    article_id: str
    themes: tuple[str, ...]
    title: str
    place: str
    precision: str
    date: str
    role: str
    summary: str
    evidence: tuple[str, str, str]
    why: str
    sources: tuple[tuple[str, str, str], ...]


def card_of(event: Any) -> Card:
    """Describe one row of events, as `itertuples` gives it."""
    return Card(
        event_id=event.event_id,
        article_id=event.article_id,
        themes=tuple(event.themes),
        title=legible(event.title),
        place=legible(event.place_label or event.place_name),
        precision=event.precision,
        date=date_words(event.published),
        role=ROLES.get(event.role, event.role),
        summary=legible(event.summary or ""),
        evidence=evidence_parts(event),
        why=explain(event),
        sources=source_entries(event.sources),
    )


def evidence_parts(event: Any) -> tuple[str, str, str]:
    """Return the evidence sentence before, in and after the name; empty where there is none."""
    sentence, start, end = event.evidence or "", event.evidence_start, event.evidence_end
    if pd.isna(start) or not 0 <= start < end <= len(sentence):
        return _without_notes(sentence), "", ""
    start, end = int(start), int(end)
    return _without_notes(sentence[:start]), legible(sentence[start:end]), _without_notes(sentence[end:])


def _without_notes(words: str) -> str:
    """Return the words without the marks of notes, which lead nowhere outside the article."""
    return NOTE_MARK.sub("", legible(words))


SECTIONS = {
    "title": "title",
    "caption": "caption of the picture",
    "quote": "pull quote",
    "body": "commentary",
    "outlet_note": "description of an outlet",
    "excerpt": "excerpt of a source",
    "note": "notes",
}
"""What the parts of an article are called."""


def explain(event: Any) -> str:
    """Return why the place is the one that is meant, the runner-up and how sure this is."""
    parts = list(event.reasons)
    # The reasons count the mentions of one name; where they do, a place's under several names would confuse.
    if event.mentions and event.mentions > 1 and not any(reason.startswith("named ") for reason in parts):
        parts.insert(0, f"named {int(event.mentions)} times")
    if section := SECTIONS.get(getattr(event, "section", "")):
        parts.append(f"this sentence stands in the {section}")
    if event.alternatives:
        parts.append(f"runner-up: {event.alternatives[0]}")
    if event.status == "automatic":
        parts.append(f"{score_words(event.score)} sure of the place")
    else:
        parts.append(f"{event.status} by a person")
    return legible("; ".join(parts))


def score_words(score: float) -> str:
    """Return a score as "97%"; none is certainty, and what lies below a bound never reads as the bound."""
    # Rounded first: 0.29 * 100 is a little less than 29.
    return "over 99%" if score > 0.99 else f"{floor(round(score * 100, 6))}%"


def source_entries(sources: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """Return label, address and title of each source; the label says outlet, language and date."""
    entries = []
    for source in sources:
        details = [LANGUAGES.get(source.get("language") or "", source.get("language") or "")]
        details.append(date_words(source.get("published")))
        said = ", ".join(detail for detail in details if detail)
        outlet = source.get("outlet") or source.get("title") or "Source"
        label = f"{outlet} ({said})" if said else outlet
        entries.append(
            (legible(label), web_link(source.get("url") or ""), legible(source.get("title") or ""))
        )
    return tuple(entries)


def mark_card(card: Card, needles: Sequence[str]) -> dict[str, Any]:
    """Return the texts of a card with what is searched told apart, for a browser that builds them from text nodes.

    Parameters
    ----------
    needles : sequence of str
        As `searching.parse_query` returns them.

    Returns
    -------
    dict
        ``title`` and ``summary``: parts of the text, of which every second one is a hit. ``evidence``: such parts
        of what stands before, in and after the name.
    """
    return {
        "title": list(split_hits(card.title, needles)),
        "summary": list(split_hits(card.summary, needles)),
        "evidence": [list(split_hits(part, needles)) for part in card.evidence],
    }


def date_words(day: date | pd.Timestamp | str | None) -> str:
    """Return a date as "29 Sep 2023"; empty where none is known."""
    if day is None or day == "" or pd.isna(day):
        return ""
    moment = pd.Timestamp(day)
    return f"{moment.day} {moment:%b %Y}"


def count_words(number: int, noun: str, plural: str = "") -> str:
    """Return "1 article", "2 articles", "1,204 countries"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
