from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from dashboard.cli import main
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.model import Kind, Place

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

ENTRIES = [
    Entry(Place("geonames:1168579", "Pakistan", Kind.COUNTRY, 30.0, 70.0, "PK", radius_km=500.0)),
    Entry(Place("geonames:1170395", "Mastung", Kind.CITY, 29.79966, 66.84553, "PK", "Balochistan")),
    Entry(Place("geonames:1167528", "Quetta", Kind.CITY, 30.18414, 67.00141, "PK", "Balochistan")),
]

TEXT = "A blast hit Mastung in Pakistan. Police came from Quetta."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    info = SourceInfo("test", "Places of the tests", "MIT", "2026")
    build_gazetteer(
        folder / "gazetteer", sources=[Source(lambda: info, lambda: iter(ENTRIES))], now=lambda: NOW
    )
    return folder


@pytest.fixture
def run(home, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def mark(word: str, latitude: float | None, longitude: float | None, **more: object) -> dict[str, object]:
    start = TEXT.index(word)
    return {"start": start, "end": start + len(word), "lat": latitude, "lon": longitude, **more}


MASTUNG = mark("Mastung", 29.8, 66.8, kind="city")
PAKISTAN = mark("Pakistan", 0.0, 0.0, kind="country", geonames_id="1168579")  # nobody agrees on its point
QUETTA = mark("Quetta", 50.0, 50.0, kind="city")  # marked wrongly, so that there is an error


def gold_line(name: object = "a", *toponyms: dict, text: str = TEXT) -> str:
    return json.dumps({"id": name, "text": text, "toponyms": list(toponyms)}) + "\n"


def write(path: Path, *lines: str) -> str:
    path.write_text("".join(lines), encoding="utf-8")
    return path.name


@pytest.fixture
def gold(tmp_path):
    return write(tmp_path / "gold.jsonl", gold_line("a", MASTUNG, PAKISTAN, QUETTA), gold_line("b"))


def test_score_geoparses_the_texts_itself(run, gold):
    result = run("score", gold)
    assert result.exit_code == 0, result.output
    assert "gold.jsonl: 2 documents, 3 toponyms marked, 3 with coordinates" in result.stdout
    for title in ("Recognition and end to end", "Resolution", "By kind (the corpus's)"):
        assert title in result.stdout
    assert "Calibration of the score, on marked names (3 answers with a score)" in result.stdout
    assert "At 0.90 and above:" in result.stdout


def test_score_prints_figures_for_machines(run, gold):
    result = run("score", gold, "--json")
    report = json.loads(result.stdout)
    assert (report["gold"], report["failed_lines"]) == ("gold.jsonl", 0)
    text, spans = report["from_text"], report["from_gold_spans"]
    # Both documents have the same text; in the second one nobody marked anything.
    assert text["recognition_strict"] == {
        "correct": 3, "predicted": 6, "gold": 3, "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3),
    }  # fmt: skip
    assert spans["resolution"]["accuracy_161"] == pytest.approx(2 / 3)
    assert spans["resolution"]["correct_by_identity_only"] == 1
    assert [(each["kind"], each["toponyms"]) for each in spans["by_kind"]] == [("city", 2), ("country", 1)]
    assert spans["calibration"]["count"] == 3


def test_score_of_a_file_is_the_score_of_its_own_answers(run, gold, tmp_path):
    own = json.loads(run("score", gold, "--json").stdout)
    for flags, part in (((), "from_text"), (("--gold-spans",), "from_gold_spans")):
        answers = run("geoparse", "--jsonl", *flags, gold).stdout
        write(tmp_path / "answers.jsonl", *reversed(answers.splitlines(keepends=True)))
        result = run("score", gold, "--predicted", "answers.jsonl", "--json", *flags)
        assert result.exit_code == 0, result.output
        report = json.loads(result.stdout)
        assert report[part] == own[part]
        assert [name for name in ("from_text", "from_gold_spans") if report[name]] == [part]


def test_score_of_gold_spans_alone_judges_no_recognition(run, gold):
    result = run("score", gold, "--gold-spans")
    assert result.exit_code == 0
    assert "Recognition" not in result.stdout
    assert "On marked names" in result.stdout


def test_score_says_that_calibration_is_of_what_was_found(run, gold, tmp_path):
    write(tmp_path / "answers.jsonl", run("geoparse", "--jsonl", gold).stdout)
    result = run("score", gold, "--predicted", "answers.jsonl")
    assert "Calibration of the score, on names found in the text" in result.stdout


def test_score_names_broken_gold_lines_and_goes_on(run, tmp_path):
    outside = {"start": 3, "end": 999, "lat": None, "lon": None}
    gold = write(
        tmp_path / "gold.jsonl",
        "oops\n",
        gold_line("a", MASTUNG),
        "\n",
        gold_line("b", outside),
        gold_line("a"),
    )
    result = run("score", gold, "--json")
    assert result.exit_code == 1
    assert "gold.jsonl, line 1: not JSON" in result.stderr
    assert "gold.jsonl, line 4: toponym 1: no span of the text" in result.stderr
    assert 'gold.jsonl, line 5: document "a" stands in line 2 already' in result.stderr
    report = json.loads(result.stdout)
    assert (report["failed_lines"], report["from_text"]["documents"]) == (3, 1)
    assert report["from_gold_spans"]["documents"] == 1


def test_score_says_what_the_answers_lack_and_what_is_too_many(run, gold, tmp_path):
    write(tmp_path / "answers.jsonl", '{"id": "z", "toponyms": []}\n', '{"id": "b", "toponyms": []}\n')
    result = run("score", gold, "--predicted", "answers.jsonl", "--json")
    assert result.exit_code == 1
    assert '1 document has no answers and counts as if nothing had been found: "a"' in result.stderr
    assert "1 of 2 documents are not among those of gold.jsonl" in result.stderr
    report = json.loads(result.stdout)
    assert report["predicted_documents_not_in_gold"] == 1
    assert report["from_text"]["documents_without_prediction"] == 1
    assert report["from_text"]["recognition_lenient"]["recall"] == 0.0


def test_score_names_broken_and_doubled_answers(run, gold, tmp_path):
    entry = '{"start": 12, "end": 19}'
    far = '{"start": 50, "end": 5000, "latitude": 1, "longitude": 1}'
    write(
        tmp_path / "answers.jsonl",
        f'{{"id": "a", "toponyms": [{entry}, {far}]}}\n',
        "[]\n",
        '{"id": "a", "toponyms": []}\n',
        '{"id": "b", "toponyms": []}\n',
    )
    result = run("score", gold, "--predicted", "answers.jsonl", "--json")
    assert result.exit_code == 1
    assert 'answers.jsonl, line 1: "a": toponym 2: no span of the text' in result.stderr
    assert "answers.jsonl, line 2: expected an object" in result.stderr
    assert 'answers.jsonl, line 3: the answers to "a" stand in line 1 already' in result.stderr
    recognition = json.loads(result.stdout)["from_text"]["recognition_strict"]
    assert (recognition["correct"], recognition["predicted"]) == (1, 2)


@pytest.mark.parametrize("content", ["", "\n\n", "oops\n"])
def test_score_of_an_empty_file_says_so(run, tmp_path, content):
    gold = write(tmp_path / "gold.jsonl", content)
    for arguments in ((), ("--predicted", gold)):
        result = run("score", gold, *arguments)
        assert result.exit_code == 1
        assert "gold.jsonl: no document that can be scored" in result.stderr
        assert result.stdout == ""


def test_score_of_documents_without_names_has_dashes(run, tmp_path):
    gold = write(tmp_path / "gold.jsonl", gold_line("a", text=""))
    result = run("score", gold)
    assert result.exit_code == 0
    assert "1 document, 0 toponyms marked" in result.stdout
    assert "–" in result.stdout


def test_score_does_not_obey_what_a_corpus_says(run, tmp_path):
    gold = write(tmp_path / "gold.jsonl", gold_line("a", {**MASTUNG, "kind": "\x1b[2Jcity [red]"}))
    result = run("score", gold)
    assert "\x1b" not in result.output
    assert "[red]" in result.stdout


def test_score_of_a_missing_file_is_wrong_usage(run):
    assert run("score", "nothing.jsonl").exit_code == 2
