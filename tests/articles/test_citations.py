from datetime import date

import pytest

from articles.citations import parse_citation

URL = "https://news.example/2023/10/03/harbour"


def _fields(text):
    citation = parse_citation(text)
    assert citation is not None, text
    source = citation.source
    return source.title, source.title_english, source.outlet, source.outlet_note, source.published, source.url


FULL = ("Le port rouvre", "The port reopens", "Le Phare", "coastal daily", date(2023, 10, 3), URL)


@pytest.mark.parametrize(
    "text",
    [
        f"“Le port rouvre (The port reopens),” Le Phare (coastal daily), 3 October 2023. {URL}",
        f'"Le port rouvre (The port reopens)," Le Phare (coastal daily), October 3, 2023. {URL}.',
        f"“Le port rouvre (The port reopens)”, Le Phare (coastal daily), 2023-10-03, {URL}",
        f"« Le port rouvre » (The port reopens), Le Phare (coastal daily), 3 Oct 2023: {URL}",
        f"“Le port rouvre” (The port reopens),” Le Phare (coastal daily), 3 October 2023. {URL}",
        f"“Le port rouvre (The port reopens,” Le Phare (coastal daily), 3 October 2023. {URL}",
        f"“Le port rouvre [The port reopens],” Le Phare (coastal daily), 3 October 2023. <{URL}>",
        f"“Le port rouvre (The port reopens),” Le Phare (coastal daily, 3 October 2023. {URL}",
    ],
)
def test_parse_citation_reads_every_punctuation(text):
    assert _fields(text) == FULL


def test_parse_citation_without_closing_quote_breaks_at_the_comma():
    fields = _fields(f"“Harbour, closed for weeks, reopens,phare.example (daily), 3 October 2023. {URL}")
    assert fields[:4] == ("Harbour, closed for weeks, reopens", "", "phare.example", "daily")


def test_parse_citation_keeps_quotes_inside_a_title_that_lacks_its_opening_one():
    fields = _fields(f"معركة “المرفأ” (The ‘Harbour’ battle),” al-Manara (daily), 3 October 2023. {URL}")
    assert fields[:3] == ("معركة “المرفأ”", "The ‘Harbour’ battle", "al-Manara")
    fields = _fields(f"“المرفأ” يعود (The harbour is back),” al-Manara (daily), 3 October 2023. {URL}")
    assert fields[0] == "“المرفأ” يعود"


def test_parse_citation_keeps_an_acronym_in_the_title():
    fields = _fields(f"“Talks With the Harbour Union (HU),” The Pilot, 3 October 2023. {URL}")
    assert fields[:4] == ("Talks With the Harbour Union (HU)", "", "The Pilot", "")


def test_parse_citation_reads_nested_brackets():
    outlet = "Ouest Agency (OA) (agency (regional))"
    text = f"“Titre (Dockers (of Brest) Strike: They Say),” {outlet}, 3 October 2023. {URL}"
    assert _fields(text)[:4] == (
        "Titre",
        "Dockers (of Brest) Strike: They Say",
        "Ouest Agency (OA)",
        "agency (regional)",
    )


@pytest.mark.parametrize(
    ("prefix", "authors"),
    [
        ("Jane Doe, ", ("Jane Doe",)),
        ("Doe, Jane, John Roe, ", ("Doe, Jane", "John Roe")),
        ("By Jane Doe and John Roe, ", ("Jane Doe", "John Roe")),
        ("Doe, Jane; Roe, John, ", ("Doe, Jane", "Roe, John")),
    ],
)
def test_parse_citation_reads_authors_before_the_title(prefix, authors):
    citation = parse_citation(f"{prefix}“Harbour reopens,” The Pilot, 3 October 2023. {URL}")
    assert citation.source.authors == authors
    assert citation.source.title == "Harbour reopens"


def test_parse_citation_without_year_leaves_the_date_open():
    citation = parse_citation(f"“Harbour reopens,” The Pilot (weekly), 14 October, {URL}")
    assert citation.source.published is None
    assert citation.date_text == "14 October"


def test_parse_citation_gives_back_the_excerpt_behind_the_link():
    citation = parse_citation(f"“Harbour reopens,” The Pilot, 3 October 2023. {URL} The cranes turned again.")
    assert citation.source.url == URL
    assert citation.rest == "The cranes turned again."


def test_parse_citation_reports_what_fits_no_field():
    citation = parse_citation(
        f"“Harbour reopens,” The Pilot, 3 October 2023 (updated). {URL} and https://b.example/x"
    )
    assert citation.source.published == date(2023, 10, 3)
    assert " ".join(citation.leftovers) == "(updated) and https://b.example/x"


@pytest.mark.parametrize(
    "link",
    [
        "https://a.example/سياسة/المرفأ-يعود",
        "https://a.example/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9",
        "https://a.example/wiki/Harbour_(Brest)",
        "https://a.example/f.jpg?ts=16&x=1#top",
    ],
)
def test_parse_citation_keeps_links_whole(link):
    assert _fields(f"“Harbour reopens,” The Pilot, 3 October 2023. {link}.")[5] == link


@pytest.mark.parametrize(
    "text",
    [
        "“We shall reopen the harbour,” said the minister, who arrived on 3 October 2023.",
        "The harbour reopened on 3 October 2023.",
        "The harbour reopened, and “nobody,” the master said, “was hurt.”",
        "“The cranes turn again.”",
        f"The port authority showed the film again on 3 October 2023. {URL}",
        "",
    ],
)
def test_parse_citation_refuses_prose(text):
    assert parse_citation(text) is None


def test_parse_citation_without_link_needs_title_outlet_and_date():
    assert _fields("“Harbour reopens,” The Pilot (weekly), 3 October 2023.")[2:5] == (
        "The Pilot",
        "weekly",
        date(2023, 10, 3),
    )


@pytest.mark.parametrize(
    ("text", "authors", "title"),
    [
        ('"Harbour reopens, The Pilot', (), "Harbour reopens"),
        ('"Harbour reopens The Pilot', (), "Harbour reopens The Pilot"),
        ('Jane Doe, "Harbour reopens, The Pilot', ("Jane Doe",), "Harbour reopens"),
        ('Doe, Jane, "Harbour says "yes" to ships, The Pilot', ("Doe, Jane",), 'Harbour says "yes" to ships'),
    ],
)
def test_parse_citation_keeps_an_unclosed_straight_quote_out_of_the_outlet(text, authors, title):
    source = parse_citation(f"{text} (weekly), 3 October 2023. {URL}").source
    assert (source.authors, source.title) == (authors, title)
    assert source.outlet in ("The Pilot", "")
    assert (
        '"' not in parse_citation(f'Jane Doe, "Порт (Harbour) The Pilot, 3 October 2023. {URL}').source.outlet
    )
