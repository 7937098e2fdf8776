"""Which topic of a document a clause holds for. Knows the codes a document names, but no condition."""

from __future__ import annotations

import re
from typing import NamedTuple

from crawler.criteria.clauses import Clause
from matcher.model import DocumentText

_CODE = re.compile(r"\b[A-Z][A-Z0-9+]{1,}(?:[-‑–][A-Z0-9+]{1,20}){2,9}\b")
_YEAR = re.compile(r"-20\d\d(?:-|$)")
_NUMBERED = re.compile(
    r"\b(?:for |under )?topics?:? (?P<numbers>\d{1,2}(?:(?:, | and | or | & )\d{1,2})*)\b", re.IGNORECASE
)
_OWN_NUMBER = re.compile(r"-0?(\d{1,2})(?:-[A-Z]+)?$")
_NEAR = 90
"""Characters between "Topic 2" and the code it stands beside."""
_SCOPE = re.compile(r"(?:^|(?<=[.;:] ))(?:For|Under|In|Topics?) [^.;]{0,300}")
"""A sentence that says for which topic it, and those behind it in the paragraph, hold."""
_ALL = re.compile(r"\ball (?:the )?(?:\w+ )?topics\b", re.IGNORECASE)
PARAGRAPH = 1_500
"""Characters that are looked back on for such a sentence."""


class Topics(NamedTuple):
    """The codes of a document in its order, and those that stand beside "Topic 1", "Topic 2"."""

    codes: tuple[str, ...]
    numbered: dict[int, str]
    whole: str

    @property
    def several(self) -> bool:
        """Whether the document covers more than one topic."""
        return len(self.codes) > 1

    def of(self, clause: Clause) -> tuple[tuple[str, ...], bool]:
        """The codes that a clause is said to hold for, and whether that is known. No code: it holds for all."""
        if len(self.codes) < 2 and not self.numbered:
            return (), not (len(self.codes) != 1 and _NUMBERED.search(clause.said))
        for words in (clause.said, self._scope(clause), *reversed(clause.headings)):
            if _ALL.search(words):
                return (), True
            named = tuple(code for code in self.codes if code in _plain(words))
            if named:
                return (named if len(named) < len(self.codes) else ()), True
            if numbers := _numbers(words):
                known = tuple(self.numbered[number] for number in numbers if number in self.numbered)
                return known, len(known) == len(numbers)
        return (), True

    def _scope(self, clause: Clause) -> str:
        """The last sentence before the clause in its paragraph, which a page may break, that speaks for some topics."""
        start = self.whole.rfind("\n", 0, clause.start) + 1
        if start and self.whole[start].islower():
            start = self.whole.rfind("\n", 0, start - 1) + 1
        before = self.whole[max(start, clause.start - PARAGRAPH) : clause.start]
        named = [said[0] for said in _SCOPE.finditer(before) if _speaks_of_topics(said[0], self.codes)]
        return named[-1] if named else ""


def _speaks_of_topics(words: str, codes: tuple[str, ...]) -> bool:
    return bool(_NUMBERED.search(words) or _ALL.search(words)) or any(code in words for code in codes)


def topics(text: DocumentText) -> Topics:
    """The topics that a document covers; a code that another one begins with is that of their call."""
    whole = _plain(text.text)
    found = dict.fromkeys(code[0] for code in _CODE.finditer(whole) if _YEAR.search(code[0]))
    codes = tuple(code for code in found if not any(other.startswith(f"{code}-") for other in found))
    numbered = _by_number(codes)
    if len(codes) > 1 and not numbered:
        for hit in _NUMBERED.finditer(whole):
            if (
                hit["numbers"].isdigit()
                and int(hit["numbers"]) not in numbered
                and (code := _beside(whole, hit, codes))
            ):
                numbered[int(hit["numbers"])] = code
    return Topics(codes, numbered, whole)


def _by_number(codes: tuple[str, ...]) -> dict[int, str]:
    """The codes by the number that stands in each of them, as in AMIF-2031-TF2-AG-CALL-02-LOCAL; empty where one has
    none of its own."""
    found = [(_OWN_NUMBER.search(code), code) for code in codes]
    numbers = {int(hit[1]): code for hit, code in found if hit}
    return numbers if len(codes) > 1 and len(numbers) == len(codes) else {}


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
