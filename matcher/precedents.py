"""What projects were funded under a call before, and who did them. Pure: how codes of calls hang together, and counts.

Each edition of a call has a code of its own; what stays is the line: the code without its year and running numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from matcher.model import Call, CallKind, OrganisationKind, Project, ProjectRole

NUMBER = re.compile(r"20[0-9]{2}|[0-9]{1,2}")
LEAST_PARTS = 2
"""A line of one part, such as AMIF, would be the whole programme."""


class Basis(StrEnum):
    """On what projects count as precedents of a call, nearest first."""

    TOPIC = "topic"
    CALL = "call"
    LINE = "line"
    """Topics of other editions whose code differs only in year and running number."""
    CALL_LINE = "call_line"
    """Any topic of other editions of the call."""


@dataclass(frozen=True)
class Codes:
    """How a call is named: the code of its topic, and of the call that the topic is part of."""

    topic: str
    call: str | None = None

    @classmethod
    def of(cls, call: Call) -> Self:
        """The codes of a call; a call on a site of its own goes by the first official code that its page names."""
        named = call.mentions[0] if call.kind is CallKind.CALL and call.mentions else call.identifier
        return cls(named, call.call_identifier)

    def steps(self) -> list[tuple[Basis, str]]:
        """What to look projects up by, nearest first: the basis and the key to it."""
        keys = (self.topic, self.call, line_of(self.topic), self.call and line_of(self.call))
        return [(basis, key.upper()) for basis, key in zip(Basis, keys, strict=True) if key]


@dataclass(frozen=True)
class Precedents:
    """The projects nearest to a call; no basis: none is known."""

    codes: Codes
    basis: Basis | None
    projects: tuple[Project, ...]


@dataclass(frozen=True)
class Portrait:
    """Who carries projects out: organisations counted once per project."""

    coordinators: Counter[str]
    """By country."""
    countries: Counter[str]
    """Projects by the countries that take part."""
    kinds: Counter[OrganisationKind]
    sizes: tuple[int, ...]
    """Participants of each project, sorted; projects whose participants are not known are left out."""


def line_of(code: str) -> str | None:
    """A code in capitals without its year and its running numbers; None where hardly anything would be left.

    AMIF-2025-TF2-AG-INTE-01-WOMEN -> AMIF-TF2-AG-INTE-WOMEN
    """
    parts = [part for part in code.strip().upper().split("-") if part and not NUMBER.fullmatch(part)]
    return "-".join(parts) if len(parts) >= LEAST_PARTS else None


def portrait(projects: Iterable[Project]) -> Portrait:
    """The counts of some projects."""
    known = [project for project in projects if project.participants]
    everybody = [one for project in known for one in project.participants]
    return Portrait(
        coordinators=Counter(one.country for one in everybody if one.role is ProjectRole.COORDINATOR and one.country),
        countries=Counter(country for project in known for country in project.countries),
        kinds=Counter(one.kind for one in everybody if one.kind),
        sizes=tuple(sorted(len(project.participants) for project in known)),
    )
