"""What the words around a match say of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from geodata import lexicon
from geodata.gazetteer.generics import KIND_BY_NOUN
from geodata.model import Kind
from geodata.tokens import tokenise

if TYPE_CHECKING:
    from geodata.tokens import Token

LOCATIVES = frozenset(
    (
        "in at near from to into toward towards around outside inside across throughout via"
        " reach reached entered visited visiting left en dans à depuis vers"
    ).split()
)
_OPENING_QUOTES = frozenset('“"«‘„')
_CLOSING_QUOTES = frozenset('”"»’“')
_PLURALS = {
    f"{noun}s": kind
    for noun, kind in KIND_BY_NOUN.items()
    # States, republics, territories are countries as often as provinces; departments are ministries.
    if noun not in ("state", "republic", "territory", "department", "division", "zone", "port", "mine")
} | {
    "cities": Kind.CITY, "counties": Kind.ADMIN2, "regencies": Kind.ADMIN2, "municipalities": Kind.ADMIN2,
    "airfields": Kind.SITE, "facilities": Kind.SITE, "monasteries": Kind.SITE, "penitentiaries": Kind.SITE,
}  # fmt: skip
_DATELINE_END = re.compile(
    r"(?:, [A-Z][\w. ]{1,30}?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([\w ./]{2,40}\))? ?(?:--?|[–—])(?!\w)"
)
"""What follows a report's place: a country or state, a date, an agency, each or none, and a dash."""
_HEADLINE_WORDS = 4
_HEADLINE_WORDS_BEFORE_STOP = 8
"""Long words that a headline has at the least, and a sentence with a full stop to be taken for one."""
_LIST_WORDS = frozenset({"and", "or", "as", "well", "the", "of"})
_INTRODUCTIONS = frozenset({"such", "including", "like", "of", "in", "namely"})
_PUBLISHERS = frozenset(
    {"press", "books", "publishers", "publishing", "publications", "verlag", "editions", "éditions"}
)
_INSIDE = frozenset("in at near outside inside across throughout en dans à".split())
"""Those of `LOCATIVES` after which no person stands."""
_CIVIC_WORDS = frozenset(
    "residents mayor police city council officials authorities voters suburb neighborhood".split()
)
_OF_CIVIC = frozenset(
    "city town village mayor people residents outskirts suburbs north south east west".split()
)
_SITE_ADJECTIVES = frozenset({"air", "naval", "military", "nuclear", "army", "refugee"})
_SITE_NOUNS = frozenset({"base", "airfield", "facility", "camp", "station"})


class Lexicon(NamedTuple):
    """The lists of `geodata.lexicon`, each under its name."""

    not_places: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    ambiguous_given_names: frozenset[str]
    organisation_words: frozenset[str]
    organisation_heads: frozenset[str]
    surnames: frozenset[str]
    joined_words: frozenset[str]


@cache
def _read_lexicon() -> Lexicon:
    return Lexicon(*(lexicon.load(name) for name in Lexicon._fields))


class Wording:
    """The words of a text with what filters ask of them.

    Parameters
    ----------
    text : str
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens, self._starts = tokenise(text)
        self.lexicon = _read_lexicon()
        self._headlines: dict[int, bool] = {}

    @cached_property
    def beginnings(self) -> list[int]:
        """Numbers of the words that a name may begin with."""
        return [index for index, token in enumerate(self.tokens) if token.may_begin]

    @cached_property
    def lower_case(self) -> frozenset[str]:
        """Words that the text writes small somewhere."""
        return frozenset([token.folded for token in self.tokens if not token.is_name_like])

    @cached_property
    def _sentence_ends(self) -> list[int]:
        """Number of each sentence's last word."""
        return [index for index, token in enumerate(self.tokens) if token.ends_sentence]

    def is_title_case(self, index: int) -> bool:
        """Tell whether the word at `index` stands in a headline, where capitals say nothing."""
        sentence = bisect_left(self._sentence_ends, index)
        known = self._headlines.get(sentence)
        if known is None:
            known = self._headlines[sentence] = self._is_headline(sentence)
        return known

    def is_in_capitals(self, index: int) -> bool:
        """Tell whether the sentence of the word at `index` is written in capitals, as some headlines are."""
        sentence = bisect_left(self._sentence_ends, index)
        begin = self._sentence_ends[sentence - 1] + 1 if sentence else 0
        words = [
            token for token in self.tokens[begin : self._sentence_ends[sentence] + 1] if token.length > 1
        ]
        return sum(token.is_upper for token in words) >= 0.6 * len(words)

    def _is_headline(self, sentence: int) -> bool:
        """Tell whether a sentence writes nearly all words large."""
        begin = self._sentence_ends[sentence - 1] + 1 if sentence else 0
        last = self._sentence_ends[sentence]
        if bisect_right(self.beginnings, last) - bisect_left(self.beginnings, begin) < _HEADLINE_WORDS:
            return False
        large = [token.is_name_like for token in self.tokens[begin : last + 1] if len(token.folded) > 3]
        enough = _HEADLINE_WORDS if self._ends_line(last) else _HEADLINE_WORDS_BEFORE_STOP
        return len(large) >= enough and large.count(True) >= 0.8 * len(large)

    def _ends_line(self, index: int) -> bool:
        """Tell whether no full stop follows the word, as none follows a headline."""
        end = self.end(index)
        return not self.text[end : end + 1].startswith((".", "!", "?"))

    def is_quoted(self, start: int, end: int) -> bool:
        """Tell whether the words are a name in quotation marks: a nickname, or the first part of a title.

        “Aman” is no city and “Al-Aqsa Flood” no mosque, but “Gaza Strip” and “Mali is calm” are what they say.
        """
        text = self.text
        first = self.start(start)
        if text[max(0, first - 1) : first] not in _OPENING_QUOTES:
            return False
        last = end - 1
        while last < end + 3 and last + 1 < len(self.tokens) and self.tokens[last].joins_next:
            if not self.tokens[last + 1].is_name_like:
                break
            last += 1
        stop = self.end(last)
        # American usage puts the comma inside: “Al-Aqsa Flood,” says the centre.
        is_closed = text[stop : stop + 2].lstrip(",.")[:1] in _CLOSING_QUOTES
        return is_closed and (end - start == 1 or last >= end)

    def is_located(self, index: int) -> bool:
        """Tell whether a preposition of place stands before the word at `index`."""
        before = self.before(index)
        return before is not None and before.folded in LOCATIVES

    def is_scene(self, start: int, end: int) -> bool:
        """Tell whether the words beside a name make it a place's: "in Monroe", "Monroe residents"."""
        before, after = self.before(start), self.after(end)
        if before is not None and before.folded in _INSIDE:
            return True
        if after is not None and after.folded in _CIVIC_WORDS:
            return True
        second = self.before(start - 1)
        return (
            before is not None and before.folded == "of" and second is not None and second.folded in _OF_CIVIC
        )

    def is_dateline(self, start: int, end: int) -> bool:
        """Tell whether a name is the place from which a report comes.

        "XENIA — The council", "KYIV, Ukraine (AP) — The", "PARIS (Reuters) - The".
        """
        return self.starts_sentence(start) and _DATELINE_END.match(self.text, self.end(end - 1)) is not None

    def start(self, index: int) -> int:
        """Return the offset at which the word at `index` begins."""
        return self._starts[index]

    def end(self, index: int) -> int:
        """Return the offset after the word at `index`, without a possessive "'s"."""
        return self._starts[index] + self.tokens[index].length

    def before(self, index: int) -> Token | None:
        """Return the word before `index` if nothing but white space parts the two."""
        if index <= 0:
            return None
        token = self.tokens[index - 1]
        return token if token.joins_next else None

    def after(self, end: int) -> Token | None:
        """Return the word after the one before `end`, likewise."""
        return self.tokens[end] if end < len(self.tokens) and self.tokens[end - 1].joins_next else None

    def starts_sentence(self, index: int) -> bool:
        """Tell whether the word at `index` is large because a sentence begins with it."""
        return index == 0 or self.tokens[index - 1].ends_sentence

    def asked_kind(self, start: int, end: int) -> Kind | None:
        """Return the kind that a noun after the name, or before it with "of", announces."""
        after = self.after(end)
        if after is not None and after.folded in KIND_BY_NOUN:
            return KIND_BY_NOUN[after.folded]
        if end - start > 1 and KIND_BY_NOUN.get(self.tokens[end - 1].folded) is Kind.WATER:
            return Kind.WATER
        listed = self.listed_kind(start, end)
        if listed is not None:
            return listed
        if after is not None and after.folded in _SITE_ADJECTIVES:
            following = self.after(end + 1)
            if following is not None and following.folded in _SITE_NOUNS:
                return Kind.SITE
        before, second = self.before(start), self.before(start - 1)
        if before is not None and before.folded == "of" and second is not None:
            return KIND_BY_NOUN.get(second.folded)
        return None

    def listed_kind(self, start: int, end: int) -> Kind | None:
        """Return the kind that a plural noun gives a list: "bases such as A and B", "A and B provinces"."""
        for position in range(end, min(end + 12, len(self.tokens))):
            token = self.tokens[position]
            if token.folded in _PLURALS:
                return _PLURALS[token.folded]
            if (
                not (token.is_name_like or token.folded in _LIST_WORDS)
                or self.tokens[position - 1].ends_sentence
            ):
                break
        for position in range(start - 1, max(start - 15, -1), -1):
            token = self.tokens[position]
            if token.ends_sentence:
                break
            if token.folded in _PLURALS and self.tokens[position + 1].folded in _INTRODUCTIONS:
                return _PLURALS[token.folded]
        return None

    def is_publisher(self, end: int) -> bool:
        """Tell whether "X: Some Press" follows, as in "Washington: AEI Press, 2016"."""
        if end >= len(self.tokens) or not self.tokens[end - 1].ends_sentence:
            return False
        for position in range(end, min(end + 4, len(self.tokens))):
            token = self.tokens[position]
            if not token.is_name_like:
                return False
            if token.folded in _PUBLISHERS:
                return True
        return False
