"""Notices that come back, as mail systems write them, and what strangers can do with forged ones."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.alerts.mailing.bounces import Notice, obey_notice, read_notice
from matcher.alerts.readers.tokens import Purpose, Tokens
from matcher.model import Ending, MailState, SubscriptionState
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.subscribers import MONDAY, SECRET, mail, subscribe

OURS = mail().message_id


def report(kind, status_type, fields, message_id=OURS, returned="message/rfc822"):
    """A multipart/report as RFC 3462, 3464 and 5965 describe it."""
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\n"
        "To: news@example.org\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\r\n'
        "\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        f"--b\r\nContent-Type: {status_type}\r\n\r\n{fields}\r\n"
        f"--b\r\nContent-Type: {returned}\r\n\r\n"
        f"From: news@example.org\r\nTo: reader1@example.org\r\nMessage-ID: {message_id}\r\n\r\ntext\r\n"
        "--b--\r\n"
    ).encode()


def bounce(status="5.1.1", action="failed", diagnostic="smtp; 550 5.1.1 unknown", **changes):
    fields = (
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; reader1@example.org\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnostic}\r\n"
    )
    return report("delivery-status", "message/delivery-status", fields, **changes)


def complaint(kind="abuse", **changes):
    fields = f"Feedback-Type: {kind}\r\nUser-Agent: loop/1.0\r\nVersion: 1\r\n"
    return report("feedback-report", "message/feedback-report", fields, **changes)


def request(token):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "news@example.org", f"unsubscribe {token}"
    message.set_content("")
    return message.as_bytes()


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, secret=SECRET)


@pytest.fixture
def store(settings):
    with open_store(settings.database_url) as opened:
        subscribe(opened, 1)
        subscribe(opened, 2, address="READER1@example.org", profile="tallinn")
        subscribe(opened, 3)
        opened.outbox.plan([mail()])
        yield opened


@pytest.fixture
def sent(store):
    from datetime import timedelta

    store.outbox.claim("w", MONDAY, timedelta(minutes=1))
    store.outbox.hand_over(mail().id, "w")
    store.outbox.accept(mail().id, MONDAY, "w")
    return store


def obey(store, settings, data):
    return obey_notice(store, Tokens(settings), data, MONDAY)


def endings(store):
    return [one.ending for one in sorted(store.subscriptions.subscriptions(), key=lambda one: one.id)]


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (bounce(), Notice.HARD),
        (bounce(status="5.1.10 (null MX)"), Notice.HARD),
        (bounce(returned="text/rfc822-headers"), Notice.HARD),
        (bounce(status="5.0.0", diagnostic="smtp; 550-5.1.1 The account does not exist"), Notice.HARD),
        (bounce(status="5.0.0", diagnostic="smtp; 550 blocked"), Notice.SOFT),
        (bounce(status="5.2.2", diagnostic="smtp; 552 5.2.2 full"), Notice.SOFT),
        (bounce(status="5.7.1", diagnostic="smtp; 550 5.7.1 policy"), Notice.SOFT),
        (bounce(status="4.4.7", diagnostic="smtp; timed out"), Notice.SOFT),
        (bounce(status="4.2.2", action="delayed"), Notice.SOFT),
        (bounce(status="2.0.0", action="delivered", diagnostic="smtp; 250 ok"), Notice.SOFT),
        (bounce(status="5.1.1", action="delayed"), Notice.SOFT),
        (complaint(), Notice.COMPLAINT),
        (complaint("opt-out"), Notice.COMPLAINT),
        (complaint("not-spam"), Notice.UNKNOWN),
        (complaint("virus"), Notice.UNKNOWN),
        (b"From: a@example.org\r\nSubject: Out of office\r\n\r\nI am away.\r\n", Notice.UNKNOWN),
        (b"Subject: please unsubscribe me\r\n\r\nthanks\r\n", Notice.UNSUBSCRIBE),
        (b"", Notice.UNKNOWN),
    ],
)
def test_what_a_message_is(data, notice):
    assert read_notice(data).notice is notice


def test_a_hard_bounce_ends_every_subscription_of_the_address(sent, settings):
    assert obey(sent, settings, bounce()) is Notice.HARD
    assert endings(sent) == [Ending.BOUNCED, Ending.BOUNCED, None]
    assert sent.outbox.mail(mail().id).state is MailState.BOUNCED
    assert sent.subscriptions.suppressed(Tokens(settings).hashes("reader1@example.org"))


def test_a_complaint_ends_every_subscription_of_the_address(sent, settings):
    assert obey(sent, settings, complaint()) is Notice.COMPLAINT
    assert endings(sent) == [Ending.COMPLAINT, Ending.COMPLAINT, None]
    assert sent.outbox.mail(mail().id).state is MailState.ACCEPTED


def test_the_same_notice_twice_changes_nothing_more(sent, settings):
    obey(sent, settings, bounce())
    before = list(sent.subscriptions.subscriptions())
    assert obey(sent, settings, bounce()) is Notice.HARD
    assert list(sent.subscriptions.subscriptions()) == before


def test_what_may_pass_changes_nothing(sent, settings):
    assert obey(sent, settings, bounce(status="4.4.7", diagnostic="smtp; timed out")) is Notice.SOFT
    assert endings(sent) == [None, None, None]


@pytest.mark.parametrize("forge", [bounce, complaint])
@pytest.mark.parametrize(
    "message_id", ["<other@example.org>", "", "<s0001-digest-2026-W48@evil.example>", "<" + "a" * 5000 + ">"]
)
def test_a_notice_about_no_mail_of_ours_is_ignored(sent, settings, forge, message_id):
    assert obey(sent, settings, forge(message_id=message_id)) is Notice.UNKNOWN
    assert endings(sent) == [None, None, None]


def test_a_notice_about_a_mail_that_was_not_sent_yet_is_ignored(store, settings):
    assert obey(store, settings, bounce()) is Notice.UNKNOWN
    assert endings(store) == [None, None, None]


def test_an_address_named_by_a_stranger_is_not_looked_at(sent, settings):
    """The mail decides whose subscription it is, not what the notice says."""
    obey(sent, settings, bounce().replace(b"reader1@example.org", b"reader3@example.org"))
    assert endings(sent) == [Ending.BOUNCED, Ending.BOUNCED, None]


def test_a_request_by_mail_ends_that_subscription(store, settings):
    token = Tokens(settings).sign(Purpose.UNSUBSCRIBE, "s0002")
    assert obey(store, settings, request(token)) is Notice.UNSUBSCRIBE
    assert endings(store) == [None, Ending.UNSUBSCRIBED, None]


@pytest.mark.parametrize("purpose", [Purpose.SETTINGS, Purpose.CALENDAR])
def test_a_request_with_another_token_is_ignored(store, settings, purpose):
    assert obey(store, settings, request(Tokens(settings).sign(purpose, "s0002"))) is Notice.UNKNOWN
    assert obey(store, settings, request("s0002")) is Notice.UNKNOWN
    assert endings(store) == [None, None, None]


def test_a_held_mail_that_comes_back_is_decided(sent, settings):
    from datetime import timedelta

    sent.outbox.plan([mail(slot="2026-W49")])
    sent.outbox.claim("w", MONDAY, timedelta(minutes=1))
    held = mail(slot="2026-W49")
    sent.outbox.hand_over(held.id, "w")
    sent.outbox.doubt(held.id, MONDAY, "lost", "hold", "w")
    assert obey(sent, settings, bounce(message_id=held.message_id)) is Notice.HARD
    assert sent.outbox.mail(held.id).state is MailState.BOUNCED
    assert {one.state for one in sent.subscriptions.subscriptions(profile="tallinn")} == {SubscriptionState.ENDED}


def holds_together(read):
    """A token only of who wants to leave; what is called a Message-ID has the form of one."""
    ids = [id for id in read.message_ids if not (id.startswith("<") and id.endswith(">") and id.isprintable())]
    return ids == [] and bool(read.token) is (read.notice is Notice.UNSUBSCRIBE)


@given(st.binary(max_size=2000))
def test_anything_can_be_read(data):
    assert holds_together(read_notice(data))


@given(st.data())
def test_a_notice_that_was_damaged_can_be_read(data):
    whole = bytearray(data.draw(st.sampled_from([bounce(), complaint()])))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
        whole = whole or bytearray(b"x")
    assert holds_together(read_notice(bytes(whole)))
