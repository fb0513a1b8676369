"""Towns whose names are words: found where the text says where they lie, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.geoparser import Geoparser

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def geoparser(embedded_gazetteer: Gazetteer) -> Geoparser:
    return Geoparser(embedded_gazetteer)


def placed(geoparser: Geoparser, text: str) -> list[tuple[str, str]]:
    """List phrases with the province, or the country, of their places."""
    return [
        (found.mention.phrase, found.place.admin1 or found.place.country_code)
        for found in geoparser.parse(text)
        if found.place
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A flood hit Mobile, Alabama.", [("Mobile", "Alabama"), ("Alabama", "Alabama")]),
        ("A flood hit Mobile, Ala., at noon.", [("Mobile", "Alabama"), ("Ala", "Alabama")]),
        ("In Reading, England, police met.", [("Reading", "England"), ("England", "England")]),
        ("In Reading, Pennsylvania, police met.", [("Reading", "Pennsylvania"), ("Pennsylvania", "Pennsylvania")]),
        ("REDDING, Calif. (AP) — MOBILE, Ala. (AP) — It rained.",
         [("REDDING", "California"), ("Calif", "California"), ("MOBILE", "Alabama"), ("Ala", "Alabama")]),
        ("A fire in Police (Poland) was put out.", [("Police", "West Pomerania"), ("Poland", "PL")]),
        # A noun that says the kind of a place elsewhere, and a given name.
        ("He came from Canton, Ohio.", [("Canton", "Ohio"), ("Ohio", "Ohio")]),
        ("The storm hit Bryan, Texas.", [("Bryan", "Texas"), ("Texas", "Texas")]),
        # Who governs it says it as well.
        ("The bridge in the city of Mobile fell.", [("Mobile", "Alabama")]),
        ("The mayor of Reading resigned. England is calm.", [("Reading", "England"), ("England", "England")]),
        # Once a town, a large word is the town elsewhere in the text.
        ("He drove to Hit before noon. In Hit, Iraq, it was calm.",
         [("Hit", "Anbar"), ("Hit", "Anbar"), ("Iraq", "IQ")]),
    ],
)  # fmt: skip
def test_parse_finds_a_word_as_a_town_where_the_text_says_where_it_lies(
    geoparser: Geoparser, text: str, expected: list[tuple[str, str]]
) -> None:
    assert placed(geoparser, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March, England won the cup.", {"England"}),
        ("Police, Poland says, are ready.", {"Poland"}),
        # Seasons, feasts and those who sit in public bodies stand before commas as well.
        ("In Spring, Texas will vote.", {"Texas"}),
        ("At Christmas, Florida was warm.", {"Florida"}),
        ("He told Congress, Arizona would sue.", {"Arizona"}),
        ("He lives in Spring, Texas, with his dog.", {"Spring", "Texas"}),
        ("The Grand Surprise, Arizona, opened.", {"Arizona"}),
        ("Woody Allen, Texas, said so.", {"Texas"}),
        ("He lives in the City of Mobile Phones.", set()),
        ("It was a city of War.", set()),
        ("They taught Reading, Reading, and writing.", set()),
        ("Mobile phones are in use. A flood hit Mobile, Alabama.", {"Mobile", "Alabama"}),
        ("The Orange Revolution came after Orange, France.", {"Orange", "France"}),
    ],
)
def test_parse_leaves_words_alone(geoparser: Geoparser, text: str, expected: set[str]) -> None:
    found = placed(geoparser, text)
    assert {phrase for phrase, _ in found} == expected
    assert len(found) == len(expected)


def test_parse_joins_an_elided_article_to_the_name(geoparser: Geoparser) -> None:
    text = "It rained in Côte d’Ivoire, in Reggio nell'Emilia and in the d’Artagnan film."
    assert [phrase for phrase, _ in placed(geoparser, text)] == ["Côte d’Ivoire", "Reggio nell'Emilia"]
