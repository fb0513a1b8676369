"""What sessions share: each collection with what was made of it, and words where the store cannot be read."""

from __future__ import annotations

import gc
import os
import sqlite3
import weakref
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from articles.store import transaction
from dashboard import loading
from dashboard.collection import CollectionError
from dashboard.database import open_database
from dashboard.filters import EventFilter
from dashboard.settings import Settings
from geodata.model import Kind, Place
from tests.stories import fill_store, story

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.collection import Collection

MASTUNG = Place("geonames:1", "Mastung Town", Kind.CITY, 29.8, 66.8, "PK", "Balochistan")


def take_in(home: Path, *titles: str) -> None:
    day = date(2023, 9, 29)
    fill_store(home, [story(title, MASTUNG, phrase="Mastung", published=day) for title in titles])


def counts_of(collection: Collection) -> dict[str, int]:
    """Return how many events each of the things says that are made of a collection and kept."""
    every = EventFilter(roles=())
    counted, inside = loading.timeline(collection, every)
    return {
        "numbers": len(loading.event_numbers(collection).row),
        "conditions": len(loading.conditions(collection, EventFilter())["roles"]),
        "found": len(loading.found_events(collection, every).rows),
        "search": len(loading.found_articles(collection, "mastung")),
        "facets": loading.facet_counts(collection, every)["country_code"]["PK"],
        "timeline": int(np.sum(counted.counts)),
        "period": inside,
        "quality": loading.quality(collection).pins,
    }


def test_what_is_made_of_a_collection_stays_with_it_when_the_store_goes_on(home):
    take_in(home, "One")
    shown = loading.collection()
    before = counts_of(shown)
    assert set(before.values()) == {1}
    # More than are kept: the first one is not, but a session still shows it.
    for title in ("Two", "Three", "Four"):
        take_in(home, title)
        latest = loading.collection()
    assert counts_of(latest) == dict.fromkeys(before, 4)
    assert counts_of(shown) == before


def test_articles_are_found_by_what_their_places_are_called(home):
    take_in(home, "One", "Two")
    found = loading.collection()
    assert loading.found_articles(found, "town one") == {
        article_id for article_id, (article, _) in found.articles.items() if article.title == "One"
    }
    assert loading.found_articles(found, "village") == set()


def test_collection_is_read_once_for_a_store_that_stays(home):
    take_in(home, "One")
    assert loading.collection() is loading.collection()


def test_collection_is_read_once_though_another_program_has_the_store_open(home):
    take_in(home, "One")
    before = loading.collection()
    engine = open_database(Settings.from_environment(os.environ))
    try:
        assert loading.collection() is before
    finally:
        engine.dispose()


def test_collection_is_read_anew_while_who_changed_it_has_it_open(home):
    take_in(home, "One")
    before = loading.collection()
    engine = open_database(Settings.from_environment(os.environ))
    try:
        with transaction(engine) as connection:
            connection.exec_driver_sql("DELETE FROM resolutions")
        assert loading.collection() is not before
    finally:
        engine.dispose()


def test_collection_is_read_anew_when_the_vocabulary_changes(home):
    take_in(home, "One")
    before = loading.collection()
    (home / "themes.toml").write_text(
        '[[theme]]\nid = "mine"\nname = "Mine"\ndescription = "Ours."\n[theme.words]\nmine = 3\n'
    )
    assert loading.collection() is not before


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nonsense", "The address of the database is not one"),
        ("sqlite:////proc/no/folder/x.sqlite", "cannot be opened"),
        ("mysterious://host/name", "driver that is not installed"),
        # Who may read it, and where it lies, is not told to viewers.
        ("mysterious://analyst:secret@db.internal:5432/dl", "^the database needs a database driver"),
    ],
)
def test_address_of_no_database_is_said_in_words(home, monkeypatch, address, words):
    monkeypatch.setenv("DATELINE_DATABASE", address)
    with pytest.raises(CollectionError, match=words):
        loading.collection()


@pytest.mark.parametrize("address", ["", "sqlite:///{home}/shared/dateline.sqlite"])
def test_file_that_is_no_database_is_named_without_its_folder(home, monkeypatch, address):
    monkeypatch.setenv("DATELINE_DATABASE", address.format(home=home))
    monkeypatch.setenv("DATELINE_HOME", str(home / "own"))
    for folder in ("own", "shared"):
        (home / folder).mkdir()
        (home / folder / "dateline.sqlite").write_text("This is a text, though it has the name. " * 60)
    with pytest.raises(CollectionError, match=r"^dateline\.sqlite cannot be used as a database: "):
        loading.collection()


def test_damaged_store_is_said_in_words(home):
    take_in(home, "One")
    with sqlite3.connect(home / "dateline.sqlite") as connection:
        connection.execute("DROP TABLE origins")
        connection.execute("ALTER TABLE resolutions RENAME COLUMN content TO gone")
    connection.close()
    with pytest.raises(CollectionError, match="the database failed: no such column"):
        loading.collection()


@pytest.mark.parametrize(
    "damage",
    [
        """UPDATE articles SET document = '{"title": "On'""",
        """UPDATE articles SET document = '{"title": "One"}'""",
        """UPDATE resolutions SET content = '[1'""",
        "UPDATE articles SET document = 'null'",
        "UPDATE resolutions SET content = 'null'",
        "UPDATE resolutions SET content = '[]'",
    ],
)
def test_article_that_is_damaged_is_said_in_words(home, damage):
    take_in(home, "One")
    with sqlite3.connect(home / "dateline.sqlite") as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(
        CollectionError,
        match=r"what is stored of an article is damaged \(“One”; dateline remove \w{16} takes",
    ):
        loading.collection()


def test_places_of_a_newer_dateline_are_said_in_words(home):
    take_in(home, "One")
    with sqlite3.connect(home / "dateline.sqlite") as connection:
        connection.execute("""UPDATE resolutions SET content = '{"format": 99}'""")
    connection.close()
    with pytest.raises(CollectionError, match="stored in format 99"):
        loading.collection()


def test_what_refers_to_itself_is_freed_though_it_was_spared_before():
    class Loop:
        pass

    loop = Loop()
    loop.itself = loop
    gone = weakref.ref(loop)
    loading._spare_from_collecting()
    del loop
    loading._spare_from_collecting()
    assert gone() is None
    gc.unfreeze()


def test_tiles_are_read_once_until_their_file_changes(home, monkeypatch, caplog):
    monkeypatch.delenv("DATELINE_TILES", raising=False)
    file = home / "tiles.toml"
    file.write_text("broken [")
    assert (
        [tiles.problem for tiles in loading.tiles()] == [tiles.problem for tiles in loading.tiles()] != [""]
    )
    assert len([record for record in caplog.records if "tiles.toml" in record.message]) == 1
    file.write_text('[[tiles]]\nname = "Streets"\nurl = "https://tiles.example/{z}/{x}/{y}.png"\n')
    assert loading.tiles()[0].name == "Streets"


def test_filter_by_a_language_that_no_source_has_yet_is_no_mistake(home):
    take_in(home, "One")
    known = loading.labels(loading.collection())
    assert EventFilter.from_query({"language": ["fr"]}, known=known) == (EventFilter(languages=("fr",)), ())
    _, notes = EventFilter.from_query({"language": ["qq"]}, known=known)
    assert len(notes) == 1
