"""One mail to a real server on this machine, or into a folder: what is known of it afterwards, whatever happens."""

import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from matcher.alerts.mailing.fates import Fate, ServerTrouble
from matcher.alerts.mailing.mail import Envelope
from matcher.alerts.mailing.sender import BadMailSetting
from matcher.alerts.mailing.server import Encryption, Server, read_server
from matcher.alerts.mailing.smtp import Smtp
from matcher.alerts.mailing.transport import EmlFolder, open_transport
from matcher.settings import Settings
from tests.doubles.mail_server import DATA, DROP, HANG, KEEP_AND_DROP, MAIL, RCPT, TEXT, MailServer, certificate

TO = "ana.secret@example.org"
TEXT_OF_MAIL = b"From: news@example.org\r\nMessage-ID: <1@example.org>\r\n\r\n.a line with a dot\r\n..two\r\nend\r\n"


def envelope(to=TO, data=TEXT_OF_MAIL, **changes):
    return Envelope("<1@example.org>", "news@example.org", to, data, **changes)


def at(step, answer):
    """A script that gives one answer at one step."""
    return lambda asked, _address: answer if asked == step else None


def smtp(server, tls=None, **changes):
    given = {"encryption": Encryption.NONE, "name": "example.org", "step_seconds": 5, "answer_seconds": 5}
    return Smtp(Server("127.0.0.1", server.port, **given | changes), tls)


class Steps:
    """What the transport said of the hand-over, and what the outbox answers."""

    def __init__(self, server=None, wanted=True):
        self.server, self.wanted, self.told = server, wanted, []

    def __call__(self):
        self.told.append(len(self.server.taken) if self.server else 0)
        return self.wanted


def test_a_mail_is_taken_as_it_was_given():
    with MailServer() as server, smtp(server) as transport:
        assert transport.send(envelope(), Steps()).fate is Fate.ACCEPTED
    (taken,) = server.taken
    assert (taken.data, taken.recipients, taken.sender) == (TEXT_OF_MAIL, (TO,), "news@example.org")


def test_many_mails_share_one_connection():
    with MailServer() as server, smtp(server) as transport:
        fates = {transport.send(envelope(f"n{number}@example.org"), Steps()).fate for number in range(30)}
    assert (fates, len(server.taken), server.connections) == ({Fate.ACCEPTED}, 30, 1)


def test_it_is_handed_over_after_the_recipient_was_taken_and_before_the_text():
    asked = []

    def script(step, _address):
        asked.append(step)

    with MailServer(script) as server, smtp(server) as transport:
        transport.send(envelope(), lambda: asked.append("hand over") is None)
    assert asked == [MAIL, RCPT, "hand over", DATA, TEXT]


@pytest.mark.parametrize(
    ("step", "answer", "fate", "handed_over"),
    [
        (MAIL, "451 4.3.0 busy", Fate.CLOSED, 0),
        (MAIL, "421 4.3.2 shutting down", Fate.CLOSED, 0),
        (MAIL, "550 5.7.1 who are you", Fate.TROUBLE, 0),
        (MAIL, "552 5.3.4 too large", Fate.REFUSED, 0),
        (MAIL, DROP, Fate.CLOSED, 0),
        (RCPT, "451 4.7.1 greylisted", Fate.LATER, 0),
        (RCPT, "452 4.2.2 full", Fate.LATER, 0),
        (RCPT, "421 4.7.0 too many", Fate.CLOSED, 0),
        (RCPT, f"550 5.1.1 <{TO}> user unknown", Fate.NO_ADDRESS, 0),
        (RCPT, "550 5.2.1 switched off", Fate.NO_ADDRESS, 0),
        (RCPT, "550 5.1.10 no mail here", Fate.NO_ADDRESS, 0),
        (RCPT, "556 no mail here", Fate.NO_ADDRESS, 0),
        (RCPT, "550 relaying denied", Fate.REFUSED, 0),
        (RCPT, "550 5.7.1 relaying denied", Fate.REFUSED, 0),
        (RCPT, "550 5.1.8 bad sender", Fate.REFUSED, 0),
        (RCPT, "552 5.2.2 full", Fate.REFUSED, 0),
        (RCPT, DROP, Fate.CLOSED, 0),
        (DATA, "451 4.3.0 busy", Fate.LATER, 1),
        (DATA, "554 5.5.1 no", Fate.REFUSED, 1),
        (DATA, "421 4.3.2 shutting down", Fate.CLOSED, 1),
        (DATA, DROP, Fate.CLOSED, 1),
        (TEXT, "451 4.3.0 busy", Fate.LATER, 1),
        (TEXT, "421 4.3.2 shutting down", Fate.CLOSED, 1),
        (TEXT, "554 5.7.1 looks like spam", Fate.REFUSED, 1),
        (TEXT, "550 5.1.1 no such user after all", Fate.NO_ADDRESS, 1),
        (TEXT, "550 refused", Fate.REFUSED, 1),
        (TEXT, "399 what", Fate.IN_DOUBT, 1),
        (TEXT, DROP, Fate.IN_DOUBT, 1),
        (TEXT, KEEP_AND_DROP, Fate.IN_DOUBT, 1),
    ],
)
def test_what_a_servers_answer_means(step, answer, fate, handed_over):
    steps = Steps()
    with MailServer(at(step, answer)) as server, smtp(server) as transport:
        told = transport.send(envelope(), steps)
    assert (told.fate, len(steps.told)) == (fate, handed_over)
    assert "secret" not in told.why
    assert len(server.taken) == (answer == KEEP_AND_DROP)


@pytest.mark.parametrize(("step", "fate"), [(RCPT, Fate.CLOSED), (TEXT, Fate.IN_DOUBT)])
def test_a_server_that_never_answers_is_left(step, fate):
    with MailServer(at(step, HANG)) as server, smtp(server, step_seconds=0.3, answer_seconds=0.3) as transport:
        assert transport.send(envelope(), Steps()).fate is fate


@contextmanager
def talking(*said: bytes, pause: float = 0) -> Iterator[int]:
    """The port of a server that says these again and again, whatever it is told, until its client has gone."""

    def talk():
        line, _ = listening.accept()
        with line:
            try:
                while not done.is_set():
                    for words in said:
                        line.sendall(words)
                        done.wait(pause)
            except OSError:
                pass

    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        done.set()
        thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize(
    ("said", "pause"),
    [((b"220-again\r\n",), 0), ((b"2", b"2", b"0", b"-", b"x", b"\r", b"\n"), 0.05), ((b"x" * 9000,), 0)],
    ids=["no last line", "a byte at a time", "no end of the line"],
)
def test_an_answer_without_end_ends_the_connection(said, pause):
    with talking(*said, pause=pause) as port:
        began = time.monotonic()
        told = refusal(Smtp(Server("127.0.0.1", port, Encryption.NONE, step_seconds=0.5)))
        assert time.monotonic() - began < 5
    assert f"mail server 127.0.0.1:{port}" in told


def test_an_answer_of_many_lines_is_one():
    lines = "\r\n".join([f"250-line {number}" for number in range(200)] + ["250 2.0.0 taken"])
    with MailServer(at(TEXT, lines)) as server, smtp(server) as transport:
        assert transport.send(envelope(), Steps()).fate is Fate.ACCEPTED
        assert transport.send(envelope(), Steps()).fate is Fate.ACCEPTED


@pytest.mark.parametrize("step", [MAIL, RCPT, DATA, TEXT])
@pytest.mark.parametrize("answer", ["451 4.3.0 busy", "421 4.3.2 shutting down", "554 5.5.0 no", DROP])
def test_the_next_mail_goes_out_whatever_became_of_the_one_before(step, answer):
    answers = [answer]

    def script(asked, _address):
        return answers.pop() if asked == step and answers else None

    with MailServer(script) as server, smtp(server) as transport:
        transport.send(envelope(), Steps())
        assert transport.send(envelope("next@example.org"), Steps()).fate is Fate.ACCEPTED
    assert [mail.recipients for mail in server.taken] == [("next@example.org",)]


def test_what_is_not_wanted_any_more_is_not_given():
    with MailServer() as server, smtp(server) as transport:
        assert transport.send(envelope(), Steps(wanted=False)).fate is Fate.UNWANTED
        assert transport.send(envelope("next@example.org"), Steps()).fate is Fate.ACCEPTED
    assert [mail.recipients for mail in server.taken] == [("next@example.org",)]


def test_an_address_beyond_ascii_needs_a_server_that_takes_it():
    letter = envelope("ελένη@example.org", needs_utf8=True)
    with MailServer() as server, smtp(server) as transport:
        assert transport.send(letter, Steps()).fate is Fate.ACCEPTED
        assert "SMTPUTF8" in server.taken[0].options
    with MailServer(utf8=False) as server, smtp(server) as transport:
        answer = transport.send(letter, Steps())
        assert answer.fate is Fate.REFUSED
        assert "SMTPUTF8" in answer.why


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.IMPLICIT])
def test_an_encrypted_line_and_a_login(tmp_path, encryption):
    theirs, ours = certificate(tmp_path)
    at_once = encryption is Encryption.IMPLICIT
    with (
        MailServer(tls=theirs, encrypted_from_start=at_once, password="right-password") as server,
        smtp(server, ours, encryption=encryption, user="news", password="right-password") as transport,
    ):
        assert transport.send(envelope(), Steps()).fate is Fate.ACCEPTED
    assert server.taken[0].encrypted


def refusal(transport):
    with pytest.raises(ServerTrouble) as raised:
        transport.connect()
    return str(raised.value)


def test_a_strangers_certificate_is_not_trusted(tmp_path):
    theirs, _ = certificate(tmp_path)
    with MailServer(tls=theirs) as server:
        assert "certificate is not trusted" in refusal(smtp(server, encryption=Encryption.STARTTLS))


def test_a_certificate_of_another_host_is_not_trusted(tmp_path):
    theirs, ours = certificate(tmp_path, "127.0.0.9")
    with MailServer(tls=theirs) as server:
        assert "certificate is not trusted" in refusal(smtp(server, ours, encryption=Encryption.STARTTLS))


def test_without_encryption_nothing_is_said():
    with MailServer(password="right-password") as server:
        transport = smtp(server, encryption=Encryption.STARTTLS, user="news", password="right-password")
        assert "no STARTTLS" in refusal(transport)
        assert server.taken == []


def test_a_wrong_password_is_told_and_not_repeated(tmp_path):
    theirs, ours = certificate(tmp_path)
    with MailServer(tls=theirs, password="right-password") as server:
        told = refusal(smtp(server, ours, encryption=Encryption.STARTTLS, user="news", password="wrong-password"))
    assert "refuses the login (535" in told
    assert "wrong-password" not in told


def test_no_server_there():
    with MailServer() as server:
        pass
    assert f"127.0.0.1:{server.port}: it cannot be reached" in refusal(smtp(server))


def settings(tmp_path, **changes):
    return Settings(home=tmp_path, mail_sender="News <news@example.org>", **changes)


@pytest.mark.parametrize(
    ("url", "host", "port", "encryption"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, Encryption.STARTTLS),
        ("smtp://mail.example.org:25", "mail.example.org", 25, Encryption.STARTTLS),
        ("smtps://mail.example.org", "mail.example.org", 465, Encryption.IMPLICIT),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Encryption.NONE),
        ("smtp://[::1]:2525", "::1", 2525, Encryption.NONE),
        ("smtp://localhost:2525", "localhost", 2525, Encryption.NONE),
        ("smtp://localhost.example.org", "localhost.example.org", 587, Encryption.STARTTLS),
    ],
)
def test_a_server_by_its_setting(tmp_path, url, host, port, encryption):
    server = read_server(settings(tmp_path, mail_server=url))
    assert (server.host, server.port, server.encryption) == (host, port, encryption)


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:99999", "smtp://news:hush@host"]
)
def test_what_is_no_server_is_told_without_what_it_holds(tmp_path, url):
    with pytest.raises(BadMailSetting, match="FUNDING_MAIL_SERVER") as raised:
        read_server(settings(tmp_path, mail_server=url))
    assert "hush" not in str(raised.value)


def test_passwords_are_not_shown(tmp_path):
    server = read_server(settings(tmp_path, mail_server="smtps://host", mail_user="news", mail_password="hush"))
    assert server.password == "hush"
    assert "hush" not in repr(server) + str(server)


def test_mails_are_files_by_default(tmp_path):
    transport = open_transport(Settings(home=tmp_path))
    transport.connect()
    assert transport.send(envelope(), Steps()).fate is Fate.ACCEPTED
    assert transport.send(envelope(), Steps()).fate is Fate.ACCEPTED
    (file,) = (tmp_path / "mail").iterdir()
    assert (file.name, file.read_bytes()) == ("1@example.org.eml", TEXT_OF_MAIL)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_message_id_is_no_path(tmp_path):
    folder = EmlFolder(tmp_path / "mail")
    folder.connect()
    folder.send(Envelope("<../../etc/passwd@host>", "a@example.org", TO, b"x"), Steps())
    assert [file.parent for file in tmp_path.rglob("*.eml")] == [tmp_path / "mail"]


def test_a_mail_that_is_not_wanted_is_no_file(tmp_path):
    folder = EmlFolder(tmp_path)
    assert folder.send(envelope(), Steps(wanted=False)).fate is Fate.UNWANTED
    assert list(tmp_path.iterdir()) == []


def test_a_mail_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "mail").write_text("")
    answer = EmlFolder(tmp_path / "mail").send(envelope(), Steps())
    assert answer.fate is Fate.TROUBLE
    assert "cannot be written" in answer.why


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "mail").write_text("")
    with pytest.raises(ServerTrouble, match="cannot be made"):
        EmlFolder(tmp_path / "mail").connect()
