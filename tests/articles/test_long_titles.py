"""Titles longer than most, the headings of an article's own parts beneath them, and what a gap advises."""

import pytest

from articles.digest import read_digest
from tests.articles.test_boundaries import BODIES, CITED, TITLES, build, check, gaps, titles

PLAIN = "the ferry lies in the harbour of Brest and nobody on the quay knows when it will sail, "


def long_title(length, *, capitals):
    words = f"No Crew, {PLAIN * 6}".title() if capitals else f"No crew, {PLAIN * 6}"
    return words[: length - 1].rstrip(" ,") + "x"


def swallowed(title, *, room="\n\n\n", beneath="", **shape):
    """Return a digest whose second article has this title, and a part's heading beneath it."""
    return build(titles=(TITLES[0], title, TITLES[2]), **shape).replace(
        f"\n\n{title}\n\n", f"{room}{title}\n\n{beneath}"
    )


@pytest.mark.parametrize("length", [203, 250, 300, 350, 398])
@pytest.mark.parametrize("capitals", [True, False])
def test_split_articles_believes_a_long_title_with_room_above_it(length, capitals):
    title = long_title(length, capitals=capitals)
    reading = read_digest(swallowed(title))
    check(reading, names=(TITLES[0], title, TITLES[2]))
    assert gaps(reading) == []


@pytest.mark.parametrize(
    ("beneath", "doubts"), [("", 1), ("**Summary**\n\n", 1), ("“Nobody counted us.”\n\n", 0)]
)
def test_split_articles_takes_a_long_title_in_capitals_without_room(beneath, doubts):
    title = long_title(300, capitals=True)
    reading = read_digest(swallowed(title, room="\n\n", beneath=beneath))
    assert titles(reading) == [TITLES[0], title, TITLES[2]]
    found = gaps(reading)
    assert (len(found), {gap.text for gap in found}) == (doubts, {title} if doubts else set())
    assert all("two empty lines above it" in gap.reason for gap in found)


def test_split_articles_leaves_a_long_line_of_an_excerpt_where_it_is():
    line = long_title(300, capitals=False)
    reading = read_digest(build(excerpts=(f"The cranes turned.\n\n{line}\n\nThey stopped.", "", "")))
    assert titles(reading) == list(TITLES)
    assert line in reading.articles[0].sources[0].excerpt


def test_read_digest_takes_a_long_first_title():
    title = long_title(300, capitals=False)
    reading = read_digest(build(titles=(title, *TITLES[1:])))
    check(reading, names=(title, *TITLES[1:]))
    assert gaps(reading) == []


def test_split_articles_believes_long_titles_that_are_marked():
    names = tuple(f"{number} {long_title(300, capitals=False)}" for number in ("One:", "Two:", "Three:"))
    check(read_digest(build(titles=names, title="## {title}")), names=names)
    check(read_digest(build(titles=names, title="{number}. {title}")), names=names)


@pytest.mark.parametrize(
    ("title", "hindrance"),
    [
        (long_title(450, capitals=True), "a title has at most 400 characters"),
        (f"{PLAIN.capitalize()}and so on. It will sail.", "no full stop"),
        ("“The Ferry Sails.”", "a title is no quotation"),
    ],
)
@pytest.mark.parametrize("excerpt", ["", "The cranes turned. He laughed.", "The cranes turned at six."])
def test_split_articles_advises_no_room_that_is_there(title, hindrance, excerpt):
    text = swallowed(title, excerpts=(excerpt, "", ""))
    (gap,) = [gap for gap in gaps(read_digest(text)) if "another" in gap.reason]
    assert "empty line" not in gap.reason
    assert hindrance in gap.reason
    assert f"in line {text[: text.index(title)].count(chr(10)) + 1} " in gap.reason


def test_split_articles_advises_a_sentence_with_room_to_lose_its_full_stop():
    (gap,) = gaps(read_digest(swallowed(f"{TITLES[1]}.")))
    assert "no full stop" in gap.reason
    assert "empty line" not in gap.reason


HEADINGS = [
    "**Summary**",
    "Summary:",
    "Summary",
    "## Summary",
    "__Analysis:__",
    "Executive Summary",
    "COMMENT",
]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("room", ["\n\n", "\n\n\n"])
def test_split_articles_takes_no_part_s_heading_for_a_title(heading, room):
    reading = read_digest(swallowed(TITLES[1], room=room, beneath=f"{heading}\n\n"))
    check(reading, bodies=(BODIES[0], f"{heading}\n\n{BODIES[1]}", BODIES[2]))
    assert [article.caption for article in reading.articles] == ["", "", ""]


@pytest.mark.parametrize("mark", ["**{title}**", "## {title}"])
def test_split_articles_takes_no_marked_part_s_heading_for_a_marked_title(mark):
    text = build(title=mark)
    heading = mark.format(title="Summary")
    reading = read_digest(text.replace(BODIES[1], f"{heading}\n\n{BODIES[1]}"))
    assert titles(reading) == list(TITLES)
    assert gaps(reading) == []


def test_split_articles_reports_an_article_that_has_nothing_but_a_part_s_heading():
    reading = read_digest(build(excerpts=("", "", "")).replace(f"{TITLES[1]}\n\n", "\n**Summary**\n\n"))
    assert titles(reading) == [TITLES[0], TITLES[2]]
    (gap,) = gaps(reading)
    assert "the article's own title must stand above it" in gap.reason
    assert len(reading.articles[0].sources) == len(CITED) - 1
