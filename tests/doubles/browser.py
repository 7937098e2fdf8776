"""Starts the dashboard as a process and opens it in Chromium: for the browser test and the README's picture."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, expect, sync_playwright

PROJECT = Path(__file__).parents[2]
FUNDING = Path(sys.executable).with_name("funding")
CHROMIUM = shutil.which("chromium")
NO_CHROMIUM = "Chromium is not installed (Debian: apt-get install --no-install-recommends chromium)"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120
"""Seconds for a page: the first one of a process reads the model."""


@contextmanager
def dashboard(environment: Mapping[str, str], log: Path, script: Path | None = None) -> Iterator[str]:
    """The address of a running dashboard, started as a user does, or of another page; it is stopped at the end."""
    port = free_port()
    command: list[str | Path] = [FUNDING, "dashboard", f"--port={port}"]
    if script:
        command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with _started(command, port, environment, log) as (address, _):
        yield address


@contextmanager
def server(
    environment: Mapping[str, str], log: Path, port: int | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`funding serve`: its address and its process, which is stopped at the end. `port`: one that is known before."""
    port = port or free_port()
    with _started([FUNDING, "serve", f"--port={port}"], port, environment, log) as running:
        yield running


@contextmanager
def _started(
    command: Sequence[str | Path], port: int, environment: Mapping[str, str], log: Path
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with (
        log.open("wb") as written,
        subprocess.Popen(
            command, cwd=PROJECT, env=os.environ | dict(environment), stdout=written, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            address = f"http://localhost:{port}"
            wait_until_up(address, process, log)
            yield address, process
        finally:
            process.terminate()


@contextmanager
def browser_page(width: int, height: int, **options: Any) -> Iterator[Page]:
    """An empty page of Debian's Chromium. `options`: what Playwright can set for a visitor, such as `color_scheme`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page(viewport={"width": width, "height": height}, **options)
        browser.close()


def settle(page: Page) -> None:
    """Wait until the script behind the page has run and all of it is drawn."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE * 1000)
    for unfinished in ('[data-stale="true"]', '[data-testid="stSkeleton"]', '[data-testid="stSpinner"]'):
        expect(page.locator(unfinished)).to_have_count(0, timeout=PATIENCE * 1000)


def seen_at_failure(used: Iterable[object]) -> Iterator[tuple[str, str]]:
    """For the report of a test, from its fixtures: the text of each page, and the end of each log."""
    for fixture in used:
        if isinstance(fixture, Page):
            yield f"page {fixture.url}", _shown(fixture)
        elif isinstance(fixture, Path) and fixture.is_dir():
            for log in fixture.glob("*.log"):
                yield f"log {log.name}", log.read_text(errors="replace")[-4000:]


def _shown(page: Page) -> str:
    try:
        return page.locator("body").inner_text(timeout=5000)[:4000]
    except Error as gone:  # the browser may be what failed
        return f"not to be had: {gone}"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until_up(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the dashboard answers there. Raises RuntimeError with the process's log where it ends or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):  # it listens before it is ready
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not start at {address}: {log.read_text(errors='replace')}")
