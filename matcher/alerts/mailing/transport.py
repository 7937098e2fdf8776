"""How mails leave, by the settings: as files of the home folder, or to a mail server (matcher.alerts.mailing.smtp)."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from matcher.alerts.mailing.fates import Answer, Fate, HandOver, ServerTrouble, Transport
from matcher.alerts.mailing.mail import Envelope
from matcher.alerts.mailing.smtp import open_smtp
from matcher.settings import Settings


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
    return open_smtp(settings) if settings.mail_server else EmlFolder(mail_folder(settings))
