"""One call out of the records of several sources: the best record, its gaps filled, and by which source. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from matcher.model import Call, Criterion, DeadlineModel, GrantSize, Origin, Sighting

TOGETHER = (
    ("url",),
    ("programme", "fund"),
    ("call_identifier",),
    ("call_title",),
    ("parent_title",),
    ("granting_project",),
    ("opening", "opening_precision"),
    ("deadlines", "deadline_model"),
    ("budget",),
    ("grant",),
    ("text", "language"),
    ("conditions",),
    ("applicants",),
    ("terms",),
    ("keywords",),
    ("types_of_action",),
    ("documents",),
    ("updates",),
)
"""What is filled, and what is taken from one record or not at all. The first of each decides whether it is empty: a
deadline of one source never stands beside one of another, and a text brings its language."""

_FILLED = attrgetter(*(fields[0] for fields in TOGETHER if fields != ("grant",)), "grant.maximum")
_NO_GRANT = GrantSize()


def richness(call: Call) -> int:
    """How many of the fields that can be filled say something."""
    return sum(map(bool, _FILLED(call)))


def own(call: Call) -> Call:
    """The call without what it got from other records: what was filled in never tells whose record it is."""
    if not call.origins:
        return call
    return call.model_copy(update={origin.field: _unfilled(call, origin.field) for origin in call.origins})


def fill(winner: Call, others: Iterable[Call], sightings: tuple[Sighting, ...]) -> Call:
    """The winner with its empty fields filled from the others, in their order, and `sightings` added to its own.

    Criteria come from one record, and only those whose quotes stand in the texts that are kept.
    """
    values: dict[str, Any] = {}
    origins = list(winner.origins)
    for other in others:
        found = _missing(winner.model_copy(update=values), other)
        values |= found
        origins += [Origin(field=field, source=other.source) for field in found]
    return winner.model_copy(update=values | {"origins": tuple(dict.fromkeys(origins)), "sightings": sightings})


def _missing(so_far: Call, other: Call) -> dict[str, Any]:
    """What the other record can add to the call."""
    found: dict[str, Any] = {}
    for fields in TOGETHER:
        if _is_empty(so_far, fields[0]) and not _is_empty(other, fields[0]):
            found |= {field: getattr(other, field) for field in fields if getattr(other, field) is not None}
    if _stands_in(so_far) and not _stands_in(other) and not any(_place(one) == "title" for one in so_far.criteria):
        found["title"] = other.title
    pages = tuple(page for page in other.sources if page not in so_far.sources and page != so_far.url)
    if pages:
        found["sources"] = (*so_far.sources, *dict.fromkeys(pages))
    kept = () if so_far.criteria else _quoted_rightly(so_far.model_copy(update=found), other.criteria)
    return found | ({"criteria": kept} if kept else {})


def _quoted_rightly(call: Call, criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    return tuple(
        one
        for one in criteria
        if one.quote is None or getattr(call, one.quote.place)[one.quote.start : one.quote.end] == one.quote.text
    )


def _place(criterion: Criterion) -> str:
    return criterion.quote.place if criterion.quote else ""


def _is_empty(call: Call, field: str) -> bool:
    if field == "deadlines":
        return not call.deadlines and call.deadline_model is not DeadlineModel.PERMANENT
    if field == "programme":
        return call.programme is None and call.fund is None
    value = getattr(call, field)
    return value is None or value in ((), "", _NO_GRANT)


def _stands_in(call: Call) -> bool:
    """Whether the code stands where the source gave no title."""
    return call.title == call.identifier


def _unfilled(call: Call, field: str) -> Any:
    if field == "title":
        return call.identifier
    return "" if field == "url" else Call.model_fields[field].get_default()
