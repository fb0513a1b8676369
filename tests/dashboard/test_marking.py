"""An article's text with its places marked."""

from __future__ import annotations

import pytest

from articles.model import Article, Note, SectionKind, ThemeMatch
from dashboard.marking import mark_section
from dashboard.markup import element, highlight, link, plain_label, text, web_link
from dashboard.palette import style_themes
from dashboard.searching import parse_query
from dashboard.views.article_parts import head, places
from geodata.model import Kind, Mention, Place, Resolution, Role

MASTUNG = Place("geonames:1", "Mastung", Kind.CITY, 29.8, 66.8, "PK")


def resolve(
    article: Article,
    phrase: str,
    place: Place | None = MASTUNG,
    role: Role = Role.EVENT,
    reasons: tuple[str, ...] = (),
) -> Resolution:
    start = article.text.index(phrase)
    return Resolution(Mention(start, start + len(phrase), phrase), place, 0.9, role, reasons)


def mark(article: Article, *resolutions: Resolution) -> str:
    body = next(section for section in article.sections if section.kind is SectionKind.BODY)
    return str(
        mark_section(article, body, resolutions, labels={"geonames:1": "Mastung, Balochistan, Pakistan"})
    )


def test_mark_shows_label_and_role_of_a_place() -> None:
    article = Article("Title", body="A blast in Mastung was heard.")
    html = mark(article, resolve(article, "Mastung"))
    assert 'class="dl-mention dl-mention-event"' in html
    assert 'data-label="Mastung, Balochistan, Pakistan · happened here"' in html
    assert html.startswith('<p dir="auto">A blast in <span')


def test_mark_keeps_every_character_and_escapes_it() -> None:
    words = "<b>&amp;</b> “${x}” `y` C:\\2019 <script>1</script>"
    article = Article("Title", body=f"{words} Mastung {words}")
    html = mark(article, resolve(article, "Mastung"))
    assert "<b>" not in html
    assert "<script" not in html
    assert html.count("&lt;b&gt;&amp;amp;&lt;/b&gt;") == 2


def test_mark_escapes_labels_and_reasons() -> None:
    article = Article("Title", body="In Atlantis.")
    html = mark(article, resolve(article, "Atlantis", None, reasons=('"><img src=x>',)))
    assert "<img" not in html
    assert "dl-mention-unplaced" in html


def test_mark_links_note_marks_that_have_a_note_and_leaves_others() -> None:
    article = Article("Title", body="First.[ii] Second.[iv] [sic]", notes=(Note("ii", "A note."),))
    html = mark(article)
    assert '<sup><a href="#note-ii" aria-label="Note ii">ii</a></sup>' in html
    assert "[iv] [sic]" in html


def test_mark_keeps_paragraphs_apart_and_prefers_the_longer_of_two() -> None:
    article = Article("Title", body="In Mastung District.\n\nIn Quetta.")
    html = mark(
        article, resolve(article, "Mastung"), resolve(article, "Mastung District"), resolve(article, "Quetta")
    )
    assert html.count("<p ") == 2
    assert html.count("dl-mention ") == 2
    assert ">Mastung District</span>" in html


def test_mark_leaves_other_sections_alone() -> None:
    article = Article("Mastung in the title", body="Nothing here.")
    assert "dl-mention" not in mark(article, resolve(article, "Mastung"))


def test_web_link_takes_addresses_of_the_web_only() -> None:
    assert web_link(" https://example.org/a ") == "https://example.org/a"
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "ftp://example.org",
        "",
    ):
        assert web_link(address) == ""


def test_link_without_an_address_is_text() -> None:
    assert str(link("<b>", "javascript:alert(1)")) == "<span>&lt;b&gt;</span>"
    assert 'rel="noopener noreferrer"' in link("words", "https://example.org")


def test_text_is_set_in_its_own_direction() -> None:
    assert str(text("تاریخ", language="fa")) == '<span lang="fa" dir="rtl">تاریخ</span>'
    assert 'dir="auto"' in text("words")


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("IRNA (خبرگزاری) reported a blast in Mastung.", "ltr"),
        ("خبرگزاری is the agency that reported a blast.", "ltr"),
        ("BBC: گزارش از انفجار در مستونگ", "rtl"),
        (highlight("گزارش از انفجار", parse_query("انفجار")), "rtl"),
        ("29 (2023)", "auto"),
    ],
)
def test_text_of_two_scripts_is_set_in_the_direction_of_most_of_it(words, direction) -> None:
    assert f'dir="{direction}"' in text(words)


def test_element_escapes_content_and_attributes() -> None:
    assert str(element("p", "<", title='"')) == '<p title="&#34;">&lt;</p>'


def test_plain_label_escapes_markdown() -> None:
    assert plain_label("[a](b) *c* :red[d]") == r"\[a\]\(b\) \*c\* \:red\[d\]"


def test_mark_marks_hits_in_text_and_names_and_escapes_them() -> None:
    article = Article("Title", body="The <i>drones</i> hit Mastung Town. Tocorón.")
    body = next(section for section in article.sections if section.kind is SectionKind.BODY)
    needles = parse_query('drone "i" "mastung town" tocoron')
    html = str(mark_section(article, body, [resolve(article, "Mastung")], needles=needles))
    assert '&lt;<mark class="dl-hit">i</mark>&gt;<mark class="dl-hit">drone</mark>s&lt;/' in html
    assert '<mark class="dl-hit">Mastung</mark></span><mark class="dl-hit"> Town</mark>.' in html
    assert '<mark class="dl-hit">Tocorón</mark>' in html
    assert html.count("<i>") == 0


def test_highlight_escapes_what_is_marked_and_what_is_not() -> None:
    html = str(highlight("<b>x</b> & y", parse_query("b y")))
    assert (
        html
        == '&lt;<mark class="dl-hit">b</mark>&gt;x&lt;/<mark class="dl-hit">b</mark>&gt; &amp; <mark class="dl-hit">y</mark>'
    )


def test_head_names_the_words_that_decided_a_theme() -> None:
    themes = (ThemeMatch("cyber", ("<script>", "hackers")), ThemeMatch("maritime"))
    styles = style_themes([("cyber", "Cyber"), ("maritime", "Maritime")])
    html = str(head(Article("Title", themes=themes), styles))
    assert "because of “&lt;script&gt;”, “hackers”" in html
    assert html.count("because of") == 1


def test_place_is_written_in_the_direction_of_most_of_its_letters() -> None:
    article = Article("Title", body="A blast in Mastung was heard.")
    label = "BBC مدينة بيروت الكبرى"
    listed = places([resolve(article, "Mastung")], {"geonames:1": label}, {"geonames:1": "./?event=1"})
    assert f'<span class="dl-place" dir="rtl">{label}</span></a>' in listed
