"""Is a call realistic for an organisation's size? A stated part of the score, never a filter. Pure.

What is not known takes nothing away: a call is not held to be too large because it names no sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log2

from pydantic import Field, model_validator

from matcher.amounts import money_words
from matcher.currency import Rates, in_euro
from matcher.model import Answer, Call, CallKind, Contribution, Frozen, Money, Profile, Role, Said, Text, said, to_say
from matcher.model.profile import Sum as Turnover
from matcher.model.said import a_decimal
from matcher.money.own_contribution import Finance, own_part

SIZE, SIZE_LABEL = "size", said("too large for the yearly budget")
NO_BUDGET = said("Whether the call fits your size is not known: the profile gives no yearly budget.")
NO_GRANT = said("Whether the call fits your size is not known: no smallest grant is stated.")
YEAR = 12
JOINT = 2
"""Applicants of a project that is not done alone, where their least number is not known."""


class Span(Frozen):
    """Shares of a yearly budget between which strain grows from 0 to 1, the same for each doubling."""

    easy: float = Field(gt=0)
    too_much: float

    @model_validator(mode="after")
    def _grows(self) -> Span:
        if self.too_much <= self.easy:
            raise ValueError(f"too_much {self.too_much} must be more than easy {self.easy}")
        return self

    def strain(self, share: float) -> float:
        """0 up to `easy`, 1 from `too_much`."""
        return min(max(log2(share / self.easy) / log2(self.too_much / self.easy), 0.0), 1.0) if share > 0 else 0.0


class SizeWeight(Frozen):
    """How much size counts, and from which shares of the yearly budget."""

    weight: float = Field(le=0)
    grant: Span
    """Of the money of the project that goes through the organisation in a year."""
    own: Span
    """Of what it adds of its own in a year."""
    source: Text
    as_of: date


@dataclass(frozen=True)
class Load:
    """What the smallest project of a call asks of an organisation in one role, in euro."""

    grant: Decimal
    """Of its part, in all."""
    own: Decimal
    """What it adds to that, in all; 0 where none is asked for or it is not known."""
    months: int | None

    def strain(self, budget: int, weight: SizeWeight) -> float | None:
        """0 to 1; None where it hangs on how long the project lasts, and nobody says so."""
        years = max(self.months or YEAR, YEAR) / YEAR
        shares = [float(part) / years / budget for part in (self.grant, self.own)]
        strain = max(weight.grant.strain(shares[0]), weight.own.strain(shares[1]))
        return strain if self.months is not None or strain == 0 else None


def size_part(profile: Profile, call: Call, found: Finance, weight: SizeWeight, rates: Rates) -> Contribution:
    """The contribution: nothing, or what it takes away, by the lightest role the organisation takes on; with words."""
    strain, answer, note = _judged(profile, call, found, weight, rates)
    return Contribution(
        name=SIZE,
        label=SIZE_LABEL,
        weight=weight.weight,
        signal=strain,
        value=weight.weight * strain + 0.0,  # no minus before a zero
        note=note,
        answer=answer,
    )


def load(found: Finance, share: Decimal, rates: Rates) -> Load | None:
    """The part of a project's smallest grant that is `share` of it; None where its sum in euro is not known."""
    grant = in_euro(found.smallest.money, rates) if found.smallest else None
    if grant is None:
        return None
    own = own_part(grant, found.rate.value) if found.rate else Decimal(0)
    return Load(grant * share, own * share, int(found.months.value) if found.months else None)


def _judged(
    profile: Profile, call: Call, found: Finance, weight: SizeWeight, rates: Rates
) -> tuple[float, Answer, str]:
    whole, share = load(found, Decimal(1), rates), _share(profile, call, found)
    part = load(found, share, rates)
    if profile.annual_budget is None:
        return 0.0, Answer.UNKNOWN, NO_BUDGET
    if whole is None or part is None:
        return 0.0, Answer.UNKNOWN, NO_GRANT
    budget = profile.annual_budget.value
    alone, lightest = whole.strain(budget, weight), part.strain(budget, weight)
    compared = _compared(found, whole, profile.annual_budget, rates)
    if lightest is None:
        return 0.0, Answer.UNKNOWN, said(NO_DURATION, compared=compared)
    answer = Answer.NOT_MET if lightest else Answer.MET
    return lightest, answer, said("%(compared)s: %(advice)s.", compared=compared, advice=_advice(alone, share < 1))


NO_DURATION = to_say("%(compared)s; how much that is in a year is not known, for no duration is stated.")


def _share(profile: Profile, call: Call, found: Finance) -> Decimal:
    """Of the project's money, that goes through the organisation in the lightest role it takes on.

    A co-applicant carries an equal share among the least number of applicants. Who leads answers for all of it; a
    sub-grant and a national call are carried alone.
    """
    alone = call.kind is CallKind.CASCADE or call.national is not None
    if alone or Role.BENEFICIARY not in profile.roles:
        return Decimal(1)
    return 1 / max(found.applicants.value if found.applicants else Decimal(JOINT), Decimal(JOINT))


def _compared(found: Finance, whole: Load, budget: Turnover, rates: Rates) -> Said:
    values = {
        "grant": money_words(found.smallest.money, rates) if found.smallest else "",
        "share": _times(whole.grant, budget.value),
        "budget": money_words(Money(amount=Decimal(budget.value))),
        "year": budget.as_of,
    }
    if whole.months:
        return said(
            "The smallest grant of %(grant)s a project, over up to %(months)s months, is %(share)s your yearly budget "
            "of %(budget)s (%(year)s)",
            **values,
            months=whole.months,
        )
    return said(
        "The smallest grant of %(grant)s a project is %(share)s your yearly budget of %(budget)s (%(year)s)", **values
    )


def _times(amount: Decimal, budget: int) -> Said:
    times = amount / budget
    if times >= 1:
        return said("%(number)s times", number=a_decimal(f"{times:.1f}".removesuffix(".0"), round(times, 1)))
    if times >= Decimal("0.01"):
        return said("%(share)s %% of", share=f"{100 * times:.0f}")
    return said("less than 1 %% of")


def _advice(alone: float | None, joins: bool) -> Said:
    if alone == 0:
        return said("within reach")
    if joins:
        return said("join as co-applicant rather than lead")
    return said("a heavy load without a stronger partner")
