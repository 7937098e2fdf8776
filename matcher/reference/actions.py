"""What is usual for an action, a sort of call that comes again: with whom, how much, how long; and which calls are one.

Knows nothing of files (`actions_file` reads them). What a call says itself always wins over these facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from typing import Annotated, Self

from pydantic import Field, model_validator

from matcher.geography import Category
from matcher.model import ApplicantKind, Call, Country, Frozen, Role, Text
from matcher.model.said import OwnNote, OwnText

Count = Annotated[int, Field(ge=1)]
PerCent = Annotated[int, Field(ge=1, le=100)]
Euro = Annotated[int, Field(ge=1)]


class KindsNeeded(Frozen):
    """The consortium needs a body of one of these kinds; with `together`, one of each."""

    kinds: Annotated[tuple[ApplicantKind, ...], Field(min_length=1)]
    together: bool = False
    role: Role | None = None
    """In which role; None: any that is funded."""


class Share(Frozen):
    """At least so many per cent of the partners come from regions of these categories."""

    categories: Annotated[tuple[Category, ...], Field(min_length=1)]
    per_cent: PerCent


class Part(Frozen):
    """A part of the programme's area by its countries; the consortium needs a partner in each part."""

    name: OwnText
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]


class Partnership(Frozen):
    """With whom: what is asked of the funded applicants together. None: no source says so."""

    min_applicants: Count | None = None
    max_applicants: Count | None = None
    min_countries: Count | None = None
    min_member_states: Count | None = None
    independent: Annotated[int, Field(ge=0)] | None = None
    """How many must be independent of each other; 0: all."""
    coordinators: tuple[ApplicantKind, ...] = ()
    """Kinds that may lead, where that is narrower than for the programme."""
    must_include: tuple[KindsNeeded, ...] = ()
    share: Share | None = None
    parts: tuple[Part, ...] = ()


class Money(Frozen):
    """How much and how long. Sums in euro, rates in per cent of eligible costs, durations in months."""

    rate: PerCent | None = None
    """The highest rate; None also where a lump sum is paid, which knows no rate."""
    grant_min: Euro | None = None
    grant_max: Euro | None = None
    lump_sum: bool | None = None
    """True: a fixed sum, whatever the costs."""
    lump_sums: tuple[Euro, ...] = ()
    """The sums that can be chosen."""
    pre_financing: PerCent | None = None
    """Per cent of the grant that is paid first."""
    duration_min: Count | None = None
    duration_max: Count | None = None


class Recognised(Frozen):
    """By what a call is known to be of the action: all that is given must hold, one value of each is enough."""

    programmes: Annotated[tuple[str, ...], Field(min_length=1)]
    codes: tuple[str, ...] = ()
    """Patterns of the code of the topic or call; * stands for anything."""
    types: tuple[str, ...] = ()
    """Patterns of the type of action, as the portal words it."""
    titles: tuple[str, ...] = ()
    """Patterns of the title in lower case, for sources that give no codes."""
    start: date | None = None
    end: date | None = None
    """First and last submission day of the calls it holds for; None: open."""

    def fits(self, call: Call, day: date) -> bool:
        return (
            call.programme in self.programmes
            and (self.start is None or self.start <= day)
            and (self.end is None or day <= self.end)
            and _one_of(self.codes, [call.identifier, call.call_identifier or ""])
            and _one_of(self.types, call.types_of_action)
            and _one_of(self.titles, [call.title.lower(), (call.call_title or "").lower()])
        )

    @property
    def narrowness(self) -> int:
        """How much it asks for: of two actions that fit a call, the one that asks for more is meant."""
        patterns = (self.codes, self.types, self.titles)
        return sum(bool(values) for values in patterns) + sum(min(map(len, values)) for values in patterns if values)


class Action(Frozen):
    """A sort of call that comes again, with what its pages say is asked of every project."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: OwnText
    recognised: Recognised
    partnership: Partnership = Partnership()
    money: Money = Money()
    source: Text
    as_of: date
    note: OwnNote = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.partnership == Partnership() and self.money == Money():
            raise ValueError("an action needs a fact: fill partnership or money, or take the entry out")
        return self


def action_for(actions: Iterable[Action], call: Call, on: date) -> Action | None:
    """The action a call belongs to, by the rules of its submission day (`on` where it has none); None: none is known.

    Where several fit, the one that is recognised by most; ties by key.
    """
    day = call.final_day or on
    fitting = [action for action in actions if action.recognised.fits(call, day)]
    return min(fitting, key=lambda action: (-action.recognised.narrowness, action.key), default=None)


def _one_of(patterns: tuple[str, ...], values: Iterable[str]) -> bool:
    """Whether a value fits a pattern; without patterns everything fits."""
    return not patterns or any(fnmatchcase(value, pattern) for value in values for pattern in patterns)
