"""Reads documents in a process of their own, with limits: a file from the web may be made to eat memory or time.

What breaks a limit becomes an issue of that document; the next one gets a fresh process.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from crawler.documents.formats import read_here, unread
from matcher.model import DocumentText, Issue

MEMORY = 2 * 1024**3
"""Bytes of address space of the reading process; a guide of 400 pages needs a quarter of it."""
SECONDS = 180.0
"""For one document; a reader stops by itself before that and keeps what it has."""

PROCESSES = multiprocessing.get_context("spawn")


class Job(NamedTuple):
    path: Path
    media_type: str
    label: str
    url: str
    language: str


def read_document(path: Path, media_type: str, label: str = "", url: str = "", language: str = "") -> DocumentText:
    """What stands in one document; for many use Readers, which keeps its process.

    Raises OSError where the file itself cannot be opened. Everything that is wrong with its content is an issue.
    """
    with Readers() as readers:
        return readers.read(path, media_type, label, url, language)


class Readers:
    """Reads documents one after the other in one process as long as that lives."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def read(self, path: Path, media_type: str, label: str = "", url: str = "", language: str = "") -> DocumentText:
        """As `read_document`."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        pipe = self._started()
        pipe.send(Job(path.absolute(), media_type, label, url, language))
        try:
            if pipe.poll(self._seconds):
                return DocumentText.model_validate_json(pipe.recv_bytes())
            problem, allowed = f"not read within {self._seconds:.0f} seconds", f"{self._seconds:.0f} seconds"
        except (EOFError, ConnectionError):
            problem, allowed = self._cause(), f"{self._memory // 1024**2} MB"
        self._end()
        return unread(
            sha256,
            Issue(field="text", problem=problem, found=f"{path.stat().st_size:,} bytes", allowed=allowed),
            label,
            url,
        )

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None:
            self._pipe, theirs = PROCESSES.Pipe()
            self._process = PROCESSES.Process(target=_serve, args=(theirs, self._memory), name="documents", daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _cause(self) -> str:
        assert self._process
        self._process.join(5)
        return f"reading it broke the limit of memory or the reader itself (exit code {self._process.exitcode})"

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.join(0.2)
            if self._process.is_alive():
                self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, memory: int) -> None:
    """What the child does: reads one document after the other until its parent is gone."""
    _limit(memory)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        try:
            text = read_here(*job)
        except MemoryError:
            os._exit(MEMORY_GONE)
        pipe.send_bytes(text.model_dump_json().encode())


def _limit(memory: int) -> None:
    """Windows knows no such limit; there only time is limited."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


MEMORY_GONE = 12
"""Exit code of the child that got no more memory (ENOMEM)."""
