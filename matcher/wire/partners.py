"""Partner suggestions as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.model import Answer
from matcher.partners.page import PartnerPage
from matcher.partners.suggesting import Suggestion
from matcher.reference.networks import Network
from matcher.wire.calls import Json


def partner_page_json(page: PartnerPage, top: int) -> Json:
    """What the draft lacks, the first `top` suggestions of each sort with how many there are, and networks to ask."""
    return {
        "call_id": page.board.call.id,
        "profile": page.asking.id,
        "role": page.role,
        "advice": page.advice.model_dump(mode="json"),
        "members": [one.model_dump(mode="json") for one in page.board.members],
        "conditions": [one.model_dump(mode="json") for one in page.board.conditions],
        "lacking": sorted({one.rule for one in page.board.conditions if one.answer is Answer.NOT_MET}),
        "leads": _some(page.leads, top),
        "partners": _some(page.partners, top),
        "strengthening": _some(page.strengthening, top),
        "closed": page.closed,
        "projects_stored": page.stored,
        "projects_looked_at": page.looked_at,
        "networks": [network_json(one) | {"member": one.key in page.memberships} for one in page.networks],
    }


def suggestion_json(one: Suggestion) -> Json:
    """A candidate in a role with the parts of its score, reasons and evidence."""
    candidate = one.candidate
    return one.model_dump(mode="json") | {
        "candidate": candidate.model_dump(mode="json")
        | {"led": candidate.led, "joined": candidate.joined, "not_known": list(candidate.not_known)}
    }


def network_json(network: Network) -> Json:
    return network.model_dump(mode="json")


def _some(found: Iterable[Suggestion], top: int) -> Json:
    found = list(found)
    return {"count": len(found), "first": [suggestion_json(one) for one in found[:top]]}
