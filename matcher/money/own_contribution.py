"""What a grant of a call is and what the partners must add of their own: range, rate, own part, first payment. Pure.

Each figure keeps whose word it is; what nobody states stays unknown. Knows no organisation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from matcher.currency import EURO
from matcher.eligibility.demand import Demand, stated, usual
from matcher.eligibility.terms import CallTerms
from matcher.model import Basis, CriterionKind, GrantSize, Money
from matcher.reference.actions import Action

CENT = Decimal("0.01")
_DIGITS = 60
"""Of the arithmetic between exact input and the cent it is rounded to."""

Pick = Callable[[Iterable[Decimal]], Decimal]


@dataclass(frozen=True)
class Sum:
    """An amount for one project, and whose word it is."""

    money: Money
    ground: Demand


@dataclass(frozen=True)
class Number:
    """Per cent, months or a count, and whose word it is."""

    value: Decimal
    ground: Demand


@dataclass(frozen=True)
class Finance:
    """The money of one project of a call; None: nobody who was read states it."""

    smallest: Sum | None = None
    largest: Sum | None = None
    rate: Number | None = None
    """The EU pays at most so many per cent of the eligible costs; of several stated rates the lowest."""
    lump_sum: Demand | None = None
    """Set where a fixed amount is paid."""
    amounts: tuple[Money, ...] = ()
    """The lump sums that can be chosen, the smallest first."""
    pre_financing: Number | None = None
    months: Number | None = None
    """The longest that a project may last."""
    applicants: Number | None = None
    """The least number of them."""
    doubtful: tuple[Demand, ...] = ()
    """What was read with doubt: shown, and counted with nowhere."""

    @property
    def is_fixed(self) -> bool:
        """A fixed amount without a rate: nothing is asked for beside it, and what costs more, the partners bear.

        A call that only says "lump sum" may still work it out at a rate, so that its amounts must be known, or what is
        usual for its action.
        """
        if self.lump_sum is None or self.rate is not None:
            return False
        return bool(self.amounts) or self.lump_sum.basis is Basis.PROGRAMME_RULE

    def own(self, grant: Sum | None) -> Decimal | None:
        """What the partners together add at least, in the grant's currency; None where grant or rate is not known."""
        return own_part(grant.money.amount, self.rate.value) if grant and self.rate else None

    def advance(self, grant: Sum | None) -> Decimal | None:
        """What is paid first, in the grant's currency."""
        if grant is None or self.pre_financing is None:
            return None
        return _cents(Fraction(grant.money.amount) * Fraction(self.pre_financing.value) / 100)


def own_part(grant: Decimal, rate: Decimal) -> Decimal:
    """The costs that a grant leaves uncovered when it pays `rate` per cent of them: exact, rounded to the cent.

    Raises ValueError for a rate that is not over 0 and at most 100.
    """
    if not 0 < rate <= 100:
        raise ValueError(f"rate: found {rate}; allowed: over 0, at most 100 per cent")
    return _cents(Fraction(grant) * (100 - Fraction(rate)) / Fraction(rate))


def finance(terms: CallTerms) -> Finance:
    """The call's own word before its record's fields, these before what is usual for its action."""
    reading = _Reading(terms, terms.action)
    lump, amounts = reading.lump_sum()
    smallest = reading.sum(CriterionKind.GRANT_MIN, min)
    largest = reading.sum(CriterionKind.GRANT_MAX, max)
    if lump and amounts:
        smallest = smallest or reading.chosen(CriterionKind.GRANT_MIN, amounts[0], lump)
        largest = largest or reading.chosen(CriterionKind.GRANT_MAX, amounts[-1], lump)
    return Finance(
        smallest=smallest,
        largest=largest,
        rate=reading.number(CriterionKind.FUNDING_RATE, min, _is_rate),
        lump_sum=lump,
        amounts=amounts,
        pre_financing=reading.number(CriterionKind.PRE_FINANCING, min, _is_rate),
        months=reading.number(CriterionKind.DURATION_MAX, max),
        applicants=reading.number(CriterionKind.MIN_APPLICANTS, max),
        doubtful=reading.doubtful(),
    )


_IN_RECORD: dict[CriterionKind, Callable[[GrantSize], Money | Decimal | int | None]] = {
    CriterionKind.GRANT_MIN: lambda grant: grant.minimum,
    CriterionKind.GRANT_MAX: lambda grant: grant.maximum,
    CriterionKind.FUNDING_RATE: lambda grant: grant.rate_percent,
    CriterionKind.DURATION_MAX: lambda grant: grant.duration_months_max,
}
_USUAL: dict[CriterionKind, Callable[[Action], int | None]] = {
    CriterionKind.GRANT_MIN: lambda action: action.money.grant_min,
    CriterionKind.GRANT_MAX: lambda action: action.money.grant_max,
    CriterionKind.FUNDING_RATE: lambda action: action.money.rate,
    CriterionKind.PRE_FINANCING: lambda action: action.money.pre_financing,
    CriterionKind.DURATION_MAX: lambda action: action.money.duration_max,
    CriterionKind.MIN_APPLICANTS: lambda action: action.partnership.min_applicants,
}


@dataclass(frozen=True)
class _Reading:
    terms: CallTerms
    action: Action | None

    def number(
        self, kind: CriterionKind, pick: Pick, fits: Callable[[Decimal], bool] = lambda _: True
    ) -> Number | None:
        found = self._figure(kind, pick, fits)
        return Number(found[0], found[1]) if found else None

    def sum(self, kind: CriterionKind, pick: Pick) -> Sum | None:
        found = self._figure(kind, pick, lambda _: True)
        return Sum(Money(amount=found[0], currency=found[2]), found[1]) if found else None

    def lump_sum(self) -> tuple[Demand | None, tuple[Money, ...]]:
        clause = [one for one in stated(self.terms, CriterionKind.LUMP_SUM) if one.certain]
        if clause:
            amounts = {Decimal(value) for one in clause for value in one.values if value.isdecimal() and int(value)}
            return clause[0], _euros(amounts)
        doubted = stated(self.terms, CriterionKind.LUMP_SUM)
        if doubted or self.action is None or not (self.action.money.lump_sum or self.action.money.lump_sums):
            return None, ()
        return usual(self.action, "yes"), _euros(map(Decimal, self.action.money.lump_sums))

    def chosen(self, kind: CriterionKind, amount: Money, ground: Demand) -> Sum | None:
        """A lump sum as the bound of a grant, where the call has no doubtful words on that bound."""
        return None if stated(self.terms, kind) else Sum(amount, ground)

    def doubtful(self) -> tuple[Demand, ...]:
        kinds = (*_USUAL, CriterionKind.LUMP_SUM)
        return tuple(one for kind in kinds for one in stated(self.terms, kind) if not one.certain)

    def _figure(
        self, kind: CriterionKind, pick: Pick, fits: Callable[[Decimal], bool]
    ) -> tuple[Decimal, Demand, str] | None:
        clause = stated(self.terms, kind)
        sure = {
            Decimal(value): one
            for one in reversed(clause)
            for value in one.values
            if one.certain and value.isdecimal() and int(value) and fits(Decimal(value))
        }
        if sure:
            value = pick(sure)
            return value, sure[value], EURO
        # Doubtful words of the call speak against taking what is usual, but not against its record.
        return self._recorded(kind) or (None if clause else self._usual(kind))

    def _recorded(self, kind: CriterionKind) -> tuple[Decimal, Demand, str] | None:
        found = _IN_RECORD[kind](self.terms.call.grant) if kind in _IN_RECORD else None
        if found is None:
            return None
        value, currency = (found.amount, found.currency) if isinstance(found, Money) else (Decimal(found), EURO)
        return value, Demand((str(value),), Basis.CALL_RECORD, self.terms.page("grant")), currency

    def _usual(self, kind: CriterionKind) -> tuple[Decimal, Demand, str] | None:
        value = _USUAL[kind](self.action) if self.action else None
        return (Decimal(value), usual(self.action, value), EURO) if self.action and value else None


def _is_rate(value: Decimal) -> bool:
    return value <= 100


def _euros(amounts: Iterable[Decimal]) -> tuple[Money, ...]:
    return tuple(Money(amount=amount) for amount in sorted(amounts))


def _cents(exact: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT)
