"""How an organisation sees the calls is worked out once for a state of the store and a day."""

from datetime import timedelta

import pytest

from matcher.alerts.digests.cards import NOTICED
from matcher.alerts.digests.standing import Outlook
from tests.doubles.news_world import MONDAY, World, made_call


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path / "home")
    world.load([made_call(f"A{number}") for number in range(NOTICED + 5)])
    return world


def outlook(world, on=MONDAY):
    service = world.service()
    asked = []
    standing = service.standing
    service.standing = lambda *given: asked.append(given) or standing(*given)
    return Outlook(service, service.profile("riga"), on), asked


def test_the_first_of_the_list_and_what_is_asked_for(world):
    view, asked = outlook(world)
    cards = view.cards()
    assert len(cards) == NOTICED
    assert sorted(card.place for card in cards.values()) == list(range(1, NOTICED + 1))
    further = min({f"portal:A{number}" for number in range(NOTICED + 5)} - cards.keys())
    again = view.cards({further})
    assert not again[further].is_noticed
    assert len(asked) == 2


def test_worked_out_once_and_kept(world):
    first, asked = outlook(world)
    cards = first.cards({"portal:gone"})
    again, asked_again = outlook(world)
    assert again.cards({"portal:gone"}) == cards
    assert (len(asked), asked_again) == (1, [])


def test_anew_on_another_day_and_after_a_load(world):
    outlook(world)[0].cards()
    tomorrow, asked = outlook(world, MONDAY + timedelta(days=1))
    tomorrow.cards()
    world.load([made_call("N")], day=MONDAY + timedelta(days=1))
    after, asked_after = outlook(world, MONDAY + timedelta(days=1))
    after.cards()
    assert len(asked) == len(asked_after) == 1
