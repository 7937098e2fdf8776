"""Works through several sources side by side, never two that share a host. Knows neither crawls nor the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

AT_ONCE = 2
"""Waiting for sites takes most of the time; two crawls keep two processor cores busy while they understand pages."""

Result = TypeVar("Result")


def side_by_side(
    names: Iterable[str], read: Callable[[str], Result], hosts: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Result]]:
    """Each source with what `read` makes of it, as they finish; they start in the order given.

    Two sources with a common host wait for each other, so that the pauses between requests to a host are kept.
    What `read` raises ends the round when those that are running have ended.
    """
    waiting = list(names)
    running: dict[Future[Result], str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting or running:
            while len(running) < AT_ONCE and (name := _next(waiting, running.values(), hosts)):
                waiting.remove(name)
                running[pool.submit(read, name)] = name
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            done = [(running.pop(future), future.result()) for future in sorted(finished, key=lambda f: running[f])]
            yield from done


def _next(waiting: Iterable[str], running: Iterable[str], hosts: Mapping[str, frozenset[str]]) -> str | None:
    busy = frozenset().union(*(hosts[name] for name in running))
    return next((name for name in waiting if not hosts[name] & busy), None)
