"""A back-fill sends nothing; what a person lets out of it is told like any news."""

import pytest

from matcher.alerts.digests.digest import Digest
from matcher.alerts.digests.planning import plan_digests
from matcher.ledger import guarded, released
from matcher.model import EventKind, MailKind, Observation, Run, RunOutcome
from tests.doubles.news_world import MONDAY, World, at_seven, made_call, made_event


@pytest.fixture
def world(tmp_path):
    return World(tmp_path / "home")


def digests(world):
    return [mail for mail in world.store.outbox.mails() if mail.kind is MailKind.DIGEST]


def test_a_back_fill_sends_nothing_until_it_is_released(world):
    run = Run(id="portal/fill", source="portal", started=at_seven(MONDAY), as_of=MONDAY, outcome=RunOutcome.OK)
    calls = [made_call(f"C{number}") for number in range(500)]
    found = [
        made_event(call, EventKind.NEW).model_copy(update={"observation": Observation(run=run.id)}) for call in calls
    ]
    events = guarded(found, None, run)
    assert all(event.is_held for event in events)
    world.load(calls[:3], events)
    subscriber = world.subscribe("riga")
    plan_digests(world.service(), at_seven(MONDAY))
    assert digests(world) == []

    ledger = world.store.ledger
    assert ledger.append(released(ledger.events(silent=True), run.id)) == 500
    plan_digests(world.service(), at_seven(MONDAY))
    (mail,) = digests(world)
    assert mail.subscription == subscriber.id
    told = {item.card.call for item in Digest.model_validate_json(mail.content).items}
    assert told == {"portal:C0", "portal:C1", "portal:C2"}
