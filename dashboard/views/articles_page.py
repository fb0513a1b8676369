"""All articles, and one of them with its places marked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard import address, loading, state, widgets
from dashboard.cards import count_words, date_words
from dashboard.filters import EventFilter
from dashboard.markup import element, highlight, text, themes
from dashboard.parameters import MAX_LENGTH, clean
from dashboard.searching import QUOTES, find_first_hit, find_hits, parse_query
from dashboard.views import article_parts
from dashboard.views.frame import require_collection
from dashboard.views.links import draw_links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from articles.model import Article
    from dashboard.collection import Collection

LONGEST_PHRASE = MAX_LENGTH - 2
"""Characters between the quotes of a search."""

WITHOUT_QUOTES = str.maketrans(dict.fromkeys(QUOTES, " "))
"""A title's own quotes would end the phrase that it is made."""

MOST_ARTICLES = 300
"""Articles that are listed; to find others one searches."""

ORDERS = ("Latest first", "Title", "Most places")


def draw() -> None:
    """Draw the list or, where the address names one, an article."""
    collection = require_collection()
    address.begin_articles()
    wanted = st.query_params.get(address.ARTICLE_PARAMETER, "")
    draw_links(page="articles", article=wanted if wanted in collection.articles else "")
    if wanted in collection.articles:
        _draw_article(collection, wanted)
        return
    with st.container(key="articles", width=860):
        if wanted:
            words = "The link names an article that is not in this collection. These are all that there are."
            st.html(element("p", words, class_="dl-note", role="status"))
        _draw_list(collection)


def _draw_list(collection: Collection) -> None:
    address.write_articles_address()
    words, order = _draw_controls()
    wanted = loading.found_articles(collection, words)
    places = collection.events.groupby("article_id").size()
    found = [article for article, _ in collection.articles.values() if article.id in wanted]
    if order == "Title":
        found.sort(key=lambda article: article.title.casefold())
    elif order == "Most places":
        found.sort(key=lambda article: -int(places.get(article.id, 0)))
    _draw_count(len(found))
    if not found:
        st.html('<div class="dl-empty"><h2>Nothing matches</h2><p>No article has all these words.</p></div>')
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.button("Clear the search", key="clear-search", on_click=state.clear_article_search)
        return
    rows = [
        _row(collection, article, int(places.get(article.id, 0)), words) for article in found[:MOST_ARTICLES]
    ]
    st.html(element("ol", *rows, class_="dl-articles"))
    if len(found) > len(rows):
        st.html(element("p", f"The first {len(rows)} are shown; search to find others.", class_="dl-muted"))


def _draw_count(count: int) -> None:
    parts = [element("span", count_words(count, "article"))]
    if state.current_filter() != EventFilter():
        parts.append(element("span", "the map's filters do not apply here", class_="dl-muted"))
    st.html(element("p", *parts, class_="dl-counts", role="status"))


def _draw_controls() -> tuple[str, str]:
    """Draw search and order; returns both."""
    words, order = state.article_words(), state.article_order(ORDERS)
    search, choice = (
        widgets.key_for(state.ARTICLE_SEARCH, words),
        widgets.key_for(state.ARTICLE_ORDER, order),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="articles-head"):
        st.text_input(
            "Search",
            value=words,
            key=search,
            type="search",
            live=True,
            placeholder="Title, summary, place, text or source",
            max_chars=MAX_LENGTH,
            on_change=state.search_articles,
            args=(search,),
        )
        st.segmented_control(
            "Order",
            ORDERS,
            default=order,
            key=choice,
            required=True,
            on_change=state.order_articles,
            args=(choice,),
        )
    return words, order


def _row(collection: Collection, article: Article, places: int, words: str) -> Markup:
    needles = parse_query(words)
    styles = [collection.styles[match.theme] for match in article.themes if match.theme in collection.styles]
    facts = [
        date_words(article.published) or "no date",
        count_words(places, "place"),
        count_words(len(article.sources), "source"),
    ]
    excerpt = _excerpt(article, needles)
    return element(
        "li",
        element(
            "a",
            highlight(article.title, needles),
            href=address.article_address(article.id, words),
            target="_self",
            class_="dl-title",
            dir="auto",
        ),
        element("p", " · ".join(facts), class_="dl-facts"),
        text(highlight(excerpt, needles), tag="p", class_="dl-excerpt") if excerpt else "",
        themes(styles),
    )


def _excerpt(article: Article, needles: Sequence[str]) -> str:
    """Return the summary or, where the search finds nothing in it, the first sentence in which it does."""
    if not needles or find_hits(f"{article.title}\n{article.summary}", needles):
        return article.summary
    hit = find_first_hit(article.text, needles)
    sentence = None if hit is None else article.sentence_at(hit[0])
    return article.text[slice(*sentence)] if sentence else article.summary


def _draw_article(collection: Collection, article_id: str) -> None:
    article, resolutions = collection.articles[article_id]
    needles = parse_query(clean(st.query_params.get(address.WORDS_PARAMETER, "")))
    mine = collection.events[collection.events["article_id"] == article_id]
    labels = dict(zip(mine["place_id"], mine["place_label"], strict=True))
    pins = {
        place: map_address(article.title, event)
        for place, event in zip(mine["place_id"], mine["event_id"], strict=True)
    }
    with st.container(key="article", width=760):
        _draw_way_back(article, len(mine))
        st.html(article_parts.head(article, collection.styles, needles))
        st.html(article_parts.body(article, resolutions, labels, needles, pins=pins))
        _draw_parts(
            article_parts.sources(article, resolutions, labels, needles),
            article_parts.notes(article),
            article_parts.image(article),
        )
        unplaced = collection.unplaced[collection.unplaced["article_id"] == article_id]
        if len(unplaced):
            with st.expander(f"{count_words(len(unplaced), 'name')} without a place"):
                st.html(article_parts.unplaced(list(unplaced.itertuples(index=False))))
        if article.gaps:
            with st.expander(f"Left out of the text: {count_words(len(article.gaps), 'line')}"):
                st.html(article_parts.gaps(article))


def _draw_way_back(article: Article, places: int) -> None:
    with st.container(horizontal=True, key="way-back", gap="small", vertical_alignment="center"):
        if st.button("All articles", icon=":material/arrow_back:", type="tertiary", key="to-articles"):
            st.query_params.clear()
            st.rerun()
        if places:
            st.link_button(
                "Show its place on the map" if places == 1 else f"Show its {places} places on the map",
                map_address(article.title),
                icon=":material/map:",
                type="tertiary",
            )


def map_address(title: str, event: str = "") -> str:
    """Return the link to the map with the places of the article of this title, and one of its events selected."""
    # Its title as a phrase finds the article's events, and those of a namesake at most.
    title = " ".join(title.translate(WITHOUT_QUOTES).split())
    phrase = title
    if len(title) > LONGEST_PHRASE:
        # A phrase ends with a whole word, or it is found nowhere; what is no phrase is found by its start.
        phrase = title[:LONGEST_PHRASE].rpartition(" ")[0]
    words, _ = EventFilter.criterion("text").read([f'"{phrase}"' if phrase else title[:LONGEST_PHRASE]])
    query = EventFilter(text=words, roles=()).to_query()
    selected = {address.EVENT_PARAMETER: [event]} if event else {}
    return f"./?{urlencode({**query, **selected}, doseq=True)}"


def _draw_parts(*parts: Markup) -> None:
    for part in parts:
        if part:
            st.html(part)
