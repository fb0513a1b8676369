from __future__ import annotations

import os

import pytest

from articles.errors import ReadingError
from articles.reading import MAX_BYTES, read
from dashboard.documents import DocumentError, find_documents


def no_input():
    raise AssertionError("standard input was not asked for")


def find(*sources, read_input=no_input):
    return find_documents([str(source) for source in sources], read_input=read_input)


def test_find_documents_walks_a_folder_in_order_without_hidden_files(tmp_path):
    for name in ("b.md", "a/z.txt", "a/b/c.md", ".hidden", ".git/config", "c/.cache/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    documents = find(tmp_path)
    assert [document.load().decode() for document in documents] == ["b.md", "a/z.txt", "a/b/c.md"]


def test_find_documents_knows_a_file_by_its_absolute_path(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("a")
    monkeypatch.chdir(tmp_path)
    (document,) = find("a.md", tmp_path / "a.md", ".", tmp_path / "." / "a.md")
    assert (document.name, document.origin) == ("a.md", str(tmp_path.resolve() / "a.md"))


def test_find_documents_takes_standard_input_once():
    (document,) = find("-", "-", read_input=lambda: b"text")
    assert (document.name, document.load()) == ("standard input", b"text")


def test_find_documents_takes_a_hidden_file_that_is_named(tmp_path):
    (tmp_path / ".a.md").write_text("a")
    assert len(find(tmp_path / ".a.md")) == 1


@pytest.mark.parametrize("address", ["https://example.org/a", "HTTP://example.org/feed", "feed:x"])
def test_find_documents_refuses_addresses_in_their_turn(address):
    (document,) = find(address)
    with pytest.raises(DocumentError, match="save the page"):
        document.load()


def test_find_documents_reports_a_missing_file_in_its_turn(tmp_path):
    (document,) = find(tmp_path / "missing.txt")
    with pytest.raises(FileNotFoundError):
        document.load()


def test_find_documents_reports_an_empty_folder(tmp_path):
    (document,) = find(tmp_path)
    with pytest.raises(DocumentError, match="no files"):
        document.load()


def test_find_documents_refuses_a_device():
    (document,) = find("/dev/zero")
    with pytest.raises(DocumentError, match="device"):
        document.load()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is barred to root")
def test_find_documents_reports_a_barred_folder(tmp_path):
    barred = tmp_path / "barred"
    barred.mkdir()
    (tmp_path / "a.md").write_text("a")
    barred.chmod(0)
    try:
        documents = find(tmp_path)
        assert [document.name for document in documents] == [str(tmp_path / "a.md"), str(barred)]
        with pytest.raises(OSError, match="barred"):
            documents[1].load()
    finally:
        barred.chmod(0o755)


def test_find_documents_reports_a_loop_of_links_in_its_turn(tmp_path):
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "z.md").write_text("z")
    first, loop, last = find(tmp_path)
    assert (first.load(), last.load()) == (b"a", b"z")
    with pytest.raises(OSError, match="symbolic links"):
        loop.load()


def test_find_documents_knows_a_link_by_what_it_leads_to(tmp_path):
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").symlink_to("a.md")
    (document,) = find(tmp_path)
    assert document.origin == str(tmp_path.resolve() / "a.md")


def test_find_documents_gives_a_name_that_is_no_text_an_origin_that_is(tmp_path):
    file = tmp_path / os.fsdecode(b"a\xff.md")
    file.write_text("a")
    (document,) = find(tmp_path)
    assert document.origin.endswith("a\\xff.md")
    assert document.load() == b"a"


def test_find_documents_knows_what_standard_input_is_not(tmp_path):
    (tmp_path / "a.md").write_text("a")
    assert [each.is_lasting for each in find("-", tmp_path, read_input=lambda: b"")] == [False, True]


def test_find_documents_does_not_wait_for_a_pipe_that_nobody_named(tmp_path):
    (tmp_path / "a.md").write_text("a")
    os.mkfifo(tmp_path / "b.md")
    first, pipe = find(tmp_path)
    assert first.load() == b"a"
    with pytest.raises(DocumentError, match="this is a pipe"):
        pipe.load()


def test_find_documents_reads_a_pipe_that_is_named(tmp_path):
    reading, writing = os.pipe()
    os.write(writing, b"text")
    os.close(writing)
    (document,) = find(f"/dev/fd/{reading}")
    assert document.load() == b"text"
    os.close(reading)


def test_load_takes_no_more_of_a_file_than_shows_that_it_is_too_large(tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    (document,) = find(tmp_path)
    data = document.load()
    assert len(data) == MAX_BYTES + 1
    with pytest.raises(ReadingError, match="too large"):
        read(data, name="large.txt")


def test_find_documents_reports_a_name_that_is_too_long_in_its_turn(tmp_path):
    (tmp_path / "a.md").write_text("a")
    first, long = find(tmp_path / "a.md", "x" * 5000)
    assert first.load() == b"a"
    with pytest.raises(OSError, match="too long"):
        long.load()


def test_find_documents_does_not_take_an_empty_name_for_this_folder(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("a")
    monkeypatch.chdir(tmp_path)
    (document,) = find("")
    with pytest.raises(DocumentError, match="empty name"):
        document.load()
