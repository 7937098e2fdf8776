"""Two weeks of three subscribers: what changes on the portal is told once, to those it is for, crash or not."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from matcher.alerts.digests.planning import plan_digests
from matcher.alerts.readers import subscribing
from matcher.alerts.readers.tokens import Purpose, Tokens
from matcher.model import EventKind, MailState
from matcher.settings import Settings
from tests.demonstration.calls import AT_FIRST, call, moved, without
from tests.demonstration.fortnight import Fortnight, moment, read
from tests.doubles.mail_server import MailServer
from tests.doubles.portal import Portal

GOLDEN = Path(__file__).parent / "golden"
TOWN, NETWORK, CITY = "europe@town.example", "projects@network.example", "grants@city.example"

START = date(2026, 10, 3)
FIRST_MONDAY, SECOND_MONDAY, THIRD_MONDAY = date(2026, 10, 12), date(2026, 10, 19), date(2026, 10, 26)
WEDNESDAY, SUNDAY = date(2026, 10, 7), date(2026, 10, 11)
BROKEN, SATURDAY = date(2026, 10, 15), date(2026, 10, 17)

LANGUAGE, WOMEN, HOUSING, HEALTH, ANTIRACISM, LEARNING = 1, 2, 3, 4, 7, 8


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory):
    with Portal() as portal, MailServer() as server:
        settings = Settings(
            home=tmp_path_factory.mktemp("home"),
            host_map=portal.host_map,
            model="hashing",
            secret="a key that only this demonstration has and nobody else",
            contact="team@matcher.example",
            mail_server=server.url,
            mail_sender="EU funding matcher <news@matcher.example>",
            mail_allow="town.example, network.example, city.example",
        )
        yield Fortnight(settings, portal, server)


@pytest.fixture(scope="module")
def story(fortnight):
    """The two weeks, day by day; what each step brought, by name."""
    told = {}
    assert fortnight.night(START, AT_FIRST).ok
    evening = moment(START, 18)
    told["town"] = fortnight.sign_up(TOWN, "grenoble-alpes-metropole", "fr", evening)
    told["network"] = fortnight.sign_up(NETWORK, "melissa-network", "en", evening, urgent=True)
    told["city"] = fortnight.sign_up(CITY, "dusseldorf", "de", evening)
    told["asked"] = list(fortnight.server.taken)

    calls = moved(AT_FIRST, WOMEN, date(2026, 11, 26)) | {LANGUAGE: call(LANGUAGE, WEDNESDAY, date(2026, 12, 10))}
    calls = without(calls, HEALTH)  # health is gone from now on
    assert fortnight.night(WEDNESDAY, without(calls, HOUSING)).ok  # housing is missing for four days
    assert fortnight.night(SUNDAY, calls).ok
    told["first"] = fortnight.monday(FIRST_MONDAY)
    told["first again"] = fortnight.monday(FIRST_MONDAY)
    save(fortnight, told["town"], HEALTH, moment(FIRST_MONDAY, 12))

    assert not fortnight.night(BROKEN, None).ok
    calls = calls | {LEARNING: call(LEARNING, SATURDAY, date(2026, 10, 28))}
    assert fortnight.night(SATURDAY, moved(calls, ANTIRACISM, date(2026, 12, 17))).ok
    told["urgent"] = fortnight.morning(SATURDAY)

    plan_digests(fortnight.service, moment(SECOND_MONDAY, 7))
    told["until the crash"] = fortnight.send_and_be_killed(moment(SECOND_MONDAY, 7), at=2)
    told["after the crash"] = fortnight.send(moment(SECOND_MONDAY, 8))
    told["states"] = Counter(mail.state for mail in fortnight.service.store.outbox.mails(slot="2026-W43"))
    told["third"] = fortnight.monday(THIRD_MONDAY)
    return told


def save(fortnight, subscription, number, now):
    """By the link of a mail."""
    token = Tokens(fortnight.settings, lambda: now).sign(Purpose.CHOICE, subscription.id)
    subscribing.choose(fortnight.service, token, id_of(number), "saved", now)


def id_of(number):
    return f"funding_tenders:{call(number, START).reference}"


def mail_to(address, mails):
    [mail] = [mail for mail in mails if mail.recipients == (address,)]
    return mail


@pytest.mark.parametrize(
    ("name", "step", "address"),
    [
        ("confirmation-town-fr", "asked", TOWN),
        ("first-monday-town-fr", "first", TOWN),
        ("first-monday-network-en", "first", NETWORK),
        ("first-monday-city-de", "first", CITY),
        ("urgent-network-en", "urgent", NETWORK),
    ],
)
def test_the_mails_read_as_they_should(story, name, step, address):
    """A missing golden file is written, and fails the test until a person has read it."""
    compare(name, read(mail_to(address, story[step])))


@pytest.mark.parametrize(
    ("name", "address"),
    [("second-monday-town-fr", TOWN), ("second-monday-network-en", NETWORK), ("second-monday-city-de", CITY)],
)
def test_so_do_those_of_the_monday_with_the_crash(story, name, address):
    compare(name, read(mail_to(address, [*story["until the crash"], *story["after the crash"]])))


def compare(name, text):
    file = GOLDEN / f"{name}.txt"
    if not file.is_file():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file} was written: read it as the recipient would, and keep it if it is good")
    assert text == file.read_text(encoding="utf-8")


def test_a_monday_is_told_once(story):
    assert len(story["first"]) == 3
    assert story["first again"] == []


def test_only_who_asked_for_it_is_told_at_once(story):
    assert [mail.recipients for mail in story["urgent"]] == [(NETWORK,)]


def test_a_crash_neither_loses_nor_doubles_a_mail_that_the_server_took(story):
    """The second mail was taken, and its worker killed before it could note that."""
    taken = [*story["until the crash"], *story["after the crash"]]
    assert len(story["until the crash"]) == 2
    assert {mail.recipients for mail in taken} == {(TOWN,), (NETWORK,), (CITY,)}
    assert len({mail.message_id for mail in taken}) == len(taken) == 3
    assert story["states"] == {MailState.ACCEPTED: 2, MailState.HELD: 1}


def test_what_was_held_is_told_by_the_next_digest(story):
    """Nobody knows whether it arrived, so its news is told once more: repeated rather than lost."""
    held = story["until the crash"][1]
    assert held.recipients in {mail.recipients for mail in story["third"]}


def test_the_ledger_holds_what_happened_and_no_more(fortnight, story):
    named = {id_of(number): number for number in range(1, 10)}
    events = [event for event in fortnight.service.store.ledger.events() if event.call in named]
    happened = {(named[event.call], event.kind, event.on) for event in events}
    assert {
        one for one in happened if one[1] in (EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN, EventKind.RETURNED)
    } == {
        (LANGUAGE, EventKind.NEW, WEDNESDAY),
        (WOMEN, EventKind.CHANGED, WEDNESDAY),
        (LEARNING, EventKind.NEW, SATURDAY),
        (HEALTH, EventKind.WITHDRAWN, SATURDAY),
        (ANTIRACISM, EventKind.CHANGED, SATURDAY),
    }


def test_who_saved_a_call_hears_that_it_was_withdrawn(story):
    title = call(HEALTH, START).title
    taken = [*story["until the crash"], *story["after the crash"]]
    assert [mail.recipients for mail in taken if title in read(mail)] == [(TOWN,)]
