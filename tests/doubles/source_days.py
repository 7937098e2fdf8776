"""Calls, readings of a source on days of 2027, and a ledger that is kept as the store keeps it."""

from datetime import UTC, date, datetime, timedelta

from matcher.ledger import observe
from matcher.model import Call, CallKind, CallStatus, Deadline, Run, RunOutcome

DAY = date(2027, 3, 1)
SOURCE = "portal"


def on(number):
    """The day so many days after the first reading."""
    return DAY + timedelta(days=number)


USUAL = on(60)


def a_call(reference="1", deadline=USUAL, **said):
    facts = {
        "source": SOURCE,
        "reference": str(reference),
        "identifier": f"AMIF-2027-{reference}",
        "title": f"Call {reference}",
        "kind": CallKind.TOPIC,
        "url": f"https://example.org/{reference}",
        "published_status": CallStatus.OPEN,
        "opening": on(-10),
        "deadlines": (Deadline(day=deadline),) if deadline else (),
        "as_of": DAY,
    }
    return Call(**facts | said)


def a_run(day, **said):
    started = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    facts = {"id": f"{SOURCE}/{day}", "source": SOURCE, "started": started, "as_of": day, "outcome": RunOutcome.OK}
    return Run(**facts | said)


class Ledger:
    """A source read day by day; what a store would hold, in memory."""

    def __init__(self):
        self.calls, self.events, self.runs = {}, [], []

    def read(self, day, *calls, gone=(), silent="", **run):
        """The events that the reading added."""
        reading = a_run(day, **run)
        read = {
            call.id: call.model_copy(
                update={
                    "as_of": day,
                    "last_seen": day,
                    "first_seen": getattr(self.calls.get(call.id), "first_seen", day),
                }
            )
            for call in calls
        }
        if reading.outcome is RunOutcome.FAIL:
            self.runs.append(reading)
            return []
        seen = observe(self.calls, self.events, self.runs, reading, read, frozenset(gone), silent)
        added = self.add(seen.events)
        self.calls |= read
        self.runs.append(reading.model_copy(update={"doubted": seen.doubted}))
        return added

    def add(self, events):
        keys = {event.key for event in self.events}
        added = [event for event in events if event.key not in keys]
        self.events += added
        return added
