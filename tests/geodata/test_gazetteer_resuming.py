"""An addition that is killed changes nothing, and goes on where it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from geodata.errors import GazetteerError
from geodata.gazetteer import open_gazetteer
from geodata.gazetteer.additions import adding
from geodata.gazetteer.additions.adding import Description, add_file, list_additions, remove_addition
from geodata.gazetteer.additions.addition import Addition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROWS = 60_000
PROGRAM = "from dashboard.cli import main; main()"


@pytest.fixture
def home(tmp_path: Path, gazetteer_folder: Path) -> Path:
    shutil.copytree(gazetteer_folder, tmp_path / "home" / "gazetteer")
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that takes some seconds to add, with a broken row early on and one late."""
    path = tmp_path / "many.csv"
    lines = ["name,lat,lon,cc,other_names"]
    for number in range(ROWS):
        latitude = 0 if number in (5, ROWS - 5) else 25 + number / 10_000
        longitude = 0 if not latitude else 62 + number % 1000 / 200
        lines.append(f"Kili Number {number},{latitude},{longitude},PK,Kot {number}|Basti {number}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def start(home: Path, file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "gazetteer", "add", str(file)],
        env={**os.environ, "DATELINE_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_when(process: subprocess.Popen[str], is_time: Callable[[], bool]) -> None:
    """Kill a process as soon as a condition holds; it must not end before."""
    while not is_time():
        assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.stderr.close()


def is_half_read(home: Path) -> bool:
    scratch = home / "gazetteer" / "adding-many.sqlite"
    return scratch.exists() and scratch.stat().st_size > 2_000_000


def is_merging(home: Path) -> bool:
    return any((home / "gazetteer").glob("building-*"))


@pytest.mark.parametrize("is_time", [is_half_read, is_merging])
def test_a_killed_addition_changes_nothing_and_goes_on(
    tmp_path: Path, home: Path, file: Path, gazetteer_folder: Path, is_time: Callable[[Path], bool]
) -> None:
    folder = home / "gazetteer"
    with open_gazetteer(folder) as gazetteer:
        before = gazetteer.info
    kill_when(start(home, file), lambda: is_time(home))
    with open_gazetteer(folder) as gazetteer:
        assert gazetteer.info == before
    assert list_additions(folder) == ([], ["many"])

    process = start(home, file)
    _, messages = process.communicate()
    assert process.returncode == 1, messages  # two rows are broken
    assert "Went on after record" in messages
    assert "many.csv, line 7: 0, 0 is" in messages
    assert f"many.csv, line {ROWS - 3}: 0, 0 is" in messages
    assert f"2 of {ROWS:,} records refused." in messages

    whole = shutil.copytree(gazetteer_folder, tmp_path / "whole")
    add_file(whole, file, Description("many"))
    with open_gazetteer(folder) as resumed, open_gazetteer(whole) as uninterrupted:
        assert resumed.info.fingerprint == uninterrupted.info.fingerprint
        assert resumed.info.places == before.places + ROWS - 2
    assert not is_half_read(home)


def interrupt(monkeypatch: pytest.MonkeyPatch, folder: Path, file: Path) -> None:
    """Let an addition die after its first transaction."""

    class Died(BaseException):
        pass

    def die(*_: object) -> None:
        raise Died

    monkeypatch.setattr(adding, "BATCH", 2)
    with pytest.raises(Died):
        add_file(folder, file, Description("small"), progress=die)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.csv"
    path.write_text("name,lat,lon\nZhob,31.3,69.4\nLoralai,30.4,68.6\nQila,30.9,66.6\n")
    return path


def test_a_changed_file_is_read_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch, home: Path, small: Path
) -> None:
    folder = home / "gazetteer"
    interrupt(monkeypatch, folder, small)
    assert list_additions(folder) == ([], ["small"])
    small.write_text("name,lat,lon\nMuslimbagh,30.8,67.7\nHarnai,30.1,67.9\n")
    outcome = add_file(folder, small, Description("small"))
    assert (outcome.resumed_at, outcome.merged.new) == (0, 2)
    with open_gazetteer(folder) as gazetteer:
        assert "muslimbagh" in gazetteer
        assert "zhob" not in gazetteer


def test_an_unchanged_file_goes_on(monkeypatch: pytest.MonkeyPatch, home: Path, small: Path) -> None:
    folder = home / "gazetteer"
    interrupt(monkeypatch, folder, small)
    outcome = add_file(folder, small, Description("small"))
    assert (outcome.resumed_at, outcome.merged.new) == (2, 3)


def test_what_a_killed_addition_left_can_be_removed(
    monkeypatch: pytest.MonkeyPatch, home: Path, small: Path
) -> None:
    folder = home / "gazetteer"
    interrupt(monkeypatch, folder, small)
    remove_addition(folder, "small")
    assert list_additions(folder) == ([], [])


def test_an_addition_that_is_under_way_is_not_begun_twice(home: Path, small: Path) -> None:
    folder = home / "gazetteer"
    with Addition(folder / "adding-small.sqlite") as addition:
        addition.claim()
        with pytest.raises(GazetteerError, match="filled by another command"):
            add_file(folder, small, Description("small"))
    assert add_file(folder, small, Description("small")).merged.new == 3


def test_a_damaged_left_over_can_be_removed(home: Path) -> None:
    folder = home / "gazetteer"
    (folder / "adding-small.sqlite").write_bytes(b"nothing of the kind" * 100)
    remove_addition(folder, "small")
    assert list_additions(folder) == ([], [])
