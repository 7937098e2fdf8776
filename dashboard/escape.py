"""Makes text and addresses from outside harmless in Streamlit's Markdown. Pure; knows no call and no page.

Streamlit escapes HTML itself, but renders remote images, links, colours, icons and formulas that a text may hold.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from matcher.printable import printable, safe_url

__all__ = ["host", "md_escape", "md_link", "printable", "safe_url"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

_AFTER_PARSING = re.compile(r"(?<=:)(?=//|[\w+-]+:)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
"""Where Streamlit looks for addresses, emoji and icons in text that is already unescaped."""

_WORD_JOINER = "\N{WORD JOINER}"
"""Invisible, of no width, no line break: what stands apart is no address any more."""


def md_escape(text: str) -> str:
    """The text as one line of Markdown that shows it literally, whatever it holds."""
    line = " ".join(printable(text).split())
    return _PUNCTUATION.sub(r"\\\1", _AFTER_PARSING.sub(_WORD_JOINER, line))


def md_link(label: str, url: str) -> str:
    """A Markdown link, or only its label where the address is not http or https."""
    address = safe_url(url)
    return f"[{md_escape(label)}]({address})" if address else md_escape(label)


def host(url: str) -> str:
    """The host a reader would be sent to; empty where there is none."""
    return (urlsplit(url.strip()).hostname or "") if safe_url(url) else ""
