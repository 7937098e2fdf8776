"""The real facts of data/reference, a call to change, and members to put together."""

from datetime import date
from pathlib import Path

import pytest

from matcher.eligibility.consortium import check
from matcher.model import ApplicantKind, Basis, Call, CallKind, Criterion, CriterionKind, Member, Role
from matcher.reference.files import load_reference

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
ON = date(2026, 11, 22)


@pytest.fixture(scope="session")
def reference():
    return load_reference(REFERENCE)


@pytest.fixture(scope="session")
def make_call():
    """A topic of AMIF; `criteria` as pairs of kind and value, or as criteria."""

    def make(*criteria, **changes):
        stated = [one if isinstance(one, Criterion) else asks(*one) for one in criteria]
        facts = {
            "source": "funding_tenders",
            "reference": "1TOPICSen",
            "identifier": "AMIF-2026-TF2-AG-INTE-01",
            "title": "Integration of migrants",
            "kind": CallKind.TOPIC,
            "url": "https://example.eu/topic",
            "programme": "AMIF",
            "as_of": date(2026, 11, 1),
            "criteria": tuple(stated),
        }
        return Call.model_validate(facts | changes)

    return make


def asks(kind, *values, basis=Basis.CALL_DOCUMENT, **rest):
    return Criterion(kind=CriterionKind(kind), values=tuple(map(str, values)), basis=basis, **rest)


@pytest.fixture(scope="session")
def member():
    def make(name, country=None, *kinds, role=Role.BENEFICIARY, **rest):
        return Member(name=name, country=country, kinds=tuple(map(ApplicantKind, kinds)), role=Role(role), **rest)

    return make


@pytest.fixture(scope="session")
def conditions(reference):
    """All conditions of a draft, in their order."""
    return lambda members, call, on=ON: check(members, call, on, reference)


@pytest.fixture(scope="session")
def checked(conditions):
    """The conditions of a draft by rule."""
    return lambda members, call, on=ON: {one.rule: one for one in conditions(members, call, on)}


@pytest.fixture(scope="session")
def criterion():
    return asks
