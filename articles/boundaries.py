"""Where one article of an issue ends and the next begins.

Headings are certain. Between an article's last heading and the first one of the next there must be a
title; anywhere else there may be one, where an article was cut. What is most like a title is taken: a short
paragraph without a full stop, with capitals and more room above it than usual, before a pull quote.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from articles.headings import MARK, ORDER, Part
from articles.heads import BODY_MARK
from articles.marked_titles import Marks, find_marks
from articles.model import Gap
from articles.paragraphs import Paragraph, usual_gap
from articles.stretches import Stretch, end_of_image, split_at_headings
from articles.title_advice import advise
from articles.title_search import Found, find_title, heads_each_source
from articles.titles import CERTAIN, LONG, is_pull_quote, is_title_like, rate_titles

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
    gaps : list of Gap
        Where it is doubtful that the article begins or ends here, and what was taken out of its title.
    is_preamble : bool
        Whether it is what precedes the first title of an issue that marks its titles: no article.
    """

    line: int
    head: list[Paragraph] = field(default_factory=list)
    parts: dict[Part, list[Paragraph]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    is_preamble: bool = False


@dataclass(frozen=True)
class _Due:
    """Why another article must begin.

    Attributes
    ----------
    line : int
        Of what says so.
    text : str
        Its very words.
    name : str
        What it is called in a gap.
    reason : str
    is_second : bool
        Whether the article before it has one already, or its commentary; elsewhere parts may be out of order.
    """

    line: int
    text: str
    name: str
    reason: str
    is_second: bool


def split_articles(paragraphs: list[Paragraph]) -> list[Portion]:
    """Split the paragraphs of an issue into its articles."""
    usual = usual_gap(paragraphs)
    stretches = split_at_headings(paragraphs)
    marks = find_marks(stretches, usual)
    for stretch in stretches:
        stretch.inner = marks.inner
    heads_each = bool(marks.titles) or heads_each_source(stretches, usual)
    portions: list[Portion] = []
    for stretch, following in zip_longest(stretches, stretches[1:]):
        current = portions[-1] if portions else None
        goes_on = _end_of_parts(stretch, current, marks)
        if marks.titles:
            starts = _take_marked(stretch, marks)
        elif goes_on is not None:
            starts = []
        else:
            starts = _starts(stretch, following.part if following else None, usual)
        due = None if starts else _why_due(stretch, following, current)
        found = None
        if due:
            if marks.titles and stretch.part is not Part.SOURCES:
                found = _find_beside_marked(stretch, following, usual, due)
            else:
                found = _find_due(stretch, following, usual, heads_each=heads_each)
            starts = [] if found is None or found.index is None else [found.index]
        _share_out(stretch, starts, goes_on, portions)
        if marks.titles and stretch.part is None and starts and starts[0] > 0:
            portions[0].is_preamble = True
        if due and found and found.doubt:
            title = None if found.index is None else stretch.paragraphs[found.index]
            advice = advise(stretch, found.index, usual, is_marked=bool(marks.titles))
            portions[-1].gaps.append(_doubt(due, title, f"{found.doubt}; {advice}"))
    filled = [portion for portion in portions if portion.head or portion.parts]
    if marks.titles:
        _hand_out(marks, filled)
    return filled


def _share_out(stretch: Stretch, starts: list[int], goes_on: int | None, portions: list[Portion]) -> None:
    """Give the paragraphs of a stretch to the article before it and to those that start in it.

    With `goes_on`, the paragraphs from there on are the head of the article before it.
    """
    for begin, end in pairwise([0, *starts, len(stretch.paragraphs)]):
        piece = stretch.paragraphs[begin:end]
        is_head = stretch.part is None or begin > 0 or 0 in starts
        if not portions or (is_head and (piece or stretch.part is None)):
            portions.append(Portion(piece[0].line if is_head and piece else stretch.line))
        current = portions[-1]
        if is_head:
            current.head += piece
        elif stretch.part is not None:
            cut = len(piece) if goes_on is None else min(goes_on, len(piece))
            current.parts.setdefault(stretch.part, []).extend(piece[:cut])
            current.head += piece[cut:]


def _end_of_parts(stretch: Stretch, current: Portion | None, marks: Marks) -> int | None:
    """Return where the commentary goes on behind a picture that stands above it; None: nowhere."""
    if stretch.part is not Part.IMAGE or current is None:
        return None
    end = end_of_image(stretch.paragraphs)
    if end == len(stretch.paragraphs):
        return None
    is_above = not current.parts and all(
        is_title_like(paragraph.text) or is_pull_quote(paragraph.text) for paragraph in current.head
    )
    return end if marks.titles or (is_above and not is_title_like(stretch.paragraphs[end].text)) else None


def _take_marked(stretch: Stretch, marks: Marks) -> list[int]:
    """Return the indexes of the titles that are marked, and leave what marks them out."""
    kept = [paragraph for paragraph in stretch.paragraphs if paragraph.line not in marks.sections]
    stretch.paragraphs = [marks.titles.get(paragraph.line, paragraph) for paragraph in kept]
    return [index for index, paragraph in enumerate(kept) if paragraph.line in marks.titles]


def _hand_out(marks: Marks, portions: list[Portion]) -> None:
    """Give the gaps of the marks to the articles that follow them."""
    lines = [portion.line for portion in portions]
    for gap in marks.gaps:
        portions[min(bisect_left(lines, gap.line), len(portions) - 1)].gaps.append(gap)


def _starts(stretch: Stretch, following: Part | None, usual: int) -> list[int]:
    """Return the indexes of the paragraphs of a stretch that are titles of further articles."""
    first = end_of_image(stretch.paragraphs) if stretch.part is Part.IMAGE else 0
    starts = []
    # Whatever follows a picture's labels is another article.
    if stretch.part is Part.IMAGE and first < len(stretch.paragraphs):
        starts.append(first)
    scores = _rate(stretch, first, following, usual)
    in_head = bool(starts) or stretch.part is None
    starts += _certain(stretch.paragraphs, scores, first if in_head else None)
    return starts


def _rate(stretch: Stretch, first: int, following: Part | None, usual: int) -> dict[int, int]:
    """Rate the paragraphs from `first` on that may be titles: index to points."""
    scores = rate_titles(stretch.paragraphs, first, following, usual)
    return {
        index: score for index, score in scores.items() if stretch.paragraphs[index].line not in stretch.inner
    }


def _why_due(stretch: Stretch, following: Stretch | None, current: Portion | None) -> _Due | None:
    """Tell why another article must begin in a stretch; None: what follows may belong to the one before it."""
    if stretch.part is None:
        return None
    above = _name(stretch)
    seen = {stretch.part, *(current.parts if current else ())}
    if following is not None and following.part in seen:
        return _due(
            following, f"a second {_name(following).removeprefix('a ')} in one article", is_second=True
        )
    if stretch.commentaries:
        heading = stretch.commentaries[0]
        name = f"“{_bare(heading.text)}”"
        # A picture may stand above the commentary.
        is_second = current is not None and bool(current.parts)
        return _Due(heading.line, heading.text, name, f"{name} stands behind {above}", is_second=is_second)
    if following is None or following.part is None:
        return None
    if ORDER[following.part] < ORDER[stretch.part]:
        return _due(following, f"{_name(following)} stands behind {above}")
    if _calls_notes(stretch, following, current):
        return _due(
            following, f"what stands behind {above} calls {_name(following)}, and the commentary does not"
        )
    return None


def _due(following: Stretch, reason: str, *, is_second: bool = False) -> _Due:
    # Where a heading is missing, a label stands for it.
    text = following.heading or following.paragraphs[0].text
    return _Due(following.line, text, _name(following), reason, is_second=is_second)


def _name(stretch: Stretch) -> str:
    """Return what a stretch is called in a gap."""
    return f"“{_bare(stretch.heading)}”" if stretch.heading else "a picture"


def _bare(heading: str) -> str:
    return heading.strip(" *#_=-:")


def _calls_notes(stretch: Stretch, following: Stretch, current: Portion | None) -> bool:
    """Tell whether notes are called by what stands in a stretch of sources and not by the commentary before it."""
    if stretch.part is not Part.SOURCES or following.part is not Part.NOTES or current is None:
        return False
    return not _has_mark(current.head) and _has_mark(stretch.paragraphs)


def _has_mark(paragraphs: list[Paragraph]) -> bool:
    return any(BODY_MARK.search(paragraph.text) for paragraph in paragraphs)


def _find_due(stretch: Stretch, following: Stretch | None, usual: int, *, heads_each: bool) -> Found | None:
    """Find the title of an article that is due, in an issue that marks none or behind sources."""
    if stretch.part is Part.SOURCES:
        return find_title(stretch, following, usual, heads_each=heads_each)
    if stretch.part is Part.IMAGE:
        return None  # nothing follows its labels
    scores = _rate(stretch, 0, following.part if following else None, usual)
    return _most_likely(stretch, scores, usual)


def _find_beside_marked(stretch: Stretch, following: Stretch | None, usual: int, due: _Due) -> Found | None:
    """Find an unmarked title behind notes or a picture, in an issue that marks its titles."""
    if stretch.part is Part.IMAGE:
        first = end_of_image(stretch.paragraphs)
        return Found(first) if due.is_second and first < len(stretch.paragraphs) else None
    if due.is_second:
        return _find_due(stretch, following, usual, heads_each=True) or Found(None, "no title is to be seen")
    # Notes may precede the sources of the same article.
    scores = _rate(stretch, 0, following.part if following else None, usual)
    is_certain = max(scores.values(), default=0) >= CERTAIN
    return _most_likely(stretch, scores, usual) if is_certain else None


def _doubt(due: _Due, title: Paragraph | None, doubt: str) -> Gap:
    """Return the gap that says why an article may begin elsewhere, and what to do."""
    if title is None:
        return Gap(due.line, due.text, f"{due.reason}: another may begin before it, but {doubt}")
    reason = f"taken for another article's title, since {due.name} follows; but {doubt}"
    return Gap(title.line, title.text, reason)


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
        if index != title and scores.get(index, 0) >= (CERTAIN if has_commentary else _BEYOND_DOUBT):
            starts.append(index)
            has_commentary, quotes, prose = False, 0, 0
        elif is_pull_quote(paragraph.text):
            quotes += 1
        elif not is_title_like(paragraph.text):
            has_commentary = has_commentary or len(paragraph.text) > LONG or quotes + prose > 0
            prose += 1
    return starts


def _most_likely(stretch: Stretch, scores: dict[int, int], usual: int) -> Found | None:
    """Find the title of an article that must begin in a stretch of notes."""
    if scores:
        return Found(max(scores, key=lambda index: (scores[index], -index)))
    # Text must follow it, or it is the end of a note of several paragraphs.
    unmarked = [
        index
        for index, paragraph in enumerate(stretch.paragraphs[:-1])
        if index and not MARK.match(paragraph.text)
    ]
    spaced = [index for index in unmarked if stretch.paragraphs[index].blanks > usual]
    chosen = next(iter(spaced or unmarked), None)
    return None if chosen is None else Found(chosen, "it may belong to the note above")
