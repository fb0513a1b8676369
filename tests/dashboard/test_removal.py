"""What was taken in can be taken back: whole, with its places, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from articles.model import Article
from articles.store import find_origins, iterate_articles, put_article, transaction
from dashboard.cli import main
from dashboard.database import open_database
from dashboard.removal import remove
from dashboard.settings import Settings
from geodata.model import Mention, Resolution
from geodata.store import get_geoparser, put_resolutions

NOON = datetime(2023, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATELINE_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    opened = open_database(Settings.from_environment(os.environ))
    yield opened
    opened.dispose()


def take_in(engine, origin, *titles):
    with transaction(engine) as connection:
        for position, title in enumerate(titles):
            article = Article(title=title, body=f"{title} in Mastung.")
            found = Resolution(Mention(0, len(title), title), None)
            put_article(connection, article, origin=str(origin), position=position, added_at=NOON)
            put_resolutions(connection, article.id, [found], geoparser="of the test")


def titles_of(engine):
    """Return the titles of what is stored, all of which have their places."""
    with engine.connect() as connection:
        stored = list(iterate_articles(connection))
        assert all(get_geoparser(connection, each.article.id) for each in stored)
        return [each.article.title for each in stored]


def places_of(engine, title):
    with engine.connect() as connection:
        return get_geoparser(connection, Article(title=title, body=f"{title} in Mastung.").id)


def call(*names):
    return CliRunner().invoke(main, ["remove", *map(str, names)], prog_name="dateline")


def test_remove_takes_a_document_back_that_is_no_longer_there(engine, tmp_path):
    take_in(engine, tmp_path / "wrong.txt", "One", "Two")
    take_in(engine, tmp_path / "right.txt", "Three")
    result = call("wrong.txt")
    assert result.exit_code == 0
    first, *titles = result.stderr.splitlines()
    assert first == "Removed: wrong.txt: 2 articles."
    assert [line.split()[-1] for line in titles] == ["One", "Two"]
    assert titles_of(engine) == ["Three"]
    assert places_of(engine, "One") is None


@pytest.mark.parametrize("name", ["wrong.txt", Article(title="One", body="One in Mastung.").id])
def test_remove_takes_back_what_is_damaged(engine, tmp_path, name):
    take_in(engine, tmp_path / "wrong.txt", "One")
    with transaction(engine) as connection:
        connection.execute(text("UPDATE articles SET document = '{broken'"))
    (removal,) = remove([name], engine=engine)
    assert [title for _, title in removal.removed] == ["One"]
    assert titles_of(engine) == []


def test_remove_keeps_what_another_document_holds(engine, tmp_path):
    take_in(engine, tmp_path / "a.txt", "Both", "Mine")
    take_in(engine, tmp_path / "b.txt", "Both")
    (removal,) = remove(["a.txt"], engine=engine)
    assert ([title for _, title in removal.removed], removal.kept) == (["Mine"], 1)
    assert titles_of(engine) == ["Both"]
    assert "1 article stays" not in call("b.txt").stderr
    assert titles_of(engine) == []


def test_remove_takes_a_folder_back_and_no_folder_beside_it(engine, tmp_path):
    take_in(engine, tmp_path / "news" / "a.txt", "One", "Both")
    take_in(engine, tmp_path / "news" / "deep" / "b.txt", "Two", "Both")
    for beside in ("News", "newsroom", "new_"):
        take_in(engine, tmp_path / beside / "c.txt", beside)
    (removal,) = remove(["news/"], engine=engine)
    assert sorted(title for _, title in removal.removed) == ["Both", "One", "Two"]
    assert removal.kept == 0
    assert sorted(titles_of(engine)) == ["News", "new_", "newsroom"]


def test_remove_takes_one_article_back_whoever_holds_it(engine, tmp_path):
    take_in(engine, tmp_path / "a.txt", "One", "Two")
    take_in(engine, tmp_path / "b.txt", "One")
    result = call(Article(title="One", body="One in Mastung.").id)
    assert result.exit_code == 0
    assert titles_of(engine) == ["Two"]
    assert places_of(engine, "One") is None


def test_remove_takes_back_what_came_by_standard_input(engine, tmp_path):
    take_in(engine, "standard input", "One")
    take_in(engine, tmp_path / "a.txt", "Two")
    assert call("-").exit_code == 0
    assert titles_of(engine) == ["Two"]


def test_remove_says_what_it_does_not_find_and_removes_the_rest(engine, tmp_path):
    take_in(engine, tmp_path / "a.txt", "One")
    result = call("missing.txt", "a.txt", "%", "-")
    assert result.exit_code == 1
    assert "Not found: missing.txt" in result.stderr
    assert "Not found: %" in result.stderr
    assert "Not found: -" in result.stderr
    assert titles_of(engine) == []


def test_remove_is_whole_or_not_at_all(engine, tmp_path, monkeypatch):
    take_in(engine, tmp_path / "a.txt", "One", "Two", "Three")
    take_in(engine, tmp_path / "b.txt", "Four")
    with transaction(engine) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE DELETE ON articles WHEN old.title = 'Three'"
            " BEGIN SELECT raise(ABORT, 'refused'); END"
        )
    result = call("b.txt", "a.txt")
    assert (result.exit_code, result.stderr) == (1, "Error: the database failed: refused\n")
    assert sorted(titles_of(engine)) == ["Four", "One", "Three", "Two"]


def test_remove_says_no_more_titles_than_a_person_reads(engine, tmp_path):
    take_in(engine, tmp_path / "a.txt", *(f"Number {number}" for number in range(60)))
    lines = call("a.txt").stderr.splitlines()
    assert lines[0] == "Removed: a.txt: 60 articles."
    assert lines[-1] == "  … and 10 more"
    assert len(lines) == 52


def test_find_origins_takes_a_name_for_no_pattern(engine, tmp_path):
    take_in(engine, tmp_path / "a_b" / "c.txt", "One")
    take_in(engine, tmp_path / "axb" / "c.txt", "Two")
    with engine.connect() as connection:
        assert find_origins(connection, folder=f"{tmp_path}/a_b/") == [str(tmp_path / "a_b" / "c.txt")]


def test_remove_does_not_take_an_empty_name_for_this_folder(engine, tmp_path):
    take_in(engine, tmp_path / "a.txt", "One")
    result = call("")
    assert result.exit_code == 1
    assert "Not found" in result.stderr
    assert titles_of(engine) == ["One"]
