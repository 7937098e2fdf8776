"""A draft of a consortium from what a user names: profiles, their roles, and partners that have no profile. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from matcher.countries import country_code
from matcher.model import ApplicantKind, Member, Profile, Role

Choice = TypeVar("Choice", bound=StrEnum)
FORM = "Name:COUNTRY:kind+kind:role, of which only the name is needed (Melissa:GR:civil_society)"

LONGEST_NAME = 300
"""Characters; the longest names of organisations in the register of participants have some 250."""


class BadDraft(ValueError):
    """What the user named cannot be read; the message says what was found, what is allowed and what to write."""


def member_of(profile: Profile, role: Role) -> Member:
    """The organisation of a profile in a role."""
    return Member(
        name=profile.name,
        country=profile.country,
        kinds=profile.kinds,
        role=role,
        nuts=profile.nuts,
        population=profile.population.value if profile.population else None,
        profile=profile.id,
    )


def drafted(
    profiles: Sequence[str], partners: Sequence[str], lead: str, find: Callable[[str], Profile]
) -> tuple[Member, ...]:
    """The draft that a user names: ids of profiles, each perhaps with its role (riga=associated_partner), partners in
    the words of FORM, and who leads (id or name); the first does unless something else is said.

    `find` raises where there is no such profile. Raises BadDraft.
    """
    if not profiles and not partners:
        raise BadDraft("the draft is empty; name a profile, or a partner with --with")
    if doubles := [key for key, count in Counter(one.partition("=")[0] for one in profiles).items() if count > 1]:
        raise BadDraft(f"named twice: {', '.join(doubles)}; name each organisation once")
    members = distinct([*(_from_profile(one, find) for one in profiles), *map(partner, partners)])
    if lead:
        return _led_by(lead, members)
    first_has_a_role = "=" in profiles[0] if profiles else partners[0].count(":") > 2
    if first_has_a_role or any(one.role is Role.COORDINATOR for one in members):
        return tuple(members)
    return (_leading(members[0]), *members[1:])


def distinct(members: Sequence[Member]) -> tuple[Member, ...]:
    """The members, none of whom counts twice. Raises BadDraft for a name that two of them have."""
    counts = Counter(one.name.casefold() for one in members)
    if doubles := sorted(one.name for one in members if counts[one.name.casefold()] > 1):
        raise BadDraft(f"named twice: {doubles[0]}; name each organisation once")
    return tuple(members)


def without_lead(members: Sequence[Member]) -> tuple[Member, ...]:
    """The draft while it is open who leads."""
    return tuple(map(_not_leading, members))


def in_already(named: Sequence[str], find: Callable[[str], Profile]) -> tuple[Member, ...]:
    """Members beside the one that asks, each a profile, perhaps with its role, or a partner in the words of FORM.

    `find` raises where there is no such profile. Raises BadDraft.
    """
    if doubles := [text for text, count in Counter(named).items() if count > 1]:
        raise BadDraft(f"named twice: {', '.join(doubles)}; name each organisation once")
    return tuple(partner(text) if ":" in text else _from_profile(text, find) for text in named)


def partner(text: str) -> Member:
    """A partner that has no profile, in the words of FORM; what is left out is not known. Raises BadDraft."""
    name, country, kinds, role, *rest = [" ".join(part.split()) for part in f"{text}:::".split(":")]
    if not name or any(rest):
        raise BadDraft(f"found {text!r}; write {FORM}")
    if len(name) > LONGEST_NAME:
        raise BadDraft(f"found a name of {len(name)} characters; allowed: {LONGEST_NAME}")
    return Member(
        name=name,
        country=_country(country, text) if country else None,
        kinds=tuple(_one_of(ApplicantKind, kind, text) for kind in kinds.split("+") if kind),
        role=_one_of(Role, role, text) if role else Role.BENEFICIARY,
    )


def _from_profile(text: str, find: Callable[[str], Profile]) -> Member:
    key, given, role = text.partition("=")
    return member_of(find(key), _one_of(Role, role, text) if given else Role.BENEFICIARY)


def _led_by(lead: str, members: Sequence[Member]) -> tuple[Member, ...]:
    """The draft with that member as the only coordinator. Raises BadDraft for one that is not there."""
    if not any(lead in _keys(one) for one in members):
        there = ", ".join(one.profile or one.name for one in members)
        raise BadDraft(f"no member {lead!r} to lead; allowed: {there}")
    return tuple(_leading(one) if lead in _keys(one) else _not_leading(one) for one in members)


def _leading(one: Member) -> Member:
    return one.model_copy(update={"role": Role.COORDINATOR})


def _not_leading(one: Member) -> Member:
    return one.model_copy(update={"role": Role.BENEFICIARY}) if one.role is Role.COORDINATOR else one


def _keys(one: Member) -> set[str]:
    return {one.name, one.profile or one.name}


def _country(code: str, text: str) -> str:
    try:
        return country_code(code.upper())
    except ValueError as error:
        raise BadDraft(f"in {text!r}: {error}") from error


def _one_of(choices: type[Choice], value: str, text: str) -> Choice:
    try:
        return choices(value)
    except ValueError as error:
        raise BadDraft(f"in {text!r}: found {value!r}; allowed: {', '.join(choices)}") from error
