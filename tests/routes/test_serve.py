"""The server as a process of its own: what only shows over a real socket."""

import http.client
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from matcher.alerts.digests.planning import plan_digests
from matcher.alerts.mailing.delivery import deliver
from matcher.cli import main
from matcher.model import EventKind, SubscriptionState
from tests.doubles import browser
from tests.doubles.news_world import MONDAY, World, at_seven, made_call, made_event

PUBLIC = "https://funding.example"
FORM = {"address": "somebody@town.example", "profile": "riga", "language": "en", "rhythm": "weekly"}


@dataclass(frozen=True)
class Server:
    address: str
    log: Path
    world: World

    def ask(self, method: str, address: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        """One request on a connection of its own, as a mail provider makes it: no cookie, no redirect followed."""
        parts = urlsplit(address)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(connection):
            connection.request(method, target, body or None, kind | names)
            answer = connection.getresponse()
            answer.text = answer.read().decode()
            return answer

    def everything(self) -> list[str]:
        """All that the store holds."""
        with closing(sqlite3.connect(self.world.settings.home / "store.sqlite")) as store:
            return list(store.iterdump())


def made_world(folder: Path) -> World:
    """A subscriber with ten news, so that the mail has links of every kind."""
    world = World(folder / "home")
    calls = [made_call(f"C{number:02}") for number in range(14)]
    world.load(calls, events=[made_event(call, EventKind.NEW) for call in calls])
    world.subscribe()
    return world


@pytest.fixture
def world(tmp_path) -> World:
    return made_world(tmp_path)


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> Iterator[Server]:
    """A running server for the tests that leave mails, links and what one visitor may still ask as they are."""
    folder = tmp_path_factory.mktemp("asked")
    world, log = made_world(folder), folder / "server.log"
    with browser.server(environment(world), log) as (address, _):
        yield Server(address, log, world)


@pytest.fixture(scope="module")
def links(asked) -> list[str]:
    """Every address of this site in what went out to the subscriber of `asked`."""
    return sorted(set().union(*map(links_of, sent(asked.world))))


@pytest.fixture
def server(world, tmp_path) -> Iterator[Server]:
    with browser.server(environment(world), tmp_path / "server.log") as (address, _):
        yield Server(address, tmp_path / "server.log", world)


def environment(world, **more):
    known = {"HOME": str(world.settings.home), "MODEL": "hashing", "PUBLIC_URL": PUBLIC, "SECRET": "s" * 40}
    return {f"FUNDING_{name}": value for name, value in (known | more).items()}


@pytest.fixture
def mails(world) -> list[EmailMessage]:
    return sent(world)


def sent(world: World) -> list[EmailMessage]:
    """What went out to the subscriber: the mail to confirm, and a digest."""
    plan_digests(world.service(), at_seven(MONDAY))
    deliver(world.store, world.settings, datetime.now(UTC))
    files = sorted((world.settings.home / "mail").glob("*.eml"))
    assert files
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def links_of(mail: EmailMessage) -> set[str]:
    """Every address of this site in a mail: in its text, its HTML and its headers."""
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    found = re.findall(rf"{re.escape(PUBLIC)}[^\s\"'<>)]*", " ".join([*texts, *map(str, mail.values())]))
    return {link.replace("&amp;", "&") for link in found}


def test_a_link_scanner_changes_nothing(asked, links):
    kinds = {re.sub(r"[/?].*", "", link.removeprefix(f"{PUBLIC}/alerts/")) for link in links if "/alerts/" in link}
    assert {"unsubscribe", "settings", "digest", "call"} <= kinds
    before = asked.everything()
    for link in links:
        for method in ("GET", "HEAD"):
            assert asked.ask(method, link).status == 200, (method, link)
    assert asked.everything() == before


def test_a_provider_s_one_click_ends_exactly_that_subscription(server, mails):
    (digest,) = [mail for mail in mails if "/alerts/digest/" in str(links_of(mail))]
    other = server.world.subscribe("birmingham")
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(https://[^>]+)>", digest["List-Unsubscribe"])[1]
    for _ in range(2):
        answer = server.ask("POST", address, "List-Unsubscribe=One-Click")
        assert answer.status == 200
        assert answer.getheader("Set-Cookie") is None
        assert answer.getheader("Location") is None
    states = {one.id: one.state for one in server.world.store.subscriptions.subscriptions()}
    assert states.pop(other.id) is SubscriptionState.CONFIRMED
    assert set(states.values()) == {SubscriptionState.ENDED}


def test_sign_ups_of_one_visitor_are_limited_whatever_it_says_of_itself(server):
    answers = [
        server.ask("POST", "/alerts/subscribe", urlencode(FORM), X_Forwarded_For=f"203.0.113.{number}")
        for number in range(6)
    ]
    assert [one.status for one in answers] == [200] * 5 + [429]
    assert 0 < int(answers[-1].getheader("Retry-After")) <= 60
    assert len(list(server.world.store.subscriptions.subscriptions(address=FORM["address"]))) == 1


def test_behind_the_named_proxy_the_rightmost_stranger_is_the_visitor(world, tmp_path):
    log = tmp_path / "server.log"
    with browser.server(environment(world, TRUSTED_PROXY="127.0.0.1,::1"), log) as (address, _):
        server = Server(address, log, world)

        def sign_up(forwarded):
            return server.ask("POST", "/alerts/subscribe", urlencode(FORM), X_Forwarded_For=forwarded).status

        made_up = [sign_up(f"192.0.2.{number}, 203.0.113.5") for number in range(6)]
        assert made_up == [200] * 5 + [429], "what stands to the left is whatever the visitor wrote"
        assert sign_up("192.0.2.1, 203.0.113.6") == 200


def test_headers_of_our_pages_and_of_the_dashboard(asked):
    ours, dashboard = asked.ask("GET", "/alerts/subscribe"), asked.ask("GET", "/")
    assert "default-src 'none'" in ours.getheader("Content-Security-Policy")
    assert ours.getheader("Cache-Control") == "no-store"
    assert ours.getheader("Set-Cookie") is None
    assert "frame-ancestors 'self'" in dashboard.getheader("Content-Security-Policy")
    assert "<title>EU funds for integration</title>" in dashboard.text
    assert asked.ask("GET", "/alerts/nothing").status == 404


def _connected(address: str) -> socket.socket:
    host, port = urlsplit(address).netloc.split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def test_too_large_a_body_is_refused_before_it_is_all_sent(asked):
    with _connected(asked.address) as line:
        head = "POST /alerts/subscribe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        line.sendall(head.encode() + b"8000\r\n" + b"x" * 0x8000 + b"\r\n")  # and no end
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_the_log_holds_no_token_and_no_address(asked, links):
    for link in links:
        asked.ask("GET", link)
    asked.ask("POST", "/alerts/subscribe", urlencode(FORM))
    asked.ask("POST", "/alerts/subscribe", urlencode(FORM | {"address": "no-address-of@anybody"}))
    log = asked.log.read_text()
    tokens = {urlsplit(link).path.split("/")[3] for link in links if "/alerts/" in link}
    assert tokens
    assert not [token for token in tokens if token in log]
    assert "@" not in log


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_that_was_asked_for_is_quick_and_no_failure(world, tmp_path, asked):
    running = browser.server(environment(world), tmp_path / "server.log")
    with running as (address, process), _connected(address) as idle:
        idle.sendall(b"GET /alerts/subscribe HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(20).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        process.send_signal(asked)
        assert process.wait(30) == 0
        assert time.monotonic() - began < 10
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def test_a_port_that_is_taken_is_a_failure(world, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [browser.FUNDING, "serve", f"--port={taken.getsockname()[1]}"]
        ended = subprocess.run(
            command, env={"PATH": "/usr/bin:/bin"} | environment(world), capture_output=True, timeout=120, check=False
        )
    assert ended.returncode == 1
    assert b"is not available" in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "funding.example.org"),
        ("TRUSTED_PROXY", "*"),
        ("SECRET", "too-short"),
        ("MAIL_SENDER", "nobody"),
        ("MAIL_SERVER", "mail.example.org"),
        ("DKIM_KEY", "/no/such/key.pem"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_before_anything_is_served(world, monkeypatch, capsys, name, value):
    known = {"MAIL_SERVER": "smtps://mail.example.org", "MAIL_SENDER": "news@example.org", "DKIM_SELECTOR": "a"}
    for variable, given in environment(world, **known | {name: value}).items():
        monkeypatch.setenv(variable, given)
    monkeypatch.setattr("sys.argv", ["funding", "serve"])
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it was served"))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (1, 2)
    told = capsys.readouterr().err
    assert told.startswith(f"funding: setting FUNDING_{name}: ")
    assert "write" in told or "read" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(("command", "opened"), [("dashboard", True), ("serve", False)])
def test_only_the_dashboard_s_command_opens_a_browser(world, tmp_path, command, opened):
    shown, browsing = tmp_path / "shown", tmp_path / "browser.sh"
    browsing.write_text(f'#!/bin/sh\nprintf %s "$1" > {shown}.part && mv {shown}.part {shown}\n')
    browsing.chmod(0o700)
    screen = {"DISPLAY": ":99", "BROWSER": f"{browsing} %s"}
    starting = browser.dashboard if command == "dashboard" else browser.server
    with starting(environment(world) | screen, tmp_path / "server.log") as running:
        address = running if command == "dashboard" else running[0]
        end = time.monotonic() + 30
        while opened and not shown.exists() and time.monotonic() < end:
            time.sleep(0.05)
    assert (shown.read_text() if opened else shown.exists()) == (address if opened else False)
