"""Kinds of bodies: who may apply, who may lead, who is shut out, whom a consortium needs."""

from __future__ import annotations

import pytest

from matcher.model import CriterionKind as Kind
from matcher.model import Role

LEAD = Role.COORDINATOR
SAYS = {
    "Applicants must be public bodies or non-profit organisations.": {
        (Kind.APPLICANT_KIND, ("public_body", "non_profit"), None, False),
    },
    "In order to be eligible, the applicants must be non-profit-making.": {
        (Kind.APPLICANT_KIND, ("non_profit",), None, False),
    },
    "The call is open to local authorities, regional authorities and civil society organisations.": {
        (Kind.APPLICANT_KIND, ("local_authority", "regional_authority", "civil_society"), None, False),
    },
    "This call is restricted to public authorities.": {(Kind.APPLICANT_KIND, ("public_body",), None, False)},
    "Only municipalities may apply.": {(Kind.APPLICANT_KIND, ("local_authority",), None, False)},
    "Only urban authorities may submit an application.": {(Kind.APPLICANT_KIND, ("local_authority",), None, False)},
    "Eligible applicants are international organisations and universities.": {
        (Kind.APPLICANT_KIND, ("international_organisation", "research", "education"), None, False),
    },
    "Informal groups of young people can apply.": {(Kind.APPLICANT_KIND, ("informal_group",), None, False)},
    "The coordinator must be a public body.": {(Kind.APPLICANT_KIND, ("public_body",), LEAD, False)},
    "The lead applicant must be a non-profit organisation or a local authority.": {
        (Kind.APPLICANT_KIND, ("local_authority", "non_profit"), LEAD, False),
    },
    "Only regional authorities may act as coordinator.": {(Kind.APPLICANT_KIND, ("regional_authority",), LEAD, False)},
    "Proposals must be submitted by public bodies.": {(Kind.APPLICANT_KIND, ("public_body",), None, False)},
    "Projects must be coordinated by a university.": {(Kind.APPLICANT_KIND, ("research", "education"), LEAD, False)},
    "Natural persons are NOT eligible (with the exception of sole traders).": {
        (Kind.EXCLUDED_KIND, ("natural_person",), None, False),
    },
    "Profit-making organisations cannot be coordinator.": {(Kind.EXCLUDED_KIND, ("for_profit",), LEAD, False)},
    "Organisations which are profit-oriented may apply only in partnership with public bodies or NGOs.": {
        (Kind.EXCLUDED_KIND, ("for_profit",), LEAD, False),
    },
    "The consortium must include at least one local authority or one regional authority.": {
        (Kind.MUST_INCLUDE_KIND, ("local_authority", "regional_authority"), None, False),
    },
    "The consortium must include at least one public body and at least one civil society organisation.": {
        (Kind.MUST_INCLUDE_KIND, ("public_body", "civil_society"), None, True),
    },
    "At least one applicant must be a public authority.": {(Kind.MUST_INCLUDE_KIND, ("public_body",), None, False)},
    "No commitments can be signed with Hungarian public interest trusts or entities they maintain.": {
        (Kind.EXCLUDED_BODY, ("hungarian_public_interest_trust",), None, False),
    },
    "Proposals may be submitted by invitation only.": {(Kind.INVITED, ("yes",), None, False)},
    "Only organisations that have signed a framework partnership agreement may apply.": {
        (Kind.INVITED, ("yes",), None, False),
    },
    "Applicants must be one of the following:\n• local authorities;\n• non-profit organisations; or\n• universities.": {
        (Kind.APPLICANT_KIND, ("local_authority", "non_profit", "research", "education"), None, False),
    },
    "Proposals must be submitted by a consortium which complies with the following conditions:\n"
    "- at least one local or regional authority\n- at least one civil society organisation": {
        (Kind.MUST_INCLUDE_KIND, ("local_authority", "regional_authority"), None, False),
        (Kind.MUST_INCLUDE_KIND, ("civil_society",), None, False),
    },
    "The consortium must include:\n- a local authority; and\n- a civil society organisation.": {
        (Kind.MUST_INCLUDE_KIND, ("local_authority", "civil_society"), None, True),
    },
}  # fmt: skip

SAYS_ROLE = "Other entities may participate in other roles, such as associated partners or subcontractors."

SILENT = (
    "Applicants must be legal entities (public or private bodies).",
    "Any public or private organisation may apply.",
    "Proposals must be submitted by the coordinator through the portal.",
    "Activities must reach local authorities and schools.",
    "The target groups are migrants, municipalities and NGOs.",
    "Associated partners must be public bodies.",
    "Subcontractors must be companies.",
    "The participation of local authorities is encouraged.",
    "The consortium should preferably include a local authority.",
    "The involvement of a public body is not mandatory.",
    "Civil society organisation means a body that serves the general interest.",
    "Proposals may involve stakeholders such as municipalities and schools.",
    "Financial support to third parties can only be given to non-profit organisations and is limited to small ones.",
    "International organisations are also eligible.",
    "Applicants must be registered in the Participant Register.",
)


def said(found):
    return {(one.kind, one.values, one.role, one.together) for one in found}


@pytest.mark.parametrize(("text", "expected"), SAYS.items())
def test_kinds_are_read_with_their_role(find, text, expected):
    kinds = {Kind.APPLICANT_KIND, Kind.EXCLUDED_KIND, Kind.MUST_INCLUDE_KIND, Kind.EXCLUDED_BODY, Kind.INVITED}
    assert said(one for one in find(text) if one.kind in kinds) == expected


@pytest.mark.parametrize("text", SILENT)
def test_what_limits_nobody_gives_nothing(find, text):
    assert said(one for one in find(text) if one.kind is not Kind.SUB_GRANTS) == set()


def test_a_body_of_one_competence_is_no_certain_kind(find):
    text = "Only public authorities responsible for asylum may apply."
    assert find(text) == ()
    assert [one.values for one in find(text, least=0)] == [("public_body",)]


def test_a_name_that_is_not_understood_stands_beside_the_kinds_and_lowers_the_confidence(find):
    (found,) = find("Applicants must be local authorities, lighthouse keepers.", least=0)
    assert found.confidence < 0.8
    assert set(found.values) == {"local_authority", "lighthouse keepers"}


def test_the_role_of_an_associated_partner_is_read(find):
    (found,) = find(SAYS_ROLE)
    assert (found.kind, found.values) == (Kind.ROLE, (Role.ASSOCIATED_PARTNER,))
