"""10,000 subscriptions x 1,500 open calls: at least 300 digests a second planned and rendered by two processes, under
600 MB in all, the one that starts them counted too.

Inside the time: reading organisations, ledger and calls, merging, the gate, what each recipient was told by EARLIER
mails, its window, composing, the rows of the outbox, text and HTML in eight languages with signed links. Outside it,
and told apart: matching organisations with calls, which the job `matches` does each night for each organisation and
keeps; and reading the rows back one by one in the order in which they are sent, which is a step of sending.

200 organisations (five of the shipped ones that can apply, forty times each) have 50 subscriptions each, and each of
those has saved two of thirty calls. What is limited is the time of the processor: the mails of both, by the seconds of
the busier one, which is the time by the clock where each has a core for itself. The baseline puts the same content
together as plain text and HTML with the standard library alone: no language, no dates, no links, no styles.
"""

from __future__ import annotations

import html
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import select

from matcher.alerts.digests.planning import plan_digests
from matcher.alerts.digests.rhythm import slot_of
from matcher.alerts.digests.standing import Outlook, Standing
from matcher.alerts.letters.render import render
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.languages import LANGUAGES
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
    MailKind,
    MailState,
    MaterialField,
    OutboxMail,
    Rhythm,
    Run,
    RunOutcome,
    Subscription,
    SubscriptionState,
)
from matcher.profiles import load_profiles
from matcher.service import Service
from matcher.settings import REPOSITORY, Settings
from matcher.store import open_store
from matcher.store.outbox_rows import row_of
from matcher.store.tables import choice, outbox, subscription

SUBSCRIPTIONS, ORGANISATIONS, SHIPPED, CALLS, EVENTS, PROCESSES = 10_000, 200, 5, 1_500, 400, 2
SAVEABLE, EARLIER, TOLD = 30, 8, 10
"""Calls that are saved; mails that each subscription got before, and what each of them told."""
LEAST_RATE, MOST_MEGABYTES, MOST_RATIO = 300, 600, 80
BASELINE = 1_000
"""Digests."""
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
WORDS = "homes refugees school water work town women language river skills youth health culture rights".split()  # noqa: SIM905


@dataclass(frozen=True)
class Done:
    """What one process did: digests, their items, seconds of the processor (of reading back apart), KiB of memory."""

    digests: int
    items: int
    seconds: float
    reading: float
    memory: int


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        with multiprocessing.get_context("spawn").Pool(1) as pool:  # what it needs is no part of planning
            settings, matching = pool.apply(_world, (Path(folder),))
        clock, done = _run(settings)
        megabytes = (_memory() + sum(one.memory for one in done)) / 1024
        baseline = _baseline(settings)
    digests = sum(one.digests for one in done)
    rate = digests / max(one.seconds for one in done)
    with_reading = digests / max(one.seconds + one.reading for one in done)
    ratio = sum(one.seconds for one in done) / digests / baseline
    sys.stdout.write(
        f"matching, apart: {matching:.1f} s of the processor for one organisation and {CALLS:,} calls\n"
        f"{digests:,} digests of {sum(one.items for one in done) / digests:.0f} calls for {SUBSCRIPTIONS:,} "
        f"subscriptions by {PROCESSES} processes\n"
        f"by the processor: {rate:.0f} a second, limit {LEAST_RATE}; with reading back: {with_reading:.0f}, "
        f"and by the clock {digests / clock:.0f} in {clock:.0f} s\n"
        f"baseline: {baseline * 1e3:.2f} ms each; ratio {ratio:.0f}, limit {MOST_RATIO}\n"
        f"memory: {megabytes:.0f} MB, the two {sum(one.memory for one in done) / 1024:.0f} MB of it; "
        f"limit {MOST_MEGABYTES}\n"
    )
    return int(rate < LEAST_RATE or megabytes > MOST_MEGABYTES or ratio > MOST_RATIO)


def _world(folder: Path) -> tuple[Settings, float]:
    settings = _prepared(folder)
    matching = _matched(settings)
    _tell_earlier(settings)
    return settings, matching


def _memory() -> int:
    """The most that this process ever had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _run(settings: Settings) -> tuple[float, list[Done]]:
    """Seconds by the clock from the moment when all processes were ready, and what each did."""
    spawning = multiprocessing.get_context("spawn")
    barrier, answers = spawning.Barrier(PROCESSES + 1), spawning.Queue()
    names = [profile.id for profile in Service(settings).profiles()]
    parts = [names[number::PROCESSES] for number in range(PROCESSES)]
    workers = [
        spawning.Process(target=_work, args=(settings.model_dump_json(), part, barrier, answers)) for part in parts
    ]
    for worker in workers:
        worker.start()
    barrier.wait()
    started = time.perf_counter()
    found = [answers.get() for _ in workers]
    taken = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return taken, found


def _work(settings_json: str, profiles: Sequence[str], barrier: Barrier, answers: multiprocessing.Queue[Done]) -> None:
    settings = _settings(**json.loads(settings_json))
    service = Service(settings)
    links = Links(settings, Tokens(settings))
    barrier.wait()
    started = time.process_time()
    plan_digests(service, NOW, frozenset(profiles))
    seconds = time.process_time() - started
    made, items, rendering = 0, 0, 0.0
    for mail, reader in _planned(service, profiles):
        begun = time.process_time()
        render(mail, reader, links)
        rendering += time.process_time() - begun
        made, items = made + 1, items + len(mail.events)
    reading = time.process_time() - started - seconds - rendering
    answers.put(Done(made, items, seconds + rendering, reading, _memory()))


def _planned(service: Service, profiles: Sequence[str]) -> Iterator[tuple[OutboxMail, Subscription]]:
    """The mails of these organisations' subscriptions, read one by one in the order in which they are sent."""
    subscriptions = service.store.subscriptions
    readers = {one.id: one for name in profiles for one in subscriptions.subscriptions(profile=name)}
    with service.store.outbox.access.reading() as connection:
        rows = connection.execute(select(outbox.c.id, outbox.c.subscription).where(outbox.c.state == MailState.PLANNED))
        found = [(row.subscription, row.id) for row in rows if row.subscription in readers]
    ids = [id for _, id in sorted(found, key=lambda one: (readers[one[0]].profile, readers[one[0]].language))]
    for mail in map(service.store.outbox.mail, ids):
        if mail:
            yield mail, readers[mail.subscription]


def _baseline(settings: Settings) -> float:
    """Seconds of the processor for one digest."""
    with open_store(settings.database_url) as store:
        contents = [mail.content for due in store.outbox.due(NOW)[:BASELINE] if (mail := store.outbox.mail(due.id))]
    started = time.process_time()
    for content in contents:
        _plain(json.loads(content))
    return (time.process_time() - started) / len(contents)


def _plain(content: dict[str, list[dict[str, list[dict[str, dict[str, object]]]]]]) -> tuple[str, str]:
    lines = [
        " · ".join(str(value) for value in item["card"].values())
        for section in content["sections"]
        for item in section["items"][:10]
    ]
    return "\n".join(lines), "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>"


def _settings(**known: object) -> Settings:
    return Settings.model_validate(known | {"secret": SecretStr("s" * 40)})


def _prepared(folder: Path) -> Settings:
    """A store with calls, a week of news, organisations and their subscribers."""
    settings = _settings(home=folder / "home", data=_organisations(folder / "data"), model="hashing")
    chance = random.Random(0)
    calls = [_call(number, chance) for number in range(CALLS)]
    events = [_event(call, chance) for call in chance.sample(calls, EVENTS)]
    new = {event.call for event in events if event.kind is EventKind.NEW}
    earlier = [_new(call.id, MONDAY - timedelta(days=60)) for call in calls if call.id not in new]
    run = Run(
        id="r", source="portal", started=NOW - timedelta(hours=3), as_of=MONDAY, outcome=RunOutcome.OK, calls=CALLS
    )
    with open_store(settings.database_url) as store:
        store.save_run(run, calls, events=earlier + events)
    _subscribe(settings, calls, len(earlier), chance)
    return settings


def _organisations(folder: Path) -> Path:
    able = [one.id for one in load_profiles(REPOSITORY / "data" / "profiles").values() if one.country != "GB"]
    shipped = [REPOSITORY / "data" / "profiles" / f"{id}.yml" for id in sorted(able)[:SHIPPED]]
    (folder / "profiles").mkdir(parents=True)
    (folder / "reference").symlink_to(REPOSITORY / "data" / "reference")
    for number in range(ORGANISATIONS):
        like = shipped[number % len(shipped)]
        text = like.read_text(encoding="utf-8")
        (folder / "profiles" / f"{like.stem}-{number:03}.yml").write_text(text, encoding="utf-8")
    return folder


def _matched(settings: Settings) -> float:
    """Each shipped organisation is matched, its copies take its cards. Seconds for one."""
    service, taken = Service(settings), []
    known: dict[str, Standing] = {}
    everything = {call.id for call in service.calls(MONDAY)}
    saved = sorted(everything)[:SAVEABLE]
    for profile in service.profiles():
        outlook = Outlook(service, profile, MONDAY)
        if profile.name not in known:
            started = time.process_time()
            cards = outlook.cards(saved)
            taken.append(time.process_time() - started)
            known[profile.name] = Standing(asked=tuple(saved), cards=tuple(cards.values()))
        body = known[profile.name].model_dump_json(exclude_defaults=True)
        service.store.standings.keep(profile.id, outlook.state, body)
    return sum(taken) / len(taken)


def _tell_earlier(settings: Settings) -> None:
    """Each subscription got mails before, of calls that its organisation notices. What they said is deleted."""
    service, chance = Service(settings), random.Random(1)
    places = {event.call: event.seq for event in service.store.ledger.events(kinds=[EventKind.NEW])}
    with service.store.outbox.access.writing() as connection:
        for profile in service.profiles():
            cards = Outlook(service, profile, MONDAY).cards()
            noticed = [places[one.call] for one in cards.values() if one.is_noticed and one.call in places]
            readers = service.store.subscriptions.subscriptions(profile=profile.id)
            rows = [
                row_of(_earlier(one.id, week, chance.sample(noticed, TOLD)))
                for one in readers
                for week in range(EARLIER)
            ]
            connection.execute(outbox.insert(), rows)


def _earlier(reader: str, week: int, events: list[int]) -> OutboxMail:
    id, day = f"{reader}-{week}", NOW - timedelta(weeks=week + 1)
    return OutboxMail(
        id=id,
        subscription=reader,
        kind=MailKind.DIGEST,
        slot=slot_of(day.date()),
        state=MailState.ACCEPTED,
        message_id=f"<{id}@example.org>",
        planned=day,
        not_before=day,
        accepted=day,
        events=tuple(sorted(events)),
    )


def _subscribe(settings: Settings, calls: Sequence[Call], cursor: int, chance: random.Random) -> None:
    service = Service(settings)
    names = [profile.id for profile in service.profiles()]
    saveable = sorted(call.id for call in calls)[:SAVEABLE]
    rows, choices = [], []
    for number in range(SUBSCRIPTIONS):
        one = Subscription(
            id=f"{chance.getrandbits(128):032x}",
            address=f"n{number}@example.org",
            profile=names[number % len(names)],
            language=LANGUAGES[number // len(names) % len(LANGUAGES)],
            rhythm=Rhythm.WEEKLY,
            state=SubscriptionState.CONFIRMED,
            consent=Consent(text_version="1", asked=NOW, confirmed=NOW),
            cursor=cursor,
        )
        rows.append(
            one.model_dump(exclude={"consent", "saved", "dismissed", "ended"})
            | {"address_key": one.address, "text_version": "1", "asked": NOW.isoformat(), "confirmed": NOW.isoformat()}
        )
        choices += [
            {"subscription": one.id, "call": call, "kind": "saved", "at": NOW.isoformat()}
            for call in chance.sample(saveable, 2)
        ]
    with service.store.subscriptions.access.writing() as connection:
        connection.execute(subscription.insert(), rows)
        connection.execute(choice.insert(), choices)


def _call(number: int, chance: random.Random) -> Call:
    text = ". ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(8))
    return Call(
        source="portal",
        reference=f"{number:05}",
        identifier=f"CALL-{number:05}",
        title=" ".join(chance.choices(WORDS, k=8)).capitalize(),
        kind=CallKind.TOPIC,
        url=f"https://portal.example/{number}",
        programme="CERV",
        fund=Fund.CERV,
        language="en",
        published_status=CallStatus.OPEN,
        opening=MONDAY - timedelta(days=60),
        deadlines=(Deadline(day=MONDAY + timedelta(days=chance.randint(3, 120))),),
        text=text,
        as_of=MONDAY,
    )


def _new(call: str, on: date) -> Event:
    return Event(call=call, source="portal", kind=EventKind.NEW, on=on)


def _event(call: Call, chance: random.Random) -> Event:
    deadline = call.deadlines[0].day
    kinds = [EventKind.NEW, EventKind.NEW, EventKind.CHANGED, EventKind.ELIGIBILITY]
    kind = EventKind.CLOSING if (deadline - MONDAY).days <= 30 else chance.choice(kinds)
    changes = {
        EventKind.CHANGED: (
            FieldChange(
                field=MaterialField.DEADLINES,
                was=((deadline - timedelta(days=7)).isoformat(),),
                now=(deadline.isoformat(),),
            ),
        ),
        EventKind.ELIGIBILITY: (FieldChange(field=MaterialField.CRITERIA, now=("Public bodies may apply as well.",)),),
    }
    return Event(
        call=call.id,
        source="portal",
        kind=kind,
        on=MONDAY - timedelta(days=2),
        day=deadline if kind is EventKind.CLOSING else None,
        within=30 if kind is EventKind.CLOSING else None,
        changes=changes.get(kind, ()),
    )


if __name__ == "__main__":
    sys.exit(main())
