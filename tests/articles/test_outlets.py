"""Sources that name the outlet before the title, and lists of sources that are numbered."""

from datetime import date

import pytest

from articles.digest import read_digest
from articles.excerpts import read_sources
from articles.paragraphs import Paragraph

URL = "https://dawn.example/news/1000001"
BLAST = "Seven policemen martyred in Mastung blast"
DAY = date(2024, 3, 14)


def only(text):
    (source,), gaps = read_sources([Paragraph(1, text, 1)])
    assert gaps == [], text
    return source


@pytest.mark.parametrize("sign", ["", "1. ", "2) ", "(3) ", "[4] ", "- ", "• ", "12. "])
@pytest.mark.parametrize("quotes", ["“{}”", '"{}"', "« {} »", "„{}“", "‘{}’", "'{}'", "“{},”", '"{},"'])
@pytest.mark.parametrize("between", [", ", ": ", " – ", ". ", " "])
def test_read_sources_takes_the_name_before_a_quoted_title_for_the_outlet(sign, quotes, between):
    source = only(f"{sign}Dawn{between}{quotes.format(BLAST)}, 14 March 2024, {URL}")
    assert (source.outlet, source.title, source.published, source.url) == ("Dawn", BLAST, DAY, URL)
    assert source.authors == ()


@pytest.mark.parametrize(
    ("text", "outlet", "note", "title", "english"),
    [
        ("Le Monde, « Attaque » (An attack)", "Le Monde", "", "Attaque", "An attack"),
        ("Le Monde (Paris daily), “Attaque (An attack),”", "Le Monde", "Paris daily", "Attaque", "An attack"),
        ("Известия, «Порт открыт» (The port is open)", "Известия", "", "Порт открыт", "The port is open"),
        ("صحيفة المنارة، «المرفأ يعود»", "صحيفة المنارة", "", "المرفأ يعود", ""),
        ("dawn.com, “Seven, eight, “nine” men”", "dawn.com", "", "Seven, eight, “nine” men", ""),
        ('The Express Tribune, "Pakistan\'s police"', "The Express Tribune", "", "Pakistan's police", ""),
        ("7 Days, “A strike”", "7 Days", "", "A strike", ""),
    ],
)
def test_read_sources_reads_note_and_translation_behind_a_leading_outlet(text, outlet, note, title, english):
    for written in (f"{text}, 14 March 2024. {URL}", f"3. {text}, 14 March 2024. {URL} Police came."):
        source = only(written)
        assert (source.outlet, source.outlet_note, source.title, source.title_english) == (
            outlet,
            note,
            title,
            english,
        )
        assert source.excerpt == ("Police came." if "came" in written else "")


def test_read_sources_needs_a_link_or_a_day_behind_a_leading_outlet():
    assert only(f"Dawn, “{BLAST}”, {URL}").outlet == "Dawn"
    assert only(f"Dawn, “{BLAST}”, 14 March 2024").outlet == "Dawn"


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Jane Doe, “Titre (A title),” Le Phare", ("Jane Doe",)),
        ('Jane Doe, "Titre (A title)", Le Phare', ("Jane Doe",)),
        ("Jane Doe, «Titre» (A title), «Le Phare»", ("Jane Doe",)),
        ("“Titre (A title),” Le Phare", ()),
    ],
)
@pytest.mark.parametrize("sign", ["", "1. "])
def test_read_sources_keeps_the_order_of_authors_title_outlet(text, authors, sign):
    source = only(f"{sign}{text}, 14 March 2024. {URL}")
    assert (source.authors, source.outlet) == (authors, "Le Phare")
    assert (source.title, source.title_english) == ("Titre", "A title")


def test_read_sources_takes_no_clause_for_an_outlet():
    sources, gaps = read_sources(
        [Paragraph(1, f"The mayor of the town said: “We go,” 14 March 2024. {URL}", 1)]
    )
    assert sources == ()
    assert [gap.line for gap in gaps] == [1]


def test_read_digest_reads_a_numbered_list_of_sources():
    text = (
        f"Bomb Kills Seven\n\nOn Monday a bomb killed seven officers. Nobody claimed it.\n\nSources\n"
        f'1. Dawn, "{BLAST}", 14 March 2024, {URL}\n2. Reuters, "Bomb kills police", 15 March 2024, {URL}2\n'
        "An excerpt has a list.\n1. Its first item.\n2. Its second item.\n"
    )
    (article,) = read_digest(text).articles
    assert [(source.outlet, source.title) for source in article.sources] == [
        ("Dawn", BLAST),
        ("Reuters", "Bomb kills police"),
    ]
    assert article.sources[1].excerpt == "An excerpt has a list.\n\n1. Its first item.\n\n2. Its second item."
    assert article.gaps == ()
