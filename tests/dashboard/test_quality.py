"""How far a map can be trusted: every name and pin is counted once, and what is not sure is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from articles.model import Article, Source
from dashboard.cards import explain
from dashboard.geocoding import open_fallback
from dashboard.quality import Method, assess, method_of, tabulate_names
from dashboard.settings import Settings
from dashboard.views.quality_parts import (
    METHODS,
    doubtful_rows,
    head,
    missing_rows,
    percent,
    pin_address,
)
from geodata.events import tabulate
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.build import Source as GazetteerSource
from geodata.gazetteer.build import build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.geoparser import Geoparser
from geodata.model import Candidate, Kind, Mention, MentionType, Place, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.quality import Quality
    from geodata.gazetteer import Gazetteer

MASTUNG = Place("geonames:1", "Mastung", Kind.CITY, 29.8, 66.8, "PK", "Balochistan")
MUSTANG = Place("geonames:2", "Mustang", Kind.CITY, 29.2, 83.9, "NP", "Gandaki")
LIBYA = Place("geonames:3", "Libya", Kind.COUNTRY, 28.0, 17.0, "LY")
ONLY = ("the only place of this name",)


def article(title: str, *outlets: str) -> Article:
    body = "Mastung, Mastung, Mustang, Libya, Libyan, Atlantis, Atlantis."
    return Article(title=title, body=body, sources=tuple(Source(outlet) for outlet in outlets))


def named(
    of: Article, phrase: str, place: Place | None, score: float = 0.9, *, nth: int = 0, **more: object
) -> Resolution:
    start = -1
    for _ in range(nth + 1):
        start = of.text.index(phrase, start + 1)
    type_ = more.pop("type_", MentionType.LITERAL)
    return Resolution(Mention(start, start + len(phrase), phrase, type_), place, score, Role.EVENT, **more)


def assessed(*pairs: tuple[Article, list[Resolution]]) -> Quality:
    return assess({of.id: (of, resolutions) for of, resolutions in pairs}, tabulate(pairs))


def mixed() -> list[tuple[Article, list[Resolution]]]:
    one, other = (
        article("One", "Mashal Radio", "Mashal Radio"),
        article("Other", "Mashal Radio", "Jeune Afrique"),
    )
    return [
        (one, [
            named(one, "Mastung", MASTUNG, 0.8, reasons=ONLY),
            named(one, "Mastung", MASTUNG, 0.95, nth=1, reasons=ONLY),
            named(one, "Mustang", MUSTANG, 0.3, alternatives=(Candidate(MASTUNG, 0.2),),
                  reasons=("best known of 2 places of this name",)),
            named(one, "Libyan", LIBYA, type_=MentionType.ADJECTIVAL),
            named(one, "Atlantis", None, 0, reasons=("no place of this name is known",)),
            named(one, "Atlantis", None, 0, nth=1),
        ]),
        (other, [
            named(other, "Libya", LIBYA, 0.6, reasons=ONLY, type_=MentionType.METONYMIC),
            named(other, "Atlantis", None, 0),
        ]),
    ]  # fmt: skip


def test_assess_counts_a_name_once_an_article_and_adjectives_apart() -> None:
    found = assessed(*mixed())
    assert (found.names, found.placed, found.adjectives) == (5, 3, 1)
    assert (found.pins, found.doubtful, found.unsure) == (3, 1, 1)
    assert {share.name: share.whole for share in found.types} == {
        "literal": 4,
        "adjectival": 1,
        "metonymic": 1,
    }


def test_assess_shares_by_kind_method_country_and_outlet() -> None:
    found = assessed(*mixed())
    assert [(share.name, share.whole, share.doubtful) for share in found.kinds] == [
        ("city", 2, 1),
        ("country", 1, 0),
    ]
    assert [(share.name, share.whole) for share in found.methods] == [("only", 2), ("known", 1), ("none", 2)]
    assert [share.name for share in found.countries] == ["Libya", "Nepal", "Pakistan"]
    outlets = {share.name: (share.whole, share.placed, share.doubtful) for share in found.outlets}
    assert outlets == {"Mashal Radio": (5, 3, 1), "Jeune Afrique": (2, 1, 0)}


def test_assess_lists_what_is_missing_by_how_many_articles_have_it() -> None:
    pairs = mixed()
    (missing,) = assessed(*pairs).missing
    assert (missing.phrase, missing.times, missing.reason) == (
        "Atlantis",
        3,
        "no place of this name is known",
    )
    assert missing.articles == tuple(of.id for of, _ in pairs)


def test_name_of_an_article_has_its_highest_score() -> None:
    table = tabulate_names({of.id: (of, resolutions) for of, resolutions in mixed()})
    row = table[table["phrase"] == "Mastung"].iloc[0]
    assert (row["score"], row["times"], row["placed"]) == (0.95, 2, True)


@pytest.mark.parametrize(
    ("score", "bar"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.4999, 4), (0.5, 5), (0.7, 7), (1.0, 9)]
)
def test_histogram_puts_a_score_into_the_tenth_that_begins_there(score, bar) -> None:
    of = article("One")
    found = assessed((of, [named(of, "Mastung", MASTUNG, score)]))
    assert found.scores.index(1) == bar
    assert sum(found.scores) == 1


@pytest.mark.parametrize(
    ("reasons", "method"),
    [
        (("named 2 times", "the only place of this name"), Method.ONLY),
        (("taken for another spelling of Mastung",), Method.SPELLING),
        (("best known of 3 places of this name",), Method.KNOWN),
        (("Balochistan contains it",), Method.TEXT),
        (("of 3 places of this name it fits best with the others named",), Method.TEXT),
    ],
)
def test_method_of_is_what_the_reasons_say(reasons, method) -> None:
    of = article("One")
    assert method_of(named(of, "Mastung", MASTUNG, reasons=reasons)) is method
    assert method_of(named(of, "Mastung", None, reasons=reasons)) is Method.NONE


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> Iterator[Gazetteer]:
    entries = [
        Entry(replace(MASTUNG, population=29_082)),
        Entry(Place("t:1", "Pakistan", Kind.COUNTRY, 30, 70, "PK", population=10_000_000, radius_km=500)),
        Entry(Place("t:2", "Paris", Kind.CITY, 48.85, 2.35, "FR", "Île-de-France", population=2_138_551)),
        Entry(Place("t:3", "Paris", Kind.CITY, 33.66, -95.56, "US", "Texas", population=24_782)),
        Entry(Place("t:4", "Texas", Kind.ADMIN1, 31.25, -99.25, "US", "Texas", population=27_000_000)),
        Entry(Place("t:5", "Balochistan", Kind.ADMIN1, 28.5, 65.5, "PK", "Balochistan", population=12_000_000)),
        Entry(Place("t:6", "Quetta", Kind.CITY, 30.18, 67.0, "PK", "Balochistan", population=1_565_546)),
        Entry(replace(MUSTANG, kind=Kind.ADMIN2, population=0)),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("tiny") / "gazetteer"
    info = SourceInfo("test", "Places of the tests", "MIT", "2026")
    build_gazetteer(folder, sources=[GazetteerSource(lambda: info, lambda: iter(entries))])
    with open_gazetteer(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def geoparser(gazetteer) -> Geoparser:
    return Geoparser(gazetteer)


@pytest.mark.parametrize(
    ("text", "phrase", "method"),
    [
        ("A bomb went off in Mastung. People fled from Mastung.", "Mastung", Method.ONLY),
        ("A bomb went off in Paris.", "Paris", Method.KNOWN),
        ("A bomb went off in Paris, Texas.", "Paris", Method.TEXT),
        (
            "Pakistan mourns. The attack in Mastung, Balochistan, killed 59. Police in Mastung said that the"
            " convoy was going towards the Mustang from Quetta.",
            "Mustang",
            Method.SPELLING,
        ),
    ],
)
def test_method_of_reads_what_the_geoparser_says(geoparser, text, phrase, method) -> None:
    found = [each for each in geoparser.parse(text) if each.mention.phrase == phrase]
    assert found
    assert {method_of(each) for each in found} == {method}, found[0].reasons


def test_method_of_reads_what_the_online_fallback_says(gazetteer, geocoding_service, tmp_path) -> None:
    geocoding_service.places["kan mehtarzai"] = {"name": "Kan Mehtarzai", "latitude": 30.9, "longitude": 67.7}
    settings = Settings(
        tmp_path,
        "",
        geocoders=("photon",),
        geocoder_url=geocoding_service.url,
        geocoder_contact="desk@dateline.test",
    )
    online = open_fallback(settings, gazetteer)
    text = "A train stopped in Kan Mehtarzai, Balochistan, Pakistan."
    found = [
        each
        for each in online.extend(Geoparser(gazetteer)).parse(text)
        if each.mention.phrase == "Kan Mehtarzai"
    ]
    assert [method_of(each) for each in found] == [Method.ONLINE], found


def test_named_several_times_is_said_once(geoparser) -> None:
    of = Article(title="One", body="A bomb in Mastung. Mastung is in Pakistan. Pakistan said so.")
    events = tabulate([(of, geoparser.parse_article(of))])
    why = explain(next(events[events["place_name"] == "Mastung"].itertuples(index=False)))
    assert why.startswith("named 2 times; Pakistan is named 2 times; the only place"), why


def test_every_method_is_explained() -> None:
    assert set(METHODS) == {method.value for method in Method}


def test_assess_of_nothing_recognised_is_nothing() -> None:
    found = assessed((article("One"), []))
    assert (found.names, found.pins, sum(found.scores), found.missing, found.outlets) == (0, 0, 0, (), ())
    assert "No name of a place has been recognised yet." in head(found)


def test_head_says_the_verdict_first() -> None:
    said = head(assessed(*mixed()))
    assert "60% of 5 names placed" in said
    assert "1 doubtful" in said
    assert "For 1 pin another place may well be meant (below 50%)." in said
    assert "2 have no place." in said
    of = article("One")
    assert "none doubtful" in head(assessed((of, [named(of, "Mastung", MASTUNG)])))


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "–"),
        (0, 9, "0%"),
        (9, 9, "100%"),
        (9999, 10000, "over 99%"),
        (1, 10000, "under 1%"),
        (222, 241, "92%"),
    ],
)
def test_percent_rounds_neither_to_all_nor_to_nothing(part, whole, words) -> None:
    assert percent(part, whole) == words


def test_doubtful_rows_name_phrase_place_runner_up_pin_and_article() -> None:
    pairs = mixed()
    events = tabulate(pairs)
    (row,) = doubtful_rows(events[events["score"] < 0.5])
    for words in (
        "“Mustang”",
        "Mustang, Gandaki, Nepal",
        "runner-up: Mastung, Balochistan, Pakistan (20%)",
        "30%",
    ):
        assert words in row
    event = events[events["score"] < 0.5].iloc[0]
    assert f'href="./?event={event.event_id}"' in row
    assert f'href="articles?article={pairs[0][0].id}"' in row


def test_pin_address_opens_the_map_to_roles_that_it_hides() -> None:
    of = article("One")
    resolution = named(of, "Mastung", MASTUNG)
    events = tabulate([(of, [Resolution(resolution.mention, MASTUNG, 0.9, Role.CONTEXT)])])
    assert pin_address(next(events.itertuples())) == f"./?role=any&event={events['event_id'].iloc[0]}"


def test_rows_escape_what_comes_from_outside() -> None:
    of = Article(title="<img src=x onerror=alert(1)>", body="Something in <script> happened.")
    resolutions = [named(of, "<script>", None, reasons=("<b>why</b>",))]
    found = assessed((of, resolutions))
    (row,) = missing_rows(found.missing, {of.id: of.title})
    assert "&lt;script&gt;" in row
    for raw in ("<script>", "<img", "<b>why"):
        assert raw not in row
