"""The table and the event layer: what is sent, how large it is, and that nothing on its way can break it."""

from __future__ import annotations

import base64
import gzip
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.cards import card_of, date_words, explain, score_words
from dashboard.map import BaseMap, EventLayer, Tiles, base_map, card_values, encode_table
from dashboard.map.embedding import embed
from dashboard.map.layer import encode_mask
from dashboard.map.table import country_number
from dashboard.palette import DOUBTFUL_BELOW, style_themes
from dashboard.searching import parse_query

STYLES = style_themes([("cyber", "Cyber"), ("maritime", "Maritime")])


def make_event(**changes) -> dict:
    event = {
        "event_id": "e1", "article_id": "a1", "title": "A title", "published": pd.Timestamp("2023-09-29"),
        "themes": ("cyber",), "summary": "What happened.", "evidence": "It was in Mastung.[ii]",
        "evidence_start": 10, "evidence_end": 17, "phrase": "Mastung", "mentions": 6, "place_id": "geonames:1",
        "place_name": "Mastung", "place_label": "Mastung, Balochistan, Pakistan", "kind": "city", "country_code": "PK",
        "country": "Pakistan", "region": "Southern Asia", "precision": "city, within 5 km", "radius_km": 5.0,
        "role": "event", "score": 0.97, "status": "automatic", "reasons": ("Balochistan contains it",),
        "alternatives": ("Mustang, Nepal (2%)",),
        "sources": ({"outlet": "Mashal Radio", "title": "T", "url": "https://example.org", "language": "ps", "published": "2023-09-29"},),
        "longitude": 66.8455, "latitude": 29.7997,
    }  # fmt: skip
    return {**event, **changes}


def make_events(*rows: dict) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(rows or (make_event(),))
    points = gpd.points_from_xy(frame.pop("longitude"), frame.pop("latitude"), crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=points)


def encode(events: gpd.GeoDataFrame) -> list:
    return json.loads(gzip.decompress(encode_table(events, STYLES, article_url="articles?article=")))


def test_table_holds_latitudes_longitudes_and_the_shape_of_the_kind() -> None:
    rows = [
        make_event(place_id=kind, event_id=kind, kind=kind)
        for kind in ("site", "city", "admin1", "water", "country")
    ]
    _, _, shapes, latitudes, longitudes, _, countries = encode(make_events(*rows))[2]
    assert shapes == ["pin", "pin", "ring", "ring", "badge"]
    assert (latitudes[0], longitudes[0]) == (29.7997, 66.8455)
    assert countries == ["586"] * 5


def test_table_holds_what_events_share_once() -> None:
    rows = [make_event(event_id=str(number), place_id=f"p{number % 3}") for number in range(9)]
    _, articles, places, _, events, url = encode(make_events(*rows))
    assert (len(articles[0]), len(places[0]), len(events[0]), url) == (1, 3, 9, "articles?article=")
    assert events[2] == [0, 1, 2] * 3


def test_table_marks_doubt_below_one_half_only() -> None:
    rows = [make_event(event_id=str(score), score=score) for score in (0.49, 0.5)]
    assert encode(make_events(*rows))[4][4] == [1, 0]


def test_table_gives_events_without_date_or_theme_their_place() -> None:
    themes, articles, *_ = encode(make_events(make_event(published=pd.NaT, themes=("gone",))))
    assert [themes[index][0] for index in articles[3][0]] == ["No theme"]
    assert articles[2] == [""]


def test_table_names_a_role_that_it_does_not_know() -> None:
    roles, events = encode(make_events(make_event(role="rumour")))[3:5]
    assert roles[events[3][0]] == ["rumour", "rumour"]


def test_table_holds_no_text_of_a_popup_and_is_the_same_for_equal_events() -> None:
    first, second = (encode_table(make_events(), STYLES, article_url="") for _ in range(2))
    assert first == second
    text = gzip.decompress(first).decode()
    assert "A title" in text
    assert not [words for words in ("What happened", "It was in", "contains it", "Mashal") if words in text]


def test_card_values_hold_the_texts_in_the_browsers_order() -> None:
    card = card_values(card_of(next(make_events().itertuples(index=False))))
    assert json.loads(embed(card))[:3] == ["e1", ["A title"], ["What happened."]]


def test_card_values_tell_what_is_searched_apart() -> None:
    card = card_values(card_of(next(make_events().itertuples(index=False))), parse_query("HAPPENED"))
    assert card[2] == ["What ", "happened", "."]
    assert card_values(card_of(next(make_events().itertuples(index=False))), parse_query("title"))[1] == [
        "A ",
        "title",
        "",
    ]


def test_ten_thousand_events_stay_below_one_and_a_half_megabytes() -> None:
    rows = [
        make_event(event_id=f"{number:012x}", article_id=f"{number // 3:016x}", place_id=f"geonames:{number % 900}",
                   title=f"{number // 3} A title of the usual length, which is about ninety characters with all its words")
        for number in range(10_000)
    ]  # fmt: skip
    table = encode_table(make_events(*rows), STYLES, article_url="")
    assert len(gzip.decompress(table)) <= 1_500_000


@pytest.mark.parametrize("number", [1, 7, 8, 9, 1000])
def test_mask_is_written_eight_rows_a_byte_the_first_in_the_lowest_bit(number: int) -> None:
    mask = np.arange(number) % 3 == 1
    bits = base64.b64decode(encode_mask(mask))
    assert len(bits) == -(-number // 8)
    assert [bool(bits[row >> 3] >> (row & 7) & 1) for row in range(number)] == mask.tolist()


def test_mask_of_every_row_is_empty_and_of_none_is_not() -> None:
    assert encode_mask(np.ones(20, dtype=bool)) == ""
    assert set(base64.b64decode(encode_mask(np.zeros(20, dtype=bool)))) == {0}


def test_change_of_a_filter_sends_two_kilobytes_at_ten_thousand_events() -> None:
    mask = np.arange(10_000) % 2 == 0
    assert len(EventLayer("../../media/0123456789abcdef.gz", mask).payload) < 2_000


def test_equal_filters_give_equal_layers_in_whatever_order_they_were_chosen() -> None:
    mask = np.array([True, False])
    first = EventLayer("t", mask, asked=[3, 1], places=(("Asia", "Africa"), ("PK",), ()))
    second = EventLayer("t", mask, asked=[1, 3], places=(("Africa", "Asia"), ("PK",), ()))
    assert first.payload == second.payload
    assert json.loads(first.payload)[4:] == [[1, 3], [["Africa", "Asia"], ["PK"], []]]


@pytest.mark.parametrize(
    "text",
    [
        "${alert(1)}", "`", "</script>", "<img src=x onerror=alert(1)>", r"C:\2019", "\\", "\\\\n", '"', "'", "{{ 7*7 }}",
        "{% raw %}", "line\u2028end\u2029", "map_div feature_group_feature_group_0 _0a1b", "تاریخ", "😀", "\u202e",
    ],
)  # fmt: skip
def test_embed_gives_back_the_very_text_in_harmless_characters(text: str) -> None:
    embedded = embed([text])
    assert json.loads(embedded) == [text]
    assert embedded.isascii()
    assert not set(embedded) & set("<>&'`${}_")


def test_embed_replaces_halves_of_surrogate_pairs() -> None:
    assert json.loads(embed(["a\ud800b"])) == ["a\ufffdb"]


def test_embed_refuses_dictionaries() -> None:
    with pytest.raises(TypeError, match="lists all the way down"):
        embed([{"a": 1}])


def test_layer_survives_what_streamlit_folium_does_to_scripts() -> None:
    import streamlit_folium

    table = "map_div _0a1b2c ${x} `y` {{ 'z' }} </script> C:\\2019"
    figure = base_map()
    figure.get_root().render()
    streamlit_folium._get_map_string(figure)
    layer = EventLayer(table, np.array([True, False]), [(170.5, -10.0), (190.0, 0.0), (180.0, 10.0)])
    script = streamlit_folium._get_feature_group_string(layer, figure)
    assert "window.dateline.events(map_div, [" in script
    assert "var feature_group_feature_group_0" in script
    payload = re.search(r"events\(map_div, (\[.*\])\);", script)[1]
    assert json.loads(payload) == [table, 2, "AQ==", [[170.5, -10.0], [190.0, 0.0], [180.0, 10.0]], [], []]


def test_base_map_has_the_same_script_on_every_run_and_loads_own_files_only() -> None:
    import streamlit_folium

    keys = set()
    for _ in range(2):
        figure = base_map()
        figure.get_root().render()
        keys.add(streamlit_folium.generate_js_hash(streamlit_folium._get_map_string(figure)))
    assert len(keys) == 1
    urls = [url for _, url in BaseMap.default_js + BaseMap.default_css]
    assert all(url.startswith("../../app/static/") for url in urls)


def test_tiles_are_offered_only_where_they_are_configured() -> None:
    assert "tiles.example" not in base_map().get_root().render()
    assert (
        "tiles.example"
        in base_map(Tiles("https://tiles.example/{z}/{x}/{y}.png", "© people")).get_root().render()
    )


@pytest.mark.parametrize(("code", "number"), [("ML", "466"), ("XK", "Kosovo"), ("", ""), ("ZZ", "")])
def test_country_number_names_the_shape(code: str, number: str) -> None:
    assert country_number(code) == number


def test_explain_says_where_in_the_article_the_sentence_stands() -> None:
    (event,) = make_events(make_event(section="excerpt")).itertuples(index=False)
    assert "this sentence stands in the excerpt of a source" in explain(event)


def test_explain_names_reasons_runner_up_and_certainty() -> None:
    event = next(make_events().itertuples(index=False))
    assert (
        explain(event)
        == "named 6 times; Balochistan contains it; runner-up: Mustang, Nepal (2%); 97% sure of the place"
    )
    sure = next(make_events(make_event(score=0.9999)).itertuples(index=False))
    assert explain(sure).endswith("over 99% sure of the place")


def test_card_has_the_evidence_in_parts_without_marks_of_notes() -> None:
    card = card_of(next(make_events().itertuples(index=False)))
    assert card.evidence == ("It was in ", "Mastung", ".")
    assert card.sources == (("Mashal Radio (Pashto, 29 Sep 2023)", "https://example.org", "T"),)


def test_date_words_reads_as_people_write_it() -> None:
    assert date_words(pd.Timestamp("2023-09-01")) == "1 Sep 2023"
    assert date_words(pd.NaT) == date_words(None) == ""


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.4999, "49%"),
        (DOUBTFUL_BELOW, "50%"),
        (0.6999, "69%"),
        (0.29, "29%"),
        (0.99, "99%"),
        (0.9901, "over 99%"),
        (1.0, "over 99%"),
        (0.001, "0%"),
    ],
)
def test_score_words_never_say_more_than_there_is(score, words):
    assert score_words(score) == words
