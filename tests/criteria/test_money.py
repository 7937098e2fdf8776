"""What a project gets: rate, least and greatest grant, lump sums, pre-financing, sub-grants, duration."""

from __future__ import annotations

import pytest

from matcher.model import CriterionKind as Kind

SAYS = {
    "The funding rate is 90% of the eligible costs.": {(Kind.FUNDING_RATE, ("90",))},
    "The EU contribution may cover up to 80 per cent of the total eligible costs.": {(Kind.FUNDING_RATE, ("80",))},
    "The funding rate is 60 % of eligible costs, 100 % for non-profit bodies.": {(Kind.FUNDING_RATE, ("60", "100"))},
    "The grant of a project must lie between EUR 1 250 000 and EUR 2 500 000.": {
        (Kind.GRANT_MIN, ("1250000",)), (Kind.GRANT_MAX, ("2500000",)),
    },
    "The requested EU contribution cannot be lower than EUR 100.000 or higher than EUR 1.5 million.": {
        (Kind.GRANT_MIN, ("100000",)), (Kind.GRANT_MAX, ("1500000",)),
    },
    "Each project can receive up to EUR 5 million ERDF.": {(Kind.GRANT_MAX, ("5000000",))},
    "The EU grant requested must be at least €75 000.": {(Kind.GRANT_MIN, ("75000",))},
    "The maximum grant amount per project is EUR\u00a0750\u00a0000.": {(Kind.GRANT_MAX, ("750000",))},
    "Least grant per project: minimum (EUR) 1 250 000 | Greatest: maximum (EUR) 2 500 000": {
        (Kind.GRANT_MIN, ("1250000",)), (Kind.GRANT_MAX, ("2500000",)),
    },
    "Grants take the form of a lump sum.": {(Kind.LUMP_SUM, ("yes",))},
    "Applicants choose one of two lump sums: EUR 30 000 or EUR 60 000.": {(Kind.LUMP_SUM, ("30000", "60000"))},
    "A pre-financing payment of normally 80% of the maximum grant amount is made.": {(Kind.PRE_FINANCING, ("80",))},
    "Financial support to third parties is not allowed.": {(Kind.SUB_GRANTS, ("no",))},
    "Financial support to third parties is allowed; the maximum amount per third party is EUR 60 000.": {
        (Kind.SUB_GRANTS, ("yes",)), (Kind.SUB_GRANT_MAX, ("60000",)),
    },
    "Beneficiaries may provide financial support to third parties.": {(Kind.SUB_GRANTS, ("yes",))},
    "Projects should normally range between 12 and 24 months.": {
        (Kind.DURATION_MIN, ("12",)), (Kind.DURATION_MAX, ("24",)),
    },
    "The duration of projects must not exceed thirty-six months.": {(Kind.DURATION_MAX, ("36",))},
    "The maximum project duration is 3.5 years.": {(Kind.DURATION_MAX, ("42",))},
    "Project duration: 1 to 2 years": {(Kind.DURATION_MIN, ("12",)), (Kind.DURATION_MAX, ("24",))},
}  # fmt: skip

SILENT = (
    "For this call a budget of EUR 10 000 000 is available.",
    "The total budget for this topic is EUR 3 million, with grants for several projects.",
    "Nobody's finances are checked for a requested grant amount of EUR 60 000 or less.",
    "A certificate is needed where the grant is EUR 325 000 or more.",
    "Indirect costs are paid at a flat rate of 7% of the eligible direct costs.",
    "Applicants must contribute at least 10% of the eligible costs from own resources.",
    "A grant above the threshold of 70% of the points is awarded.",
    "Grants are signed within 9 months of the deadline for submission.",
    "Applicants need three years of experience with projects.",
    "The project must reach at least 30% of the women in the region.",
    "Records are kept for five years, or three for grants of not more than EUR 60 000 per project.",
    "The liability of each beneficiary is limited to the maximum grant amount of EUR 1 000 000.",
    "Bodies of that sort may not receive financial support to third parties, where there is some.",
    "Lump Sum MGA",
    "The secondments of a project must not exceed 12 months.",
    "Subcontracting may not exceed 30% of the total eligible costs.",
)


@pytest.mark.parametrize(("text", "expected"), SAYS.items())
def test_amounts_shares_and_times_are_read(find, text, expected):
    assert {(one.kind, one.values) for one in find(text)} == expected


@pytest.mark.parametrize("text", SILENT)
def test_other_amounts_are_none_of_a_project(find, text):
    assert find(text) == ()


def test_two_values_for_one_topic_are_both_in_doubt(find):
    text = "The maximum grant per project is EUR 100 000.\nThe maximum grant per project is EUR 200 000."
    assert find(text) == ()
    assert {one.values for one in find(text, least=0)} == {("100000",), ("200000",)}
