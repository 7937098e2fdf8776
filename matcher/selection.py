"""Which of the stored calls count, and in which order an organisation meets them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from matcher.model import Call, CallStatus, Match


def names(listed: Iterable[Call], records: Iterable[Call]) -> dict[str, list[str]]:
    """What a reader may call a call by, in capitals, to the ids it can mean: ids, identifiers and references.

    Names of records that were merged into a listed call lead to that call.
    """
    meant: dict[str, set[str]] = defaultdict(set)
    by_id = {record.id: record for record in records}
    for call in listed:
        for one in (call, *(by_id[seen.id] for seen in call.sightings)):
            meant[one.id.upper()].add(call.id)
        # What a page that only names the call is called leads to it by the page's id alone.
        same = (call, *(by_id[seen.id] for seen in call.sightings if seen.basis != "names it"))
        for name in (name for one in same for name in (one.identifier, one.reference)):
            meant[name.upper()].add(call.id)
    return {name: sorted(ids) for name, ids in meant.items()}


def stands_in(call: Call, source: str) -> bool:
    """Whether the call is known from that source, by its own record or as a sighting."""
    return source == call.source or any(source == seen.source for seen in call.sightings)


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
