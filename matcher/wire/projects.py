"""Funded projects as plain JSON values."""

from __future__ import annotations

from matcher.model import Participant, Project
from matcher.precedents import Precedents, portrait
from matcher.wire.calls import Json, money_json


def project_json(project: Project) -> Json:
    """A funded project with its participants; amounts are in euro."""
    return project.model_dump(mode="json") | {
        "id": project.id,
        "budget": project.budget and money_json(project.budget),
        "eu_contribution": project.eu_contribution and money_json(project.eu_contribution),
        "participants": [_participant_json(one) for one in project.participants],
    }


def _participant_json(one: Participant) -> Json:
    grant = one.eu_contribution and money_json(one.eu_contribution)
    return one.model_dump(mode="json") | {"eu_contribution": grant}


def precedents_json(found: Precedents, limit: int) -> Json:
    """The first projects, and counts over all of them."""
    counts = portrait(found.projects)
    return {
        "topic": found.codes.topic,
        "call_identifier": found.codes.call,
        "basis": found.basis,
        "count": len(found.projects),
        "coordinators": dict(counts.coordinators.most_common()),
        "countries": dict(counts.countries.most_common()),
        "kinds": dict(counts.kinds.most_common()),
        "participants": list(counts.sizes),
        "projects": [project_json(one) for one in found.projects[:limit]],
    }
