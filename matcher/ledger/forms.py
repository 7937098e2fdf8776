"""What a call says in the fields that matter, in the forms of FieldChange: a table of field -> form. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from matcher.days import day_iso
from matcher.model import Call, Criterion, MaterialField, Money, Precision, last_day
from matcher.sentences import sentences

Form = tuple[str, ...]

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def plain(text: str) -> str:
    """A text without what no reader sees: control and format characters, white space in a row, other code points for
    the same letter (Unicode NFKC)."""
    shown = "".join(_shown(one) for one in unicodedata.normalize("NFKC", text))
    return " ".join(shown.split())


def last_of(form: str) -> date:
    """The last day that a form of `day_iso` can mean."""
    if quarter := _QUARTER.fullmatch(form):
        return last_day(date(int(quarter[1]), int(quarter[2]) * 3 - 2, 1), Precision.QUARTER)
    if len(form) == len("2027-03-02"):
        return date.fromisoformat(form)
    precision = Precision.MONTH if "-" in form else Precision.YEAR
    return last_day(date.fromisoformat(f"{form}-01" if "-" in form else f"{form}-01-01"), precision)


def _shown(one: str) -> str:
    category = unicodedata.category(one)
    return "" if category == "Cf" else " " if category.startswith("C") else one


def _title(call: Call) -> Form:
    return (plain(call.title),)


def _opening(call: Call) -> Form:
    return (day_iso(call.opening, call.opening_precision),) if call.opening else ()


def _deadlines(call: Call) -> Form:
    """Hours, stages and their order are no part of it."""
    return tuple(sorted({day_iso(one.day, one.precision) for one in call.deadlines}))


def _budget(call: Call) -> Form:
    return (_money(call.budget.total),) if call.budget else ()


def _grant(call: Call) -> Form:
    """ "minimum EUR 100000", "maximum EUR 300000", "grants 3", "rate 90" (per cent), "months 24" (at most)."""
    grant = call.grant
    said = (
        ("minimum", _money(grant.minimum) if grant.minimum else None),
        ("maximum", _money(grant.maximum) if grant.maximum else None),
        ("grants", grant.expected_grants),
        ("rate", f"{grant.rate_percent.normalize():f}" if grant.rate_percent else None),
        ("months", grant.duration_months_max),
    )
    return tuple(f"{name} {value}" for name, value in said if value is not None)


def _criteria(call: Call) -> Form:
    return tuple(sorted({_criterion(one) for one in call.criteria}))


def _criterion(one: Criterion) -> str:
    """ "country: at, de", all at once "must_include_kind: a + b", of a role "language: en (coordinator)"."""
    values = (" + " if one.together else ", ").join(sorted(one.values))
    return f"{one.kind}: {values}" + (f" ({one.role})" if one.role else "")


def _money(money: Money) -> str:
    return f"{money.currency} {money.amount.normalize():f}"


def _sentences_of(name: str) -> Callable[[Call], Form]:
    return lambda call: tuple(dict.fromkeys(plain(one.text) for one in sentences(getattr(call, name))))


TEXTS = (MaterialField.APPLICANTS, MaterialField.TERMS, MaterialField.CONDITIONS)
"""Fields of which a change tells the sentences that went and came, not all of them."""
ELIGIBILITY = (*TEXTS, MaterialField.CRITERIA)
"""Fields that say who may apply, with whom or for how much."""
FORMS: Mapping[MaterialField, Callable[[Call], Form]] = MappingProxyType(
    {
        MaterialField.TITLE: _title,
        MaterialField.OPENING: _opening,
        MaterialField.DEADLINES: _deadlines,
        MaterialField.BUDGET: _budget,
        MaterialField.GRANT: _grant,
        MaterialField.CRITERIA: _criteria,
        **{field: _sentences_of(field.value) for field in TEXTS},
    }
)
"""All of them but the state, which is judged together with the days (matcher.ledger.states), and documents."""
