from __future__ import annotations

import io
import json

import pytest

from geodata.errors import LineError, ScoringError
from geodata.scoring import PredictionFile, read_gold, read_predicted
from geodata.scoring.identity import identify

SPAN = {"start": 0, "end": 5}


def line(**document: object) -> bytes:
    return json.dumps({"id": "a", "text": "Paris it is", "toponyms": [], **document}).encode()


def gold_toponym(**more: object) -> bytes:
    return line(toponyms=[{**SPAN, "lat": 48.85, "lon": 2.35, **more}])


def test_read_gold_reads_what_people_marked():
    document = read_gold(gold_toponym(geonames_id="2988507", kind="P.PPLC", phrase="Paris"))
    assert (document.id, document.text) == ("a", "Paris it is")
    (toponym,) = document.toponyms
    assert toponym == (0, 5, 48.85, 2.35, "geonames:2988507", None, "P.PPLC")


def test_read_gold_reads_a_name_that_nobody_located():
    (toponym,) = read_gold(line(toponyms=[{**SPAN, "lat": None, "lon": None, "geonames_id": None}])).toponyms
    assert not toponym.has_coordinates
    assert toponym.place_id is None


def test_read_gold_takes_a_number_for_an_id():
    assert read_gold(line(id=7)).id == read_gold(line(id="7")).id


def test_read_gold_keeps_the_separators_within_a_text():
    assert read_gold(line(text="a\u2028b\x85c")).text == "a\u2028b\x85c"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": 1' + b"0" * 5000 + b"}", "digits"),
        (b"[1]", "expected an object"),
        (line(id=None), '"id"'),
        (line(id=True), '"id"'),
        (line(id=["a"]), '"id"'),
        (line(text=None), '"text"'),
        (line(toponyms=None), '"toponyms"'),
        (line(toponyms={}), '"toponyms"'),
        (line(toponyms=[7]), "toponym 1: no span"),
        (line(toponyms=[{"start": 0, "end": 12}]), "text of 11 characters"),
        (line(toponyms=[{"start": 5, "end": 5}]), "no span"),
        (line(toponyms=[{"start": -1, "end": 5}]), "no span"),
        (line(toponyms=[{"start": "0", "end": 5}]), "no span"),
        (line(toponyms=[{"start": False, "end": True}]), "no span"),
        (line(toponyms=[SPAN, {"start": 0, "end": None}]), "toponym 2"),
        (gold_toponym(lat="48"), '"lat" must be a number'),
        (gold_toponym(lat=True), '"lat" must be a number'),
        (gold_toponym(lat=91), "-90 to 90"),
        (gold_toponym(lat=float("nan")), '"lat"'),
        (gold_toponym(lon=10**400), "-180 to 180"),
        (gold_toponym(lon=None), "both"),
        (gold_toponym(geonames_id=2988507.0), '"geonames_id"'),
        (gold_toponym(geonames_id={"a": 1}), '"geonames_id"'),
    ],
)
def test_read_gold_says_what_is_wrong(broken, said):
    with pytest.raises(LineError, match=said) as caught:
        read_gold(broken)
    assert len(str(caught.value)) < 250


def test_read_gold_survives_odd_values_where_it_does_not_look():
    entry = {"kind": ["x"], "page": 7, "name": {}, "phrase": None, "fcode": 3}
    (toponym,) = read_gold(gold_toponym(**entry)).toponyms
    assert (toponym.country_code, toponym.kind) == (None, "")


def test_read_predicted_keeps_what_is_good_and_says_what_is_not():
    place = {"latitude": 1, "longitude": 2, "place_id": "geonames:1", "country_code": "fr", "kind": "City"}
    entries = [
        {**SPAN, **place, "score": 0.5},
        {"start": 6, "end": 99},
        {**SPAN, "latitude": 200, "longitude": 1},
        {**SPAN, "score": 1.5},
        {**SPAN, "place_id": 7},
    ]
    predicted = read_predicted(line(toponyms=entries), length=11)
    assert predicted.toponyms == ((0, 5, 1.0, 2.0, "geonames:1", "FR", "city", 0.5),)
    assert [message.partition(":")[0] for message in predicted.unusable] == [
        f"toponym {n}" for n in (2, 3, 4, 5)
    ]


# --- identity


@pytest.mark.parametrize(
    ("entry", "identity"),
    [
        ({"geonames_id": "3017382"}, ("geonames:3017382", "FR")),
        ({"geonames_id": 3017382}, ("geonames:3017382", "FR")),
        ({"geonames_id": "2988507", "kind": "P.PPLC"}, ("geonames:2988507", None)),
        ({"geonames_id": ""}, (None, None)),
        ({"phrase": "France"}, (None, None)),
        ({"phrase": "France", "kind": "COUNTRY"}, ("geonames:3017382", "FR")),
        ({"phrase": "french", "name": "France", "fcode": "PCLI"}, ("geonames:3017382", "FR")),
        ({"phrase": "the UK", "kind": "A.PCLI"}, ("geonames:2635167", "GB")),
        ({"phrase": "USA", "kind": "country"}, ("geonames:6252001", "US")),
        ({"phrase": "France", "kind": "A.PCLI", "geonames_id": "77"}, ("geonames:77", "FR")),
        ({"phrase": "Georgia", "kind": "A.ADM1"}, (None, None)),
        ({"phrase": "Africa", "kind": "L.CONT"}, ("geonames:6255146", None)),
        ({"phrase": "America", "kind": "CONTINENT"}, (None, None)),
        ({"phrase": "Atlantis", "kind": "COUNTRY"}, (None, None)),
        (
            {"phrase": "UK", "page": "https://en.wikipedia.org/wiki/United_Kingdom"},
            ("geonames:2635167", "GB"),
        ),
        ({"page": "https://en.wikipedia.org/wiki/Georgia_(country)"}, ("geonames:614540", "GE")),
        ({"page": "https://en.wikipedia.org/wiki/R%C3%A9union"}, ("geonames:935317", "RE")),
        ({"page": "https://en.wikipedia.org/wiki/Paris"}, (None, None)),
    ],
)
def test_identify_tells_countries_and_continents(entry, identity):
    assert identify(entry) == identity


# --- the file of answers


@pytest.fixture
def said():
    return []


def open_predictions(said: list, *lines: bytes) -> PredictionFile:
    return PredictionFile(io.BytesIO(b"\n".join(lines)), report=lambda *what: said.append(what))


def test_predictions_are_found_in_any_order(said):
    predictions = open_predictions(said, line(id="a"), b"", line(id="b", toponyms=[SPAN]), line(id=3))
    assert predictions.find("3", length=11).toponyms == ()
    assert [toponym[:2] for toponym in predictions.find("b", length=11).toponyms] == [(0, 5)]
    assert predictions.find("a", length=11).id == "a"
    assert predictions.find("d", length=11) is None
    assert (len(predictions), said) == (3, [])


def test_predictions_name_broken_and_doubled_lines(said):
    predictions = open_predictions(said, line(id="a", toponyms=[SPAN]), b"oops", line(id="a"))
    assert len(predictions.find("a", length=11).toponyms) == 1
    assert [number for number, _ in said] == [2, 3]
    assert "line 1 already" in said[1][1]


def test_predictions_name_answers_outside_their_text(said):
    predictions = open_predictions(
        said, line(toponyms=[SPAN, {"start": 3, "end": 8}, {"start": 9, "end": 10}])
    )
    found = predictions.find("a", length=5)
    assert (len(found.toponyms), len(found.unusable)) == (1, 2)
    ((number, message),) = said
    assert number == 1
    assert "toponym 2" in message
    assert "1 more" in message


def test_predictions_refuse_what_cannot_be_read_twice(said):
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(ScoringError, match="pipe"):
        PredictionFile(Pipe(), report=said.append)
