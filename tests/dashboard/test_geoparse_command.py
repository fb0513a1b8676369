"""``dateline geoparse --jsonl`` over long and over strange inputs, as a shell sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from itertools import count, islice, takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.cli import main
from geodata.gazetteer.build import Source, build_gazetteer
from geodata.gazetteer.entry import Entry, SourceInfo
from geodata.model import Kind, Place

DATELINE = [sys.executable, "-c", "from dashboard.cli import main; main(prog_name='dateline')"]

PLACES = (
    Place(
        "test:pakistan", "Pakistan", Kind.COUNTRY, 30.0, 70.0, "PK", population=240_000_000, radius_km=800.0
    ),
    Place("test:mastung", "Mastung", Kind.CITY, 29.79966, 66.84553, "PK", "Balochistan", population=29_082),
    Place("test:paris", "Paris", Kind.CITY, 48.85341, 2.3488, "FR", population=2_138_551),
)

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A data folder with a gazetteer of three places."""
    folder = tmp_path_factory.mktemp("home")
    info = SourceInfo("test", "Places of the tests", "MIT", "2026")
    build_gazetteer(folder / "gazetteer", sources=[Source(lambda: info, lambda: map(Entry, PLACES))])
    return folder


@pytest.fixture
def run(home, monkeypatch):
    """Run the command in this process."""
    monkeypatch.setenv("DATELINE_HOME", str(home))

    def run(*arguments, stdin):
        return CliRunner().invoke(main, ["geoparse", *arguments], input=stdin, prog_name="dateline")

    return run


@contextmanager
def start(home, *arguments):
    """Start the command in a session of its own, as a terminal does, and leave nothing of it behind."""
    environment = {**os.environ, "DATELINE_HOME": str(home)}
    with subprocess.Popen(
        [*DATELINE, "geoparse", "--jsonl", "--workers", "2", *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
            with suppress(BrokenPipeError):
                process.stdin.close()


def make_line(number):
    text = f"Rain fell in Mastung, Pakistan. In Paris {number} people said that it was dry. " * 10
    return json.dumps({"id": number, "text": text}).encode() + b"\n"


def feed(process, lines, *, closes=True):
    """Write lines in a thread, until they end or the process does."""

    def write():
        try:
            process.stdin.writelines(lines)
            process.stdin.close() if closes else process.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    return writer


def workers_of(process):
    """Return the worker processes of a command."""
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        return [
            int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []


def is_at_work(worker, home):
    """Tell whether a worker process has opened the gazetteer."""
    try:
        return str(home.resolve()) in Path(f"/proc/{worker}/maps").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def read_until_workers(process, home):
    """Read answers until two worker processes are at work; return the answers and the workers."""

    def find():
        return [worker for worker in workers_of(process) if is_at_work(worker, home)]

    answers = []
    while len(workers := find()) < 2:
        answers.append(process.stdout.readline())
        assert answers[-1], process.stderr.read().decode()
    return answers, workers


def wait_until_gone(*processes):
    for process in processes:
        with suppress(FileNotFoundError, ProcessLookupError):
            while " Z " not in Path(f"/proc/{process}/stat").read_text():
                os.sched_yield()


def ids_of(lines):
    return [json.loads(line)["id"] for line in lines]


@needs_proc
def test_long_input_is_answered_in_its_order(home):
    enough = threading.Event()
    with start(home) as process:
        feed(process, takewhile(lambda _: not enough.is_set(), map(make_line, count())))
        answers, _ = read_until_workers(process, home)
        answers += islice(process.stdout, 1000)
        enough.set()
        answers += process.stdout
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert ids_of(answers) == list(range(len(answers)))


@needs_proc
def test_all_that_came_in_is_answered_before_more_comes(home):
    """Also when worker processes have taken over: whoever writes may wait for the answer."""
    enough = threading.Event()
    written = []

    def lines():
        for number in count():
            if enough.is_set():
                return
            written.append(number)
            yield make_line(number)

    with start(home) as process:
        writer = feed(process, lines(), closes=False)
        answers, _ = read_until_workers(process, home)
        enough.set()
        while len(answers) < len(written) or writer.is_alive():
            if len(answers) < len(written):
                answers.append(process.stdout.readline())
            else:
                writer.join()  # or it ends when the last answer has been read, and no other comes
        for number in ("a", "b"):
            process.stdin.write(make_line(number))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.wait() == 0
    assert ids_of(answers) == written


@needs_proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_processes_end_together(home, number):
    with start(home) as process:
        feed(process, map(make_line, count()))
        _, workers = read_until_workers(process, home)
        if number is signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does: to all of them
        else:
            process.kill()
        process.stdout.read()
        error = process.stderr.read()
        process.wait()
        wait_until_gone(*workers)
    assert (process.returncode, error) == {
        signal.SIGINT: (130, b"\nInterrupted.\n"),
        signal.SIGKILL: (-signal.SIGKILL, b""),
    }[number]


@needs_proc
def test_a_reader_that_leaves_ends_all_quietly(home):
    with start(home) as process:
        feed(process, map(make_line, count()))
        _, workers = read_until_workers(process, home)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait()
        wait_until_gone(*workers)
    assert process.returncode == 1


@needs_proc
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(home):
    enough = threading.Event()
    with start(home) as process:
        feed(process, takewhile(lambda _: not enough.is_set(), map(make_line, count())))
        answers, workers = read_until_workers(process, home)
        os.kill(workers[0], signal.SIGKILL)
        answers += islice(process.stdout, 1000)
        enough.set()
        answers += process.stdout
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert ids_of(answers) == list(range(len(answers)))


@needs_proc
def test_workers_that_are_killed_again_and_again_end_the_run_with_whole_lines(home):
    with start(home) as process:
        feed(process, map(make_line, count()))
        answers = []
        reader = threading.Thread(target=lambda: answers.extend(process.stdout), daemon=True)
        reader.start()
        while process.poll() is None:
            for worker in workers_of(process):
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
        reader.join()
        error = process.stderr.read().decode()
    assert process.returncode == 1
    assert error.startswith("Error: a worker process was ended by signal 9, ")
    assert error.endswith(f"\nThe lines from {len(answers) + 1:,} on are not answered.\n")
    assert ids_of(answers) == list(range(len(answers)))


STRANGE = {
    "empty": "",
    "white space": " \t\u00a0\u3000 ",
    "control characters": "".join(map(chr, [*range(32), *range(127, 160)])),
    "line ends of other systems": "In\u2028Paris\u2029\x85\r\n\x0b\x0cParis",
    "right to left": "انفجار في باريس \u202eParis\u202c و مستونگ",
    "mixed scripts": "Pаris Москва 北京 باريس Παρίσι Paris",
    "emoji": "🔥🇫🇷 Paris 👩‍👩‍👧‍👦 \U0010ffff",
    "half a surrogate": "Paris \ud83d Paris",
    "marks without letters": "\u0301\u0300" * 50 + " Paris " + "P\u0301" * 50,
    "one endless word": "a" * 100_000,
    "no place": "It rained all day and nobody came. " * 1000,
    "only names": "Paris Mastung Pakistan " * 500,
    "only capitals": "PARIS, PAKISTAN; " * 500,
    "only punctuation": ".,;:!?()[]{}<>\"'’“”" * 500,
    "almost addresses": "a.b." * 5000 + "@" * 5000 + "www.Paris",
    "markup": "<script>alert('Paris')</script> ${Paris} {{Paris}} %s \\N{Paris}",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_texts_are_answered(run, text):
    result = run("--jsonl", stdin=json.dumps({"id": text[:9], "text": text}))
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = result.stdout_bytes.removesuffix(b"\n").split(b"\n")
    document = json.loads(line)
    assert document["id"] == text[:9]
    for toponym in document["toponyms"]:
        assert text[toponym["start"] : toponym["end"]] == toponym["phrase"]


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_texts_are_shown(run, text):
    result = run(stdin=text.encode("utf-8", "replace"))
    assert result.exit_code == 0, result.stderr
    assert not {letter for letter in result.stdout if not letter.isprintable()} - {"\n"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'\xff\xfe{"id": 1, "text": "Paris"}', "not JSON: "),
        (b'{"id": 1, "text": "Pa\xff\xferis"}', "not JSON: "),
        (b'{"id": 1, "text": "Paris\x00"}', "not JSON: "),
        (b'{"id": 1, "text": "Paris', "not JSON: "),
        (b'{"id": 1, "text": "Paris"} {"id": 2, "text": "Paris"}', "not JSON: "),
        (b'{"id": 1, "text": null}', '"text" must be a string, got NoneType'),
        (b'{"id": 1, "text": ["Paris"]}', '"text" must be a string, got list'),
        (b"Paris", "not JSON: "),
        (b'"Paris"', 'expected an object with "id" and "text", got str'),
        (b"{}", 'expected an object with "id" and "text"; id and text missing'),
        (b"\x1f\x8b\x08\x00", "not JSON: "),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(run, line, message):
    good = b'{"id": "good", "text": "Paris"}'
    result = run("--jsonl", stdin=b"\n".join((good, line, good)))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"line 2: {message}")
    assert result.stderr.count("\n") == 1
    assert ids_of(result.stdout.splitlines()) == ["good", "good"]


def test_a_byte_order_mark_is_no_part_of_the_first_document(run):
    result = run("--jsonl", stdin=b'\xef\xbb\xbf{"id": 1, "text": "Paris"}\n')
    assert (result.exit_code, ids_of(result.stdout.splitlines())) == (0, [1])


def test_a_long_line_is_one_document(run):
    text = "It rained, and nobody came. " * 40_000 + "A fire in Paris."
    result = run("--jsonl", stdin=json.dumps({"id": 1, "text": text}))
    (toponym,) = json.loads(result.stdout)["toponyms"]
    assert toponym["start"] == len(text) - len("Paris.")
