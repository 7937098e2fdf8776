"""The jobs there are, as data: when, how long they are caught up, after what, and the command that does them.

A night in Brussels' time: backup, registry, crawls from 01:00; from 04:30 what is made of them; mails in the morning.
No job begins between 02:00 and 03:00, the hour that the change of the clocks leaves out or brings twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta

from matcher.ledger import urgent_sources
from matcher.model import SourceCard
from matcher.scheduler.job import NOW, Job, Lane
from matcher.scheduler.slots import EVERY_DAY, MONDAY, SUNDAY, Daily, Every, Weekly, local_day
from matcher.store import Store

DAY = timedelta(days=1)
HOURS = timedelta(hours=1)
CRAWLS = "crawl:"
WORK = "matcher.scheduler.work"
CRAWL_AT = time(1, 0)
WEEKDAYS = {"daily": EVERY_DAY, "weekly": frozenset({SUNDAY})}
"""By `SourceCard.frequency`; a source that is not in it is not crawled. Weekly ones are read before Monday's mails."""

BEFORE_CRAWLS = (
    Job("backup", Daily(time(0, 10)), DAY, (WORK, "backup", NOW)),
    Job("retention", Daily(time(0, 20)), DAY, (WORK, "retention", NOW)),
    Job("registry", Daily(time(0, 40)), DAY, ("crawler", "register")),
)
AFTER_CRAWLS = (
    Job("link_check", Daily(time(4, 30)), DAY, ("crawler", "check-links", "--wait"), limit=HOURS * 3),
    Job("ledger", Daily(time(4, 35)), DAY, (WORK, "ledger", NOW), after=(CRAWLS,), patience=HOURS * 2),
    Job("embed", Daily(time(4, 40)), DAY, (WORK, "embed", NOW), after=(CRAWLS,), patience=HOURS * 2, limit=HOURS * 6),
    Job(
        "matches",
        Daily(time(4, 45)),
        DAY,
        (WORK, "matches", NOW),
        after=(CRAWLS, "ledger", "embed"),
        patience=HOURS * 3,
        limit=HOURS * 3,
    ),
)
NIGHT = (CRAWLS, *(job.name for job in AFTER_CRAWLS))
MAILS = (
    Job(
        "digest",
        Weekly(MONDAY, time(7, 0)),
        timedelta(days=6),  # until Sunday: what was missed by then is told by the next one
        (WORK, "digest", NOW),
        Lane.MAIL,
        after=NIGHT,
        patience=HOURS * 4,
        limit=HOURS * 3,
    ),
    Job(  # for whom there was nothing at seven, because it was on its way in another mail or its source was not read
        "digest_again",
        Weekly(MONDAY, time(12, 0)),
        HOURS * 12,
        (WORK, "digest", NOW),
        Lane.MAIL,
        after=("digest",),
        patience=HOURS * 4,
        limit=HOURS * 3,
    ),
    Job(
        "urgent",
        Daily(time(7, 30)),
        HOURS * 12,
        (WORK, "urgent", NOW),
        Lane.MAIL,
        after=NIGHT,
        patience=HOURS * 4,
    ),
    Job("deliver", Every(minutes=5), timedelta(minutes=5), (WORK, "deliver", NOW), Lane.MAIL, tries=1),
)


def jobs(cards: Sequence[SourceCard], urgent: Collection[str] = ()) -> tuple[Job, ...]:
    """All jobs, in the order in which they are done. `urgent`: weekly sources that are to be read daily now."""
    crawls = (_crawl(card, daily=card.name in urgent) for card in cards if card.frequency in WEEKDAYS)
    return (*BEFORE_CRAWLS, *crawls, *AFTER_CRAWLS, *MAILS)


class StoredJobs:
    """The jobs for the sources that the store knows; which of them are urgent is worked out once a day."""

    def __init__(self) -> None:
        self._known: tuple[object, ...] = ()
        self._jobs: tuple[Job, ...] = ()

    def __call__(self, store: Store, now: datetime) -> Sequence[Job]:
        today, cards = local_day(now), store.cards()
        if self._known != (today, cards):
            self._jobs = jobs(cards, urgent_sources(store.calls(), today))
            self._known = (today, cards)
        return self._jobs


def _crawl(card: SourceCard, daily: bool) -> Job:
    """The crawl ends by itself at the source's own time limit; ours is for what then hangs."""
    weekdays = EVERY_DAY if daily else WEEKDAYS[card.frequency]
    return Job(
        f"{CRAWLS}{card.name}",
        Daily(CRAWL_AT, weekdays),
        DAY * (7 if len(weekdays) == 1 else 1),
        ("crawler", "crawl", card.name, "--lines", "--wait"),
        limit=HOURS * 3,
        tries=2,
        pause=timedelta(minutes=30),
    )
