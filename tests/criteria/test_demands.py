"""Inhabitants, languages of an application, what must have been done before."""

from __future__ import annotations

import pytest

from crawler.normalise.languages import EU_LANGUAGES
from matcher.model import CriterionKind as Kind
from matcher.model import Role

SAYS = {
    "The main urban authority must have at least 50 000 inhabitants.": (Kind.POPULATION, ("50000",)),
    "Only cities with more than 100,000 inhabitants may apply.": (Kind.POPULATION, ("100000",)),
    "Applications must be submitted in English.": (Kind.LANGUAGE, ("en",)),
    "Proposals may be written in any official language of the EU.": (Kind.LANGUAGE, EU_LANGUAGES),
    "The coordinator must have coordinated an EU-funded project before.": (Kind.EXPERIENCE, ("led_eu_project",)),
    "Applicants must have participated in at least one EU-funded project.": (Kind.EXPERIENCE, ("eu_project",)),
    "The lead partner must hold the URBACT Good Practice label.": (Kind.EXPERIENCE, ("label",)),
    "Applicants must have at least three years of experience in the field of integration.": (
        Kind.EXPERIENCE, ("same_field",),
    ),
}  # fmt: skip

SILENT = (
    "The project must reach cities with at least 50 000 inhabitants as a target.",
    "Small towns of up to 10 000 inhabitants may apply.",
    "A summary in English must be added to the application.",
    "We advise you to write your proposal in English.",
    "Experience in EU-funded projects is an asset.",
    "No previous experience with EU-funded projects is required of applicants.",
    "The quality of the experience in the field is an award criterion.",
)


@pytest.mark.parametrize(("text", "expected"), SAYS.items())
def test_demands_are_read(find, text, expected):
    kinds = {Kind.POPULATION, Kind.LANGUAGE, Kind.EXPERIENCE}
    assert [(one.kind, one.values) for one in find(text) if one.kind in kinds] == [expected]


@pytest.mark.parametrize("text", SILENT)
def test_wishes_and_targets_are_no_demands(find, text):
    assert {one.kind for one in find(text)} & {Kind.POPULATION, Kind.LANGUAGE, Kind.EXPERIENCE} == set()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The lead applicant must have managed at least one EU-funded project.", Role.COORDINATOR),
        ("The coordinator must:\n- have managed at least one EU-funded project\n- be independent.", Role.COORDINATOR),
        ("The coordinator and all partners must have managed at least one EU-funded project.", None),
        ("Applicants must have managed at least one EU-funded project.", None),
    ],
)
def test_what_the_lead_must_have_done_is_asked_of_the_lead_alone(find, text, role):
    assert [one.role for one in find(text) if one.kind is Kind.EXPERIENCE] == [role]
