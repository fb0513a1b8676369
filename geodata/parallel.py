"""Work done by several processes, and answered in the order in which it was handed in.

Neither fork nor a shared queue: a forked process inherits threads' locks, and one that holds both ends of a queue
outlives a parent that was killed. Here each worker has a pipe of its own, whose other end the parent alone
holds: when either side dies, the other one sees the end of the pipe.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import traceback
from collections import deque
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import wait as wait_for
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from geodata.errors import GeodataError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Work = TypeVar("Work")
Answer = TypeVar("Answer")

AHEAD = 4
"""Pieces of work for each worker that may be handed in before the first of them is answered."""

_READY, _ANSWERED, _FAILED = "ready", "answered", "failed"


@dataclass(slots=True)
class _Task(Generic[Work]):
    number: int
    work: Work
    deaths: int = 0
    """Workers that died over it."""


@dataclass(slots=True)
class _Worker(Generic[Work]):
    process: SpawnProcess
    connection: Connection
    is_ready: bool = False
    task: _Task[Work] | None = None


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Generic[Work, Answer]):
    """Processes that do pieces of work; a context manager, which ends them.

    Parameters
    ----------
    count : int
        How many processes at the most; each is started when there is work for it.
    start : callable
        Called once in each process; returns the function that does a piece of work. What a process opens for
        itself (files, memory maps) it opens there. Must be importable.
    arguments : sequence
        What `start` is called with.
    """

    def __init__(
        self, count: int, start: Callable[..., Callable[[Work], Answer]], arguments: Sequence[object] = ()
    ) -> None:
        self._count = count
        self._start = start
        self._arguments = tuple(arguments)
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Work]] = []
        self._waiting: deque[_Task[Work]] = deque()
        self._answers: dict[int, Answer] = {}
        self._submitted = self._answered = 0
        self._stillborn = 0
        """Workers in a row that died before they could work."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; work that is not answered yet is dropped."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    @property
    def pending(self) -> int:
        """How many pieces of work have been handed in and not been given back."""
        return self._submitted - self._answered

    @property
    def has_room(self) -> bool:
        """Whether more work may be handed in, so that what is held in memory stays bounded."""
        return self.pending < AHEAD * self._count

    def submit(self, work: Work) -> None:
        """Hand in a piece of work; it must be something that can be pickled."""
        self._waiting.append(_Task(self._submitted, work))
        self._submitted += 1
        if len(self._workers) < self._count:
            self._workers.append(self._open_worker())
        self._assign()

    def wait(self, descriptor: int | None = None) -> None:
        """Wait until a worker has something to say, or a file descriptor can be read.

        Raises
        ------
        WorkerError
            A worker failed, or two workers died over the same piece of work or before they could work.
        """
        others = [] if descriptor is None else [descriptor]
        ready = wait_for([*(worker.connection for worker in self._workers), *others])
        for worker in list(self._workers):
            if worker.connection in ready:
                self._hear(worker)
        self._assign()

    def answers(self) -> Iterator[Answer]:
        """Yield the answers that are there, in the order of the work; one that lacks holds up those after it."""
        while self._answered in self._answers:
            self._answered += 1
            yield self._answers.pop(self._answered - 1)

    def _open_worker(self) -> _Worker[Work]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._start, self._arguments), daemon=True
        )
        try:
            with _interrupts_held_back():
                process.start()
        except BaseException:
            ours.close()  # a worker that has started ends when nobody is there
            raise
        finally:
            theirs.close()
        return _Worker(process, ours)

    def _assign(self) -> None:
        for worker in list(self._workers):
            if not self._waiting:
                return
            if worker.is_ready and worker.task is None:
                worker.task = self._waiting.popleft()
                try:
                    worker.connection.send((worker.task.number, worker.task.work))
                except OSError:
                    self._bury(worker)

    def _hear(self, worker: _Worker[Work]) -> None:
        try:
            kind, content = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if kind == _FAILED:
            raise WorkerError(content)
        if kind == _READY:
            worker.is_ready = True
            self._stillborn = 0
        elif worker.task is not None:
            self._answers[worker.task.number] = content
            worker.task = None

    def _bury(self, worker: _Worker[Work]) -> None:
        """Put a new worker in the place of one that died, and its work before all other."""
        worker.connection.close()
        worker.process.join()
        task = worker.task
        if task is not None:
            task.deaths += 1
            self._waiting.appendleft(task)
        if not worker.is_ready:
            self._stillborn += 1
        if self._stillborn > 1 or (task is not None and task.deaths > 1):
            status = worker.process.exitcode or 0
            how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
            when = (
                "and so was the one before, over the same work" if worker.is_ready else "before it could work"
            )
            raise WorkerError(f"a worker process {how}, {when}; if memory is short, use fewer workers")
        self._workers[self._workers.index(worker)] = self._open_worker()


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes to which an interrupt does nothing from their first moment on; this one hears it afterwards.

    What a thread holds back, a process that it starts holds back too. Where there are other threads, this one may
    hear it at once.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its start would let them through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: Connection, start: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...]
) -> None:
    """Do work until the other side goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to answer
    with contextlib.suppress(EOFError, OSError):
        try:
            do = start(*arguments)
        except Exception as error:
            connection.send((_FAILED, _describe(error)))
            return
        connection.send((_READY, None))
        while True:
            _, work = connection.recv()
            try:
                answer = do(work)
            except Exception as error:
                connection.send((_FAILED, _describe(error)))
                return
            connection.send((_ANSWERED, answer))


def _describe(error: Exception) -> str:
    if isinstance(error, GeodataError):
        return str(error)
    return "a worker process failed:\n" + "".join(traceback.format_exception(error)).rstrip()
