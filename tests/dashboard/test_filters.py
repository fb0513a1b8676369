from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import geopandas
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from dashboard.criteria import MAX_LENGTH, MAX_VALUES
from dashboard.filters import Chip, EventFilter, search_text
from dashboard.searching import fold, parse_query
from geodata.gazetteer import folding

SOURCE = {
    "outlet": "Mashal Radio",
    "title": "د مستونګ چاودنه",
    "url": "",
    "language": "ps",
    "published": None,
}

ROWS = [
    # event_id, article_id, title, summary, themes, region, country, place, role, kind, published
    ("e1", "a1", "Blast in Pakistan", "A suicide attack.", ("terrorism", "rights"), "Southern Asia", "PK",
     "Mastung", "event", "city", "2023-09-29"),
    ("e2", "a1", "Blast in Pakistan", "A suicide attack.", ("terrorism", "rights"), "Southern Asia", "AF",
     "Kabul", "context", "city", "2023-09-29"),
    ("e3", "a2", "A prison falls", "Russia’s envoy is silent.", ("crime",), "South America", "VE",
     "Tocorón", "event", "site", "2023-10-05"),
    ("e4", "a3", "Drones over the Sahel", "They attack by night.", (), "Western Africa", "ML",
     "Mali", "event", "country", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def events():
    columns = (
        "event_id", "article_id", "title", "summary", "themes", "region", "country_code",
        "place_name", "role", "kind", "published",
    )  # fmt: skip
    frame = pd.DataFrame(ROWS, columns=columns)
    frame["published"] = pd.to_datetime(frame["published"])
    frame["evidence"] = [f"It happened in {place}." for place in frame["place_name"]]
    frame["phrase"] = frame["place_name"]
    frame["status"] = "automatic"
    frame["sources"] = [(SOURCE,), (SOURCE,), json.dumps([{"outlet": "El País"}]), ()]
    return geopandas.GeoDataFrame(frame, geometry=[Point(0, 0)] * len(frame), crs="EPSG:4326")


ALL = EventFilter(roles=())


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        pytest.param(EventFilter(), "e1 e3 e4", id="by default the events' own places"),
        pytest.param(ALL, "e1 e2 e3 e4", id="all roles"),
        pytest.param(replace(ALL, themes=("rights", "crime")), "e1 e2 e3", id="any of the themes"),
        pytest.param(replace(ALL, themes=("cyber",)), "", id="a theme without events"),
        pytest.param(replace(ALL, regions=("Western Africa",)), "e4", id="region"),
        pytest.param(replace(ALL, countries=("AF", "VE")), "e2 e3", id="countries"),
        pytest.param(replace(ALL, start=date(2023, 9, 29)), "e1 e2 e3", id="the first day belongs to it"),
        pytest.param(replace(ALL, end=date(2023, 9, 29)), "e1 e2", id="the last day belongs to it"),
        pytest.param(replace(ALL, start=date(2023, 9, 30), end=date(2023, 10, 5)), "e3", id="a period"),
        pytest.param(replace(ALL, roles=("context",)), "e2", id="role"),
        pytest.param(replace(ALL, kinds=("site", "country")), "e3 e4", id="kinds"),
        pytest.param(replace(ALL, statuses=("corrected",)), "", id="status"),
        pytest.param(replace(ALL, themes=("terrorism",), countries=("PK",)), "e1", id="all conditions hold"),
        pytest.param(replace(ALL, text="tocoron"), "e3", id="accents do not count in the search"),
        pytest.param(replace(ALL, text="TOCORÓN"), "e3", id="case does not count"),
        pytest.param(replace(ALL, text="attack"), "e1 e2 e4", id="the summary"),
        pytest.param(replace(ALL, text="attack drone"), "e4", id="all words must occur"),
        pytest.param(replace(ALL, text="attack “suicide”"), "e1 e2", id="curly quotes"),
        pytest.param(replace(ALL, text='"suicide attack"'), "e1 e2", id="a phrase"),
        pytest.param(replace(ALL, text='"attack suicide"'), "", id="a phrase has its order"),
        pytest.param(replace(ALL, text='"drone"'), "", id="a word in quotes is whole"),
        pytest.param(replace(ALL, text='"suicide att'), "", id="a phrase without its end is one"),
        pytest.param(replace(ALL, text="icide"), "", id="words are found from their start"),
        pytest.param(replace(ALL, text="russias"), "e3", id="apostrophes do not count"),
        pytest.param(replace(ALL, text="russia"), "e3", id="nor endings"),
        pytest.param(replace(ALL, text="mashal"), "e1 e2", id="an outlet"),
        pytest.param(replace(ALL, text="pais"), "e3", id="an outlet in JSON"),
        pytest.param(replace(ALL, text="ستون"), "e1 e2", id="within words that carry their articles"),
        pytest.param(replace(ALL, text="happened kabul"), "e2", id="evidence and place"),
        pytest.param(replace(ALL, text="nan none"), "", id="what is missing is not a word"),
        pytest.param(replace(ALL, text=' "" - ! '), "e1 e2 e3 e4", id="no word is no condition"),
        pytest.param(replace(ALL, text=".*"), "e1 e2 e3 e4", id="no regular expressions"),
    ],
)  # fmt: skip
def test_apply_keeps_what_meets_the_conditions(events, selection, expected):
    assert " ".join(selection.apply(events)["event_id"]) == expected
    assert " ".join(selection.apply(events, search=search_text(events))["event_id"]) == expected


def test_apply_uses_the_search_of_more_events(events):
    search = search_text(events)
    some = events[events["country_code"] != "PK"]
    assert list(replace(ALL, text="attack").apply(some, search=search)["event_id"]) == ["e2", "e4"]


def test_apply_of_no_events_is_no_events(events):
    selection = EventFilter(text="x", themes=("a",), start=date(2023, 1, 1), kinds=("site",))
    nothing = selection.apply(events.iloc[:0])
    assert len(nothing) == 0
    assert nothing.crs == events.crs


def test_apply_keeps_all_columns_and_the_coordinate_system(events):
    kept = EventFilter().apply(events)
    assert list(kept.columns) == list(events.columns)
    assert kept.crs == "EPSG:4326"


def test_to_query_of_the_default_is_empty():
    assert EventFilter().to_query() == {}


def test_to_query_writes_what_differs():
    selection = EventFilter(
        text="prison", themes=("crime", "rights"), countries=("VE",), start=date(2023, 9, 1), roles=()
    )
    assert selection.to_query() == {
        "text": ["prison"],
        "theme": ["crime", "rights"],
        "country": ["VE"],
        "start": ["2023-09-01"],
        "role": ["any"],
    }


WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
LISTS = st.lists(WORDS.filter(lambda word: word.casefold() != "any"), unique=True, max_size=4).map(tuple)
FILTERS = st.builds(
    EventFilter,
    text=st.lists(WORDS, max_size=4).map(" ".join).filter(lambda text: not text or parse_query(text)),
    themes=LISTS,
    regions=LISTS,
    countries=st.lists(st.from_regex("[A-Z]{2}", fullmatch=True), unique=True, max_size=4).map(tuple),
    start=st.none() | st.dates(max_value=date(2020, 1, 1)),
    end=st.none() | st.dates(min_value=date(2020, 1, 1)),
    roles=st.lists(st.sampled_from(["event", "context", "origin"]), unique=True).map(tuple),
    kinds=st.lists(st.sampled_from(["site", "city", "water"]), unique=True).map(tuple),
    statuses=st.lists(st.sampled_from(["automatic", "corrected"]), unique=True).map(tuple),
)


@given(FILTERS)
def test_from_query_reverses_to_query(selection):
    assert EventFilter.from_query(selection.to_query()) == (selection, ())


@given(st.dictionaries(
    st.sampled_from([criterion.name for _, criterion, _ in EventFilter.criteria()]),
    st.text(max_size=30) | st.lists(st.text(max_size=30), max_size=5),
))  # fmt: skip
def test_from_query_takes_anything(query):
    selection, _ = EventFilter.from_query(query)
    assert EventFilter.from_query(selection.to_query()) == (selection, ())


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ({"start": "2023-13-40"}, "From: “2023-13-40” is not a date; expected one like 2023-09-29"),
        ({"end": "<script>"}, "To: “<script>” is not a date; expected one like 2023-09-29"),
        ({"role": ["nonsense"]}, "Role: “nonsense” is unknown; expected one of event, context, origin"),
        ({"country": "Pakistan"}, "Country: “PAKISTAN” is not valid"),
        ({"text": "???"}, "Search: “???” holds no word that could be found"),
        ({"text": ["“”", "-"]}, "Search: ““” -” holds no word that could be found"),
    ],
)
def test_from_query_ignores_what_is_invalid_and_says_so(query, note):
    assert EventFilter.from_query(query) == (EventFilter(), (note,))


def test_from_query_keeps_the_valid_part():
    selection, notes = EventFilter.from_query({"kind": ["city", "palace", "city"], "country": "pk"})
    assert (selection.kinds, selection.countries) == (("city",), ("PK",))
    assert notes == (
        "Kind: “palace” is unknown; expected one of site, city, admin2, admin1, country, region, water",
    )


def test_from_query_ignores_a_period_that_ends_before_it_starts():
    selection, notes = EventFilter.from_query({"start": "2023-10-01", "end": "2023-09-01"})
    assert selection == EventFilter(start=date(2023, 10, 1))
    assert notes == ("To: 2023-09-01 lies before 2023-10-01; ignored",)


def test_from_query_knows_what_there_is():
    selection, notes = EventFilter.from_query(
        {"theme": ["crime", "magic"]}, known={"theme": {"crime", "rights"}}
    )
    assert selection == EventFilter(themes=("crime",))
    assert notes == ("Theme: “magic” is unknown",)


COUNTRIES = {"ML": "Mali", "MX": "Mexico", "PK": "Pakistan", "GB": "United Kingdom"}


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ({"theme": "crimes"}, "Theme: “crimes” is unknown; did you mean crime?"),
        ({"country": "Pakistan"}, "Country: “PAKISTAN” is unknown; did you mean PK (Pakistan)?"),
        ({"country": "PX"}, "Country: “PX” is unknown; did you mean PK (Pakistan) or MX (Mexico)?"),
        (
            {"country": "united kingdom"},
            "Country: “UNITED KINGDOM” is unknown; did you mean GB (United Kingdom)?",
        ),
        ({"region": "western africa"}, "Region: “western africa” is unknown; did you mean Western Africa?"),
        ({"region": "zzz"}, "Region: “zzz” is unknown"),
    ],
)
def test_from_query_names_what_is_near(query, note):
    known = {"theme": {"crime", "rights"}, "country": COUNTRIES, "region": ["Western Africa"]}
    selection, (given,) = EventFilter.from_query(query, known=known)
    assert selection == EventFilter()
    # Equally near ones may come in either order.
    assert sorted(given.replace("?", "").split()) == sorted(note.replace("?", "").split())


@pytest.mark.parametrize("name", ["مدينة", "علی", "Gəncə", "Đà Nẵng", "Kırşehir", "Ґалаґан", "Łódź", "کابل"])
def test_fold_writes_letters_as_the_gazetteer_does(name):
    assert fold(name).strip() == folding.fold(name)


def test_fold_keeps_its_own_words():
    assert fold("U.S. envoy’s end.Then … é.x a_b") == " u s envoys end then e x a b "


@pytest.mark.parametrize("empty", ["", "any", "ANY", [], [""]])
def test_from_query_takes_an_empty_role_as_no_condition(empty):
    assert EventFilter.from_query({"role": empty}) == (EventFilter(roles=()), ())


def test_from_query_leaves_other_parameters_alone():
    assert EventFilter.from_query({"zoom": "5", "page": "map"}) == (EventFilter(), ())


def test_from_query_bounds_what_it_takes():
    selection, notes = EventFilter.from_query(
        {"text": "x" * 100_000, "theme": [str(number) for number in range(10_000)]}
    )
    assert len(selection.text) == MAX_LENGTH
    assert len(selection.themes) == MAX_VALUES
    assert len(notes) == 2


def test_describe_gives_a_chip_for_each_value():
    selection = EventFilter(themes=("crime", "rights"), start=date(2023, 9, 1))
    assert selection.describe({"theme": {"crime": "Organised crime"}}) == (
        Chip("Theme", "Organised crime", EventFilter(themes=("rights",), start=date(2023, 9, 1))),
        Chip("Theme", "rights", EventFilter(themes=("crime",), start=date(2023, 9, 1))),
        Chip("From", "2023-09-01", EventFilter(themes=("crime", "rights"))),
    )


def test_describe_of_the_default_has_no_chips():
    assert EventFilter().describe() == ()


def test_describe_leads_back_to_the_default_role():
    assert EventFilter(roles=()).describe() == (Chip("Role", "any", EventFilter()),)
    assert EventFilter(roles=("origin",)).describe() == (Chip("Role", "origin", EventFilter()),)


@given(FILTERS)
def test_describe_ends_at_the_default(selection):
    for _ in range(100):
        chips = selection.describe()
        if not chips:
            break
        selection = chips[0].without
    assert selection == EventFilter()


def test_every_field_has_a_criterion_of_its_own_name():
    criteria = EventFilter.criteria()
    assert [name for name, _, _ in criteria] == [each.name for each in fields(EventFilter)]
    assert len({criterion.name for _, criterion, _ in criteria}) == len(criteria)
