"""Which addresses are ours, and what each kind of them needs. Pure; everything else is Streamlit's."""

from __future__ import annotations

from urllib.parse import parse_qsl

OURS = ("/accessibility", "/alerts", "/api", "/feed.atom", "/health", "/plain", "/privacy")
"""Beginnings of the addresses that dashboard.routes answers."""

SECRET = ("/alerts",)
"""Where a token may stand in the address: neither kept by a browser or proxy nor indexed."""


DEADLINES = "/plain/deadlines.ics"
"""The calendar of an organisation's deadlines."""
KEY = "key"
"""The parameter that holds one outside of those: the way to the plain pages of an organisation that is not public."""


def is_ours(path: str) -> bool:
    return _within(path, OURS)


def is_secret(path: str, query: str = "") -> bool:
    return _within(path, SECRET) or any(name == KEY for name, _ in parse_qsl(query, keep_blank_values=True))


def _within(path: str, beginnings: tuple[str, ...]) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in beginnings)
