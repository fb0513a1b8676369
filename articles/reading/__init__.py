"""Bytes into articles, whatever the format.

One module a format: it tells whether a document is of its format and reads it. `FORMATS` lists them in the
order in which they are asked; the last one takes what is prose at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.errors import ReadingError, UnknownFormatError
from articles.reading import digest, markdown, text
from articles.reading.decoding import decode, refuse_binary

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.model import Reading

__all__ = ["FORMATS", "MAX_BYTES", "Format", "decode", "read"]

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of a document that are read; a larger one is refused. An issue of ten articles has about 64,000."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of documents.

    Attributes
    ----------
    name : str
        As `Reading.format` names it.
    recognises : callable
        `recognises(data, name)`: whether a document is of this format, from its content and its file name.
    read : callable
        `read(data, name)`: its articles; raises ReadingError.
    """

    name: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Reading]


FORMATS: tuple[Format, ...] = (
    Format("markdown", markdown.recognises, markdown.read),
    Format("digest", digest.recognises, digest.read),
    Format("text", text.recognises, text.read),
)


def read(data: bytes, *, name: str = "") -> Reading:
    """Read a document of any known format.

    Parameters
    ----------
    data : bytes
    name : str
        File name, for its suffix; what the content says counts more.

    Raises
    ------
    UnknownFormatError
        No format recognises it: a binary, or one that Dateline does not read.
    ReadingError
        It is empty, larger than `MAX_BYTES`, wrongly encoded, or broken.
    """
    if not data.strip():
        raise ReadingError("the document is empty: expected text")
    if len(data) > MAX_BYTES:
        raise ReadingError(
            f"the document is too large: at most {MAX_BYTES:,} bytes are read; split it into files"
        )
    refuse_binary(data, name)
    for candidate in FORMATS:
        if candidate.recognises(data, name):
            return candidate.read(data, name)
    raise UnknownFormatError("the format is not known: expected a digest, a Markdown article, or plain text")
