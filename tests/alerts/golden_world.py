"""The week that the kept mails tell of: calls of the shipped snapshot; what became of them is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.alerts.digests.planning import plan_digests, plan_urgent
from matcher.alerts.digests.rhythm import slot_of
from matcher.alerts.letters.render import Rendered, render
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.model import EventKind, FieldChange, MailKind, MaterialField, OutboxMail, RunOutcome, Subscription
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.news_world import PORTAL, World, at_seven, good_run, made_event, moved

K = EventKind
MONDAY = date(2025, 9, 8)
LATELY = MONDAY - timedelta(days=3)
AMIF = "published_calls:AMIF-2025-TF2-AG-INTE"
LIST = PORTAL.model_copy(update={"title": "Example list of calls"})
NOW_ALSO = "Cities below 50,000 inhabitants may take part if they belong to an association of municipalities."

WEEK = (
    made_event(f"{AMIF}-01-WOMEN", K.CLOSING, LATELY, day=date(2025, 9, 16), within=14),
    made_event(f"{AMIF}-02-HEALTH", K.CLOSING, LATELY, day=date(2025, 9, 16), within=14),
    made_event("erasmus_decentralised:KA210-YOU-2025-R2", K.CLOSING, LATELY, day=date(2025, 10, 1), within=30),
    made_event("published_calls:CERV-2025-EQUAL", K.NEW, LATELY),
    made_event(f"{AMIF}-04-PATHWAYS", K.NEW, LATELY),
    made_event(
        "erasmus_decentralised:KA122-SCH-2025-R2",
        K.CHANGED,
        LATELY,
        changes=(moved(date(2025, 10, 8), date(2025, 10, 1)),),
    ),
    made_event(
        "published_calls:CERV-2025-CITIZENS-TOWN-TT",
        K.CHANGED,
        LATELY,
        changes=(
            moved(date(2025, 9, 10), date(2025, 9, 17)),
            FieldChange(field=MaterialField.BUDGET, was=("EUR 4000000",), now=("EUR 5000000",)),
        ),
    ),
    made_event(
        "published_calls:EUI-CITY-TO-CITY",
        K.ELIGIBILITY,
        LATELY,
        changes=(FieldChange(field=MaterialField.CRITERIA, now=(NOW_ALSO,)),),
    ),
    made_event(f"{AMIF}-03-DIGITAL", K.WITHDRAWN, LATELY),
)


def golden_world(snapshot: Settings, folder: Path) -> World:
    """The snapshot's calls with that week as their ledger, and a source that failed this morning."""
    world = World(folder)
    with open_store(snapshot.database_url) as shipped:
        for run in shipped.runs():
            world.store.save_run(run, [] if run.card and run.card.yields != "calls" else shipped.calls(run.source))
    world.store.ledger.append(WEEK)
    world.store.save_cards([LIST])
    world.store.save_run(good_run((), LATELY, LIST))
    world.store.save_run(good_run((), MONDAY, LIST, outcome=RunOutcome.FAIL))
    return world


def subscriber(world: World, profile: str, language: str, **facts: object) -> Subscription:
    saved = [f"{AMIF}-03-DIGITAL"]
    return world.subscribe(profile, id=f"{profile}-1", language=language, saved=saved, **facts)


def rendered(world: World, one: Subscription, kind: MailKind = MailKind.DIGEST) -> Rendered:
    """What goes out that Monday, with links that are signed at that moment."""
    plan = plan_urgent if kind is MailKind.URGENT else plan_digests
    plan(world.service(), at_seven(MONDAY))
    slot = MONDAY.isoformat() if kind is MailKind.URGENT else slot_of(MONDAY)
    (mail,) = world.store.outbox.mails(subscription=one.id, slot=slot)
    return render(mail.model_copy(update={"id": "mail-1"}), one, links(world.settings))


def links(settings: Settings) -> Links:
    return Links(settings, Tokens(settings, lambda: datetime(2025, 9, 8, 5, tzinfo=UTC)))


def confirmation(content: str) -> OutboxMail:
    moment = at_seven(MONDAY)
    return OutboxMail(
        id="mail-1",
        subscription="riga-1",
        kind=MailKind.CONFIRMATION,
        slot=moment.isoformat(),
        message_id="<mail-1@funding.example>",
        planned=moment,
        not_before=moment,
        content=content,
    )
