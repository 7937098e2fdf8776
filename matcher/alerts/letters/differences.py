"""What changed on a call, before and after, sentence by sentence, as part of a mail. Pure.

Each function takes a Voice and returns what may stand as it is in the text or the HTML that the voice is for.
"""

from __future__ import annotations

from datetime import date

from matcher.alerts.digests.cards import Card
from matcher.alerts.digests.moves import SENTENCES, days_moved
from matcher.alerts.letters.changes import value_words
from matcher.alerts.letters.voice import QUOTE, Voice
from matcher.languages.terms import FIELDS
from matcher.model import FieldChange, MaterialField, Precision

SENTENCES_TOLD = 2
"""Of the sentences that came or went in one place."""
EXACT = (Precision.DAY, Precision.MINUTE)


def change_told(change: FieldChange, card: Card, on: date, voice: Voice) -> str:
    """Before and after, as the field is told: values, or the sentences that came and went."""
    field = voice.speaker.term(FIELDS[change.field])
    was, now = (_values(change.field, values, card, voice) for values in (change.was, change.now))
    if change.field in SENTENCES:
        return _rewritten(change, field, was, now, voice)
    if not change.was:
        return voice.gettext("%(field)s: now %(now)s", field=field, now=now)
    if not change.now:
        return voice.gettext("%(field)s: was %(was)s, is no longer stated", field=field, was=was)
    days = days_moved(change, on) or 0
    if days > 0:
        return voice.ngettext(
            "%(field)s: was %(was)s, now %(now)s, %(num)s day later",
            "%(field)s: was %(was)s, now %(now)s, %(num)s days later",
            days,
            field=field,
            was=was,
            now=now,
        )
    if days < 0:
        return voice.ngettext(
            "%(field)s: was %(was)s, now %(now)s, %(num)s day earlier",
            "%(field)s: was %(was)s, now %(now)s, %(num)s days earlier",
            -days,
            field=field,
            was=was,
            now=now,
        )
    return voice.gettext("%(field)s: was %(was)s, now %(now)s", field=field, was=was, now=now)


def _rewritten(change: FieldChange, field: str, was: str, now: str, voice: Voice) -> str:
    """Sentences that came or went."""
    if not change.was:
        return voice.gettext("%(field)s: now also says “%(now)s”", field=field, now=now)
    if not change.now:
        return voice.gettext("%(field)s: no longer says “%(was)s”", field=field, was=was)
    return voice.gettext("%(field)s: said “%(was)s”, now says “%(now)s”", field=field, was=was, now=now)


def _values(field: MaterialField, values: tuple[str, ...], card: Card, voice: Voice) -> str:
    if field in SENTENCES:
        more = " …" if len(values) > SENTENCES_TOLD else ""
        return voice.foreign(" ".join(values[:SENTENCES_TOLD]) + more, QUOTE, card.language)
    language = card.language if field is MaterialField.TITLE else ""
    return voice.joined([voice.foreign(_value(field, value, card, voice), QUOTE, language) for value in values])


def _value(field: MaterialField, value: str, card: Card, voice: Voice) -> str:
    """Of the next deadline with the hour, which the ledger does not keep."""
    if card.deadline and is_next(field, value, card):
        return voice.speaker.deadline(card.deadline)
    return value_words(field, value, voice.speaker)


def is_next(field: MaterialField, value: str, card: Card) -> bool:
    """Whether a value of a change is the day of the next deadline."""
    deadline = card.deadline
    is_exact = deadline is not None and deadline.precision in EXACT
    return is_exact and field is MaterialField.DEADLINES and value == f"{deadline and deadline.day}"
