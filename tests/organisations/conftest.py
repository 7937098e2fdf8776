"""A service on a store of its own, with the public organisations of the project's data."""

import pytest

from matcher.service import Service
from matcher.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", model="hashing")


@pytest.fixture
def service(settings):
    return Service(settings)
