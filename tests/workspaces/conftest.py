"""A real store, people who signed in to it, and the moment at which they do something."""

from datetime import UTC, datetime

import pytest

from matcher.model import Membership, Permission
from matcher.store import open_store
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import User

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def file(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(file):
    with open_store(f"sqlite:///{file}") as opened:
        yield opened


@pytest.fixture
def person(store):
    """Somebody who signed in, with what they may do in organisations: `person("ana", riga=Permission.EDITOR)`."""

    def make(name, is_operator=False, **permissions) -> User:
        account = store.workspaces.sign_in(
            "https://login.example", name, name.title(), f"{name}@riga.example", NOW, name
        )
        for organisation, permission in permissions.items():
            store.workspaces.let_in(Membership(organisation=organisation, account=account.id, permission=permission))
        return User(account=account.id, name=account.name, is_operator=is_operator, permissions=permissions)

    return make


@pytest.fixture
def desk(store):
    """The door of a user; by default of the one who uses their own machine."""
    return lambda user=None: Desk(store, user or User(is_single=True))


@pytest.fixture
def riga(person):
    """A reader, an editor and an admin of one organisation."""
    return {one: person(one, riga=one) for one in Permission}
