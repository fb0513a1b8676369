from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import geopandas
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from dashboard.area import Area, corners_of
from dashboard.columns import EventColumns
from dashboard.criteria import Note
from dashboard.filters import Chip, EventFilter
from dashboard.parameters import MAX_LENGTH, MAX_VALUES
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
    frame["world_region"] = ["Asia", "Asia", "Americas", "Africa"]
    frame["command"] = ["CENTCOM", "CENTCOM", "SOUTHCOM", "AFRICOM"]
    frame["sources"] = [(SOURCE,), (SOURCE,), json.dumps([{"outlet": "El País"}]), ()]
    frame["added"] = pd.to_datetime(
        ["2023-10-01T08:15", "2023-10-01T08:15", "2023-10-06T00:00", None], utc=True
    )
    points = [Point(66.8, 29.8), Point(69.2, 34.5), Point(-67.4, 10.1), Point(-2, 18)]
    return geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


ALL = EventFilter(roles=())


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        pytest.param(EventFilter(), "e1 e3 e4", id="by default the events' own places"),
        pytest.param(ALL, "e1 e2 e3 e4", id="all roles"),
        pytest.param(replace(ALL, themes=("rights", "crime")), "e1 e2 e3", id="any of the themes"),
        pytest.param(replace(ALL, themes=("cyber",)), "", id="a theme without events"),
        pytest.param(replace(ALL, every_theme=("rights", "terrorism")), "e1 e2", id="all of the themes"),
        pytest.param(replace(ALL, every_theme=("rights", "crime")), "", id="all of themes that never meet"),
        pytest.param(replace(ALL, without_themes=("rights",)), "e3 e4", id="without a theme"),
        pytest.param(replace(ALL, themes=("terrorism",), without_themes=("rights",)), "", id="one and not the other"),
        pytest.param(replace(ALL, regions=("Western Africa",)), "e4", id="region"),
        pytest.param(replace(ALL, regions=("Asia",)), "e1 e2", id="world region"),
        pytest.param(replace(ALL, regions=("Western Africa",), countries=("VE",)), "e3 e4", id="region or country"),
        pytest.param(replace(ALL, commands=("CENTCOM", "AFRICOM")), "e1 e2 e4", id="commands"),
        pytest.param(replace(ALL, countries=("VE",), commands=("AFRICOM",)), "", id="country and command"),
        pytest.param(replace(ALL, languages=("ps",)), "e1 e2", id="language of a source"),
        pytest.param(replace(ALL, outlets=("El País",)), "e3", id="outlet in JSON"),
        pytest.param(replace(ALL, since=datetime(2023, 10, 1, 8, 15, tzinfo=UTC)), "e1 e2 e3", id="taken in since"),
        pytest.param(replace(ALL, since=datetime(2023, 10, 1, 8, 16, tzinfo=UTC)), "e3", id="taken in later"),
        pytest.param(replace(ALL, area=((60.0, 25.0), (70.0, 25.0), (70.0, 30.0), (60.0, 30.0))), "e1", id="area"),
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
    columns = EventColumns(events).prepare()
    assert " ".join(selection.apply(events, columns=columns)["event_id"]) == expected


def test_apply_searches_the_texts_of_articles_where_they_are_known(events):
    texts = {"a1": "A long story.", "a2": "“They” fled to Mali.", "a3": ""}
    columns = EventColumns(events, texts=texts)
    assert list(replace(ALL, text='"long story"').apply(events, columns=columns)["event_id"]) == ["e1", "e2"]
    assert list(replace(ALL, text="mali").apply(events, columns=columns)["event_id"]) == ["e3", "e4"]
    # The end of one text and the start of the next are no phrase.
    assert list(replace(ALL, text='"story a prison"').apply(events, columns=columns)["event_id"]) == []


def test_an_outlet_is_offered_as_a_link_can_say_it(events):
    written = "Radio\u200cFarda \u00a0News"
    events["sources"] = [[{"outlet": written, "language": "fa"}]] * len(events)
    columns = EventColumns(events)
    (offered,) = columns.coded("outlets").values
    chosen, notes = EventFilter.from_query({"outlet": written, "role": "any"}, known={"outlet": [offered]})
    assert not notes
    assert chosen.mask(events, columns=columns).all()


def test_apply_takes_events_without_the_columns_of_this_version(events):
    older = events.drop(columns=["world_region", "command", "added"])
    assert list(replace(ALL, regions=("Western Africa",)).apply(older)["event_id"]) == ["e4"]
    assert list(replace(ALL, commands=("AFRICOM",)).apply(older)["event_id"]) == []
    assert list(replace(ALL, since=datetime(2000, 1, 1, tzinfo=UTC)).apply(older)["event_id"]) == []


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
CORNERS = st.lists(
    st.tuples(st.integers(-180_000, 180_000), st.integers(-90_000, 90_000)),
    min_size=3,
    max_size=100,
    unique=True,
)
AREAS = st.just(()) | CORNERS.map(
    lambda corners: Area("area", "Area", "").read(
        [";".join(f"{longitude / 1000},{latitude / 1000}" for longitude, latitude in corners)]
    )[0]
)
FILTERS = st.builds(
    EventFilter,
    text=st.lists(WORDS, max_size=4).map(" ".join).filter(lambda text: not text or parse_query(text)),
    themes=LISTS,
    regions=LISTS,
    countries=st.lists(st.from_regex("[A-Z]{2}", fullmatch=True), unique=True, max_size=4).map(tuple),
    every_theme=LISTS,
    without_themes=LISTS,
    commands=LISTS,
    languages=LISTS,
    outlets=LISTS,
    area=AREAS,
    since=st.none()
    | st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(second=0, microsecond=0)),
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
        (
            {"since": "yesterday"},
            "New since: “yesterday” is not a date; expected one like 2023-09-29 or 2023-09-29T08:15",
        ),
        (
            {"since": "0001-01-01T00:00+23:59"},
            "New since: “0001-01-01T00:00+23:59” is not a date; expected one like 2023-09-29 or 2023-09-29T08:15",
        ),
        ({"text": "???"}, "Search: “???” holds no word that could be found"),
        ({"text": ["“”", "-"]}, "Search: ““” -” holds no word that could be found"),
    ],
)
def test_from_query_ignores_what_is_invalid_and_says_so(query, note):
    selection, notes = EventFilter.from_query(query)
    assert (selection, [str(each) for each in notes]) == (EventFilter(), [note])


def test_from_query_keeps_the_valid_part():
    selection, notes = EventFilter.from_query({"kind": ["city", "palace", "city"], "country": "pk"})
    assert (selection.kinds, selection.countries) == (("city",), ("PK",))
    assert [str(note) for note in notes] == [
        "Precision: “palace” is unknown; expected one of site, city, admin2, admin1, country, region, water"
    ]


@pytest.mark.parametrize(
    "area",
    [
        "1,2;3,4", "1,2;3,4;", "1,2;1,2;1,2;1,2", "0,0;1,1;2,2;3,3", "1,2;3,4;5", "1,2;3,4;5,6,7", "1,2;3,4;x,y",
        "nan,0;1,0;1,1", "inf,0;1,0;1,1", "0,91;1,0;1,1", "901,0;900,1;900,2", "<script>", "0,0;0.0001,0;0,0.0001",
        ";".join(f"{number / 10},{number % 7}" for number in range(101)), "1,2;" * 1_000_000,
    ],
)  # fmt: skip
def test_from_query_ignores_what_is_no_area_and_says_so(area):
    selection, (note,) = EventFilter.from_query({"area": area})
    assert selection == EventFilter()
    assert str(note).startswith("Area: what the link draws is not an area")


@pytest.mark.parametrize(
    ("written", "corners"),
    [
        ("0,0;1.23456,0;1,1", ((0, 0), (1.235, 0), (1, 1))),
        ("0,0;1,0;1,1;0,0", ((0, 0), (1, 0), (1, 1))),
        ("0,0;0,0;1,0;1,1;", ((0, 0), (1, 0), (1, 1))),
        (" 360,0; 361,0 ;361,1", ((0, 0), (1, 0), (1, 1))),
        ("170,0;190,0;190,10", ((170, 0), (190, 0), (190, 10))),
        ("-190,0;-170,0;-170,10", ((-190, 0), (-170, 0), (-170, 10))),
    ],
)
def test_from_query_reads_an_area(written, corners):
    assert EventFilter.from_query({"area": written}) == (EventFilter(area=corners), ())


@pytest.mark.parametrize("turn", [-360, 0, 360])
def test_area_across_the_antimeridian_holds_both_sides(turn):
    events = geopandas.GeoDataFrame(
        {"role": ["event"] * 5},
        geometry=[
            Point(178.4, -18.1),
            Point(-171.8, -13.8),
            Point(0, -15),
            Point(180, -15),
            Point(-180, -15),
        ],
        crs="EPSG:4326",
    )
    written = ";".join(
        f"{longitude + turn},{latitude}"
        for longitude, latitude in [(175, -25), (190, -25), (190, -5), (175, -5)]
    )
    selection, notes = EventFilter.from_query({"area": written})
    assert notes == ()
    assert list(selection.mask(events)) == [True, True, False, True, True]


def test_area_that_was_drawn_is_kept_as_a_link_says_it():
    drawn = corners_of([(365.00004, 1), (366, 1), (366, 2.12345), (365, 1)])
    assert drawn == ((5, 1), (6, 1), (6, 2.123))
    selection = EventFilter(area=drawn)
    assert selection.to_query() == {"area": ["5,1;6,1;6,2.123"]}
    assert EventFilter.from_query(selection.to_query()) == (selection, ())
    assert (
        corners_of([(0, 0), (1, 1), (2, 2)]) == corners_of([]) == corners_of([(0, 0), (0, 100), (1, 1)]) == ()
    )


def test_area_whose_lines_cross_holds_both_of_its_parts(events):
    bow = ((60.0, 25.0), (70.0, 36.0), (70.0, 25.0), (60.0, 36.0))
    assert list(replace(ALL, area=bow).apply(events)["event_id"]) == ["e1", "e2"]


def test_from_query_ignores_a_period_that_ends_before_it_starts():
    selection, notes = EventFilter.from_query({"start": "2023-10-01", "end": "2023-09-01"})
    assert selection == EventFilter(start=date(2023, 10, 1))
    assert notes == (Note("To: 2023-09-01 lies before 2023-10-01; ignored"),)


def test_from_query_knows_what_there_is():
    selection, notes = EventFilter.from_query(
        {"theme": ["crime", "magic"]}, known={"theme": {"crime", "rights"}}
    )
    assert selection == EventFilter(themes=("crime",))
    assert notes == (Note("Theme: “magic” is unknown", "theme “magic”"),)


@pytest.mark.parametrize("given", ["centcom", "CentCom", "CENTCOM"])
def test_from_query_takes_a_command_in_any_case(given):
    known = {"command": ["CENTCOM", "Home Command"]}
    assert EventFilter.from_query({"command": given}, known=known) == (EventFilter(commands=("CENTCOM",)), ())
    selection, _ = EventFilter.from_query({"command": "home command"}, known=known)
    assert selection.commands == ("Home Command",)
    selection, (note,) = EventFilter.from_query({"command": f"{given}x"}, known=known)
    assert selection == EventFilter()
    assert f"“{given}x” is unknown" in str(note)


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
    assert sorted(str(given).replace("?", "").split()) == sorted(note.replace("?", "").split())


class Unsearchable(dict):
    """Values among which one can be looked up, and not what is near it."""

    def __iter__(self):
        raise AssertionError("what is near was looked for, and nobody has asked")


def test_from_query_looks_for_what_is_near_when_the_note_is_read():
    # Among the outlets of a large collection it takes seconds, and a page does not say it.
    _, (note,) = EventFilter.from_query({"outlet": "Dwan"}, known={"outlet": Unsearchable(Dawn="Dawn")})
    assert note == Note("Outlet: “Dwan” is unknown", "outlet “Dwan”")
    with pytest.raises(AssertionError, match="nobody has asked"):
        str(note)


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
        Chip("Theme", "Organised crime", "themes", "crime"),
        Chip("Theme", "rights", "themes", "rights"),
        Chip("From", "1 Sep 2023", "start", "2023-09-01"),
    )


@pytest.mark.parametrize(
    ("field", "part", "left"),
    [
        ("themes", "crime", EventFilter(themes=("rights",), start=date(2023, 9, 1))),
        ("themes", "rights", EventFilter(themes=("crime",), start=date(2023, 9, 1))),
        ("start", "2023-09-01", EventFilter(themes=("crime", "rights"))),
    ],
)
def test_without_takes_one_part_away(field, part, left):
    assert EventFilter(themes=("crime", "rights"), start=date(2023, 9, 1)).without(field, part) == left


@pytest.mark.parametrize(
    ("field", "part"), [("themes", "cyber"), ("start", "2023-09-02"), ("text", "drone"), ("roles", "origin")]
)
def test_without_what_is_not_there_is_the_same(field, part):
    selection = EventFilter(themes=("crime",), start=date(2023, 9, 1), roles=())
    assert selection.without(field, part) == selection


def test_describe_calls_an_area_by_no_numbers():
    triangle = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    (chip,) = EventFilter(area=triangle).describe()
    assert (chip.name, chip.value) == ("Area", "drawn on the map")


@pytest.mark.parametrize("words", ["20230929", "2023-09-29Topic", "2023-W05", "any", "everything"])
def test_describe_shows_a_search_as_it_was_typed(words):
    assert [chip.value for chip in EventFilter(text=words).describe()] == [words]


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2023, 9, 29, tzinfo=UTC), "29 Sep 2023"),
        (datetime(2023, 9, 29, 8, 15, tzinfo=UTC), "29 Sep 2023, 08:15 UTC"),
    ],
)
def test_describe_shows_a_moment_in_utc(moment, shown):
    (chip,) = EventFilter(since=moment).describe()
    assert (chip.name, chip.value) == ("New since", shown)


def test_describe_of_the_default_has_no_chips():
    assert EventFilter().describe() == ()


@pytest.mark.parametrize(("roles", "shown"), [((), "everything"), (("origin",), "origin")])
def test_chip_of_a_role_leads_back_to_the_default(roles, shown):
    (chip,) = EventFilter(roles=roles).describe()
    assert chip.value == shown
    assert EventFilter(roles=roles).without(chip.field, chip.part) == EventFilter()


@given(FILTERS)
def test_chips_taken_away_one_by_one_lead_to_the_default(selection):
    for _ in range(100):
        chips = selection.describe()
        if not chips:
            break
        selection = selection.without(chips[0].field, chips[0].part)
    assert selection == EventFilter()


def test_every_field_has_a_criterion_of_its_own_name():
    criteria = EventFilter.criteria()
    assert [name for name, _, _ in criteria] == [each.name for each in fields(EventFilter)]
    assert len({criterion.name for _, criterion, _ in criteria}) == len(criteria)
