"""An OpenID Connect provider on this machine, as a process: people with the claims that a test gives them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.doubles.browser import free_port

PATIENCE = 60
"""Seconds until it answers."""


@dataclass
class Provider:
    """`port`: the same one after it was away, so that who knew its address finds it again."""

    port: int
    log: Path
    people: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def knows(self, subject: str, **claims: object) -> None:
        """Somebody who can sign in there, and what the provider says of them."""
        self.people[subject] = claims
        asked = urllib.request.Request(
            f"{self.issuer}/users/{subject}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        with urllib.request.urlopen(asked, timeout=10):
            pass

    def start(self) -> None:
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port), "--host", "localhost"]
        with self.log.open("ab") as written:
            self.process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)
        _wait_until_up(self.issuer, self.process, self.log)
        for subject, claims in self.people.items():
            self.knows(subject, **claims)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    @contextmanager
    def away(self) -> Iterator[None]:
        """It does not answer; afterwards it does again, and knows whom it knew."""
        self.stop()
        try:
            yield
        finally:
            self.start()


@contextmanager
def provider(log: Path) -> Iterator[Provider]:
    running = Provider(free_port(), log)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def _wait_until_up(issuer: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the provider did not start at {issuer}: {log.read_text(errors='replace')}")
