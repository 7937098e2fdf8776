"""A store in which sources speak of the same calls, and some are national."""

from datetime import date

import pytest

from matcher.service import Service

ON = date(2026, 11, 23)


@pytest.fixture(scope="session")
def service(settings):
    service = Service(settings)
    yield service
    service.store.close()


@pytest.fixture
def anew(settings):
    """Another process that begins: it has read nothing yet."""
    made = []

    def run():
        made.append(Service(settings))
        return made[-1]

    yield run
    for one in made:
        one.store.close()
