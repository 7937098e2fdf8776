"""What a call asks of a consortium on one question, and on whose word. Judges no consortium."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.eligibility import words
from matcher.eligibility.precedence import CERTAIN
from matcher.eligibility.terms import CallTerms
from matcher.model import Basis, Criterion, CriterionKind, Quote, Role, said
from matcher.reference.actions import Action


@dataclass(frozen=True)
class Demand:
    """One thing asked for: values as CriterionKind says, whose word it is, and whether it was surely understood."""

    values: tuple[str, ...]
    basis: Basis
    reference: str
    quote: Quote | None = None
    certain: bool = True
    usual: str = ""
    """For what it is usual, where the call is silent: "this action (CERV town twinning)"."""
    together: bool = False
    role: Role | None = None

    @property
    def number(self) -> int | None:
        """The one whole number it is about; None where it was not understood."""
        return int(self.values[0]) if len(self.values) == 1 and self.values[0].isdecimal() else None


def stated(terms: CallTerms, kind: CriterionKind, role: Role | None = None) -> tuple[Demand, ...]:
    """All that the call says on a question, from its strongest basis only; empty where it is silent."""
    return tuple(_by_the_call(terms, one) for one in terms.stated(kind, role))


def usual(action: Action, *values: object, together: bool = False, role: Role | None = None) -> Demand:
    """What the action's pages ask for where the call is silent."""
    return Demand(
        tuple(map(str, values)),
        Basis.PROGRAMME_RULE,
        words.with_note(action.source, action.as_of, action.note),
        usual=said("this action (%(action)s)", action=action.name),
        together=together,
        role=role,
    )


def asked(terms: CallTerms, kind: CriterionKind, action: Action | None, value: object) -> tuple[Demand, ...]:
    """What the call states, else the one value that is usual for its action; empty where that is None."""
    return stated(terms, kind) or ((usual(action, value),) if action is not None and value is not None else ())


def least(demands: Iterable[Demand]) -> Demand | None:
    """Of several least numbers the one that asks for most."""
    return max(demands, key=lambda one: one.number or 0, default=None)


def most(demands: Iterable[Demand]) -> Demand | None:
    """Of several largest numbers the one that allows least."""
    return min(demands, key=lambda one: one.number or 0, default=None)


def _by_the_call(terms: CallTerms, criterion: Criterion) -> Demand:
    return Demand(
        criterion.values,
        criterion.basis,
        terms.reference_of(criterion),
        criterion.quote,
        criterion.confidence >= CERTAIN,
        together=criterion.together,
        role=criterion.role,
    )
