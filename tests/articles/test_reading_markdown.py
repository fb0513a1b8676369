import json
from datetime import date
from pathlib import Path

import pytest

from articles.errors import FrontMatterError
from articles.model import Image, Note, Source, ThemeMatch
from articles.reading import read

FULL = """---
title: "Ferry returns: a day of joy"
published: 2023-10-05
themes: [maritime, energy]
authors:
  - Jane Doe
  - John Roe
language: en
sources:
  - outlet: Le Phare
    outlet_note: coastal daily
    title: Le bac revient et le port est plein
    title_english: The ferry returns
    author: Marie Moreau
    date: 2023-10-03
    url: https://phare.example/bac?x=1#top
    language: fr
    excerpt: |
      It sails.

      Nobody
      expected it.
  - outlet: The Pilot
    author: [A. Penn, B. Inck]
notes:
  - "[i] See the chart."
  - mark: ii
    text: Ebb.
  - Flood.
image:
  caption: The ferry
  source: https://images.example/f.jpg
  attribution: CC0
---

# Ferry returns: a day of joy

The ferry
is *back*.[i]

- one
- two
"""


def _read(text):
    (article,) = read(text.encode(), name="a.md").articles
    return article


def _with(line):
    return f"---\ntitle: Ferry\n{line}\n---\n\nText.\n"


def test_read_markdown_reads_every_key():
    article = _read(FULL)
    assert article.title == "Ferry returns: a day of joy"
    assert article.published == date(2023, 10, 5)
    assert article.themes == (ThemeMatch("maritime"), ThemeMatch("energy"))
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.sources == (
        Source(
            outlet="Le Phare",
            outlet_note="coastal daily",
            title="Le bac revient et le port est plein",
            title_english="The ferry returns",
            authors=("Marie Moreau",),
            published=date(2023, 10, 3),
            url="https://phare.example/bac?x=1#top",
            language="fr",
            excerpt="It sails.\n\nNobody expected it.",
        ),
        Source(outlet="The Pilot", authors=("A. Penn", "B. Inck")),
    )
    assert article.notes == (Note("i", "See the chart."), Note("ii", "Ebb."), Note("3", "Flood."))
    assert article.image == Image("The ferry", "https://images.example/f.jpg", "CC0")
    assert article.body == "The ferry is *back*.[i]\n\n- one\n- two"
    assert article.gaps == ()


def test_read_markdown_needs_only_a_title():
    article = _read("---\ntitle: Ferry\n---\nText.")
    assert (article.title, article.body, article.published, article.language) == (
        "Ferry",
        "Text.",
        None,
        "en",
    )


def test_read_markdown_dates_an_article_by_its_latest_source():
    article = _read(_with("sources:\n - {outlet: A, date: 2023-10-01}\n - {outlet: B, date: 2023-10-04}"))
    assert article.published == date(2023, 10, 4)


def test_read_markdown_keeps_words_that_yaml_takes_for_values():
    article = _read("---\ntitle: 2023\nlanguage: no\nauthors: [yes, 007]\n---\nText.")
    assert (article.title, article.language, article.authors) == ("2023", "no", ("yes", "007"))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("mood: bright", "mood: bright"),
        ("mood:\n  - a\n  - b", "mood: - a - b"),
        ("published: last week", "published: last week"),
        ("published: 2023-13-45", "published: 2023-13-45"),
        ("authors: {a: b}", "authors: {a: b}"),
        ("sources: none", "sources: none"),
        ("sources: [none]", "sources: none"),
        ("sources:\n  - outlet: [A]", "outlet: [A]"),
        ("sources:\n  - mood: bright", "mood: bright"),
        ("notes:\n  - {mood: bright}", "mood: bright"),
        ("image: ferry.jpg", "image: ferry.jpg"),
        ("image: {mood: bright}", "mood: bright"),
        ("language: [en]", "language: [en]"),
    ],
)
def test_read_markdown_reports_what_fits_no_field(line, text):
    article = _read(_with(line))
    assert article.title == "Ferry"
    assert text in [gap.text for gap in article.gaps]
    assert all(3 <= gap.line <= 4 for gap in article.gaps)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\npublished: 2023-10-05\n---\nText.", "title is missing"),
        ("---\ntitle: [a]\n---\nText.", "line 2: the title must be one text"),
        ("---\ntitle:\n---\nText.", "line 2: the title is missing"),
        ("---\ntitle: a\nText.", "no end"),
        ("---\n---\nText.", "key: value"),
        ("---\n- a\n---\nText.", "key: value"),
        ("---\ntitle: a\nthemes: [a\n---\nText.", "line 3: .*broken"),
        ("---\ntitle: a: b\n---\nText.", "line 2: .*quotes around it"),
        ("---\ntitle: a\ntitle: b\n---\nText.", "line 3: .*second time"),
        ("---\ntitle: &a x\nmood: *a\n---\nText.", "line 2: anchors"),
        ("---\ntitle: !!python/object/apply:os.getcwd []\n---\nText.", "tag"),
        ("---\ntitle: !x y\n---\nText.", "tag"),
        ("---\ntitle: a\nmood: " + "[" * 5000 + "\n---\nText.", "nested"),
        ("---\ntitle: a\nmood: " + "{a: " * 5000 + "\n---\nText.", "nested"),
        ("---\ntitle: a\n? [b]\n: c\n---\nText.", "key must be a word"),
        ("---\ntitle: " + "a" * 300_000 + "\n---\nText.", "characters"),
        ("---\ntitle: a\x01\n---\n" + "Text. " * 30, "broken"),
        ("Text without front matter.", "line 1: the title is missing: .*front matter"),
    ],
)
@pytest.mark.timeout(20)
def test_read_markdown_refuses_broken_front_matter(text, message):
    with pytest.raises(FrontMatterError, match=message):
        _read(text)


def test_read_markdown_says_when_no_text_follows():
    article = _read("---\ntitle: Ferry\n---\n")
    assert [gap.line for gap in article.gaps] == [3]


def test_read_markdown_takes_windows_line_ends():
    assert _read(FULL.replace("\n", "\r\n")) == _read(FULL)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"A\ud800B", "A\ufffdB"),
        (r"A\udc00\ud800B", "A\ufffd\ufffdB"),
        (r"A\0B", "A\ufffdB"),
    ],
)
def test_read_markdown_replaces_what_no_encoding_holds(written, title):
    article = _read(f'---\npublished: 2023-10-05\ntitle: "{written}"\n---\nText.')
    assert article.title == title
    assert [(gap.line, gap.text) for gap in article.gaps] == [(3, f'"{written}"')]
    assert "U+FFFD" in article.gaps[0].reason


def test_read_markdown_replaces_in_every_text():
    article = _read(
        '---\ntitle: a\nauthors: ["\\ud800"]\nsources:\n- outlet: "\\udfff"\nnotes: ["\\ud800"]\n'
        'image: {caption: "\\ud800"}\n"\\ud800": x\n---\nText.'
    )
    json.dumps(article.to_json(), ensure_ascii=False).encode()
    assert [gap.line for gap in article.gaps if "U+FFFD" in gap.reason] == [3, 5, 6, 7, 8]


def test_read_markdown_reads_a_pair_of_surrogates_as_its_sign():
    article = _read('---\ntitle: "A\\ud83d\\ude00B"\n---\nText.')
    assert (article.title, article.gaps) == ("A\U0001f600B", ())


def test_read_markdown_refuses_an_escape_beyond_unicode():
    with pytest.raises(FrontMatterError, match="broken"):
        _read('---\ntitle: "\\UFFFFFFFF"\n---\nText.')


def test_the_documented_example_is_read_without_gaps():
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    example = page.split("```markdown\n")[1].split("```")[0]
    reading = read(example.encode(), name="example.md")
    (article,) = reading.articles
    assert reading.gaps == article.gaps == ()
    assert article.sources[0].outlet == "Example News"


def test_unknown_key_says_which_there_are():
    reading = read(b"---\ntitle: A\ndate: 2024-04-10\n---\nText.", name="a.md")
    assert "published" in reading.articles[0].gaps[0].reason


@pytest.mark.parametrize(
    "written",
    [
        "# Ferry returns\n\nIt sails.\n\n## Later\n\nIt sank.\n",
        "\n\n## Ferry returns ##\nIt sails.\n\n## Later\nIt sank.\n",
        "# **Ferry returns**\r\n\r\nIt\r\nsails.\r\n\r\n## Later\r\n\r\nIt sank.\r\n",
        "Ferry returns\n=============\n\nIt sails.\n\n## Later\n\nIt sank.\n",
        "\ufeff# Ferry returns\n\nIt sails.\n\n## Later\n\nIt sank.\n",
    ],
)
def test_read_markdown_without_front_matter_takes_the_first_heading(written):
    reading = read(written.encode(), name="a.md")
    (article,) = reading.articles
    assert (reading.format, article.title, article.language) == ("markdown", "Ferry returns", "en")
    assert article.body.replace("\n\n", "\n").split("\n") == ["It sails.", "## Later", "It sank."]
    assert reading.gaps == article.gaps == ()


def test_read_markdown_keeps_what_stands_above_the_first_heading():
    article = _read("3 May 2024\n\n```\n# a remark in code\n```\n\n# Ferry returns\n\nIt sails.\n")
    assert article.title == "Ferry returns"
    assert article.body.startswith("3 May 2024\n\n```\n# a remark in code")
    assert article.body.endswith("It sails.")
    assert [(gap.line, gap.text) for gap in article.gaps] == [(7, "Ferry returns")]


def test_read_markdown_takes_a_heading_where_the_front_matter_has_no_title():
    article = _read("---\npublished: 2023-10-05\n---\n\n# Ferry returns\n\nIt sails.\n")
    assert (article.title, article.published, article.body) == (
        "Ferry returns",
        date(2023, 10, 5),
        "It sails.",
    )
    assert article.gaps == ()


def test_read_markdown_says_in_which_line_a_heading_is_alone():
    article = _read("\n\n# Ferry returns\n")
    assert [(gap.line, gap.text) for gap in article.gaps] == [(3, "Ferry returns")]


@pytest.mark.parametrize(
    "text", ["It sails.\n\nIt sank.\n", "#ferry\n\nIt sails.", "#\n\nIt sails.", "- a\n---\n"]
)
def test_read_markdown_says_what_is_wanted_where_no_title_is(text):
    with pytest.raises(
        FrontMatterError, match=r"line 1: .*expected a heading '# …'.*or front matter.*'title: …'"
    ):
        _read(text)
