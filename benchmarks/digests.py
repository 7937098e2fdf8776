"""10,000 subscriptions x 1,500 open calls: at least 300 digests a second planned and rendered by two processes, under
600 MB in all.

Inside the time: reading ledger and calls, merging, the gate, each recipient's window, composing, the rows of the
outbox, reading them back, text and HTML in eight languages. Outside it, and told apart: matching organisations with
calls, which is done once a day for each organisation and kept. 200 organisations (five of the shipped ones, forty
times each) have 50 subscriptions each; each has saved two of thirty calls. The baseline puts the same content together
as plain text and HTML with the standard library alone: no language, no dates, no signed links, no styles.
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
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

from pydantic import SecretStr

from matcher.alerts.digests.planning import plan_digests
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
    MaterialField,
    OutboxMail,
    Rhythm,
    Run,
    RunOutcome,
    Subscription,
    SubscriptionState,
)
from matcher.service import Service
from matcher.settings import REPOSITORY, Settings
from matcher.store import open_store
from matcher.store.tables import choice, subscription

SUBSCRIPTIONS, ORGANISATIONS, SHIPPED, CALLS, EVENTS, PROCESSES = 10_000, 200, 5, 1_500, 400, 2
SAVEABLE = 30
LEAST_RATE, MOST_MEGABYTES = 300, 600
MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
WORDS = "homes refugees school water work town women language river skills youth health culture rights".split()  # noqa: SIM905


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = _prepared(Path(folder))
        matching = _matched(settings)
        started, sizes, memory = _run(settings)
        rate = sum(sizes) / started
        baseline = _baseline(settings)
        megabytes = memory / 1024
    sys.stdout.write(
        f"matching, apart: {matching * 1e3:.0f} ms for one organisation and {CALLS:,} calls\n"
        f"{sum(sizes):,} digests in {started:.1f} s by {PROCESSES} processes: {rate:.0f} a second, limit {LEAST_RATE}\n"
        f"baseline of one process: {baseline:.0f} a second; ratio for one process {baseline * PROCESSES / rate:.1f}\n"
        f"memory of both: {megabytes:.0f} MB, limit {MOST_MEGABYTES}\n"
    )
    return int(rate < LEAST_RATE or megabytes > MOST_MEGABYTES)


def _run(settings: Settings) -> tuple[float, list[int], int]:
    """Seconds from the moment when all processes were ready, digests of each, KiB of memory of all."""
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
    return taken, [number for number, _ in found], sum(memory for _, memory in found)


def _work(
    settings_json: str, profiles: Sequence[str], barrier: Barrier, answers: multiprocessing.Queue[tuple[int, int]]
) -> None:
    settings = _settings(**json.loads(settings_json))
    service = Service(settings)
    links = Links(settings, Tokens(settings))
    barrier.wait()
    plan_digests(service, NOW, frozenset(profiles))
    wanted = {
        one.id: one
        for name in profiles
        for one in service.store.subscriptions.subscriptions(SubscriptionState.CONFIRMED, name)
    }
    made = 0
    for due in service.store.outbox.due(NOW):
        mail = service.store.outbox.mail(due.id)
        if mail and mail.subscription in wanted:
            render(mail, wanted[mail.subscription], links)
            made += 1
    answers.put((made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def _baseline(settings: Settings) -> float:
    """Digests a second."""
    with open_store(settings.database_url) as store:
        mails: list[OutboxMail] = store.outbox.mails()
    started = time.perf_counter()
    for mail in mails:
        _plain(json.loads(mail.content))
    return len(mails) / (time.perf_counter() - started)


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
    run = Run(
        id="r", source="portal", started=NOW - timedelta(hours=3), as_of=MONDAY, outcome=RunOutcome.OK, calls=CALLS
    )
    with open_store(settings.database_url) as store:
        store.save_run(run, calls, events=events)
    _subscribe(settings, calls, chance)
    return settings


def _organisations(folder: Path) -> Path:
    shipped = sorted((REPOSITORY / "data" / "profiles").glob("*.yml"))[:SHIPPED]
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
            service.forget_lists()
            started = time.perf_counter()
            cards = outlook.cards(saved)
            taken.append(time.perf_counter() - started)
            known[profile.name] = Standing(asked=tuple(saved), cards=tuple(cards.values()))
        body = known[profile.name].model_dump_json(exclude_defaults=True)
        service.store.standings.keep(profile.id, outlook.state, body)
    return sum(taken) / len(taken)


def _subscribe(settings: Settings, calls: Sequence[Call], chance: random.Random) -> None:
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
