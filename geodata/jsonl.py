"""Lines of JSON: documents in, their toponyms out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from geodata.errors import GeodataError, LineError
from geodata.json_values import TOO_DEEP, load_object, read_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.geoparser import TextGeoparser
    from geodata.model import Resolution


class Document(NamedTuple):
    """What a line holds.

    Attributes
    ----------
    id : object
        Anything that JSON can say; it is given back as it came.
    spans : list of (int, int)
        Character offsets into `text`, end exclusive; empty where nobody asked for them.
    """

    id: Any
    text: str
    spans: list[tuple[int, int]]


class Failure(NamedTuple):
    """A line that has no answer.

    Attributes
    ----------
    line : int
        Counted from 1.
    message : str
        Why, in words for a person.
    """

    line: int
    message: str


class Answer(NamedTuple):
    """What became of some lines.

    Attributes
    ----------
    output : bytes
        A line for each document that could be read, in their order.
    failures : list of Failure
    """

    output: bytes
    failures: list[Failure]


def answer_lines(
    lines: bytes, geoparser: TextGeoparser, *, first: int = 1, has_gold_spans: bool = False
) -> Answer:
    """Geoparse the documents of some lines, one after the other.

    Lines end at line feeds and nowhere else: other separators stand inside documents. Empty ones are passed
    over.

    Parameters
    ----------
    lines : bytes
        Whole lines of ``{"id", "text"}``, UTF-8.
    geoparser : TextGeoparser
    first : int
        Number of the first line.
    has_gold_spans : bool
        Resolve the spans given in "toponyms" instead of looking for names.
    """
    output, failures = [], []
    for number, line in enumerate(lines.split(b"\n"), first):
        if not line.strip():
            continue
        try:
            document = read_document(line, has_gold_spans=has_gold_spans)
            found = (
                geoparser.resolve_spans(document.text, document.spans)
                if has_gold_spans
                else geoparser.parse(document.text)
            )
            output.append(write_document(document.id, found))
        except GeodataError as error:
            failures.append(Failure(number, str(error)))
    return Answer(b"".join(output), failures)


def read_document(line: bytes, *, has_gold_spans: bool = False) -> Document:
    """Return what a line holds.

    Raises
    ------
    LineError
        The line is no document, or lacks the spans that are asked for.
    """
    # The id goes out again, and NaN is no JSON.
    document = load_object(line, holding='"id" and "text"', parse_constant=_refuse_constant)
    missing = [key for key in ("id", "text") if key not in document]
    if missing:
        raise LineError(f'expected an object with "id" and "text"; {" and ".join(missing)} missing')
    text = document["text"]
    if not isinstance(text, str):
        raise LineError(f'"text" must be a string, got {type(text).__name__}')
    return Document(document["id"], text, _read_spans(document, len(text)) if has_gold_spans else [])


def write_document(identifier: Any, found: Sequence[Resolution]) -> bytes:
    """Return a document's toponyms as a line.

    Raises
    ------
    LineError
        The id cannot be written as it was read.
    """
    document = {"id": identifier, "toponyms": [resolution.to_json() for resolution in found]}
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a pair of surrogates, which JSON can name and UTF-8 cannot
        return json.dumps(document, allow_nan=False).encode() + b"\n"
    except RecursionError:
        raise LineError(TOO_DEEP) from None
    except ValueError:  # 1e999 is JSON, and infinite here
        raise LineError('"id" holds a number that is too large: write it as a string') from None


def _refuse_constant(name: str) -> None:
    raise LineError(f"not JSON: {name} is no number")


def _read_spans(document: dict[str, Any], length: int) -> list[tuple[int, int]]:
    toponyms = document.get("toponyms")
    if not isinstance(toponyms, list):
        raise LineError('expected a list "toponyms" with the spans')
    return [read_span(toponym, length=length) for toponym in toponyms]
