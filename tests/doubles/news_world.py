"""A small world of calls, subscribers and events, in a real store, for the tests of alerts."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from pydantic import SecretStr

from matcher.model import (
    Call,
    CallKind,
    CallStatus,
    Consent,
    Deadline,
    Event,
    EventKind,
    FieldChange,
    Fund,
    MaterialField,
    Rhythm,
    Run,
    RunOutcome,
    SourceCard,
    Subscription,
    SubscriptionState,
    Tier,
)
from matcher.service import Service
from matcher.settings import Settings
from matcher.store import Store, open_store
from tests.doubles.blank_store import lay_blank_store

MONDAY = date(2026, 11, 16)
PORTAL = SourceCard(
    name="portal",
    title="A portal",
    publisher="A body",
    url="https://portal.example/calls",
    licence="free",
    tier=Tier.OFFICIAL_RECORD,
    frequency="daily",
)
SUBJECTS = ("language courses for newcomers", "migrants in local councils", "housing of refugees", "women and work")


def made_call(reference: str, **facts: object) -> Call:
    """An open call, as the portal would say it."""
    subject = SUBJECTS[sum(map(ord, reference)) % len(SUBJECTS)]
    known: dict[str, object] = {
        "source": "portal",
        "reference": reference,
        "identifier": reference,
        "title": f"Call {reference}: {subject}",
        "kind": CallKind.TOPIC,
        "url": f"https://portal.example/calls/{reference}",
        "programme": "CERV",
        "fund": Fund.CERV,
        "language": "en",
        "published_status": CallStatus.OPEN,
        "opening": date(2026, 6, 1),
        "deadlines": (Deadline(day=MONDAY + timedelta(days=90)),),
        "text": f"The call {reference} pays projects on {subject} and their place in local decisions.",
        "as_of": MONDAY - timedelta(days=1),
        "first_seen": date(2026, 6, 1),
    }
    return Call.model_validate(known | facts)


def made_event(call: Call | str, kind: EventKind, on: date = MONDAY - timedelta(days=2), **facts: object) -> Event:
    id = call if isinstance(call, str) else call.id
    return Event.model_validate({"call": id, "source": id.partition(":")[0], "kind": kind, "on": on} | facts)


def moved(was: date, now: date) -> FieldChange:
    return FieldChange(field=MaterialField.DEADLINES, was=(was.isoformat(),), now=(now.isoformat(),))


def at_seven(day: date) -> datetime:
    """06:00 UTC is 07:00 in Brussels in winter."""
    return datetime.combine(day, time(6), UTC)


def good_run(calls: Sequence[Call], day: date, source: SourceCard = PORTAL, **facts: object) -> Run:
    known = {
        "id": f"{source.name}-{day.isoformat()}-{secrets.token_hex(4)}",
        "source": source.name,
        "card": source,
        "started": at_seven(day) - timedelta(hours=3),
        "as_of": day,
        "outcome": RunOutcome.OK,
    }
    return Run.model_validate(known | facts)


@dataclass
class World:
    """A store below a folder. Make a new `service` after calls changed, as after a crawl."""

    folder: Path
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        lay_blank_store(self.folder)
        self.store = open_store(self.settings.database_url)
        self.store.save_cards([PORTAL])

    @cached_property
    def settings(self) -> Settings:
        return Settings(
            home=self.folder, model="hashing", secret=SecretStr("s" * 40), public_url="https://funding.example"
        )

    def service(self) -> Service:
        return Service(self.settings)

    def load(self, calls: Sequence[Call], events: Iterable[Event] = (), day: date = MONDAY - timedelta(days=1)) -> None:
        self.store.save_run(good_run(calls, day), calls, events=events)

    def fail(self, day: date) -> None:
        """A reading of the portal that did not come to its end."""
        self.store.save_run(good_run((), day, outcome=RunOutcome.FAIL))

    def subscribe(self, profile: str = "riga", **facts: object) -> Subscription:
        """A confirmed subscription that was told nothing yet, unless `cursor` says so."""
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        id = str(facts.get("id", secrets.token_hex(8)))
        known = {
            "id": id,
            "address": f"{id}@example.org",
            "profile": profile,
            "language": "en",
            "rhythm": Rhythm.WEEKLY,
            "consent": Consent(text_version="1", asked=moment),
        }
        choices = {kind: facts.pop(kind, ()) for kind in ("saved", "dismissed")}
        cursor = int(str(facts.pop("cursor", 0)))
        asked = Subscription.model_validate(known | facts)
        assert self.store.subscriptions.ask(asked, confirmation_of)
        self.store.subscriptions.confirm(id, moment, cursor)
        for kind, calls in choices.items():
            for call in calls:  # type: ignore[attr-defined]
                self.store.subscriptions.choose(id, call, kind, moment)  # type: ignore[arg-type]
        found = self.store.subscriptions.subscription(id)
        assert found
        assert found.state is SubscriptionState.CONFIRMED
        return found

    def deliver(self, day: date) -> int:
        """Hand all due mails to a server that takes them."""
        number, now = 0, at_seven(day) + timedelta(minutes=1)
        while mail := self.store.outbox.claim("postman", now, timedelta(minutes=5)):
            if self.store.outbox.hand_over(mail.id, "postman"):
                self.store.outbox.accept(mail.id, now, "postman")
                number += mail.kind != "confirmation"
        return number


def confirmation_of(wanted: Subscription, _: object) -> object:
    from matcher.model import MailKind, OutboxMail

    id = secrets.token_hex(8)
    moment = wanted.consent.asked
    return OutboxMail(
        id=id,
        subscription=wanted.id,
        kind=MailKind.CONFIRMATION,
        slot=moment.isoformat(),
        message_id=f"<{id}@funding.example>",
        planned=moment,
        not_before=moment,
        content="{}",
    )
