"""The dashboard as its users have it: a process of its own on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]

PATIENCE = 120
"""Seconds that anything awaited may take. A busy machine may be ten times slower than a quiet one; nothing waits
longer than it must."""


@contextmanager
def serve(home: Path, **environment: str) -> Iterator[str]:
    """Run the dashboard on a free port; gives its address."""
    with _start(home, environment) as (process, port):
        yield f"http://127.0.0.1:{port}"
        assert process.poll() is None, f"the server ended:\n{_log_of(home)}"


@contextmanager
def serve_anew(home: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """Run the dashboard on a free port; gives its address, and what ends it and starts it there again."""
    with _start(home, {}) as (first, port):
        running = [first]

        def restart() -> None:
            _end(running.pop())
            running.append(_launch(home, port, {}))
            assert _is_up(running[-1], port, home), f"the server did not start again:\n{_log_of(home)}"

        try:
            yield f"http://127.0.0.1:{port}", restart
        finally:
            _end(running.pop())


@contextmanager
def _start(home: Path, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen, int]]:
    # Somebody else may take a port between the look for a free one and its use.
    for _ in range(5):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = _launch(home, port, environment)
        try:
            if _is_up(process, port, home):
                yield process, port
                return
        finally:
            _end(process)
        if f"ort {port} is " not in _log_of(home):
            break
    pytest.fail(f"the server did not start:\n{_log_of(home)}")


def _launch(home: Path, port: int, environment: dict[str, str]) -> subprocess.Popen:
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard/server.py"), "--server.port", str(port),
        "--server.address", "127.0.0.1", "--server.headless", "true",
    ]  # fmt: skip
    # What is set for whoever runs the tests must not change what they see.
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "STREAMLIT_"))
    }
    with (home / "server.log").open("wb") as output:
        return subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            env={**kept, "DATELINE_HOME": str(home), **environment},
        )  # fmt: skip


def _log_of(home: Path) -> str:
    return (home / "server.log").read_text(errors="replace")[-3000:]


def _is_up(process: subprocess.Popen, port: int, home: Path) -> bool:
    """Wait until the server answers; False: it has ended, or its time is up."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        # Its own word comes first: at the port somebody else may answer.
        if f"http://127.0.0.1:{port}" in _log_of(home) and _is_healthy(port):
            return True
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)  # a server that starts needs the processor more than this loop
    return False


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
