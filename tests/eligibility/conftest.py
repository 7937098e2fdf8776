"""The reference, profiles and calls of cases.yml, as model objects."""

from pathlib import Path

import pytest
import yaml

from matcher.model import Call, Profile
from matcher.reference import Reference

CASES = yaml.safe_load(Path(__file__).with_name("cases.yml").read_text("utf-8"))


def pytest_generate_tests(metafunc):
    """One test per entry of `cases` and `routes`."""
    for name, entries in (("rule_case", CASES["cases"]), ("route_case", CASES["routes"])):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, entries, ids=[f"{e.get('rule', 'route')}: {e['name']}" for e in entries])


@pytest.fixture(scope="session")
def reference():
    return Reference.model_validate(CASES["reference"])


@pytest.fixture(scope="session")
def make_profile():
    def make(name, changes=None):
        return Profile.model_validate(CASES["profiles"][name] | (changes or {}))

    return make


@pytest.fixture(scope="session")
def make_call():
    def make(name, changes=None):
        return Call.model_validate(CASES["calls"][name] | (changes or {}))

    return make


@pytest.fixture(scope="session")
def cases():
    return CASES
