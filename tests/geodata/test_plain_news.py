"""Plain sentences of news against the whole gazetteer: world cities, people, waters, scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.geoparser import Geoparser

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def geoparser(embedded_gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(embedded_gazetteer)


def countries(geoparser: Geoparser, text: str) -> dict[str, str]:
    return {found.mention.phrase: found.place.country_code for found in geoparser.parse(text) if found.place}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leaders met in Paris and London.", {"Paris": "FR", "London": "GB"}),
        (
            "Envoys from London, Paris, Berlin and Rome met in Geneva.",
            {"London": "GB", "Paris": "FR", "Berlin": "DE", "Rome": "IT", "Geneva": "CH"},
        ),
        ("Al Jazeera reported from Doha; Al Arabiya from Dubai.", {"Doha": "QA", "Dubai": "AE"}),
        (
            "In Kabul, Islamabad and New Delhi crowds gathered.",
            {"Kabul": "AF", "Islamabad": "PK", "New Delhi": "IN"},
        ),
        ("Athens and Rome reacted with anger.", {"Athens": "GR", "Rome": "IT"}),
        ("Flights between Sydney and Manila were cancelled.", {"Sydney": "AU", "Manila": "PH"}),
        ("Protests in Lima, Santiago and Bogotá.", {"Lima": "PE", "Santiago": "CL", "Bogotá": "CO"}),
        ("Lebanon and Jordan closed their borders.", {"Lebanon": "LB", "Jordan": "JO"}),
        ("Troops moved from Alexandria to Damascus.", {"Alexandria": "EG", "Damascus": "SY"}),
        ("Rockets were fired at Kiryat Shmona.", {"Kiryat Shmona": "IL"}),
        ("The Gulf of Aden is busy.", {"Gulf of Aden": ""}),
        ("قصفت على مدينة إدلب في سوريا", {"إدلب": "SY", "سوريا": "SY"}),
    ],
)
def test_names_are_where_a_reader_of_news_would_look(
    geoparser: Geoparser, text: str, expected: dict[str, str]
) -> None:
    assert countries(geoparser, text) == expected


def test_washington_that_speaks_is_the_capital(geoparser: Geoparser) -> None:
    (found,) = geoparser.parse("Washington said on Monday that talks would go on.")
    assert found.place is not None
    assert found.place.is_capital


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Jordan met Sen. Lebanon and Gov. Houston.",
        "Chelsea Clinton and Austin Powers met Chad Smith.",
        "Brooklyn Beckham and Savannah Guthrie arrived.",
        "He wrote Rising? Washington: AEI Press, 2016.",
    ],
)
def test_people_and_publishers_are_no_places(geoparser: Geoparser, text: str) -> None:
    assert countries(geoparser, text) == {}


def test_no_runner_up_is_believed_more_than_the_answer(geoparser: Geoparser) -> None:
    text = "Springfield, Columbia, Clinton and Georgetown were named in Lakeview and Oakland."
    for found in geoparser.parse(text):
        assert all(candidate.score <= found.score for candidate in found.alternatives)
