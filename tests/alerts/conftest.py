"""A home of its own for each test, and readers who sign up in it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from matcher.alerts.readers import subscribing
from matcher.alerts.readers.tokens import Purpose, Tokens
from matcher.model import MailKind, Subscription
from matcher.service import Service
from matcher.settings import Settings
from tests.doubles.blank_store import lay_blank_store

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
ADDRESS = "anna.liepa@example.org"


@dataclass
class Desk:
    """Where readers sign up: the use cases, and the links that their mails hold."""

    service: Service

    @property
    def settings(self):
        return self.service.settings

    @property
    def store(self):
        return self.service.store

    def sign_up(self, address=ADDRESS, profile="riga", language="lv", at=NOW, **more):
        return subscribing.sign_up(self.service, address, profile, language, at, **more)

    def token(self, purpose: Purpose, id: str, at=NOW) -> str:
        return Tokens(self.settings, lambda: at).sign(purpose, id)

    def confirm(self, id: str, at=NOW) -> Subscription:
        return subscribing.confirm(self.service, self.token(Purpose.CONFIRM, id, at), at)

    def unsubscribe(self, id: str, at=NOW) -> Subscription | None:
        return subscribing.unsubscribe(self.service, self.token(Purpose.UNSUBSCRIBE, id), at)

    def subscribed(self, address=ADDRESS, profile="riga", at=NOW, **more) -> Subscription:
        """Signed up and confirmed."""
        self.sign_up(address, profile, at=at, **more)
        return self.confirm(self.all(address=address, profile=profile)[0].id, at)

    def all(self, **where) -> list[Subscription]:
        return list(self.store.subscriptions.subscriptions(**where))

    def asked(self) -> list[str]:
        """Ids of the subscriptions that confirmation mails were planned for, in their order."""
        return [mail.subscription for mail in self.store.outbox.mails() if mail.kind is MailKind.CONFIRMATION]


@pytest.fixture(scope="session")
def blank_store(tmp_path_factory):
    """The file of an empty store of the present schema, to be copied."""
    folder = tmp_path_factory.mktemp("blank")
    lay_blank_store(folder)
    return folder / "store.sqlite"


@pytest.fixture
def desk(tmp_path):
    home = tmp_path / "home"
    lay_blank_store(home)
    settings = Settings(home=home, secret="a key of the tests that is long enough", model="hashing")
    service = Service(settings)
    yield Desk(service)
    service.store.close()
