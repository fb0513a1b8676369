from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from geodata.errors import GeocoderCacheError
from geodata.geocoders import AnswerCache
from geodata.geocoders.cache import DAY, FORMAT, KEPT_DAYS, KEPT_DAYS_UNKNOWN, LONGEST_PAUSE, Question

SAWAI = Question("nominatim", "sawai", "PK")
ANSWER = [{"place": {"name": "Sawai"}, "names": ["Sawai"]}]


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "answers.sqlite"


@pytest.fixture
def cache(path, clock):
    return AnswerCache(path, clock=clock)


def test_get_returns_what_was_put_by_another(cache, path, clock):
    cache.put(SAWAI, ANSWER)
    other = AnswerCache(path, clock=clock)
    assert other.get(SAWAI) == ANSWER
    assert other.get(SAWAI._replace(country="AF")) is None
    assert other.get(SAWAI._replace(service="photon")) is None


@pytest.mark.parametrize(("answers", "days"), [(ANSWER, KEPT_DAYS), ([], KEPT_DAYS_UNKNOWN)])
def test_get_forgets_in_time(cache, path, clock, answers, days):
    cache.put(SAWAI, answers)
    clock.now += days * DAY - 1
    assert cache.get(SAWAI) == answers
    clock.now += 1
    assert cache.get(SAWAI) is None
    AnswerCache(path, clock=clock)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)


def test_get_believes_no_answer_of_the_future(cache, clock):
    cache.put(SAWAI, ANSWER)
    clock.now -= 1
    assert cache.get(SAWAI) is None


@pytest.mark.parametrize("content", ["", "{", "{}", '"text"'])
def test_get_takes_a_broken_row_for_none(cache, path, content):
    cache.put(SAWAI, ANSWER)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE answers SET content = ?", [content])
    assert cache.get(SAWAI) is None


def test_take_turn_keeps_the_pace(cache, clock):
    assert cache.take_turn("nominatim", 1.0) == 0
    assert cache.take_turn("nominatim", 1.0) == pytest.approx(1.0)
    assert cache.take_turn("photon", 1.0) == 0
    clock.now += 1.0
    assert cache.take_turn("nominatim", 1.0) == 0


def test_pause_holds_for_others_but_not_for_ever(cache, path, clock):
    cache.pause("nominatim", 1e12)
    assert AnswerCache(path, clock=clock).take_turn("nominatim", 1.0) == LONGEST_PAUSE
    clock.now -= 2 * DAY  # set back: the pause is now too long to be meant
    assert cache.take_turn("nominatim", 1.0) == 0


def test_take_turn_gives_one_turn_to_one_of_several_processes(path):
    program = (
        "import sys; from pathlib import Path; from geodata.geocoders import AnswerCache, cache;"
        "kept = AnswerCache(Path(sys.argv[1])); turn = kept.take_turn('nominatim', 3600.0);"
        "kept.put(cache.Question('nominatim', sys.argv[2], ''), []); print(turn == 0.0)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(number)], stdout=subprocess.PIPE, text=True
        )
        for number in range(4)
    ]
    turns = sorted(process.communicate(timeout=120)[0].strip() for process in processes)
    assert turns == ["False", "False", "False", "True"]
    kept = AnswerCache(path)
    assert [kept.get(Question("nominatim", str(number), "")) for number in range(4)] == [[], [], [], []]


def test_open_says_what_to_do_with_a_damaged_file(path):
    path.parent.mkdir()
    path.write_bytes(b"no database " * 1000)
    with pytest.raises(GeocoderCacheError, match=r"answers\.sqlite cannot be used .* delete it"):
        AnswerCache(path)


def test_open_says_what_to_do_without_a_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(GeocoderCacheError, match="cannot be used"):
        AnswerCache(tmp_path / "file" / "answers.sqlite")


def test_open_empties_a_file_of_another_format(cache, path, clock):
    cache.put(SAWAI, ANSWER)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    assert AnswerCache(path, clock=clock).get(SAWAI) is None
