"""A plain text file that is no digest: one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.digest import MAX_ARTICLE_CHARACTERS, MAX_CHARACTERS
from articles.errors import ReadingError
from articles.model import Article, Gap, Reading
from articles.paragraphs import split_paragraphs
from articles.reading.decoding import decode
from articles.titles import is_title_like, undecorate

if TYPE_CHECKING:
    from articles.paragraphs import Paragraph

FORMAT = "text"
_TITLE_WORDS = 10


def recognises(_data: bytes, _name: str) -> bool:
    """Accept any text."""
    return True


def read(data: bytes, _name: str) -> Reading:
    """Read a text as one article: its first line is the title if it looks like one."""
    text, gaps = decode(data)
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            f"the text has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read: split it"
        )
    paragraphs, taken_out = split_paragraphs(text)
    if not paragraphs:
        raise ReadingError("the document holds no text")
    size = sum(len(paragraph.text) for paragraph in paragraphs)
    if size > MAX_ARTICLE_CHARACTERS:
        raise ReadingError(
            f"the article has {size:,} characters, at most {MAX_ARTICLE_CHARACTERS:,} are read: split it"
        )
    title, body = _split_title(paragraphs)
    own = list(taken_out)
    if not body:
        own.append(Gap(paragraphs[0].line, title, "a title alone: no text follows it"))
    article = Article(title=title, body="\n\n".join(paragraph.text for paragraph in body), gaps=tuple(own))
    return Reading(FORMAT, (article,), gaps)


def _split_title(paragraphs: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    """Return the title and the paragraphs of the body, which is all of them if no line is a title."""
    first = paragraphs[0].text
    if is_title_like(first) or (len(paragraphs) == 1 and len(first.split()) <= _TITLE_WORDS):
        return undecorate(first), paragraphs[1:]
    words = first.split()
    ellipsis = "…" if len(words) > _TITLE_WORDS else ""
    return " ".join(words[:_TITLE_WORDS]).rstrip(".,;:") + ellipsis, paragraphs
