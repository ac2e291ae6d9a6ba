"""Tasks in processes of their own, one at a time in each: one that dies takes no other task with it.

The pools of the standard library give up all waiting tasks when one of their processes is killed and cannot tell which
task it held, and they run the caller's main module again in each process. Here the system may end a process for want
of memory, and the task is named; and a script that calls the library needs no guard.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

__all__ = ["Lost", "in_processes", "serve"]

Task = TypeVar("Task")
Result = TypeVar("Result")

_TASKS_PER_PROCESS = 20
"""After so many a process is replaced, so that what its libraries hold on to is given back."""
_PATIENCE_SECONDS = 10.0
_START = "import sys; sys.path.append({place!r}); from coherence.audit_workers import serve; serve()"


@dataclass(frozen=True, slots=True)
class Lost:
    """In place of a result: the process that worked on the task ended, with this status (negative: a signal)."""

    status: int | None


def in_processes(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int
) -> Generator[tuple[Task, Result | Lost], None, None]:
    """Yield each task with its result, as they are done; ``work`` must be a function of a module.

    Closing the iterator, as Ctrl-C does, ends all processes and waits for them.
    """
    waiting = list(reversed(tasks))
    workers = [_Worker(work) for _ in range(min(jobs, len(tasks)))]
    pool = ThreadPoolExecutor(max_workers=max(1, len(workers)))
    running: dict[Future[Result | Lost], tuple[_Worker[Task, Result], Task]] = {}
    try:
        for worker in workers:
            task = waiting.pop()
            running[pool.submit(worker.run, task)] = (worker, task)
        while running:
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                worker, task = running.pop(done)
                if waiting:
                    further = waiting.pop()
                    running[pool.submit(worker.run, further)] = (worker, further)
                yield task, done.result()
    finally:
        for worker in workers:
            worker.end()
        pool.shutdown()
        for worker in workers:
            worker.close()


class _Worker(Generic[Task, Result]):
    """A process that is begun when it is first needed, and again after it has died or done its share."""

    def __init__(self, work: Callable[[Task], Result]) -> None:
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    def run(self, task: Task) -> Result | Lost:
        """Return the result, or that the process ended before there was one."""
        process = self._begun()
        if process.stdin is None or process.stdout is None:  # both are pipes: see _begun
            return Lost(None)
        result: Any
        try:
            pickle.dump((self._work, task), process.stdin)
            process.stdin.flush()
            result = pickle.load(process.stdout)  # noqa: S301  # written by our own process
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            result = Lost(process.wait())
        self._done += 1
        if isinstance(result, Lost) or self._done >= _TASKS_PER_PROCESS:
            self.end()
            self.close()
        return result  # type: ignore[no-any-return]  # what ``work`` returned, through the pipe

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.returncode is not None:
            start = _START.format(place=str(Path(__file__).parents[1]))
            self._process = subprocess.Popen(
                [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )  # our own interpreter and code
            self._done = 0
        return self._process

    def end(self) -> None:
        """End the process; who waits for its answer finds the end of the pipe."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Close the pipes of the process that has ended; nobody may be reading them."""
        for pipe in (self._process.stdin, self._process.stdout) if self._process else ():
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]  # both are pipes


def serve() -> None:
    """Do the tasks that come through standard input and write each result to standard output, until there are no more.

    Ctrl-C reaches the whole group of processes; the first one decides what becomes of it, and asks by SIGTERM, which
    unwinds the stack here so that half-written files are removed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            work, task = pickle.load(sys.stdin.buffer)  # noqa: S301  # written by our own process
            pickle.dump(work(task), answers)
            answers.flush()
