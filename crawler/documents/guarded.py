"""Work on foreign files in a process of its own, with limits: a file may be made to eat memory or time.

Knows neither documents nor criteria. What breaks a limit ends that process; the next work gets a fresh one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkstemp
from threading import Thread
from types import TracebackType
from typing import Any, Self

MEMORY = 2 * 1024**3
"""Bytes of address space of the process; reading a guide of 400 pages takes a quarter of it."""
SECONDS = 180.0
"""For one piece of work; a reader stops by itself before that and keeps what it has."""
GRACE = 5.0
"""Seconds after which the process ends itself where its parent did not."""
MEMORY_GONE = 12
"""Exit code of a process that got no more memory (ENOMEM)."""

READY = b"ready"
"""What the process says first: the time of the work does not count until then."""

PROCESSES = multiprocessing.get_context("spawn")
"""Starts from a clean process on every system, never from a copy of this one with its threads."""


class LimitBroken(Exception):
    """The work took too long, too much memory, or ended its process; the message says which."""

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(f"{problem} (allowed: {allowed})")
        self.problem = problem
        self.allowed = allowed


class Guarded:
    """A process that does one piece of work after the other; started with the first, ended with the context."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._said: Path | None = None
        """The file that takes what the process says before it dies, so that nobody's screen does."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def call(self, work: Callable[..., bytes], *arguments: Any) -> bytes:
        """What `work` gives for the arguments; it stands in a module, and all can be pickled. Raises LimitBroken."""
        try:
            pipe = self._started()
            pipe.send((work, arguments))
            if pipe.poll(self._seconds):
                return pipe.recv_bytes()
        except (EOFError, ConnectionError):
            cause = self._cause()
            self._end()
            raise cause from None
        self._end()
        allowed = f"{self._seconds:.0f} seconds"
        raise LimitBroken("it took too long and was ended", allowed)

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None:
            self._pipe, theirs = PROCESSES.Pipe()
            handle, said = mkstemp(prefix="documents-", suffix=".log")
            os.close(handle)
            self._said = Path(said)
            self._process = PROCESSES.Process(
                target=_serve, args=(theirs, self._seconds, self._memory, said), daemon=True
            )
            self._process.start()
            theirs.close()
            self._pipe.recv_bytes()
        return self._pipe

    def _cause(self) -> LimitBroken:
        assert self._process
        self._process.join(5)
        code = self._process.exitcode
        if code == MEMORY_GONE:
            return LimitBroken("it needed too much memory", f"{self._memory // 1024**2} MB")
        last = next(iter(reversed(self._said.read_text(errors="replace").split("\n")[:-1])), "") if self._said else ""
        said = f", {last[:200]}" if last else ""
        return LimitBroken(f"it ended the process that read it (exit code {code}{said})", "a file that can be read")

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._said:
            self._said.unlink(missing_ok=True)
        self._process = self._pipe = self._said = None


def _serve(pipe: Connection, seconds: float, memory: int, said: str) -> None:
    """What the process does, until its parent is gone."""
    with Path(said).open("wb") as log:  # by number, for PDFium is no Python
        os.dup2(log.fileno(), 2)
    _limit(memory)
    Thread(target=_end_with_parent, args=(said,), daemon=True).start()
    pipe.send_bytes(READY)
    while True:
        try:
            work, arguments = pipe.recv()
        except EOFError:
            return
        _set_alarm(seconds + GRACE)
        try:
            done = work(*arguments)
        except MemoryError:
            os._exit(MEMORY_GONE)
        _set_alarm(0.0)
        pipe.send_bytes(done)


def _end_with_parent(said: str) -> None:
    """Whoever ended the parent at once (kill -9), no work goes on for nobody and no file stays."""
    parent = multiprocessing.parent_process()
    assert parent
    wait([parent.sentinel])
    Path(said).unlink(missing_ok=True)
    os._exit(0)


def _set_alarm(seconds: float) -> None:
    """The system ends the process then, also where its work lets no thread of it run; 0 takes the alarm back."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(memory: int) -> None:
    """Only Linux keeps such a limit: macOS refuses to set one, Windows knows none. There only time is limited."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
