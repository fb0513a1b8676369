from pathlib import Path

import pytest

from articles.errors import VocabularyError
from articles.model import Article, Image, Note, Source
from articles.phrases import PhraseIndex, is_phrase
from articles.themes import (
    MOST_EVIDENCE,
    MOST_THEMES,
    PLOVER_CONTEXTS,
    Theme,
    Vocabulary,
    classify,
    load_vocabulary,
)


@pytest.fixture(scope="module")
def bundled():
    return load_vocabulary()


@pytest.fixture
def small():
    return Vocabulary(
        (
            Theme(
                "sea",
                "Sea",
                "Ships.",
                ("military",),
                ("frigate*", "naval base*"),
                ("port", "crew*"),
                ("port wine",),
            ),
            Theme("law", "Law", "Courts.", ("legal",), ("court", "ICC"), ("judge*",), ("tennis court",)),
        ),
        ignore=("court jester",),
    )


def themes(article, vocabulary):
    return [match.theme for match in classify(article, vocabulary)]


# The bundled file.


def test_bundled_vocabulary_is_sound(bundled):
    ids = [theme.id for theme in bundled.themes]
    assert len(ids) == len(set(ids)) <= 18
    assert {context for theme in bundled.themes for context in theme.contexts} <= PLOVER_CONTEXTS
    assert all(theme.name[0].isupper() and theme.description.endswith(".") for theme in bundled.themes)
    assert bundled.theme("maritime").name == "Maritime"
    assert bundled.theme("no-such-theme") is None


@pytest.mark.parametrize(
    ("title", "body", "theme"),
    [
        (
            "Bombers hit a market",
            "A suicide bomber killed nine; militants of the Islamic State claimed it.",
            "terrorism-and-insurgency",
        ),
        (
            "Army moves north",
            "Two battalions were deployed to an air base for joint exercises.",
            "military-operations-and-posture",
        ),
        (
            "New missile shown",
            "The drone carries a guided bomb, and the missile has a range of 90 km.",
            "weapons-and-drones",
        ),
        (
            "Ministers sign a treaty",
            "The foreign ministers met at a summit and signed a defence pact.",
            "alliances-and-diplomacy",
        ),
        (
            "Soldiers seize power",
            "After the coup the junta dissolved parliament and put off the election.",
            "coups-and-governance",
        ),
        (
            "Thousands march",
            "Protesters rallied in the capital; trade unions called a general strike.",
            "protest-and-civil-society",
        ),
        (
            "Gang boss caught",
            "The cartel smuggled cocaine; its leader ran it from prison.",
            "organised-crime-and-prisons",
        ),
        (
            "False stories spread",
            "Disinformation and propaganda shaped the narrative on state media.",
            "information-and-narratives",
        ),
        (
            "Wall on the border",
            "Border guards closed the frontier; the disputed territory stays occupied.",
            "territory-and-borders",
        ),
        (
            "Tanker boarded",
            "The navy escorted merchant vessels; pirates had seized a cargo ship.",
            "maritime",
        ),
        (
            "Ministry hacked",
            "Hackers used ransomware in a cyberattack on the ministry.",
            "cyber",
        ),
        (
            "Prisoners abused",
            "Amnesty International spoke of torture and enforced disappearances.",
            "human-rights",
        ),
        (
            "Pipeline opened",
            "Natural gas flows through the pipeline; the oil field is next.",
            "energy-and-resources",
        ),
        (
            "Camps are full",
            "Refugees need food aid; the Red Crescent fears cholera.",
            "humanitarian",
        ),
        (
            "Inspectors leave",
            "Uranium enrichment went on, said the IAEA; the nuclear deal is dead.",
            "nuclear-chemical-and-biological",
        ),
        (
            "Robots on parade",
            "Artificial intelligence and satellites guide the autonomous robots.",
            "technology-and-ai",
        ),
        (
            "Banks cut off",
            "New sanctions and tariffs hit exports; inflation rose.",
            "economy-and-sanctions",
        ),
        (
            "Shrine closed",
            "Sectarian violence spread; clerics closed the mosque and the church.",
            "religion-and-identity",
        ),
    ],
)
def test_classify_finds_each_bundled_theme_first(bundled, title, body, theme):
    assert themes(Article(title=title, body=body), bundled)[0] == theme


@pytest.mark.parametrize(
    "body",
    [
        "The bakery on Orlo street sells bread and cake, and its owner sings.",
        "He died of a heart attack; the general public mourned him, and the cold war of the heirs began.",
        "An important investigation of the couple's imports of coupons.",
    ],
)
def test_classify_leaves_other_news_without_theme(bundled, body):
    assert themes(Article(title="News from Orlo", body=body), bundled) == []


def test_classify_keeps_to_few_themes_and_words(bundled):
    words = [phrase.replace("*", "") for theme in bundled.themes for phrase in theme.strong]
    matches = classify(Article(title="All at once", body=". ".join(words)), bundled)
    assert len(matches) == MOST_THEMES
    assert all(len(match.evidence) == MOST_EVIDENCE for match in matches)


# How words count.


def test_classify_gives_the_words_as_written_most_telling_first(small):
    article = Article(
        title="Frigates leave", body="The crew's port is a Naval Base. A frigate and a FRIGATE stay."
    )
    (match,) = classify(article, small)
    assert match.theme == "sea"
    assert match.evidence == ("Frigates", "Naval Base", "crew", "port")
    assert all(words in article.text for words in match.evidence)


def test_classify_needs_more_than_a_word_in_passing(small):
    assert themes(Article(title="Orlo", body="A frigate went by."), small) == []
    assert themes(Article(title="Orlo", body="A frigate with its crew left port."), small) == ["sea"]


def test_classify_needs_a_strong_word(small):
    body = "The crew left port. Crews and the port crew of the port love a port and its crew. " * 9
    assert themes(Article(title="Crew in port", body=body), small) == []


def test_classify_drops_what_is_weak_beside_the_strongest(small):
    passing = "The judge saw the court. The judge of the court left. "
    assert themes(Article(title="Orlo", body=passing), small) == ["law"]
    sea = "Frigates left the naval base; frigates, crews and the port of the naval base. " * 40
    assert themes(Article(title="Frigates of the naval base", body=sea + passing), small) == ["sea"]


def test_classify_weighs_by_section(small):
    words = "A frigate and its crew in port."
    assert themes(Article(title=words), small) == ["sea"]
    assert themes(Article(title="Orlo", body=words), small) == ["sea"]
    assert themes(Article(title="Orlo", sources=(Source(excerpt=words),)), small) == []
    assert themes(
        Article(title="Orlo", sources=(Source(excerpt=words + " Frigates and a naval base." * 3),)), small
    ) == ["sea"]
    assert themes(Article(title="Orlo", notes=(Note("i", words * 3),)), small) == []


def test_classify_does_not_read_citations_and_images(small):
    words = "frigates, naval base, frigates"
    source = Source(outlet=words, outlet_note=words, title=words, title_english=words, url=words)
    image = Image(caption=words, source=words, attribution=words)
    assert themes(Article(title="Orlo", sources=(source,), image=image), small) == []


def test_classify_ignores_phrases_that_mean_something_else(small):
    assert themes(Article(title="A tennis court, a court jester, a tennis court"), small) == []
    assert themes(Article(title="A tennis court and a court"), small) == ["law"]


def test_classify_of_no_text_is_empty(small):
    assert classify(Article(title=""), small) == ()


# Phrases.


@pytest.mark.parametrize(
    ("phrase", "text", "written"),
    [
        ("drone*", "Drones droned on", ["Drones", "droned"]),
        ("coup", "coups, couples, a COUP, the coup’s end", ["COUP", "coup’s"]),
        ("cease fire", "a cease-fire, a cease\nfire, a cease, fire", ["cease-fire", "cease\nfire"]),
        ("coup d'état", "the Coup d’État of May", ["Coup d’État"]),
        ("IS-K", "is-k and IS-K", ["IS-K"]),
        ("al Qaeda", "Al-Qaeda, al-qaeda", ["Al-Qaeda"]),
        ("air strike*", "air. Strikes; air strikes", ["air strikes"]),
        ("no man's land", "in no man’s land", ["no man’s land"]),
        ("حرب*", "الحرب حربية", ["حربية"]),
        ("air strike", "air\n\nstrike", []),
    ],
)
def test_phrase_index_finds(phrase, text, written):
    index = PhraseIndex()
    index.add(0, phrase)
    assert [words for _, _, words in index.find(text)] == written


def test_phrase_index_prefers_the_longest_within_a_group():
    index = PhraseIndex()
    for group, phrase in [
        (0, "strike*"),
        (0, "air strike*"),
        (0, "import*"),
        (0, "importan*"),
        (1, "strike*"),
    ]:
        index.add(group, phrase)
    assert list(index.find("Important air strikes")) == [
        (0, "importan*", "Important"),
        (0, "air strike*", "air strikes"),
        (1, "strike*", "strikes"),
    ]


@pytest.mark.parametrize(
    "phrase", ["", " ", "*", "a*", "dr*one", "one  two", "two*x", "end.", "**", "ab**", " ab"]
)
def test_is_phrase_refuses(phrase):
    assert not is_phrase(phrase)


# Broken files.

GOOD = """\
# a comment
ignore = ["cold war"]

[[themes]]
id = "sea"
name = "Sea"
description = "Ships."
contexts = ["military", "economic"]
strong = [
    "frigate*",
    "naval base",
]
weak = ["crew"]

[[themes]]
id = "law"
name = "Law"
description = "Courts."
contexts = ["legal"]
strong = ["court"]
"""


def load(tmp_path: Path, text: str | bytes) -> Vocabulary:
    path = tmp_path / "themes.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_vocabulary(path)


def test_load_vocabulary_reads_a_users_file(tmp_path):
    vocabulary = load(tmp_path, GOOD)
    assert [theme.id for theme in vocabulary.themes] == ["sea", "law"]
    assert vocabulary.themes[0] == Theme(
        "sea", "Sea", "Ships.", ("military", "economic"), ("frigate*", "naval base"), ("crew",)
    )
    assert vocabulary.ignore == ("cold war",)


def test_load_vocabulary_takes_windows_files(tmp_path):
    assert load(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == load(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('name = "Law"', 'name = "Law', 17, "TOML"),
        ('strong = ["court"]\n', 'strong = ["court"', 20, "TOML"),
        ('"military", "economic"', '"military", "moon"', 8, 'no context "moon"'),
        ('contexts = ["legal"]', "contexts = []", 19, "at least one"),
        ('contexts = ["legal"]\n', "", 15, "at least one"),
        ('strong = ["court"]', "strong = []", 20, "at least one"),
        ('strong = ["court"]', 'strong = "court"', 20, "list of texts"),
        ('strong = ["court"]', 'strong = ["court", 3]', 20, "list of texts"),
        ('id = "law"', 'id = "sea"', 16, "two themes"),
        ('id = "law"', 'id = "Law and Order"', 16, "lower-case"),
        ('id = "law"', "id = 7", 16, '"id"'),
        ('name = "Law"\n', "", 15, '"name"'),
        ('name = "Law"', 'name = "Law"\ncolour = "red"', 18, '"colour" is unknown'),
        ('    "naval base",', '    "nav*al base",', 11, "nav\\*al"),
        ('weak = ["crew"]', 'weak = ["crew", "frigate*"]', 13, "stands twice"),
        ('ignore = ["cold war"]', 'ignore = ["cold  war"]', 2, "cold  war"),
        ('ignore = ["cold war"]', 'skip = ["cold war"]', 2, '"skip" is unknown'),
        ('strong = ["court"]', 'strong = ["court"]\n\n[[theme]]\nid = "x"', 22, '"theme" is unknown'),
    ],
)
def test_load_vocabulary_names_the_line(tmp_path, old, new, line, message):
    assert GOOD.count(old) == 1
    with pytest.raises(VocabularyError, match=message) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert caught.value.line == line
    assert f"themes.toml, line {line}: " in str(caught.value), "the file and the line are named"


@pytest.mark.parametrize("text", ["", "themes = 3", "themes = []", 'themes = ["sea"]'])
def test_load_vocabulary_needs_themes(tmp_path, text):
    with pytest.raises(VocabularyError, match="at least one theme") as caught:
        load(tmp_path, text)
    assert caught.value.line == 1


def test_load_vocabulary_refuses_another_encoding(tmp_path):
    with pytest.raises(VocabularyError, match="UTF-8") as caught:
        load(tmp_path, GOOD.replace("Courts", "Gerichtshöfe").encode("latin-1"))
    assert caught.value.line == 18


def test_load_vocabulary_of_no_file(tmp_path):
    with pytest.raises(VocabularyError, match=r"themes\.toml"):
        load_vocabulary(tmp_path / "themes.toml")
