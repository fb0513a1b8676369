"""Where an article ends and the next begins, in digests of shapes that the publisher's has not."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.digest import read_digest
from articles.reading import read
from articles.titles import undecorate
from tests.articles.test_digest import held, words

TITLES = ("Ferry strike ends in Brest", "Floods cut off villages near Gori", "New mine opens in Zouérat")
CITED = (
    "“Fin de la grève (End of the strike),” Le Phare (coastal daily), 3 October 2023. https://phare.example/a",
    "“Rivers rise,” The Pilot (weekly), 4 October 2023. https://pilot.example/b",
    "“La mine ouvre (The mine opens),” Le Puits (monthly), 5 October 2023. https://puits.example/c",
)
BODIES = (
    "The dockers of Brest went back to work on Monday. They had been on strike for a month.",
    "Two rivers left their beds on Sunday, and the road to Gori is closed.\n\nHelp comes by boat, said the mayor.",
    "Iron is dug there from now on.",
)
EXCERPTS = (
    "The cranes turned at six.\n\nThe harbour master was glad. “At last,” he said.",
    "“We saw the water come,” said a farmer.\n\nIt rose for three hours.\n\nThen it stood.",
    "A ribbon was cut.",
)


def build(
    *,
    titles=TITLES,
    bodies=BODIES,
    excerpts=EXCERPTS,
    heading="Sources:\n\n",
    title="{title}",
    gap="\n\n",
    room="\n\n",
):
    """Return a digest of three articles that end with their sources."""
    articles = []
    for number, (name, body, cited, excerpt) in enumerate(
        zip(titles, bodies, CITED, excerpts, strict=True), 1
    ):
        shown = title.format(title=name, number=number, roman="I" * number)
        articles.append(
            "\n\n".join(filter(None, (shown, body, heading + cited, excerpt))).replace("\n\n", gap)
        )
    return room.join(articles) + "\n"


def titles(reading):
    return [article.title for article in reading.articles]


def gaps(reading):
    return [gap for article in reading.articles for gap in article.gaps] + list(reading.gaps)


def check(reading, *, bodies=BODIES, excerpts=EXCERPTS, names=TITLES):
    assert titles(reading) == list(names)
    assert [article.body for article in reading.articles] == list(bodies)
    assert [[source.excerpt for source in article.sources] for article in reading.articles] == [
        [excerpt] for excerpt in excerpts
    ]


BARE = ("", "", "")
SHAPES = {
    "plain": {},
    "no excerpts": {"excerpts": BARE},
    "title case": {"titles": tuple(name.title() for name in TITLES)},
    "capitals": {"titles": tuple(name.upper() for name in TITLES)},
    "long titles": {"titles": tuple(f"{name} {'and goes on ' * 10}for long" for name in TITLES)},
    "questions": {"titles": tuple(f"{name}?" for name in TITLES)},
    "brackets": {"titles": tuple(f"{name} (again)" for name in TITLES)},
    "room above": {"room": "\n\n\n\n"},
    "rules": {"room": "\n\n---\n\n"},
    "other rules": {"room": "\n* * *\n"},
    "single lines": {"gap": "\n", "room": "\n"},
    "lines and room": {"gap": "\n", "room": "\n\n"},
    "inline, no excerpts": {"heading": "Source: ", "excerpts": BARE},
    "references": {"heading": "References\n\n"},
    "bold headings": {"heading": "**Sources:**\n\n"},
    "bullets": {"heading": "Sources:\n\n- ", "excerpts": BARE},
    "calls notes": {"bodies": tuple(f"{body[:-1]} [i]." for body in BODIES)},
    "ends with a call": {"bodies": tuple(f"{body}[i]" for body in BODIES)},
    "excerpt with a heading": {
        "excerpts": ("The cranes turned.\n\nWhat comes next\n\nNobody knows.", "", ""),
        "titles": tuple(name.title() for name in TITLES),
    },
    "headings": {"title": "# {title}"},
    "deep headings": {"title": "### {title}", "heading": "#### Sources\n\n"},
    "bold titles": {"title": "**{title}**"},
    "underlined": {"title": "{title}\n======================"},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_split_articles_at_a_second_sources_heading(shape):
    reading = read_digest(build(**shape))
    body = tuple(shape.get("bodies", BODIES))
    excerpt = tuple(shape.get("excerpts", EXCERPTS))
    check(reading, bodies=body, excerpts=excerpt, names=shape.get("titles", TITLES))
    assert not [gap for gap in gaps(reading) if "calls a note" not in gap.reason]


SINGLE = {
    "title case": {"titles": tuple(name.title() for name in TITLES)},
    "room above": {"room": "\n\n\n"},
}
DOUBTS = {"title case": [TITLES[1].title(), TITLES[2].title()], "room above": []}


@pytest.mark.parametrize("name", SINGLE)
def test_split_articles_where_each_source_has_a_heading_of_its_own(name):
    """Where "Source:" heads each source, one more of them is less of a sign."""
    shape = SINGLE[name]
    text = build(heading="Source: ", **shape).replace(
        "\n\nSource: ", f"\n\nSource: {CITED[1]}\n\nSource: ", 1
    )
    reading = read_digest(text)
    assert titles(reading) == list(shape.get("titles", TITLES))
    assert [len(article.sources) for article in reading.articles] == [2, 1, 1]
    assert [gap.text for gap in gaps(reading)] == DOUBTS[name]
    assert all("of the excerpt before it" in gap.reason for gap in gaps(reading))


@pytest.mark.parametrize("again", ["“Second,” The Pilot (weekly)", "https://phare.example/b"])
def test_split_articles_looks_for_the_title_behind_the_last_source(again):
    excerpt = (
        f"The cranes turned at six. It was dark.\n\nA Heading Of The Excerpt\n\nAll went well.\n\n{again}"
    )
    text = build(excerpts=(excerpt, "", ""))
    reading = read_digest(text)
    assert titles(reading) == list(TITLES)
    assert not [gap for gap in gaps(reading) if "title" in gap.reason]
    assert words(text) - held(reading) == Counter()


def test_split_articles_takes_no_heading_behind_a_called_note_for_the_title():
    bodies = (
        BODIES[0],
        "The road is closed.[i] It rains.\n\nWhat Comes Next In Gori\n\nHelp, perhaps.",
        BODIES[2],
    )
    reading = read_digest(build(bodies=bodies))
    check(reading, bodies=bodies)
    assert [gap.reason for gap in gaps(reading)] == ["the commentary calls a note that is not there"]


def test_split_articles_tells_a_section_of_one_article_from_its_title():
    first, second, third = build(title="## {title}", room="\n\n\f").split("\f")
    reading = read_digest(f"# Europe\n\n{first}# Caucasus\n\n{second}# Africa\n\n{third}")
    check(reading)
    assert [gap.text for gap in gaps(reading)] == ["Europe", "Caucasus", "Africa"]


def test_split_articles_takes_no_day_for_a_title():
    reading = read_digest(build(title="{title}\n\nBy Jane Doe\n\n{number} August 2023"))
    check(reading)
    assert gaps(reading) == []


def test_split_articles_reads_sections_bylines_and_days_at_a_title_that_is_due():
    text = build(title="AFRICA\n\n{title}\n\nBy Jane Doe\n\n{number} August 2023")
    reading = read_digest(text)
    check(reading)
    assert [article.published.isoformat() for article in reading.articles] == [
        "2023-08-01",
        "2023-08-02",
        "2023-08-03",
    ]
    assert [article.authors for article in reading.articles] == [("Jane Doe",)] * 3
    assert [gap.text for gap in gaps(reading)] == ["AFRICA"] * 3


TITLE_CASE = tuple(name.title() for name in TITLES)
SUBHEADINGS = ("What the strike cost", "How the water rose", "Who digs there")
INNER = {
    "bold bylines": ("{title}\n\n**By Jane D{number}e**", "", {}),
    "bold bylines with room": (
        "{title}\n\n\n**By Jane D{number}e, Johannes Roe and Maximilian Doe**",
        "",
        {"room": "\n\n\n\n"},
    ),
    "bold days": ("{title}\n\n**{number} August 2023**", "", {}),
    "bold leads": ("{title}\n\n**{inner}**", "", {}),
    "headed leads": ("{title}\n\n## {inner}", "", {}),
    "bold": ("{title}", "**{inner}**", {}),
    "headings": ("{title}", "## {inner}", {}),
    "first headings": ("{title}", "# {inner}", {"room": "\n\n\n\n"}),
    "title case": ("{title}", "## {inner_title}", {"titles": TITLE_CASE}),
    "title case with room": ("{title}", "**{inner_title}**", {"titles": TITLE_CASE, "room": "\n\n\n"}),
    "two each": ("{title}", "## {inner}\n\nIt was cold.\n\n## {inner} again", {}),
    "numbered": ("{title}", "{number}. {inner}", {}),
    "numbered leads": ("{title}\n\n{number}. {inner}", "", {}),
    "numbered, no excerpts": ("{title}", "{number}. {inner}", {"excerpts": BARE}),
    "single lines": ("{title}", "**{inner}**", {"gap": "\n", "room": "\n\n"}),
}


@pytest.mark.parametrize("name", INNER)
def test_split_articles_takes_no_subheading_or_byline_for_the_title_above_it(name):
    """One marked line an article is as regular as its title, but an unmarked title stands above it."""
    above, inside, shape = INNER[name]
    bodies = []
    for number, (body, inner) in enumerate(zip(BODIES, SUBHEADINGS, strict=True), 1):
        filled = inside.format(inner=inner, inner_title=inner.title(), number=number)
        bodies.append("\n\n".join(filter(None, (body, filled, "It rained." if filled else ""))))
    text = build(title="{title}@", bodies=tuple(bodies), **shape)
    for number, (title, inner) in enumerate(zip(shape.get("titles", TITLES), SUBHEADINGS, strict=True), 1):
        shown = above.format(title=title, inner=inner, number="oiu"[number - 1] if "By" in above else number)
        text = text.replace(f"{title}@", shown)
    reading = read_digest(text)
    assert titles(reading) == list(shape.get("titles", TITLES))
    assert [len(article.sources) for article in reading.articles] == [1, 1, 1]
    assert [source.excerpt for article in reading.articles for source in article.sources] == [
        *shape.get("excerpts", EXCERPTS)
    ]
    assert gaps(reading) == []
    if "By" in above:
        assert [article.authors[0][:6] for article in reading.articles] == ["Jane D"] * 3
    assert words(text) - held(reading) == Counter()


@pytest.mark.parametrize("title", ["# {title}", "### {title}", "{number}. {title}"])
@pytest.mark.parametrize("inner", ["**{inner}**", "## {inner}", "#### {inner}"])
def test_split_articles_tells_subheadings_from_marked_titles(title, inner):
    bodies = tuple(
        f"{body}\n\n{inner.format(inner=text)}\n\nIt rained."
        for body, text in zip(BODIES, SUBHEADINGS, strict=True)
    )
    check(read_digest(build(title=title, bodies=bodies)), bodies=bodies)


@pytest.mark.parametrize("mark", ["# {title}", "## {title}", "**{title}**", "{number}. {title}"])
@pytest.mark.parametrize(
    ("masthead", "above", "excerpt"),
    [
        ("Weekly\n\n", "", ""),
        ("The Weekly of the Harbours\n\nThis week we look at ports. And at more.\n\n", "", ""),
        ("", "{{section}}\n\n", ""),
        ("", "", "What Comes Next In Gori\n\nNobody knows. Nobody."),
        ("Weekly\n\n", "", "What Comes Next In Gori\n\nNobody knows. Nobody."),
    ],
    ids=["masthead", "preface", "sections", "headline", "masthead and headline"],
)
def test_split_articles_believes_marks_under_mastheads_sections_and_headlines(mark, masthead, above, excerpt):
    excerpts = (excerpt and f"\n\n{excerpt}") and tuple(f"{text}\n\n{excerpt}" for text in EXCERPTS)
    text = masthead + build(title=above + mark, excerpts=excerpts or EXCERPTS, room="\n\n\n")
    for section in ("Middle East", "North Africa", "Central Asia"):
        text = text.replace("{section}", section, 1)
    reading = read_digest(text)
    assert titles(reading) == list(TITLES)
    assert [article.body for article in reading.articles] == list(BODIES)
    assert words(text) - held(reading) == Counter()


NUMBERED = {
    "square brackets": {"title": "[{number}] {title}"},
    "before notes": {
        "title": "{number}. {title}",
        "excerpts": tuple(f"{excerpt}\n\nNotes:\n\n1. See page two of it." for excerpt in EXCERPTS),
    },
    "figures": {"title": "{number}. {title}"},
    "brackets": {"title": "{number}) {title}", "heading": "Source: "},
    "words": {"title": "Article {number}: {title}", "gap": "\n"},
    "Roman": {"title": "{roman}. {title}"},
    "stopped": {"title": "{number}. {title}", "titles": tuple(f"{name}." for name in TITLES)},
    "headings": {"title": "## {number}. {title}"},
    "lists inside": {
        "title": "{number}. {title}",
        "bodies": ("They want:\n\n1. More pay.\n\n2. Less work.\n\n3. Peace.", *BODIES[1:]),
        "excerpts": ("1. Cranes.\n\n2. Ships.", *EXCERPTS[1:]),
    },
}


@pytest.mark.parametrize("shape", NUMBERED.values(), ids=NUMBERED)
def test_split_articles_takes_numbers_out_of_titles_and_reports_them(shape):
    reading = read_digest(build(**shape))
    check(
        reading,
        names=shape.get("titles", TITLES),
        bodies=shape.get("bodies", BODIES),
        excerpts=tuple(excerpt.partition("\n\nNotes:")[0] for excerpt in shape.get("excerpts", EXCERPTS)),
    )
    assert [(gap.text.strip("[].):"), gap.reason) for gap in gaps(reading)] == [
        (shape["title"].format(number=number, roman="I" * number, title="").strip(" #[].):"), gap.reason)
        for number, gap in enumerate(gaps(reading), 1)
    ]
    assert all("number" in gap.reason for gap in gaps(reading))
    assert [len(article.gaps) for article in reading.articles] == [1, 1, 1]


@pytest.mark.parametrize("items", [1, 2, 3])
@pytest.mark.parametrize("more", ["", "\n\nSo he said. And went."])
def test_split_articles_tells_a_title_s_number_from_a_list_s_before_it(items, more):
    listed = "\n\n".join(f"{number}. Open the port" for number in range(1, items + 1))
    excerpts = (EXCERPTS[0], f"He wants:\n\n{listed}{more}", EXCERPTS[2])
    reading = read_digest(build(title="{number}. {title}", excerpts=excerpts))
    check(reading, excerpts=excerpts)
    assert len(gaps(reading)) == 3


def test_split_articles_takes_no_list_s_end_for_a_title_where_another_one_follows():
    excerpts = (EXCERPTS[0], "1. Iron\n\n2. Salt\n\n3. Coal\n\nSo he said.", EXCERPTS[2])
    text = build(title="{number}. {title}", excerpts=excerpts).replace(f"3. {TITLES[2]}", TITLES[2])
    reading = read_digest(text)
    check(reading, excerpts=excerpts)


def test_split_articles_leaves_numbers_that_are_no_row():
    text = build(titles=("3. Liga: Brest wins again", *TITLES[1:]))
    assert titles(read_digest(text)) == ["3. Liga: Brest wins again", *TITLES[1:]]


def test_split_articles_puts_contents_and_sections_aside():
    text = "Weekly\n\n1. Ferry\n2. Floods\n\n" + build(title="{number}. {title}")
    reading = read_digest(text)
    assert titles(reading) == list(TITLES)
    assert [gap.text for gap in reading.gaps] == ["Weekly", "1. Ferry", "2. Floods"]
    first, second, third = build(title="## {title}", room="\n\n\f").split("\f")
    reading = read_digest(
        f"# Weekly\n\n## Europe\n\n{first}{second}# Africa\n\n{third}".replace("## Europe", "")
    )
    assert titles(reading) == list(TITLES)
    assert [gap.text for gap in gaps(reading)] == ["Weekly", "Africa"]


def test_read_takes_several_headed_articles_without_sources():
    text = "# One thing\n\nIt happened in Brest.\n\n## Why\n\nNobody knows.\n\n# Another thing\n\nIt was in Gori.\n"
    for name in ("x.txt", "x.md"):
        reading = read(text.encode(), name=name)
        assert titles(reading) == ["One thing", "Another thing"]
        assert [article.body for article in reading.articles] == [
            "It happened in Brest.\n\n## Why\n\nNobody knows.",
            "It was in Gori.",
        ]
        assert all("no Sources section" in gap.reason for gap in gaps(reading))
        assert len(gaps(reading)) == 2
    alone = read(text.partition("# Another")[0].encode(), name="x.txt")
    assert (alone.format, titles(alone)) == ("text", ["One thing"])


def test_split_articles_reads_a_pull_quote_and_caption_behind_a_title_that_is_due():
    text = build().replace(TITLES[1], f"{TITLES[1]}\n\nA river near Gori\n\n“The water came.”")
    reading = read_digest(text)
    assert titles(reading) == list(TITLES)
    assert (reading.articles[1].caption, reading.articles[1].quote) == (
        "A river near Gori",
        "The water came.",
    )
    assert gaps(reading) == []


def test_split_articles_tells_a_title_from_a_caption_full_of_names():
    captions = (
        "Cranes of Brest Harbour, 3 May 2019",
        "The Mtkvari near Gori, Georgia, 4 May 2019.",
        "Zouérat Mine Gate",
    )
    text = build(title="{title}\n\n{{caption}}")
    for name, caption in zip(TITLES, captions, strict=True):
        text = text.replace(f"{name}\n\n{{caption}}", f"{name}\n\n{caption}")
    reading = read_digest(text)
    assert titles(reading) == list(TITLES)
    assert gaps(reading) == []


def test_split_articles_whose_notes_precede_the_sources():
    text = build(bodies=tuple(f"{body}[i]\n\nNotes:\n\n[i] See page two.\n\nAnd three." for body in BODIES))
    reading = read_digest(text)
    assert titles(reading) == list(TITLES)
    assert [[note.text for note in article.notes] for article in reading.articles] == [
        ["See page two.\n\nAnd three."]
    ] * 3
    assert gaps(reading) == []


IMAGE = "Image: A view\nSource: https://img.example/1\nAttribution: CC0"


@pytest.mark.parametrize("title", ["{title}", "## {title}"])
def test_split_articles_whose_picture_above_the_text_has_no_label(title):
    text = build(title=title, bodies=tuple(f"Image Information:\n\n{body}" for body in BODIES))
    reading = read_digest(text)
    check(reading)
    assert [article.image for article in reading.articles] == [None] * 3
    assert gaps(reading) == []


@pytest.mark.parametrize("heading", ["", "Commentary:\n\n"])
@pytest.mark.parametrize("title", ["{title}", "## {title}"])
def test_split_articles_whose_picture_stands_above_the_text(title, heading):
    text = build(title=title, bodies=tuple(f"{IMAGE}\n\n{heading}{body}" for body in BODIES))
    reading = read_digest(text)
    check(reading)
    assert [article.image.attribution for article in reading.articles] == ["CC0"] * 3
    assert gaps(reading) == []


def test_split_articles_sees_notes_that_the_article_before_does_not_call():
    text = (
        f"{TITLES[0]}\n\n{BODIES[0]}\n\nSources:\n\n{CITED[0]}\n\n{EXCERPTS[0]}\n\n"
        f"{TITLES[1]}\n\nThe road is closed.[i] It rains.\n\nNotes:\n\n[i] Since Sunday.\n"
    )
    reading = read_digest(text)
    assert titles(reading) == list(TITLES[:2])
    assert [len(article.notes) for article in reading.articles] == [0, 1]


def test_split_articles_keeps_sources_that_are_headed_one_by_one_together():
    text = f"{TITLES[0]}\n\n{BODIES[0]}\n\n" + "\n\n".join(
        f"Source: {cited}\n\n{excerpt}" for cited, excerpt in zip(CITED, EXCERPTS, strict=True)
    )
    reading = read_digest(text)
    assert titles(reading) == [TITLES[0]]
    assert [source.excerpt for source in reading.articles[0].sources] == list(EXCERPTS)
    assert gaps(reading) == []
    # An excerpt's own heading is then no title, and is asked about.
    reading = read_digest(text.replace("The harbour master", "What comes next\n\nThe harbour master"))
    assert titles(reading) == [TITLES[0]]
    (gap,) = gaps(reading)
    assert gap.line == text[: text.index("Source: “Rivers")].count("\n") + 3
    assert "a second “Source”" in gap.reason
    assert "“What comes next”" in gap.reason


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        # A title with its full stop, a heading of an excerpt, no title at all.
        (lambda text: text.replace(TITLES[1], f"{TITLES[1]}."), 13, "may be the title as well"),
        (
            lambda text: text.replace("The harbour master", "What comes next\n\nThe harbour master"),
            15,
            "“What comes next” may be the title as well",
        ),
        (lambda text: text.replace(f"{TITLES[1]}\n\n", ""), None, "“Sources”"),
    ],
)
def test_split_articles_is_never_silent_where_it_is_doubtful(change, line, reason):
    text = change(build(excerpts=(EXCERPTS[0], "", "")))
    reading = read_digest(text)
    found = [gap for gap in gaps(reading) if reason in gap.reason]
    assert found
    assert "two empty lines above it" in found[0].reason
    assert line is None or found[0].line == line
    assert words(text) - held(reading) == Counter()


def test_split_articles_reports_a_second_heading_without_any_title():
    text = build(excerpts=("The cranes turned. He laughed.", "", "")).replace(
        f"{TITLES[1]}\n\n{BODIES[1]}", "He said more. Much more.\n\nAnd yet more. And more."
    )
    reading = read_digest(text)
    assert titles(reading) == [TITLES[0], TITLES[2]]
    (gap,) = reading.articles[0].gaps
    assert (gap.text, gap.line) == ("Sources:", text[: text.index(CITED[1])].count("\n") - 1)
    assert "a second “Sources” in one article" in gap.reason


BEHIND_SOURCES = {
    "sources": "",
    "notes": "Notes:\n\n[i] A note of it.\n\n",
    "notes of two paragraphs": "Notes:\n\n[i] A note of it.\n\nAnd more of it.\n\n",
    "picture": f"Image Information:\n\n{IMAGE}\n\n",
}


@pytest.mark.parametrize("behind", BEHIND_SOURCES.values(), ids=BEHIND_SOURCES)
@pytest.mark.parametrize("room", ["", "\n"])
def test_split_articles_finds_an_unmarked_article_among_marked_ones(behind, room):
    text = build(title="## {title}")
    text += f"\n{behind}{room}A Title Without A Mark\n\n{BODIES[0]}\n\nSources:\n\n{CITED[0]}\n"
    reading = read_digest(text)
    assert titles(reading)[:3] == list(TITLES)
    last = reading.articles[-1]
    assert (last.title, last.body, len(last.sources)) == ("A Title Without A Mark", BODIES[0], 1)
    assert len(reading.articles[2].sources) == 1
    assert not last.gaps


def test_split_articles_asks_about_an_article_without_title_behind_notes():
    text = build(title="## {title}") + f"\nNotes:\n\n[i] A note of it.\n\nSources:\n\n{CITED[0]}\n"
    (gap,) = gaps(read_digest(text))
    assert (gap.line, gap.text) == (text[: text.rindex("Sources:")].count("\n") + 1, "Sources:")
    assert "a second “Sources” in one article" in gap.reason
    assert "empty" not in gap.reason
    assert "marked as the others" in gap.reason


@pytest.mark.parametrize("room", ["", "\n"])
def test_split_articles_reads_notes_before_sources_under_marked_titles(room):
    notes = f"\n\nNotes:\n\n[i] See page two.\n\nAnd three.\n{room}\nAnd four."
    reading = read_digest(build(title="## {title}", bodies=tuple(f"{body}[i]{notes}" for body in BODIES)))
    assert titles(reading) == list(TITLES)
    assert {article.notes[0].text for article in reading.articles} == {
        "See page two.\n\nAnd three.\n\nAnd four."
    }
    assert gaps(reading) == []


ALONE = f"{TITLES[0]}\n\n{BODIES[0]}\n\nSources:\n\n{CITED[0]}\n\nThe cranes turned. He laughed.\n\n"


@pytest.mark.parametrize(
    ("text", "words_there", "reason"),
    [
        (
            f"{ALONE}It had not before. It was broken.[i]\n\nNotes:\n\n[i] Since May.\n",
            "Notes:",
            "behind “Sources” calls “Notes”, and the commentary does not",
        ),
        (
            f"{TITLES[0]}\n\n{IMAGE}\n\n{BODIES[0]}\n\nSources:\n\n{CITED[0]}\n\nThe cranes.\n\n{IMAGE}\n",
            "Image: A view",
            "a second picture in one article",
        ),
        (f"{ALONE}Commentary:\n\nIt rained.\n", "Commentary:", "“Commentary” stands behind “Sources”"),
        (f"{ALONE}Commentary: It rained.\n", "Commentary:", "“Commentary” stands behind “Sources”"),
    ],
)
def test_split_articles_says_what_is_true_where_a_title_is_due(text, words_there, reason):
    reading = read_digest(text)
    assert titles(reading) == [TITLES[0]]
    (gap,) = [gap for gap in gaps(reading) if "another may begin" in gap.reason]
    assert (gap.line, gap.text) == (text[: text.rindex(words_there)].count("\n") + 1, words_there)
    assert reason in gap.reason
    assert ("second" in gap.reason) == ("second" in reason)


def test_split_articles_asks_for_more_room_than_is_usual():
    text = build(excerpts=("The cranes turned. He laughed.", "", "")).replace(
        f"{TITLES[1]}\n\n{BODIES[1]}", "He said more. Much more.\n\nAnd yet more. And more."
    )
    (gap,) = gaps(read_digest(text.replace("\n\n", "\n\n\n")))
    assert gap.reason.endswith("with three empty lines above it")


def test_split_articles_counts_a_commentary_s_place_without_the_sections_above_it():
    text = build(title="## {title}") + (
        f"\n# Africa\n\n# West Africa\n\nA title that nobody marked\n\nCommentary:\n\n{BODIES[0]}"
        f"\n\nWhat Comes Next In Gori\n\nHelp, said the mayor.\n\nSources:\n\n{CITED[0]}\n"
    )
    reading = read_digest(text)
    assert titles(reading) == [*TITLES, "A title that nobody marked"]
    assert reading.articles[-1].body.startswith(BODIES[0])


def test_read_leaves_a_heading_without_text_to_the_article_above_it():
    reading = read(b"# First thing\n\nIt rained.\n\n# Second thing\n", name="x.txt")
    assert titles(reading) == ["First thing"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["# " * 5000 + "x", "# " * 5000 + "**x**", "x" + " #" * 5000])
def test_read_digest_takes_many_signs_of_a_heading(text):
    reading = read_digest(f"{TITLES[0]}\n\n{text}\n\nSources:\n\n{CITED[0]}\n\n{text}\n")
    assert titles(reading) == [TITLES[0]]
    assert undecorate(text).strip(" #") == "x"


_SENTENCES = st.sampled_from(
    [
        "It rained.",
        "“No,” said she.",
        "The road to Gori is closed, and the mayor knows why.",
        "They met (again).",
    ]
)
_PROSE = st.lists(st.lists(_SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*TITLES, *(name.title() for name in TITLES)]), _PROSE, _PROSE | st.just([])
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["{title}", "# {title}", "**{title}**", "{number}. {title}"]),
    st.sampled_from(["Sources:\n\n", "Sources:\n", "References\n\n", "## Sources\n\n", "Sources: "]),
    st.sampled_from(["\n\n", "\n\n\n", "\n\n---\n\n"]),
)
@settings(max_examples=150)
def test_split_articles_finds_every_article_and_holds_each_word_once(articles, title, heading, room):
    texts = [
        "\n\n".join(
            [title.format(title=f"{name} {number}th", number=number), *body, heading + CITED[0], *excerpt]
        )
        for number, (name, body, excerpt) in enumerate(articles, 1)
    ]
    text = room.join(texts) + "\n"
    reading = read_digest(text)
    assert [re.sub(r"^1\. ", "", name) for name in titles(reading)] == [
        f"{name} {number}th" for number, (name, _, _) in enumerate(articles, 1)
    ]
    for article, (_, body, excerpt) in zip(reading.articles, articles, strict=True):
        assert (article.caption + article.quote + article.body).count("Gori") == "".join(body).count("Gori")
        assert article.sources[0].excerpt == "\n\n".join(excerpt)
    # The heading is no word of an article.
    assert words(text) - held(reading) - words("References " * len(articles)) == Counter()
    in_fields = "\n".join(article.text for article in reading.articles)
    assert in_fields.count("rained") == text.count("rained")
