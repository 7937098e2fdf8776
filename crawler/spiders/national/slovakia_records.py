"""What the records of ITMS21+ say between their fields: which plan a call continues, its state, its area. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crawler.platforms.json_records import values_at

PLANNED, ANNOUNCED = "planovanavyzva", "vyzva"
STATES = {
    "zrusena": "zrušená",
    "uzavreta": "uzavretá",
    "pozastavenePredkladanieZonfp": "pozastavená",
    "vyhlasena": "vyhlásená",
}
"""A flag of a record -> what it makes the call, the strongest first."""
OVER = {PLANNED: ("zrusena", "vyhlasena"), ANNOUNCED: ("zrusena", "uzavreta")}
"""Flags of records that nobody waits for any more."""
DAYS = ("datumVyhlasenia", "datumUkoncenia", "datumVyhlasenia1Kolo", "datumUzavretia1Kolo")
ALIKE = ("kod", "nazovSk")
"""What a plan and its call may have in common."""
WHOLE = re.compile(r"(?:celé )?slovensko|(?:celá )?slovenská republika", re.IGNORECASE)

Record = dict[str, Any]
Number = Any
"""A record's own; what it is made of is not ours to say."""


def is_past(record: Record, kind: str, since: datetime) -> bool:
    """Whether a record is over, by its flag, and its last known day was before `since`."""
    over = any(record.get(flag) is True for flag in OVER[kind])
    last = max((day for name in DAYS if isinstance(day := record.get(name), int)), default=None)
    return over and last is not None and last < since.timestamp() * 1000


def state(record: Record, kind: str) -> str:
    found = next((word for flag, word in STATES.items() if record.get(flag) is True), "")
    return found or ("plánovaná" if kind == PLANNED else "")


def deadline_model(record: Record) -> str:
    """Several days of rounds are cut-offs; a call of the open type (OTVORENA) without any end takes applications on."""
    if len(values_at(record, "posudzovaneObdobie.datumUzavierky")) > 1:
        return "multiple cut-off"
    ends = [record.get("datumUkoncenia"), *values_at(record, "posudzovaneObdobie.datumUzavierky")]
    return "permanent" if record.get("typ") == "OTVORENA" and not any(ends) else ""


def area(record: Record) -> tuple[str, ...]:
    """The places; where they are the whole country, or none is named, the one category of regions it is meant for."""
    places = [str(name) for name in values_at(record, "miestoRealizacie.nazovSk") if name]
    categories = {str(name): None for name in values_at(record, "kategoriaRegionov.nazovSk") if name}
    whole = all(WHOLE.fullmatch(place) for place in places)
    return tuple(categories if whole and len(categories) == 1 else places or categories)


def continuations(
    planned: Iterable[Record], announced: Iterable[Record]
) -> tuple[dict[Number, Number], frozenset[Number]]:
    """Announced call -> the plan it continues, by their numbers; and every plan that some announced call stands for.

    Told by the links of both lists; where a firewall hides those, by the code or the title, of plans that are marked as
    announced. Of several calls of a plan, or plans of a call, the lower number is the one.
    """
    plans, calls = list(planned), list(announced)
    links = {(call.get("id"), plan) for call in calls for plan in values_at(call, "planovanaVyzva.id")}
    links |= {(call, plan.get("id")) for plan in plans for call in values_at(plan, "vyzva.id")}
    named: defaultdict[tuple[str, str], list[Number]] = defaultdict(list)
    for call in calls:
        for name in ALIKE:
            named[name, str(call.get(name))].append(call.get("id"))
    alike = {
        (call, plan.get("id"))
        for plan in plans
        for name in ALIKE
        if plan.get("vyhlasena") is True and plan.get(name)
        for call in named[name, str(plan[name])]
    }
    follows: dict[Number, Number] = {}
    for call, plan in [*sorted(links, key=_lower), *sorted(alike, key=_lower)]:
        if call not in follows and plan not in follows.values():
            follows[call] = plan
    numbers = {call.get("id") for call in calls}
    return follows, frozenset(plan for call, plan in links | alike if call in numbers)


def _lower(pair: tuple[Number, Number]) -> list[tuple[int, str]]:
    return [(len(str(number)), str(number)) for number in pair]
