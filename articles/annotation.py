"""What Dateline adds to an article that a reader has read: its themes and its summary."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from articles.model import Gap
from articles.summary import summarise
from articles.themes import classify

if TYPE_CHECKING:
    from articles.model import Article
    from articles.themes import Vocabulary


def annotate(article: Article, vocabulary: Vocabulary) -> Article:
    """Return the article with themes and summary; its id stays the same.

    What its author gave is kept: themes in their order, a summary. Themes are classified, and sentences
    chosen, only where there are none. A given theme that the vocabulary does not know is dropped and
    becomes a gap; where none is left, the article is classified.
    """
    known = tuple(match for match in article.themes if vocabulary.theme(match.theme))
    # Line 1: an article does not remember in which line of its front matter a theme stood.
    gaps = tuple(
        Gap(1, match.theme, f'the vocabulary has no theme "{match.theme}"; correct it or add it there')
        for match in article.themes
        if match not in known
    )
    themed = replace(article, themes=known or classify(article, vocabulary))
    return replace(themed, summary=article.summary or summarise(themed), gaps=article.gaps + gaps)
