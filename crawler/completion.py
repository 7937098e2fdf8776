"""Calls read from a poorer fallback, completed with what the store knows and such a reading cannot know. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from matcher.model import Call, GrantSize

KEPT = (
    "text",
    "conditions",
    "applicants",
    "terms",
    "budget",
    "grant",
    "criteria",
    "documents",
    "updates",
    "types_of_action",
    "deadline_model",
    "call_title",
    "keywords",
)
"""What a run from a poorer fallback cannot know: the store's value stays where the run has none."""


def completed(calls: Iterable[Call], before: Mapping[str, Call]) -> list[Call]:
    """The calls of a poorer reading with what was known `before`, by id.

    The hour of a deadline is such knowledge too: it stands in the conditions, and is kept while the days are the same.
    """
    return [_completed(call, before[call.id]) if call.id in before else call for call in calls]


def _completed(call: Call, before: Call) -> Call:
    kept = {name: getattr(before, name) for name in KEPT if getattr(call, name) in ("", (), None, GrantSize())}
    if [deadline.day for deadline in call.deadlines] == [deadline.day for deadline in before.deadlines]:
        kept["deadlines"] = before.deadlines
    return call.model_copy(update=kept)
