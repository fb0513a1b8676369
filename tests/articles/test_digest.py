import re
from collections import Counter
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.digest import MAX_ARTICLE_CHARACTERS, MAX_CHARACTERS, read_digest
from articles.errors import ReadingError

BODY = (
    "The harbour of Brest has been busy since the strike ended.[i] According to the first excerpted article, "
    "from Le Phare, the cranes turned again within a day. The second shows how the dockers see it.[ii] "
    "Whether calm lasts is open, since the union has announced another vote for the coming month."
)
FIRST = f"""Brest Harbour Reopens After Strike

Cranes in the harbour of Brest, 2019.


“The cranes “turn” again.”


{BODY}


Sources:

“Le port rouvre (The port reopens),” Le Phare (coastal daily), 3 October 2023. https://phare.example/2023/10/03/port/

The cranes turned again on Tuesday.

“Never again,” said the harbour master.


“Dockers vote again,” The Pilot (weekly), 5 October 2023. https://pilot.example/vote

They vote in November.


Notes:

[i] See “Strike in Brest,” The Pilot, May 2023. https://pilot.example/strike

 [ii]The union has 300 members.


Image Information:

Image:  Cranes in the harbour of Brest, 2019.
Source: https://images.example/cranes_(Brest).jpg
Attribution: Jane Doe, CC BY 2.0
"""
SECOND = """Island Council Bans Night Ferries

A ferry off the island, October 2022


“No ferry sails after ten.”


The council of the island has banned ferries at night. The excerpted article says why, and names the two \
councillors who voted against it because the doctor lives on the mainland.


Sources:

“La nuit sans bac (A night without ferry),” Le Phare (coastal daily), 7 October 2023. https://phare.example/bac

No ferry sails after ten, the council decided.


Image Information:

Image: A ferry off the island, October 2022
Source: The Pilot
Attribution: Public Domain
"""
ISSUE = f"{FIRST}\n\n{SECOND}"

_STRUCTURE = {
    "sources",
    "source",
    "notes",
    "note",
    "image",
    "images",
    "information",
    "attribution",
    "by",
    "and",
}


def words(text):
    return Counter(word for word in re.findall(r"[^\W_]+", text.lower()) if word not in _STRUCTURE)


def held(reading):
    """Return the words that a reading holds in fields and gaps."""
    parts = [gap.text for gap in reading.gaps]
    for article in reading.articles:
        parts += [article.title, article.caption, article.quote, article.body, *article.authors]
        parts += [gap.text for gap in article.gaps]
        parts += [f"{note.mark} {note.text}" for note in article.notes]
        days = [article.published]
        for source in article.sources:
            parts += [
                source.title,
                source.title_english,
                source.outlet,
                source.outlet_note,
                source.url,
                source.excerpt,
            ]
            parts += source.authors
            days.append(source.published)
        if article.image:
            parts += [article.image.caption, article.image.source, article.image.attribution]
        parts += [f"{day.day} {day:%B} {day.year}" for day in days if day]
    return words("\n".join(parts))


def test_read_digest_reads_all_fields_of_an_article():
    reading = read_digest(ISSUE)
    first, second = reading.articles
    assert reading.format == "digest"
    assert reading.gaps == first.gaps == second.gaps == ()
    assert first.title == "Brest Harbour Reopens After Strike"
    assert first.caption == "Cranes in the harbour of Brest, 2019."
    assert first.quote == "The cranes “turn” again."
    assert first.body == BODY
    assert first.published == date(2023, 10, 5)
    assert [source.outlet for source in first.sources] == ["Le Phare", "The Pilot"]
    assert [source.language for source in first.sources] == ["", "en"]
    assert first.sources[0].excerpt.split("\n\n")[1] == "“Never again,” said the harbour master."
    assert [(note.mark, note.text[:9]) for note in first.notes] == [("i", "See “Stri"), ("ii", "The union")]
    assert first.image.source == "https://images.example/cranes_(Brest).jpg"
    assert first.image.attribution == "Jane Doe, CC BY 2.0"
    assert second.title == "Island Council Bans Night Ferries"
    assert second.notes == ()


def test_read_digest_loses_no_word():
    assert words(ISSUE) - held(read_digest(ISSUE)) == Counter()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: re.sub(r"\n{3,}", "\n\n", text),
        lambda text: re.sub(r"\n{2,}", "\n", text),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: (
            text.replace("Sources:", "SOURCES").replace("Notes:", "Notes").replace("Image Inf", "IMAGE INF")
        ),
        lambda text: text.replace("Sources:", "Source:"),
        lambda text: text.replace("Sources:", "**Sources:**").replace("Notes:", "## Notes:"),
        lambda text: text.replace("Image Information:\n\n", ""),
        lambda text: text.replace(" ", "\u00a0").replace("the", "t\u200bhe"),
        lambda text: text.replace("\n", " \t \n"),
        lambda text: text.replace("\n\n\n", "\n\f\n\n"),
    ],
    ids=range(11),
)
def test_read_digest_is_the_same_in_another_layout(change):
    assert read_digest(change(ISSUE)).articles == read_digest(ISSUE).articles


def test_read_digest_joins_lines_filled_up_to_a_width():
    wrapped = "\n".join(
        re.sub(r"(.{40,70}) ", r"\1\n", line) if not line.startswith(("Image", "Source", "Attr")) else line
        for line in ISSUE.split("\n")
    )
    assert [article.body for article in read_digest(wrapped).articles] == [
        article.body for article in read_digest(ISSUE).articles
    ]


def test_read_digest_mends_a_link_broken_over_lines():
    text = ISSUE.replace("https://phare.example/2023/10/03/port/", "https://phare.example/2023/\n10/03/port/")
    assert read_digest(text).articles == read_digest(ISSUE).articles


def test_read_digest_takes_out_editors_marks_and_reports_them():
    text = ISSUE.replace("within a day.", "within [RG1] a day [JW12] .")
    article = read_digest(text).articles[0]
    assert article.body == BODY
    assert [(gap.line, gap.text) for gap in article.gaps] == [(9, "[RG1]"), (9, "[JW12]")]


def test_read_digest_leaves_bracketed_insertions():
    text = ISSUE.replace("The cranes turned again on", "[T]he cranes [of Brest] turned [again] on")
    assert (
        read_digest(text)
        .articles[0]
        .sources[0]
        .excerpt.startswith("[T]he cranes [of Brest] turned [again] on")
    )


def test_read_digest_joins_a_title_in_another_script_to_its_translation():
    text = ISSUE.replace(
        "“Le port rouvre (The port reopens),”", "Doe, Jane, John Roe, “المرفأ يعود\n\n(The port reopens),”"
    )
    source = read_digest(text).articles[0].sources[0]
    assert (source.title, source.title_english, source.language) == ("المرفأ يعود", "The port reopens", "ar")
    assert source.authors == ("Doe, Jane", "John Roe")


def test_read_digest_infers_a_missing_year_and_says_so():
    article = read_digest(ISSUE.replace("3 October 2023.", "3 October,")).articles[0]
    assert article.sources[0].published == date(2023, 10, 3)
    (gap,) = article.gaps
    assert (gap.line, gap.text) == (14, "3 October")
    assert "2023" in gap.reason


def test_read_digest_leaves_a_year_open_that_nothing_tells():
    article = read_digest(SECOND.replace("7 October 2023", "7 October")).articles[0]
    assert article.sources[0].published is article.published is None
    assert [gap.text for gap in article.gaps] == ["7 October"]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [(("[1]", "[2]"), ["1", "2"]), (("i.", "ii."), ["i", "ii"]), (("1)", "2)"), ["1", "2"])],
)
def test_read_digest_reads_other_note_marks(marks, expected):
    text = ISSUE.replace("[i] See", f"{marks[0]} See").replace(" [ii]The", f" {marks[1]} The")
    assert [note.mark for note in read_digest(text).articles[0].notes] == expected


def test_read_digest_parts_notes_that_share_a_paragraph():
    text = ISSUE.replace("/strike\n\n [ii]The", "/strike [ii] The")
    assert [note.mark for note in read_digest(text).articles[0].notes] == ["i", "ii"]


def test_read_digest_reports_a_note_that_is_called_and_missing():
    text = re.sub(r"Notes:.*?(?=Image Information)", "", ISSUE, flags=re.DOTALL)
    article = read_digest(text).articles[0]
    assert article.notes == ()
    assert [gap.text for gap in article.gaps] == ["[i]", "[ii]"]


def test_read_digest_without_pull_quote_or_caption():
    text = ISSUE.replace("“The cranes “turn” again.”\n\n\n", "").replace(
        "“No ferry sails after ten.”\n\n\n", ""
    )
    assert [article.quote for article in read_digest(text).articles] == ["", ""]
    assert [article.caption for article in read_digest(text).articles] == [
        article.caption for article in read_digest(ISSUE).articles
    ]
    text = ISSUE.replace("\nCranes in the harbour of Brest, 2019.\n", "\n")
    assert read_digest(text).articles[0].caption == ""
    assert read_digest(text).articles[0].quote == "The cranes “turn” again."


@pytest.mark.parametrize(
    "quote", ["“The cranes turn again.", "The cranes turn again.”", '"The cranes turn again."']
)
def test_read_digest_reads_a_pull_quote_that_lacks_a_quote_mark(quote):
    article = read_digest(ISSUE.replace("“The cranes “turn” again.”", quote)).articles[0]
    assert article.quote == "The cranes turn again."
    assert article.body == BODY


def test_read_digest_joins_a_title_over_two_lines():
    text = ISSUE.replace("Harbour Reopens After", "Harbour Reopens\nAfter")
    assert read_digest(text).articles[0].title == "Brest Harbour Reopens After Strike"


def test_read_digest_reads_byline_and_own_date():
    article = read_digest(
        ISSUE.replace("Strike\n\n", "Strike\n\nBy Jane Doe and John Roe\n\n9 October 2023\n\n", 1)
    ).articles[0]
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.published == date(2023, 10, 9)


def test_read_digest_puts_page_headers_aside():
    text = ISSUE.replace("another\n", "another\n").replace(
        "\n\n\nSources:", "\n\nOE Watch | October 2023 | 12\n\n\nSources:", 1
    )
    reading = read_digest(text)
    assert [gap.text for gap in reading.gaps] == ["OE Watch | October 2023 | 12"]
    assert reading.articles == read_digest(ISSUE).articles


def test_read_digest_reports_what_fits_no_field_of_a_source():
    text = ISSUE.replace(
        "https://pilot.example/vote", "https://pilot.example/vote; https://pilot.example/more"
    )
    article = read_digest(text).articles[0]
    assert article.sources[1].url == "https://pilot.example/vote"
    assert [(gap.line, gap.text) for gap in article.gaps] == [(21, "https://pilot.example/more")]


def test_read_digest_puts_what_precedes_the_first_title_aside():
    reading = read_digest(f"OE Watch\n\nEUROPE\n\n{ISSUE}")
    first = reading.articles[0]
    assert first.title == "Brest Harbour Reopens After Strike"
    assert [gap.text for gap in reading.gaps] == ["OE Watch"]
    assert [gap.text for gap in first.gaps] == ["EUROPE"]


def test_read_digest_starts_an_article_right_behind_an_attribution():
    assert read_digest(f"{FIRST}{SECOND}").articles == read_digest(ISSUE).articles


def test_read_digest_continues_an_attribution_on_the_next_line():
    text = ISSUE.replace("CC BY 2.0\n", "CC BY 2.0\nDEED\n")
    assert read_digest(text).articles[0].image.attribution == "Jane Doe, CC BY 2.0 DEED"


def test_read_digest_reports_a_second_picture():
    text = ISSUE.replace("CC BY 2.0\n", "CC BY 2.0\nImage: A gull\nSource: The Pilot\nAttribution: CC0\n")
    first, second = read_digest(text).articles
    assert first.image.attribution == "Jane Doe, CC BY 2.0"
    assert [gap.text for gap in first.gaps] == ["Image: A gull", "Source: The Pilot", "Attribution: CC0"]
    assert second.title.startswith("Island")


def test_read_digest_counts_lines_at_line_feeds_alone():
    text = ISSUE.replace("cranes turned again within", "cranes\u2028turned\x85again\x0bwithin\x1c").replace(
        "turn” again.”", "turn” again.” [RG1]"
    )
    article = read_digest(text).articles[0]
    assert article.body == BODY
    assert [(gap.line, gap.text) for gap in article.gaps] == [(6, "[RG1]")]


def test_read_digest_gives_two_identical_articles_twice():
    first, second = read_digest(f"{FIRST}\n\n{FIRST}").articles
    assert first == second
    assert first.id == second.id


@pytest.mark.parametrize("line", range(1, 34))
def test_read_digest_keeps_an_article_cut_in_half(line):
    cut = "\n".join(FIRST.split("\n")[:line])
    reading = read_digest(f"{cut}\n\n\n{SECOND}")
    assert [article.title for article in reading.articles] == [
        "Brest Harbour Reopens After Strike",
        "Island Council Bans Night Ferries",
    ]
    assert words(cut) - held(reading) == Counter()
    if line < 28:
        assert reading.articles[0].gaps
    assert reading.articles[1] == read_digest(SECOND).articles[0]


def test_read_digest_reports_a_text_that_breaks_off():
    article = read_digest(FIRST.partition("the harbour master")[0]).articles[0]
    assert [gap.reason for gap in article.gaps if "breaks off" in gap.reason] == ["the text breaks off here"]


@pytest.mark.parametrize("note", ["x", "Ibid", "See page two", "Le Phare, 3 May"])
def test_read_digest_does_not_take_a_short_note_for_one_that_breaks_off(note):
    text = FIRST.partition(" [ii]The union")[0]
    assert read_digest(f"{text} [ii] {note}\n").articles[0].gaps == ()
    (gap,) = read_digest(f"{text} [ii] {note} and what more there is to say of\n").articles[0].gaps
    assert gap.reason == "the text breaks off here"


def test_read_digest_does_not_take_a_citation_without_link_for_one_that_breaks_off():
    article = read_digest(SECOND.partition(" https://phare.example/bac")[0].rstrip(".")).articles[0]
    assert article.gaps == ()
    assert article.sources[0].published == date(2023, 10, 7)


def test_read_digest_takes_bullets_off_citations():
    article = read_digest(ISSUE.replace("“Le port", "- “Le port").replace("“Dockers", "• “Dockers")).articles[
        0
    ]
    assert article == read_digest(ISSUE).articles[0]


@pytest.mark.parametrize("bullet", ["", "- ", "• "])
def test_read_digest_reports_a_broken_citation_behind_a_bullet(bullet):
    text = SECOND.replace("“La nuit", f"{bullet}“La nuit").replace(
        "decided.\n", f"decided.\n\n\n{bullet}“Broken one, Paper\n"
    )
    article = read_digest(text).articles[0]
    assert [source.title for source in article.sources] == ["La nuit sans bac", "Broken one, Paper"]
    assert [(gap.line, gap.text) for gap in article.gaps] == [(19, f"{bullet}“Broken one, Paper")]


def test_read_digest_reports_a_broken_citation_first_or_amid_a_list():
    text = SECOND.replace("“La nuit", "- “La nuit")
    excerpt = "No ferry sails after ten, the council decided."
    (source,) = (
        read_digest(
            text.replace(
                " sans bac (A night without ferry),” Le Phare (coastal daily), 7 October 2023. https://phare.example/bac",
                "",
            )
        )
        .articles[0]
        .sources
    )
    assert (source.title, source.excerpt) == ("La nuit", excerpt)
    first, second = (
        read_digest(text.replace(excerpt, f"- “Broken one, Paper\n\n{excerpt}")).articles[0].sources
    )
    assert (first.excerpt, second.title, second.excerpt) == ("", "Broken one, Paper", excerpt)


def test_read_digest_leaves_an_excerpt_its_bullets():
    text = SECOND.replace(
        "decided.\n", "decided:\n\n- No ferry.\n\n- “No boat”\n\n• “No night. So he said.\n"
    )
    for changed in (text, text.replace("“La nuit", "- “La nuit")):
        article = read_digest(changed).articles[0]
        assert article.sources[0].excerpt.endswith(
            "decided:\n\n- No ferry.\n\n- “No boat”\n\n• “No night. So he said."
        )
        assert article.gaps == ()


def test_read_digest_without_beginning_is_named_by_its_source():
    reading = read_digest(FIRST[FIRST.index("Sources:") :])
    (article,) = reading.articles
    assert article.title == "The port reopens"
    assert "title is missing" in article.gaps[0].reason


def test_read_digest_reports_what_belongs_to_no_article():
    reading = read_digest(FIRST[FIRST.index("Image Information") :] + "\n\n" + SECOND)
    assert [article.title for article in reading.articles] == ["Island Council Bans Night Ferries"]
    assert [gap.text[:6] for gap in reading.gaps] == ["Image:", "Source", "Attrib"]


def test_read_digest_gives_a_title_alone_a_gap():
    (article,) = read_digest("Brest Harbour Reopens After Strike\n").articles
    assert article.title == "Brest Harbour Reopens After Strike"
    assert len(article.gaps) == 2


@pytest.mark.parametrize("text", ["", " \n\t\r\n\f", "\ufeff\u200b"])
def test_read_digest_refuses_an_empty_text(text):
    with pytest.raises(ReadingError, match="no text"):
        read_digest(text)


def test_read_digest_refuses_an_article_as_long_as_a_book():
    with pytest.raises(ReadingError, match="line 1: the article"):
        read_digest(ISSUE.replace("busy", "busy " * MAX_ARTICLE_CHARACTERS))


def test_read_digest_refuses_a_huge_text_at_once():
    with pytest.raises(ReadingError, match="at most"):
        read_digest("a" * (MAX_CHARACTERS + 1))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [ISSUE, "A Title Like This\n\n\n“Quote.”\n\n\n", "Sources:\n", "“(", "[i]", "(" * 50 + "\n",
     "https://a.b/\n", "\n", "“A, " * 50 + "\n", "Image: a\n", "# A\n", "2. A\nText.\nSource: x\n",
     "# " * 500_000 + "\n", "Sources:\n" + "1. A b\n2. B c\nText.\n" * 50_000],
)  # fmt: skip
def test_read_digest_takes_time_in_proportion(piece):
    with suppress(ReadingError):
        read_digest(piece * (2_000_000 // len(piece)))


_LINES = st.one_of(
    st.sampled_from([line for line in ISSUE.split("\n") if line]),
    st.sampled_from(
        [
            "Sources:", "Notes:", "Image Information:", "Source:", "OE Watch | October 2023", "12",
            "By Jane Doe", "3 October 2023", "AFRICA",
            "“المرفأ يعود", "(The port reopens),” Le Phare, 3 October 2023. https://phare.example/a",
            "[H]e said", "“Title", "Attribution:", "Source: X", "Image:", "[i]", "[iii] note [iv] note",
            "Notes: [i] one", "Commentary: text", "“T (E", "T (E)”", "(((", ")”", "“”", '"', "[RG1]",
            "“,” (x), 1 May",
            "# A Title", "## Another Title", "**In bold**", "1. First", "2. Second", "II. Second", "---", "* * *",
        ]
    ),
    st.text(alphabet="aB 1.,:;()[]“”\"’‘«»…\u2028\u00a0\ud800\x00\ufeff", max_size=25),
)  # fmt: skip


@given(st.lists(st.tuples(_LINES, st.integers(1, 4)), max_size=25))
@settings(max_examples=400)
def test_read_digest_never_fails_otherwise_nor_loses_a_word(lines):
    text = "".join(line + "\n" * feeds for line, feeds in lines)
    try:
        reading = read_digest(text)
    except ReadingError:
        # Nothing but page headers, page numbers and editors' marks.
        assert {word for word in words(text) if not word.isdecimal()} <= {"oe", "watch", "october", "rg1"}
        return
    expected = words(re.sub(r"\bcommentary:", "", text.replace("\ufeff", ""), flags=re.IGNORECASE))
    assert expected - held(reading) == Counter()
    for article in reading.articles:
        assert article.title
        assert article.id
        assert article.text
