"""What limits all that is told of a call: closed, planned, unconfirmed, another country's, not read for long. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from matcher.languages import Speaker
from matcher.model import Call, CallStatus, Profile
from matcher.provenance import Titles, unconfirmed

OLD = timedelta(days=30)
"""A call that may still be open and was not read for so long is told to be old: most sources are read daily or weekly
(`SourceCard.frequency`), and a month without a reading means that something is wrong."""


class Caution(Enum):
    CLOSED = "closed"
    PLANNED = "planned"
    UNCONFIRMED = "unconfirmed"
    FOREIGN = "foreign"
    OLD = "old"


def cautions(
    say: Speaker, call: Call, profile: Profile | None, on: date, today: date, titles: Titles
) -> Iterator[tuple[Caution, str]]:
    """Each that holds, with its sentence, the gravest first."""
    is_closed = call.status(on) is CallStatus.CLOSED
    if is_closed:
        yield Caution.CLOSED, _closed(say, call, on)
    if call.is_planned:
        yield Caution.PLANNED, say.gettext("This call is planned: its days may still change.")
    if not call.is_confirmed:
        yield Caution.UNCONFIRMED, say.gettext("This call is %(state)s.", state=say.say(unconfirmed(call, titles)))
    if profile and call.national and call.national.country != profile.country:
        yield Caution.FOREIGN, _foreign(say, call.national.country)
    if not is_closed and _is_old(call, min(on, today)):
        yield Caution.OLD, _old(say, call)


def _closed(say: Speaker, call: Call, on: date) -> str:
    last = max(call.deadlines, key=lambda one: one.last_day, default=None)
    if last is None or last.last_day >= on:
        return say.gettext("This call is closed, as its authority says.")
    return say.gettext("This call is closed: its last deadline was on %(day)s.", day=say.deadline(last))


def _foreign(say: Speaker, country: str) -> str:
    return say.gettext(
        "This is a national call of another country: it is for applicants in %(country)s.",
        country=say.country_name(country),
    )


def _is_old(call: Call, on: date) -> bool:
    """`on`: the day that is looked at, but no day to come, on which nothing can have been read yet."""
    return on - call.as_of > OLD


def _old(say: Speaker, call: Call) -> str:
    return say.gettext(
        "This was last read on %(day)s. Look at the official page before you rely on it.", day=say.day(call.as_of)
    )
