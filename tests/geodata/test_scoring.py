from __future__ import annotations

import json
import math
import random

import pytest

from geodata.model import Kind, Mention, Place, Resolution
from geodata.scoring import GoldDocument, GoldToponym, Prediction, Scorer, read_predicted
from geodata.scoring.calibration import CalibrationTally
from geodata.scoring.figures import LIMIT_KM, PrecisionRecall, Tally, area_under_curve
from geodata.scoring.matching import count_strict, match_lenient, match_spans
from geodata.scoring.toponyms import error_km, is_identical

PARIS = GoldToponym(0, 5, 48.85, 2.35, "geonames:2988507", kind="city")
FRANCE = GoldToponym(10, 16, 46.0, 2.0, "geonames:3017382", "FR", "country")
NOWHERE = GoldToponym(20, 26, kind="site")
HERE = GoldToponym(30, 34, 0.0, 0.0, kind="site")
THERE = GoldToponym(40, 45, 5.0, 5.0, kind="site")
TEXT = "Paris and France, somewhere; and Here, and There, and more."

DEGREE_KM = 111.19508
"""A degree of a great circle on a sphere of 6371.0088 km."""


def document(*toponyms: GoldToponym, name: str = "a") -> GoldDocument:
    return GoldDocument(name, TEXT, toponyms)


def marked(*spans: tuple[int, int]) -> list[GoldToponym]:
    return [GoldToponym(*span) for span in spans]


def found(*spans: tuple[int, int]) -> list[Prediction]:
    return [Prediction(*span) for span in spans]


def scaled(kilometres: float) -> float:
    return math.log(1 + kilometres) / math.log(1 + 20038)


# --- pairing


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs"),
    [
        pytest.param([(0, 4)], [(0, 4)], {0: 0}, id="same"),
        pytest.param([(0, 4)], [(4, 9)], {}, id="touching is no overlap"),
        pytest.param([(0, 4)], [(3, 9)], {0: 0}, id="one character"),
        pytest.param([(2, 5), (6, 8)], [(0, 10), (2, 5)], {0: 1, 1: 0}, id="equal spans first"),
        pytest.param([(0, 4)], [(0, 1), (1, 9)], {0: 1}, id="then the longest overlap"),
        pytest.param([(0, 4), (5, 9)], [(0, 9)], {0: 0}, id="one answer for one name, the leftmost"),
        pytest.param([(0, 9)], [(0, 4), (5, 9)], {0: 0}, id="one name for one answer, the leftmost"),
        pytest.param([(0, 30), (10, 12)], [(20, 25), (11, 15)], {0: 0, 1: 1}, id="a name within a name"),
        pytest.param([(5, 6), (0, 9)], [(7, 8)], {1: 0}, id="names in any order"),
        pytest.param([(0, 4), (0, 4)], [(0, 4)], {0: 0}, id="marked twice, answered once"),
        pytest.param([], [(0, 4)], {}, id="nothing marked"),
        pytest.param([(0, 4)], [], {}, id="nothing found"),
    ],
)
def test_match_lenient_pairs_by_overlap(gold, predicted, pairs):
    assert match_lenient(marked(*gold), found(*predicted)) == pairs


def test_match_lenient_agrees_with_a_comparison_of_all_pairs():
    chance = random.Random(5)

    def spans() -> list[tuple[int, int]]:
        starts = [chance.randrange(60) for _ in range(chance.randrange(12))]
        return [(start, start + chance.randrange(1, 20)) for start in starts]

    for _ in range(300):
        gold, predicted = marked(*spans()), found(*spans())
        every = sorted(
            (
                one[:2] != other[:2],
                max(one.start, other.start) - min(one.end, other.end),
                one[:2],
                other[:2],
                i,
                j,
            )
            for i, one in enumerate(gold)
            for j, other in enumerate(predicted)
            if max(one.start, other.start) < min(one.end, other.end)
        )
        expected: dict[int, int] = {}
        for *_, i, j in every:
            if i not in expected and j not in expected.values():
                expected[i] = j
        assert match_lenient(gold, predicted) == expected


def test_match_lenient_does_not_compare_all_with_all():
    count = 20_000
    spans = [(10 * number, 10 * number + 5) for number in range(count)]
    assert len(match_lenient(marked(*spans), found(*spans))) == count


def test_count_strict_takes_an_answer_once():
    assert count_strict(marked((0, 4), (0, 4), (5, 9)), found((0, 4), (5, 8), (0, 4), (0, 4))) == 2


def test_match_spans_lets_names_marked_twice_share_an_answer():
    assert match_spans(marked((0, 4), (0, 4), (5, 9)), found((0, 4), (5, 8))) == {0: 0, 1: 0}


def test_match_spans_takes_the_first_of_two_answers():
    assert match_spans(marked((0, 4)), found((0, 4), (0, 4))) == {0: 0}


# --- errors


@pytest.mark.parametrize(
    ("gold", "prediction", "error"),
    [
        pytest.param(HERE, Prediction(30, 34, 0.0, 1.0), DEGREE_KM, id="distance"),
        pytest.param(HERE, Prediction(30, 34), None, id="not placed"),
        pytest.param(HERE, None, None, id="not found"),
        pytest.param(PARIS, Prediction(0, 5, 0.0, 0.0, "geonames:2988507"), 0.0, id="the very place"),
        pytest.param(PARIS, Prediction(0, 5, place_id="geonames:2988507"), 0.0, id="without a point"),
        pytest.param(
            FRANCE, Prediction(10, 16, 0.0, 2.0, "x:1", "FR", "country"), 0.0, id="the same country"
        ),
        pytest.param(
            FRANCE, Prediction(10, 16, 47.0, 2.0, "x:1", "FR", "city"), DEGREE_KM, id="a city of the country"
        ),
        pytest.param(
            FRANCE, Prediction(10, 16, 47.0, 2.0, "x:1", "DE", "country"), DEGREE_KM, id="another country"
        ),
        pytest.param(
            GoldToponym(0, 5, 48.0, 2.0, "geonames:2988507"),
            Prediction(0, 5, 47.0, 2.0, "x:1", "FR", "country"),
            DEGREE_KM,
            id="the country of a city",
        ),
    ],
)
def test_error_is_distance_unless_identical(gold, prediction, error):
    assert error_km(gold, prediction) == (None if error is None else pytest.approx(error, rel=1e-6))


def test_unknown_places_are_not_identical():
    assert not is_identical(HERE, Prediction(30, 34, 1.0, 1.0))


@pytest.mark.parametrize(
    ("errors", "area"),
    [
        ([], None),
        ([0.0], 0.0),
        ([LIMIT_KM], 1.0),
        ([30_000.0, LIMIT_KM], 1.0),
        ([0.0, LIMIT_KM], 0.5),
        # Two trapezoids, of 0 to a and of a to b.
        ([500.0, 0.0, 20.0], (scaled(20.0) / 2 + (scaled(20.0) + scaled(500.0)) / 2) / 2),
    ],
)
def test_area_under_curve(errors, area):
    assert area_under_curve(errors) == (None if area is None else pytest.approx(area))


def test_precision_recall_of_nothing_is_nothing():
    nothing = PrecisionRecall(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert PrecisionRecall(0, 5, 0).f1 == 0.0


def test_tally_holds_161_km_for_right_and_more_for_wrong():
    tally = Tally()
    for kilometres in (160.99, 161.01):
        answer = Prediction(30, 34, 0.0, kilometres / DEGREE_KM)
        assert tally.add(HERE, answer) is (kilometres < 161)
    assert tally.resolution().accuracy_161 == 0.5


def test_tally_credits_identity_only_where_distance_would_not_do():
    tally = Tally()
    for latitude in (46.0 + 160 / DEGREE_KM, 46.0 + 162 / DEGREE_KM, None):
        longitude = None if latitude is None else 2.0
        assert tally.add(FRANCE, Prediction(10, 16, latitude, longitude, "geonames:3017382"))
    assert tally.resolution().correct_by_identity_only == 2


# --- the whole


@pytest.fixture
def score():
    """Two documents with each case once; the figures below are worked out by hand."""
    scorer = Scorer()
    scorer.add(
        document(PARIS, FRANCE, NOWHERE, HERE),
        [
            Prediction(0, 5, place_id="geonames:2988507", kind="city", score=0.96),  # 0 km by identity
            Prediction(9, 16, 48.8, 2.3, "x:1", "FR", "country", 0.92),  # 312 km, but the country
            Prediction(20, 26, 1.0, 1.0, "x:2", "NG", "site", 0.99),  # nobody said where it lies
            Prediction(30, 34, 0.0, 1.0, "x:3", "NG", "site", 0.6),  # one degree: right
            Prediction(50, 54, 9.0, 9.0, "x:4", "NG", "city", 0.3),  # marked by nobody
        ],
    )
    scorer.add(document(HERE, THERE, name="b"), [Prediction(30, 34, 2.0, 0.0, "x:5", "GH", "site", 0.5)])
    scorer.add(document(name="c"), None)
    return scorer.score()


def test_score_counts(score):
    assert (score.documents, score.documents_without_prediction) == (3, 1)
    assert (score.gold_toponyms, score.predicted_toponyms) == (6, 6)


def test_score_of_recognition(score):
    assert score.recognition_strict == PrecisionRecall(4, 6, 6)
    assert score.recognition_lenient == PrecisionRecall(5, 6, 6)
    assert score.recognition_lenient.f1 == pytest.approx(5 / 6)


def test_score_end_to_end(score):
    assert score.end_to_end_161 == PrecisionRecall(3, 6, 5)
    assert score.end_to_end_161.f1 == pytest.approx(6 / 11)
    assert score.end_to_end_161_scorable == PrecisionRecall(3, 5, 5)


def test_score_of_resolution(score):
    figures = score.resolution
    assert (figures.toponyms, figures.answered, figures.correct) == (5, 4, 3)
    assert figures.correct_by_identity_only == 2
    assert figures.accuracy_161 == pytest.approx(3 / 5)
    assert figures.accuracy_161_answered == pytest.approx(3 / 4)
    assert figures.accuracy_161_distance_only == pytest.approx(1 / 5)
    assert figures.mean_km == pytest.approx(3 * DEGREE_KM / 4, rel=1e-6)
    assert figures.median_km == pytest.approx(DEGREE_KM / 2, rel=1e-6)
    one, two = scaled(DEGREE_KM), scaled(2 * DEGREE_KM)
    assert figures.auc == pytest.approx((one + two / 2) / 3)
    assert figures.auc_unanswered_at_limit == pytest.approx((one + two + 0.5) / 4)


def test_score_by_kind_of_the_corpus(score):
    assert score.is_by_gold_kind
    assert [(each.kind, each.toponyms, each.matched) for each in score.by_kind] == [
        ("site", 4, 3),
        ("city", 1, 1),
        ("country", 1, 1),
    ]
    sites = score.by_kind[0].resolution
    assert (sites.toponyms, sites.answered, sites.correct) == (3, 2, 1)


def test_score_by_kind_of_the_answers_where_the_corpus_names_none():
    scorer = Scorer()
    bare = [toponym._replace(kind="") for toponym in (PARIS, HERE)]
    scorer.add(document(*bare), [Prediction(0, 5, 48.9, 2.3, "x:1", "FR", "city")])
    score = scorer.score()
    assert not score.is_by_gold_kind
    assert [(each.kind, each.toponyms) for each in score.by_kind] == [("", 1), ("city", 1)]


def test_score_of_calibration(score):
    calibration = score.calibration
    # Neither what nobody marked nor what nobody located can be judged.
    assert calibration.count == 4
    assert [(each.low, each.count, each.share_right) for each in calibration.bins if each.count] == [
        (0.5, 2, 0.5),
        (0.9, 1, 1.0),
        (0.95, 1, 1.0),
    ]
    assert calibration.expected_error == pytest.approx((2 * abs(0.55 - 0.5) + 0.08 + 0.04) / 4)
    at_nine = next(each for each in calibration.thresholds if each.score == 0.9)
    assert (at_nine.count, at_nine.share_right) == (2, 1.0)
    assert at_nine.share_answered == pytest.approx(2 / 5)


def test_unusable_answers_count_as_wrong():
    scorer = Scorer()
    scorer.add(document(PARIS), [], unusable=2)
    assert scorer.score().recognition_lenient == PrecisionRecall(0, 2, 1)
    assert scorer.score().end_to_end_161_scorable == PrecisionRecall(0, 2, 1)


def test_gold_spans_judge_no_recognition():
    scorer = Scorer(gold_spans=True)
    scorer.add(document(PARIS, HERE), [Prediction(0, 5, 48.9, 2.3), Prediction(29, 34, 0.0, 0.0)])
    score = scorer.score()
    assert score.recognition_strict is None
    assert score.end_to_end_161 is None
    assert "recognition_strict" not in score.to_json()
    # The second answer is to another span.
    assert (score.resolution.answered, score.resolution.correct) == (1, 1)


def test_score_of_nothing_has_no_figures():
    score = Scorer().score()
    assert score.resolution.accuracy_161 is None
    assert score.resolution.auc is None
    assert score.calibration.expected_error is None
    assert score.by_kind == ()


# --- calibration


@pytest.mark.parametrize(
    ("value", "low"),
    [(0.0, 0.0), (0.4999, 0.0), (0.5, 0.5), (0.8999, 0.8), (0.9, 0.9), (0.95, 0.95), (1.0, 0.95)],
)
def test_calibration_puts_a_border_into_the_class_above(value, low):
    tally = CalibrationTally()
    tally.add(value, is_right=True)
    assert [each.low for each in tally.calibration(toponyms=1).bins if each.count] == [low]


def test_calibration_of_honest_scores_has_no_error():
    tally = CalibrationTally()
    for number in range(10):
        tally.add(0.9, is_right=number > 0)
    assert tally.calibration(toponyms=10).expected_error == pytest.approx(0.0)


def test_calibration_of_boastful_scores_has_their_excess():
    tally = CalibrationTally()
    for number in range(10):
        tally.add(0.9, is_right=number < 4)
    calibration = tally.calibration(toponyms=20)
    assert calibration.expected_error == pytest.approx(0.5)
    assert [(each.score, each.count, each.share_answered) for each in calibration.thresholds] == [
        (0.5, 10, 0.5),
        (0.7, 10, 0.5),
        (0.8, 10, 0.5),
        (0.9, 10, 0.5),
        (0.95, 0, 0.0),
    ]


# --- from the geoparser


def test_prediction_of_a_resolution_is_what_its_line_says():
    place = Place("geonames:1170706", "Mastung", Kind.CITY, 29.7997, 66.8455, "PK", "Balochistan")
    for at in (place, None):
        resolution = Resolution(Mention(3, 10, "Mastung"), at, 0.899996)
        line = json.dumps({"id": 1, "toponyms": [resolution.to_json()]}).encode()
        assert read_predicted(line, length=20).toponyms == (Prediction.from_resolution(resolution),)
