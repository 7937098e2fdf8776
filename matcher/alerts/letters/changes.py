"""What changed in one field of a call, before and after, in one language. Pure; neutralises nothing."""

from __future__ import annotations

import re
from datetime import date

from matcher.languages import Speaker
from matcher.languages.terms import FIELDS, STATUSES
from matcher.model import CallStatus, FieldChange, MaterialField, Money, Precision

_DAY = re.compile(r"([1-9][0-9]{3})(?:-Q([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONEY = re.compile(r"\b([A-Z]{3}) ([1-9][0-9]{0,17}(?:\.[0-9]{1,2})?)\b")


def change_words(change: FieldChange, speaker: Speaker) -> str:
    """ "Deadline: 2 March 2027 → 9 March 2027"; a mark stands where nothing was, or is, said."""
    was, now = (_values(change.field, values, speaker) for values in (change.was, change.now))
    return f"{speaker.term(FIELDS[change.field])}: {was or '–'} → {now or '–'}"


def _values(field: MaterialField, values: tuple[str, ...], speaker: Speaker) -> str:
    return ", ".join(value_words(field, value, speaker) for value in values)


def value_words(field: MaterialField, value: str, speaker: Speaker) -> str:
    """A value of a field as matcher.model.event has it, in words; as it stands where it is a text."""
    if field in (MaterialField.OPENING, MaterialField.DEADLINES) and (found := _DAY.fullmatch(value)):
        return _day(found, speaker) or value
    if field in (MaterialField.BUDGET, MaterialField.GRANT):
        return _MONEY.sub(lambda one: speaker.money(Money(currency=one[1], amount=one[2])), value)
    if field is MaterialField.STATE and value in list(CallStatus):
        return speaker.term(STATUSES[CallStatus(value)])
    return value


def _day(found: re.Match[str], speaker: Speaker) -> str | None:
    year, quarter, month, day = (int(part or 0) for part in found.groups())
    known = {Precision.DAY: day, Precision.MONTH: month, Precision.QUARTER: quarter, Precision.YEAR: year}
    precision = next(one for one, part in known.items() if part)
    try:
        return speaker.day(date(year, month or 3 * (quarter or 1) - 2, day or 1), precision)
    except ValueError:
        return None
