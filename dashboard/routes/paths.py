"""Which addresses are ours, and what each kind of them needs. Pure; everything else is Streamlit's."""

from __future__ import annotations

OURS = ("/alerts", "/api", "/feed.atom", "/health", "/privacy")
"""Beginnings of the addresses that dashboard.routes answers."""

SECRET = ("/alerts",)
"""Where a token may stand in the address: neither kept by a browser or proxy nor indexed."""


def is_ours(path: str) -> bool:
    return _within(path, OURS)


def is_secret(path: str) -> bool:
    return _within(path, SECRET)


def _within(path: str, beginnings: tuple[str, ...]) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in beginnings)
