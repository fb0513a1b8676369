"""A file's bytes, whether plain, in gzip or in a zip archive; nothing of an archive is ever put on disk."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from geodata.errors import GazetteerError, GazetteerRowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_BYTES = 64 * 1024**3
"""Bytes that are read of one file when unpacked; the largest list of places that there is has less than two GiB."""

LONGEST_LINE = 1024**2
"""Bytes of the longest line."""

_LISTS = (".txt", ".tsv", ".csv", ".json", ".geojson", ".geojsonl", ".ndjson", ".jsonl")
_BESIDE = frozenset({"readme.txt", "iso-languagecodes.txt", "license.txt", "licence.txt"})
"""What lies in archives beside the list of places."""

_DAMAGE = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)


class ByteSource(NamedTuple):
    """The unpacked bytes of a file.

    Attributes
    ----------
    name : str
        Of the file, for messages.
    stream : file object
        Binary.
    position : callable
        Returns how many bytes of the file on disk have been read.
    size : int
        Bytes of the file on disk.
    """

    name: str
    stream: IO[bytes]
    position: Callable[[], int]
    size: int


@contextmanager
def open_bytes(path: Path) -> Iterator[ByteSource]:
    """Open a file, unpacking it where its first bytes say that it is packed.

    Raises
    ------
    GazetteerError
        If it cannot be read, is cut off or damaged, or is an archive without exactly one list of places.
    """
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            magic = file.read(4)
            file.seek(0)
            if magic.startswith(b"PK"):
                with zipfile.ZipFile(file) as archive, archive.open(_list_in(archive, path.name)) as stream:
                    yield ByteSource(path.name, stream, file.tell, size)
            elif magic.startswith(b"\x1f\x8b"):
                with gzip.GzipFile(fileobj=file) as packed:
                    stream = io.BufferedReader(packed, 1 << 18)
                    yield ByteSource(path.name, stream, file.tell, size)
            else:
                yield ByteSource(path.name, file, file.tell, size)
    except _DAMAGE as error:
        raise GazetteerError(
            f"{path.name} is cut off or damaged ({error}); fetch it again. Nothing of it was added"
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        if isinstance(error, GazetteerError):
            raise
        raise GazetteerError(f"{path.name} cannot be unpacked: {error}") from error
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read: {error.strerror or error}") from error


def _list_in(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return the one list of places in an archive."""
    found = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and PurePosixPath(member.filename).suffix.casefold() in _LISTS
        and PurePosixPath(member.filename).name.casefold() not in _BESIDE
        and not member.filename.startswith("__MACOSX/")
    ]
    if len(found) != 1:
        listed = ", ".join(member.filename for member in found[:5]) or "none"
        raise GazetteerError(
            f"expected one list of places ({', '.join(_LISTS)}) in {name}, found {listed};"
            " unpack it and add the file that is meant"
        )
    return found[0]


def read_lines(source: ByteSource) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers, from 1, without their ends; blank ones too.

    Raises
    ------
    GazetteerRowError
        If a line is no UTF-8 or longer than `LONGEST_LINE`.
    GazetteerError
        If there is more than `MOST_BYTES`.
    """
    number, read = 0, 0
    readline = source.stream.readline
    while line := readline(LONGEST_LINE + 1):
        number += 1
        read += len(line)
        if len(line) > LONGEST_LINE:
            raise GazetteerRowError(
                f"the line is longer than {LONGEST_LINE:,} bytes; expected one place a line",
                source=source.name,
                line=number,
            )
        check_size(read, source.name)
        yield number, decode(line, source.name, number).rstrip("\r\n")


def decode(data: bytes, name: str, line: int) -> str:
    """Decode bytes of a file; a mark at its beginning goes.

    Raises
    ------
    GazetteerRowError
        If they are no UTF-8.
    """
    try:
        text = data.decode("utf-8-sig" if line == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise GazetteerRowError(
            f"expected UTF-8, found byte 0x{data[error.start]:02x}; save the file as UTF-8",
            source=name,
            line=line,
        ) from error
    if "\0" in text:
        raise GazetteerRowError("expected text, found a zero byte", source=name, line=line)
    return text


def check_size(read: int, name: str) -> None:
    """Stop where an archive unpacks to more than any list of places has."""
    if read > MOST_BYTES:
        raise GazetteerError(f"{name} unpacks to more than {MOST_BYTES:,} bytes; that is no list of places")
