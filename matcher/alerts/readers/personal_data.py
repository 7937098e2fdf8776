"""What is kept of a reader, shown and erased: at their wish, and when its time is over.

Places that hold an address: the store with its journal, and mails that are files. No log and no message does. Backups
of the store hold it until newer ones take their place, as the privacy notice says.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_string
from email.policy import SMTPUTF8
from pathlib import Path
from typing import Any

from matcher.addresses import BadAddress, address_key
from matcher.alerts.mailing.transport import mail_file, mail_folder
from matcher.alerts.readers.consent import wording
from matcher.alerts.readers.tokens import Tokens
from matcher.factfile import BadFactFile
from matcher.model import OutboxMail, Subscription
from matcher.settings import Settings
from matcher.store import Store

LONGEST_HEAD = 64_000
"""Bytes of a mail in which its headers stand."""
DRAFT = timedelta(hours=1)
"""Nobody writes at one mail for so long."""


@dataclass(frozen=True)
class Erased:
    """How much was deleted; `suppressed`: that no mail may go there is kept, as a code computed with the key."""

    subscriptions: int
    choices: int
    mails: int
    files: int
    suppressed: bool = False


@dataclass(frozen=True)
class Purged:
    """How much was deleted because its time was over."""

    subscriptions: int
    """Never confirmed, or ended."""
    contents: int
    """What mails said."""
    files: int


def export(store: Store, settings: Settings, address: str) -> dict[str, Any]:
    """Everything stored about an address, as JSON for its owner (GDPR, Articles 15 and 20). Raises BadAddress."""
    mine = list(store.subscriptions.subscriptions(address=address))
    reasons = store.subscriptions.suppressed(Tokens(settings).hashes(address))
    return {
        "subscriptions": [_subscription_json(one, store, settings) for one in mine],
        "suppressed": sorted(set(reasons.values())),
    }


def erase(store: Store, settings: Settings, address: str) -> Erased:
    """Delete everything about an address, bytes of files included; again if need be. Raises BadAddress, StoreError.

    What remains is the code that keeps mail away from it, where it bounced or complained (GDPR, Article 17(3)).
    """
    key = address_key(address)
    mine = list(store.subscriptions.subscriptions(address=address))
    messages = store.subscriptions.erase([one.id for one in mine])
    files = _delete(_mails_to(mail_folder(settings), key))
    store.scrub()
    return Erased(
        subscriptions=len(mine),
        choices=sum(len(one.saved) + len(one.dismissed) for one in mine),
        mails=len(messages),
        files=files,
        suppressed=bool(store.subscriptions.suppressed(Tokens(settings).hashes(address))),
    )


def purge(store: Store, settings: Settings, now: datetime) -> Purged:
    """Delete what was kept as long as the settings say. Raises StoreError."""
    mail_limit = now - timedelta(days=settings.keep_mail_days)
    outlived = store.subscriptions.outlived(
        now - timedelta(hours=settings.keep_unconfirmed_hours), now - timedelta(days=settings.keep_ended_days)
    )
    folder, messages = mail_folder(settings), store.subscriptions.erase(outlived)
    purged = Purged(
        subscriptions=len(outlived),
        contents=store.outbox.forget_contents(mail_limit),
        files=_delete([mail_file(folder, one) for one in messages] + _outlived(folder, mail_limit, now - DRAFT)),
    )
    store.scrub()
    return purged


def _subscription_json(one: Subscription, store: Store, settings: Settings) -> dict[str, Any]:
    mails = [_mail_json(mail) for mail in store.outbox.mails(subscription=one.id)]
    return one.model_dump(mode="json") | {"agreed_to": _agreed_to(one, settings), "mails": mails}


def _agreed_to(one: Subscription, settings: Settings) -> str:
    """The words beside the button; empty where their file is gone, which the version still names."""
    try:
        return wording(settings.data / "consent", one.consent.text_version).consent
    except BadFactFile:
        return ""


def _mail_json(mail: OutboxMail) -> dict[str, Any]:
    return mail.model_dump(mode="json", exclude={"subscription", "worker", "lease"})


def _mails_to(folder: Path, key: str) -> list[Path]:
    """Files of mails to an address, whatever the outbox still knows of them."""
    return [file for file in _files(folder) if key in _recipients(file)]


def _recipients(file: Path) -> set[str]:
    with file.open("rb") as opened:
        head = message_from_string(opened.read(LONGEST_HEAD).decode("utf-8", "replace"), policy=SMTPUTF8)
    keys = set()
    for address in head["To"].addresses if head["To"] else ():
        with suppress(BadAddress):
            keys.add(address_key(address.addr_spec))
    return keys


def _outlived(folder: Path, mails_before: datetime, drafts_before: datetime) -> list[Path]:
    """Files last written before; a draft is what a process that was killed left of a mail."""

    def is_old(file: Path) -> bool:
        before = drafts_before if file.name.startswith(".") else mails_before
        return file.stat().st_mtime < before.timestamp()

    return [file for file in _files(folder) if is_old(file)]


def _files(folder: Path) -> list[Path]:
    """Whole mails and drafts of them."""
    return [file for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []


def _delete(files: Iterable[Path]) -> int:
    """Returns how many there were; one that another process deletes meanwhile is gone as well."""
    there = {file for file in files if file.exists()}
    for file in there:
        file.unlink(missing_ok=True)
    return len(there)
