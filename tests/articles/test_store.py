from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from articles.comparison import Change, compare_reading
from articles.database import SCHEMA_VERSION
from articles.errors import StoreError
from articles.model import Article, Gap, Source, ThemeMatch
from articles.store import (
    get_article,
    hold_article,
    iterate_articles,
    open_database,
    put_article,
    remove_article,
    transaction,
)

NOON = datetime(2023, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'folder' / 'dateline.sqlite'}")
    yield engine
    engine.dispose()


def ingest(engine, *articles, origin="issue.txt"):
    """Take a reading in as the ingestion does, and return what became of each article."""
    with engine.connect() as connection:
        comparisons = compare_reading(connection, articles, origin=origin)
    for each in comparisons:
        if each.change is not Change.DUPLICATE:
            with transaction(engine) as connection:
                put_article(
                    connection,
                    each.article,
                    origin=origin,
                    position=each.position,
                    added_at=NOON,
                    replaces=each.replaces,
                )
    return [each.change.value for each in comparisons]


def stored_titles_and_bodies(engine):
    with engine.connect() as connection:
        return [(stored.article.title, stored.article.body) for stored in iterate_articles(connection)]


def test_put_article_keeps_every_field(engine):
    article = Article(
        "Tocorón",
        body="Text with \u2028 and “quotes”",
        published=date(2023, 9, 20),
        sources=(Source("Mashal Radio", title="د مستونګ", published=date(2023, 9, 29), language="ps"),),
        themes=(ThemeMatch("prisons", ("prison",)),),
        summary="A sentence.",
        gaps=(Gap(3, "[RG1]", "an editor's mark"),),
    )
    berlin = timezone(timedelta(hours=2))
    with transaction(engine) as connection:
        is_new = put_article(
            connection,
            article,
            origin="issue.txt",
            position=4,
            added_at=datetime(2023, 10, 1, 14, tzinfo=berlin),
        )
    with engine.connect() as connection:
        stored = get_article(connection, article.id)
    assert is_new
    assert stored.article == article
    assert (stored.origin, stored.position, stored.added_at) == ("issue.txt", 4, NOON)


def test_get_article_is_none_where_there_is_none(engine):
    with engine.connect() as connection:
        assert get_article(connection, "0" * 16) is None


def test_iterate_articles_follows_origin_and_position(engine):
    ingest(engine, Article("Second file"), origin="b.txt")
    ingest(engine, Article("Z comes first"), Article("A comes next"), origin="a.txt")
    assert [title for title, _ in stored_titles_and_bodies(engine)] == [
        "Z comes first",
        "A comes next",
        "Second file",
    ]


def test_remove_article_says_whether_there_was_one(engine):
    article = Article("One")
    ingest(engine, article)
    with transaction(engine) as connection:
        assert remove_article(connection, article.id)
        assert not remove_article(connection, article.id)
    assert stored_titles_and_bodies(engine) == []


def test_transaction_is_undone_by_an_error(engine):
    def fail():
        with transaction(engine) as connection:
            put_article(connection, Article("Half"), origin="a", position=0, added_at=NOON)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert stored_titles_and_bodies(engine) == []


ONE, TWO = Article("One", body="first"), Article("Two", body="second")
ONE_EDITED = Article("ONE ", body="first, corrected")
ONE_RETITLED, TWO_RETITLED = Article("First", body="first"), Article("Second", body="second")


@pytest.mark.parametrize(
    ("former", "reading", "changes", "kept"),
    [
        pytest.param([], [ONE, TWO], ["added", "added"], [ONE, TWO], id="new"),
        pytest.param([ONE, TWO], [ONE, TWO], ["unchanged", "unchanged"], [ONE, TWO], id="the same again"),
        pytest.param([ONE, TWO], [TWO, ONE], ["unchanged", "unchanged"], [ONE, TWO], id="other order"),
        pytest.param([ONE, TWO], [ONE_EDITED, TWO], ["changed", "unchanged"], [ONE_EDITED, TWO], id="edited"),
        pytest.param(
            [ONE], [ONE, ONE_EDITED], ["unchanged", "added"], [ONE, ONE_EDITED], id="both stand there"
        ),
        pytest.param([ONE, TWO], [TWO], ["unchanged"], [ONE, TWO], id="what is gone stays"),
        pytest.param([ONE], [ONE_RETITLED], ["changed"], [ONE_RETITLED], id="another title"),
        pytest.param(
            [ONE, TWO], [ONE, TWO_RETITLED], ["unchanged", "changed"], [ONE, TWO_RETITLED], id="one retitled"
        ),
        pytest.param(
            [ONE, TWO],
            [ONE_EDITED, TWO_RETITLED],
            ["changed", "changed"],
            [ONE_EDITED, TWO_RETITLED],
            id="one edited, one retitled",
        ),
        pytest.param(
            [ONE, TWO],
            [TWO, ONE_RETITLED],
            ["unchanged", "added"],
            [ONE, TWO, ONE_RETITLED],
            id="a list that is cut and grows",
        ),
        pytest.param(
            [ONE, TWO],
            [ONE_RETITLED, TWO_RETITLED],
            ["added", "added"],
            [ONE, TWO, ONE_RETITLED, TWO_RETITLED],
            id="two retitled: which is which",
        ),
        pytest.param([], [ONE, ONE], ["added", "duplicate"], [ONE], id="twice in one document"),
        pytest.param(
            [ONE], [ONE_EDITED, ONE_EDITED], ["changed", "duplicate"], [ONE_EDITED], id="edited twice"
        ),
    ],
)
def test_compare_reading_tells_what_became_of_each(engine, former, reading, changes, kept):
    ingest(engine, *former)
    assert ingest(engine, *reading) == changes
    assert sorted(stored_titles_and_bodies(engine)) == sorted((each.title, each.body) for each in kept)


def test_compare_reading_replaces_each_former_article_once(engine):
    ingest(engine, Article("Brief", body="a"), Article("Brief", body="b"))
    reading = [Article("Brief", body="a2"), Article("Brief", body="b2"), Article("Brief", body="c2")]
    assert ingest(engine, *reading) == ["changed", "changed", "added"]
    assert stored_titles_and_bodies(engine) == [("Brief", "a2"), ("Brief", "b2"), ("Brief", "c2")]


def test_compare_reading_leaves_the_titles_of_other_origins_alone(engine):
    ingest(engine, ONE, origin="a.txt")
    assert ingest(engine, ONE_EDITED, origin="b.txt") == ["added"]
    assert len(stored_titles_and_bodies(engine)) == 2


def test_put_article_keeps_the_first_origin(engine):
    ingest(engine, ONE, origin="a.txt")
    assert ingest(engine, ONE, origin="b.txt") == ["unchanged"]
    with engine.connect() as connection:
        assert [stored.origin for stored in iterate_articles(connection)] == ["a.txt"]


def test_put_article_renews_the_annotation(engine):
    ingest(engine, ONE)
    annotated = Article("One", body="first", summary="Better.")
    assert ingest(engine, annotated) == ["unchanged"]
    with engine.connect() as connection:
        assert get_article(connection, ONE.id).article.summary == "Better."


def test_compare_reading_takes_more_ids_than_a_statement_holds(engine):
    many = [Article(f"Number {number}") for number in range(1200)]
    with transaction(engine) as connection:
        for position, article in enumerate(many):
            put_article(connection, article, origin="many.txt", position=position, added_at=NOON)
    with engine.connect() as connection:
        comparisons = compare_reading(connection, many, origin="many.txt")
        titles = [stored.article.title for stored in iterate_articles(connection)]
    assert {each.change for each in comparisons} == {Change.UNCHANGED}
    assert titles == [article.title for article in many]


def test_open_database_keeps_what_is_there(tmp_path):
    url = f"sqlite:///{tmp_path / 'dateline.sqlite'}"
    first = open_database(url)
    ingest(first, ONE)
    first.dispose()
    second = open_database(url)
    assert stored_titles_and_bodies(second) == [("One", "first")]
    second.dispose()


def test_open_database_waits_for_another_process_that_prepares_it(tmp_path, monkeypatch):
    other = sqlite3.connect(tmp_path / "dateline.sqlite", isolation_level=None)
    other.execute("CREATE TABLE theirs (number INTEGER)")
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("articles.database.time.sleep", lambda _: other.execute("COMMIT"))
    engine = open_database(f"sqlite:///{tmp_path / 'dateline.sqlite'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
    other.close()


def test_open_database_lets_readers_and_a_writer_work_at_once(engine):
    ingest(engine, ONE)
    with transaction(engine) as writing:
        put_article(writing, TWO, origin="a", position=1, added_at=NOON)
        assert stored_titles_and_bodies(engine) == [("One", "first")]
    assert len(stored_titles_and_bodies(engine)) == 2


def test_transaction_keeps_other_writers_out_from_its_start(engine):
    # One that read first and asked for the lock later could be refused without a wait.
    other = sqlite3.connect(engine.url.database, timeout=0, isolation_level=None)
    with transaction(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_open_database_refuses_a_file_that_is_none(tmp_path):
    file = tmp_path / "notes.sqlite"
    file.write_text("These are notes, not tables. " * 100)
    with pytest.raises(StoreError, match=r"notes\.sqlite.*not a database"):
        open_database(f"sqlite:///{file}")
    assert file.read_text().startswith("These are notes")


def test_open_database_refuses_a_folder(tmp_path):
    with pytest.raises(StoreError, match=str(tmp_path)):
        open_database(f"sqlite:///{tmp_path}")


def test_open_database_names_the_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/sub/dateline\.sqlite cannot be opened"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'sub' / 'dateline.sqlite'}")


def test_open_database_refuses_one_of_a_newer_dateline(tmp_path):
    file = tmp_path / "dateline.sqlite"
    open_database(f"sqlite:///{file}").dispose()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE schema_versions SET version = ?", [SCHEMA_VERSION + 1])
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer Dateline"):
        open_database(f"sqlite:///{file}")


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_open_database_refuses_one_of_an_older_dateline(tmp_path, version):
    file = tmp_path / "dateline.sqlite"
    open_database(f"sqlite:///{file}").dispose()
    connection = sqlite3.connect(file)
    connection.execute("DROP TABLE origins")
    connection.execute("UPDATE schema_versions SET version = ?", [version])
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match=r"older Dateline.*remove this file and ingest") as caught:
        open_database(f"sqlite:///{file}")
    assert str(file) in str(caught.value)


def test_open_database_leaves_strangers_tables_alone(tmp_path):
    file = tmp_path / "shop.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE articles (price REAL)")
    connection.close()
    with pytest.raises(StoreError, match="not Dateline's"):
        open_database(f"sqlite:///{file}")


@pytest.mark.parametrize("url", ["no address", "", "mystery://host/name", "postgresql+nothing://host/name"])
def test_open_database_refuses_an_address_that_is_none(url):
    with pytest.raises(StoreError):
        open_database(url)


def test_open_database_hides_the_password(tmp_path):
    with pytest.raises(StoreError) as caught:
        open_database("mystery://user:hunter2@host/name")
    assert "hunter2" not in str(caught.value)


def stored_origins(engine):
    with engine.connect() as connection:
        return {
            stored.article.title: (stored.origin, stored.position) for stored in iterate_articles(connection)
        }


def test_put_article_leaves_a_replaced_article_to_its_other_origins(engine):
    ingest(engine, ONE, origin="a.md")
    ingest(engine, TWO, ONE, origin="b.md")
    assert ingest(engine, ONE_EDITED, origin="a.md") == ["changed"]
    assert stored_origins(engine) == {"One": ("b.md", 1), "ONE ": ("a.md", 0), "Two": ("b.md", 0)}


def test_compare_reading_replaces_in_a_second_origin_too(engine):
    ingest(engine, ONE, origin="a.md")
    ingest(engine, ONE, origin="copy.md")
    ingest(engine, ONE_EDITED, origin="a.md")
    # The new text is stored already, by way of the first file; the old one goes with the second.
    assert ingest(engine, ONE_EDITED, origin="copy.md") == ["unchanged"]
    assert stored_titles_and_bodies(engine) == [("ONE ", "first, corrected")]


def test_compare_reading_knows_what_a_document_holds(engine):
    ingest(engine, ONE, TWO, origin="a.md")
    with engine.connect() as connection:
        same = compare_reading(connection, [ONE, TWO], origin="a.md")
        moved = compare_reading(connection, [TWO, ONE], origin="a.md")
        elsewhere = compare_reading(connection, [ONE], origin="b.md")
    assert [each.held for each in (*same, *moved, *elsewhere)] == [True, True, False, False, False]


def test_compare_reading_takes_no_new_title_for_an_edit_where_documents_share_a_name(engine):
    ingest(engine, ONE)
    with engine.connect() as connection:
        (edited,) = compare_reading(connection, [ONE_EDITED], origin="issue.txt", retitled=False)
        (other,) = compare_reading(connection, [ONE_RETITLED], origin="issue.txt", retitled=False)
    assert (edited.change, edited.replaces) == (Change.CHANGED, ONE.id)
    assert (other.change, other.replaces) == (Change.ADDED, None)


def test_hold_article_remembers_the_position(engine):
    ingest(engine, ONE, TWO)
    with transaction(engine) as connection:
        hold_article(connection, ONE.id, origin="issue.txt", position=5)
    assert stored_origins(engine) == {"Two": ("issue.txt", 1), "One": ("issue.txt", 5)}


def test_remove_article_forgets_its_origins(engine):
    ingest(engine, ONE, origin="a.md")
    ingest(engine, ONE, origin="b.md")
    with transaction(engine) as connection:
        remove_article(connection, ONE.id)
    assert ingest(engine, ONE_EDITED, origin="b.md") == ["added"]


def test_article_id_leaves_out_what_was_guessed():
    guessed = Article("One", sources=(Source("Dawn", title="Uno", language="es"),))
    better = Article("One", sources=(Source("Dawn", title="Uno", language="it"),))
    assert guessed.id == better.id
    assert guessed.id != Article("One", sources=(Source("Dawn", title="Due", language="es"),)).id
    assert guessed.to_json()["sources"][0]["language"] == "es"


def test_another_article_in_the_same_file_replaces_nothing(engine):
    """A file such as latest.md is given a new article each week; the old ones must not be lost."""
    last_week = Article(title="Storm in the north", body="Trees fell and roads were closed for two days.")
    this_week = Article(title="Vote in the south", body="Parties campaigned and ballots were counted.")
    with transaction(engine) as connection:
        put_article(connection, last_week, origin="latest.md", position=0, added_at=NOON)
        (comparison,) = compare_reading(connection, [this_week], origin="latest.md")
    assert comparison.change is Change.ADDED
    assert comparison.replaces is None
