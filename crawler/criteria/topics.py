"""Which topic of a document a clause holds for. Knows the codes a document names, but no condition."""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.criteria.clauses import Clause
from matcher.model import DocumentText

_CODE = re.compile(r"\b[A-Z][A-Z0-9+]{1,}(?:[-‑–][A-Z0-9+]{1,20}){2,9}\b")
_YEAR = re.compile(r"-20\d\d(?:-|$)")
_NUMBERED = re.compile(
    r"\b(?:for |under )?topics? (?P<numbers>\d{1,2}(?:(?:, | and | or | & )\d{1,2})*)\b", re.IGNORECASE
)
_NEAR = 90
"""Characters between "Topic 2" and the code it stands beside."""


class Topics(NamedTuple):
    """The codes of a document in its order, and those that stand beside "Topic 1", "Topic 2"."""

    codes: tuple[str, ...]
    numbered: dict[int, str]

    def of(self, clause: Clause) -> tuple[tuple[str, ...], bool]:
        """The codes that a clause is said to hold for, and whether that is known. No code: it holds for all."""
        if len(self.codes) < 2 and not self.numbered:
            return (), not (len(self.codes) != 1 and _NUMBERED.search(clause.said))
        for words in (clause.said, *reversed(clause.headings)):
            named = tuple(code for code in self.codes if code in _plain(words))
            if named:
                return (named if len(named) < len(self.codes) else ()), True
            if numbers := _numbers(words):
                known = tuple(self.numbered[number] for number in numbers if number in self.numbered)
                return known, len(known) == len(numbers)
        return (), True


def topics(text: DocumentText) -> Topics:
    """The topics that a document covers; a code that another one begins with is that of their call."""
    whole = _plain(text.text)
    found = dict.fromkeys(code[0] for code in _CODE.finditer(whole) if _YEAR.search(code[0]))
    codes = tuple(code for code in found if not any(other.startswith(f"{code}-") for other in found))
    numbered: dict[int, str] = {}
    if len(codes) > 1:
        for hit in _NUMBERED.finditer(whole):
            if (
                hit["numbers"].isdigit()
                and int(hit["numbers"]) not in numbered
                and (code := _beside(whole, hit, codes))
            ):
                numbered[int(hit["numbers"])] = code
    return Topics(codes, numbered)


def _beside(whole: str, hit: re.Match[str], codes: tuple[str, ...]) -> str:
    """The code in the same line, next to the number."""
    line = whole[whole.rfind("\n", 0, hit.start()) + 1 : _end(whole, hit.end())]
    at = hit.start() - (whole.rfind("\n", 0, hit.start()) + 1)
    near = sorted((abs(line.find(code) - at), code) for code in codes if code in line)
    return near[0][1] if near and near[0][0] <= _NEAR else ""


def _end(whole: str, start: int) -> int:
    end = whole.find("\n", start)
    return len(whole) if end < 0 else end


def _numbers(words: str) -> list[int]:
    return [int(number) for hit in _NUMBERED.finditer(words) for number in re.findall(r"\d+", hit["numbers"])]


def _plain(words: str) -> str:
    """With one kind of hyphen."""
    return words.replace("‑", "-").replace("–", "-")
