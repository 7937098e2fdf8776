"""Numbers of applicants and countries: what counts the consortium, and what counts something else."""

from __future__ import annotations

import pytest

from matcher.model import CriterionKind as Kind

SAYS = {
    "Proposals must be submitted by a consortium of at least three applicants from three eligible countries.": {
        (Kind.MIN_APPLICANTS, ("3",)), (Kind.MIN_COUNTRIES, ("3",)),
    },
    "The consortium must consist of two (2) independent entities established in two different Member States.": {
        (Kind.MIN_APPLICANTS, ("2",)), (Kind.MIN_COUNTRIES, ("2",)), (Kind.MIN_MEMBER_STATES, ("2",)),
        (Kind.INDEPENDENT, ("2",)),
    },
    "Applications must involve at least four partners, of which at least two must be from an EU Member State.": {
        (Kind.MIN_APPLICANTS, ("4",)), (Kind.MIN_MEMBER_STATES, ("2",)),
    },
    "The partnership must have between 8 and 10 partners from at least 7 different countries.": {
        (Kind.MIN_APPLICANTS, ("8",)), (Kind.MAX_APPLICANTS, ("10",)), (Kind.MIN_COUNTRIES, ("7",)),
    },
    "Each proposal requires a coordinator and at least one co-applicant.": {(Kind.MIN_APPLICANTS, ("2",))},
    "Applications by single applicants are allowed.": {(Kind.MIN_APPLICANTS, ("1",))},
    "Applications by single applicants are not allowed.": {(Kind.MIN_APPLICANTS, ("2",))},
    "Only applications by single applicants are allowed.": {
        (Kind.MIN_APPLICANTS, ("1",)), (Kind.MAX_APPLICANTS, ("1",)),
    },
    "A single applicant may submit a proposal, or a consortium of at least two applicants.": {
        (Kind.MIN_APPLICANTS, ("1",)),
    },
    "The consortium must bring together at least three applicants (beneficiaries; not affiliated entities).": {
        (Kind.MIN_APPLICANTS, ("3",)), (Kind.AFFILIATED, ("not_counted",)),
    },
    "Affiliated entities do not count towards the minimum number of applicants.": {(Kind.AFFILIATED, ("not_counted",))},
    "The applicants must be independent from each other.": {(Kind.INDEPENDENT, ("0",))},
    "The number of applicants in the consortium must not exceed twelve.": {(Kind.MAX_APPLICANTS, ("12",))},
    "The consortium shall include organisations from at least five countries.": {(Kind.MIN_COUNTRIES, ("5",))},
    "At least one applicant must be established in a Member State.": {(Kind.MIN_MEMBER_STATES, ("1",))},
    "At least three legal entities of the consortium, each established in a different country, must be applicants.": {
        (Kind.MIN_APPLICANTS, ("3",)), (Kind.MIN_COUNTRIES, ("3",)),
    },
}  # fmt: skip

SILENT = (
    "The consortium must carry out pilots in at least three Member States.",
    "Projects are encouraged to involve at least three applicants.",
    "Larger partnerships, ideally of at least five partners, are preferable.",
    "A consortium of more than two applicants is not mandatory.",
    "Applicants should describe at least three target countries.",
    "Proposals will be assessed by at least three evaluators.",
    "The consortium may involve associated partners; at least two associated partners must send a letter.",
    "At least two of the events must take place in different countries.",
    "The applicants must submit at least two reports.",
    "In 2025 a consortium of three applicants from four countries received two million.",
    "The project must involve at least 50 participants.",
    "A consortium means at least two applicants acting together.",
)


@pytest.mark.parametrize(("text", "expected"), SAYS.items())
def test_a_duty_is_read_with_its_numbers(find, text, expected):
    assert {(one.kind, one.values) for one in find(text)} == expected


@pytest.mark.parametrize("text", SILENT)
def test_what_binds_no_consortium_gives_nothing(find, text):
    assert find(text) == ()


def test_a_supposed_consortium_is_no_certain_condition(find):
    assert find("If a consortium applies, it must have at least three applicants.") == ()


def test_a_duty_to_find_partners_never_limits_who_may_apply(find):
    kinds = {
        one.kind for one in find("The consortium must include at least one local authority and at least one NGO.", 0)
    }
    assert kinds == {Kind.MUST_INCLUDE_KIND}
