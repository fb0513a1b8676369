"""What becomes of names that the gazetteer lacks, with a geocoding service on loopback."""

from __future__ import annotations

import pytest

from articles.model import Article
from geodata.borders import lies_in_country
from geodata.fallback import NEAR_KM, SCORE, SCORE_ACROSS, Fallback
from geodata.geocoders import AnswerCache, OnlineGeocoder, open_service
from geodata.model import Kind, Mention, MentionType, Resolution, Role
from geodata.resemblance import Resemblance, compare_names
from geodata.spoken_countries import country_locator, find_countries

TEXT = "Gunmen killed two people in Charkhab district of Balochistan, Pakistan. Police went to Quetta."
CHARKHAB = {"name": "Charkhab", "latitude": 29.6, "longitude": 67.4, "id": 5}
IN_NIGERIA = {"latitude": 10.5, "longitude": 7.4, "code": "ng"}


@pytest.fixture
def geocoder(geocoding_service, gazetteer, tmp_path):
    cache = AnswerCache(tmp_path / "answers.sqlite")
    connection = open_service("nominatim", url=geocoding_service.url, timeout=30.0)
    return OnlineGeocoder(connection, cache, pace=0.0, locate_country=country_locator(gazetteer))


@pytest.fixture
def fallback(geocoder):
    return Fallback([geocoder])


@pytest.fixture
def place(fallback, geoparser):
    """Geoparse a text with the fallback, and return what became of a phrase of it."""

    def place(text=TEXT, phrase="Charkhab"):
        placed = fallback.place(text, geoparser.parse(text)).resolutions
        return next(found for found in placed if found.mention.phrase == phrase)

    return place


def test_place_finds_what_the_gazetteer_lacks(geocoding_service, geocoder, place):
    geocoding_service.places["charkhab"] = CHARKHAB
    found = place()
    assert found.place.id == "osm:node/5"
    assert (found.place.kind, found.place.source, found.place.country_code) == (Kind.CITY, "nominatim", "PK")
    assert found.score == SCORE[Resemblance.SAME]
    assert found.reasons == ("found by Nominatim (© OpenStreetMap contributors); not in the gazetteer",)
    assert "+fallback-1-nominatim@127.0.0.1" in found.resolver


def test_place_leaves_all_else_as_it_was(fallback, geoparser):
    before = geoparser.parse(TEXT)
    after = fallback.place(TEXT, before).resolutions
    assert [found.mention for found in after] == [found.mention for found in before]
    assert [found for found in after if found.place] == [found for found in before if found.place]


def test_place_sends_the_name_and_the_country_alone(geocoding_service, place):
    place()
    (parameters, _), *others = geocoding_service.asked
    assert parameters["q"] == "Charkhab"
    assert "viewbox" in parameters
    assert others == []


def test_place_asks_for_each_name_once(geocoding_service, place, fallback):
    geocoding_service.places["charkhab"] = CHARKHAB
    found = place(TEXT + " In Charkhab district nobody slept.")
    assert found.place is not None
    assert len(geocoding_service.asked) == fallback.tally.placed == 1


def test_place_says_that_nobody_knows(place, fallback):
    found = place()
    assert found.place is None
    assert found.reasons == (
        "no place of this name is known",
        "Nominatim has no place of this name near Pakistan",
    )
    assert (fallback.tally.placed, fallback.tally.unplaced, fallback.tally.missed) == (0, 1, 0)


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (IN_NIGERIA, "it lies in Nigeria"),
        ({**IN_NIGERIA, "code": "pk"}, "its position is not in Pakistan"),
        ({"code": ""}, "it lies in no country"),
        ({"name": "Karachi"}, "it has another name, Karachi"),
        ({"name": "Charkhab", "tag": ("place", "country")}, "which the gazetteer would know"),
    ],
)
def test_place_does_not_believe_lies(geocoding_service, place, lie, reason):
    geocoding_service.places["charkhab"] = {**CHARKHAB, "latitude": 25.0, "longitude": 64.0, **lie}
    found = place()
    assert found.place is None
    assert found.score == 0
    assert "Nominatim's answer is not believed: " in found.reasons[-1]
    assert reason in found.reasons[-1]


@pytest.mark.parametrize("lie", [{"latitude": 0.0, "longitude": 0.0}, {"latitude": float("nan")}])
def test_place_says_that_an_answer_cannot_be_read(geocoding_service, place, lie):
    geocoding_service.places["charkhab"] = {**CHARKHAB, **lie}
    found = place()
    assert found.place is None
    assert "cannot be read" in found.reasons[-1]


def test_place_believes_a_place_just_across_the_border(geocoding_service, place):
    # 20 km from Quetta, but in another country.
    geocoding_service.places["charkhab"] = {**CHARKHAB, "latitude": 30.3, "longitude": 67.1, "code": "af"}
    found = place()
    assert found.place.country_code == "AF"
    assert found.score == SCORE_ACROSS
    geocoding_service.places["sawai"] = {
        **CHARKHAB,
        "name": "Sawai",
        "latitude": 30.3 + NEAR_KM / 100,
        "code": "af",
    }
    assert place("Police in Quetta, Pakistan, went to Sawai village.", "Sawai").place is None


def test_place_doubts_another_spelling(geocoding_service, place):
    geocoding_service.places["charkhab"] = {**CHARKHAB, "name": "Charkhav"}
    assert place().score == SCORE[Resemblance.SPELLING]


def test_place_knows_a_name_in_another_language(geocoding_service, place):
    geocoding_service.places["charkhab"] = {**CHARKHAB, "name": "چرخاب", "names": {"name:en": "Chārkhāb"}}
    assert place().score == SCORE[Resemblance.SAME]


def test_place_shares_the_belief_among_namesakes(geocoding_service, place):
    rows = [{**CHARKHAB, "id": 6, "latitude": 26.0, "longitude": 64.0}, CHARKHAB]
    geocoding_service.reply = (200, {}, [geocoding_service.to_nominatim(row) for row in rows])
    found = place()
    assert found.place.id == "osm:node/5", "the one nearer to Quetta"
    assert found.score == pytest.approx(SCORE[Resemblance.SAME] / 2)
    assert found.reasons[0].endswith("one of 2 such places there")
    assert [other.place.id for other in found.alternatives] == ["osm:node/6"]


def test_place_looks_where_the_text_says(geocoding_service, place):
    """What is said to contain a place decides, whichever country the rest speaks of."""
    text = "Pakistan and Balochistan said that in Kuriga, Texas, five people from Quetta and Mastung were killed."
    geocoding_service.places["kuriga"] = {
        "name": "Kuriga",
        "latitude": 31.0,
        "longitude": -99.0,
        "code": "us",
    }
    assert place(text, "Kuriga").place.country_code == "US"
    assert place(f"{text} Others fled from Kuriga village.", "Kuriga").place.country_code == "US"
    assert len(geocoding_service.asked) == 1
    geocoding_service.places["kuriga"] = {**CHARKHAB, "name": "Kuriga"}
    assert "it lies in Pakistan" in place(text.replace("Texas", "Libya"), "Kuriga").reasons[-1]


def test_place_asks_nobody_where_no_country_is_named(geocoding_service, place):
    found = place("Two people were killed in Charkhab district.")
    assert found.reasons[-1] == "not looked for elsewhere: the text names no country to look in"
    assert geocoding_service.asked == []


def test_place_notes_what_could_not_be_asked(geocoding_service, fallback, geoparser):
    geocoding_service.reply = (403, {}, "")
    text = TEXT + " Others fled to the village of Sawai."
    placed = fallback.place(text, geoparser.parse(text))
    assert placed.missed == ("Charkhab", "Sawai")
    assert len(geocoding_service.asked) == 1
    reasons = [found.reasons for found in placed.resolutions if not found.place]
    assert all(reason[-1] == "Nominatim refused (HTTP status 403)" for reason in reasons)
    assert fallback.tally.missed == 2


def test_place_asks_the_next_service_where_one_is_not_believed(
    geocoding_service, geocoder, geoparser, tmp_path
):
    rows = [geocoding_service.to_nominatim({**CHARKHAB, **IN_NIGERIA})]
    geocoding_service.reply = (200, {}, rows)
    geocoder.geocode("Charkhab", country_bias="PK")
    geocoding_service.reply = None
    geocoding_service.places["charkhab"] = CHARKHAB
    connection = open_service("geonames", url=geocoding_service.url, user="tester", timeout=30.0)
    second = OnlineGeocoder(connection, AnswerCache(tmp_path / "answers.sqlite"), pace=0.0)
    fallback = Fallback([geocoder, second])
    found = fallback.place(TEXT, geoparser.parse(TEXT)).resolutions[0]
    assert found.place.id == "geonames:5"
    assert found.reasons == ("found by GeoNames (GeoNames, CC BY 4.0); not in the gazetteer",)


def test_place_does_not_ask_for_adjectives(geocoding_service, fallback, gazetteer):
    pakistan = country_locator(gazetteer)("PK")
    resolutions = [
        Resolution(Mention(0, 8, "Pakistan"), pakistan, 0.9),
        Resolution(Mention(9, 16, "Xyzzian", MentionType.ADJECTIVAL), None),
    ]
    fallback.place("Pakistan Xyzzian", resolutions)
    assert geocoding_service.asked == []


def test_place_article_says_anew_where_it_happened(geocoding_service, fallback, geoparser):
    article = Article("Two killed", body="Gunmen killed two people in Charkhab district, Balochistan.")
    before = geoparser.parse_article(article)
    assert {found.mention.phrase for found in before if found.role is Role.EVENT} == {"Balochistan"}
    geocoding_service.places["charkhab"] = CHARKHAB
    after = fallback.place_article(article, before).resolutions
    assert {found.mention.phrase for found in after if found.role is Role.EVENT} == {"Charkhab"}


def test_place_article_leaves_a_whole_article_alone(geocoding_service, fallback, geoparser):
    article = Article("Two killed", body="Gunmen killed two people in Quetta, Pakistan.")
    before = geoparser.parse_article(article)
    assert fallback.place_article(article, before) == (before, ())
    assert geocoding_service.asked == []


def test_find_countries_puts_the_one_most_spoken_of_first(geoparser):
    text = "In Quetta and Mastung, Balochistan, Libyan officials met the ambassador of France."
    assert find_countries(geoparser.parse(text)) == ("PK", "FR", "LY")
    assert find_countries([]) == ()


@pytest.mark.parametrize(
    ("asked", "names", "expected"),
    [
        ("Charkhab", ["Chārkhāb"], Resemblance.SAME),
        ("Charkhab", ["Charkhab District"], Resemblance.SAME),
        ("village of Sawai", ["Sawai"], Resemblance.SAME),
        ("Al-Jufra", ["El Jufra"], Resemblance.SAME),
        ("Charkhab", ["Other", "Charkhav"], Resemblance.SPELLING),
        ("Sawai", ["Karachi"], None),
        ("Sawai", ["Sawai Madhopur"], None),
        ("Sawai", [], None),
        ("District", ["District"], Resemblance.SAME),
    ],
)
def test_compare_names(asked, names, expected):
    assert compare_names(asked, names) is expected


@pytest.mark.parametrize(
    ("latitude", "longitude", "code", "expected"),
    [
        (30.2, 67.0, "PK", True),
        (44.95, 34.1, "UA", True),  # Simferopol, which these shapes draw in another country
        (9.52, 45.53, "SO", True),  # Burao, likewise in none
        (10.5, 7.4, "PK", False),
        (48.85, 2.35, "DE", True),
        (40.4, -3.7, "DE", False),
        (4.0, -53.0, "FR", True),
        (16.2, -61.5, "GP", None),
        (0.0, 0.0, "XX", None),
    ],
)
def test_lies_in_country(latitude, longitude, code, expected):
    assert lies_in_country(latitude, longitude, code) is expected
