"""Workers are real processes here; each piece of work is an expression that a worker evaluates."""

from __future__ import annotations

import functools
import os
import signal
import subprocess
import sys

import pytest

from geodata.errors import WorkerError
from geodata.parallel import AHEAD, Workers


def evaluators(count):
    return Workers(count, functools.partial, (eval,))


def answers_of(workers):
    while workers.pending:
        workers.wait()
        yield from workers.answers()


def die_first(mark):
    """Return an expression that ends the process in which it is evaluated first, and is None in all others."""
    program = f"""
import os
try:
    os.mkdir({str(mark)!r})
except FileExistsError:
    pass
else:
    os.kill(os.getpid(), 9)
"""
    return f"exec({program!r})"


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_answers_come_in_the_order_of_the_work():
    with evaluators(2) as workers:
        # The first takes long, so that the others are done before it.
        for work in ("sum(range(3_000_000))", "1", "__import__('os').getpid()", "3"):
            workers.submit(work)
        first, second, process, fourth = answers_of(workers)
    assert (first, second, fourth) == (sum(range(3_000_000)), 1, 3)
    assert process != os.getpid()


def test_room_is_bounded_until_the_first_answer_is_taken():
    with evaluators(1) as workers:
        while workers.has_room:
            workers.submit("1")
        assert workers.pending == AHEAD
        workers.wait()  # the worker is there
        workers.wait()  # the first answer
        assert not workers.has_room
        assert next(workers.answers()) == 1
        assert workers.has_room


def test_work_of_a_worker_that_died_is_done_once_more(tmp_path):
    again = f"{die_first(tmp_path / 'mark')} or 2"
    with evaluators(2) as workers:
        for work in ("1", again, "3", "4"):
            workers.submit(work)
        assert list(answers_of(workers)) == [1, 2, 3, 4]


def test_work_that_kills_two_workers_ends_the_run_after_what_stands_before_it():
    found = []
    with evaluators(1) as workers:
        for work in ("1", "__import__('os').kill(__import__('os').getpid(), 9)", "3"):
            workers.submit(work)
        with pytest.raises(WorkerError, match="ended by signal 9, and so was the one before"):
            found.extend(answers_of(workers))
    assert found == [1]


def test_an_error_in_a_worker_is_told_with_its_place():
    with evaluators(1) as workers:
        workers.submit("1 / 0")
        with pytest.raises(WorkerError, match=r"a worker process failed:\n(.|\n)*ZeroDivisionError"):
            list(answers_of(workers))


def test_workers_that_cannot_start_say_why():
    with Workers(1, int, ("x",)) as workers:
        workers.submit("1")
        with pytest.raises(WorkerError, match="invalid literal"):
            list(answers_of(workers))


def test_workers_that_die_at_the_start_are_not_started_for_ever():
    with Workers(1, os._exit, (3,)) as workers:
        workers.submit("1")
        with pytest.raises(WorkerError, match="ended with status 3, before it could work"):
            list(answers_of(workers))


def test_a_worker_that_dies_at_the_start_is_replaced(tmp_path):
    dies_once = f"{die_first(tmp_path / 'mark')} or eval"
    with Workers(2, eval, (dies_once,)) as workers:
        workers.submit("1")
        workers.submit("2")
        assert list(answers_of(workers)) == [1, 2]


def test_an_idle_worker_that_died_is_replaced():
    with evaluators(1) as workers:
        workers.submit("__import__('os').getpid()")
        (process,) = answers_of(workers)
        os.kill(process, signal.SIGKILL)
        workers.submit("2")
        assert list(answers_of(workers)) == [2]


def test_an_interrupt_is_the_parents_to_answer():
    with evaluators(1) as workers:
        workers.submit("__import__('os').getpid()")
        (process,) = answers_of(workers)
        os.kill(process, signal.SIGINT)
        workers.submit("__import__('os').getpid()")
        assert list(answers_of(workers)) == [process]


STARTING_INTERRUPTED = """
import functools, os, signal
from geodata.parallel import Workers

class Interrupting:
    "Interrupts this process when it is sent to a worker, which is while that one is started."
    def __reduce__(self):
        os.kill(os.getpid(), signal.SIGINT)
        return int, ()

signal.signal(signal.SIGINT, signal.default_int_handler)
with Workers(1, functools.partial, (eval, Interrupting())) as workers:
    try:
        workers.submit("1")
        print("not heard")
    except KeyboardInterrupt:
        print("heard")
"""


def test_an_interrupt_while_a_worker_is_started_is_not_lost():
    # In a process that has one thread, as a command has: another thread may hear it, and at any time after.
    done = subprocess.run(
        [sys.executable, "-c", STARTING_INTERRUPTED], capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "heard\n", done.stderr


def test_closing_leaves_no_process_behind():
    with evaluators(2) as workers:
        workers.submit("__import__('os').getpid()")
        (process,) = answers_of(workers)
        assert is_alive(process)
        workers.submit("__import__('signal').pause()")
    assert not is_alive(process)
