"""A run through the outbox with a real mail server: who gets what, and what is kept of each answer."""

import logging
from datetime import timedelta

import pytest

from matcher.alerts.mailing.delivery import LEASE, clock_from, deliver, is_allowed, wait, within_cap
from matcher.alerts.mailing.fates import Fate
from matcher.alerts.mailing.sender import BadMailSetting
from matcher.alerts.mailing.transport import EmlFolder
from matcher.model import Ending, MailKind, MailState, SubscriptionState
from matcher.settings import Settings
from matcher.store import open_store
from matcher.store.outbox import Due
from tests.doubles.mail_server import DATA, DROP, HANG, KEEP_AND_DROP, RCPT, TEXT, MailServer
from tests.doubles.subscribers import MONDAY, SECRET, mail, subscribe, write_plainly

SOON = MONDAY + timedelta(hours=7)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, secret=SECRET, mail_sender="News <news@example.org>", mail_allow="example.org")


def with_mails(store, count, **changes):
    for number in range(1, count + 1):
        subscribe(store, number)
    planned = [mail(f"s{number:04}", events=(1, 2), upto=2, **changes) for number in range(1, count + 1)]
    assert store.outbox.plan(planned) == count
    return planned


def run(store, settings, server=None, now=MONDAY, **changes):
    settings = settings.model_copy(update={"mail_server": server.url} if server else {})
    return deliver(store, settings, now, write=write_plainly(settings), **changes)


def recipients(server):
    return sorted(address for one in server.taken for address in one.recipients)


def states(store, slot="2026-W48"):
    return {one.subscription: one.state for one in store.outbox.mails(slot=slot)}


def always(step, answer, only=""):
    return lambda asked, address: answer if asked == step and address.startswith(only) else None


def test_each_subscriber_gets_their_mail_once(store, settings):
    planned = with_mails(store, 60)
    with MailServer() as server:
        done = run(store, settings, server)
        again = run(store, settings, server, now=SOON)
    assert done.fates == {Fate.ACCEPTED: 60}
    assert not again.fates
    assert recipients(server) == sorted(f"reader{number}@example.org" for number in range(1, 61))
    assert sorted(server.ids) == sorted(one.message_id for one in planned)
    assert {len(one.recipients) for one in server.taken} == {1}
    assert {str(one.message["To"]) for one in server.taken} == set(recipients(server))
    assert server.connections == 1
    assert {one.cursor for one in store.subscriptions.subscriptions()} == {2}


@pytest.mark.parametrize(
    ("step", "answer", "state", "fate"),
    [
        (RCPT, "451 4.7.1 later", MailState.PLANNED, Fate.LATER),
        (TEXT, "451 4.3.0 later", MailState.PLANNED, Fate.LATER),
        (RCPT, "421 4.3.2 closing", MailState.PLANNED, Fate.CLOSED),
        (RCPT, DROP, MailState.PLANNED, Fate.CLOSED),
        (DATA, DROP, MailState.PLANNED, Fate.CLOSED),
        (RCPT, "550 5.7.1 no", MailState.FAILED, Fate.REFUSED),
        (TEXT, "554 5.7.1 spam", MailState.FAILED, Fate.REFUSED),
        (RCPT, "550 5.1.1 unknown", MailState.BOUNCED, Fate.NO_ADDRESS),
        (TEXT, DROP, MailState.HELD, Fate.IN_DOUBT),
        (TEXT, KEEP_AND_DROP, MailState.HELD, Fate.IN_DOUBT),
    ],
)
def test_what_becomes_of_a_mail_by_the_servers_answer(store, settings, step, answer, state, fate):
    with_mails(store, 3)
    with MailServer(always(step, answer, only="reader2@")) as server:
        done = run(store, settings, server)
    assert done.fates == {Fate.ACCEPTED: 2, fate: 1}
    assert states(store) == {"s0001": MailState.ACCEPTED, "s0002": state, "s0003": MailState.ACCEPTED}
    assert store.subscriptions.subscription("s0002").cursor == 0
    (theirs,) = store.outbox.mails(subscription="s0002", slot="2026-W48")
    assert "reader2" not in theirs.error
    assert theirs.error


def test_a_refusal_that_passes_is_tried_again_after_a_wait(store, settings):
    with_mails(store, 1)
    answers = ["451 4.7.1 greylisted"] * 2

    def script(step, _address):
        return answers.pop() if step == RCPT and answers else None

    tries = []
    with MailServer(script) as server:
        for minutes in (0, 4, 5, 14, 15, 16):
            done = run(store, settings, server, now=MONDAY + timedelta(minutes=minutes, seconds=minutes))
            tries += [(minutes, *done.fates)] if done.fates else []
    assert tries == [(0, Fate.LATER), (5, Fate.LATER), (15, Fate.ACCEPTED)]
    assert len(server.taken) == 1


def test_a_mail_that_is_refused_for_a_day_is_given_up(store, settings):
    with_mails(store, 1)
    now, tries = MONDAY, 0
    with MailServer(always(RCPT, "451 4.7.1 later")) as server:
        while states(store)["s0001"] is MailState.PLANNED:
            now, tries = now + timedelta(hours=6, minutes=1), tries + 1
            run(store, settings, server, now=now)
    assert (tries, states(store)["s0001"]) == (10, MailState.FAILED)
    assert timedelta(hours=20) < sum((wait(number) for number in range(1, 10)), timedelta()) < timedelta(hours=24)


def test_an_address_that_takes_no_mail_gets_none_of_any_organisation(store, settings):
    with_mails(store, 2)
    subscribe(store, 3, address="Reader2@Example.org", profile="tallinn")
    with MailServer(always(RCPT, "550 5.1.1 unknown", only="reader2@")) as server:
        run(store, settings, server)
    ended = {one.id: one.ending for one in store.subscriptions.subscriptions()}
    assert ended == {"s0001": None, "s0002": Ending.BOUNCED, "s0003": Ending.BOUNCED}


def test_a_suppressed_address_gets_no_news_but_may_ask_again(store, settings):
    from matcher.alerts.readers.tokens import Tokens

    with_mails(store, 2)
    store.subscriptions.suppress(Tokens(settings).hashes("reader1@example.org")[0], "bounced", MONDAY)
    subscribe(store, 3, SubscriptionState.PENDING, address="reader1@example.org", profile="tallinn")
    with MailServer() as server:
        run(store, settings, server)
    assert recipients(server) == ["reader1@example.org", "reader2@example.org"]
    assert states(store) == {"s0001": MailState.CANCELLED, "s0002": MailState.ACCEPTED}


@pytest.mark.parametrize("leaving", ["end", "erase"])
@pytest.mark.parametrize("at", ["before the run", "between recipient and text"])
def test_who_leaves_between_plan_and_send_gets_nothing(store, settings, leaving, at):
    with_mails(store, 3)

    def leave():
        if leaving == "end":
            store.subscriptions.end("s0002", MONDAY, Ending.UNSUBSCRIBED)
        else:
            store.subscriptions.erase(["s0002"])

    def script(step, address):
        if at != "before the run" and step == RCPT and address.startswith("reader2@"):
            leave()

    if at == "before the run":
        leave()
    with MailServer(script) as server:
        run(store, settings, server)
    assert recipients(server) == ["reader1@example.org", "reader3@example.org"]
    assert states(store).get("s0002") in (MailState.CANCELLED, None)


def test_a_search_deleted_while_its_mail_is_given_to_the_server(store, settings):
    with_mails(store, 2)

    def script(step, address):
        if step == TEXT and address.startswith("reader1@"):
            store.subscriptions.erase(["s0001"])

    with MailServer(script) as server:
        done = run(store, settings, server)
    assert done.fates == {"overtaken": 1, Fate.ACCEPTED: 1}
    assert states(store) == {"s0002": MailState.ACCEPTED}


def test_more_than_the_cap_sends_none(store, settings):
    with_mails(store, 4)
    with MailServer() as server:
        done = run(store, settings.model_copy(update={"mail_cap": 3}), server)
        assert server.taken == []
        assert [(one.news, one.due, one.cap) for one in done.over_cap] == [(True, 4, 3)]
        assert set(states(store).values()) == {MailState.PLANNED}
        assert run(store, settings.model_copy(update={"mail_cap": 3}), server, cap=4).fates == {Fate.ACCEPTED: 4}
    assert len(server.taken) == 4


def test_confirmations_count_for_themselves():
    def due(kind, count):
        return [Due(f"{kind}{number}", kind, "a@example.org") for number in range(count)]

    chosen, over = within_cap([*due(MailKind.CONFIRMATION, 3), *due(MailKind.DIGEST, 4), *due(MailKind.URGENT, 2)], 5)
    assert {one.kind for one in chosen} == {MailKind.CONFIRMATION}
    assert [(one.news, one.due) for one in over] == [(True, 6)]
    assert within_cap(due(MailKind.CONFIRMATION, 6), 5)[0] == []
    assert len(within_cap(due(MailKind.DIGEST, 5), 5)[0]) == 5


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("anna@staff.example.org", True),
        ("ANNA@staff.example.org", True),
        ("tester@example.net", True),
        ("Tester@Example.NET", True),
        ("other@example.net", False),
        ("anna@sub.staff.example.org", False),
        ("anna@notstaff.example.org", False),
        ("anna@staff.example.org.evil.com", False),
        ("not an address", False),
    ],
)
def test_whom_mail_may_reach_outside_production(tmp_path, address, allowed):
    settings = Settings(home=tmp_path, mail_allow="staff.example.org, tester@example.net,, @")
    assert is_allowed(address, settings) is allowed
    assert not is_allowed(address, Settings(home=tmp_path))
    assert is_allowed(address, Settings(home=tmp_path, production=True))


def test_outside_production_only_the_allowed_get_mail(store, settings):
    with_mails(store, 5)
    testing = settings.model_copy(update={"mail_allow": "reader2@example.org"})
    with MailServer() as server:
        done = run(store, testing, server)
    assert recipients(server) == ["reader2@example.org"]
    assert (done.fates, done.not_allowed) == ({Fate.ACCEPTED: 1}, 4)
    assert list(states(store).values()).count(MailState.PLANNED) == 4


def test_files_reach_nobody_and_need_no_allowance(store, settings, tmp_path):
    with_mails(store, 3)
    done = run(store, settings.model_copy(update={"mail_allow": ""}))
    assert done.fates == {Fate.ACCEPTED: 3}
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 3


def test_links_of_mails_in_production_are_https(store, settings):
    with_mails(store, 1)
    live = settings.model_copy(update={"production": True, "mail_server": "smtps://mail.example.org"})
    with pytest.raises(BadMailSetting, match="FUNDING_PUBLIC_URL"):
        deliver(store, live, MONDAY)
    assert states(store)["s0001"] is MailState.PLANNED


def test_a_server_that_is_not_there_takes_nothing_away(store, settings):
    with_mails(store, 2)
    with MailServer() as server:
        pass
    done = run(store, settings, server)
    assert "cannot be reached" in done.trouble
    assert [(one.state, one.tries) for one in store.outbox.mails(slot="2026-W48")] == [(MailState.PLANNED, 0)] * 2


@pytest.mark.parametrize(
    ("step", "answer", "left"),
    [
        ("MAIL", "550 5.7.1 not you", MailState.PLANNED),
        (RCPT, DROP, MailState.PLANNED),
        (RCPT, "550 5.7.1 relaying denied", MailState.FAILED),
        (RCPT, "550 5.1.1 unknown", MailState.BOUNCED),
        (TEXT, "554 5.7.1 spam", MailState.FAILED),
        (TEXT, KEEP_AND_DROP, MailState.HELD),
    ],
)
def test_a_server_that_refuses_everything_is_given_a_few_mails_only(store, settings, step, answer, left):
    with_mails(store, 30)
    with MailServer(always(step, answer)) as server:
        done = run(store, settings, server)
    assert done.trouble
    assert "reader" not in done.trouble
    found = list(states(store).values())
    assert found.count(MailState.PLANNED) >= 25
    assert set(found) == {MailState.PLANNED, left}


def test_one_more_try_where_the_setting_says_so(store, settings):
    """Resent once with the same Message-ID; lost again, it is held."""
    with_mails(store, 1)
    resend = settings.model_copy(update={"mail_in_doubt": "resend"})
    with MailServer(always(TEXT, KEEP_AND_DROP)) as server:
        run(store, resend, server)
        assert states(store)["s0001"] is MailState.PLANNED
        run(store, resend, server, now=SOON)
        assert states(store)["s0001"] is MailState.HELD
        run(store, resend, server, now=SOON + timedelta(days=1))
    assert server.ids == [mail().message_id] * 2


def test_news_of_a_held_mail_is_in_the_next_digest(store, settings):
    with_mails(store, 1)
    with MailServer(always(TEXT, DROP)) as server:
        run(store, settings, server)
    cursor = store.subscriptions.subscription("s0001").cursor
    assert cursor == 0
    next_week = mail(slot="2026-W49", events=(1, 2, 3), upto=3, planned=SOON + timedelta(days=7))
    assert store.outbox.plan([next_week]) == 1
    with MailServer() as server:
        run(store, settings, server, now=MONDAY + timedelta(days=8))
    assert server.ids == [next_week.message_id]


def test_a_mail_that_cannot_be_written_fails_alone(store, settings):
    with_mails(store, 3)
    plain = write_plainly(settings)

    def write(one, subscription):
        if one.subscription == "s0002":
            raise ValueError("reader2@example.org spoils it")
        return plain(one, subscription)

    with MailServer() as server:
        done = deliver(store, settings.model_copy(update={"mail_server": server.url}), MONDAY, write=write)
    assert done.fates == {Fate.ACCEPTED: 2, Fate.REFUSED: 1}
    (failed,) = store.outbox.mails(states=[MailState.FAILED])
    assert "reader2" not in failed.error


def test_a_server_that_hangs_on_the_text_leaves_the_mail_in_doubt(store, settings):
    from matcher.alerts.mailing.server import Encryption, Server
    from matcher.alerts.mailing.smtp import Smtp

    with_mails(store, 1)
    with MailServer(always(TEXT, HANG)) as server:
        patient = Server("127.0.0.1", server.port, Encryption.NONE, step_seconds=5, answer_seconds=0.2)
        run(store, settings, server, transport=Smtp(patient))
    assert states(store)["s0001"] is MailState.HELD


def test_a_full_disk_keeps_the_mails(store, settings, tmp_path):
    with_mails(store, 2)
    folder = tmp_path / "mail"

    class Full(EmlFolder):
        def connect(self):
            folder.write_text("a file where the folder should be")

    done = run(store, settings, transport=Full(folder))
    assert "cannot be written" in done.trouble
    assert set(states(store).values()) == {MailState.PLANNED}


def test_the_hour_goes_on_while_a_run_sends():
    clock = clock_from(MONDAY)
    first = clock()
    assert MONDAY <= first <= clock() < MONDAY + LEASE


def test_no_address_is_logged_or_told(store, settings, caplog):
    with_mails(store, 6)
    scripts = {"reader2@": "550 5.1.1 unknown", "reader3@": "451 4.7.1 later", "reader4@": "554 5.0.0 no"}

    def script(step, address):
        found = next((answer for name, answer in scripts.items() if address.startswith(name)), None)
        return f"{found}: <{address}>" if step == RCPT and found else None

    with caplog.at_level(logging.DEBUG, logger="matcher"), MailServer(script) as server:
        done = run(store, settings, server)
    told = [
        *(one.error for one in store.outbox.mails()),
        repr(done),
        *(r.getMessage() for r in caplog.records if r.name.startswith("matcher")),
    ]
    assert not [text for text in told if "reader" in text]
