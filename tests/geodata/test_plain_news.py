"""Plain sentences of news against the whole gazetteer: world cities, people, waters, scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.geoparser import Geoparser
from geodata.model import Kind

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
        # Capitals keep their ground among the towns of a large country.
        ("Los Angeles met Paris; Long Beach and Santa Monica followed.",
         {"Los Angeles": "US", "Paris": "FR", "Long Beach": "US", "Santa Monica": "US"}),
        ("Obama went from Washington and New York to London.", {"Washington": "US", "New York": "US", "London": "GB"}),
        ("The Yankees of New York, and Houston, played in Cairo.", {"New York": "US", "Houston": "US", "Cairo": "EG"}),
        ("Florida said the flight came from Lima.", {"Florida": "US", "Lima": "PE"}),
        ("Miami and Boston have flights to Dublin.", {"Miami": "US", "Boston": "US", "Dublin": "IE"}),
        # And towns theirs, where the text speaks of their province.
        ("Paris, Tyler and Longview are in Texas.", {"Paris": "US", "Tyler": "US", "Longview": "US", "Texas": "US"}),
        ("London police called Kitchener and Windsor, Ontario.",
         {"London": "CA", "Kitchener": "CA", "Windsor": "CA", "Ontario": "CA"}),
        # A country is itself, and no city in it.
        ("A quake hit Guerrero, Mexico, and Mexico City.", {"Guerrero": "MX", "Mexico": "MX", "Mexico City": "MX"}),
        ("Norfolk is in Virginia.", {"Norfolk": "US", "Virginia": "US"}),
        ("Floods in Cox’s Bazar, Bangladesh.", {"Cox’s Bazar": "BD", "Bangladesh": "BD"}),
        ("Huntington, W.Va., is calm.", {"Huntington": "US", "W.Va": "US"}),
        ("قصفت على مدينة إدلب في سوريا", {"إدلب": "SY", "سوريا": "SY"}),
        # As sentences bend them, and write them together.
        ("قتل 5 أشخاص في غزة وبيروت", {"غزة": "PS", "وبيروت": "LB"}),
        ("Взрыв в Москве и Бахмуте. Власти России и Украины молчат.",
         {"Москве": "RU", "Бахмуте": "UA", "России": "RU", "Украины": "UA"}),
        ("A strike in Gaza killed five; in Manchester, a shop burned.", {"Gaza": "PS", "Manchester": "GB"}),
        ("Elections in Colombia, Brazil and Peru.", {"Colombia": "CO", "Brazil": "BR", "Peru": "PE"}),
        ("The Danube in Lower Austria rose.", {"Danube": "", "Lower Austria": "AT"}),
        ("US$ 5 million went to Geidam LGA in Yobe, Nigeria.", {"Geidam": "NG", "Yobe": "NG", "Nigeria": "NG"}),
        # Reports begin with where they come from, often in capitals.
        ("KYIV, Ukraine (AP) — Drones fell.", {"KYIV": "UA", "Ukraine": "UA"}),
        ("GOMA, DRC — Doctors came.", {"GOMA": "CD", "DRC": "CD"}),
        ("PARIS (Reuters) - Ministers met.", {"PARIS": "FR"}),
        # Whose a place is.
        ("The Indonesian town of Batang grows.", {"Indonesian": "ID", "Batang": "ID"}),
        ("The Libyan port city of Derna was flooded.", {"Libyan": "LY", "Derna": "LY"}),
        ("Lebanon’s Tripoli and Nigeria's northern Kano are calm.",
         {"Lebanon": "LB", "Tripoli": "LB", "Nigeria": "NG", "Kano": "NG"}),
        ("The cyclone brushed the French island of Réunion.", {"French": "FR", "Réunion": "RE"}),
        # Who speaks, and where he is.
        ("Kyiv said that its forces were ready.", {"Kyiv": "UA"}),
        ("The governor of Saratov said nothing.", {"Saratov": "RU"}),
        ("The U.S.-based owner left.", {"U.S.": "US"}),
        ("Sgt. Truman Paris, a spokesman, came.", {}),
        # Towns that share a first name, and towns in a list of scenes.
        ("He grew up in Selma, Alabama.", {"Selma": "US", "Alabama": "US"}),
        ("It had loaded at Ningbo and Port Klang.", {"Ningbo": "CN", "Port Klang": "MY"}),
        ("Fighting was reported in Inverness on Monday.", {"Inverness": "GB"}),
        # What is said for a long name, and what a name says of its kind.
        ("Two men from Newcastle, England, were held.", {"Newcastle": "GB", "England": "GB"}),
        ("Police in St. Petersburg held forty people.", {"St. Petersburg": "RU"}),
        ("St. Petersburg and Tampa, Florida, are close.", {"St. Petersburg": "US", "Tampa": "US", "Florida": "US"}),
        ("Talks in Philadelphia and Granada.", {"Philadelphia": "US", "Granada": "ES"}),
        ("A ship was hit in the southern Red Sea off Yemen.", {"Red Sea": "", "Yemen": "YE"}),
        ("They came from Barbados and from England.", {"Barbados": "BB", "England": "GB"}),
    ],
)  # fmt: skip
def test_names_are_where_a_reader_of_news_would_look(
    geoparser: Geoparser, text: str, expected: dict[str, str]
) -> None:
    assert countries(geoparser, text) == expected


def test_a_country_wins_over_the_city_in_it_that_bears_its_name(geoparser: Geoparser) -> None:
    kinds = {
        found.mention.phrase: found.place.kind.value
        for found in geoparser.parse("A quake hit Guerrero, Mexico, and Mexico City.")
        if found.place
    }
    assert kinds == {"Guerrero": "admin1", "Mexico": "country", "Mexico City": "city"}


def test_a_place_that_is_said_to_lie_elsewhere_is_not_pinned(geoparser: Geoparser) -> None:
    found = {
        found.mention.phrase: found for found in geoparser.parse("A farm near Holton in Suffolk, England.")
    }
    assert found["Holton"].place is None
    assert found["Holton"].reasons == ("no Holton is known in Suffolk",)
    assert found["Suffolk"].place is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Tripoli, Lebanon, a boat sank; in Tripoli, Libya, militias clashed.",
         [("Tripoli", "LB"), ("Lebanon", "LB"), ("Tripoli", "LY"), ("Libya", "LY")]),
        ("Police in Birmingham, Alabama, arrested a man from Birmingham, England. Birmingham is calm.",
         [("Birmingham", "US"), ("Alabama", "US"), ("Birmingham", "GB"), ("England", "GB"), ("Birmingham", "GB")]),
        ("Troops left Newcastle in England for Newcastle in Australia.",
         [("Newcastle", "GB"), ("England", "GB"), ("Newcastle", "AU"), ("Australia", "AU")]),
    ],
)  # fmt: skip
def test_namesakes_are_where_the_text_puts_each(
    geoparser: Geoparser, text: str, expected: list[tuple[str, str]]
) -> None:
    found = [(each.mention.phrase, each.place and each.place.country_code) for each in geoparser.parse(text)]
    assert found == expected


def test_namesakes_that_exclude_each_other_are_both_pinned(geoparser: Geoparser) -> None:
    found = geoparser.parse("He lived in Springfield (Illinois) and later in Springfield (Massachusetts).")
    assert [each.place and each.place.admin1 for each in found] == [
        "Illinois",
        "Illinois",
        "Massachusetts",
        "Massachusetts",
    ]


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Ontario", 49.25, -84.5),
        ("Queensland", -20.0, 145.0),
        ("Alaska", 64.0, -150.0),
        ("Hawaii", 20.75, -156.5),
    ],
)
def test_a_province_lies_in_its_middle_and_not_where_its_towns_are(
    geoparser: Geoparser, name: str, latitude: float, longitude: float
) -> None:
    (found,) = geoparser.parse(f"The governor of {name} spoke.")
    assert found.place is not None
    assert found.place.id.startswith("geonames:")
    assert (found.place.latitude, found.place.longitude) == pytest.approx((latitude, longitude), abs=0.1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # The province is listed as "Mecca Region", "Opole Voivodeship"; the name alone is the city's.
        ("Pilgrims arrived in Mecca.", Kind.CITY),
        ("A court in Opole sentenced two men.", Kind.CITY),
        ("The road to Mecca Region was closed.", Kind.ADMIN1),
        # Both are listed under the name; the city holds a fifth of the people.
        ("Traders in São Paulo closed their shops.", Kind.CITY),
        # The city holds a ninth, and no other of the province is twice as large.
        ("A hospital in Valparaíso burned.", Kind.CITY),
        ("Traders in Porto closed their shops.", Kind.CITY),
        ("Shells fell on Luhansk.", Kind.CITY),
        ("The road to Valparaíso Region was closed.", Kind.ADMIN1),
        # GeoNames lists the city as "Luzern", "Qina".
        ("A hospital in Lucerne burned.", Kind.CITY),
        ("A hospital in Qena burned.", Kind.CITY),
        # Another city leads the province; or nearly all live elsewhere.
        ("Farmers in Jilin wait for rain.", Kind.ADMIN1),
        ("Farmers in Balkh wait for rain.", Kind.ADMIN1),
        ("Farmers in Oaxaca wait for rain.", Kind.ADMIN1),
        # The city bears the name only in part.
        ("Farmers in Oklahoma wait for rain.", Kind.ADMIN1),
    ],
)
def test_a_name_of_city_and_province_is_that_of_the_one_whose_own_it_is(
    geoparser: Geoparser, text: str, kind: Kind
) -> None:
    (found,) = geoparser.parse(text)
    assert found.place is not None
    assert found.place.kind is kind


def test_washington_that_speaks_is_the_capital(geoparser: Geoparser) -> None:
    (found,) = geoparser.parse("Washington said on Monday that talks would go on.")
    assert found.place is not None
    assert found.place.is_capital


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Jordan met Sen. Lebanon and Gov. Houston.",
        "Chelsea Clinton and Austin Powers met Chad Smith.",
        "Nancy Pelosi and Orlando Bloom spoke.",
        "Brooklyn Beckham and Savannah Guthrie arrived.",
        "He wrote Rising? Washington: AEI Press, 2016.",
        "Terry A. Corbin was shot. Corbin, 26, had left the army, said Taylor.",
        "“He ran,” Sturgeon said. According to Sturgeon, nobody fell.",
        "Stevens & Wilkinson was hired for a SWAT team and for Sanitation and Hygiene (WASH).",
        "Air France and Air India cut their flights.",
        "The Washington Post and the Jerusalem Center for Future Studies wrote of it.",
    ],
)
def test_people_and_publishers_are_no_places(geoparser: Geoparser, text: str) -> None:
    assert countries(geoparser, text) == {}


def test_a_school_and_a_hospital_are_where_their_town_is(geoparser: Geoparser) -> None:
    text = "Police in Huntsville, Texas, went to the old building of Huntsville High School and closed it on Monday."
    assert list(countries(geoparser, text)) == ["Huntsville", "Texas"]
    assert [found.mention.type.value for found in geoparser.parse(text)] == [
        "literal",
        "literal",
        "metonymic",
    ]


def test_a_county_is_no_family(geoparser: Geoparser) -> None:
    text = "Anderson County Sheriff Greg Taylor said so in Palestine, Texas."
    assert "Anderson County" in countries(geoparser, text)


def test_a_town_that_somebody_speaks_of_stays_beside_one_who_speaks(geoparser: Geoparser) -> None:
    text = "Monroe Mayor Robert Routson spoke in Monroe, Ohio. Flights to Monroe resumed, said Litchfield Fire Chief Koser."
    assert "Monroe" in countries(geoparser, text)


def test_a_town_whose_province_follows_stays_beside_its_namesake(geoparser: Geoparser) -> None:
    found = countries(geoparser, "Jackson, 45, of Jackson, Mississippi, was charged.")
    assert found == {"Jackson": "US", "Mississippi": "US"}


def test_no_runner_up_is_believed_more_than_the_answer(geoparser: Geoparser) -> None:
    text = "Springfield, Columbia, Clinton and Georgetown were named in Lakeview and Oakland."
    for found in geoparser.parse(text):
        assert all(candidate.score <= found.score for candidate in found.alternatives)


def test_every_country_has_its_capital(embedded_gazetteer: Gazetteer) -> None:
    """A row of the supplement for a capital must not hide that it is one."""
    names = (
        "Beijing",
        "Kyiv",
        "New Delhi",
        "Jerusalem",
        "Sanaa",
        "Port-au-Prince",
        "N'Djamena",
        "Astana",
        "Tokyo",
    )
    seats = {name: any(place.is_capital for place in embedded_gazetteer.search(name)) for name in names}
    assert seats == dict.fromkeys(names, True)
