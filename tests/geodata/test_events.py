"""From an article and its resolutions to rows: which places happen, and what a row says of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas
import pytest

from articles.model import Article, Image, Note, Source
from geodata.events import COLUMNS, UNPLACED_COLUMNS, tabulate, tabulate_unplaced
from geodata.model import Kind, Mention, Place, Resolution
from geodata.precision import precision_of, round_radius
from geodata.regions import CountryRegion

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geodata.geoparser import Geoparser

BOMBING = Article(
    title="Bombs shake Pakistan",
    caption="A map of Mastung, Balochistan.",
    body=(
        "Pakistan has seen many attacks.\n\nA suicide bomber killed 59 people in Mastung, Balochistan."
        " Hospitals in Quetta treated the wounded. Libyan officials condemned it."
    ),
    published=date(2023, 10, 1),
    sources=(
        Source(
            outlet="Afghanistan International",
            outlet_note="London-based, Afghan-run",
            title="A title that names Paris",
            url="https://example.org/1",
            published=date(2023, 10, 1),
            excerpt="Police said the bomber came from Mastung.",
        ),
    ),
    notes=(Note("i", "On Moscow see another report: “Nepal and France Split”, 2020."),),
    image=Image(attribution="Paris Photo Agency"),
    summary="Many were killed.",
)


def rows(geoparser: Geoparser, article: Article) -> GeoDataFrame:
    return tabulate([(article, geoparser.parse_article(article))]).set_index("place_name")


def test_tabulate_has_the_contract_columns_and_crs(geoparser: Geoparser) -> None:
    events = tabulate([(BOMBING, geoparser.parse_article(BOMBING))])
    assert tuple(events.columns) == COLUMNS
    assert events.crs == "EPSG:4326"
    assert events["event_id"].is_unique


def test_tabulate_says_regions_and_command_by_the_table_that_it_is_given(geoparser: Geoparser) -> None:
    pairs = [(BOMBING, geoparser.parse_article(BOMBING))]
    columns = ["region", "world_region", "command"]
    found = tabulate(pairs).set_index("place_name").loc["Mastung", columns]
    assert list(found) == ["Southern Asia", "Asia", "CENTCOM"]
    own = {"PK": CountryRegion("PK", "Orient", "Durand line", "ISAF")}
    found = tabulate(pairs, regions=own).set_index("place_name").loc["Mastung", columns]
    assert list(found) == ["Durand line", "Orient", "ISAF"]


def test_tabulate_of_nothing_is_an_empty_table_with_all_columns() -> None:
    events = tabulate([])
    assert tuple(events.columns) == COLUMNS
    assert len(events) == 0
    assert events.crs == "EPSG:4326"


def test_point_has_longitude_for_x(geoparser: Geoparser) -> None:
    point = rows(geoparser, BOMBING).loc["Mastung", "geometry"]
    assert (round(point.x, 2), round(point.y, 2)) == (66.85, 29.80)


def test_the_scene_is_an_event_and_its_containers_are_context(geoparser: Geoparser) -> None:
    roles = rows(geoparser, BOMBING)["role"].to_dict()
    assert roles["Mastung"] == "event"
    assert roles["Balochistan"] == "context"
    assert roles["Pakistan"] == "context"


def test_an_outlets_home_is_its_origin(geoparser: Geoparser) -> None:
    assert rows(geoparser, BOMBING).loc["London", "role"] == "origin"


def test_a_note_gives_context(geoparser: Geoparser) -> None:
    assert rows(geoparser, BOMBING).loc["Moscow", "role"] == "context"


def test_cited_titles_picture_credits_and_adjectives_make_no_row(geoparser: Geoparser) -> None:
    assert not {"Paris", "Libya", "Nepal", "France"} & set(rows(geoparser, BOMBING).index)


def test_an_article_on_a_country_is_placed_on_the_country(geoparser: Geoparser) -> None:
    article = Article(
        title="Libya goes to the polls",
        body="Libya voted on Sunday. Parties in Libya campaigned for weeks. Observers praised Libya. France watched.",
    )
    roles = rows(geoparser, article)["role"].to_dict()
    assert roles == {"Libya": "event", "France": "context"}


def test_an_actor_is_no_scene(geoparser: Geoparser) -> None:
    article = Article(
        title="Rally against a pact",
        body="Crowds gathered in Libya on Friday. They denounced ties with Russia. Russia wants a base.",
    )
    assert rows(geoparser, article)["role"].to_dict() == {"Libya": "event", "Russia": "context"}


def test_all_countries_of_a_list_are_scenes_when_the_first_is(geoparser: Geoparser) -> None:
    article = Article(
        title="Rallies",
        body="Crowds gathered in Libya, Lebanon and Pakistan. Marches in Libya, Lebanon and Pakistan.",
    )
    assert set(rows(geoparser, article)["role"]) == {"event"}


def test_evidence_is_the_sentence_with_the_name_in_it(geoparser: Geoparser) -> None:
    row = rows(geoparser, BOMBING).loc["Mastung"]
    assert row["evidence"] == "A suicide bomber killed 59 people in Mastung, Balochistan."
    assert row["evidence"][row["evidence_start"] : row["evidence_end"]] == "Mastung"
    assert row["section"] == "body"


def test_row_describes_place_and_precision(geoparser: Geoparser) -> None:
    row = rows(geoparser, BOMBING).loc["Mastung"]
    assert row["place_label"] == "Mastung, Balochistan, Pakistan"
    assert (row["kind"], row["where_prec"], row["geo_precision"]) == ("city", 1, 1)
    assert row["precision"] == "city, within 5 km"
    assert (row["country"], row["region"]) == ("Pakistan", "Southern Asia")
    assert row["mentions"] == 3
    assert row["published"] == pandas.Timestamp("2023-10-01")
    assert row["source_url"] == "https://example.org/1"


def test_an_article_without_a_date_has_nat(geoparser: Geoparser) -> None:
    events = rows(geoparser, Article(title="Fire", body="A fire broke out in Tripoli, Libya."))
    assert events["published"].isna().all()


def test_event_ids_do_not_depend_on_the_order_of_articles(geoparser: Geoparser) -> None:
    other = Article(title="Fire", body="A fire broke out in Tripoli, Libya.")
    pairs = [(article, geoparser.parse_article(article)) for article in (BOMBING, other)]
    assert set(tabulate(pairs)["event_id"]) == set(tabulate(pairs[::-1])["event_id"])


def test_tabulate_unplaced_lists_each_name_once_with_its_reason() -> None:
    article = Article(title="News", body="They met in Sawai. Then they left Sawai.")
    start = article.text.index("Sawai")
    missing = [
        Resolution(Mention(offset, offset + 5, "Sawai"), None, reasons=("no place of this name is known",))
        for offset in (start, article.text.index("Sawai", start + 1))
    ]
    unplaced = tabulate_unplaced([(article, missing)])
    assert tuple(unplaced.columns) == UNPLACED_COLUMNS
    assert unplaced[["phrase", "evidence", "reason"]].to_numpy().tolist() == [
        ["Sawai", "They met in Sawai.", "no place of this name is known"]
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("site", (1, 1, "site, within 5 km")),
        ("admin2", (3, 2, "district, within 5 km")),
        ("admin1", (4, 3, "province, within 5 km")),
        ("country", (6, 3, "country as a whole")),
        ("water", (7, 3, "waters, within 5 km")),
    ],
)
def test_precision_follows_ucdp_and_acled(kind: str, expected: tuple[int, int, str]) -> None:
    assert precision_of(Place("x", "X", Kind(kind), 0.0, 0.0, radius_km=5.0)) == expected


@pytest.mark.parametrize(("radius", "rounded"), [(0.4, 1), (2.0, 2), (2.1, 5), (64.9, 100), (450, 500)])
def test_round_radius_never_promises_more(radius: float, rounded: int) -> None:
    assert round_radius(radius) == rounded
