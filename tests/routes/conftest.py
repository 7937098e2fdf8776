"""The routes as an application of their own, on a home of their own: no Streamlit, no network, no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.routes import middleware, routes
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Purpose, Tokens
from matcher.model import Subscription
from matcher.service import Service
from matcher.settings import Settings
from tests.doubles.news_world import World

ADDRESS = "anna.liepa@town.example"


@dataclass
class Home:
    """A store that a test fills and looks into, and the links that its mails would hold."""

    settings: Settings

    @property
    def service(self) -> Service:
        return Service(self.settings)

    @property
    def links(self) -> Links:
        return Links(self.settings, Tokens(self.settings))

    def subscriptions(self) -> list[Subscription]:
        with self.service.store as store:
            return list(store.subscriptions.subscriptions())

    def token(self, purpose: Purpose, id: str, at: datetime | None = None) -> str:
        return Tokens(self.settings, lambda: at or datetime.now(UTC)).sign(purpose, id)

    def subscribed(self, client: TestClient, confirmed: bool = True, **changes: str) -> Subscription:
        """Somebody who signed up by the form, and pressed the button of the mail's link."""
        form = {"address": ADDRESS, "profile": "riga", "language": "en", "rhythm": "weekly"} | changes
        assert client.post("/alerts/subscribe", data=form).status_code == 200
        mine = next(one for one in self.subscriptions() if one.address == form["address"])
        if confirmed:
            assert client.post(path(self.links.confirm(mine.id))).status_code == 200
        return next(one for one in self.subscriptions() if one.id == mine.id)


def path(address: str) -> str:
    """What a client asks of an address."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    values = {"HOME": str(tmp_path / "home"), "MODEL": "hashing", "PUBLIC_URL": "http://testserver", "SECRET": "s" * 40}
    for name, value in values.items():
        monkeypatch.setenv(f"FUNDING_{name}", value)
    return Home(Settings())


@pytest.fixture
def world(home) -> World:
    """Calls, events and mails in the same store."""
    return World(home.settings.home)


@pytest.fixture
def client(home) -> Iterator[TestClient]:
    """A visitor in front of the routes as the server has them."""
    app = Starlette(routes=routes(), middleware=middleware(home.settings))
    with TestClient(app, headers={"accept-language": "en"}, follow_redirects=False) as visitor:
        yield visitor
