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
    from pathlib import Path

ROWS = 20_000
PROGRAM = "from dashboard.cli import main; main()"

STOPPING = """
import sys
from geodata.gazetteer import publication
from geodata.gazetteer.additions.addition import Addition

note, merge = Addition.note, publication.merge
stored = 0

def stop(*_):
    print("stopped", flush=True)
    sys.stdin.read()

def note_and_stop(self, **values):
    # Inside a transaction: written, not yet committed. By then two of them were.
    global stored
    note(self, **values)
    stored += "records" in values
    if stored == 3:
        stop()

def merge_and_stop(*arguments, **options):
    return merge(*arguments, **{**options, "progress": stop})

if sys.argv.pop(1) == "reading":
    Addition.note = note_and_stop
else:
    publication.merge = merge_and_stop
"""
"""Stops the program that follows while it reads or while it merges."""


@pytest.fixture
def home(tmp_path: Path, gazetteer_folder: Path) -> Path:
    shutil.copytree(gazetteer_folder, tmp_path / "home" / "gazetteer")
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is read in several batches, with a broken row early on and one late."""
    path = tmp_path / "many.csv"
    lines = ["name,lat,lon,cc,other_names"]
    for number in range(ROWS):
        latitude = 0 if number in (5, ROWS - 5) else 25 + number / 10_000
        longitude = 0 if not latitude else 62 + number % 1000 / 200
        lines.append(f"Kili Number {number},{latitude},{longitude},PK,Kot {number}|Basti {number}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def start(home: Path, file: Path, program: str = PROGRAM, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments, "gazetteer", "add", str(file)],
        env={**os.environ, "DATELINE_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_while(step: str, home: Path, file: Path) -> None:
    """Kill an addition in the midst of a step."""
    with start(home, file, STOPPING + PROGRAM, step) as process:
        assert process.stdout.readline() == "stopped\n", process.stderr.read()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("step", ["reading", "merging"])
def test_a_killed_addition_changes_nothing_and_goes_on(
    tmp_path: Path, home: Path, file: Path, gazetteer_folder: Path, step: str
) -> None:
    folder = home / "gazetteer"
    with open_gazetteer(folder) as gazetteer:
        before = gazetteer.info
    kill_while(step, home, file)
    assert any(folder.glob("building-*")) == (step == "merging")
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
    assert not (folder / "adding-many.sqlite").exists()


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
