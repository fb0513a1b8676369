"""The publisher's digest: facts about it, read from a copy that is no part of the project."""

import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from articles.reading import read

pytestmark = pytest.mark.digest


@pytest.fixture(scope="module")
def text():
    path = os.environ.get("DATELINE_DIGEST")
    if not path:
        pytest.skip("DATELINE_DIGEST does not name the publisher's digest")
    return Path(path).read_text("utf-8")


@pytest.fixture(scope="module")
def reading(text):
    return read(text.encode(), name="issue.txt")


def _days(*days):
    return [date.fromisoformat(f"2023-{day}") for day in days]


# Title's beginning; of the sources: outlets, dates, languages, hosts; note marks; attribution.
ARTICLES = [
    (
        "Military Junta",
        ["Jeune Afrique"],
        _days("09-16"),
        ["fr"],
        ["www.jeuneafrique.com"],
        "i ii iii",
        "BY-SA 4.0",
    ),
    (
        "Indonesia Attempts",
        ["seputarpapua.com", "ucanews.com"],
        _days("09-18", "09-22"),
        ["id", "en"],
        ["seputarpapua.com", "www.ucanews.com"],
        "i ii",
        "Spasimir Pilev, CC x 2.0",
    ),
    (
        "Pakistan Struggles",
        ["Afghanistan International", "Mashal Radio"],
        _days("10-01", "09-29"),
        ["ps", "ps"],
        ["www.afintl.com", "www.mashaalradio.com"],
        "i ii iii iv",
        "CC-BY-SA-4.0",
    ),
    (
        "Maduro Regime",
        ["Infobae", "El Espectador"],
        _days("09-27", "09-23"),
        ["es", "es"],
        ["www.infobae.com", "www.elespectador.com"],
        "i ii iii",
        "CC BY 2.0 DEED",
    ),
    (
        "North African Wave",
        ["AfricaNews.fr", "AfricaNews.fr", "Algeria Press Service"],
        _days("10-14", "10-13", "10-09"),
        ["fr", "fr", "en"],
        ["fr.africanews.com", "fr.africanews.com", "allafrica.com"],
        "i ii",
        "BY-SA 4.0",
    ),
    (
        "Arabic Media",
        ["al-Araby al-Jadeed", "al-Jazeera", "al-Akhbar"],
        _days("10-14", "10-14", "10-09"),
        ["ar", "ar", "ar"],
        ["www.alaraby.co.uk", "www.aljazeera.net", "www.al-akhbar.com"],
        "i ii",
        "CC 3.0",
    ),
    (
        "Iran Demands",
        ["Mehr News Agency"],
        _days("10-07"),
        ["fa"],
        ["www.mehrnews.com"],
        "i ii",
        "Islamic Republic News Agency",
    ),
    (
        "Iran Equips",
        ["Tasnim News Agency"],
        _days("10-22"),
        ["fa"],
        ["www.tasnimnews.com"],
        "i ii iii",
        "Tasnimnews.com",
    ),
    (
        "Iran Announces",
        ["Fars News Agency"],
        _days("10-04"),
        ["fa"],
        ["www.farsnews.ir"],
        "i ii iii",
        "FarsNews.ir",
    ),
    (
        "Russia Uses",
        ["al-Araby al-Jadeed", "Anadolu Agency"],
        _days("09-28", "10-02"),
        ["ar", "ar"],
        ["www.alaraby.co.uk", "www.aa.com.tr"],
        "i ii",
        "Public Domain",
    ),
]


def test_real_digest_is_recognised(reading):
    assert reading.format == "digest"
    assert reading.gaps == ()
    assert len(reading.articles) == 10


@pytest.mark.parametrize("index", range(10))
def test_real_digest_gives_every_field(reading, index):
    title, outlets, days, languages, hosts, marks, attribution = ARTICLES[index]
    article = reading.articles[index]
    assert article.title.startswith(title)
    assert [source.outlet for source in article.sources] == outlets
    assert [source.published for source in article.sources] == days
    assert article.published == max(days)
    assert [source.language for source in article.sources] == languages
    assert [urlsplit(source.url).netloc for source in article.sources] == hosts
    assert [note.mark for note in article.notes] == marks.split()
    assert set(re.findall(r"\[([ivx]+)\]", article.body)) == set(marks.split())
    assert article.image.attribution == attribution
    assert article.image.caption == article.caption != ""
    assert "http" in article.image.source
    assert article.quote[0] not in '“"'
    assert article.quote[-1] not in '”"'
    assert len(article.body) > 1000
    assert all(len(source.excerpt) > 400 for source in article.sources)


def test_real_digest_gives_titles_whole(reading):
    sources = [source for article in reading.articles for source in article.sources]
    assert len(sources) == 18
    # Two titles are English and have no translation.
    assert [source.outlet for source in sources if not source.title_english] == [
        "ucanews.com",
        "Algeria Press Service",
    ]
    for source in sources:
        ends = (
            source.title[0] + source.title[-1] + (source.title_english or "xx")[0] + source.title_english[-1:]
        )
        assert not set(ends) & set('“(),"')
    resistance = reading.articles[5].sources[1]
    assert resistance.title.endswith("“طوفان الأقصى”")
    assert reading.articles[9].sources[0].title_english.endswith("partnership?")


def test_real_digest_gives_outlets_notes_and_authors(reading):
    sources = [source for article in reading.articles for source in article.sources]
    assert [source.outlet for source in sources if not source.outlet_note] == ["Mashal Radio"]
    assert [source.authors for source in sources if source.authors] == [
        ("Terin, Ayub", "Majeed Babar", "Shahin Buneri", "Daud Khattak")
    ]


def test_real_digest_keeps_links_in_other_scripts_whole(reading):
    links = [source.url for article in reading.articles for source in article.sources]
    assert sum(not link.isascii() for link in links) == 5
    assert links[-1].endswith("/3005791")


def test_real_digest_gaps_are_the_two_marks_and_the_missing_year(reading):
    gaps = [(gap.line, gap.text) for article in reading.articles for gap in article.gaps]
    assert gaps == [(238, "[RG1]"), (256, "14 October"), (332, "[RG1]")]
    assert not any("RG1" in article.body or "  " in article.body for article in reading.articles)


def test_real_digest_loses_no_word(text, reading):
    held = []
    for article in reading.articles:
        held += [article.title, article.caption, article.quote, article.body]
        held += [f"{note.mark} {note.text}" for note in article.notes] + [gap.text for gap in article.gaps]
        held += [article.image.caption, article.image.source, article.image.attribution]
        for source in article.sources:
            held += [source.title, source.title_english, *source.authors, source.outlet, source.outlet_note]
            held += [source.url, source.excerpt, f"{source.published.day} {source.published:%B %Y}"]
    # What remains of the grammar: headings and labels.
    prose = re.sub(
        r"^(Sources|Notes|Image Information|Image|Source|Attribution):", "", text, flags=re.MULTILINE
    )
    pattern = re.compile(r"[^\W_]+")
    assert Counter(pattern.findall(prose)) - Counter(pattern.findall("\n".join(held))) == Counter()
    in_text, in_fields = len(pattern.findall(prose)), len(pattern.findall("\n".join(held)))
    # The three words of gaps and the inferred year are held twice at most.
    assert in_fields - in_text <= 4


@pytest.mark.parametrize("room", ["\n\n\n", "\n\n"], ids=["with room", "without"])
@pytest.mark.parametrize("heading", ["Sources:", "Source:"])
def test_real_digest_is_parted_where_articles_end_with_their_sources(text, reading, room, heading):
    text = re.sub(r"^Notes:.*?^Attribution:[^\n]*\n", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\n{3,}", room, text).replace("Sources:", heading)
    articles = read(text.encode(), name="issue.txt").articles
    assert [(article.title, article.body) for article in articles] == [
        (article.title, article.body) for article in reading.articles
    ]
    assert [source.excerpt for article in articles for source in article.sources] == [
        source.excerpt for article in reading.articles for source in article.sources
    ]
