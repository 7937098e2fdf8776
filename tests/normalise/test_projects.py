"""Raw projects of the portal's index become projects; what is not understood is an issue, and no project is lost."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.normalise.issues import Issues
from crawler.normalise.projects import understand_project
from crawler.source import RawParticipant, RawProject
from matcher.model import Fund, Money, OrganisationKind, ProjectRole, ProjectStatus

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def understand(reference):
    def run(**fields):
        raw = RawProject(**{"source": "s", "reference": "43251589101", "fetched_at": NOW, "title": "A feast"} | fields)
        issues = Issues(raw.reference)
        return understand_project(raw, reference, issues), issues.all()

    return run


def test_a_project_in_the_words_of_the_index(understand):
    project, issues = understand(
        programme="43251589",
        status="Ended",
        topic="CERV-2023-CITIZENS-TOWN-TT",
        start="2022-12-12T00:00:00.000+0100",
        end="2024-09-04T01:00:00.000+0200",
        budget="4401671.9",
        eu_contribution="632500",
        objective="First line\nand the second",
        keywords=("twinning", " twinning", "welcome"),
    )
    assert issues == ()
    assert (project.programme, project.fund) == ("CERV", Fund.CERV)
    assert project.status is ProjectStatus.ENDED
    assert (project.start, project.end) == (date(2022, 12, 12), date(2024, 9, 4))
    assert project.budget == Money(amount=Decimal("4401671.9"))
    assert project.eu_contribution == Money(amount=Decimal(632500))
    assert project.keywords == ("twinning", "welcome")
    assert project.as_of == NOW.date()


def test_zero_is_not_stated(understand):
    project, issues = understand(budget="0", eu_contribution="0.00")
    assert (project.budget, project.eu_contribution, issues) == (None, None, ())


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("status", "Signed"),
        ("start", "soon"),
        ("end", "2024-13-01T00:00:00.000+0100"),
        ("budget", "about a million"),
        ("eu_contribution", "1.5.2"),
        ("programme", "SOMETHING2027"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_what_is_not_understood_is_an_issue_and_stays_empty(understand, field, found):
    project, issues = understand(**{field: found})
    assert [(issue.field, issue.found) for issue in issues] == [(field, found)]
    assert not getattr(project, field)
    assert project.title == "A feast"


@pytest.mark.parametrize(
    ("country", "code"), [("EL", "GR"), ("UK", "GB"), ("IT", "IT"), ("it", "IT"), ("Latvia", "LV"), ("XK", "XK")]
)
def test_countries(understand, country, code):
    project, issues = understand(participants=(RawParticipant(name="A", country=country),))
    assert project.participants[0].country == code
    assert issues == ()


def test_what_nobody_knows_of_a_participant_is_said_once_a_project(understand):
    strange = RawParticipant(name="A", country="20000999", role="observer", kind="XYZ", sme="perhaps")
    project, issues = understand(participants=(strange, strange))
    assert len(project.participants) == 2
    assert {(one.country, one.role, one.kind, one.sme) for one in project.participants} == {(None, None, None, None)}
    assert [(issue.field, issue.found) for issue in issues] == [
        ("role", "observer"),
        ("country", "20000999"),
        ("kind", "XYZ"),
    ]


def test_a_participant(understand):
    raw = RawParticipant(
        pic="999000001",
        name=" STADT  BEISPIEL ",
        role="thirdParty",
        country="DE",
        kind="PUB",
        sme="false",
        city="Beispiel",
        nuts="DE30",
        eu_contribution="498734.4",
        web="www.beispiel.example",
    )
    project, _ = understand(participants=(raw, RawParticipant(name="B", role="coordinator", web="none")))
    first, second = project.participants
    assert first.name == "STADT BEISPIEL"
    assert (first.role, first.kind, first.sme) == (ProjectRole.AFFILIATED_ENTITY, OrganisationKind.PUBLIC_BODY, False)
    assert first.eu_contribution == Money(amount=Decimal("498734.4"))
    assert (first.web, second.web) == ("https://www.beispiel.example", "")
    assert project.coordinators == (second,)
    assert project.countries == ("DE",)


def test_names_that_are_missing(understand):
    assert understand(reference=" ")[0] is None
    assert understand(title="", acronym="FEAST")[0].title == "FEAST"
    project, issues = understand(title="", participants=(RawParticipant(name=" ", pic="9"),))
    assert project.title == "43251589101"
    assert project.participants == ()
    assert [issue.field for issue in issues] == ["title", "participants"]


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_a_project(understand, one, two, three):
    participants = (RawParticipant(name=one, role=two, country=three, web=one, eu_contribution=two, kind=three),)
    project, _ = understand(
        start=one, end=two, budget=three, status=one, programme=two, url=three, participants=participants
    )
    assert project is not None
    assert project.title == "A feast"
