"""Countries that applicants must, or must not, be established in."""

from __future__ import annotations

import pytest

from matcher.model import CriterionKind as Kind

SAYS = {
    "Applicants must be established in an EU Member State.": {(Kind.COUNTRY, ("eu",))},
    "Applicants must be established in one of the EU Member States or in a country associated to the programme.": {
        (Kind.COUNTRY, ("eu", "associated")),
    },
    "Only organisations established in Member States, Norway and Iceland may take part.": {
        (Kind.COUNTRY, ("eu", "NO", "IS")),
    },
    "Applicants must be established in one of the eligible countries, i.e.:\n"
    "− EU Member States (including overseas countries and territories (OCTs)), excluding Denmark\n"
    "− countries associated to the AMIF": {(Kind.COUNTRY, ("eu", "associated")), (Kind.EXCLUDED_COUNTRY, ("DK",))},
    "Applicants must:\n"
    "- be legal entities\n"
    "- be established in one of the eligible countries, i.e.: EU Member States, excluding Denmark\n"
    "- non-EU countries: countries associated to the AMIF or countries which are in ongoing negotiations for an "
    "association agreement that enters into force before the grant is signed.": {
        (Kind.COUNTRY, ("eu", "associated", "negotiating")),
        (Kind.EXCLUDED_COUNTRY, ("DK",)),
    },
    "The call is open to organisations from Albania, Serbia and North Macedonia.": {
        (Kind.COUNTRY, ("AL", "RS", "MK")),
    },
    "Legal entities established in Russia or Belarus are not eligible.": {(Kind.EXCLUDED_COUNTRY, ("RU", "BY"))},
    "Applicants must be established in a Member State.\n"
    "Applicants from countries with ongoing negotiations may participate if these end before the grant is signed.": {
        (Kind.COUNTRY, ("eu", "negotiating")),
    },
    "Applicants must be established in a country participating in the programme.": {(Kind.COUNTRY, ("participating",))},
}  # fmt: skip

SILENT = (
    "Activities must take place in Italy and Greece.",
    "The project must target migrants established in Member States.",
    "Entities established in an eligible country but controlled by China may not take part.",
    "Subcontractors must be established in a Member State.",
    "At least one applicant must be established in a Member State participating in the pilot.",
    "Legal entities established in the United States are exceptionally eligible.",
    "Applicants from countries with ongoing negotiations may participate if these end before the grant is signed.",
    "Applicants may work with others.\n- non-EU countries: countries associated to the programme",
    "For example, applicants from Italy may work with cities in Spain.",
)


@pytest.mark.parametrize(("text", "expected"), SAYS.items())
def test_countries_are_read_with_their_groups(find, text, expected):
    assert {(one.kind, one.values) for one in find(text)} == expected


@pytest.mark.parametrize("text", SILENT)
def test_other_places_are_no_countries_of_applicants(find, text):
    assert {one.kind for one in find(text)} & {Kind.COUNTRY, Kind.EXCLUDED_COUNTRY} == set()


def test_groups_that_have_no_code_make_the_list_uncertain(find):
    text = "Participation is limited to bodies established in Member States and low-income countries."
    assert find(text) == ()
