"""A mail server on this machine that answers as a script says, and keeps what it took."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

MAIL, RCPT, DATA, TEXT = "MAIL", "RCPT", "DATA", "TEXT"
"""The steps at which a script is asked; TEXT is the end of the text, DATA the command before it."""
DROP = "drop"
"""The connection ends without an answer; at TEXT nothing is kept."""
KEEP_AND_DROP = "keep and drop"
"""The mail is taken, and the connection ends before that is said."""
HANG = "hang"
"""No answer, ever; at TEXT the mail is taken."""

Script = Callable[[str, str], str | None]
"""Step and address (the sender's at MAIL) -> an answer, one of the above, or None: as a good server does."""


def obliging(_step: str, _address: str) -> None:
    return None


@dataclass(frozen=True)
class Taken:
    """A mail that the server took."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    encrypted: bool
    options: tuple[str, ...] = ()

    @property
    def message(self):
        return message_from_bytes(self.data, policy=default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class MailServer:
    """Runs as a context manager, on a port that the system chose."""

    script: Script = obliging
    tls: ssl.SSLContext | None = None
    encrypted_from_start: bool = False
    password: str = ""
    """For the user "news"; empty: nobody has to log in."""
    utf8: bool = True
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    _open: list[SMTP] = field(default_factory=list)
    _gone: threading.Condition = field(default_factory=threading.Condition)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        return [mail.message_id for mail in self.taken]

    def __enter__(self) -> MailServer:
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    def wait_until_alone(self) -> None:
        """Return once every client has gone and what each of them sent was seen to."""
        with self._gone:
            assert self._gone.wait_for(lambda: not self._open, 20)

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        at_once = self.tls if self.encrypted_from_start else None
        server = await self._loop.create_server(self._connection, "127.0.0.1", 0, ssl=at_once)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._stop.wait()
        server.close()
        for connection in list(self._open):
            if connection.transport is not None:
                connection.transport.abort()

    def _connection(self) -> SMTP:
        self.connections += 1
        made = _Connection(
            _Handler(self),
            enable_SMTPUTF8=self.utf8,
            tls_context=None if self.encrypted_from_start else self.tls,
            require_starttls=self.tls is not None and not self.encrypted_from_start,
            auth_require_tls=self.tls is not None and not self.encrypted_from_start,
            authenticator=self._log_in,
            hostname="mail.example.org",
            ident="double",
        )
        with self._gone:
            self._open.append(made)
        return made

    def left(self, connection: SMTP) -> None:
        with self._gone:
            self._open.remove(connection)
            self._gone.notify_all()

    def _log_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given) -> AuthResult:
        good = given.login == b"news" and given.password == self.password.encode()
        return AuthResult(success=good, handled=False)

    async def answer(self, connection: SMTP, step: str, address: str) -> str | None:
        """What the script says, to be told to the client; None: go on as usual. What is no answer is done here."""
        return await self.obey(connection, self.script(step, address))

    async def obey(self, connection: SMTP, said: str | None) -> str | None:
        if said == HANG:
            await self._stop.wait()
        if said in (DROP, KEEP_AND_DROP, HANG):
            connection.transport.close()
            raise asyncio.CancelledError
        if said and said.startswith("421"):
            await connection.push(said)
            connection.transport.close()
            raise asyncio.CancelledError
        return said


class _Connection(SMTP):
    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.server.left(self)

    async def smtp_DATA(self, arg: str) -> None:
        refusal = None
        if self.envelope.rcpt_tos:
            refusal = await self.event_handler.server.answer(self, DATA, self.envelope.rcpt_tos[0])
        if refusal:
            await self.push(refusal)
        else:
            await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self.server = server

    async def handle_MAIL(self, connection, session, envelope, address, options):
        if self.server.password and not session.authenticated:
            return "530 5.7.0 Authentication required"
        refusal = await self.server.answer(connection, MAIL, address)
        if refusal:
            return refusal
        envelope.mail_from, envelope.mail_options = address, options
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, connection, _session, envelope, address, _options):
        refusal = await self.server.answer(connection, RCPT, address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, connection, session, envelope):
        said = self.server.script(TEXT, envelope.rcpt_tos[0])
        if said in (None, KEEP_AND_DROP, HANG):
            self.server.taken.append(
                Taken(
                    envelope.mail_from,
                    tuple(envelope.rcpt_tos),
                    bytes(envelope.content),
                    session.ssl is not None or self.server.encrypted_from_start,
                    tuple(envelope.mail_options),
                )
            )
        return await self.server.obey(connection, said) or "250 2.0.0 Ok: queued"


def certificate(folder: Path, host: str = "127.0.0.1") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A self-made certificate for a host: the server's side, and that of a client that believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"certificate-{host}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))
