"""What a reader can do: sign up, confirm, change what they get, save or dismiss calls, leave.

Somebody who signs up an address learns nothing about it: the answer is the same and the same work is done whether it is
known, confirmed or suppressed. No address is logged or stands in a message.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from matcher.addresses import BadAddress, read_address
from matcher.alerts.letters.confirmation import Confirmation
from matcher.alerts.mailing.mail import message_id
from matcher.alerts.readers.consent import text_version
from matcher.alerts.readers.tokens import BadToken, Purpose, Refusal, Tokens
from matcher.languages import LANGUAGES
from matcher.model import Consent, Ending, MailKind, OutboxMail, Profile, Rhythm, Subscription, SubscriptionState
from matcher.service import Service
from matcher.settings import Settings
from matcher.store.subscription_rows import Asked
from matcher.store.subscriptions import ChoiceKind

ONE_EACH = timedelta(hours=1)
"""At most one answer for the same organisation in that time, so that nobody is flooded in another's name."""
DAY = timedelta(days=1)
A_DAY = 3
"""Answers an address gets in a day for all organisations, whatever follows a plus sign in it."""
A_DAY_SUPPRESSED = 1
"""The same for one that bounced or complained: whoever changed their mind can come back, and is not pestered."""


class BadSignUp(ValueError):
    """A field of a sign-up, of settings or of a choice is wrong; the message says what is allowed, and no address."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


def sign_up(
    service: Service,
    address: str,
    profile: str,
    language: str,
    now: datetime,
    rhythm: Rhythm = Rhythm.WEEKLY,
    urgent: bool = False,
    shown_in: str = "",
) -> None:
    """Keep the wish of an address for news of an organisation, and plan the mail that asks its owner to confirm.

    Where it is confirmed already, the mail says so. Beyond the limits of this module nothing happens: what its owner
    confirms is what the mail they have speaks of. `shown_in`: language of the page, whose wording was agreed to.
    Raises BadSignUp.
    """
    organisation = _organisation(service, profile)
    consent_version = text_version(service.settings.data / "consent", _offered(shown_in or language))
    asked = Subscription(
        id=secrets.token_hex(16),
        address=_one_address(address),
        profile=organisation.id,
        language=_offered(language),
        rhythm=rhythm,
        urgent=urgent,
        consent=Consent(text_version=consent_version, asked=now),
    )
    suppressed = service.store.subscriptions.suppressed(Tokens(service.settings).hashes(asked.address))

    def reply(wanted: Subscription, sent: Collection[Asked]) -> OutboxMail | None:
        within = may_answer(wanted.id, sent, now, bool(suppressed))
        return _answer(service.settings, wanted, organisation, now) if within else None

    service.store.subscriptions.ask(asked, reply)


def may_answer(subscription: str, sent: Collection[Asked], now: datetime, suppressed: bool) -> bool:
    """Whether a sign-up is answered by a mail, given the answers its address was sent before. Pure."""
    today = [one for one in sent if now - one.at < DAY]
    lately = [one for one in today if one.subscription == subscription and now - one.at < ONE_EACH]
    return not lately and len(today) < (A_DAY_SUPPRESSED if suppressed else A_DAY)


def holder(service: Service, purpose: Purpose, token: str, now: datetime) -> Subscription:
    """Whose link it is, ended or not; changes nothing. Raises BadToken."""
    return _there(service.store.subscriptions.subscription(_read(service, purpose, token, now)))


def confirm(service: Service, token: str, now: datetime) -> Subscription:
    """The subscription begins; what is known today is no news to it. Again: nothing changes.

    A suppressed address gets mail again: whoever reads it asked for it. Raises BadToken, also once it has ended.
    """
    asked = _running(holder(service, Purpose.CONFIRM, token, now))
    hashes = Tokens(service.settings).hashes(asked.address)
    return _running(service.store.subscriptions.confirm(asked.id, now, service.store.ledger.head(), lift=hashes))


def change_settings(
    service: Service, token: str, language: str, rhythm: Rhythm, urgent: bool, now: datetime
) -> Subscription:
    """Raises BadToken and BadSignUp."""
    mine = _running(holder(service, Purpose.SETTINGS, token, now))
    return _running(service.store.subscriptions.update(mine.id, _offered(language), rhythm, urgent))


def unsubscribe(service: Service, token: str, now: datetime) -> Subscription | None:
    """No mail any more. As often as one likes; None where it was erased since. Raises BadToken for what is no link."""
    id = _read(service, Purpose.UNSUBSCRIBE, token, now)
    return service.store.subscriptions.end(id, now, Ending.UNSUBSCRIBED)


def choose(service: Service, token: str, call: str, kind: ChoiceKind | None, now: datetime) -> Subscription:
    """Save a call, say that it is not for this organisation, or take that back (None). Raises BadToken, BadSignUp."""
    mine = _running(holder(service, Purpose.CHOICE, token, now))
    if service.store.call(call) is None:
        raise BadSignUp("call", "There is no such call; take the link from the mail.")
    return _there(service.store.subscriptions.choose(mine.id, call, kind, now))


def _answer(settings: Settings, wanted: Subscription, organisation: Profile, now: datetime) -> OutboxMail:
    id = secrets.token_hex(16)
    content = Confirmation(
        profile=organisation.id,
        name=organisation.name,
        rhythm=wanted.rhythm,
        urgent=wanted.urgent,
        asked=now,
    )
    return OutboxMail(
        id=id,
        subscription=wanted.id,
        kind=MailKind.CONFIRMATION,
        slot=now.astimezone(UTC).isoformat(timespec="microseconds"),
        message_id=message_id(id, settings),
        planned=now,
        not_before=now,
        content=content.model_dump_json(),
    )


def _read(service: Service, purpose: Purpose, token: str, now: datetime) -> str:
    return Tokens(service.settings, lambda: now).read(purpose, token)


def _there(found: Subscription | None) -> Subscription:
    if found is None:
        raise BadToken(Refusal.GONE)
    return found


def _running(found: Subscription | None) -> Subscription:
    """An old link does not bring back what has ended: signing up again does."""
    if (there := _there(found)).state is SubscriptionState.ENDED:
        raise BadToken(Refusal.GONE)
    return there


def _one_address(text: str) -> str:
    try:
        return read_address(text)
    except BadAddress as error:
        raise BadSignUp("address", str(error)) from None


def _organisation(service: Service, profile: str) -> Profile:
    known = {one.id: one for one in service.open_profiles()}
    if profile not in known:
        raise BadSignUp("profile", f"There is no such organisation; allowed: {', '.join(known)}")
    return known[profile]


def _offered(language: str) -> str:
    if language not in LANGUAGES:
        raise BadSignUp("language", f"There is no such language; allowed: {', '.join(LANGUAGES)}")
    return language
