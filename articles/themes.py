"""The themes of an article, by the words of a vocabulary that its users edit.

`themes.toml` beside this module holds the vocabulary and explains its notation. Classification counts
words: it is open to inspection, needs no model, and gives the words that decided as its evidence.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from math import log2
from typing import TYPE_CHECKING

from articles.errors import VocabularyError
from articles.model import SectionKind, ThemeMatch
from articles.phrases import PhraseIndex, is_phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from typing import Any

    from articles.model import Article

_CONTEXTS = """
military intelligence executive legislative election political_institutions pro-democracy pro-autocracy
economic legal reparations human_rights rights_freedoms repression human_security gender lgbt
religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters
natural_resources environment technology terrorism cbrn cyber misinformation crime corruption
illegal_drugs trafficking
"""
PLOVER_CONTEXTS = frozenset(_CONTEXTS.split())
"""The contexts of PLOVER, Political Language Ontology for Verifiable Event Records (Open Event Data Alliance;
Halterman et al. 2023, "PLOVER and POLECAT: A New Political Event Ontology and Dataset"), by the names that
the POLECAT data use."""

SECTION_WEIGHTS = {
    SectionKind.TITLE: 3.0,
    SectionKind.CAPTION: 0.5,
    SectionKind.QUOTE: 0.5,
    SectionKind.BODY: 1.0,
    SectionKind.EXCERPT: 0.4,
    SectionKind.NOTE: 0.1,
}
"""How much a word counts by where it stands; citations, outlets' notes and images say nothing of a theme."""

STRONG, WEAK = 3.0, 1.0

MINIMUM_SCORE = 5.0
"""A strong word of the body and two weak ones, or one in the title; one in passing is too little."""
MINIMUM_SHARE = 1 / 3
"""Share of the strongest theme's score that another theme needs: long articles pass by many subjects."""
MOST_THEMES = 4
MOST_EVIDENCE = 6

_POSSESSIVE = re.compile(r"['’][sS]\Z")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXTS = ("id", "name", "description")
_LISTS = ("contexts", "strong", "weak", "ignore")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and the words that speak for it, in the notation of `articles.phrases`.

    Attributes
    ----------
    id : str
        Stable name in files and links.
    name, description : str
        What people see.
    contexts : tuple of str
        Contexts of PLOVER, from `PLOVER_CONTEXTS`.
    strong, weak : tuple of str
        Phrases that speak for the theme, or only support it.
    ignore : tuple of str
        Phrases whose words do not count for this theme.
    """

    id: str
    name: str
    description: str
    contexts: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The themes that there are, in the order of their file.

    Attributes
    ----------
    ignore : tuple of str
        Phrases that decide nothing, for no theme.
    """

    themes: tuple[Theme, ...]
    ignore: tuple[str, ...] = ()

    def theme(self, theme_id: str) -> Theme | None:
        """Return the theme of this id; None: the vocabulary has no such theme."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)

    @cached_property
    def _index(self) -> PhraseIndex:
        index = PhraseIndex()
        for group, theme in enumerate(self.themes):
            for phrase in dict.fromkeys((*theme.strong, *theme.weak, *theme.ignore, *self.ignore)):
                index.add(group, phrase)
        return index

    @cached_property
    def _weights(self) -> list[dict[str, float]]:
        return [
            {
                **dict.fromkeys(theme.weak, WEAK),
                **dict.fromkeys(theme.strong, STRONG),
                **dict.fromkeys((*theme.ignore, *self.ignore), 0.0),
            }
            for theme in self.themes
        ]


def classify(article: Article, vocabulary: Vocabulary) -> tuple[ThemeMatch, ...]:
    """Return the themes of an article, the strongest first; empty where none is clear.

    A phrase counts by its weight, by where it stands, and less with each repetition (the logarithm of its
    weighted count). A theme needs a score of its own and a share of the strongest theme's.

    Returns
    -------
    tuple of ThemeMatch
        At most `MOST_THEMES`, each with the words that decided it as written, the most telling first.
    """
    counts: list[dict[str, float]] = [{} for _ in vocabulary.themes]
    written: dict[str, str] = {}
    text = article.text
    for section in article.sections:
        weight = SECTION_WEIGHTS.get(section.kind)
        if weight is None:
            continue
        for group, phrase, words in vocabulary._index.find(text[section.start : section.end]):
            counts[group][phrase] = counts[group].get(phrase, 0.0) + weight
            written.setdefault(phrase, words)
    scored = []
    for theme, weights, count in zip(vocabulary.themes, vocabulary._weights, counts, strict=True):
        if any(weights[phrase] == STRONG for phrase in count):  # weak words only support
            gains = {phrase: weights[phrase] * log2(1 + mass) for phrase, mass in count.items()}
            scored.append((sum(gains.values()), theme, gains))
    scored.sort(key=lambda entry: -entry[0])
    least = max(MINIMUM_SCORE, scored[0][0] * MINIMUM_SHARE) if scored else MINIMUM_SCORE
    return tuple(
        ThemeMatch(theme.id, _evidence(gains, written))
        for score, theme, gains in scored[:MOST_THEMES]
        if score >= least
    )


def _evidence(gains: Mapping[str, float], written: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of the phrases that gained the most, each once whatever its case."""
    telling = sorted((phrase for phrase in gains if gains[phrase]), key=lambda phrase: -gains[phrase])
    distinct: dict[str, str] = {}
    for phrase in telling:
        words = _POSSESSIVE.sub("", " ".join(written[phrase].split()))
        distinct.setdefault(words.casefold(), words)
    return tuple(distinct.values())[:MOST_EVIDENCE]


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """Read a vocabulary of themes.

    Parameters
    ----------
    path : Path, optional
        A file in the notation that the bundled `themes.toml` explains. None: that file.

    Raises
    ------
    VocabularyError
        The file cannot be read or is broken; it names the line wherever there is one.
    """
    try:
        data = (resources.files("articles").joinpath("themes.toml") if path is None else path).read_bytes()
    except OSError as error:
        raise VocabularyError(f"expected a vocabulary of themes in {path}, but {error.strerror}") from error
    try:
        return _parse_vocabulary(data)
    except VocabularyError as error:
        # Which file it is, is known here alone.
        error.args = (f"{path or 'the bundled themes.toml'}, {error}",)
        raise


def _parse_vocabulary(data: bytes) -> Vocabulary:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise VocabularyError("expected text in UTF-8; save the file in that encoding", line=line) from error
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise VocabularyError(f"expected TOML; {error}", line=line) from error
    return _Checker(text).vocabulary(content)


class _Checker:
    """Turns plain values into a vocabulary, or says in which line of the text they are wrong."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.tables = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[\[\s*themes\s*\]\]", line)]

    def error(self, message: str, theme: int | None, key: str = "", value: str = "") -> VocabularyError:
        """Return the error with the line of the value, else of the key, else of the theme's table."""
        start, end = 0, len(self.lines)
        if theme is not None and theme < len(self.tables):
            start = self.tables[theme]
            end = min((table for table in self.tables if table > start), default=end)
        line = start
        name = re.escape(key)
        named = re.compile(rf"""\s*(?:["']?{name}["']?\s*[.=]|\[+\s*(?:\w+\.)*{name}\s*\])""")
        for n in range(start, end):
            if key and named.match(self.lines[n]):
                line = n
                if value:
                    quoted = re.compile(rf"""["']{re.escape(value)}["']""")
                    line = next((m for m in range(n, end) if quoted.search(self.lines[m])), n)
                break
        return VocabularyError(message, line=line + 1)

    def vocabulary(self, content: Mapping[str, Any]) -> Vocabulary:
        for key in content:
            if key not in {"themes", "ignore"}:
                raise self.error(f'expected [[themes]] and "ignore"; "{key}" is unknown', None, key)
        tables = content.get("themes")
        if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
            raise self.error("expected at least one theme under [[themes]]", None, "themes")
        themes: list[Theme] = []
        for number, table in enumerate(tables):
            theme = self.theme(table, number)
            if any(theme.id == other.id for other in themes):
                raise self.error(f'the id "{theme.id}" is given to two themes; rename one', number, "id")
            themes.append(theme)
        return Vocabulary(tuple(themes), self.phrases(content, "ignore", None))

    def theme(self, table: Mapping[str, Any], number: int) -> Theme:
        for key in table:
            if key not in (*_TEXTS, *_LISTS):
                expected = ", ".join((*_TEXTS, *_LISTS))
                raise self.error(f'expected the keys {expected}; "{key}" is unknown', number, key)
        for key in _TEXTS:
            if not isinstance(table.get(key), str) or not table[key].strip():
                raise self.error(f'expected a text under "{key}", came {table.get(key)!r}', number, key)
        if not _ID.fullmatch(table["id"]):
            message = f'expected an id of lower-case letters, digits and hyphens, came "{table["id"]}"'
            raise self.error(message, number, "id")
        contexts = self.strings(table, "contexts", number)
        for context in contexts:
            if context not in PLOVER_CONTEXTS:
                expected = ", ".join(sorted(PLOVER_CONTEXTS))
                message = f'PLOVER has no context "{context}"; expected some of {expected}'
                raise self.error(message, number, "contexts", context)
        strong, weak, ignore = (self.phrases(table, key, number) for key in ("strong", "weak", "ignore"))
        if not contexts or not strong:
            key = "strong" if contexts else "contexts"
            raise self.error(f'expected a list with at least one word under "{key}"', number, key)
        self.refuse_twice({"strong": strong, "weak": weak, "ignore": ignore}, number)
        return Theme(table["id"], table["name"], table["description"], contexts, strong, weak, ignore)

    def strings(self, table: Mapping[str, Any], key: str, number: int | None) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.error(f'expected a list of texts under "{key}", came {values!r:.60}', number, key)
        return tuple(values)

    def phrases(self, table: Mapping[str, Any], key: str, number: int | None) -> tuple[str, ...]:
        phrases = self.strings(table, key, number)
        for phrase in phrases:
            if not is_phrase(phrase):
                message = f'expected words, each with at most one * at its end, came "{phrase}"'
                raise self.error(message, number, key, phrase)
        return phrases

    def refuse_twice(self, lists: Mapping[str, Collection[str]], number: int) -> None:
        seen: set[str] = set()
        for key, phrases in lists.items():
            for phrase in phrases:
                if phrase in seen:
                    raise self.error(f'"{phrase}" stands twice in this theme; drop one', number, key, phrase)
                seen.add(phrase)
