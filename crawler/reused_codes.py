"""Tells apart two calls for which a source used the same code, one after the other. Pure.

Within one list `timetables.calls` does it; here a code is held against what the store knows from before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from rapidfuzz import fuzz

from matcher.model import Call, CallStatus, Issue

ALIKE = 60
"""Likeness of titles (0..100, words in any order) from which on a call was only renamed. A code is reused for something
else altogether; the many renamed calls keep most of their words."""


def keep_apart(calls: Iterable[Call], before: Mapping[str, Call], on: date) -> tuple[list[Call], list[Issue]]:
    """The calls of a run; one whose code stood for another, closed call gets a reference of its own and an issue.

    `before`: the source's stored calls by id. The same call gets the same reference in every later run.
    """
    kept: list[Call] = []
    issues: list[Issue] = []
    for call in calls:
        earlier = before.get(call.id)
        if earlier is None or not _is_another(call, earlier, on):
            kept.append(call)
            continue
        kept.append(call.model_copy(update={"reference": f"{call.reference}-{_digest(call.title)}"}))
        problem = f"the code stood for another call, closed by now: {earlier.title!r}; both are kept"
        issues.append(Issue(field="reference", problem=problem, found=call.title, reference=call.reference))
    return kept, issues


def _is_another(call: Call, earlier: Call, on: date) -> bool:
    if call.national is None or earlier.status(on) is not CallStatus.CLOSED or call.status(on) is CallStatus.CLOSED:
        return False
    return fuzz.token_sort_ratio(call.title.casefold(), earlier.title.casefold()) < ALIKE


def _digest(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()[:12]
