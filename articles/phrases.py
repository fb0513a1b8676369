"""Many phrases looked up in a text at once.

A phrase is one word or several. `*` at the end of a word stands for any ending; a word with a capital
wants exactly these letters, any other word any case. Hyphens part words, so that "cease-fire" is found by
"cease fire"; a possessive 's is not part of a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORDS = re.compile(r"([^\W_]+(?:['’][^\W_]+)*)")
_POSSESSIVE = re.compile(r"['’][sS]\Z")
_PARTING = re.compile(r"[^\s‐‑\-'‘’\"“”«»]|\n[^\S\n]*\n")
"""What between two words shows that they are not of one phrase."""
_NOTATION = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\*?(?:[ -][^\W_]+(?:['’][^\W_]+)*\*?)*")
_REMEMBERED = 100_000  # first words whose look-up is kept; text has no end of misspelt ones


@dataclass(slots=True)
class _Node:
    """What may follow the words so far, and the phrases that end with them."""

    folded: dict[str, _Node] = field(default_factory=dict)
    exact: dict[str, _Node] = field(default_factory=dict)
    folded_prefixes: dict[str, _Node] = field(default_factory=dict)
    exact_prefixes: dict[str, _Node] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)
    """Lengths of the prefixes, so that few are tried."""
    ends: list[tuple[int, str]] = field(default_factory=list)

    def child(self, word: str) -> _Node:
        """Return the node behind a word of the notation; made where it is missing."""
        exact = word != word.lower()
        if word.endswith("*"):
            children, word = (self.exact_prefixes if exact else self.folded_prefixes), word[:-1]
            self.lengths.add(len(word))
        else:
            children = self.exact if exact else self.folded
        return children.setdefault(word, _Node())

    def after(self, token: str) -> list[_Node]:
        """Return every node to which a word of the text leads."""
        written, folded = _forms(token)
        found = [self.folded.get(folded), self.exact.get(written)]
        for length in self.lengths:
            found.append(self.folded_prefixes.get(folded[:length]))
            found.append(self.exact_prefixes.get(written[:length]))
        return [node for node in found if node is not None]

    def leads_on(self) -> bool:
        """Whether there are longer phrases."""
        return bool(self.folded or self.exact or self.lengths)


class PhraseIndex:
    """Phrases in groups; within a group the longest phrase wins and none overlaps another."""

    def __init__(self) -> None:
        self._root = _Node()
        self._first: dict[str, _Step] = {}

    def add(self, group: int, phrase: str) -> None:
        """Add a phrase in the notation of this module to a group."""
        node = self._root
        for word in _notation_words(phrase):
            node = node.child(word)
        node.ends.append((group, phrase))
        self._first.clear()

    def find(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield the group, the phrase as added and the words as written, in the text's order."""
        parts = _WORDS.split(text)  # white space and marks at even places, words at odd ones
        first = self._first
        taken: dict[int, int] = {}
        for start in range(1, len(parts), 2):
            step = first.get(parts[start])
            if step is None:
                if len(first) >= _REMEMBERED:
                    first.clear()
                step = first[parts[start]] = _Step([self._root], parts[start])
            if not step.onward and not step.ends:
                continue
            for group, (end, phrase) in _longest(step, parts, start).items():
                if start > taken.get(group, 0):
                    taken[group] = end
                    yield group, phrase, "".join(parts[start : end + 1])


class _Step:
    """What a word of the text makes of the nodes before it.

    Attributes
    ----------
    ends : dict of int to str
        The phrase of each group that ends with this word.
    onward : list of _Node
        From where longer phrases go on.
    """

    __slots__ = ("ends", "onward")

    def __init__(self, nodes: Iterable[_Node], token: str) -> None:
        found = [child for node in nodes for child in node.after(token)]
        self.onward = [node for node in found if node.leads_on()]
        self.ends: dict[int, str] = {}
        for node in found:
            for group, phrase in node.ends:
                # "importan*" is closer to "important" than "import*" is.
                if len(phrase) > len(self.ends.get(group, "")):
                    self.ends[group] = phrase


def is_phrase(phrase: str) -> bool:
    """Whether a phrase keeps to the notation; a word must have two letters before its `*`."""
    return _NOTATION.fullmatch(phrase) is not None and all(
        len(word) > 2 for word in _notation_words(phrase) if word.endswith("*")
    )


@lru_cache(maxsize=_REMEMBERED)
def _forms(token: str) -> tuple[str, str]:
    """Return a word of a text without its possessive: as written, and folded."""
    written = _POSSESSIVE.sub("", token).replace("’", "'")
    return written, written.lower()


def _notation_words(phrase: str) -> list[str]:
    words = re.split(r"[ -]", phrase.replace("’", "'"))
    return [_POSSESSIVE.sub("", word) for word in words]


def _longest(step: _Step, parts: list[str], start: int) -> dict[int, tuple[int, str]]:
    """Return per group the longest phrase that begins at `start`: where it ends, and the phrase."""
    best = {group: (start, phrase) for group, phrase in step.ends.items()}
    end = start
    while step.onward and end + 2 < len(parts):
        if parts[end + 1] != " " and _PARTING.search(parts[end + 1]):
            break
        end += 2
        step = _Step(step.onward, parts[end])
        for group, phrase in step.ends.items():
            best[group] = (end, phrase)
    return best
