"""Text from outside for a screen: without what cannot be seen but changes how the rest is read or shown. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

_UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but line ends and tabs, those that turn the direction of what follows, and half characters."""


def printable(text: str) -> str:
    """The text without characters that cannot be seen but change how what follows is read."""
    return _UNPRINTABLE.sub("", text)


def printable_json(value: Any, indent: int) -> str:
    """JSON that says the same as ever; what could steer a terminal is written as \\u and four digits."""
    return _UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent)
    )
