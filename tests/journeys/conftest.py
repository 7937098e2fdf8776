"""One server with a small store, used as a visitor uses it: the pages and the mails that it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from playwright.sync_api import Page

from matcher.alerts.mailing.delivery import deliver
from matcher.alerts.mailing.transport import mail_folder
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles import browser, small_store
from tests.doubles.past_projects import add_projects

DESK, PHONE = (1280, 900), (360, 780)


@dataclass(frozen=True)
class Site:
    address: str
    settings: Settings

    def letters(self) -> list[EmailMessage]:
        """What the job that sends mails writes now: files, as no mail server is configured."""
        with open_store(self.settings.database_url) as store:
            deliver(store, self.settings, datetime.now(UTC))
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(file.read_bytes()) for file in sorted(mail_folder(self.settings).glob("*.eml"))]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """What one visitor does is not seen by the next: each has a store of their own."""
    settings = small_store.made_world(tmp_path)
    with open_store(settings.database_url) as store:
        add_projects(store)
    environment = {"HOME": settings.home, "DATA": settings.data, "MODEL": settings.model}
    named = {f"FUNDING_{name}": str(value) for name, value in environment.items()}
    with browser.server(named, tmp_path / "server.log") as (address, _):
        yield Site(address, settings)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def tab(request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    with browser.browser_page(width, height, locale="en-GB") as page:
        yield page


@pytest.fixture
def desk() -> Iterator[Page]:
    with browser.browser_page(*DESK, locale="en-GB") as page:
        yield page
