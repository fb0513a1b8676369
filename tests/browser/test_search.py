"""The search finds words and phrases wherever an article holds them, and marks them there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from articles.model import Article, Source
from geodata.model import Kind, Place
from tests.browser.pages import open_map
from tests.stories import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.stories import Pair

pytestmark = pytest.mark.browser

PRISON = Place("test:1", "Tocorón", Kind.SITE, 10.1, -67.4, "VE", "Aragua", radius_km=2)
PORT = Place("test:2", "Suva", Kind.CITY, -18.14, 178.44, "FJ", radius_km=5)


def prison() -> Pair:
    article = Article(
        title="Überraschung in Caracas: troops retake a prison",
        body="Soldiers entered Tocorón at dawn. The gang’s leaders had fled days before.\n\nNobody was held.",
        published=date(2023, 9, 22),
        summary="Eleven thousand police and soldiers took back the jail.",
        sources=(
            Source("El País", title="La cárcel de Tocorón", title_english="The prison that was a city",
                   published=date(2023, 9, 21), url="https://example.org/pais", language="es",
                   excerpt="Había una piscina y un zoológico."),
            Source("Mashal Radio", title="حمله انتحاری در مستونگ", language="ps"),
        ),
    )  # fmt: skip
    return article, [resolve(article, "Tocorón", PRISON)]


def port() -> Pair:
    article = Article(title="Ships call", body="Police met the soldiers’ ship near Suva.", published=date(2023, 9, 1))  # fmt: skip
    return article, [resolve(article, "Suva", PORT)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving, fill) -> Iterator[str]:
    home = tmp_path_factory.mktemp("search")
    fill(home, [prison(), port()])
    with serving(home) as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "part", "hits"),
    [
        pytest.param("uberraschung", "h1", ["Überraschung"], id="title, without its accent"),
        pytest.param('"eleven thousand police"', ".dl-lead", ["Eleven thousand police"], id="phrase in the summary"),
        pytest.param('"leaders had fled"', ".dl-text", ["leaders had fled"], id="phrase in the text"),
        pytest.param("TOCORON", ".dl-text", ["Tocorón"], id="name of a place, in another case"),
        pytest.param("pais", ".dl-source-list .dl-facts", ["País"], id="outlet"),
        pytest.param("carcel", ".dl-source-title", ["cárcel"], id="title of a source"),
        pytest.param('"that was a city"', ".dl-translated", ["that was a city"], id="translated title of a source"),
        pytest.param("zoologico", ".dl-quoted", ["zoológico"], id="excerpt of a source"),
        pytest.param("انتحاری", ".dl-source-title", ["انتحاری"], id="another script"),
    ],
)  # fmt: skip
def test_search_of_articles_finds_and_marks(
    page: Page, address: str, words: str, part: str, hits: list[str]
) -> None:
    page.goto(f"{address}/articles?text={quote(words)}")
    expect(page.locator(".dl-articles li")).to_have_count(1)
    page.locator(".dl-articles .dl-title").click()
    page.locator(".dl-article-head h1").wait_for()
    expect(page.locator(f"{part} mark.dl-hit")).to_have_text(hits)


def test_nothing_lies_over_the_words_while_they_are_written(page: Page, address: str) -> None:
    page.goto(f"{address}/articles")
    page.get_by_label("Search").first.press_sequentially("ships")
    expect(page.locator(".dl-articles li")).to_have_count(1)
    # Streamlit counts them there.
    expect(page.get_by_test_id("InputInstructions")).to_have_count(1)
    expect(page.get_by_test_id("InputInstructions")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "events"),
    [
        ("soldiers police", 2),
        ('"police and soldiers"', 1),
        ('"soldiers and police"', 0),
        ("zoologico", 1),
        ("cárcel", 1),
    ],
)
def test_search_on_the_map_finds_the_events_of_what_it_finds(
    page: Page, address: str, words: str, events: int
) -> None:
    open_map(page, f"{address}/?text={quote(words)}", events)
    expect(page.locator("button.dl-row")).to_have_count(events)


def test_hits_are_marked_in_row_popup_and_card(page: Page, address: str) -> None:
    frame = open_map(page, f"{address}/?text={quote('soldiers tocoron caracas')}", 1)
    row = page.locator("button.dl-row")
    expect(row.locator(".dl-row-title mark.dl-hit")).to_have_text(["Caracas"])
    row.click()
    for view in (frame.locator(".dl-popup .dl-card"), page.locator("li.is-open .dl-card")):
        expect(view.locator(".dl-summary mark.dl-hit")).to_have_text(["soldiers"])
        expect(view.locator(".dl-evidence mark.dl-hit")).to_have_text(["Soldiers", "Tocorón"])
    expect(frame.locator(".dl-popup .dl-title mark.dl-hit")).to_have_text(["Caracas"])
    # Without a search nothing is marked any more.
    page.get_by_label("Search").first.fill("")
    expect(page.locator("button.dl-row")).to_have_count(2)
    expect(page.locator("mark.dl-hit")).to_have_count(0)
    expect(frame.locator("mark.dl-hit")).to_have_count(0)


@pytest.mark.parametrize(
    ("query", "said", "hit"),
    [
        (
            "FLED",
            "In the text: Soldiers entered Tocorón at dawn. The gang’s leaders had fled days before.",
            "fled",
        ),
        ("zoologico", "In a source: Había una piscina y un zoológico.", "zoológico"),
    ],
)
def test_card_says_where_a_word_was_found_that_it_does_not_show(
    page: Page, address: str, query: str, said: str, hit: str
) -> None:
    open_map(page, f"{address}/?text={quote(query)}", 1)
    page.locator("button.dl-row").click()
    found = page.locator("li.is-open .dl-found")
    expect(found).to_have_text(said)
    expect(found.locator("mark")).to_have_text(hit)


def test_card_that_shows_the_word_says_no_more(page: Page, address: str) -> None:
    open_map(page, f"{address}/?text=dawn", 1)
    page.locator("button.dl-row").click()
    expect(page.locator("li.is-open .dl-evidence mark.dl-hit")).to_have_text("dawn")
    expect(page.locator(".dl-found")).to_have_count(0)
