"""Text and addresses from outside for a screen: without what cannot be seen but changes how the rest is read. Pure."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

_UNPRINTABLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters but line ends and tabs, those that turn the direction of what follows, half and no characters."""

_IN_ADDRESS = "%/:?#@&+,;=~-._"


def printable(text: str) -> str:
    """The text without characters that cannot be seen but change how what follows is read."""
    return _UNPRINTABLE.sub("", text)


def one_line(text: str, most: int = 1_000) -> str:
    """The printable text as one line of at most so many characters; the mark at its end says that it goes on."""
    line = " ".join(printable(text[: 8 * most]).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def safe_url(url: str) -> str | None:
    """The address if it is a complete http or https one, with everything encoded that could end it where it is put."""
    address = url.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address.split()) > 1:
        return None
    return quote(address, safe=_IN_ADDRESS, errors="replace")


def printable_json(value: Any, indent: int) -> str:
    """JSON that says the same as ever; what could steer a terminal is written as \\u and four digits."""
    return _UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent)
    )
