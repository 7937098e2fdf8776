"""Real calls x the example organisations: route and answers are those that a person judged from the sources."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from matcher.eligibility import RULES, assess, find_route
from matcher.model import Answer, RouteKind
from matcher.profiles import load_profiles
from matcher.service import Service

DATA = Path(__file__).parents[2] / "data"
FILE = DATA / "benchmark" / "eligibility.yml"
FACTS = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SILENT = "silent"
"""Expected of a rule whose question does not arise."""


class Case(NamedTuple):
    """What is expected of one organisation before one call on one day; each with all that the sources leave open."""

    call: str
    profile: str
    on: date
    route: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.call}-{self.profile}-{self.on}"


def cases():
    for group in FACTS["calls"]:
        for profile, expected in group["cases"].items():
            answers = {rule: several(answer) for rule, answer in expected.items() if rule != "route"}
            yield Case(group["call"], profile, group["day"], several(expected["route"]), answers)


def several(expected):
    return tuple(expected) if isinstance(expected, list) else (expected,)


CASES = tuple(cases())
PROFILES = load_profiles(DATA / "profiles")


@pytest.fixture(scope="module")
def service(settings):
    return Service(settings)


# The file


def test_there_are_enough_cases():
    assert len(CASES) >= 150


def test_no_case_stands_there_twice():
    assert len({str(case) for case in CASES}) == len(CASES)


def test_each_group_says_where_the_expectation_is_from_and_why():
    for group in FACTS["calls"]:
        assert group["source"].startswith(("http", "Regulation", "Withdrawal", "Erasmus+ Programme Guide")), group[
            "call"
        ]
        assert group["why"].endswith("."), group["call"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_expects_what_can_be_answered(case):
    assert set(case.route) <= set(RouteKind)
    assert set(case.answers) <= set(RULES)
    assert {answer for answers in case.answers.values() for answer in answers} <= {*Answer, SILENT}
    assert case.profile in PROFILES


def test_there_are_routes_of_many_kinds_and_both_sorts_of_organisation():
    assert {route for case in CASES for route in case.route} >= {
        RouteKind.LEAD, RouteKind.CO_APPLICANT, RouteKind.NATIONAL_AGENCY, RouteKind.ASSOCIATED_PARTNER,
        RouteKind.NOT_OPEN,
    }  # fmt: skip
    assert {PROFILES[case.profile].type for case in CASES} >= {"municipality", "migrant_led"}


# The judgement


@pytest.mark.parametrize("case", CASES, ids=str)
def test_route_and_answers_are_those_of_the_sources(case, service):
    call, profile = service.call(case.call), service.profile(case.profile)
    verdicts = assess(profile, call, case.on, service.reference)
    found = {verdict.rule: verdict for verdict in verdicts}
    route = find_route(profile, call, verdicts, case.on, service.reference)
    wrong = [
        f"{rule}: {found[rule].answer if rule in found else SILENT} ({found[rule].reason if rule in found else ''}), "
        f"expected {' or '.join(expected)}"
        for rule, expected in case.answers.items()
        if (found[rule].answer if rule in found else SILENT) not in expected
    ]
    if route.kind not in case.route:
        wrong.append(f"route: {route.kind} ({route.reason}), expected {' or '.join(case.route)}")
    assert not wrong, "\n".join(wrong)
