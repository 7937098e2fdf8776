"""A call looked at through the brief as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.brief.brief import Brief
from matcher.model import GoalServed
from matcher.wire.calls import Json


def brief_json(brief: Brief) -> Json:
    return {
        "goals": goals_json(brief.goals),
        "migrant_partners": brief.partners.model_dump(mode="json"),
        "checklist": brief.checklist.model_dump(mode="json"),
    }


def goals_json(goals: Iterable[GoalServed]) -> list[Json]:
    return [one.model_dump(mode="json") for one in goals]
