"""Puts all consortium rules to a draft before a call. Pure.

What the call says wins; where it is silent, what is usual for its action fills in, marked so. A duty of the consortium
never shuts out one organisation: it is a task for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.eligibility.consortium.draft import Draft
from matcher.eligibility.consortium.members import coordinator_kind, member, must_include
from matcher.eligibility.consortium.numbers import (
    coordinator,
    each_once,
    independent,
    max_applicants,
    min_applicants,
    min_countries,
    min_member_states,
    one_coordinator,
)
from matcher.eligibility.consortium.places import inhabitants, parts, region_share
from matcher.eligibility.terms import CallTerms
from matcher.model import Board, Call, Condition, Member, Role
from matcher.reference import Reference

CONSORTIUM_RULES = (
    min_applicants,
    max_applicants,
    min_countries,
    min_member_states,
    parts,
    region_share,
    must_include,
    independent,
    coordinator,
    one_coordinator,
    coordinator_kind,
    inhabitants,
    each_once,
    member,
)
"""In the order in which conditions are shown."""


def check(members: Sequence[Member], call: Call, on: date, reference: Reference) -> tuple[Condition, ...]:
    """All conditions that arise for these members, in the order of CONSORTIUM_RULES.

    `on` decides only where the call has no deadline: conditions are those of the submission day.
    """
    draft = Draft.of(members, CallTerms(call, on, reference))
    return tuple(condition for rule in CONSORTIUM_RULES for condition in rule.conditions(draft))


def board(members: Sequence[Member], call: Call, on: date, reference: Reference) -> Board:
    """The draft with its conditions."""
    return Board(call=call, members=tuple(members), conditions=check(members, call, on, reference))


def with_member(members: Sequence[Member], new: Member) -> tuple[Member, ...]:
    """The draft with one member more. Where the new one leads, who led before becomes a beneficiary."""
    if new.role is not Role.COORDINATOR:
        return (*members, new)
    led = {"role": Role.BENEFICIARY}
    kept = (one.model_copy(update=led) if one.role is Role.COORDINATOR else one for one in members)
    return (*kept, new)
