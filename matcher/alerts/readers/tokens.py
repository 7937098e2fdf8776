"""Signed links: who holds one may do what it was made for, and nothing else. They hold opaque ids, never an address.

The key is the setting FUNDING_SECRET, or a file of the home folder that is made once. Without the key nobody makes a
link; with another purpose, another key or one letter changed it is none.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode

from matcher.addresses import address_hash
from matcher.alerts.letters.confirmation import VALID_HOURS
from matcher.languages import Term
from matcher.settings import Settings

SHORTEST_KEY = 32
"""Characters; a key made here has 43, of 256 random bits."""
LONGEST_TOKEN = 500


class Purpose(StrEnum):
    """What a link is for, and the salt of its signature."""

    CONFIRM = "confirm"
    SETTINGS = "settings"
    UNSUBSCRIBE = "unsubscribe"
    DIGEST = "digest"
    """All items of one mail; its id is that of the mail, where nothing else is said that of the subscription."""
    CHOICE = "choice"
    CALENDAR = "calendar"
    PLAIN = "plain"
    """The plain pages of an organisation that is not public; its id is that of the organisation."""


VALID = {
    Purpose.CONFIRM: timedelta(hours=VALID_HOURS),
    Purpose.SETTINGS: timedelta(days=90),
    Purpose.DIGEST: timedelta(days=90),
    Purpose.CHOICE: timedelta(days=90),
    Purpose.PLAIN: timedelta(days=90),
}
"""How long a link is good. Those to leave and to the calendar are good as long as the subscription."""


class Refusal(StrEnum):
    """Why a link is refused."""

    EXPIRED = "expired"
    FOREIGN = "foreign"
    GONE = "gone"


REFUSALS = {
    Refusal.EXPIRED: Term("link", "This link has expired. Use the link of a newer mail, or sign up again."),
    Refusal.FOREIGN: Term("link", "This link is not complete or not ours. Open it from the mail, or copy all of it."),
    Refusal.GONE: Term("link", "This subscription does not exist any more. To get mails again, sign up again."),
}
"""What a reader is told, who says it in a language with `Speaker.term`."""


class BadToken(ValueError):
    """A link that must not be obeyed; its message is for the reader, in English, and repeats nothing of the link."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(REFUSALS[refusal].text)
        self.refusal = refusal


class BadSecret(ValueError):
    """The key that signs links cannot be used; the message says where it stands and what to do, and not the key."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Tokens:
    """Makes and reads tokens. `clock`: when one is made, and whether it has expired.

    Raises BadSecret where the key is first needed.
    """

    settings: Settings
    clock: Callable[[], datetime] = utc_now

    def sign(self, purpose: Purpose, id: str) -> str:
        return str(self._serializer(purpose).dumps(id))

    def read(self, purpose: Purpose, token: str) -> str:
        """The id in a token. Raises BadToken."""
        if not (token.isascii() and len(token) <= LONGEST_TOKEN and _is_spelled_as_signed(token)):
            raise BadToken(Refusal.FOREIGN)
        serializer, valid = self._serializer(purpose), VALID.get(purpose)
        try:
            if isinstance(serializer, URLSafeTimedSerializer) and valid:
                return str(serializer.loads(token, max_age=int(valid.total_seconds())))
            return str(serializer.loads(token))
        except SignatureExpired:
            raise BadToken(Refusal.EXPIRED) from None
        except BadData:
            raise BadToken(Refusal.FOREIGN) from None

    def hashes(self, address: str) -> tuple[str, ...]:
        """By which an address is known as suppressed, under each key; what is written down is the first."""
        return tuple(address_hash(address, hmac.digest(key.encode(), b"suppression", "sha256")) for key in self._keys)

    def _serializer(self, purpose: Purpose) -> URLSafeSerializer | URLSafeTimedSerializer:
        keys = list(reversed(self._keys))  # the library signs with the last one
        salt = f"funding {purpose}"
        signing: dict[str, Any] = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        if purpose in VALID:
            signing["moment"] = self.clock()
            return URLSafeTimedSerializer(keys, salt=salt, signer=_SignerAt, signer_kwargs=signing)
        return URLSafeSerializer(keys, salt=salt, signer_kwargs=signing)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return signing_keys(self.settings)


class _SignerAt(TimestampSigner):
    """Signs and judges at a given moment."""

    def __init__(self, *arguments: Any, moment: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._moment = int(moment.timestamp())

    def get_timestamp(self) -> int:
        return self._moment


def signing_keys(settings: Settings) -> tuple[str, ...]:
    """The newest first. Raises BadSecret.

    A key that was made here once goes on as the oldest when a setting takes its place: nobody loses a link, and no
    address that is to get no mail is forgotten.
    """
    given = [key.strip() for key in settings.secret.get_secret_value().split(",") if key.strip()]
    if any(len(key) < SHORTEST_KEY for key in given):
        raise BadSecret(
            f"setting FUNDING_SECRET: found a key of under {SHORTEST_KEY} characters; write a longer one, several "
            "joined by commas with the newest first, or none: then one is made in the home folder."
        )
    file = settings.home / "secret"
    return (*given, _key_of(file)) if not given or file.exists() else tuple(given)


def _key_of(file: Path) -> str:
    """The key in a file, which is made if it is not there."""
    try:
        if not file.exists():
            _make_key(file)
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise BadSecret(f"{file}: others may read the key that signs links; run `chmod 600` on it.")
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not ASCII text"
        raise BadSecret(
            f"{file}: the key that signs links cannot be read or made ({cause}); check the folder."
        ) from error
    if len(key) < SHORTEST_KEY:
        raise BadSecret(
            f"{file}: found a key of under {SHORTEST_KEY} characters; put the right one back, or delete the file: a "
            "new key is made, and links that were sent stop working."
        )
    return key


def _make_key(file: Path) -> None:
    """Written whole beside its place, then linked to it: that fails where another process was first; its key holds."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
            written.write(secrets.token_urlsafe(32) + "\n")
            written.flush()
            os.fsync(written.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _is_spelled_as_signed(token: str) -> bool:
    """Whether the signature is spelled as we spell it: the same bytes can be spelled with other letters at the end."""
    signature = token.rpartition(".")[2]
    try:
        return base64_encode(base64_decode(signature)).decode() == signature
    except BadData:
        return False
