"""Calls of a poorer reading, completed with what the store knows and such a reading cannot know. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from matcher.model import Call, GrantSize, National

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


def remembered(calls: Iterable[Call], before: Mapping[str, Call], fields: Collection[str]) -> list[Call]:
    """The calls with those `fields` that the source told `before`, by id, and that this reading is silent about.

    For a source with two lists, where a call that moves from the plan to the published ones leaves facts behind. "area"
    is that of the national part.
    """
    return [_remembered(call, before[call.id], fields) if call.id in before else call for call in calls]


def _remembered(call: Call, before: Call, fields: Collection[str]) -> Call:
    silent = [name for name in fields if name != "area" and getattr(call, name) in ("", (), None)]
    kept = {name: getattr(before, name) for name in silent}
    if "area" in fields and call.national and before.national:
        kept["national"] = _with_area(call.national, before.national)
    return call.model_copy(update=kept)


def _with_area(now: National, before: National) -> National:
    return now if now.area.text else now.model_copy(update={"area": before.area})


def _completed(call: Call, before: Call) -> Call:
    kept = {name: getattr(before, name) for name in KEPT if getattr(call, name) in ("", (), None, GrantSize())}
    if [deadline.day for deadline in call.deadlines] == [deadline.day for deadline in before.deadlines]:
        kept["deadlines"] = before.deadlines
    return call.model_copy(update=kept)
