"""A draft of a consortium before a call's conditions: which hold, which fail, and what would repair them."""

from __future__ import annotations

from collections.abc import Collection

from matcher.model.base import Country, Frozen, Text
from matcher.model.call import Call
from matcher.model.criterion import Quote
from matcher.model.kinds import ApplicantKind, Basis, Role
from matcher.model.match import Answer
from matcher.model.said import Sentence


class Member(Frozen):
    """An organisation in a draft, in one role. What is not known of it stays empty and never counts for it."""

    name: Text
    country: Country | None = None
    kinds: tuple[ApplicantKind, ...] = ()
    role: Role = Role.BENEFICIARY
    nuts: str | None = None
    population: int | None = None
    profile: str | None = None
    """Id of its profile, where it has one."""
    pic: str = ""
    """Participant identification code, where it is known from a funded project."""

    @property
    def counts(self) -> bool:
        """Towards least numbers: affiliated entities, associated partners and sub-grantees do not (EU model grant
        agreement, Articles 7 to 9; call documents, part on consortium composition)."""
        return self.role in (Role.COORDINATOR, Role.BENEFICIARY)


class Gap(Frozen):
    """What one more member would have to be, to bring a failing condition nearer to holding; empty: anybody."""

    countries: tuple[Country, ...] = ()
    """From one of these."""
    other_countries: tuple[Country, ...] = ()
    """From a country that is none of these."""
    kinds: tuple[ApplicantKind, ...] = ()
    """One of these kinds."""
    role: Role | None = None
    categories: tuple[str, ...] = ()
    """From a region of one of these categories (nuts.csv)."""
    population: int | None = None
    """At least so many inhabitants."""


class Condition(Frozen):
    """One consortium rule applied to a draft."""

    rule: Text
    """Key of the rule: min_countries."""
    label: Sentence
    answer: Answer
    reason: Sentence
    missing: int = 0
    """How many further members it lacks at least, where that can be counted; at least 1 when not met."""
    gap: Gap | None = None
    """What the next member must be; None where it holds, or where no member can repair it."""
    remedy: Sentence = ""
    basis: Basis | None = None
    reference: Sentence = ""
    quote: Quote | None = None


class Board(Frozen):
    """A draft and all conditions of a call."""

    call: Call
    members: tuple[Member, ...]
    conditions: tuple[Condition, ...]

    @property
    def lacking(self) -> frozenset[tuple[str, int]]:
        """Each failing condition as often as it lacks a member: a partner that repairs something makes this smaller."""
        return lacking(self.conditions)


def lacking(conditions: Collection[Condition]) -> frozenset[tuple[str, int]]:
    """(rule, n) for n from 1 to what it lacks, of the conditions that fail."""
    return frozenset(
        (one.rule, number)
        for one in conditions
        if one.answer is Answer.NOT_MET
        for number in range(1, max(one.missing, 1) + 1)
    )
