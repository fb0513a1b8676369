"""Online geocoders against a server on loopback that answers, refuses, is silent and lies."""

from __future__ import annotations

import json
from contextlib import suppress
from urllib.request import Request

import pytest
from geopy.exc import (
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from geodata.errors import GeocoderSetupError
from geodata.geocoders import AnswerCache, OnlineGeocoder, open_service
from geodata.geocoders.locations import to_place
from geodata.geocoders.online import DEFAULT_PAUSE, PATIENCE
from geodata.geocoders.services import MOST_PUBLIC
from geodata.geocoders.transport import MOST_BYTES, OwnHostRedirects
from geodata.model import Kind, Place

SAWAI = {"name": "Sawai", "latitude": 29.2, "longitude": 69.1, "id": 77}
PAKISTAN = Place("test:pk", "Pakistan", Kind.COUNTRY, 30.0, 70.0, "PK", radius_km=700.0)
SERVICES = ("nominatim", "photon", "geonames")


class Time:
    """A clock that sleeping puts on."""

    def __init__(self):
        self.now = 1_000_000.0
        self.slept = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += max(seconds, 1e-6)  # less is lost beside the number of seconds since 1970


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def cache(tmp_path, time):
    return AnswerCache(tmp_path / "answers.sqlite", clock=time)


@pytest.fixture
def connect(geocoding_service, cache, time):
    def connect(name="nominatim", *, timeout=30.0, **options):
        connection = open_service(name, url=geocoding_service.url, user="tester", timeout=timeout)
        return OnlineGeocoder(connection, cache, clock=time, sleep=time.sleep, **options)

    return connect


@pytest.mark.parametrize(
    ("name", "identifier", "source"),
    [
        ("nominatim", "osm:node/77", "nominatim"),
        ("photon", "osm:node/77", "photon"),
        ("geonames", "geonames:77", "geonames-online"),
    ],
)
def test_geocode_reads_each_services_answer(geocoding_service, connect, name, identifier, source):
    geocoding_service.places["sawai"] = SAWAI
    location = connect(name).geocode("Sawai")
    place = to_place(location)
    assert (place.id, place.name, place.kind, place.source) == (identifier, "Sawai", Kind.CITY, source)
    assert (place.latitude, place.longitude) == (29.2, 69.1)
    assert (place.country_code, place.admin1) == ("PK", "Balochistan")
    assert location.raw["attribution"]
    assert location.address == "Sawai, Balochistan, Pakistan"


@pytest.mark.parametrize("name", SERVICES)
def test_geocode_says_none_where_nothing_is_known(connect, name):
    assert connect(name).geocode("Xyzzy") is None


def test_geocode_lists_and_limits_as_the_gazetteers_geocoder_does(geocoding_service, connect):
    geocoding_service.places["sawai"] = SAWAI
    geocoder = connect()
    assert len(geocoder.geocode("Sawai", exactly_one=False)) == 1
    assert geocoder.geocode("Sawai", country_codes="pk") is not None
    assert geocoder.geocode("Sawai", country_codes=["NP"]) is None


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("nominatim", "viewbox", "62.73,23.7,77.27,36.3"),
        ("photon", "lat", "30.0"),
        ("geonames", "countryBias", "PK"),
    ],
)
def test_geocode_prefers_the_country(geocoding_service, connect, name, key, value):
    connect(name, locate_country={"PK": PAKISTAN}.get).geocode("Sawai", country_bias="pk")
    (parameters, _), *_ = geocoding_service.asked
    if key == "viewbox":
        assert [round(float(side), 2) for side in parameters[key].split(",")] == [
            float(side) for side in value.split(",")
        ]
        assert "bounded" not in parameters
    else:
        assert parameters[key] == value


def test_geocode_says_who_asks(geocoding_service, cache):
    connection = open_service("nominatim", url=geocoding_service.url, contact="desk@dateline.test")
    OnlineGeocoder(connection, cache).geocode("Sawai")
    (_, headers), *_ = geocoding_service.asked
    assert headers["User-Agent"].startswith("dateline/")
    assert "desk@dateline.test" in headers["User-Agent"]


def test_geocode_asks_once_for_what_it_has_asked_for(geocoding_service, connect):
    geocoding_service.places["sawai"] = SAWAI
    first = connect().geocode("Sawai")
    assert connect().geocode("  SAWAI ").raw == first.raw
    assert connect().geocode("Xyzzy") is None
    assert connect().geocode("Xyzzy") is None
    assert len(geocoding_service.asked) == 2
    connect().geocode("Sawai", country_bias="PK")
    assert len(geocoding_service.asked) == 3


@pytest.mark.parametrize("cache_keeps_it", [True, False])
def test_geocode_keeps_the_pace(connect, time, cache, monkeypatch, cache_keeps_it):
    """The cache keeps the pace of all processes, geopy's RateLimiter that of this one."""
    if not cache_keeps_it:
        monkeypatch.setattr(cache, "take_turn", lambda *_: 0.0)
    geocoder = connect(pace=1.0)
    for name in ("Aaa", "Bbb", "Ccc"):
        geocoder.geocode(name)
    assert time.now == pytest.approx(1_000_002.0)
    assert sum(time.slept) == pytest.approx(2.0)


def test_geocode_keeps_the_pace_together_with_others(connect, time):
    connect(pace=1.0).geocode("Aaa")
    connect(pace=1.0).geocode("Bbb")
    assert time.slept == [pytest.approx(1.0)]


@pytest.mark.parametrize("query", ["", " ", "…", "a" * 101])
def test_geocode_refuses_what_is_no_name(geocoding_service, connect, query):
    with pytest.raises(GeocoderQueryError, match="expected a place's name"):
        connect().geocode(query)
    assert geocoding_service.asked == []


def test_geocode_gives_up_a_silent_server_and_leaves_it_alone(geocoding_service, connect):
    geocoding_service.reply = "hang"
    geocoder = connect(pace=0.0, timeout=0.1)
    for name in ("Aaa", "Bbb", "Ccc"):
        with pytest.raises(GeocoderTimedOut, match="Nominatim did not answer in time"):
            geocoder.geocode(name)
    geocoding_service.reply = None
    with pytest.raises(GeocoderUnavailable, match="did not answer in time, 3 times in a row"):
        geocoder.geocode("Ddd")
    assert geocoder.asked == PATIENCE
    assert connect().geocode("Aaa") is None, "the next run asks again"


def test_geocode_forgets_failures_when_an_answer_comes(geocoding_service, connect):
    geocoder = connect()
    for name in ("Aaa", "Bbb", "Ccc", "Ddd"):
        geocoding_service.reply = (500, {}, "")
        with pytest.raises(GeocoderServiceError, match="HTTP status 500"):
            geocoder.geocode(name)
        geocoding_service.reply = None
        assert geocoder.geocode(name) is None
    assert geocoder.stopped == ""


def test_geocode_gives_up_an_answer_that_drips(geocoding_service, connect):
    geocoding_service.reply = (200, {}, "drip")
    with pytest.raises(GeocoderTimedOut, match="did not answer in time"):
        connect(timeout=0.3).geocode("Aaa")


def test_geocode_says_that_nobody_is_there(geocoding_service, connect):
    geocoder = connect()
    geocoding_service.server.server_close()
    with pytest.raises(GeocoderServiceError, match=r"Nominatim (could not be asked|did not answer)"):
        geocoder.geocode("Aaa")


@pytest.mark.parametrize("status", [401, 403])
def test_geocode_takes_one_refusal_for_all(geocoding_service, connect, status):
    geocoding_service.reply = (status, {}, "<h1>Blocked</h1>")
    geocoder = connect()
    with pytest.raises(GeocoderServiceError, match=f"refused .HTTP status {status}"):
        geocoder.geocode("Aaa")
    with pytest.raises(GeocoderUnavailable, match="refused"):
        geocoder.geocode("Bbb")
    assert len(geocoding_service.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers", "pause"),
    [
        (429, {"Retry-After": "7200"}, 7200),
        (503, {"Retry-After": "900"}, 900),
        (429, {}, DEFAULT_PAUSE),
        (429, {"Retry-After": "9" * 30}, 86_400),
        (429, {"Retry-After": "whenever"}, DEFAULT_PAUSE),
    ],
)
def test_geocode_leaves_a_server_alone_for_as_long_as_it_asks(
    geocoding_service, connect, time, status, headers, pause
):
    geocoding_service.reply = (status, headers, "")
    with pytest.raises(GeocoderServiceError, match=f"HTTP status {status}"):
        connect().geocode("Aaa")
    geocoding_service.reply = None
    time.now += pause - 31
    with pytest.raises(GeocoderRateLimited, match="wants to be left alone for another 31 s"):
        connect().geocode("Aaa")
    time.now += 32
    assert connect().geocode("Aaa") is None
    assert len(geocoding_service.asked) == 2


def test_geocode_hears_what_geonames_refuses_and_hides_the_account(geocoding_service, connect):
    geocoding_service.reply = (200, {}, {"status": {"message": "user tester does not exist.", "value": 10}})
    geocoder = connect("geonames")
    with pytest.raises(GeocoderServiceError, match="GeoNames refused: user … does not exist"):
        geocoder.geocode("Aaa")
    assert geocoder.stopped
    geocoding_service.reply = (500, {}, "")
    with pytest.raises(GeocoderServiceError) as failure:
        connect("geonames").geocode("Bbb")
    assert "tester" not in str(failure.value)


DEEP = "[" * 100_000


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><title>Log in to the hotel</title>",
        "",
        b"\xff\xfe\x00",
        "null,",
        "[1, 2]",
        '{"features": 3, "geonames": 3, "error": "?"}',
        '"text"',
        DEEP,
        '[{"lat": "29.2"}]',
    ],
    ids=["html", "nothing", "bytes", "broken", "numbers", "fields", "text", "deep", "half"],
)
def test_geocode_survives_what_is_no_answer(geocoding_service, connect, cache, name, body):
    geocoding_service.reply = (200, {}, body)
    with pytest.raises(GeocoderServiceError):
        connect(name).geocode("Aaa")
    geocoding_service.reply = None
    assert connect(name).geocode("Aaa") is None, "what is no answer is not kept"


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "lie",
    [
        {"latitude": 0.0, "longitude": 0.0},
        {"latitude": 91.0},
        {"longitude": 190.0},
        {"latitude": float("nan")},
        {"longitude": float("inf")},
        {"latitude": "north"},
        {"latitude": True},
        {"latitude": None},
        {"id": -1},
        {"id": "77"},
        {"id": 10**40},
        {"name": ""},
        {"name": 7},
    ],
    ids=str,
)
def test_geocode_refuses_what_cannot_be_true(geocoding_service, connect, name, lie):
    geocoding_service.places["sawai"] = {**SAWAI, **lie}
    found = None
    with suppress(GeocoderParseError):
        found = connect(name).geocode("Sawai")
    # Nominatim names a place twice; where one name is a number, the other still is a name.
    assert found is None or found.raw["name"] == "7"


@pytest.mark.parametrize("name", ["nominatim", "photon"])
def test_geocode_refuses_what_openstreetmap_has_no_type_for(geocoding_service, connect, name):
    geocoding_service.places["sawai"] = {**SAWAI, "type": "planet"}
    with pytest.raises(GeocoderParseError, match="a type of OpenStreetMap's, got 'planet'"):
        connect(name).geocode("Sawai")


def test_geocode_keeps_the_good_answers_beside_a_lie(geocoding_service, connect):
    rows = [
        geocoding_service.to_nominatim({**SAWAI, **more})
        for more in ({"latitude": 0.0, "longitude": 0.0}, {})
    ]
    geocoding_service.reply = (200, {}, rows)
    (location,) = connect().geocode("Sawai", exactly_one=False)
    assert location.latitude == 29.2


def test_geocode_bounds_what_it_reads(geocoding_service, connect):
    geocoding_service.reply = (200, {}, " " * (MOST_BYTES + 1) + "[]")
    with pytest.raises(GeocoderServiceError, match="more than 1,000,000 bytes"):
        connect().geocode("Aaa")
    geocoding_service.reply = (404, {}, " " * (MOST_BYTES + 1))
    with pytest.raises(GeocoderServiceError, match="more than 1,000,000 bytes"):
        connect().geocode("Aaa")


def test_geocode_follows_nobody_elsewhere(geocoding_service, connect):
    elsewhere = geocoding_service.url.replace("127.0.0.1", "localhost")
    geocoding_service.reply = (302, {"Location": f"{elsewhere}/search?q=Aaa"}, " ")
    with pytest.raises(GeocoderServiceError, match="another host, localhost"):
        connect().geocode("Aaa")
    assert len(geocoding_service.asked) == 1


@pytest.mark.parametrize(("told", "is_followed"), [("https", True), ("http", False)])
def test_redirects_never_leave_encryption(told, is_followed):
    asked = Request("https://geocoder.example/search?q=Aaa")
    arguments = (asked, None, 302, "Found", {}, f"{told}://geocoder.example/again")
    if is_followed:
        assert OwnHostRedirects().redirect_request(*arguments).full_url == arguments[-1]
    else:
        with pytest.raises(GeocoderServiceError, match="without encryption"):
            OwnHostRedirects().redirect_request(*arguments)


def test_geocode_cleans_names_and_believes_no_endless_village(geocoding_service, connect):
    geocoding_service.places["sawai"] = {
        **SAWAI,
        "name": "Sawai\x1b[31m\n" + "i" * 500,
        "box": (-80, 80, -170, 170),
    }
    raw = connect().geocode("Sawai").raw
    assert raw["name"].isprintable()
    assert len(raw["name"]) <= 200
    assert raw["radius_km"] == 5.0


@pytest.mark.parametrize(
    ("tag", "rank", "kind"),
    [
        (("place", "hamlet"), 20, "city"),
        (("boundary", "administrative"), 8, "admin1"),
        (("boundary", "administrative"), 12, "admin2"),
        (("boundary", "administrative"), 16, "city"),
        (("boundary", "administrative"), 4, "country"),
        (("waterway", "river"), 19, "water"),
        (("natural", "desert"), 18, "region"),
        (("military", "base"), 30, "site"),
        (("amenity", "prison"), 30, "site"),
        (("highway", "residential"), 26, None),
        (("shop", "bakery"), 30, None),
        (("amenity", "bench"), 30, None),
    ],
)
def test_geocode_reads_kinds_from_tags(geocoding_service, connect, tag, rank, kind):
    geocoding_service.places["sawai"] = {**SAWAI, "tag": tag, "rank": rank}
    found = connect().geocode("Sawai")
    assert (found.raw["kind"] if found else None) == kind


@pytest.mark.parametrize(
    ("feature", "kind"),
    [
        (("P", "PPL"), "city"),
        (("A", "ADM1"), "admin1"),
        (("A", "ADM3"), "admin2"),
        (("A", "PCLI"), "country"),
        (("S", "AIRB"), "site"),
        (("H", "STM"), "water"),
        (("T", "MTS"), "region"),
        (("T", "PASS"), "site"),
        (("R", "RD"), None),
    ],
)
def test_geocode_reads_kinds_from_feature_codes(geocoding_service, connect, feature, kind):
    geocoding_service.places["sawai"] = {**SAWAI, "feature": feature}
    found = connect("geonames").geocode("Sawai")
    assert (found.raw["kind"] if found else None) == kind


@pytest.mark.parametrize("name", ["nominatim", "photon"])
def test_geocode_takes_the_radius_from_the_box(geocoding_service, connect, name):
    geocoding_service.places["sawai"] = {**SAWAI, "box": (29.1, 29.3, 69.0, 69.2)}
    assert connect(name).geocode("Sawai").raw["radius_km"] == pytest.approx(14.7, abs=0.2)


def test_geocode_asks_a_public_server_for_no_more_than_a_few(geocoding_service, connect, cache):
    assert OnlineGeocoder(open_service("photon", contact="desk@dateline.test"), cache)._most == MOST_PUBLIC
    geocoder = connect(most=1)
    geocoder.geocode("Aaa")
    with pytest.raises(GeocoderQuotaExceeded, match="the next run goes on"):
        geocoder.geocode("Bbb")
    assert geocoder.geocode("Aaa") is None, "what is kept is answered all the same"
    assert len(geocoding_service.asked) == 1


def test_geocode_asks_nobody_when_answers_cannot_be_kept(geocoding_service, connect, tmp_path):
    geocoder = connect()
    (tmp_path / "answers.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(GeocoderUnavailable, match="delete it"):
        geocoder.geocode("Aaa")
    assert geocoding_service.asked == []


@pytest.mark.parametrize(
    "url", ["", "https://nominatim.openstreetmap.org", "https://www.OpenStreetMap.org./x"]
)
def test_open_service_refuses_a_public_server_without_a_contact(url):
    with pytest.raises(GeocoderSetupError, match="wants to know who asks") as failure:
        open_service("nominatim", url=url)
    assert failure.value.setting == "contact"
    assert open_service("nominatim", url=url, contact="https://dateline.test").is_public


@pytest.mark.parametrize(
    ("options", "setting"),
    [
        ({"name": "google"}, "service"),
        ({"name": "geonames"}, "user"),
        ({"name": "photon"}, "contact"),
        ({"name": "nominatim", "contact": "me"}, "contact"),
        ({"name": "nominatim", "contact": "you@example.org"}, "contact"),
        ({"name": "nominatim", "contact": "a@b.test\r\nX: y"}, "contact"),
        ({"name": "nominatim", "url": "nominatim.test"}, "url"),
        ({"name": "nominatim", "url": "ftp://nominatim.test"}, "url"),
        ({"name": "nominatim", "url": "https://u:p@nominatim.test"}, "url"),
        ({"name": "nominatim", "url": "https://nominatim.test:99999"}, "url"),
        ({"name": "nominatim", "url": "https://nominatim.test/search?q=x"}, "url"),
    ],
)
def test_open_service_says_what_to_set(options, setting):
    with pytest.raises(GeocoderSetupError) as failure:
        open_service(**options)
    assert failure.value.setting == setting


def test_open_service_tells_servers_apart():
    own = open_service("nominatim", url="http://geo.test:8080/nominatim/")
    assert own.id == "nominatim@geo.test:8080/nominatim"
    assert own.geocoder.api == "http://geo.test:8080/nominatim/search"
    assert not own.is_public
    assert open_service("geonames", user="tester").id == "geonames"


def test_forbidden_is_one_of_geopys_errors(geocoding_service, connect):
    geocoding_service.reply = (403, {}, json.dumps([]))
    with pytest.raises(GeocoderInsufficientPrivileges):
        connect().geocode("Aaa")
