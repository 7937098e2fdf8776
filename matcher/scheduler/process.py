"""One job as a child process: with a time limit, a sign of life while it lasts, and an end when it is told to stop."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import BinaryIO

from matcher.printable import one_line

POLL = 0.2
"""Seconds between two looks at the child and at the wish to stop."""
GRACE = 30.0
"""Seconds that a child which was asked to end may take for it: a mail that is being handed over is finished."""
TOLD = 300
"""Characters of the last line that are kept."""


class How(StrEnum):
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    """Ended because this process is to stop."""
    LOST = "lost"
    """Ended because another worker has the slot."""


@dataclass(frozen=True)
class Ended:
    how: How
    words: str
    """The last line it printed, or why it was ended."""


@dataclass
class Stop:
    """Whether this process was told to stop; a plain value, so that a signal handler may set it at any moment."""

    asked: bool = False


def run(command: Sequence[str], limit: timedelta, beat: timedelta, alive: Callable[[], bool], stop: Stop) -> Ended:
    """Run a module with its arguments to its end. `alive` is called once per `beat`; False: the slot is another's."""
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "matcher.scheduler.child", *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            broken_off = _watch(child, limit, beat, alive, stop)
        finally:
            end(child)
        words = _last_line(output)
    if broken_off:
        return broken_off
    if child.returncode == 0:
        return Ended(How.DONE, words)
    return Ended(How.FAILED, f"exit code {child.returncode}: {words}")


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask a child to end, and kill it when it does not."""
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
    if child.poll() is None:
        child.kill()
    child.wait()
    if child.stdin:
        child.stdin.close()


def _watch(
    child: subprocess.Popen[bytes], limit: timedelta, beat: timedelta, alive: Callable[[], bool], stop: Stop
) -> Ended | None:
    """Wait for the child; why it has to be ended before its time, if it has to."""
    began = beaten = time.monotonic()
    while True:
        with suppress(subprocess.TimeoutExpired):
            child.wait(POLL)
            return None
        now = time.monotonic()
        if stop.asked:
            return Ended(How.STOPPED, "told to stop")
        if now - began > limit.total_seconds():
            return Ended(How.FAILED, f"ended after its time limit of {limit}")
        if now - beaten > beat.total_seconds():
            beaten = now
            if not alive():
                return Ended(How.LOST, "another worker has taken it over")


def _last_line(output: BinaryIO) -> str:
    """Of what was printed, fit for a table and a log."""
    size = output.seek(0, 2)
    output.seek(max(0, size - 16 * TOLD))
    lines = output.read().decode("utf-8", errors="replace").splitlines()
    return one_line(next((line for line in reversed(lines) if line.strip()), ""), TOLD)
