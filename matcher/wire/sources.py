"""Sources and Member States as plain JSON values."""

from __future__ import annotations

from matcher.coverage import SourceState
from matcher.national_coverage import MemberState
from matcher.wire.calls import Json


def source_json(state: SourceState) -> Json:
    """A source of the registry, read or not: what it is, how fresh, how complete, what is missing."""
    return {
        "source": state.source,
        "condition": state.condition,
        "card": state.card and state.card.model_dump(mode="json"),
        "age_days": state.age_days,
        "stale": state.is_stale,
        "calls": {str(status): count for status, count in sorted(state.calls.items())},
        "filled": state.filled,
        "last_good_run": state.last_good and state.last_good.model_dump(mode="json"),
        "latest_run": state.latest and state.latest.model_dump(mode="json"),
        "issues": [issue.model_dump(mode="json") for issue in state.issues],
    }


def member_state_json(member: MemberState) -> Json:
    """How far a Member State's own calls are held here, from which sources, and where it publishes them."""
    known = member.known.model_dump(mode="json", exclude={"country"}) if member.known else {"portal": None}
    return {
        "country": member.country,
        "reach": member.reach,
        "funds": list(member.funds),
        "open": member.open,
        "planned": member.planned,
        "last_read": member.last_read and member.last_read.isoformat(),
        "sources": [state.source for state in member.states],
        "never_read": [state.source for state in member.unread],
        **known,
        "bodies": [body.model_dump(mode="json", exclude={"country"}) for body in member.bodies],
    }
