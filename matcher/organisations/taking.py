"""What a form takes over of what was read in a text: what is new to it, what that would take the place of. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from matcher.model import OrganisationType
from matcher.organisations.draft import Draft, DraftNeed, Figure, usual
from matcher.organisations.form import whole_number
from matcher.organisations.reading import Proposal

_SINGLE: dict[str, Callable[[Draft], str]] = {
    "name": lambda draft: draft.name,
    "type": lambda draft: draft.type.value if draft.type else "",
    "country": lambda draft: draft.country,
    "nuts": lambda draft: draft.nuts,
    "description": lambda draft: draft.description,
    "population": lambda draft: draft.population.value,
}
"""The fields that hold one value; needs and languages stand beside those that are there."""


def new_to(draft: Draft, found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Those that say something else than the draft, each value once."""
    each: dict[tuple[str, str], Proposal] = {}
    for one in found:
        if not _says(draft, one):
            each.setdefault((one.field, one.value), one)
    return tuple(each.values())


def replaced(draft: Draft, one: Proposal) -> str:
    """The value that it would take the place of; empty where there is none."""
    return _SINGLE[one.field](draft) if one.field in _SINGLE else ""


def taken(draft: Draft, ticked: Sequence[Proposal]) -> Draft:
    """The draft with what was found: single facts in the place of its own, needs and languages beside them."""
    found = {one.field: one.value for one in reversed(ticked)}
    needs = [DraftNeed(one.value) for one in new_to(draft, ticked) if one.field == "needs"]
    spoken = dict.fromkeys([*draft.languages, *(one.value for one in ticked if one.field == "languages")])
    return usual(
        replace(
            draft,
            name=found.get("name", draft.name),
            type=OrganisationType(found["type"]) if "type" in found else draft.type,
            country=found.get("country", draft.country),
            nuts=found.get("nuts", draft.nuts),
            description=found.get("description", draft.description),
            population=Figure(found["population"]) if "population" in found else draft.population,
            needs=(*draft.needs, *needs),
            languages=tuple(spoken),
        )
    )


def _says(draft: Draft, one: Proposal) -> bool:
    if one.field == "needs":
        return one.value in {need.text for need in draft.needs}
    if one.field == "languages":
        return one.value in draft.languages
    if one.field == "population":
        return whole_number(one.value) == whole_number(draft.population.value)
    return one.value == replaced(draft, one)
