"""All articles, and one of them with its places marked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard import state
from dashboard.cards import count_words, date_words
from dashboard.filters import EventFilter
from dashboard.markup import element, text, themes
from dashboard.searching import fold, parse_query
from dashboard.views import article_parts
from dashboard.views.frame import require_collection
from dashboard.views.links import draw_links

if TYPE_CHECKING:
    from markupsafe import Markup

    from articles.model import Article
    from dashboard.loading import Collection

ORDERS = ("Latest first", "Title", "Most places")


def draw() -> None:
    """Draw the list or, where the address names one, an article."""
    collection = require_collection()
    draw_links()
    wanted = st.query_params.get(state.ARTICLE_PARAMETER, "")
    if wanted in collection.articles:
        _draw_article(collection, wanted)
        return
    if wanted:
        st.html(element("p", "The link names an article that is not in this collection.", class_="dl-note"))
    _draw_all(collection)


def _draw_all(collection: Collection) -> None:
    with st.container(key="articles", width=860):
        _draw_list(collection)


def _draw_list(collection: Collection) -> None:
    visit, kept_words, kept_order = state.article_search()
    with st.container(horizontal=True, vertical_alignment="bottom", key="articles-head"):
        words = st.text_input(
            "Search",
            kept_words,
            key=f"{state.ARTICLE_SEARCH}-{visit}",
            type="search",
            live=True,
            placeholder="Title, summary, place or text",
        )
        order = st.segmented_control(
            "Order",
            ORDERS,
            default=kept_order or ORDERS[0],
            key=f"{state.ARTICLE_ORDER}-{visit}",
            required=True,
        )
    state.keep_article_search(words or "", order or ORDERS[0])
    places = collection.events.groupby("article_id").size()
    found = [article for article, _ in collection.articles.values() if _matches(article, words or "")]
    if order == "Title":
        found.sort(key=lambda article: article.title.casefold())
    elif order == "Most places":
        found.sort(key=lambda article: -int(places.get(article.id, 0)))
    st.html(
        element("p", element("span", count_words(len(found), "article")), class_="dl-counts", role="status")
    )
    if not found:
        st.html('<div class="dl-empty"><h2>Nothing matches</h2><p>No article has all these words.</p></div>')
        return
    rows = [_row(collection, article, int(places.get(article.id, 0))) for article in found[:300]]
    st.html(element("ol", *rows, class_="dl-articles"))
    if len(found) > len(rows):
        st.html(element("p", f"The first {len(rows)} are shown; search to find others.", class_="dl-muted"))


def _row(collection: Collection, article: Article, places: int) -> Markup:
    styles = [collection.styles[match.theme] for match in article.themes if match.theme in collection.styles]
    facts = [
        date_words(article.published) or "no date",
        count_words(places, "place"),
        count_words(len(article.sources), "source"),
    ]
    return element(
        "li",
        element(
            "a",
            article.title,
            href=f"articles?article={article.id}",
            target="_self",
            class_="dl-title",
            dir="auto",
        ),
        element("p", " · ".join(facts), class_="dl-facts"),
        text(article.summary, tag="p", class_="dl-excerpt") if article.summary else "",
        themes(styles),
    )


def _matches(article: Article, words: str) -> bool:
    needles = parse_query(words)
    if not needles:
        return True
    folded = fold(article.text)
    return all(needle in folded for needle in needles)


def _draw_article(collection: Collection, article_id: str) -> None:
    state.leave_article_list()
    article, resolutions = collection.articles[article_id]
    mine = collection.events[collection.events["article_id"] == article_id]
    labels = dict(zip(mine["place_id"], mine["place_label"], strict=True))
    with st.container(key="article", width=760):
        _draw_way_back(article, len(mine))
        st.html(article_parts.head(article, collection.styles))
        st.html(article_parts.body(article, resolutions, labels))
        _draw_parts(
            article_parts.sources(article, resolutions, labels),
            article_parts.notes(article),
            article_parts.image(article),
        )
        unplaced = collection.unplaced[collection.unplaced["article_id"] == article_id]
        if len(unplaced):
            with st.expander(f"{count_words(len(unplaced), 'name')} without a place"):
                st.html(article_parts.unplaced(list(unplaced.itertuples(index=False))))
        if article.gaps:
            with st.expander(f"What the reader could not place: {count_words(len(article.gaps), 'line')}"):
                st.html(article_parts.gaps(article))


def _draw_way_back(article: Article, places: int) -> None:
    with st.container(horizontal=True, key="way-back", gap="small", vertical_alignment="center"):
        if st.button("All articles", icon=":material/arrow_back:", type="tertiary", key="to-articles"):
            st.query_params.clear()
            st.rerun()
        if places:
            st.link_button(
                f"Show its {count_words(places, 'place')} on the map",
                map_address(article.title),
                icon=":material/map:",
                type="tertiary",
            )


def map_address(title: str) -> str:
    """Return the link to the map with an article's places."""
    # Its title as a phrase finds the article's events, and those of a namesake at most.
    words = " ".join(title.replace('"', " ").split())
    query = EventFilter(text=f'"{words[:290]}"', roles=()).to_query()
    return f"./?{urlencode(query, doseq=True)}"


def _draw_parts(*parts: Markup) -> None:
    for part in parts:
        if part:
            st.html(part)
