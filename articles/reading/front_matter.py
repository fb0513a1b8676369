"""YAML front matter, read as a tree of texts that know their lines.

Scalars stay texts as written: "language: no" is Norwegian and not false, "title: 2023" is a title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from articles.errors import FrontMatterError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 8
_MOST_CHARACTERS = 200_000
_NULLS = ("", "~", "null", "Null", "NULL")
_TAGS = {
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map", "null", "timestamp", "int", "float", "bool")
}

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_UNWRITABLE = re.compile("[\ud800-\udfff\0]")
"""What an escape can name and no encoding or database can hold: half a surrogate pair, and NUL."""

Node = yaml.nodes.Node


class _Loader(yaml.BaseLoader):
    """Composes nodes only, none of them shared, tagged or deep; nothing is ever constructed."""

    depth = 0

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.replaced: list[Node] = []

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event: yaml.events.Event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 2 if event.start_mark else None
        if self.check_event(yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FrontMatterError(
                "anchors and aliases (& and *) are not allowed: write the text out", line=line
            )
        if self.depth >= _DEEPEST:
            raise FrontMatterError(
                f"nested more than {_DEEPEST} deep: expected keys with texts and lists", line=line
            )
        self.depth += 1
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        if node is not None and node.tag not in _TAGS:
            raise FrontMatterError(f"the tag {node.tag!r} is not allowed: write a plain text", line=line)
        if isinstance(node, yaml.ScalarNode):
            self.replace_unwritable(node)
        return node

    def replace_unwritable(self, node: Node) -> None:
        """Put U+FFFD where an escape names what cannot be written, and remember the node."""
        # JSON escapes a sign beyond U+FFFF as a pair; it is that sign.
        whole = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), node.value)
        node.value = _UNWRITABLE.sub("\ufffd", whole)
        if node.value != whole:
            self.replaced.append(node)


class Mapping:
    """A mapping of the front matter.

    Attributes
    ----------
    items : list of (str, int, Node)
        Key, line in the document, value; in the order of the text.
    replaced : tuple of Node
        Keys and values in which U+FFFD stands for what cannot be written; the outermost mapping has all.
    """

    def __init__(self, node: Node, source: str, replaced: tuple[Node, ...] = ()) -> None:
        self.source = source
        self.replaced = replaced
        self.items: list[tuple[str, int, Node]] = []
        seen: set[str] = set()
        for key_node, value in node.value:
            line = line_of(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                raise FrontMatterError("a key must be a word", line=line)
            key = str(key_node.value)
            if key in seen:
                raise FrontMatterError(f"the key {key!r} stands here a second time: remove one", line=line)
            seen.add(key)
            self.items.append((key, line, value))

    def __iter__(self) -> Iterator[tuple[str, int, Node]]:
        return iter(self.items)

    def raw(self, node: Node) -> str:
        """Return a value as it is written."""
        return self.source[node.start_mark.index : node.end_mark.index].strip()


def load(text: str) -> Mapping:
    """Parse the text between the two lines of dashes; line 1 of it is line 2 of the document.

    Raises
    ------
    FrontMatterError
        It is no YAML mapping, or is larger or deeper than any article needs.
    """
    if len(text) > _MOST_CHARACTERS:
        raise FrontMatterError(
            f"the front matter has {len(text):,} characters, at most {_MOST_CHARACTERS:,} are read"
        )
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "no valid YAML"
        message = f"the front matter is broken: {problem}; a text with a colon needs quotes around it"
        raise FrontMatterError(message, line=mark.line + 2 if mark else None) from error
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        problem = str(error).splitlines()[0]
        raise FrontMatterError(f"the front matter is broken: {problem}") from error
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError("the front matter must be lines of the form 'key: value'", line=2)
    return Mapping(node, text, tuple(loader.replaced))


def line_of(node: Node) -> int:
    """Return the document's line on which a node starts."""
    return int(node.start_mark.line) + 2


def as_text(node: Node) -> str | None:
    """Return the text of a scalar, single-spaced, paragraphs kept; None: it is a list or a mapping."""
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.style is None and node.value in _NULLS:
        return ""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in str(node.value).strip().split("\n\n"))


def as_texts(node: Node) -> list[str] | None:
    """Return a list of texts, of which a single text is one; None: it is something else."""
    if isinstance(node, yaml.SequenceNode):
        texts = [as_text(item) for item in node.value]
        return None if None in texts else [text for text in texts if text]
    text = as_text(node)
    return None if text is None else [text] if text else []
