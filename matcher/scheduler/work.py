"""`python -P -m matcher.scheduler.work JOB MOMENT`: what the jobs of our own do, each in a process of its own.

The last line that is printed tells what was done; exit code 1 when it could not be. No address is ever printed.
"""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import FrameType

from matcher.alerts.digests.planning import Planned, match_followed, plan_digests, plan_urgent
from matcher.alerts.digests.standing import Outlook
from matcher.alerts.mailing.delivery import Delivered, deliver
from matcher.alerts.mailing.fates import Answer, HandOver, ServerTrouble, Transport
from matcher.alerts.mailing.mail import Envelope
from matcher.alerts.mailing.sender import BadMailSetting
from matcher.alerts.mailing.transport import open_transport
from matcher.alerts.readers.tokens import BadSecret
from matcher.factfile import BadFactFile
from matcher.ledger import pass_time
from matcher.local_model import ModelMissing
from matcher.model import SubscriptionState
from matcher.scheduler.process import Stop
from matcher.scheduler.retention import retain
from matcher.scheduler.slots import local_day
from matcher.service import NoCalls, Service
from matcher.settings import Settings
from matcher.store import Store, StoreError
from matcher.store.backup import back_up
from matcher.store.jobs import JobState

TOLD = (StoreError, BadMailSetting, BadSecret, BadFactFile, ModelMissing, NoCalls)
"""Their messages are made for people, and hold no address."""


class NotDone(Exception):
    """Why a job could not do all it is for; what it did is stored."""


def backup(service: Service, now: datetime) -> str:
    settings, place = service.settings, Path(service.store.place)
    made = back_up(place, settings.backups, now, settings.keep_backups)
    return f"{made.file.name}: {sum(made.rows.values())} rows, checked; {made.forgotten} older ones deleted"


def retention(service: Service, now: datetime) -> str:
    return retain(service.store, service.settings, now)


def embed(service: Service, now: datetime) -> str:
    return f"vectors of {service.embed(local_day(now))} calls are ready"


def ledger(service: Service, now: datetime) -> str:
    """What the calendar alone brings, of all days since it was last asked."""
    store, since, today = service.store, last_passed(service.store, now), local_day(now)
    calls = store.calls()
    known = store.ledger.events_of(event.call for event in pass_time(calls, since, today))
    of_due = (event for events in known.values() for event in events)
    events = pass_time(calls, since, today, of_due)
    return f"{store.ledger.append(events)} events of the calendar up to {today}"


def matches(service: Service, now: datetime) -> str:
    """How every organisation stands to the calls, and the cards of those that somebody has news of, worked out before
    the pages and mails of the day ask."""
    day = local_day(now)
    prepared = service.prepare(day)
    wanted = {one.profile for one in service.store.subscriptions.subscriptions(state=SubscriptionState.CONFIRMED)}
    match_followed(service, now)
    for profile in service.open_profiles():
        if profile.id in wanted:
            Outlook(service, profile, day).cards()
    return f"calls matched for {prepared} organisations"


def digest(service: Service, now: datetime) -> str:
    return _planned(plan_digests(service, now))


def urgent(service: Service, now: datetime) -> str:
    return _planned(plan_urgent(service, now))


def delivery(service: Service, now: datetime) -> str:
    """Send what is due. When it is told to stop, the mail in hand is finished. Raises NotDone."""
    stop = Stop()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.asked = True

    signal.signal(signal.SIGTERM, ask)
    sent = deliver(service.store, service.settings, now, transport=stoppable(open_transport(service.settings), stop))
    words = _delivered(sent)
    if sent.trouble or sent.over_cap:
        raise NotDone(words)
    return words


WORK: dict[str, Callable[[Service, datetime], str]] = {
    "backup": backup,
    "retention": retention,
    "embed": embed,
    "ledger": ledger,
    "matches": matches,
    "digest": digest,
    "urgent": urgent,
    "deliver": delivery,
}


@dataclass
class Stoppable:
    """A transport that takes no further mail once a stop was asked for."""

    inner: Transport
    stop: Stop
    stays_here: bool

    def connect(self) -> None:
        if self.stop.asked:
            raise ServerTrouble("told to stop; the other mails are sent by the next round")
        self.inner.connect()

    def send(self, envelope: Envelope, hand_over: HandOver) -> Answer:
        return self.inner.send(envelope, hand_over)

    def close(self) -> None:
        self.inner.close()


def stoppable(transport: Transport, stop: Stop) -> Stoppable:
    return Stoppable(transport, stop, transport.stays_here)


def last_passed(store: Store, now: datetime) -> date:
    """The day up to which the ledger knows what the calendar brings; yesterday, when it was never asked."""
    done = store.jobs.runs("ledger", states=[JobState.DONE], limit=1)
    return local_day(done[0].started if done else now - timedelta(days=1))


def main(arguments: Iterable[str]) -> int:
    """Do one job; returns the exit code."""
    name, moment = arguments
    try:
        words = WORK[name](Service(Settings()), datetime.fromisoformat(moment))
    except (*TOLD, NotDone) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except Exception as error:
        sys.stderr.write(_without_values(error))
        return 1
    sys.stdout.write(f"{words}\n")
    return 0


def _planned(planned: Planned) -> str:
    return f"{planned.slot}: {planned.planned} mails planned for {planned.due} subscriptions"


def _delivered(sent: Delivered) -> str:
    fates = ", ".join(f"{number} {fate}" for fate, number in sorted(sent.fates.items())) or "nothing to send"
    over = [
        f"{one.due} mails are due and one run may send {one.cap} (FUNDING_MAIL_CAP): none of them was sent; look at "
        f"`funding outbox`, then: funding outbox send --cap {one.due}"
        for one in sent.over_cap
    ]
    kept = [f"{sent.not_allowed} wait for FUNDING_PRODUCTION or FUNDING_MAIL_ALLOW"] if sent.not_allowed else []
    return "; ".join([fates, *kept, *over, *([sent.trouble] if sent.trouble else [])])


def _without_values(error: Exception) -> str:
    """A fault of ours: where it happened and of which kind, without its message, which may hold an address."""
    places = [
        f"{frame.filename}:{frame.lineno} in {frame.name}\n" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "".join([*places, f"unexpected {type(error).__name__} in {places[-1]}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
