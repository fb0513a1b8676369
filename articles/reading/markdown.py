"""A Markdown article: a heading or YAML front matter between two lines of dashes, then text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from articles.dates import parse_date
from articles.digest import MAX_ARTICLE_CHARACTERS
from articles.errors import FrontMatterError, ReadingError
from articles.headings import MARK
from articles.languages import guess_language
from articles.model import Article, Gap, Image, Note, Reading, Source, ThemeMatch
from articles.paragraphs import clean, numbered_lines
from articles.reading import digest, front_matter
from articles.reading.decoding import decode
from articles.reading.front_matter import Mapping, as_text, as_texts, line_of
from articles.reading.markdown_text import find_heading, join_lines

if TYPE_CHECKING:
    from datetime import date

FORMAT = "markdown"
_SUFFIXES = (".md", ".markdown")
_DASHES = re.compile(r"-{3}\s*")
_END = re.compile(r"(?:-{3}|\.{3})\s*")
_KEY = re.compile(r"\s*(?:#.*|[A-Za-z_]\w*\s*:.*)?")
_TEXTS = ("title", "language", "caption", "quote")
KEYS = "title, published, themes, authors, language, sources, notes, image, caption, quote"
"""The keys of an article's front matter, as a message lists them."""

_SOURCE_KEYS = {
    "outlet": "outlet",
    "outlet_note": "outlet_note",
    "title": "title",
    "title_english": "title_english",
    "url": "url",
    "language": "language",
    "excerpt": "excerpt",
}


def recognises(data: bytes, name: str) -> bool:
    """Tell whether a text begins with front matter, or its file is named as Markdown."""
    text, _ = decode(data)
    lines = numbered_lines(text[:2000])
    if not _DASHES.fullmatch(lines[0]):
        # A digest saved under such a name is still a digest.
        return name.lower().endswith(_SUFFIXES) and not digest.recognises(data, name)
    following = next((line for line in lines[1:] if line.strip()), "")
    return name.lower().endswith(_SUFFIXES) or _KEY.fullmatch(following) is not None


def read(data: bytes, _name: str) -> Reading:
    """Read a Markdown article. Its title is the front matter's or, without one there, the first heading.

    Raises
    ------
    FrontMatterError
        The front matter is broken, or there is no title.
    """
    text, gaps = decode(data)
    header, body, body_line = _split(text)
    mapping = front_matter.load(header)
    article = _Reader(mapping).article(body, body_line)
    return Reading(FORMAT, (article,), gaps)


def _split(text: str) -> tuple[str, list[str], int]:
    """Split into front matter ("{}": there is none), the lines of the text and the number of the first of these."""
    lines = [line.removesuffix("\r") for line in numbered_lines(text)]
    if not _DASHES.fullmatch(lines[0]):
        return "{}", lines, 1
    for index, line in enumerate(lines[1:], 1):
        if _END.fullmatch(line):
            return "\n".join(lines[1:index]), lines[index + 1 :], index + 2
    raise FrontMatterError("the front matter has no end: expected a second line of three dashes", line=1)


class _Reader:
    """Turns front matter into fields and collects what fits none."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.gaps = [
            Gap(
                line_of(node),
                clean(mapping.raw(node)),
                "an escape that names no character; U+FFFD is put there",
            )
            for node in mapping.replaced
        ]

    def article(self, body: list[str], body_line: int) -> Article:
        fields: dict[str, Any] = {"language": "en"}
        title_line = None
        for key, line, node in self.mapping:
            if key == "title":
                title_line = line
            self.take(fields, key, line, node)
        start = max(body_line - 1, 1)
        if not fields.get("title"):
            found = find_heading(body)
            if found is None:
                raise _title_missing(title_line, has_front_matter=body_line > 1)
            fields["title"], at, end = found
            start = body_line + at
            if any(map(clean, body[:at])):
                self.gaps.append(
                    Gap(
                        start,
                        fields["title"],
                        "the first heading is taken for the title; text stands above it",
                    )
                )
            body = [*body[:at], "", *body[end:]]
        fields["language"] = fields["language"] or "en"
        dates = [source.published for source in fields.get("sources", ()) if source.published]
        fields["published"] = fields.get("published") or max(dates, default=None)
        text = join_lines(body, fields["title"])
        if len(text) > MAX_ARTICLE_CHARACTERS:
            raise ReadingError(
                f"the article has {len(text):,} characters, at most {MAX_ARTICLE_CHARACTERS:,} are read",
                line=body_line,
            )
        if not text:
            self.gaps.append(Gap(start, fields["title"], "no text follows the title"))
        return Article(body=text, gaps=tuple(self.gaps), **fields)

    def take(self, fields: dict[str, Any], key: str, line: int, node: front_matter.Node) -> None:
        """Put one key's value into its field."""
        if key in _TEXTS:
            text = as_text(node)
            if text is None and key == "title":
                raise FrontMatterError("the title must be one text; put quotes around it", line=line)
            if text is None:
                self.refuse(key, line, node, "expected one text")
            elif text:
                fields[key] = text
        elif key == "published":
            fields[key] = self.date(key, line, node)
        elif key in ("authors", "themes"):
            texts = as_texts(node)
            if texts is None:
                self.refuse(key, line, node, "expected a list of texts")
            else:
                fields[key] = (
                    tuple(texts) if key == "authors" else tuple(map(ThemeMatch, dict.fromkeys(texts)))
                )
        elif key == "sources":
            fields[key] = tuple(self.sources(key, line, node))
        elif key == "notes":
            fields[key] = tuple(self.notes(key, line, node))
        elif key == "image":
            fields[key] = self.image(key, line, node)
        else:
            self.refuse(key, line, node, f"an unknown key; there are {KEYS}")

    def refuse(self, key: str, line: int, node: front_matter.Node, reason: str) -> None:
        """Report a value that fits no field."""
        self.gaps.append(Gap(line, clean(f"{key}: {self.mapping.raw(node)}"), reason))

    def date(self, key: str, line: int, node: front_matter.Node) -> date | None:
        text = as_text(node)
        if text == "":
            return None
        # "2023-10-03 12:00:00" and "2023-10-03T12:00Z" are days too.
        day = parse_date(re.sub(r"^(\d{4}-\d{2}-\d{2})[T ].*", r"\1", text)) if text else None
        if day is None:
            self.refuse(key, line, node, "no date; expected one as 2023-10-03")
        return day

    def members(self, key: str, line: int, node: front_matter.Node) -> list[tuple[int, front_matter.Node]]:
        """Return the items of a list with their lines; a mapping alone is a list of one."""
        if isinstance(node, yaml.SequenceNode):
            return [(line_of(item), item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return [(line, node)]
        if as_text(node):
            self.refuse(key, line, node, "expected a list")
        return []

    def sources(self, key: str, line: int, node: front_matter.Node) -> list[Source]:
        sources = []
        for item_line, item in self.members(key, line, node):
            if isinstance(item, yaml.MappingNode):
                sources.append(self.source(Mapping(item, self.mapping.source)))
            else:
                self.refuse(key, item_line, item, "expected a source with outlet, title, date and url")
        return sources

    def source(self, mapping: Mapping) -> Source:
        fields: dict[str, Any] = {}
        for key, line, node in mapping:
            if key in _SOURCE_KEYS:
                text = as_text(node)
                if text is None:
                    self.refuse(key, line, node, "expected one text")
                else:
                    fields[_SOURCE_KEYS[key]] = text
            elif key in ("author", "authors"):
                texts = as_texts(node)
                if texts is None:
                    self.refuse(key, line, node, "expected a text or a list of texts")
                else:
                    fields["authors"] = (*fields.get("authors", ()), *texts)
            elif key in ("date", "published"):
                fields["published"] = self.date(key, line, node) or fields.get("published")
            else:
                self.refuse(key, line, node, "an unknown key of a source")
        if not fields.get("language") and fields.get("title"):
            fields["language"] = guess_language(fields["title"], translated=bool(fields.get("title_english")))
        return Source(**fields)

    def notes(self, key: str, line: int, node: front_matter.Node) -> list[Note]:
        notes: list[Note] = []
        for item_line, item in self.members(key, line, node):
            text = as_text(item)
            if text:
                mark = MARK.match(text)
                name = next(group for group in mark.groups() if group) if mark else str(len(notes) + 1)
                notes.append(Note(name, text[mark.end() :].strip() if mark else text))
                continue
            values = (
                self.texts_of(item, ("mark", "text"), "a note") if isinstance(item, yaml.MappingNode) else {}
            )
            if values.get("text"):
                notes.append(Note(values.get("mark", "").strip("[]") or str(len(notes) + 1), values["text"]))
            elif text is None:
                self.refuse(key, item_line, item, "expected a text, or a mark and a text")
        return notes

    def image(self, key: str, line: int, node: front_matter.Node) -> Image | None:
        if not isinstance(node, yaml.MappingNode):
            if as_text(node) != "":
                self.refuse(key, line, node, "expected caption, source and attribution")
            return None
        values = self.texts_of(node, ("caption", "source", "attribution"), "an image")
        return Image(**values) if any(values.values()) else None

    def texts_of(self, node: front_matter.Node, keys: tuple[str, ...], owner: str) -> dict[str, str]:
        """Return the texts of a mapping's known keys and report the others."""
        values = {}
        for key, line, value in Mapping(node, self.mapping.source):
            text = as_text(value)
            if key in keys and text is not None:
                values[key] = text
            else:
                self.refuse(
                    key, line, value, f"an unknown key of {owner}" if key not in keys else "expected one text"
                )
        return values


def _title_missing(line: int | None, *, has_front_matter: bool) -> FrontMatterError:
    heading = "a heading '# …' in a line of its own"
    if has_front_matter:
        message = f"the title is missing: expected 'title: …' with a text, or {heading}"
    else:
        message = (
            f"the title is missing: expected {heading}, or front matter, which is a line of three dashes, "
            "'title: …', and another line of three dashes"
        )
    return FrontMatterError(message, line=line or 1)
