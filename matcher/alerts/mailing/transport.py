"""Ways in which a mail leaves: as a file of the home folder, or to a mail server (matcher.alerts.mailing.smtp)."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from matcher.alerts.mailing.mail import Envelope
from matcher.settings import Settings

HandOver = Callable[[], bool]
"""Called when nothing but the text is left to give; it stores that. False: the mail is not wanted any more."""


class Fate(StrEnum):
    """What became of a mail that was to be sent."""

    ACCEPTED = "accepted"
    UNWANTED = "unwanted"
    LATER = "later"
    """Not taken now; the reason lies with this mail or its recipient."""
    NO_ADDRESS = "no_address"
    """The address takes no mail, now or later."""
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    """The answer to the whole text was lost: it may have been taken or not."""
    CLOSED = "closed"
    """Certainly not taken; the server takes nothing at this moment, or the line broke."""
    TROUBLE = "trouble"
    """Certainly not taken; nothing else would be either before a person sees to it."""


@dataclass(frozen=True)
class Answer:
    fate: Fate
    why: str = ""
    """For a person; without address."""


class ServerTrouble(Exception):
    """No mail can be sent before a person sees to it; the message says what and where, and no password."""


class Transport(Protocol):
    stays_here: bool
    """Mails reach nobody, and the same one given twice is there once."""

    def connect(self) -> None:
        """Be ready to send. Raises ServerTrouble."""

    def send(self, envelope: Envelope, hand_over: HandOver) -> Answer: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class EmlFolder:
    """Each mail a file named by its Message-ID, readable by its owner only. Written again it is the same file."""

    folder: Path
    stays_here = True

    def connect(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ServerTrouble(f"{self.folder}: the folder of mails cannot be made ({error.strerror}).") from error

    def send(self, envelope: Envelope, hand_over: HandOver) -> Answer:
        if not hand_over():
            return Answer(Fate.UNWANTED)
        try:
            _write_whole(mail_file(self.folder, envelope.message_id), envelope.data)
        except OSError as error:
            return Answer(Fate.TROUBLE, f"{self.folder}: the mail cannot be written ({error.strerror})")
        return Answer(Fate.ACCEPTED)

    def close(self) -> None:
        pass


def mail_folder(settings: Settings) -> Path:
    """Where mails are files."""
    return settings.home / "mail"


def mail_file(folder: Path, message_id: str) -> Path:
    name = re.sub(r"[^A-Za-z0-9@._+-]", "_", message_id.strip("<>")).lstrip(".")
    return folder / f"{name}.eml"


def _write_whole(file: Path, data: bytes) -> None:
    """There whole or not at all, on the disk when this returns."""
    draft = file.with_name(f".{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def open_transport(settings: Settings) -> Transport:
    """By FUNDING_MAIL_SERVER. Raises BadMailSetting."""
    from matcher.alerts.mailing.smtp import open_smtp

    return open_smtp(settings) if settings.mail_server else EmlFolder(mail_folder(settings))
