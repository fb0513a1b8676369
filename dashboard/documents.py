"""Sources, as a person names them, to documents: files, folders and standard input."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

STANDARD_INPUT, STANDARD_INPUT_ORIGIN = "-", "standard input"


class DocumentError(Exception):
    """A document cannot be had. The message is fit to be shown to a person."""


@dataclass(frozen=True)
class Document:
    """A document that has been found but not yet read.

    Attributes
    ----------
    name : str
        As the person wrote it, for messages.
    origin : str
        What it is known by in the database: a file's absolute path.
    load : callable
        Returns the bytes; raises OSError or DocumentError.
    is_lasting : bool
        Whether the origin means the same document another time; standard input does not.
    """

    name: str
    origin: str
    load: Callable[[], bytes]
    is_lasting: bool = True


def find_documents(sources: Sequence[str], *, read_input: Callable[[], bytes]) -> tuple[Document, ...]:
    """Return the documents that sources stand for, each once.

    A folder stands for all files under it, sorted, without hidden ones. What cannot be had is a document
    whose `load` raises, so that it is reported in its turn and the rest goes on.

    Parameters
    ----------
    sources : sequence of str
        Files, folders, or "-" for standard input.
    read_input : callable
        Returns what standard input holds.
    """
    found: dict[str, Document] = {}
    for source in sources:
        for document in _find(source, read_input):
            found.setdefault(document.origin, document)
    return tuple(found.values())


def _find(source: str, read_input: Callable[[], bytes]) -> Iterator[Document]:
    if source == STANDARD_INPUT:
        yield Document(STANDARD_INPUT_ORIGIN, STANDARD_INPUT_ORIGIN, read_input, is_lasting=False)
    elif source.lower().startswith(("http://", "https://", "feed:")):
        message = "addresses on the web cannot be read yet; save the page and name the file"
        yield Document(source, source, partial(_refuse, message))
    elif not source:
        # To Path it is the current folder; who gives it has an unset variable.
        yield Document(source, source, partial(_refuse, "expected a file or folder, got an empty name"))
    # Unlike Path.is_dir it takes a name that is too long, or behind a barred folder, for no folder.
    elif os.path.isdir(source):  # noqa: PTH112
        files = tuple(_walk(Path(source)))
        yield from (_to_document(path, load=_load_found) for path in files)
        if not files:
            yield Document(source, source, partial(_refuse, "the folder holds no files"))
    else:
        yield _to_document(Path(source))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files under a folder in a fixed order; hidden files and folders are left out.

    A folder that may not be listed is yielded itself: loading it fails, and says so.
    """
    barred: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=lambda error: barred.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))
    yield from barred


def _to_document(path: Path, *, load: Callable[[Path], bytes] | None = None) -> Document:
    return Document(str(path), origin_of(path), partial(load or _load, path))


def origin_of(path: Path) -> str:
    """Return what a file is known by in the database, which may be gone by now: its path without links."""
    # Unlike Path.resolve it takes a loop of links for a path, which then cannot be loaded.
    real = os.fsencode(os.path.realpath(path))
    # A name that is no UTF-8 cannot be stored as it is.
    return real.decode(errors="backslashreplace")


def _load(path: Path) -> bytes:
    # Devices may never end; a pipe does, and a shell hands one over for <(command).
    if path.is_char_device() or path.is_block_device() or path.is_socket():
        raise DocumentError("expected a file, this is a device")
    with path.open("rb") as file:
        return read_bounded(file)


def _load_found(path: Path) -> bytes:
    """Load a file of a folder. Nobody has named it: a pipe among them may have no writer, and never end."""
    if path.is_fifo():
        raise DocumentError("expected a file, this is a pipe")
    return _load(path)


def read_bounded(file: BinaryIO) -> bytes:
    """Return what a file holds, or as much of it as a reader needs to refuse it for its size."""
    from articles.reading import MAX_BYTES

    return file.read(MAX_BYTES + 1)


def _refuse(message: str) -> bytes:
    raise DocumentError(message)
