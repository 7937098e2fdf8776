"""A language in which every message of ours looks foreign, so that a sentence that no catalogue could translate shows.

Each letter of a message is written in its full-width form; names, quotes, codes and numbers stay as they are. What is
left in plain letters and reads like English is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from importlib import import_module
from pathlib import Path

from babel import Locale

from matcher.languages import Speaker, environment, speaker
from matcher.languages.messages import extract

speaking = import_module("matcher.languages.speaker")
"""The module, whose name in the package is the function."""
PROJECT = Path(__file__).parents[2]
LANGUAGE = "lv"
"""Its dates and names of countries share few words with English."""
WIDE = 0xFEE0
"""From a letter of ASCII to its full-width form (Unicode block Halfwidth and Fullwidth Forms)."""

_KEPT = re.compile(r"%\(\w+\)s|%%|`[^`]*`|<[^>]*>|:material/\w+:|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b")
_WORD = re.compile(r"[A-Za-z][a-z’']+")
_RUN = re.compile(r"[A-Za-z][A-Za-z’']*(?:[ ,;:.()“”-]+[A-Za-z][A-Za-z’']*)*")


def foreign(message: str) -> str:
    """The message with its letters made wide; values, commands and addresses in it stay."""
    kept = _KEPT.findall(message)
    pieces = [_wide(piece) for piece in _KEPT.split(message)]
    return "".join(piece + hold for piece, hold in zip(pieces, [*kept, ""], strict=True))


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + WIDE) if sign.isascii() and sign.isalpha() else sign for sign in text)


class Pseudo(NullTranslations):
    """A catalogue that has every message."""

    def gettext(self, message: str) -> str:
        return foreign(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return foreign(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return foreign(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return foreign(msgid1 if n == 1 else msgid2)


def pseudo_speaker() -> Speaker:
    """For sentences that are said without a page."""
    return Speaker(LANGUAGE, Pseudo(), Locale.parse(LANGUAGE))


@contextmanager
def spoken_everywhere() -> Iterator[str]:
    """Pages, templates and mails speak it instead of LANGUAGE meanwhile; the code that an address names."""
    kept = speaking.translations
    speaking.translations = lambda code: Pseudo() if code == LANGUAGE else kept(code)
    _forget()
    try:
        yield LANGUAGE
    finally:
        speaking.translations = kept
        _forget()


def _forget() -> None:
    speaker.cache_clear()
    environment.cache_clear()


@cache
def english() -> frozenset[str]:
    """The words of all messages: what a leak is made of."""
    words = set()
    for message in extract(PROJECT):
        forms: Sequence[str] = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        words |= {word.casefold() for form in forms for word in _WORD.findall(_KEPT.sub(" ", form))}
    return frozenset(word for word in words if len(word) > 2)


def leaks(shown: Iterable[str], outside: Iterable[str] = ()) -> list[str]:
    """What of the shown texts reads like an English sentence of ours: two words and more in a row of those that our
    messages are made of. `outside`: names, quotes and references that stay as they are."""
    held = sorted({text for text in outside if text}, key=len, reverse=True)
    return list(dict.fromkeys(leak for text in shown for leak in _leaks(text, held)))


def _leaks(text: str, held: Sequence[str]) -> Iterator[str]:
    for name in held:
        text = text.replace(name, " · ")
    for run in _RUN.findall(_KEPT.sub(" · ", text)):
        words = [word.casefold() for word in _WORD.findall(run)]
        if len(words) > 1 and sum(word in english() for word in words) > len(words) / 2:
            yield run
