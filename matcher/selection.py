"""Which of the stored calls count, and in which order an organisation meets them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.model import Call, CallStatus, Match


def without_superseded(calls: Iterable[Call]) -> list[Call]:
    """Leave out a call restated by hand where the official record of the same identifier is there too."""
    calls = list(calls)
    official = {call.identifier for call in calls if call.source != CURATED}
    return [call for call in calls if call.source != CURATED or call.identifier not in official]


CURATED = "published_calls"
"""The source of calls that were restated from public pages."""


def usability(match: Match) -> int:
    """0: can be used now or soon; 1: not known; 2: running, but no money for this organisation; 3: closed."""
    if match.status is CallStatus.CLOSED:
        return 3
    if match.route.is_open is False:
        return 2
    return 1 if match.route.is_open is None or match.status is CallStatus.UNKNOWN else 0


def by_use(match: Match) -> tuple[int, bool, float, str]:
    """What can be applied to today comes before what opens later."""
    return usability(match), match.status is CallStatus.FORTHCOMING, -match.score, match.call.id
