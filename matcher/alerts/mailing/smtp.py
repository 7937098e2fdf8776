"""A mail server as a way out (RFC 5321): one connection for many mails.

The steps are taken one by one, so that it is known of every lost connection whether the server can have the mail.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from typing import Self

from matcher.alerts.mailing.fates import Answer, Fate, HandOver, ServerTrouble
from matcher.alerts.mailing.line import Line, TlsLine
from matcher.alerts.mailing.mail import Envelope
from matcher.alerts.mailing.replies import Reply, read_reply
from matcher.alerts.mailing.server import Encryption, Server, read_server
from matcher.settings import Settings

CLOSING = 421
TOO_LARGE = 552


def open_smtp(settings: Settings) -> Smtp:
    return Smtp(read_server(settings))


class Smtp:
    """Keeps its connection from mail to mail; makes a new one when it broke. `tls`: believes certificates as this
    system does, unless given."""

    stays_here = False

    def __init__(self, server: Server, tls: ssl.SSLContext | None = None) -> None:
        self.server = server
        self._tls = tls
        self._line: Line | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def connect(self) -> None:
        if self._line is not None:
            return
        try:
            self._line = self._open()
        except smtplib.SMTPResponseException as error:
            reply = read_reply(error.smtp_code, error.smtp_error)
            what = "the login" if isinstance(error, smtplib.SMTPAuthenticationError) else "us"
            raise ServerTrouble(f"{self.server}: it refuses {what} ({reply}).") from None
        except smtplib.SMTPNotSupportedError:
            raise ServerTrouble(
                f"{self.server}: it offers no STARTTLS, or no login; nothing was sent to it unencrypted."
            ) from None
        except ssl.SSLCertVerificationError as error:
            raise ServerTrouble(f"{self.server}: its certificate is not trusted ({error.verify_message}).") from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise ServerTrouble(f"{self.server}: it cannot be reached ({reason}).") from None

    def send(self, envelope: Envelope, hand_over: HandOver) -> Answer:
        self.connect()
        line = self._line
        assert line is not None
        try:
            answer = self._addressed(line, envelope)
            if answer is None and not hand_over():
                answer = Answer(Fate.UNWANTED)
            if answer is None:
                return self._text(line, envelope.data)
            if answer.fate is Fate.CLOSED:
                self._drop()
            else:
                line.rset()
            return answer
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Answer(Fate.CLOSED, f"{self.server}: the connection was lost before the text was given")

    def close(self) -> None:
        if self._line is not None:
            try:
                self._line.quit()
            except (smtplib.SMTPException, OSError):
                self._drop()
            self._line = None

    def _open(self) -> Line:
        server = self.server
        tls = self._tls
        if tls is None and server.encryption is not Encryption.NONE:
            tls = ssl.create_default_context()
        line: Line
        if server.encryption is Encryption.IMPLICIT:
            line = TlsLine(
                server.host, server.port, local_hostname=server.name, timeout=server.step_seconds, context=tls
            )
        else:
            line = Line(server.host, server.port, local_hostname=server.name, timeout=server.step_seconds)
        assert line.sock is not None
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each mail waits for a late receipt
        try:
            if server.encryption is Encryption.STARTTLS:
                line.starttls(context=tls)
            line.ehlo_or_helo_if_needed()
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line

    def _addressed(self, line: Line, envelope: Envelope) -> Answer | None:
        """Sender and recipient; None: both were taken."""
        if envelope.needs_utf8 and not line.has_extn("smtputf8"):
            return Answer(Fate.REFUSED, f"{self.server}: it takes no address with letters beyond ASCII (no SMTPUTF8)")
        options = [f"SIZE={len(envelope.data)}"] if line.has_extn("size") else []
        options += ["SMTPUTF8"] if envelope.needs_utf8 else []
        reply = read_reply(*line.mail(envelope.sender, options))
        if not reply.is_good:
            return self._sender_refused(reply)
        reply = read_reply(*line.rcpt(envelope.recipient))
        return None if reply.is_good else self._refused(reply, "the recipient", may_end=reply.is_about_address)

    def _sender_refused(self, reply: Reply) -> Answer:
        if reply.code == TOO_LARGE:
            return Answer(Fate.REFUSED, f"{self.server}: the mail is too large for it ({reply})")
        if reply.is_refusal:
            return Answer(Fate.TROUBLE, f"{self.server}: it refuses the sender ({reply}); check FUNDING_MAIL_SENDER")
        return Answer(Fate.CLOSED, f"{self.server}: it takes no mail now ({reply})")

    def _refused(self, reply: Reply, what: str, may_end: bool) -> Answer:
        why = f"{self.server}: it refuses {what} ({reply})"
        if reply.code == CLOSING:
            return Answer(Fate.CLOSED, why)
        if may_end:
            return Answer(Fate.NO_ADDRESS, why)
        return Answer(Fate.REFUSED if reply.is_refusal else Fate.LATER, why)

    def _text(self, line: Line, data: bytes) -> Answer:
        """The text, then the line that ends it: before that line the server has nothing that it could deliver."""
        reply = read_reply(*line.docmd("DATA"))
        if reply.code != 354:
            answer = self._refused(reply, "the text", may_end=False)
            self._drop()
            return answer
        line.send(_stuffed(data))
        try:
            line.send(b".\r\n")
            assert line.sock is not None
            line.sock.settimeout(self.server.answer_seconds)
            reply = read_reply(*line.getreply())
            line.sock.settimeout(self.server.step_seconds)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Answer(Fate.IN_DOUBT, f"{self.server}: the connection was lost before it answered to the text")
        return self._judged(reply)

    def _judged(self, reply: Reply) -> Answer:
        """Its answer to the whole text. A server that says it refused has not taken the mail (RFC 5321, 4.2.5)."""
        if reply.is_good:
            return Answer(Fate.ACCEPTED)
        if not (reply.is_passing or reply.is_refusal):
            self._drop()
            return Answer(Fate.IN_DOUBT, f"{self.server}: it answered to the text what no standard knows ({reply})")
        if reply.code == CLOSING:
            self._drop()
        return self._refused(reply, "the text", may_end=reply.status != "" and reply.is_about_address)

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


def _stuffed(data: bytes) -> bytes:
    """With a dot before each line that begins with one (RFC 5321, 4.5.2), and a line's end at its end."""
    return re.sub(rb"(?m)^\.", b"..", data if data.endswith(b"\r\n") else data + b"\r\n")
