"""Funded projects of the past as literal facts, to be put into a store of tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from matcher.model import (
    Fund,
    OrganisationKind,
    Participant,
    Project,
    ProjectRole,
    Run,
    RunOutcome,
    SourceCard,
    Tier,
)
from matcher.store import Store

READ = date(2026, 2, 1)
LEADER = "Città di Esempio"
"""A town of Italy that led one project and took part in another."""


def _town(role: ProjectRole = ProjectRole.COORDINATOR) -> Participant:
    facts = {"pic": "999000001", "country": "IT", "city": "BOLOGNA", "nuts": "ITH5"}
    web = "https://esempio.example/"
    return Participant(name=LEADER, role=role, kind=OrganisationKind.PUBLIC_BODY, web=web, **facts)


def _other(number: int, name: str, country: str, nuts: str, kind: OrganisationKind | None) -> Participant:
    facts = {"pic": f"9990001{number:02}", "name": name, "country": country, "nuts": nuts, "kind": kind}
    return Participant(role=ProjectRole.PARTICIPANT, **facts)


PROJECTS = (
    Project(
        source="funded_projects",
        reference="p1",
        acronym="DOORS",
        title="Doors that open",
        url="https://ec.europa.eu/doors",
        programme="AMIF",
        fund=Fund.AMIF,
        end=date(2025, 6, 30),
        keywords=("mentoring",),
        participants=(
            _town(),
            _other(1, "Universität Beispiel", "DE", "DEA1", OrganisationKind.EDUCATION),
            _other(2, "Verein <b>Brücke</b> & [Söhne](http://evil.example)", "DE", "DEA1", OrganisationKind.OTHER),
            _other(3, "Example City Council", "GB", "UKG3", OrganisationKind.PUBLIC_BODY),
        ),
        as_of=READ,
    ),
    Project(
        source="funded_projects",
        reference="p2",
        acronym="VOICES",
        title="Voices of newcomers",
        programme="CERV",
        fund=Fund.CERV,
        end=date(2026, 1, 31),
        participants=(
            _town(ProjectRole.PARTICIPANT),
            _other(4, "Σύλλογος Παράδειγμα", "GR", "EL30", OrganisationKind.OTHER),
            _other(5, "Biedrība Piemērs", "LV", "", OrganisationKind.OTHER),
        ),
        as_of=READ,
    ),
)


def add_projects(store: Store, *more: Project) -> None:
    """As a good run of their source leaves them."""
    card = SourceCard(
        name="funded_projects",
        title="Funded projects",
        publisher="European Commission",
        url="https://ec.europa.eu/projects",
        licence="CC BY 4.0",
        tier=Tier.OFFICIAL_RECORD,
        funds=(Fund.AMIF, Fund.CERV),
        frequency="weekly",
        yields="projects",
    )
    run = Run(
        id=f"funded_projects-{READ}",
        source=card.name,
        card=card,
        started=datetime.combine(READ, time(3), UTC),
        as_of=READ,
        outcome=RunOutcome.OK,
    )
    store.save_run(run, projects=[*PROJECTS, *more])
