"""A page that is drawn while calls are loaded."""

import pytest

from matcher.service import Outdated, Service
from tests.doubles.small_store import MUNICIPALITY


@pytest.fixture
def outdated(monkeypatch):
    """Makes so many answers those of a state before a load; returns how often was asked."""

    def run(times):
        asked, really = [], Service.listed_many

        def listed_many(self, keys):
            asked.append(list(keys))
            if len(asked) <= times:
                raise Outdated("portal:one: not in the list of calls as it was read")
            return really(self, asked[-1])

        monkeypatch.setattr(Service, "listed_many", listed_many)
        return asked

    return run


def test_it_is_drawn_again(page, own_world, outdated, shown):
    asked = outdated(times=1)
    found = page("deadlines", profile=MUNICIPALITY)
    assert "Deadlines" in [one.value for one in found.title]
    assert "Integration of migrant women" in shown(found)
    assert len(asked) > 1


def test_what_stays_so_is_told_and_not_tried_for_ever(page, own_world, outdated):
    asked = outdated(times=1000)
    found = page("deadlines", profile=MUNICIPALITY)
    assert "This page cannot be shown now" in [one.value for one in found.title]
    assert len(asked) < 10
