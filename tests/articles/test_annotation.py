from dataclasses import replace
from datetime import date

import pytest

from articles.annotation import annotate
from articles.model import Article, Gap, Source, ThemeMatch
from articles.themes import Theme, Vocabulary

VOCABULARY = Vocabulary(
    (
        Theme("sea", "Sea", "Ships.", ("military",), ("frigate*",)),
        Theme("law", "Law", "Courts.", ("legal",), ("court*",)),
    )
)
ARTICLE = Article(
    title="Frigates leave Orlo",
    body="Two frigates left Port Marin on 3 May 2021. Their crews had waited for months.",
    sources=(
        Source(published=date(2021, 5, 3)),
        Source(),
        Source(published=date(2021, 5, 9)),
        Source(published=date(2021, 5, 4)),
    ),
)


def test_annotate_adds_themes_and_summary():
    annotated = annotate(ARTICLE, VOCABULARY)
    assert annotated.themes == (ThemeMatch("sea", ("Frigates",)),)
    assert annotated.summary == ARTICLE.body
    assert annotated.gaps == ()


def test_annotate_changes_nothing_else():
    annotated = annotate(ARTICLE, VOCABULARY)
    assert replace(annotated, themes=(), summary="") == ARTICLE


def test_annotate_keeps_what_the_author_gave():
    given = replace(
        ARTICLE,
        themes=(ThemeMatch("law"), ThemeMatch("sea")),
        summary="Ships went.",
        published=date(2020, 1, 2),
    )
    assert annotate(given, VOCABULARY) == given


def test_annotate_twice_is_annotate_once():
    unknown = replace(ARTICLE, themes=(ThemeMatch("moon"),))
    for article in (ARTICLE, unknown):
        once = annotate(article, VOCABULARY)
        assert annotate(once, VOCABULARY) == once


def test_annotate_reports_an_unknown_theme():
    gap = Gap(3, "stray", "elsewhere")
    given = replace(ARTICLE, themes=(ThemeMatch("moon"), ThemeMatch("law")), gaps=(gap,))
    annotated = annotate(given, VOCABULARY)
    assert annotated.themes == (ThemeMatch("law"),)
    assert annotated.gaps[0] == gap
    assert [(gap.line, gap.text) for gap in annotated.gaps[1:]] == [(1, "moon")]
    assert '"moon"' in annotated.gaps[1].reason


def test_annotate_classifies_where_no_given_theme_is_known():
    annotated = annotate(replace(ARTICLE, themes=(ThemeMatch("moon"),)), VOCABULARY)
    assert [match.theme for match in annotated.themes] == ["sea"]
    assert len(annotated.gaps) == 1


@pytest.mark.parametrize("themes", [(), (ThemeMatch("law"),), (ThemeMatch("moon"),)])
def test_annotate_keeps_the_id(themes):
    # An article is compared before it is annotated and stored after; here only its sources have dates.
    given = replace(ARTICLE, themes=themes)
    assert annotate(given, VOCABULARY).id == given.id
