"""What a call says otherwise from one reading to the next, field by field. Pure.

No change: another hour of the same day, another order, days that simply passed, white space, case, control characters.
A source that says nothing any more tells nothing: its silence is no change, and what it says next is held against what
it said last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.ledger.forms import FORMS, TEXTS, Form, last_of
from matcher.model import Call, FieldChange, MaterialField

NAMES = ("title", "opening", "opening_precision", "deadlines", "budget", "grant", "criteria", *TEXTS)
"""Of a call; what FORMS is made of."""


@dataclass(frozen=True)
class Comparison:
    changes: tuple[FieldChange, ...] = ()
    silenced: tuple[FieldChange, ...] = ()
    """Fields that it said something in, and now says nothing in."""


SAME = Comparison()


def compare(
    before: Call, now: Call, on: date, said_last: Mapping[MaterialField, Form] | None = None, poorer: bool = False
) -> Comparison:
    """`said_last`: what was said in fields that are empty `before`, as far as known. `poorer`: the reading before did
    not know all fields, so that one that was empty there was not."""
    if all(getattr(before, name) == getattr(now, name) for name in NAMES):
        return SAME
    changes, silenced = [], []
    for field, form in FORMS.items():
        was, is_now = form(before), form(now)
        if was and not is_now:
            silenced.append(FieldChange(field=field, was=was))
            continue
        was = was or (said_last or {}).get(field, ())
        if is_now and (was or not poorer):
            changes += _change(field, was, is_now, on)
    return Comparison(tuple(changes), tuple(silenced))


def _change(field: MaterialField, was: Form, now: Form, on: date) -> list[FieldChange]:
    if _keys(field, was) == _keys(field, now):
        return []
    if field is MaterialField.DEADLINES:
        if not _matters(was, now, on):
            return []
        was, now = _current(was, on), _current(now, on)
        if was == now:
            return []  # only what is over came back to the list
    elif field is MaterialField.OPENING and not any(last_of(day) >= on for day in (*was, *now)):
        return []  # nobody acts any more on when it opened
    elif field in TEXTS:
        if "".join(map(_key, was)) == "".join(map(_key, now)):
            return []  # only its lines are broken otherwise
        was, now = _without(was, now), _without(now, was)
    return [FieldChange(field=field, was=was, now=now)]


def _matters(was: Form, now: Form, on: date) -> bool:
    """A day came, or one went that was still ahead. A list that drops what is over says nothing new."""
    return bool(set(now) - set(was)) or any(last_of(day) >= on for day in set(was) - set(now))


def _current(days: Form, on: date) -> Form:
    """Those still ahead; the last one of all when none is."""
    return tuple(day for day in days if last_of(day) >= on) or days[-1:]


def _keys(field: MaterialField, form: Form) -> Collection[str]:
    if field is MaterialField.TITLE:
        return [one.casefold() for one in form]
    return {_key(one) for one in form} if field in TEXTS else set(form)


def _key(sentence: str) -> str:
    return "".join(filter(str.isalnum, sentence.casefold()))


def _without(some: Form, others: Form) -> Form:
    known = {_key(one) for one in others}
    return tuple(one for one in some if _key(one) not in known)
