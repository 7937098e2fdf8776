"""Calls, organisations and past projects made for these tests; who has a profile here opted in for the test."""

from datetime import date

import pytest

from matcher.model import (
    ApplicantKind,
    Basis,
    Call,
    CallKind,
    Criterion,
    CriterionKind,
    Deadline,
    Experience,
    Fact,
    Fund,
    Need,
    OrganisationKind,
    OrganisationType,
    Participant,
    Profile,
    Project,
    ProjectRole,
    Role,
)
from matcher.reference.files import load_reference
from matcher.settings import REPOSITORY

DAY = date(2026, 10, 8)


@pytest.fixture(scope="session")
def reference():
    return load_reference(REPOSITORY / "data" / "reference")


@pytest.fixture(scope="session")
def make_call():
    """A call of AMIF that opens in 2026; conditions by the name of their kind: `make_call(min_applicants="3")`."""

    def make(**conditions):
        fields = {name: conditions.pop(name) for name in list(conditions) if name in Call.model_fields}
        values = {kind: (value,) if isinstance(value, str) else tuple(value) for kind, value in conditions.items()}
        common = {
            "source": "funding_tenders",
            "reference": "1TOPICSen",
            "identifier": "AMIF-2027-TF2-AG-INTE-01-WOMEN",
            "call_identifier": "AMIF-2027-TF2-AG-INTE",
            "title": "Migrant women take part in decisions",
            "text": "Migrant women and newcomers take part in the decisions of their towns.",
            "kind": CallKind.TOPIC,
            "url": "https://example.org/call",
            "programme": "AMIF",
            "fund": Fund.AMIF,
            "opening": date(2026, 10, 1),
            "deadlines": (Deadline(day=date(2027, 2, 1)),),
            "as_of": DAY,
        }
        criteria = tuple(
            Criterion(kind=CriterionKind(kind), values=value, basis=Basis.CALL_DOCUMENT)
            for kind, value in values.items()
        )
        return Call(**common | {"criteria": criteria} | fields)

    return make


@pytest.fixture(scope="session")
def make_profile():
    """An organisation that looks for partners, unless it is told not to."""

    def make(key, country, type=OrganisationType.MIGRANT_LED, led=0, projects=0, **fields):
        town = type is OrganisationType.MUNICIPALITY
        kinds = (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY) if town else (ApplicantKind.NON_PROFIT,)
        done = Experience(projects=projects, led=led, source="https://example.org/done", as_of=DAY)
        common = {
            "id": key,
            "name": key.replace("-", " ").title(),
            "type": type,
            "country": country,
            "kinds": kinds,
            "roles": (Role.COORDINATOR, Role.BENEFICIARY),
            "languages": ("en",),
            "description": "Made for a test.",
            "needs": (Need(text="Migrant women have a say in town", language="en"),),
            "experience": done if projects else None,
            "partner_search": True,
            "facts": (Fact(text="Made for a test", source="https://example.org", as_of=DAY),),
        }
        return Profile(**common | fields)

    return make


@pytest.fixture(scope="session")
def make_participant():
    def make(name, country, pic="", role=ProjectRole.PARTICIPANT, kind=OrganisationKind.OTHER):
        return Participant(name=name, country=country, pic=pic, role=role, kind=kind)

    return make


@pytest.fixture(scope="session")
def make_project():
    """A past project of AMIF, under an earlier edition of the call unless another topic is named."""

    def make(number, *participants, topic="AMIF-2025-TF2-AG-INTE-03-WOMEN", **fields):
        common = {
            "source": "funded_projects",
            "reference": str(number),
            "title": f"Women in towns, part {number}",
            "acronym": f"WIT{number}",
            "url": f"https://example.org/projects/{number}",
            "objective": "Migrant women take part in the decisions of towns.",
            "programme": "AMIF",
            "fund": Fund.AMIF,
            "topic": topic,
            "end": date(2020 + number % 8, 6, 30),
            "participants": participants,
            "as_of": DAY,
        }
        return Project(**common | fields)

    return make
