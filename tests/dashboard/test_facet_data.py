"""What the panel shows of a filter, and what it takes from the browser."""

from __future__ import annotations

import pytest

from dashboard.cards import ROLES
from dashboard.filters import EventFilter
from dashboard.views.facet_data import FIELDS, MOST_VALUES, panel_data, place_rows, read_choice
from geodata.regions import CountryRegion

REGIONS = {
    home.country_code: home
    for home in (
        CountryRegion("AF", "Asia", "Southern Asia", "CENTCOM"),
        CountryRegion("AQ", "Antarctica", "Antarctica", "INDOPACOM"),
        CountryRegion("ML", "Africa", "Western Africa", "AFRICOM"),
        CountryRegion("NE", "Africa", "Western Africa", "AFRICOM"),
        CountryRegion("EG", "Africa", "Northern Africa", "CENTCOM"),
        CountryRegion("ZA", "Africa", "Southern Africa", "AFRICOM"),
    )
}
COUNTRIES = {"AF": "Afghanistan", "AQ": "Antarctica", "ML": "Mali", "NE": "Niger", "EG": "Egypt"}
COUNTS = {
    "themes": {"crime": 2},
    "world_region": {"Africa": 3, "Asia": 0, "Antarctica": 1},
    "region": {"Western Africa": 2, "Northern Africa": 1, "Southern Asia": 0, "Antarctica": 1},
    "country_code": {"NE": 1, "ML": 1, "EG": 1, "AF": 0, "AQ": 1},
    "command": {"AFRICOM": 2, "CENTCOM": 1, "INDOPACOM": 0},
    "kind": {"country": 1, "site": 2},
    "role": {"context": 4, "event": 9},
    "language": {"ps": 1, "fr": 3, "xx": 2},
    "outlet": {f"Outlet {number}": number for number in range(500)},
}


def rows(chosen: EventFilter) -> list[str]:
    found = place_rows(COUNTS, chosen, regions=REGIONS, countries=COUNTRIES)
    return [f"{'.' * depth}{name} {count}" for _, _, name, count, depth in found]


def groups(chosen: EventFilter) -> dict:
    data = panel_data(COUNTS, chosen, styles={}, regions=REGIONS, countries=COUNTRIES)
    return {parameter: (entries, left) for parameter, _, entries, left, _ in data["groups"]}


def test_places_are_a_tree_of_what_there_is() -> None:
    assert rows(EventFilter()) == [
        "Africa 3", ".Northern Africa 1", "..Egypt 1", ".Western Africa 2", "..Mali 1", "..Niger 1",
        "Antarctica 1", "..Antarctica 1",
    ]  # fmt: skip


def test_chosen_places_stay_although_nothing_is_there() -> None:
    assert rows(EventFilter(countries=("AF",)))[-3:] == ["Asia 0", ".Southern Asia 0", "..Afghanistan 0"]
    assert rows(EventFilter(regions=("Southern Asia",)))[-2:] == ["Asia 0", ".Southern Asia 0"]


def test_choosing_a_region_brings_no_row_that_has_nothing() -> None:
    assert rows(EventFilter(regions=("Africa",))) == rows(EventFilter())
    assert rows(EventFilter(regions=("Asia",)))[-1] == "Asia 0"


def test_values_come_with_the_most_events_first_or_in_their_order() -> None:
    found = groups(EventFilter(commands=("INDOPACOM",)))
    assert found["command"] == (
        [["AFRICOM", "AFRICOM", 2], ["CENTCOM", "CENTCOM", 1], ["INDOPACOM", "INDOPACOM", 0]],
        0,
    )
    assert [name for _, name, _ in found["kind"][0]] == ["Site", "Country"]
    assert [name for _, name, _ in found["role"][0]] == ["Happened here", "Mentioned"]
    assert [name for _, name, _ in found["language"][0]] == ["French", "xx", "Pashto"]


def test_many_values_are_cut_to_those_with_the_most_events_and_the_chosen() -> None:
    entries, left = groups(EventFilter(outlets=("Outlet 3", "Unheard of")))["outlet"]
    assert [value for value, _, _ in entries[:2]] == ["Outlet 499", "Outlet 498"]
    assert [value for value, _, _ in entries[MOST_VALUES:]] == ["Outlet 3", "Unheard of"]
    assert len(entries) + left == 500


def test_group_that_events_have_values_of_exists_though_none_is_left() -> None:
    counts = {**COUNTS, "command": {"AFRICOM": 0}, "language": {}}
    data = panel_data(counts, EventFilter(), styles={}, regions=REGIONS, countries=COUNTRIES)
    found = {parameter: (entries, exists) for parameter, _, entries, _, exists in data["groups"]}
    assert (found["command"], found["language"]) == (([], True), ([], False))


def test_without_a_role_every_role_is_chosen() -> None:
    data = panel_data(COUNTS, EventFilter(roles=()), styles={}, regions=REGIONS, countries=COUNTRIES)
    assert data["chosen"]["role"] == list(ROLES)


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        ({"theme": ["a", "b"], "theme-not": []}, {"themes": ("a", "b"), "without_themes": ()}),
        ({"role": ["event", "context", "origin"]}, {"roles": ()}),
        ({"role": []}, {"roles": ()}),
        ({"country": ["pk", "<b>", 7, None]}, {"countries": ("PK",)}),
        ({"since": ["soon"]}, {"since": None}),
        ({"area": ["0,0;1,0;1,1"], "text": ["x"], "nonsense": ["y"], "theme": "a"}, {}),
    ],
)
def test_choice_is_read_and_what_is_none_passed_over(sent, changes) -> None:
    assert read_choice(sent) == changes


def test_every_parameter_of_the_panel_is_the_filters() -> None:
    names = {name: criterion.name for name, criterion, _ in EventFilter.criteria()}
    assert {names[field]: field for field in FIELDS.values()} == FIELDS
