from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from geodata.model import Kind, Mention, Place, Resolution
from geodata.store import (
    create_tables,
    get_geoparser,
    get_resolutions,
    put_resolutions,
    remove_resolutions,
)

MASTUNG = Place(
    "geonames:1170706", "Mastung", Kind.CITY, 29.7997, 66.8455, "PK", "Balochistan", radius_km=5.5
)
FOUND = (
    Resolution(Mention(0, 7, "Mastung"), MASTUNG, 0.97, reasons=("named 6 times",)),
    Resolution(Mention(9, 14, "Xyzzy"), None, reasons=("in no gazetteer",)),
)


@pytest.fixture
def connection(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'dateline.sqlite'}")
    with engine.begin() as connection:
        create_tables(connection)
        yield connection
    engine.dispose()


def test_get_resolutions_returns_what_was_put(connection):
    put_resolutions(connection, "a1", FOUND, geoparser="parser-1")
    put_resolutions(connection, "a2", (), geoparser="parser-1")
    assert get_resolutions(connection, ["a1", "a2", "a3"]) == {"a1": FOUND, "a2": ()}


def test_put_resolutions_replaces_former_ones(connection):
    put_resolutions(connection, "a1", FOUND, geoparser="parser-1")
    put_resolutions(connection, "a1", FOUND[:1], geoparser="parser-2")
    assert get_resolutions(connection, ["a1"]) == {"a1": FOUND[:1]}
    assert get_geoparser(connection, "a1") == "parser-2"


def test_get_geoparser_is_none_for_an_article_never_geoparsed(connection):
    assert get_geoparser(connection, "a1") is None


def test_remove_resolutions_removes_those_of_one_article(connection):
    for article_id in ("a1", "a2"):
        put_resolutions(connection, article_id, FOUND, geoparser="parser-1")
    remove_resolutions(connection, "a1")
    remove_resolutions(connection, "never there")
    assert list(get_resolutions(connection, ["a1", "a2"])) == ["a2"]


def test_get_resolutions_takes_more_ids_than_a_statement_holds(connection):
    ids = [f"article-{number}" for number in range(1100)]
    for article_id in ids:
        put_resolutions(connection, article_id, (), geoparser="parser-1")
    assert set(get_resolutions(connection, iter(ids))) == set(ids)


def test_create_tables_can_be_called_again(connection):
    put_resolutions(connection, "a1", FOUND, geoparser="parser-1")
    create_tables(connection)
    assert get_geoparser(connection, "a1") == "parser-1"
