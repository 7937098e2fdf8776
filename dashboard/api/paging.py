"""Lists in parts: a cursor names the last item given, so that nothing is skipped when the list changes. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

Key = tuple[str, ...]
LONGEST = 1_000
"""Characters of a cursor."""
T = TypeVar("T")


class BadCursor(ValueError):
    """What was given is none of the cursors that a list gave out."""


def part(items: Sequence[T], key: Callable[[T], Key], cursor: str | None, limit: int) -> tuple[Sequence[T], str | None]:
    """At most `limit` items after the cursor, and the cursor after them; `items` ascend by `key`. Raises BadCursor."""
    start = bisect_right(items, _read(cursor), key=key) if cursor else 0
    found = items[start : start + limit]
    return found, _write(key(found[-1])) if start + limit < len(items) else None


def _write(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _read(cursor: str) -> Key:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor[:LONGEST]))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise BadCursor("take `next` of the part before this one") from error
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadCursor("take `next` of the part before this one")
    return tuple(found)
