"""Calls and organisations in our own words, the delivered facts and weights."""

from datetime import date
from pathlib import Path

import pytest

from matcher.eligibility.terms import CallTerms
from matcher.model import Basis, Call, Criterion, Profile, Quote
from matcher.money.own_contribution import finance
from matcher.ranking import load_weights
from matcher.reference.files import load_reference

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture(scope="session")
def reference():
    return load_reference(REFERENCE)


@pytest.fixture(scope="session")
def weight():
    return load_weights(REFERENCE).size


@pytest.fixture(scope="session")
def call():
    def make(**fields):
        named = {"source": "test", "reference": "1", "identifier": "1", "title": "A call", "url": "https://example.org"}
        return Call(**(named | {"kind": "topic", "as_of": date(2026, 11, 1)} | fields))

    return make


@pytest.fixture(scope="session")
def said():
    def make(kind, *values, basis=Basis.CALL_DOCUMENT, **fields):
        quote = Quote(text="So it says.", place="document:" + "0" * 64, start=0, end=11, page=7)
        return Criterion(kind=kind, values=values, basis=basis, quote=quote, **fields)

    return make


@pytest.fixture(scope="session")
def money(reference, call):
    """The finance of a call with these fields."""

    def find(**fields):
        made = call(**fields)
        return finance(CallTerms(made, made.as_of, reference))

    return find


@pytest.fixture(scope="session")
def organisation():
    def make(budget=None, roles=("beneficiary", "coordinator"), kind="migrant_led"):
        return Profile(
            id="group",
            name="A group",
            type=kind,
            country="LV",
            kinds=("non_profit",),
            roles=roles,
            languages=("en",),
            description="A group.",
            needs=[{"text": "Homes", "language": "en"}],
            annual_budget=budget and {"value": budget, "source": "https://example.org", "as_of": "2025"},
            facts=[{"text": "It is.", "source": "https://example.org", "as_of": "2026-01-01"}],
        )

    return make
