"""What the entities of a spaCy pipeline add and veto; the pipelines are made here, of rules."""

from __future__ import annotations

import sys

import pytest
import spacy

from articles.model import Article
from geodata import entities
from geodata.entities import Entity, SpacyEntities, load_entities
from geodata.errors import EntitiesError
from geodata.geoparser import Geoparser

PATTERNS = {
    "PERSON": ["Quetta Khan", "Mastung", "Jordan Paris", "Paris"],
    "ORG": [
        "Friends of Pakistan",
        "Libya",
        "Paris Weekend",
        "Embassy in Paris",
        "Quetta Gladiators",
        "Libyan Army",
    ],
    "GPE": ["Xyzzy", "the Xyzzy's", "Sawai", "Mustang", "Moscow", "Pakistan", "Dera \n\nBugti", "7"],
    "LOC": ["The Quiet Hills"],
    "DATE": ["Friday"],
}


def make_pipeline(**patterns):
    pipeline = spacy.blank("en")
    pipeline.meta.update(name="tiny", version="1.2.3")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": phrase} for label, phrases in patterns.items() for phrase in phrases]
    )
    return pipeline


@pytest.fixture(scope="module")
def reviewed(gazetteer):
    """A geoparser with a second opinion."""
    return Geoparser(gazetteer, SpacyEntities(make_pipeline(**PATTERNS)))


def phrases(geoparser, text):
    return [found.mention.phrase for found in geoparser.parse(text)]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        # Vetoes.
        ("Police in Mastung and Balochistan met.", ["Mastung", "Balochistan"], ["Balochistan"]),
        ("The Friends of Pakistan met.", ["Pakistan"], []),
        ("In Pakistan, the Friends of Pakistan met.", ["Pakistan", "Pakistan"], ["Pakistan"]),
        ("They read it in Paris Weekend.", ["Paris"], []),
        ("They saw Quetta Gladiators.", ["Quetta"], []),
        ("They left the Embassy in Paris.", ["Paris"], ["Paris"]),
        ("They met Paris at noon.", ["Paris"], []),
        ("They met Paris in Paris.", ["Paris", "Paris"], ["Paris", "Paris"]),
        # A country that acts is no less a country, and an adjective no place.
        ("They say Libya has signed.", ["Libya"], ["Libya"]),
        ("A Libyan Army unit left Tripoli.", ["Libyan", "Tripoli"], ["Libyan", "Tripoli"]),
        # Additions.
        ("They drove to Xyzzy on Friday.", [], ["Xyzzy"]),
        ("They like the Xyzzy's mayor.", [], ["Xyzzy"]),
        ("They fled to The Quiet Hills.", [], ["Quiet Hills"]),
        # Neither.
        ("The summit of Moscow ended.", ["Moscow"], ["Moscow"]),
        ("They saw 7 cars.", [], []),
        ("They saw Dera \n\nBugti.", [], []),
    ],
)
def test_parse_minds_entities(geoparser, reviewed, text, before, after):
    assert phrases(geoparser, text) == before
    assert phrases(reviewed, text) == after


def test_parse_lists_an_added_name_that_no_gazetteer_has(reviewed):
    (found,) = reviewed.parse("They drove to Xyzzy.")
    assert found.place is None
    assert found.reasons == ("no place of this name is known",)


def test_parse_looks_an_added_name_up(geoparser, reviewed):
    """A filter took it for a quotation; the pipeline says that it is a place."""
    text = "The agents of “Moscow” listened."
    assert phrases(geoparser, text) == []
    (found,) = reviewed.parse(text)
    assert found.place.country_code == "RU"


def test_parse_article_minds_entities(geoparser, reviewed):
    article = Article("Blast", body="Police in Mastung, Balochistan, went to Xyzzy.")
    assert [found.mention.phrase for found in geoparser.parse_article(article)] == ["Mastung", "Balochistan"]
    found = reviewed.parse_article(article)
    assert [each.mention.phrase for each in found] == ["Balochistan", "Xyzzy"]


def test_resolve_spans_answers_all_that_was_given(reviewed):
    (found,) = reviewed.resolve_spans("Police in Mastung met.", [(10, 17)])
    assert found.place.name == "Mastung"


def test_id_names_the_pipeline(geoparser, reviewed):
    assert "+entities-1-en_tiny-1.2.3+" in reviewed.id
    assert "entities" not in geoparser.id


def test_find_reads_a_long_text_in_portions(monkeypatch):
    monkeypatch.setattr(entities, "MOST_LETTERS", 20)
    text = "Xyzzy is here.\nSawai is not.\n" + "x" * 50 + "\nXyzzy"
    found = SpacyEntities(make_pipeline(**PATTERNS)).find(text)
    assert [(text[entity.start : entity.end], entity.label) for entity in found] == [
        ("Xyzzy", "GPE"),
        ("Sawai", "GPE"),
        ("Xyzzy", "GPE"),
    ]
    assert found[0] == Entity(0, 5, "GPE")


def test_load_entities_loads_a_folder(tmp_path):
    make_pipeline(**PATTERNS).to_disk(tmp_path / "tiny")
    assert load_entities(tmp_path / "tiny").id == "entities-1-en_tiny-1.2.3"


def test_load_entities_reads_a_trained_recogniser_alone(tmp_path):
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tagger").add_label("NN")
    pipeline.add_pipe("ner").add_label("GPE")
    pipeline.initialize()
    pipeline.to_disk(tmp_path / "trained")
    loaded = load_entities(str(tmp_path / "trained"))
    assert loaded._pipeline.pipe_names == ["ner"]
    assert all(entity.label == "GPE" for entity in loaded.find("Police went to Quetta."))


@pytest.mark.parametrize("model", ["en_missing_sm", "/nowhere/at/all", "json"])
def test_load_entities_says_what_to_do_without_the_pipeline(model):
    with pytest.raises(EntitiesError, match=f"cannot load the pipeline {model}: .*python -m spacy download"):
        load_entities(model)


def test_load_entities_says_what_to_do_without_spacy(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(EntitiesError, match=r"pip install 'dateline\[spacy\]'"):
        load_entities("en_core_web_sm")


def test_load_entities_refuses_a_pipeline_that_finds_nothing(tmp_path):
    make_pipeline(DATE=["Friday"]).to_disk(tmp_path / "tiny")
    with pytest.raises(EntitiesError, match="recognises no persons, organisations or places"):
        load_entities(tmp_path / "tiny")
