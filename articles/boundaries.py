"""Where one article of an issue ends and the next begins.

Headings are certain. Between an article's last heading and the first one of the next there must be a
title; anywhere else there may be one, where an article was cut. What is most like a title is taken: a short
paragraph without a full stop, with capitals and more room above it than usual, before a pull quote.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from articles.citations import parse_citation
from articles.headings import MARK, ORDER, Part, heading, label
from articles.paragraphs import LINK, Paragraph
from articles.quotes import OPENING, has_stray_quote, is_enclosed

_LONGEST_TITLE = 200  # characters
_LONGEST_QUOTE = 700
_LONG = 300  # a paragraph of so many characters is commentary, not a title or a caption
_CERTAIN = 5  # evidence enough for a title where none is due
_BEYOND_DOUBT = 6  # and even right behind another one, whose article is missing


@dataclass
class Portion:
    """The paragraphs of one article: those before the first heading, and those of each part.

    Attributes
    ----------
    head : list of Paragraph
        Title, caption, pull quote and commentary.
    parts : dict
        Part to its paragraphs; a part that is headed twice is here once.
    """

    line: int
    head: list[Paragraph] = field(default_factory=list)
    parts: dict[Part, list[Paragraph]] = field(default_factory=dict)


@dataclass
class _Stretch:
    """A heading and the paragraphs up to the next one; the part is None before the first heading."""

    part: Part | None
    line: int
    paragraphs: list[Paragraph]


def split_articles(paragraphs: list[Paragraph]) -> list[Portion]:
    """Split the paragraphs of an issue into its articles."""
    usual = _usual_gap(paragraphs)
    stretches = _stretches(paragraphs)
    portions: list[Portion] = []
    current: Portion | None = None
    for index, stretch in enumerate(stretches):
        following = stretches[index + 1].part if index + 1 < len(stretches) else None
        starts = _starts(stretch, following, usual)
        for begin, end in pairwise([0, *starts, len(stretch.paragraphs)]):
            piece = stretch.paragraphs[begin:end]
            is_head = stretch.part is None or begin > 0 or 0 in starts
            if current is None or (is_head and (piece or stretch.part is None)):
                current = Portion(piece[0].line if is_head and piece else stretch.line)
                portions.append(current)
            if is_head:
                current.head += piece
            elif stretch.part is not None:
                current.parts.setdefault(stretch.part, []).extend(piece)
    return [portion for portion in portions if portion.head or portion.parts]


def is_pull_quote(text: str) -> bool:
    """Tell whether a paragraph is a quotation and nothing else; one of its quotes may be missing."""
    return len(text) <= _LONGEST_QUOTE and (is_enclosed(text) or has_stray_quote(text))


def is_title_like(text: str) -> bool:
    """Tell whether a paragraph may be a title: short, with letters, without a full stop or a link."""
    return (
        len(text) <= _LONGEST_TITLE
        and any(map(str.isalpha, text))
        and not text.endswith((".", ",", ";", ":", "…", ".”", '."', ",”", ".’", ")"))
        and not LINK.search(text)
        and not MARK.match(text)
        and not is_pull_quote(text)
        and not text[:1].islower()
    )


def _usual_gap(paragraphs: list[Paragraph]) -> int:
    """Return how many empty lines part paragraphs where nothing else does: the fewest that are common."""
    counts = Counter(paragraph.blanks for paragraph in paragraphs if paragraph.blanks)
    return min((blanks for blanks, count in counts.items() if count * 8 >= counts.total()), default=0)


def _stretches(paragraphs: list[Paragraph]) -> list[_Stretch]:
    stretches = [_Stretch(None, 1, [])]
    for index, paragraph in enumerate(paragraphs):
        if _opens_image(paragraphs, index, stretches[-1]):
            stretches.append(_Stretch(Part.IMAGE, paragraph.line, [paragraph]))
            continue
        found = None if _is_label_of_image(paragraph, stretches[-1]) else heading(paragraph)
        if found is None:
            stretches[-1].paragraphs.append(paragraph)
        elif found[0] is Part.COMMENTARY:
            # It heads nothing that the place alone would not tell.
            if found[1]:
                stretches[-1].paragraphs.append(Paragraph(paragraph.line, found[1], paragraph.blanks))
        else:
            rest = [Paragraph(paragraph.line, found[1], 1)] if found[1] else []
            stretches.append(_Stretch(found[0], paragraph.line, rest))
    if not stretches[0].paragraphs:
        del stretches[0]
    return stretches


def _is_label_of_image(paragraph: Paragraph, stretch: _Stretch) -> bool:
    """Tell whether a line that looks like a heading labels a picture's source instead."""
    found = label(paragraph.text)
    if stretch.part is not Part.IMAGE or found is None or not found[1]:
        return False
    last = stretch.paragraphs[-1] if stretch.paragraphs else None
    return last is None or label(last.text) is not None or paragraph.blanks == 0


def _opens_image(paragraphs: list[Paragraph], index: int, stretch: _Stretch) -> bool:
    """Tell whether a picture's label stands where its heading is missing."""
    found = label(paragraphs[index].text)
    if stretch.part is Part.IMAGE or found is None or not found[1]:
        return False
    following = [label(later.text) for later in paragraphs[index + 1 : index + 2] if later.blanks <= 1]
    goes_on = any(later and later[0] != "caption" for later in following)
    if found[0] == "caption":
        is_first = stretch.part is None and not stretch.paragraphs
        return goes_on or is_first or stretch.part in (Part.SOURCES, Part.NOTES)
    # "Source:" heads a source, too, unless an attribution follows.
    return found[0] == "attribution" or (
        goes_on and following[0] is not None and following[0][0] == "attribution"
    )


def _starts(stretch: _Stretch, following: Part | None, usual: int) -> list[int]:
    """Return the indexes of the paragraphs of a stretch that are titles of further articles."""
    first = _end_of_image(stretch.paragraphs) if stretch.part is Part.IMAGE else 0
    starts = []
    # Whatever follows a picture's labels is another article.
    if stretch.part is Part.IMAGE and first < len(stretch.paragraphs):
        starts.append(first)
    scores = _scores(stretch.paragraphs, first, following, usual)
    in_head = bool(starts) or stretch.part is None
    starts += _certain(stretch.paragraphs, scores, first if in_head else None)
    is_due = stretch.part is not None and following is not None and ORDER[following] <= ORDER[stretch.part]
    if is_due and not starts:
        starts += _most_likely(stretch, scores, usual)
    return starts


def _certain(paragraphs: list[Paragraph], scores: dict[int, int], title: int | None) -> list[int]:
    """Return the titles that are beyond doubt.

    Behind a title, at `title` or found here, less is beyond doubt before commentary has come: a caption
    is like a title itself.
    """
    starts = []
    has_commentary, quotes, prose = title is None, 0, 0
    for index, paragraph in enumerate(paragraphs):
        if title is not None and index < title:
            continue
        if index != title and scores.get(index, 0) >= (_CERTAIN if has_commentary else _BEYOND_DOUBT):
            starts.append(index)
            has_commentary, quotes, prose = False, 0, 0
        elif is_pull_quote(paragraph.text):
            quotes += 1
        elif not is_title_like(paragraph.text):
            has_commentary = has_commentary or len(paragraph.text) > _LONG or quotes + prose > 0
            prose += 1
    return starts


def _most_likely(stretch: _Stretch, scores: dict[int, int], usual: int) -> list[int]:
    """Return the title of an article that must begin in a stretch, if there is one."""
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    # "Source:" may head each source of one article.
    if best is not None and (stretch.part is not Part.SOURCES or scores[best] >= _CERTAIN - 1):
        return [best]
    if stretch.part is Part.SOURCES:
        return []
    unmarked = [
        index
        for index, paragraph in enumerate(stretch.paragraphs)
        if index and not MARK.match(paragraph.text)
    ]
    spaced = [index for index in unmarked if stretch.paragraphs[index].blanks > usual]
    return (spaced or unmarked)[:1]


def _end_of_image(paragraphs: list[Paragraph]) -> int:
    """Return the index of the first paragraph behind a picture's labels."""
    end = 0
    spaced = any(paragraph.blanks for paragraph in paragraphs)
    for index, paragraph in enumerate(paragraphs):
        ahead = (label(later.text) for later in paragraphs[index + 1 : index + 2] if later.blanks <= 1)
        is_title = len(paragraph.text.split()) > 3 and _has_capitals(paragraph.text)
        is_continued = index == end and spaced and paragraph.blanks == 0 and not is_title
        captions_on = index == end and any(found and found[0] != "caption" for found in ahead)
        if label(paragraph.text) or is_continued or captions_on:
            end = index + 1
        else:
            break
    return end


def _scores(paragraphs: list[Paragraph], first: int, following: Part | None, usual: int) -> dict[int, int]:
    """Rate the paragraphs that may be titles."""
    scores = {}
    for index in range(max(first, 0), len(paragraphs)):
        text = paragraphs[index].text
        if not is_title_like(text) or text.startswith(OPENING) or _belongs_to_citation(paragraphs, index):
            continue
        score = 2 * (paragraphs[index].blanks > usual) + 2 * _has_capitals(text) + (following is Part.SOURCES)
        ahead = paragraphs[index + 1 : index + 4]
        quotes = [at for at, paragraph in enumerate(ahead) if is_pull_quote(paragraph.text)]
        if quotes and all(len(paragraph.text) <= _LONG for paragraph in ahead[: quotes[0]]):
            score += 2
        scores[index] = score
    return scores


def _belongs_to_citation(paragraphs: list[Paragraph], index: int) -> bool:
    """Tell whether a short paragraph is a source's title, whose citation goes on in the next."""
    if index + 1 == len(paragraphs):
        return False
    following = paragraphs[index + 1].text
    return (
        following.startswith("(")
        or bool(LINK.match(following))
        or parse_citation(paragraphs[index].text) is not None
    )


def _has_capitals(text: str) -> bool:
    """Tell whether a text is set as titles are: Most Words With a Capital, or ALL OF THEM."""
    words = [word.strip("‘’“”\"'()") for word in text.split() if len(word) > 3]
    capitals = sum(word[:1].isupper() or word[:1].isdigit() for word in words)
    return len(words) > 1 and capitals * 10 >= len(words) * 7
