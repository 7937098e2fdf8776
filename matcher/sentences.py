"""Cuts a text into sentences and list items that stay verbatim: each knows where it stands. Knows nothing of calls."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 600
"""Characters; a longer "sentence" (a table, a list without full stops) is cut at a space: a quote must be readable."""

_NEVER_LAST = re.compile(  # words whose full stop does not end a sentence
    r"e\.g|i\.e|cf|al|etc|approx|incl|esp|resp|viz|ca|mrs?|ms|dr|prof|st|z\.b|d\.h|u\.a|bzw|ggf|usw|p\.ex|p\.ej"
    r"|π\.χ|κ\.λπ|t\.sk|piem|tzv|např|npr|tzn|itp|itd|np|\w"
)
_NUMBERED = re.compile(r"arts?|nos?|nr|núm|num|č|čl|paras?|abs|pp|pág|vol|ch|sec|fig|ref|reg|dir|αρ")  # "Art. 5"
_BOUNDARY = re.compile(r"""([.!?…;])["'”’»)\]]*\s+(?=["'“‘«(\[¿¡]*[^\W_])""")
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MARKER = re.compile(r"(?:[•·◦▪■●‣⁃*–—-]\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+|\d{1,2}\.\s+)+")


class Span(NamedTuple):
    """A verbatim piece of a text: `text == whole[start:end]`."""

    text: str
    start: int
    end: int


def sentences(whole: str) -> tuple[Span, ...]:
    """The sentences and list items of a text in reading order, without list markers and surrounding white space."""
    found = []
    for line in _LINE.finditer(whole):
        start = line.start()
        for end in [*_ends(line.group()), len(line.group())]:
            found.extend(_pieces(whole, start, line.start() + end))
            start = line.start() + end
    return tuple(found)


def _ends(line: str) -> list[int]:
    """Positions in a line at which a sentence is over."""
    return [found.end() for found in _BOUNDARY.finditer(line) if _is_end(line, found)]


def _is_end(line: str, found: re.Match[str]) -> bool:
    after = line[found.end() :].lstrip("\"'“‘«([¿¡")[:1]
    if found[1] == ";":  # the Greek question mark looks the same; elsewhere the sentence goes on
        return "Ͱ" <= after <= "Ͽ" and after.isupper()
    if found[1] == ".":
        word = line[: found.start()].rsplit(None, 1)[-1:] or [""]
        bare = word[0].lstrip("\"'“‘«([").lower()
        if _NEVER_LAST.fullmatch(bare) or (after.isdigit() and _NUMBERED.fullmatch(bare)):
            return False
    return not after.islower()


def _pieces(whole: str, start: int, end: int) -> list[Span]:
    """The span without marker and outer white space; several spans when it is longer than can be read."""
    marker = _MARKER.match(whole, start + len(whole[start:end]) - len(whole[start:end].lstrip()), end)
    start = marker.end() if marker else start
    found = []
    while end - start > LONGEST:
        space = whole.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        found.append(_trimmed(whole, start, cut))
        start = cut
    found.append(_trimmed(whole, start, end))
    return [span for span in found if any(character.isalnum() for character in span.text)]


def _trimmed(whole: str, start: int, end: int) -> Span:
    piece = whole[start:end]
    text = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Span(text, start, start + len(text))
