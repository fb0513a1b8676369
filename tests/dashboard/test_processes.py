"""The command line as a shell sees it: real processes, streams and exit statuses."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

DATELINE = [sys.executable, "-c", "from dashboard.cli import main; main(prog_name='dateline')"]


ARTICLE = """---
title: Blast in Mastung
published: 2023-09-29
---
A blast hit Mastung, Balochistan, Pakistan, on Friday. Nobody knows who did it.
"""


@pytest.fixture
def environment(tmp_path, embedded_gazetteer_folder):
    """A new user's: an empty home folder, and the gazetteer that every installation builds."""
    home = tmp_path / "data"
    home.mkdir()
    (home / "gazetteer").symlink_to(embedded_gazetteer_folder)
    (tmp_path / "empty").mkdir()
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "empty"), "DATELINE_HOME": str(home)}


def call(environment, *arguments, stdin=b"", **options):
    return subprocess.run(
        [*DATELINE, *map(str, arguments)],
        env=environment,
        input=stdin,
        capture_output=True,
        timeout=120,
        **options,
    )


def geoparse_lines(environment):
    """Start a geoparse of lines, whose streams are the test's."""
    return subprocess.Popen(
        [*DATELINE, "geoparse", "--jsonl"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_process_takes_in_and_exports(environment, tmp_path):
    (tmp_path / "article.md").write_text(ARTICLE)
    done = call(environment, "ingest", "article.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    done = call(environment, "export", "--format", "geojson", "-o", "-", "--role", "any", cwd=tmp_path)
    assert done.returncode == 0
    features = json.loads(done.stdout)["features"]
    assert "geonames:1170706" in [feature["properties"]["place_id"] for feature in features]


def test_process_streams_line_by_line(environment):
    with geoparse_lines(environment) as process:
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "In Pakistan."}).encode() + b"\n")
            process.stdin.flush()
            # The answer comes before the next question is asked.
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_process_is_quiet_when_its_reader_leaves(environment):
    with geoparse_lines(environment) as process:
        line = json.dumps({"id": 1, "text": "In Pakistan."}).encode() + b"\n"
        process.stdin.write(line)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_process_takes_closed_streams_for_empty_ones(environment, closed):
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *DATELINE, "geoparse", "--jsonl"],
        env=environment,
        input=b'{"id": 1, "text": "In Pakistan."}\n',
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_process_interrupted_ends_with_130(environment):
    with geoparse_lines(environment) as process:
        process.stdin.write(b'{"id": 1, "text": "In Pakistan."}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"\nInterrupted.\n"
    assert process.returncode == 130


def test_process_imports_nothing_heavy_to_geoparse(environment):
    code = (
        "import sys; from dashboard.cli import main; main(['geoparse'], standalone_mode=False);"
        "print([name for name in sys.modules if name in"
        " ('streamlit', 'pandas', 'geopandas', 'sqlalchemy', 'folium', 'rich', 'numpy')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, input=b"Nothing.", capture_output=True, timeout=60
    )
    assert done.stdout.decode().strip() == "[]", done.stderr.decode()


def wait_until(condition, process):
    """Poll until a condition holds; a process that ended will not fulfil it any more."""
    while process.poll() is None:
        if found := condition():
            return found
    raise AssertionError(process.stderr.read().decode())


def is_healthy(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def test_process_serves_from_any_folder_with_an_empty_home(environment, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    del environment["DATELINE_HOME"]
    with subprocess.Popen(
        [*DATELINE, "serve", "--port", str(port), "--address", "127.0.0.1"],
        env=environment,
        cwd=tmp_path / "empty",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert wait_until(lambda: is_healthy(port), process)
        process.send_signal(signal.SIGINT)
        output = process.stdout.read() + process.stderr.read()
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}".encode() in output
    assert b"e-mail" not in output.lower()
    assert b"email" not in output.lower()
    assert b"Traceback" not in output
