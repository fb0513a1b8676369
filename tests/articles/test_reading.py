import codecs
import os

import pytest

from articles.errors import ReadingError, UnknownFormatError
from articles.reading import FORMATS, MAX_BYTES, read

DIGEST = """Ferry Returns To The Island

“It sails.”

The ferry is back, says the first article, and nobody on the island had expected it so soon.

Sources:

“Le bac revient (The ferry returns),” Le Phare (daily), 3 October 2023. https://phare.example/bac

It sails.
"""
PLAIN = "Ferry returns to the island\n\nThe ferry is back. Nobody expected it.\n"
MARKDOWN = "---\ntitle: Ferry returns\n---\n\nThe ferry is back.\n"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (DIGEST, "issue.txt", "digest"),
        (DIGEST, "", "digest"),
        (DIGEST, "issue.md", "digest"),
        (MARKDOWN, "ferry.md", "markdown"),
        (MARKDOWN, "ferry.txt", "markdown"),
        (PLAIN, "ferry.txt", "text"),
        (PLAIN, "", "text"),
    ],
)
def test_read_finds_the_format(text, name, expected):
    reading = read(text.encode(), name=name)
    assert reading.format == expected
    assert [article.title.lower()[:13] for article in reading.articles] == ["ferry returns"]


def test_formats_have_names_of_their_own():
    assert [known.name for known in FORMATS] == ["markdown", "digest", "text"]


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u200b\n".encode()]
)
def test_read_refuses_what_is_empty(data):
    with pytest.raises(ReadingError, match=r"empty|no text"):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02" * 100,
        bytes(range(256)) * 50,
        b"%PDF-1.7\n",
        b"PK\x03\x04" + b"x" * 50,
        b"\x89PNG\r\n",
        b"\x7fELF" + b"\x00" * 20,
        b"text" + b"\x01" * 20,
        PLAIN.encode("utf-16-le"),
        b"<!DOCTYPE html><p>x",
        b'{"title": "x"}',
    ],
)
def test_read_refuses_what_is_no_text(data):
    with pytest.raises(UnknownFormatError):
        read(data, name="x.bin")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
@pytest.mark.parametrize("text", [DIGEST, PLAIN, MARKDOWN])
def test_read_knows_byte_order_marks(encoding, mark, text):
    assert read(mark + text.encode(encoding)) == read(text.encode())


def test_read_takes_a_western_code_page_and_says_so():
    reading = read(PLAIN.replace("island", "île d’Yeu").encode("cp1252"))
    assert reading.articles[0].title == "Ferry returns to the île d’Yeu"
    (gap,) = reading.gaps
    assert (gap.line, gap.text) == (1, "î")
    assert "Windows-1252" in gap.reason


def test_read_names_the_byte_where_an_encoding_breaks():
    data = ("Le bac de l’île est là.\n" * 3).encode()
    at = data.index(b"bac", 20)
    broken = data[:at] + b"\xff" + data[at:]
    with pytest.raises(ReadingError, match=f"line 2: the encoding is broken at byte {at}:"):
        read(broken)


def test_read_refuses_utf16_that_breaks_off():
    with pytest.raises(ReadingError, match="UTF-16"):
        read(codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le")[:-1])


def test_read_refuses_fifty_megabytes_at_once():
    with pytest.raises(ReadingError, match="at most"):
        read(b"The ferry is back. " * (50_000_000 // 19))


@pytest.mark.parametrize("piece", [PLAIN, "The ferry is back. ", "a", "\n\n", "---\n", DIGEST])
def test_read_takes_the_largest_document_in_seconds(piece):
    data = (piece * (MAX_BYTES // len(piece.encode()) // 4)).encode()
    try:
        reading = read(data)
    except ReadingError as error:
        assert str(error)  # noqa: PT017
    else:
        assert len(reading.articles) > 1


def test_read_never_fails_otherwise_on_noise():
    for size in range(200):
        try:
            read(os.urandom(size) + b"\nSources:\n---\n")
        except ReadingError:
            continue


@pytest.mark.parametrize("cut", range(0, len(DIGEST.encode()), 7))
def test_read_takes_a_file_that_breaks_off(cut):
    data = DIGEST.encode()[:cut]
    try:
        reading = read(data)
    except ReadingError:
        assert cut == 0 or data.decode(errors="ignore") != data.decode(errors="replace")
    else:
        assert len(reading.articles) == 1


def test_read_plain_text_without_title_uses_its_first_words():
    text = "The ferry is back after three weeks in the dock of the mainland. Nobody expected it."
    (article,) = read(text.encode()).articles
    assert article.title == "The ferry is back after three weeks in the dock…"
    assert article.body == text


def test_read_plain_text_gives_a_title_alone_a_gap():
    (article,) = read(b"Ferry returns to the island\n").articles
    assert (article.title, article.body) == ("Ferry returns to the island", "")
    assert [gap.line for gap in article.gaps] == [1]
