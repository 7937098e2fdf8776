"""Which texts of a call are embedded. Knows no encoder and no vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.model import Call
from matcher.sentences import sentences

CountTokens = Callable[[Sequence[str]], list[int]]
"""How many tokens the encoder makes of each text."""

WINDOW = 128
"""Tokens of one embedded window, title included. Measured best of 128, 250, 500 and whole sections on topic texts."""
LONGEST_TEXT = 50_000
"""Characters of a call's text that are looked at: three times the longest topic text seen."""


def windows(call: Call, count_tokens: CountTokens) -> tuple[str, ...]:
    """What is embedded of one call: see `call_windows`."""
    return call_windows([call], count_tokens)[0]


def call_windows(calls: Sequence[Call], count_tokens: CountTokens) -> tuple[tuple[str, ...], ...]:
    """Title and topic text of each call in windows of about `WINDOW` tokens, cut where sentences end.

    Each window begins with the title, so that none stands without its subject. Conditions, boilerplate and the
    publisher's updates are never embedded: they read alike in thousands of calls and drown what one call is about.
    """
    parts = [_sentences_of(call) for call in calls]
    counts = iter(count_tokens([text for part in parts for text in part]))
    return tuple(_pack(part, [next(counts) for _ in part]) for part in parts)


def _sentences_of(call: Call) -> list[str]:
    """The title, then the sentences of the text."""
    return [call.title, *(span.text for span in sentences(call.text[:LONGEST_TEXT]) if span.text != call.title)]


def _pack(part: list[str], counts: list[int]) -> tuple[str, ...]:
    """Sentences joined to windows, the title (`part[0]`) before each."""
    title, room = part[0], max(WINDOW - counts[0], WINDOW // 2)
    packed: list[list[str]] = [[]]
    left = room
    for text, count in zip(part[1:], counts[1:], strict=True):
        if packed[-1] and count > left:
            packed.append([])
            left = room
        packed[-1].append(text)
        left -= count
    return tuple("\n".join([title, " ".join(window)]).strip() for window in packed)
