"""One server with a small store, one browser, and a page of each width for all tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.accessibility.axe import AXE, NO_AXE
from tests.doubles import browser, small_store
from tests.doubles.past_projects import add_projects
from tests.doubles.pursued import pursue_some

WIDE, PHONE, NARROW = 1280, 360, 320
"""Pixels: a desk, a phone, and what is left at 400 % zoom (WCAG 2.2, 1.4.10)."""


@pytest.fixture(scope="session")
def rules() -> None:
    """axe-core, or why it is not there."""
    if not AXE.exists():
        assert os.environ.get("REQUIRE_BROWSER") != "1", NO_AXE
        pytest.skip(NO_AXE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose store has calls, past projects and an organisation's own calls."""
    folder = tmp_path_factory.mktemp("site")
    settings = small_store.made_world(folder)
    from matcher.store import open_store

    with open_store(settings.database_url) as store:
        add_projects(store)
        pursue_some(store)
    environment = {f"FUNDING_{name}": str(value) for name, value in _named(settings.home, settings.data).items()}
    with browser.server(environment, folder / "server.log") as (address, _):
        yield address


def _named(home: Path, data: Path) -> dict[str, object]:
    return {"HOME": home, "DATA": data, "MODEL": "hashing"}


@pytest.fixture(scope="module")
def chromium_of_all() -> Iterator[Browser]:
    """No longer than a module: while Playwright is open, a loop of events runs in this process and disturbs others."""
    with sync_playwright() as playwright:
        drawn = [flag for flag in browser.FLAGS if flag != "--disable-gpu"]
        started = playwright.chromium.launch(
            executable_path=browser.CHROMIUM, args=[*drawn, "--enable-unsafe-swiftshader"]
        )
        yield started
        started.close()


@pytest.fixture
def tab(chromium_of_all: Browser) -> Iterator[Page]:
    page = chromium_of_all.new_page(viewport={"width": WIDE, "height": 900}, locale="en-GB")
    yield page
    page.close()
