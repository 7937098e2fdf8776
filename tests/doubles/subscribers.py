"""A store with subscribers and mails for them, as the outbox's tests need them."""

from datetime import UTC, datetime, timedelta

from matcher.alerts.letters.render import Rendered
from matcher.alerts.mailing.mail import build, envelope
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.model import Consent, MailKind, OutboxMail, Subscription, SubscriptionState

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
SECRET = "a key of the tests that is long enough to sign with"


def subscribe(store, number=1, state=SubscriptionState.CONFIRMED, cursor=0, **changes):
    """One more subscription, as it is after a sign-up, and after its address was confirmed or it ended."""
    asked = MONDAY - timedelta(days=30)
    facts = {
        "id": f"s{number:04}",
        "address": f"reader{number}@example.org",
        "profile": "riga",
        "language": "en",
        "consent": Consent(text_version="1", asked=asked),
    }
    wanted = Subscription(**facts | changes)
    question = mail(wanted.id, MailKind.CONFIRMATION, asked.isoformat(), planned=asked, not_before=asked)
    stored = store.subscriptions.ask(wanted, lambda _subscription, _sent: question)
    if state is not SubscriptionState.PENDING:
        store.outbox.cancel(question.id, "confirmed in a test")
        stored = store.subscriptions.confirm(wanted.id, asked, cursor)
    if state is SubscriptionState.ENDED:
        stored = store.subscriptions.end(wanted.id, MONDAY, "unsubscribed")
    return stored


def mail(subscription="s0001", kind=MailKind.DIGEST, slot="2026-W48", **changes):
    id = f"{subscription}-{kind}-{slot}".replace(":", "-").replace("+", "-")
    facts = {
        "id": id,
        "subscription": subscription,
        "kind": kind,
        "slot": slot,
        "message_id": f"<{id}@example.org>",
        "planned": MONDAY,
        "not_before": MONDAY,
        "content": '{"told": "news"}',
    }
    return OutboxMail(**facts | changes)


def write_plainly(settings):
    """Writes a mail without rendering a digest: what the outbox does with it is the same."""
    links = Links(settings, Tokens(settings))

    def write(one, subscription):
        rendered = Rendered(f"News {one.slot}", f"{one.content}\n", f"<p>{one.slot}</p>\n")
        message = build(rendered, one, subscription, links, settings)
        return envelope(message, one, subscription.address, None)

    return write
