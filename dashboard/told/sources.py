"""Words that name their source, with the addresses in them as links. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from matcher.printable import printable, safe_url

Piece = tuple[str, str]
"""Words, and the address they lead to; empty where they lead nowhere."""

_ADDRESS = re.compile(r"(https?://\S+?)(?=[;,.)]*(?:\s|$))")


def sourced(text: str) -> tuple[Piece, ...]:
    """All of the text in order; an address stands as the host it leads to."""
    pieces = (one for one in _ADDRESS.split(printable(text)) if one)
    return tuple((host(one), safe_url(one) or "") if host(one) else (one, "") for one in pieces)


def host(address: str) -> str:
    """The site an address leads to; empty where a browser would not follow it."""
    return (urlsplit(address.strip()).hostname or "").removeprefix("www.") if safe_url(address) else ""
