"""A summary out of whole sentences of the article itself.

Sentences are chosen, never written: a reader may quote them. The features are the classic ones of
extraction (Edmundson 1969: position, title words, cue phrases; Luhn 1958: frequent words), with names and
numbers for the question who did what where, and the best set is searched among the best sentences.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from articles.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from articles.model import Article

SHORTEST, LONGEST = 250, 600
"""Characters that a summary should have; whole sentences come first."""

_REACH = 40_000  # characters of the text that are looked at; what matters stands before
_LONGEST_SENTENCE = 1_000  # more is a table or a list, not a sentence
_CANDIDATES = 12  # sentences among which the best set is searched: 286 sets at most

_MARK = r"[^\S\n]*\[(?:[ivxlc]{1,8}|\d{1,3}|[A-Z]{2,3}\d{1,3})\](?![a-z])"
_MARK_BEFORE_POSSESSIVE = re.compile(_MARK + r"[^\S\n]+(?=['’]s\b)")
_MARKS = re.compile(_MARK)

# Sentences that lean on the one before: connectors, and pronouns in the place of a name.
_DANGLING = re.compile(
    r"(?:In addition|Additionally|Also|Furthermore|Moreover|Further|Besides|However|Nevertheless|Nonetheless|"
    r"Still|Yet|But|And|Or|So|Thus|Therefore|Hence|Consequently|As a result|As such|Accordingly|Instead|"
    r"Meanwhile|Similarly|Likewise|Conversely|In contrast|By contrast|On the other hand|In turn|In response|"
    r"In exchange|In return|In the aftermath|Then|Afterwards?|Later|Finally|Lastly|First|Second|Third|Namely|"
    r"For (?:example|instance)|Specifically|In particular|Indeed|In fact|That said|Despite th(?:is|at)|"
    r"Simultaneously|At the same time|(?:Following|After|When|If) th(?:is|ese)|Following the \w+|"
    r"For (?:his|her|its|their) part),"
    r"|(?:This|That|These|Those|It|He|She|They|His|Her|Their|Its|Such|Neither|Another|There|Here|We|Our|"
    r"But|And|Or|Yet|So|Then|Both (?:are|were|have|had|of)|Despite this|(?:After|When|If) th(?:is|ese))\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:this|these|such|the latter|the former)\b", re.IGNORECASE)
# Sentences about the digest's sources rather than about the world, and those that only mention them.
_ON_SOURCES = re.compile(
    r"(?:The|This|Both|Two|Three)\b[^,.]{0,40}?\b(?:excerpts?|articles?|reports?|authors?)\b", re.IGNORECASE
)
_NAMING_SOURCES = re.compile(
    r"\b(?:excerpt(?:s|ed)?|accompanying|the (?:\w+ )?article|press coverage)\b", re.IGNORECASE
)
_HEDGE = re.compile(r"\b(?:remains? to be seen|(?:is|are|remains?) (?:\w+ )?unclear)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME = re.compile(r"(?<=[\w,’)“(] )[“(]?[^\W\d_a-z][\w’-]*[\w]")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_COMMON_WORDS = """
the and for that with from has have had was were are been will would could this these those which who
whom its their his her they them than then into onto over under about after before during while when
where what not but all any each more most other some such only own same can may also between because
through both said says say according per one two three new
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence without its marks.

    Attributes
    ----------
    number : int
        Counted from the beginning of the text.
    leaning : float
        What it loses where the sentence before it is not taken as well.
    opened : int
        Quotations and brackets that it opens and does not close; negative: closes and did not open.
    """

    number: int
    text: str
    stems: frozenset[str]
    leaning: float
    opened: int
    score: float = 0.0


def summarise(article: Article, *, sentences: int = 3) -> str:
    """Return the whole sentences of an article that say best what it is about.

    They come from the body, or from the excerpts where there is no body, in the order of the text and
    without note marks. The same article gives the same summary.

    Parameters
    ----------
    article : Article
        The evidence of its themes counts as well, where it has been classified.
    sentences : int
        The most sentences to take; two at least are taken where the text has them.

    Returns
    -------
    str
        Some `SHORTEST` to `LONGEST` characters; empty where the article has no sentences but its title.
    """
    text = article.body or "\n\n".join(source.excerpt for source in article.sources if source.excerpt)
    found = list(_sentences(text))
    if not found or sentences < 1:
        return ""
    scored = _scored(found, article)
    best = sorted(scored, key=lambda sentence: (-sentence.score, sentence.number))[:_CANDIDATES]
    best.sort(key=lambda sentence: sentence.number)
    fewest, most = min(2, sentences, len(best)), min(sentences, len(best))
    sets = (chosen for size in range(fewest, most + 1) for chosen in combinations(best, size))
    return " ".join(sentence.text for sentence in max(sets, key=_worth))


def _sentences(text: str) -> Iterator[_Sentence]:
    spans = split_sentences(text[:_REACH])
    if len(text) > _REACH and len(spans) > 1:
        spans.pop()  # it may be cut in half
    for number, (start, end) in enumerate(spans):
        plain = _without_marks(text[start:end])
        stems = frozenset(_stems(plain))
        if stems and len(plain) <= _LONGEST_SENTENCE:
            yield _Sentence(number, plain, stems, _leaning(plain), _opened(plain))


def _without_marks(text: str) -> str:
    """Return a text without note marks ("[ii]") and editors' marks ("[RG1]"), its white space single."""
    return " ".join(_MARKS.sub("", _MARK_BEFORE_POSSESSIVE.sub("", text)).split())


def _stems(text: str) -> Iterator[str]:
    """Yield the words that carry meaning, cut to six letters: enough to match a word's forms."""
    for word in _WORD.findall(text):
        folded = word.casefold()
        if folded not in _COMMON:
            yield folded[:6]


def _leaning(text: str) -> float:
    first = text.lstrip("“\"'‘([")
    if _DANGLING.match(first) or first[:1].islower():
        return 2.5
    return 0.6 if _POINTING.search(text) else 0.0


def _opened(text: str) -> int:
    return text.count("“") + text.count("(") - text.count("”") - text.count(")")


def _scored(found: Sequence[_Sentence], article: Article) -> list[_Sentence]:
    counts = Counter(stem for sentence in found for stem in sentence.stems)
    title = frozenset(_stems(article.title))
    told = frozenset(stem for match in article.themes for words in match.evidence for stem in _stems(words))
    return [
        _Sentence(
            sentence.number,
            sentence.text,
            sentence.stems,
            sentence.leaning,
            sentence.opened,
            _score(sentence, counts, title, told),
        )
        for sentence in found
    ]


def _score(sentence: _Sentence, counts: Counter[str], title: frozenset[str], told: frozenset[str]) -> float:
    text, stems = sentence.text, sentence.stems
    score = 1.2 / math.sqrt(1 + sentence.number)
    score += 1.5 * len(stems & title) / max(len(title), 3)
    score += 0.25 * min(len(stems & told), 4)
    # Words that come back are what the text is about; the mean keeps long sentences from winning by length.
    score += 0.25 * sum(min(counts[stem] - 1, 5) for stem in stems) / len(stems)
    score += 0.12 * min(len(set(_NAME.findall(text))), 6) + 0.2 * min(len(_NUMBER.findall(text)), 3)
    if _DATE.search(text):
        score += 0.3
    if not 60 <= len(text) <= 350:
        score -= 0.6
    if _ON_SOURCES.match(text):
        score -= 1.8
    elif _NAMING_SOURCES.search(text):
        score -= 0.4
    if _HEDGE.search(text) or text.endswith(("?", "…", ":")):
        score -= 0.8
    if text.count('"') % 2:
        score -= 2.5  # half a quotation, and no telling which half
    return score


def _worth(chosen: Sequence[_Sentence]) -> float:
    """Return how good sentences are together: what each says, less repetition, leaning and bad length."""
    worth = 0.0
    said: set[str] = set()
    before, opened = -2, 0  # nothing stands before the first sentence
    for sentence in chosen:
        worth += sentence.score - 1.5 * len(sentence.stems & said) / len(sentence.stems)
        said |= sentence.stems
        if sentence.number - 1 != before:
            worth -= sentence.leaning + 2.5 * abs(opened)  # half a quotation
            opened = 0
        opened += sentence.opened
        before = sentence.number
    length = sum(len(sentence.text) + 1 for sentence in chosen) - 1
    worth -= 2.5 * abs(opened)
    return worth - 0.01 * max(SHORTEST - length, 0) - 0.01 * max(length - LONGEST, 0)
