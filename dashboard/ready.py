"""What is done before the server listens, so that the first visitor need not wait for it."""

from __future__ import annotations

import gc
import inspect
import os
import socket
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from dashboard import call, matches, pieces, pipeline, queries
from matcher.languages import LANGUAGES, speaker

FILES = Path("/dev/fd")
"""What this process has open, by number; not on Windows."""
INTERNET = (socket.AF_INET, socket.AF_INET6)


def get_ready(today: date) -> None:
    """Read the languages, open what was prepared by night, and import what draws the pages that most come to.

    Streamlit looks through the stack at its first element, for which Python finds out once where every module lies:
    that takes a tenth of a second. All that is in memory then stays: the collector of garbage need not walk through it.
    """
    for language in LANGUAGES:
        pieces.make_ready(speaker(language))
    for room in (matches, call, pipeline):
        _import_all(room)
    queries.open_kept(today)
    inspect.stack()
    gc.freeze()


def send_at_once() -> None:
    """Answers leave without waiting for what goes before them to be acknowledged, which takes 40 ms on Linux.

    Streamlit opens its socket without naming the protocol, so that asyncio does not see that it is one of TCP; sockets
    that are accepted take the option over from the one that listens (tcp(7)).
    """
    for file in FILES.iterdir() if FILES.is_dir() else ():
        if file.is_socket():
            with socket.socket(fileno=os.dup(int(file.name))) as one:
                if one.family in INTERNET and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _import_all(room: ModuleType) -> None:
    for module in iter_modules(room.__path__, f"{room.__name__}."):
        import_module(module.name)
