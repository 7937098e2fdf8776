"""Sentences that look like a condition and are none, and numbers that are none: nobody is shut out by them."""

import pytest

from crawler.criteria.found import STATED
from matcher.eligibility import CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        "For the purposes of this example, at least 99 applicants must be in the consortium.",
        "It is not true that the consortium must have at least 5 applicants.",
        "There is no requirement that the consortium must include at least five applicants.",
        "The consortium does not have to include at least five applicants.",
        "Applicants need not be public bodies.",
        "Under the previous call, the consortium had to include at least 5 applicants.",
        "In other programmes the consortium must have at least 5 applicants.",
        "Public bodies are not excluded.",
        "The consortium should ideally include at least three applicants.",
        "The consortium must have at least thr\N{CYRILLIC SMALL LETTER IE}e applicants.",
        "The consortium must have at least \N{SUPERSCRIPT TWO} applicants.",
        "The consortium must have at least 4294967296 applicants.",
        f"The consortium must have at least {'9' * 5000} applicants.",
        f"The maximum grant amount is EUR {'9' * 29} per project.",
        f"The maximum grant amount is EUR {'9' * 5000} million per project.",
        f"Projects must last between {'9' * 5000} and 12 months.",
        f"The funding rate is {'9' * 5000} % of the eligible costs.",
        f"The city must have at least {'9' * 5000} inhabitants.",
    ],
)
def test_no_condition(find, text):
    assert find(text, least=CERTAIN) == ()


def test_a_supposed_case_shuts_nobody_out(find):
    found = find("If the project is transnational, the consortium must have at least 5 applicants.", least=0.0)
    assert [one.values for one in found] == [("5",)]
    assert all(one.confidence < CERTAIN <= STATED for one in found)
