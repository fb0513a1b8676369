"""Bytes into text, or a clear refusal."""

from __future__ import annotations

import codecs
import re
import unicodedata

from articles.errors import ReadingError, UnknownFormatError
from articles.model import Gap

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32's mark begins with UTF-16's and is asked first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (as DOCX, EPUB and XLSX are)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<rss|<feed|\{\s*\"|\[\s*\{)", re.IGNORECASE)
_SAMPLE = 1 << 16
_MOST_CONTROLS = 0.02  # share of control characters in a text
_MOST_HIGH = 0.3  # share of bytes above 127 in a text in a Western code page
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1c\x1d\x1e\x1f")) + b"\x7f"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def refuse_binary(data: bytes, name: str) -> None:
    """Refuse what is no text, or text for machines.

    Raises
    ------
    UnknownFormatError
    """
    what = f"{name}: " if name else ""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnknownFormatError(f"{what}this is {kind}; save its text as a text file and read that")
    if _has_bom(data) and not data.startswith(codecs.BOM_UTF8):
        return
    if _MARKUP.match(data[:_SAMPLE].removeprefix(codecs.BOM_UTF8)):
        raise UnknownFormatError(f"{what}this is markup or data for machines; save its text as a text file")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in data or controls > _MOST_CONTROLS * len(sample):
        raise UnknownFormatError(
            f"{what}this is no text: it holds bytes that no text has (NUL or control characters)"
        )


def decode(data: bytes) -> tuple[str, tuple[Gap, ...]]:
    """Decode a text: UTF-8, or UTF-16 and UTF-32 with a byte order mark, or plausible Windows-1252.

    Returns
    -------
    text : str
        Without byte order mark.
    gaps : tuple of Gap
        One that says so, if the text was taken for Windows-1252.

    Raises
    ------
    ReadingError
        It is in none of these encodings; the message names the offset of the first wrong byte.
    """
    encoding, mark = "utf-8", b""
    for bom, candidate in _BOMS:
        if data.startswith(bom):
            encoding, mark = candidate, bom
            break
    try:
        return data[len(mark) :].decode(encoding), ()
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
    if encoding == "utf-8" and not mark and _is_western(data):
        return _decode_western(data, offset)
    line = data.count(b"\n", 0, offset) + 1 if encoding == "utf-8" else None
    raise ReadingError(
        f"the encoding is broken at byte {offset:,}: expected {encoding.upper()}; save the text as UTF-8",
        line=line,
    )


def _has_bom(data: bytes) -> bool:
    return any(data.startswith(bom) for bom, _ in _BOMS)


def _is_western(data: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 make sense in Windows-1252.

    UTF-8 with a few broken bytes must not pass, or its letters would turn into others.
    """
    high = len(_HIGH.findall(data))
    multibyte = sum(len(match[0]) for match in _MULTIBYTE.finditer(data))
    if high > _MOST_HIGH * len(data) or multibyte * 2 > high:
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    signs = [sign for sign in text if ord(sign) > 0x7F]
    sensible = sum(
        sign.isalpha() or unicodedata.category(sign) in {"Pi", "Pf", "Pd", "Po", "Zs"} for sign in signs
    )
    return sensible * 10 >= len(signs) * 9


def _decode_western(data: bytes, offset: int) -> tuple[str, tuple[Gap, ...]]:
    text = data.decode("cp1252")
    line = data.count(b"\n", 0, offset) + 1
    reason = f"byte {offset:,} is no UTF-8; the text was read as Windows-1252, its letters may be wrong"
    return text, (Gap(line, text[offset], reason),)
