"""The networks that the brief names are there with sources, and the loader names what is wrong in the file."""

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from matcher.model import ProjectRole
from matcher.reference.files import load_reference
from matcher.reference.told import Witness

FOLDER = Path(__file__).parents[2] / "data" / "reference"
NAME = "networks.yml"
BRIEF = ["Eurocities", "CEMR", "AER", "ALDA", "URBACT", "Intercultural Cities", "City of Sanctuary"]


@pytest.fixture(scope="module")
def networks():
    return load_reference(FOLDER).networks


def told(network):
    body = [network.body, *network.body.joined] if network.body else []
    return [network, *body]


def test_the_networks_of_the_brief_are_there_in_its_order(networks):
    assert [network.name for network in networks] == BRIEF


def test_every_fact_has_a_source_and_a_day(networks):
    for fact in (fact for network in networks for fact in told(network)):
        assert re.search(r"https?://\S+", fact.source), fact
        assert date(2023, 4, 30) <= fact.as_of <= date(2026, 11, 22)
        assert fact.evidence in Witness


def test_what_is_seen_was_read_on_a_page_of_the_network_itself(networks):
    """IncluCities stands on the address that CEMR had before."""
    own = {network.key: {"cemr": "ccre"}.get(network.key, network.key.split("-")[0]) for network in networks}
    own |= {"intercultural-cities": "coe.int", "city-of-sanctuary": "cityofsanctuary"}
    for network in networks:
        for fact in told(network):
            if fact.evidence is Witness.SEEN:
                assert own[network.key] in fact.source, fact


def test_a_body_joins_projects_or_there_is_a_word_why_there_is_none(networks):
    bodies = {network.key: network.body for network in networks if network.body}
    assert {key: body.country for key, body in bodies.items()} == {
        "eurocities": "BE",
        "cemr": "BE",
        "aer": "FR",
        "alda": "FR",
    }
    assert all(body.joined for body in bodies.values())
    led = {key for key, body in bodies.items() if any(one.role is ProjectRole.COORDINATOR for one in body.joined)}
    assert led == {"eurocities", "cemr", "alda"}
    assert all(network.no_body for network in networks if network.body is None)


def test_who_is_a_member_by_the_names_of_a_profile(networks):
    by_key = {network.key: network for network in networks}
    assert by_key["cemr"].has(("RGRE",))
    assert by_key["eurocities"].has(("Solidarity Cities", "eurocities"))
    assert not by_key["alda"].has(("Eurocities",))


@pytest.fixture
def spoil(refused):
    """Load the folder with one text of the file replaced, and return the message."""
    return partial(refused, NAME)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - key: cemr\n", "  - key: eurocities\n", "field key: eurocities stands there twice"),
        ("    name: Eurocities\n", "", "network 'eurocities': field name is missing; add it."),
        ("    no_body: A programme that", "    nobody: A programme that", "network 'urbact': unknown field nobody"),
        ("    no_body: A programme that pays projects, not a partner in them.\n", "", "why there is none"),
        ("url: https://eurocities.eu\n", "url: eurocities.eu\n", "field url: found 'eurocities.eu'"),
        ("role: coordinator", "role: boss", "field body.joined.0.role: found 'boss'; allowed: 'coordinator'"),
        ("member_kinds: [local_authority]", "member_kinds: []", "field member_kinds"),
        ("as_of: 2026-11-22\n", "", "field as_of is missing; add it."),
    ],
)
def test_what_is_wrong_in_the_file_is_named(spoil, old, new, said):
    assert said in spoil(old, new)


def test_a_body_without_a_project_is_no_body(spoil):
    text = (FOLDER / NAME).read_text(encoding="utf-8")
    joined = re.search(r"      joined:\n        - .*IncluCities.*\n", text)[0]
    assert "network 'cemr': field body.joined" in spoil(joined, "      joined: []\n")
