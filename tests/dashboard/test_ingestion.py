from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text

from articles.comparison import compare_reading
from articles.errors import ReadingError
from articles.model import Article, Gap, Reading, Source, ThemeMatch
from articles.store import iterate_articles, put_article, transaction
from dashboard import ingestion
from dashboard.database import find_outdated, iterate_pairs, open_database
from dashboard.documents import Document, find_documents
from dashboard.ingest_report import Failure
from dashboard.ingestion import RENEWAL, ingest
from dashboard.settings import Settings
from dashboard.steps import Steps, load_steps
from geodata.errors import GeodataError
from geodata.model import Kind, Mention, Place, Resolution
from geodata.store import get_geoparser

NOON = datetime(2023, 10, 1, 12, tzinfo=UTC)


class WordGeoparser:
    """Places "Mastung", knows of "Xyzzy" but not where it is, and stumbles over "Stumble" and "Fall"."""

    def __init__(self, identifier="words-1"):
        self.id = identifier
        self.seen = []

    def parse_article(self, article):
        self.seen.append(article.title)
        if "Stumble" in article.body:
            raise GeodataError("stumbled")
        if "Fall" in article.body:
            raise ValueError("fallen")
        mastung = Place("geonames:1170706", "Mastung", Kind.CITY, 29.7997, 66.8455, "PK")
        return tuple(
            Resolution(Mention(0, len(word), word), mastung if word == "Mastung" else None)
            for word in article.body.split()
            if word in ("Mastung", "Xyzzy")
        )


def read_lines(data, name):
    """Read a line "Title: body" as an article, and "?…" as a gap."""
    if data.startswith(b"\0"):
        raise ReadingError("expected text, got bytes", line=1)
    articles, gaps = [], []
    for number, line in enumerate(data.decode().splitlines(), 1):
        title, _, body = line.partition(":")
        if line.startswith("?"):
            gaps.append(Gap(number, line, "not an article"))
        else:
            articles.append(Article(title, body=body, sources=(Source(outlet="Dawn"),)))
    return Reading("lines", tuple(articles), tuple(gaps))


def annotate(article):
    return replace(article, themes=(ThemeMatch("theme"),), summary=article.body)


@pytest.fixture
def engine(tmp_path):
    engine = open_database(Settings(tmp_path, f"sqlite:///{tmp_path / 'dateline.sqlite'}"))
    yield engine
    engine.dispose()


def document(text, name="issue.txt", **options):
    return Document(name, f"/{name}", lambda: text if isinstance(text, bytes) else text.encode(), **options)


def run(engine, *documents, geoparser=None, **steps):
    steps = {"read": read_lines, "annotate": annotate, "geoparser": geoparser or WordGeoparser(), **steps}
    return ingest(documents, engine=engine, steps=Steps(**steps), clock=lambda: NOON)


def stored(engine):
    return {article.title: article.body for article, _ in iterate_pairs(engine)}


def test_ingest_stores_annotated_articles_with_their_places(engine):
    report = run(engine, document("One: Mastung Mastung Xyzzy\nTwo: nowhere"))
    assert (report.documents, report.added, report.failed) == (1, 2, 0)
    assert (report.placed, report.unplaced, report.sources) == (1, 1, 2)
    pairs = {article.title: (article, places) for article, places in iterate_pairs(engine)}
    article, places = pairs["One"]
    assert (article.summary, article.themes) == (" Mastung Mastung Xyzzy", (ThemeMatch("theme"),))
    assert [place.mention.phrase for place in places] == ["Mastung", "Mastung", "Xyzzy"]
    assert pairs["Two"][1] == ()
    with engine.connect() as connection:
        assert [each.added_at for each in iterate_articles(connection)] == [NOON, NOON]


def test_ingest_of_the_same_document_changes_nothing_and_geoparses_nothing(engine):
    first = run(engine, document("One: Mastung Xyzzy\nTwo: nowhere"))
    geoparser = WordGeoparser()
    second = run(engine, document("One: Mastung Xyzzy\nTwo: nowhere"), geoparser=geoparser)
    assert (second.added, second.changed, second.unchanged) == (0, 0, 2)
    assert (second.placed, second.unplaced) == (first.placed, first.unplaced)
    assert geoparser.seen == []


def test_ingest_replaces_a_changed_article_and_its_places(engine):
    run(engine, document("One: Mastung\nTwo: Mastung"))
    before = {article.title: article.id for article, _ in iterate_pairs(engine)}
    geoparser = WordGeoparser()
    report = run(engine, document("One: Xyzzy\nTwo: Mastung"), geoparser=geoparser)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert geoparser.seen == ["One"]
    assert stored(engine) == {"One": " Xyzzy", "Two": " Mastung"}
    with engine.connect() as connection:
        assert get_geoparser(connection, before["One"]) is None


def test_ingest_counts_what_is_given_twice(engine):
    report = run(engine, document("One: Mastung\nOne: Mastung"), document("One: Mastung", "copy.txt"))
    assert (report.added, report.duplicates) == (1, 2)
    assert stored(engine) == {"One": " Mastung"}


def test_ingest_takes_an_article_of_another_document_as_unchanged(engine):
    run(engine, document("One: Mastung"))
    report = run(engine, document("One: Mastung", "copy.txt"))
    assert (report.added, report.unchanged, report.duplicates) == (0, 1, 0)


def test_ingest_geoparses_again_with_another_geoparser(engine):
    run(engine, document("One: Mastung"))
    geoparser = WordGeoparser("words-2")
    report = run(engine, document("One: Mastung"), geoparser=geoparser)
    assert (geoparser.seen, report.unchanged) == (["One"], 1)
    ((article, _),) = iterate_pairs(engine)
    with engine.connect() as connection:
        assert get_geoparser(connection, article.id) == "words-2"


def test_ingest_stores_the_annotation_of_a_new_vocabulary(engine):
    run(engine, document("One: Mastung"))
    report = run(engine, document("One: Mastung"), annotate=lambda article: replace(article, summary="New."))
    ((article, places),) = iterate_pairs(engine)
    assert (report.unchanged, article.summary, len(places)) == (1, "New.", 1)


def test_ingest_goes_on_after_an_article_that_fails(engine):
    report = run(engine, document("One: Stumble\nTwo: Mastung"))
    assert report.failures == [Failure("issue.txt", "stumbled", "One")]
    assert (report.added, report.placed) == (2, 1)
    assert stored(engine) == {"One": " Stumble", "Two": " Mastung"}


def test_ingest_goes_on_after_a_value_that_nobody_expected(engine):
    def annotate_or_fail(article):
        if article.title == "Two":
            raise ValueError("no such theme")
        return annotate(article)

    report = run(engine, document("One: Fall\nTwo: Mastung\nThree: Mastung"), annotate=annotate_or_fail)
    assert report.failures == [
        Failure("issue.txt", "fallen", "One"),
        Failure("issue.txt", "no such theme", "Two"),
    ]
    assert (report.added, stored(engine)) == (2, {"One": " Fall", "Three": " Mastung"})


def test_ingest_goes_on_after_an_article_that_cannot_be_stored(engine):
    def read(data, name):
        reading = read_lines(data, name)
        return replace(reading, articles=(Article("A\ud800B", body="Mastung"), *reading.articles))

    report = run(engine, document("One: Mastung"), read=read)
    ((failure,),) = (report.failures,)
    assert failure.article == "A\ud800B"
    assert "U+D800" in failure.message
    assert (report.added, stored(engine)) == (1, {"One": " Mastung"})


def test_ingest_goes_on_after_a_document_whose_reader_fails(engine):
    def read(data, name):
        return read_lines(data, name) if name != "bad.txt" else int("x")

    report = run(engine, document("One: a", "bad.txt"), document("Two: b"), read=read)
    assert [failure.document for failure in report.failures] == ["bad.txt"]
    assert stored(engine) == {"Two": " b"}


def test_ingest_tries_an_article_that_failed_again(engine):
    run(engine, document("One: Stumble"))
    geoparser = WordGeoparser()
    assert run(engine, document("One: Stumble"), geoparser=geoparser).failed == 1
    assert geoparser.seen == ["One"]


def test_ingest_goes_on_after_documents_that_fail(engine, tmp_path):
    missing = str(tmp_path / "missing.txt")
    report = run(
        engine,
        document(b"\0", "binary"),
        document("", "empty.txt"),
        *find_documents([missing, "https://example.org/"], read_input=lambda: b""),
        document("One: Mastung"),
    )
    assert [(failure.document, failure.message) for failure in report.failures] == [
        ("binary", "line 1: expected text, got bytes"),
        ("empty.txt", "no article was found in it"),
        (missing, "No such file or directory"),
        ("https://example.org/", "addresses on the web cannot be read yet; save the page and name the file"),
    ]
    assert (report.documents, report.added) == (1, 1)


def test_ingest_reports_gaps_with_their_lines(engine):
    gap = Gap(7, "[RG1]", "an editor's mark")

    def read(data, name):
        reading = read_lines(data, name)
        return replace(reading, articles=tuple(replace(each, gaps=(gap,)) for each in reading.articles))

    report = run(engine, document("One: Mastung\n?lost"), read=read)
    assert [(each.document, each.article, each.gap.line) for each in report.gaps] == [
        ("issue.txt", None, 2),
        ("issue.txt", "One", 7),
    ]


def test_ingest_reports_a_theme_that_is_unknown(engine, tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: One\nthemes: [moon, maritime]\n---\nText.")
    steps = load_steps(WordGeoparser())
    documents = find_documents([str(tmp_path / "a.md")], read_input=lambda: b"")
    report = ingest(documents, engine=engine, steps=steps)
    assert [each.gap.text for each in report.gaps if "vocabulary" in each.gap.reason] == ["moon"]


def test_ingest_replaces_an_article_whose_title_was_edited(engine):
    run(engine, document("One: Mastung"))
    report = run(engine, document("Uno: Mastung"))
    assert (report.added, report.changed, stored(engine)) == (0, 1, {"Uno": " Mastung"})


def test_ingest_keeps_what_came_by_standard_input(engine):
    run(engine, document("One: Mastung", is_lasting=False))
    report = run(engine, document("Two: Mastung", is_lasting=False))
    assert (report.added, stored(engine)) == (1, {"One": " Mastung", "Two": " Mastung"})


def test_ingest_leaves_an_article_to_the_document_that_still_holds_it(engine):
    # Both in one run: the second document's is a duplicate, and held all the same.
    run(engine, document("One: Mastung", "a.md"), document("One: Mastung", "b.md"))
    report = run(engine, document("One: Xyzzy", "a.md"))
    assert report.changed == 1
    assert [(article.body, len(places)) for article, places in iterate_pairs(engine)] == [
        (" Xyzzy", 1),
        (" Mastung", 1),
    ]
    report = run(engine, document("One: Xyzzy", "b.md"))
    assert (report.unchanged, report.changed) == (1, 0)
    ((article, places),) = iterate_pairs(engine)
    assert (article.body, len(places)) == (" Xyzzy", 1)


def test_ingest_removes_an_article_that_all_its_documents_changed(engine):
    for words in ("One: Mastung", "One: Xyzzy"):
        run(engine, document(words, "a.md"), document(words, "b.md"))
    assert stored(engine) == {"One": " Xyzzy"}
    with engine.connect() as connection:
        assert len(list(iterate_articles(connection))) == 1
        assert find_outdated(connection, "words-1") == []


def test_ingest_writes_nothing_where_nothing_changed(engine):
    documents = document("One: Mastung\nTwo: x", "a.md"), document("One: Mastung", "b.md")
    run(engine, *documents)
    writes = []

    def note(connection, cursor, statement, *_):
        if not statement.startswith(("SELECT", "BEGIN", "PRAGMA")) or "IMMEDIATE" in statement:
            writes.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    run(engine, *documents)
    assert writes == []


def test_ingest_geoparses_stored_articles_of_another_geoparser_again(engine):
    run(engine, document("One: Mastung\nTwo: Mastung\nThree: Stumble", "a.md"))
    geoparser, told = WordGeoparser("words-2"), []
    report = ingest(
        [document("Two: Mastung", "b.md")],
        engine=engine,
        steps=Steps(read_lines, annotate, geoparser),
        on_progress=told.append,
    )
    assert geoparser.seen == ["Two", "One", "Three"]
    assert (report.unchanged, report.placed, report.renewed) == (1, 1, 1)
    assert report.failures == [Failure("/a.md", "stumbled", "Three")]
    assert [(each.document, each.number, each.total, each.done, each.articles) for each in told[-2:]] == [
        (RENEWAL, 2, 2, 1, 2),
        (RENEWAL, 2, 2, 2, 2),
    ]
    with engine.connect() as connection:
        assert find_outdated(connection, "words-2") == [
            Article("Three", body=" Stumble", sources=(Source("Dawn"),)).id
        ]


class FailingGeoparser:
    id = "failing"

    def parse_article(self, article):
        raise GeodataError("stumbled")


@pytest.mark.parametrize("given_again", [False, True])
def test_ingest_keeps_the_places_that_it_cannot_find_anew(engine, given_again):
    run(engine, document("One: Mastung"))
    documents = [document("One: Mastung")] if given_again else []
    report = run(engine, *documents, geoparser=FailingGeoparser())
    assert (report.failed, report.renewed) == (1, 0)
    ((article, places),) = iterate_pairs(engine)
    assert [found.mention.phrase for found in places] == ["Mastung"]
    with engine.connect() as connection:
        assert find_outdated(connection, "failing") == [article.id]


def test_ingest_geoparses_again_what_was_never_geoparsed(engine):
    with transaction(engine) as connection:
        put_article(connection, Article("One", body="Mastung"), origin="/a.md", position=0, added_at=NOON)
    assert run(engine).renewed == 1
    ((_, places),) = iterate_pairs(engine)
    assert len(places) == 1
    assert run(engine).renewed == 0


def damage(engine, statement):
    with transaction(engine) as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("garbled", ["{broken", "null", "[]"])
@pytest.mark.parametrize("column", ["articles SET document", "resolutions SET content"])
def test_ingest_of_the_same_document_mends_what_is_damaged(engine, column, garbled):
    run(engine, document("One: Mastung\nTwo: nowhere"))
    before = list(iterate_pairs(engine))
    damage(engine, f"UPDATE {column} = '{garbled}'")
    report = run(engine, document("One: Mastung\nTwo: nowhere"))
    assert (report.unchanged, report.failures) == (2, [])
    assert list(iterate_pairs(engine)) == before


def test_ingest_puts_a_changed_article_in_the_place_of_a_damaged_one(engine):
    run(engine, document("One: Mastung"))
    damage(engine, "UPDATE articles SET document = '{broken'")
    report = run(engine, document("One: Xyzzy"))
    assert (report.changed, report.failures) == (1, [])
    assert stored(engine) == {"One": " Xyzzy"}


def test_ingest_of_another_title_goes_on_beside_a_damaged_article(engine):
    run(engine, document("One: Mastung\nTwo: nowhere"))
    damage(engine, "UPDATE articles SET document = '{broken' WHERE title = 'Two'")
    report = run(engine, document("One: Mastung\nThird: nowhere"))
    assert (report.added, report.failures) == (1, [])


def test_ingest_says_which_stored_article_is_damaged_and_renews_the_others(engine):
    run(engine, document("One: Mastung\nTwo: Mastung"))
    damage(engine, "UPDATE articles SET document = '{broken' WHERE title = 'One'")
    report = run(engine, geoparser=WordGeoparser("words-2"))
    ((named, why, title),) = ((each.document, each.message, each.article) for each in report.failures)
    assert (named, title, report.renewed) == (RENEWAL, "One", 1)
    assert why.startswith("what is stored of it is damaged")
    assert why.endswith("ingest its document again")


def test_ingest_does_not_hide_a_mistake_of_the_program(engine):
    def fail(article):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(engine, document("One: Mastung"), annotate=fail)
    assert stored(engine) == {}


def test_ingest_tells_its_progress(engine):
    told = []
    ingest(
        [document(b"\0", "bad"), document("One: a\nTwo: b")],
        engine=engine,
        steps=Steps(read_lines, annotate, WordGeoparser()),
        on_progress=told.append,
    )
    assert [(each.document, each.number, each.total, each.done, each.articles) for each in told] == [
        ("bad", 1, 2, 0, 0),
        ("bad", 1, 2, 0, 0),
        ("issue.txt", 2, 2, 0, 0),
        ("issue.txt", 2, 2, 1, 2),
        ("issue.txt", 2, 2, 2, 2),
    ]
    assert [each.failure.message if each.failure else None for each in told[:2]] == [
        None,
        "line 1: expected text, got bytes",
    ]


CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
import test_ingestion as tests
from dashboard import ingestion
from pathlib import Path

home, stop_at = Path(sys.argv[2]), int(sys.argv[3])
stored = 0

def put_and_stop(connection, *arguments, **options):
    global stored
    stored += 1
    put_resolutions(connection, *arguments, **options)
    if stored == stop_at:
        # Inside the transaction of an article: written, not yet committed.
        print("stopped", flush=True)
        sys.stdin.read()

put_resolutions, ingestion.put_resolutions = ingestion.put_resolutions, put_and_stop
engine = tests.open_database(tests.Settings(home, f"sqlite:///{home / 'dateline.sqlite'}"))
report = tests.run(engine, tests.document(sys.argv[4]))
print(report.added, report.changed, report.unchanged)
"""


def kill_ingest(home: Path, text: str, *, stop_at: int) -> None:
    """Ingest a document in a process that is killed while it stores the article of this number."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, Path(__file__).parent, home, str(stop_at), text],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout.readline() == "stopped\n"
        os.kill(child.pid, signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("stop_at", [1, 3, 5])
def test_ingest_survives_being_killed(tmp_path, stop_at):
    text = "\n".join(f"Number {number}: Mastung" for number in range(5))
    kill_ingest(tmp_path, text, stop_at=stop_at)

    engine = open_database(Settings(tmp_path, f"sqlite:///{tmp_path / 'dateline.sqlite'}"))
    survivors = list(iterate_pairs(engine))
    assert len(survivors) == stop_at - 1
    assert all(len(places) == 1 for _, places in survivors)
    report = run(engine, document(text))
    assert (report.unchanged, report.added) == (stop_at - 1, 5 - stop_at + 1)
    assert sorted(stored(engine)) == [f"Number {number}" for number in range(5)]
    assert all(len(places) == 1 for _, places in iterate_pairs(engine))
    engine.dispose()


def test_ingest_killed_while_it_replaces_keeps_the_former_article(tmp_path):
    engine = open_database(Settings(tmp_path, f"sqlite:///{tmp_path / 'dateline.sqlite'}"))
    run(engine, document("One: Mastung"))
    kill_ingest(tmp_path, "One: Xyzzy", stop_at=1)
    assert stored(engine) == {"One": " Mastung"}
    assert run(engine, document("One: Xyzzy")).changed == 1
    assert stored(engine) == {"One": " Xyzzy"}
    engine.dispose()


def test_two_ingestions_at_once_store_each_article_once(tmp_path):
    text = "\n".join(f"Number {number}: Mastung" for number in range(40))
    command = [sys.executable, "-c", CHILD, Path(__file__).parent, tmp_path, "0", text]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    counts = [list(map(int, child.communicate(timeout=60)[0].split())) for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    # Each article was added by one of them and found by the others.
    assert [sum(count) for count in zip(*counts, strict=True)] == [40, 0, 80]
    engine = open_database(Settings(tmp_path, f"sqlite:///{tmp_path / 'dateline.sqlite'}"))
    assert sorted(article.title for article, _ in iterate_pairs(engine)) == (
        sorted(f"Number {number}" for number in range(40))
    )
    engine.dispose()


@pytest.mark.parametrize("former", ["", "One: Xyzzy"])
def test_ingest_counts_what_another_process_stored_meanwhile_as_unchanged(engine, monkeypatch, former):
    if former:
        run(engine, document(former))

    def compare_too_early(connection, reading, **options):
        comparisons = compare_reading(connection, reading, **options)
        monkeypatch.setattr(ingestion, "compare_reading", compare_reading)
        run(engine, document("One: Mastung"))
        return comparisons

    monkeypatch.setattr(ingestion, "compare_reading", compare_too_early)
    # Another annotation, or the article would be found as it should be stored.
    report = run(engine, document("One: Mastung"), annotate=lambda article: replace(article, summary="New."))
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert stored(engine) == {"One": " Mastung"}
