"""`funding outbox …` as a person at a terminal uses it."""

import json
import mailbox
import re
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.model import MailState
from matcher.settings import Settings
from matcher.store import open_store
from tests.alerts.test_bounces import bounce
from tests.doubles.mail_server import RCPT, MailServer
from tests.doubles.subscribers import MONDAY, SECRET, mail, subscribe

NOW = datetime.now(UTC)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    monkeypatch.setenv("FUNDING_SECRET", SECRET)
    monkeypatch.setenv("FUNDING_MAIL_SENDER", "News <news@example.org>")
    monkeypatch.setenv("FUNDING_MAIL_ALLOW", "example.org")

    def invoke(*arguments, code=0):
        result = CliRunner().invoke(app, ["outbox", *arguments])
        assert result.exit_code == code, result.output
        assert "reader" not in result.output
        return result.output if code == 0 else re.sub(r"[\s│]+", " ", result.output)

    return invoke


@pytest.fixture
def store(tmp_path):
    with open_store(Settings(home=tmp_path).database_url) as opened:
        yield opened


def confirmations(store, count):
    """Mails that can be rendered without calls: those that ask to confirm, due since long."""
    from matcher.alerts.letters.confirmation import Confirmation
    from matcher.model import MailKind, Rhythm, SubscriptionState

    asked = Confirmation(profile="riga", name="Riga", rhythm=Rhythm.WEEKLY, asked=MONDAY)
    for number in range(1, count + 1):
        subscribe(store, number, SubscriptionState.PENDING)
        for one in store.outbox.mails(subscription=f"s{number:04}"):
            store.outbox.cancel(one.id, "a test")
        early = NOW - timedelta(days=1)
        content = {"planned": early, "not_before": early, "content": asked.model_dump_json()}
        store.outbox.plan([mail(f"s{number:04}", MailKind.CONFIRMATION, "now", **content)])


def held(store):
    subscribe(store)
    one = mail(events=(1,), upto=1)
    store.outbox.plan([one])
    store.outbox.claim("w", MONDAY, timedelta(minutes=1))
    store.outbox.hand_over(one.id, "w")
    store.outbox.doubt(one.id, MONDAY, "the answer was lost", "hold", "w")
    return one.id


def test_an_empty_outbox(run):
    assert run() == "The outbox is empty.\n"
    assert run("send") == "nothing is due\n"


def test_mails_become_files(run, store, tmp_path):
    confirmations(store, 3)
    assert run("send") == "3 accepted\n"
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 3


def test_what_waits_and_what_is_held_is_listed_with_masked_addresses(run, store):
    id = held(store)
    store.outbox.plan([mail(slot="2026-W49")])
    shown = run()
    assert f"{id}  digest 2026-W48 to r…@e….org: the answer was lost" in shown
    assert "2026-W49" in shown
    assert "2026-W49" not in run("--state", "held")
    answer = json.loads(run("--json"))
    assert answer["counts"] == {"planned": 1, "held": 1, "cancelled": 1}
    assert {one["address"] for one in answer["mails"]} == {"r…@e….org"}
    assert not {"content", "message_id"} & set(answer["mails"][0])


def test_more_than_the_cap_waits_for_a_person(run, store, monkeypatch):
    confirmations(store, 3)
    monkeypatch.setenv("FUNDING_MAIL_CAP", "2")
    with MailServer() as server:
        monkeypatch.setenv("FUNDING_MAIL_SERVER", server.url)
        refused = run("send", code=1)
        assert "funding outbox send --cap 3" in refused
        assert server.taken == []
        assert "3 accepted" in run("send", "--cap", "3")
        assert len(server.taken) == 3


def test_what_a_server_refuses_is_told(run, store, monkeypatch):
    confirmations(store, 2)
    with MailServer(lambda step, _address: "451 4.7.1 later" if step == RCPT else None) as server:
        monkeypatch.setenv("FUNDING_MAIL_SERVER", server.url)
        assert "2 not taken now, tried again later" in run("send")
    monkeypatch.setenv("FUNDING_MAIL_ALLOW", "example.net")
    assert "nothing is due" in run("send")


def test_whom_mail_may_not_reach_is_counted(run, store, monkeypatch):
    confirmations(store, 2)
    monkeypatch.setenv("FUNDING_MAIL_ALLOW", "example.net")
    with MailServer() as server:
        monkeypatch.setenv("FUNDING_MAIL_SERVER", server.url)
        assert "2 wait: outside production" in run("send")
        assert server.taken == []


def test_a_server_that_is_not_there_is_told(run, store, monkeypatch):
    confirmations(store, 1)
    with MailServer() as server:
        monkeypatch.setenv("FUNDING_MAIL_SERVER", server.url)
    assert "cannot be reached" in run("send", code=1)


@pytest.mark.parametrize(
    ("name", "value"), [("FUNDING_MAIL_SERVER", "http://host"), ("FUNDING_MAIL_SENDER", "a@example.org, b@example.org")]
)
def test_a_setting_that_cannot_be_used_is_named(run, store, monkeypatch, name, value):
    confirmations(store, 1)
    monkeypatch.setenv("FUNDING_MAIL_SERVER", "smtps://mail.example.org")
    monkeypatch.setenv(name, value)
    assert name in run("send", code=2)


@pytest.mark.parametrize(
    ("choice", "state", "cursor"),
    [("--accepted", MailState.ACCEPTED, 1), ("--resend", MailState.PLANNED, 0), ("--cancel", MailState.CANCELLED, 0)],
)
def test_a_person_decides_on_a_held_mail(run, store, choice, state, cursor):
    id = held(store)
    run("resolve", id, choice)
    assert store.outbox.mail(id).state is state
    assert store.subscriptions.subscription("s0001").cursor == cursor
    assert f"it is {state}" in run("resolve", id, choice, code=2)


def test_a_decision_is_one(run, store):
    id = held(store)
    assert "choose one" in run("resolve", id, code=2)
    assert "choose one" in run("resolve", id, "--accepted", "--resend", code=2)
    assert "there is none" in run("resolve", "other", "--accepted", code=2)
    assert store.outbox.mail(id).state is MailState.HELD


def test_notices_in_files_and_mailboxes(run, store, tmp_path):
    id = held(store)
    single, box = tmp_path / "one.eml", mailbox.mbox(tmp_path / "box")
    single.write_bytes(b"Subject: Out of office\r\n\r\nI am away.\r\n")
    box.add(bounce())
    box.add(bounce(message_id="<unknown@example.org>"))
    box.close()
    told = run("bounces", str(single), str(tmp_path / "box"))
    assert "1 the address takes no mail" in told
    assert "2 not understood" in told
    assert store.outbox.mail(id).state is MailState.BOUNCED
    assert "cannot be read" in run("bounces", str(tmp_path / "none"), code=2)
