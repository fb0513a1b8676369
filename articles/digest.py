"""The grammar of an issue of a digest of open-source news.

An issue is a row of articles, each made of ::

    title
    the image's caption
    “pull quote”
    commentary with note marks [i]
    Sources:            citation and translated excerpt, one or more
    Notes:              [i] text
    Image Information:  Image: caption  Source: …  Attribution: …

Any part may be missing, titles may be marked as Markdown's headings or numbered. Nothing is dropped: what fits
no field becomes a gap with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from articles.boundaries import Portion, split_articles
from articles.citations import parse_citation
from articles.errors import ReadingError
from articles.excerpts import read_sources
from articles.headings import MARK, Part, label
from articles.heads import BODY_MARK, Head, read_head
from articles.model import Article, Gap, Image, Note, Reading
from articles.numerals import read_numeral
from articles.paragraphs import LINK, Paragraph, split_paragraphs

FORMAT = "digest"

MAX_CHARACTERS = 16_000_000
"""Characters of a document that are read; more are refused. An issue of ten articles has about 60,000."""

MAX_ARTICLE_CHARACTERS = 1_000_000
"""Characters of one article that are read; more are refused: no digest's article is as long as a book."""

_SHORT_NOTE = 5  # words that need no full stop, as "See above"
_ENDS = (".", "!", "?", "…", "”", '"', "»", ")", "]", "’", "؟", "。", ":")


def read_digest(text: str) -> Reading:
    """Read an issue.

    Parameters
    ----------
    text : str
        The whole issue. Lines end at a line feed and at nothing else.

    Returns
    -------
    Reading
        Articles in the order of the text; an article that stands there twice is returned twice. Page
        headers, and what precedes any article, are the reading's own gaps.

    Raises
    ------
    ReadingError
        The text is empty, longer than `MAX_CHARACTERS`, or has an article longer than
        `MAX_ARTICLE_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            f"the document has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read: split it"
        )
    paragraphs, taken_out = split_paragraphs(text)
    if not paragraphs:
        raise ReadingError("the document holds no text: expected a digest's articles")
    articles: list[Article] = []
    gaps: list[Gap] = []
    lines: list[int] = []
    for portion in split_articles(paragraphs):
        _check_size(portion)
        article = _read_article(portion)
        if article is None:
            gaps += _orphans(portion)
        else:
            articles.append(article)
            lines.append(portion.line)
    gaps += _hand_out(taken_out, articles, lines)
    return Reading(FORMAT, tuple(articles), tuple(sorted(gaps, key=lambda gap: gap.line)))


def _read_article(portion: Portion) -> Article | None:
    """Build an article; None: there is neither a head nor a source to name it by."""
    if portion.is_preamble:
        return None
    gaps: list[Gap] = []
    image, image_gaps = _read_image(portion.parts.get(Part.IMAGE, []))
    head = read_head(portion.head, image_caption=image.caption if image else "")
    sources, source_gaps = read_sources(portion.parts.get(Part.SOURCES, []))
    notes, note_gaps = _read_notes(portion.parts.get(Part.NOTES, []))
    title = head.title
    if not title and sources:
        title = next(
            (text for source in sources if (text := source.title_english or source.title or source.outlet)),
            "",
        )
        gaps.append(Gap(portion.line, title, "the article's title is missing; its first source's is used"))
    if not title:
        return None
    gaps += [
        *portion.gaps,
        *head.gaps,
        *source_gaps,
        *note_gaps,
        *image_gaps,
        *_missing(portion, head, notes),
    ]
    dates = [source.published for source in sources if source.published]
    return Article(
        title=title,
        body=head.body,
        caption=head.caption,
        quote=head.quote,
        published=head.published or max(dates, default=None),
        authors=head.authors,
        sources=sources,
        notes=notes,
        image=image,
        gaps=tuple(sorted(gaps, key=lambda gap: gap.line)),
    )


def _missing(portion: Portion, head: Head, notes: tuple[Note, ...]) -> list[Gap]:
    """Report what an article should have and has not, and where it breaks off."""
    gaps = []
    if portion.head and not head.body:
        gaps.append(Gap(portion.line, head.title, "the article has no commentary"))
    if Part.SOURCES not in portion.parts:
        gaps.append(Gap(portion.line, head.title, "the article has no Sources section; it may be cut off"))
    known = {note.mark for note in notes}
    for line, mark in head.marks:
        if mark not in known:
            gaps.append(Gap(line, f"[{mark}]", "the commentary calls a note that is not there"))
            known.add(mark)
    last = _last_paragraph(portion)
    if last and _breaks_off(last.text):
        words = " ".join(last.text[-200:].split()[-8:])
        gaps.append(Gap(last.line, words, "the text breaks off here"))
    return gaps


def _breaks_off(text: str) -> bool:
    """Tell whether an article's last words end in the middle; a short note and a citation have no full stop."""
    if text.endswith(_ENDS) or LINK.search(text[-2000:]):
        return False
    mark = MARK.match(text)
    is_short = mark is not None and len(text[mark.end() :].split()) <= _SHORT_NOTE
    return not is_short and parse_citation(text) is None


def _last_paragraph(portion: Portion) -> Paragraph | None:
    """Return the last paragraph of prose; None: the article ends with its picture, or is a title."""
    if portion.parts.get(Part.IMAGE):
        return None
    for part in (Part.NOTES, Part.SOURCES):
        if portion.parts.get(part):
            return portion.parts[part][-1]
    return portion.head[-1] if len(portion.head) > 1 else None


def _read_notes(paragraphs: list[Paragraph]) -> tuple[tuple[Note, ...], list[Gap]]:
    notes: list[Note] = []
    texts: list[str] = []
    gaps: list[Gap] = []
    for paragraph in paragraphs:
        pieces = _split_notes(paragraph.text, len(notes))
        for mark, text in pieces:
            if mark:
                notes.append(Note(mark, ""))
                texts.append(text)
            elif notes:
                texts[-1] = f"{texts[-1]}\n\n{text}".strip()
            else:
                gaps.append(Gap(paragraph.line, text, "stands in the notes before the first mark"))
    return tuple(replace(note, text=text) for note, text in zip(notes, texts, strict=True)), gaps


def _split_notes(text: str, count: int) -> list[tuple[str, str]]:
    """Split a paragraph into notes (mark, text); the mark is empty for what continues the note before."""
    match = MARK.match(text)
    if not match:
        return [("", text)]
    # Several notes may share a paragraph: the mark that is next in the row parts them.
    marks = [match]
    for later in BODY_MARK.finditer(text, match.end()):
        number = read_numeral(later[1])
        is_call = text[later.start() - 1] != " " or text[later.end() : later.end() + 1] in (
            ".",
            ",",
            ";",
            ")",
        )
        if number == count + len(marks) + 1 and not is_call:
            marks.append(later)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(_mark(mark), text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]


def _mark(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _read_image(paragraphs: list[Paragraph]) -> tuple[Image | None, list[Gap]]:
    """Read a picture's labels; a second picture has no field and becomes a gap."""
    fields: dict[str, str] = {}
    gaps: list[Gap] = []
    last, is_further = "", False
    for paragraph in paragraphs:
        found = label(paragraph.text)
        name, text = found or (last or "caption", paragraph.text)
        if found and name == "caption" and fields:
            is_further = True
        if is_further:
            gaps.append(Gap(paragraph.line, paragraph.text, "a further picture; an article shows one"))
        elif name in fields:
            # A licence of its own line belongs to the attribution; so does what a line break parted.
            fields[name] = f"{fields[name]}{', ' if found else ' '}{text}".strip()
        else:
            fields[name] = text
        last = name
    if not any(fields.values()):
        return None, gaps
    return Image(**fields), gaps


def _check_size(portion: Portion) -> None:
    paragraphs = [*portion.head, *(paragraph for part in portion.parts.values() for paragraph in part)]
    size = sum(len(paragraph.text) for paragraph in paragraphs)
    if size > MAX_ARTICLE_CHARACTERS:
        raise ReadingError(
            f"the article here has {size:,} characters, at most {MAX_ARTICLE_CHARACTERS:,} are read",
            line=portion.line,
        )


def _orphans(portion: Portion) -> list[Gap]:
    """Turn an article that cannot be named into gaps."""
    paragraphs = [*portion.head, *(paragraph for part in portion.parts.values() for paragraph in part)]
    return portion.gaps + [
        Gap(paragraph.line, paragraph.text, "belongs to no article: no title precedes it")
        for paragraph in paragraphs
    ]


def _hand_out(taken_out: list[Gap], articles: list[Article], lines: list[int]) -> list[Gap]:
    """Give the gaps that were found before there were articles to the articles on whose lines they are.

    Returns
    -------
    list of Gap
        Those that belong to none: all page headers.
    """
    by_article: dict[int, list[Gap]] = {}
    rest = []
    for gap in taken_out:
        index = bisect_right(lines, gap.line) - 1
        if index >= 0 and gap.text.startswith("["):
            by_article.setdefault(index, []).append(gap)
        else:
            rest.append(gap)
    for index, own in by_article.items():
        gaps = sorted([*articles[index].gaps, *own], key=lambda gap: gap.line)
        articles[index] = replace(articles[index], gaps=tuple(gaps))
    return rest
