"""Organisations and their matches as plain JSON values."""

from __future__ import annotations

from matcher.explanation import Explanation
from matcher.model import Match, Profile
from matcher.wire.calls import Json, deadline_iso


def match_json(match: Match) -> Json:
    """A match: what it is, how well it fits and why, who may get at it and how."""
    deadline = match.call.next_deadline(match.on) or (match.call.deadlines[-1] if match.call.deadlines else None)
    return {
        "call_id": match.call.id,
        "source": match.call.source,
        "tier": match.call.tier,
        "confirmed": match.call.is_confirmed,
        "as_of": match.call.as_of.isoformat(),
        "sightings": [seen.model_dump(mode="json") for seen in match.call.sightings],
        "origins": [origin.model_dump(mode="json") for origin in match.call.origins],
        "identifier": match.call.identifier,
        "title": match.call.title,
        "fund": match.call.fund,
        "programme": match.call.programme,
        "kind": match.call.kind,
        "url": match.call.url,
        "deadline": deadline and deadline_iso(deadline),
        "status": match.status,
        "score": match.score,
        "contributions": [part.model_dump(mode="json") for part in match.contributions],
        "route": match.route.kind,
        "route_also": list(match.route.also),
        "route_label": match.route.label,
        "route_reason": match.route.reason,
        "route_reference": match.route.reference,
        "route_body": match.route.body and match.route.body.model_dump(mode="json"),
        "route_contacts": [body.model_dump(mode="json") for body in match.route.contacts],
        "route_gap": match.route.gap,
        "planned": match.call.is_planned,
        "national": match.call.national and match.call.national.model_dump(mode="json"),
        "verdicts": [verdict.model_dump(mode="json") for verdict in match.verdicts],
        "quotes": [evidence.model_dump(mode="json") for evidence in match.evidence],
        "goals": [served.model_dump(mode="json") for served in match.goals],
    }


def explanation_json(explanation: Explanation) -> Json:
    return match_json(explanation.match) | {
        "in_favour": list(explanation.in_favour),
        "against": list(explanation.against),
        "unknown": list(explanation.unknown),
    }


def profile_json(profile: Profile) -> Json:
    return profile.model_dump(mode="json")
