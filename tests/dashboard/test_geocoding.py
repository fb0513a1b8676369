"""Online geocoders as a person turns them on: by the environment, for `ingest` and `geoparse --online`."""

from __future__ import annotations

import json

import pytest
import spacy
from click.testing import CliRunner

from dashboard.cli import main
from dashboard.database import find_outdated, iterate_pairs, open_database
from dashboard.geocoding import open_fallback
from dashboard.settings import Settings
from geodata.errors import GeocoderCacheError, GeocoderSetupError
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.model import Kind, Place

PLACES = [
    Entry(Place("test:pk", "Pakistan", Kind.COUNTRY, 30.0, 70.0, "PK", radius_km=500.0, source="test")),
    Entry(Place("test:quetta", "Quetta", Kind.CITY, 30.18, 67.0, "PK", "Balochistan", population=1_565_546, source="test")),
]  # fmt: skip
CHARKHAB = {"name": "Charkhab", "latitude": 29.6, "longitude": 67.4, "id": 5}
ARTICLE = """---
title: Two killed in Pakistan
published: 2023-09-29
---
Gunmen killed two people in Charkhab district. Police came from Quetta, Pakistan.
"""


@pytest.fixture(scope="module")
def gazetteer_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("geocoding") / "gazetteer"
    info = SourceInfo("test", "Places of the tests", "MIT", "2026")
    build_gazetteer(folder, sources=[Source(lambda: info, lambda: iter(PLACES))])
    return folder


@pytest.fixture
def home(tmp_path, monkeypatch, gazetteer_folder):
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazetteer").symlink_to(gazetteer_folder)
    monkeypatch.setenv("DATELINE_HOME", str(home))
    for name in ("", "_URL", "_CONTACT", "_USER"):
        monkeypatch.delenv(f"DATELINE_GEOCODER{name}", raising=False)
    return home


@pytest.fixture
def online(home, monkeypatch, geocoding_service):
    monkeypatch.setenv("DATELINE_GEOCODER", "nominatim")
    monkeypatch.setenv("DATELINE_GEOCODER_URL", geocoding_service.url)
    return geocoding_service


def run(*arguments, text=None):
    return CliRunner().invoke(main, arguments, input=text)


def ingest(tmp_path):
    file = tmp_path / "article.md"
    file.write_text(ARTICLE, encoding="utf-8")
    return run("ingest", str(file))


def stored(home):
    engine = open_database(Settings.from_environment({"DATELINE_HOME": str(home)}))
    try:
        ((_, found),) = iterate_pairs(engine)
    finally:
        engine.dispose()
    return {each.mention.phrase: each for each in found}


def test_from_environment_reads_the_geocoders():
    settings = Settings.from_environment(
        {
            "DATELINE_HOME": "/data",
            "DATELINE_GEOCODER": " Nominatim, geonames",
            "DATELINE_GEOCODER_URL": " https://geo.test ",
            "DATELINE_GEOCODER_CONTACT": "desk@dateline.test",
            "DATELINE_GEOCODER_USER": "tester",
        }
    )
    assert settings.geocoders == ("nominatim", "geonames")
    assert settings.geocoder_url == "https://geo.test"
    assert (settings.geocoder_contact, settings.geocoder_user) == ("desk@dateline.test", "tester")
    assert settings.geocoder_answers.parent == settings.home
    assert Settings.from_environment({"DATELINE_GEOCODER": " "}).geocoders == ()


def test_ingest_asks_nobody_unless_told_to(home, tmp_path, geocoding_service, monkeypatch):
    monkeypatch.setenv("DATELINE_GEOCODER_URL", geocoding_service.url)
    result = ingest(tmp_path)
    assert result.exit_code == 0, result.stderr
    assert geocoding_service.asked == []
    assert stored(home)["Charkhab"].place is None
    assert not (home / "geocoders.sqlite").exists()


def test_ingest_places_what_the_gazetteer_lacks(home, tmp_path, online):
    online.places["charkhab"] = CHARKHAB
    result = ingest(tmp_path)
    assert result.exit_code == 0, result.stderr
    found = stored(home)["Charkhab"]
    assert found.place.id == "osm:node/5"
    assert found.role == "event"
    assert (
        "1 name looked for by Nominatim (© OpenStreetMap contributors), with 1 request; placed 1."
        in result.stderr
    )
    again = ingest(tmp_path)
    assert "Beyond the gazetteer" not in again.stderr
    assert len(online.asked) == 1


def test_ingest_survives_a_server_that_refuses_and_asks_again_later(home, tmp_path, online):
    online.places["charkhab"] = CHARKHAB
    online.reply = (403, {}, "<h1>no</h1>")
    result = ingest(tmp_path)
    assert result.exit_code == 0, result.stderr
    assert (
        result.stderr.count("Nominatim was left alone for the rest: Nominatim refused (HTTP status 403).")
        == 1
    )
    assert "1 name could not be asked for" in result.stderr
    assert stored(home)["Quetta"].place is not None
    assert stored(home)["Charkhab"].place is None
    online.reply = None
    assert ingest(tmp_path).exit_code == 0
    assert stored(home)["Charkhab"].place.id == "osm:node/5"


def test_ingest_renews_what_was_stored_before_it_was_told_to_ask(
    home, tmp_path, geocoding_service, monkeypatch
):
    ingest(tmp_path)
    monkeypatch.setenv("DATELINE_GEOCODER", "photon")
    monkeypatch.setenv("DATELINE_GEOCODER_URL", geocoding_service.url)
    geocoding_service.places["charkhab"] = CHARKHAB
    other = tmp_path / "other.md"
    other.write_text(ARTICLE.replace("Two", "Three").replace("Charkhab", "Quetta"), encoding="utf-8")
    result = run("ingest", str(other))
    assert "Renewed: the places of 1 stored article" in result.stderr
    engine = open_database(Settings.from_environment({"DATELINE_HOME": str(home)}))
    with engine.connect() as connection:
        resolvers = {each.resolver for _, found in iterate_pairs(engine) for each in found}
        assert len(find_outdated(connection, "another")) == 2
    engine.dispose()
    assert any("+fallback-1-photon@127.0.0.1" in resolver for resolver in resolvers)


def test_ingest_says_what_is_missing_before_it_starts(home, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_GEOCODER", "nominatim")
    result = ingest(tmp_path)
    assert result.exit_code == 1
    assert "wants to know who asks" in result.stderr
    assert "set DATELINE_GEOCODER_CONTACT" in result.stderr


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (
            {"DATELINE_GEOCODER": "google"},
            r"no geocoder 'google'; there are nominatim, .*DATELINE_GEOCODER\)",
        ),
        ({"DATELINE_GEOCODER": "geonames"}, "DATELINE_GEOCODER_USER"),
        ({"DATELINE_GEOCODER": "photon", "DATELINE_GEOCODER_URL": "geo"}, "DATELINE_GEOCODER_URL"),
        (
            {"DATELINE_GEOCODER": "photon,nominatim", "DATELINE_GEOCODER_URL": "https://geo.test"},
            "name one of them",
        ),
    ],
)
def test_open_fallback_names_the_variable(home, gazetteer_folder, environment, message):
    settings = Settings.from_environment({"DATELINE_HOME": str(home), **environment})
    with open_gazetteer(gazetteer_folder) as gazetteer, pytest.raises(GeocoderSetupError, match=message):
        open_fallback(settings, gazetteer)


def test_open_fallback_refuses_a_damaged_cache(home, online, gazetteer_folder):
    (home / "geocoders.sqlite").write_bytes(b"no database" * 100)
    settings = Settings.from_environment(
        {"DATELINE_HOME": str(home), "DATELINE_GEOCODER": "photon", "DATELINE_GEOCODER_URL": online.url}
    )
    with open_gazetteer(gazetteer_folder) as gazetteer, pytest.raises(GeocoderCacheError, match="delete it"):
        open_fallback(settings, gazetteer)


def test_geoparse_asks_with_online_alone(online):
    online.places["charkhab"] = CHARKHAB
    text = "Gunmen killed two people in Charkhab district, Pakistan."
    line = json.dumps({"id": 1, "text": text})
    assert run("geoparse", "--jsonl", text=line).exit_code == 0
    assert online.asked == []
    result = run("geoparse", "--jsonl", "--online", text=line)
    (first, _) = json.loads(result.stdout)["toponyms"]
    assert (first["place_id"], first["score"]) == ("osm:node/5", 0.55)
    assert "placed 1." in result.stderr
    assert "osm" not in run("geoparse", text=text).stdout
    assert "found by Nominatim" in run("geoparse", "--online", text=text).stdout


def test_geoparse_asks_for_given_spans_in_any_order(online):
    online.places["charkhab"] = CHARKHAB
    text = "From Charkhab, Pakistan, to Quetta"
    spans = [{"start": 28, "end": 34}, {"start": 5, "end": 13}, {"start": 15, "end": 23}]
    line = json.dumps({"id": 1, "text": text, "toponyms": spans})
    result = run("geoparse", "--jsonl", "--gold-spans", "--online", text=line)
    ids = [toponym["place_id"] for toponym in json.loads(result.stdout)["toponyms"]]
    assert ids == ["test:quetta", "osm:node/5", "test:pk"]


def test_geoparse_online_needs_a_geocoder(home):
    result = run("geoparse", "--online", text="Quetta")
    assert result.exit_code == 2
    assert "DATELINE_GEOCODER" in result.stderr


@pytest.mark.parametrize("command", [("geoparse",), ("score", "gold.jsonl")])
def test_commands_name_the_variable_of_a_missing_pipeline(home, tmp_path, monkeypatch, command):
    monkeypatch.setenv("DATELINE_SPACY", "en_missing_sm")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").write_text('{"id": "1", "text": "Quetta", "toponyms": []}\n')
    result = run(*command, text="Quetta")
    assert result.exit_code == 1
    assert "python -m spacy download en_missing_sm" in result.stderr
    assert "DATELINE_SPACY" in result.stderr


def test_commands_mind_the_entities_of_the_pipeline(home, tmp_path, monkeypatch):
    pipeline = spacy.blank("en")
    patterns = [{"label": "PERSON", "pattern": "Quetta"}, {"label": "GPE", "pattern": "Gunmen"}]
    pipeline.add_pipe("entity_ruler").add_patterns(patterns)
    pipeline.to_disk(tmp_path / "tiny")
    monkeypatch.setenv("DATELINE_SPACY", str(tmp_path / "tiny"))
    assert "Gunmen" in run("geoparse", text="Gunmen came.").stdout
    assert ingest(tmp_path).exit_code == 0
    assert set(stored(home)) == {"Gunmen", "Charkhab", "Quetta", "Pakistan"}
