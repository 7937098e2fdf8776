"""Forms of words that stand in topic texts and call documents: lists without line ends, tables of participation,
running grants, whole consortia, closed groups of countries."""

from __future__ import annotations

import pytest

from matcher.model import CriterionKind as Kind
from matcher.model import Role

COORDINATOR = Role.COORDINATOR

SAYS = {
    # lists that lost their line ends
    "Consortia must include, as partners:at least two municipalities;at least three universities.": {
        (Kind.MIN_APPLICANTS, ("2",), None),
        (Kind.MUST_INCLUDE_KIND, ("local_authority",), None),
        (Kind.MUST_INCLUDE_KIND, ("research", "education"), None),
    },
    "The consortium must have, as beneficiaries:- A minimum of four (4) to a maximum of nine (9) partners."
    "- At least two SMEs.": {
        (Kind.MIN_APPLICANTS, ("4",), None),
        (Kind.MAX_APPLICANTS, ("9",), None),
        (Kind.MUST_INCLUDE_KIND, ("sme",), None),
    },
    "Applicants must be established in one of these countries:The Member States;Countries associated to the "
    "programme;Brazil, Chile or Peru. The work can take place anywhere.": {
        (Kind.COUNTRY, ("eu", "associated", "BR", "CL", "PE"), None),
    },
    "The following conditions apply:This call requires the participation, as beneficiaries, of:at least four "
    "different towns.": {
        (Kind.MIN_APPLICANTS, ("4",), None),
        (Kind.MUST_INCLUDE_KIND, ("local_authority",), None),
    },
    # whole consortia
    "The application must include only:\n- One organisation from a village.\n- One organisation from a capital.": {
        (Kind.MIN_APPLICANTS, ("2",), None),
        (Kind.MAX_APPLICANTS, ("2",), None),
    },
    "You can apply either as:- A single legal entity- A consortium of minimum four independent legal entities.": {
        (Kind.MIN_APPLICANTS, ("1",), None),
    },
    "At least five towns, represented by their mayors, each from a different Member State or associated country, have "
    "to be among the beneficiaries.": {
        (Kind.MIN_APPLICANTS, ("5",), None),
        (Kind.MIN_COUNTRIES, ("5",), None),
        (Kind.MUST_INCLUDE_KIND, ("local_authority",), None),
    },
    "The partnership must involve at least four organisations from four countries that are museums or universities or "
    "research institutes.": {(Kind.MIN_APPLICANTS, ("4",), None), (Kind.MIN_COUNTRIES, ("4",), None)},
    "The call requires at least four partners from four different countries that are schools or universities.": {
        (Kind.MIN_APPLICANTS, ("4",), None),
        (Kind.MIN_COUNTRIES, ("4",), None),
        (Kind.MUST_INCLUDE_KIND, ("research", "education"), None),
    },
    "The consortium involves at least four organisations from four different EU Member States and third countries.": {
        (Kind.MIN_APPLICANTS, ("4",), None),
        (Kind.MIN_COUNTRIES, ("4",), None),
    },
    "The proposal must be submitted by at least four independent legal entities:Each based in a different Member "
    "State or associated country; and three of which are established in a Member State.": {
        (Kind.MIN_APPLICANTS, ("4",), None),
        (Kind.INDEPENDENT, ("4",), None),
        (Kind.MIN_COUNTRIES, ("4",), None),
        (Kind.MIN_MEMBER_STATES, ("3",), None),
    },
    "At least four lead cities, represented by their mayors, from different Member States or associated countries, "
    "have to take part as beneficiaries.": {
        (Kind.MIN_APPLICANTS, ("4",), None),
        (Kind.MIN_COUNTRIES, ("4",), None),
        (Kind.MUST_INCLUDE_KIND, ("local_authority",), None),
    },
    "Grants of this call are always mono-beneficiary grants.": {(Kind.MAX_APPLICANTS, ("1",), None)},
    # who
    "This call is about operating grants for non-profit making entities that work on water.": {
        (Kind.APPLICANT_KIND, ("non_profit",), None),
    },
    "The call targets public local and regional authorities (or groupings of these).": {
        (Kind.APPLICANT_KIND, ("local_authority", "regional_authority"), None),
    },
    "Participation is limited to SMEs, including start-ups, or mid-caps established in the Union or in Norway.": {
        (Kind.APPLICANT_KIND, ("for_profit", "sme"), None),
        (Kind.COUNTRY, ("eu", "NO"), None),
    },
    "The coordinator of the project must be a school or a network of such organisations.": {
        (Kind.APPLICANT_KIND, ("education",), COORDINATOR),
    },
    "This call targets towns with a plan for the climate.": {(Kind.APPLICANT_KIND, ("local_authority",), None)},
    "Until the measure is lifted no grant, nor financial support to third parties, can be signed with Hungarian public "
    "interest trusts.": {(Kind.EXCLUDED_BODY, ("hungarian_public_interest_trust",), None)},
    "Profit-oriented bodies may apply only as co-applicants.": {(Kind.EXCLUDED_KIND, ("for_profit",), COORDINATOR)},
    # who was chosen before
    "Applications must be submitted by the coordinator of the partnership funded under topic AMIF-2030-CARE.": {
        (Kind.INVITED, ("yes",), COORDINATOR),
    },
    "Proposals must be submitted by the coordinator of an ongoing project.": {
        (Kind.EXPERIENCE, ("led_eu_project",), COORDINATOR),
    },
    "The call is open to researchers whose main grant is ongoing.": {(Kind.EXPERIENCE, ("led_eu_project",), None)},
    "Participation as coordinators is limited to bodies that are or have been coordinator of a Horizon 2020 project.": {
        (Kind.EXPERIENCE, ("led_eu_project",), COORDINATOR),
    },
    # roles
    "Taking part is possible not only as beneficiaries (or affiliated entities) but also as associated partners.": {
        (Kind.ROLE, ("affiliated_entity",), None),
        (Kind.ROLE, ("associated_partner",), None),
    },
    "Affiliated entities are eligible for funding as well.": {(Kind.ROLE, ("affiliated_entity",), None)},
    "Associated partners may take part at their own cost.": {(Kind.ROLE, ("associated_partner",), None)},
    # where
    "Participation is limited to bodies established in Member States, Korea and the USA.": {
        (Kind.COUNTRY, ("eu", "KR", "US"), None),
    },
    "Participation is limited to bodies established in Member States and Mercosur countries.": {
        (Kind.COUNTRY, ("eu", "AR", "BR", "PY", "UY"), None),
    },
    "Only entities established in the following programme countries are eligible:\n- the Member States\n"
    "- the EEA countries: Iceland, Liechtenstein, Norway\n- Serbia": {(Kind.COUNTRY, ("eu", "eea", "RS"), None)},
    "The coordinator must be established in a Member State.": {(Kind.COUNTRY, ("eu",), COORDINATOR)},
    "The lead partner must be a public authority established in Greece.": {
        (Kind.APPLICANT_KIND, ("public_body",), COORDINATOR),
        (Kind.COUNTRY, ("GR",), COORDINATOR),
    },
    "The applicants must be: a public body; a non-profit organisation; or an international organisation.": {
        (Kind.APPLICANT_KIND, ("public_body", "non_profit", "international_organisation"), None),
    },
    "Participation is limited to bodies established in Member States and these Associated Countries: "
    "Norway and Israel.": {(Kind.COUNTRY, ("eu", "NO", "IL"), None)},
    "Contestants must be located in a Member State or a candidate country, and must have a plan of at least a page.": {
        (Kind.COUNTRY, ("eu", "AL", "BA", "GE", "MD", "ME", "MK", "RS", "TR", "UA"), None),
    },
    "Participation is limited to bodies located in candidate countries and potential candidates.": {
        (Kind.COUNTRY, ("AL", "BA", "GE", "MD", "ME", "MK", "RS", "TR", "UA", "XK"), None),
    },
    "Applicants must be established in a Member State or in candidate countries that are associated.": {
        (Kind.COUNTRY, ("eu", "associated"), None),
    },
    "Eligible countries: An overview:Grants are open to persons of any nationality, residing anywhere in the world. "
    "The host institution must be established in a Member State.": {(Kind.COUNTRY, ("eu",), None)},
    # money and time
    "The grants may be up to EUR 900 000 for a period of 3 years.": {
        (Kind.GRANT_MAX, ("900000",), None),
        (Kind.DURATION_MAX, ("36",), None),
    },
    "The grant is EUR 90 000 for a period of 9 months.": {
        (Kind.DURATION_MIN, ("9",), None),
        (Kind.DURATION_MAX, ("9",), None),
    },
    "The expected duration of the project is between 12 and 15 months.[1] Each website has more.": {
        (Kind.DURATION_MIN, ("12",), None),
        (Kind.DURATION_MAX, ("15",), None),
    },
    "Rate and contribution: Maximum funding rate: 85%Maximum EU contribution: Proposals would ask for EUR 1 million.": {
        (Kind.FUNDING_RATE, ("85",), None),
        (Kind.GRANT_MAX, ("1000000",), None),
    },
    "The work of the consortium funded at 100% goes on beside support to third parties.": {
        (Kind.FUNDING_RATE, ("100",), None),
    },
    "It is estimated that an EU grant is apt. The office estimates that an EU contribution of around EUR 3.00 million "
    "would do.": {(Kind.GRANT_MAX, ("3000000",), None)},
    "The grant is awarded as a single lump sum (by beneficiary, where applicable), on an estimate of the costs.": {
        (Kind.LUMP_SUM, ("yes",), None),
    },
    "A grant is a maximum of EUR 2 million per selected pilot project.": {(Kind.GRANT_MAX, ("2000000",), None)},
    "Four prizes: EUR 12 000 each.": {(Kind.GRANT_MAX, ("12000",), None)},
    "A contribution from the EU of up to EUR 3 million for one proposal is seen as appropriate.": {
        (Kind.GRANT_MAX, ("3000000",), None),
    },
    "The funding consists of lump sums.\nThe single lump sums are EUR 60 000 or EUR 90 000.": {
        (Kind.LUMP_SUM, ("60000", "90000"), None),
    },
    "Implementation of the project should take place within a maximum period of 3 years.": {
        (Kind.DURATION_MAX, ("36",), None),
    },
    "The total sum that goes as financial support to each third party is up to EUR 30 000.": {
        (Kind.SUB_GRANT_MAX, ("30000",), None),
    },
    "Financial support to third parties may be considered.": {(Kind.SUB_GRANTS, ("yes",), None)},
    "Beneficiaries may give financial support to third parties as grants only. No other cascade funding is foreseen.": {
        (Kind.SUB_GRANTS, ("yes",), None),
    },
}  # fmt: skip

SILENT = (
    "Applicants must be established in a Member State or in candidate countries, in line with their agreements.",
    "Such works must be useful to all and may not exceed 30% of the total eligible costs of the project.",
    "For old ships the grant amount is limited to a maximum of EUR 2 million per ship.",
    "All activities in the second challenge together get at most 9 million euros of EU funding.",
    "The support to third parties is given as prizes up to the total amount of EUR 40 000 for the one contest.",
    "A co-financing of at least 20% must come from other resources than the EU budget.",
    "Sub-projects have an indicative duration of up to 36 months.",
    "The call for third parties must remain open for a minimum of 2 months, during the project's duration.",
    "Each start-up could receive a grant ranging from EUR 100 000 to EUR 900 000.",
    "Other international organisations are not eligible unless the granting authority needs them.",
    "Organisations which are profit-oriented must apply in partnership with public bodies.",
    "Where entities established in a third country take part, the coordinator must be established in Italy.",
    "Whoever is established in a Member State, or in any third country not associated, can participate.",
    "In topics marked as restricted, participation is limited to bodies established in Member States.",
    "The proposal must include at least one organisation from a port or a consortium that knows the sea.",
    "This call targets young people with a plan for the climate.",
    "At least one legal entity must be established in a Member State, or in an associated country.",
)


@pytest.mark.parametrize(("text", "expected"), SAYS.items())
def test_a_form_is_read(find, text, expected):
    assert {(one.kind, one.values, one.role) for one in find(text)} == expected


@pytest.mark.parametrize("text", SILENT)
def test_what_only_looks_like_a_condition_is_not_certain(find, text):
    assert find(text) == ()


def test_an_item_of_a_glued_list_is_quoted_with_the_words_that_lead_it(find):
    text = "We are glad. Consortia must include, as partners:at least two towns;at least one museum. Good luck."
    one = find(text)[0]
    assert one.quote.text == text[one.quote.start : one.quote.end]
    assert one.quote.text.startswith("Consortia must include, as partners:at least two towns")


def test_a_glued_list_that_is_too_long_to_be_read_to_its_end_is_not_taken_for_whole(find):
    rest = " and the isles on the far side of the sea" * 60
    led = "Applicants must be established in one of these countries:The Member States;"
    assert {one.values for one in find(f"{led}Chile. Good luck.")} == {("eu", "CL")}
    assert find(f"{led}Chile{rest}; Peru. Good luck.") == ()


TABLE = (
    "Eligibility\nTopic | Participation of international organisations as | Participation of profit making bodies as\n"
    "AMIF-2031-TF2-AG-CALL-01-CARE | Not eligible | Co-applicant\n"
    "AMIF-2031-TF2-AG-CALL-02-WORK | Coordinator and co-applicant | Not eligible"
)


def test_a_table_says_as_what_kinds_of_bodies_take_part_in_each_topic(find):
    assert {(one.kind, one.values, one.role, one.topics[0][-7:]) for one in find(TABLE, place="document:x")} == {
        (Kind.EXCLUDED_KIND, ("international_organisation",), None, "01-CARE"),
        (Kind.EXCLUDED_KIND, ("for_profit",), COORDINATOR, "01-CARE"),
        (Kind.EXCLUDED_KIND, ("for_profit",), None, "02-WORK"),
    }


CHAPTERS = (
    "Topics: AMIF-2031-TF2-AG-CALL-01-CARE and AMIF-2031-TF2-AG-CALL-02-WORK\n"
    "Topic 1 – Care for those who arrive in a country that they do not know and whose language they do not speak\n"
    "Proposals must be submitted by:\n• minimum three applicants.\n"
    "Topic 2 – Work\nProposals must be submitted by:\n• minimum five applicants."
)


def test_a_topic_is_known_by_the_number_in_its_code(find):
    assert {(one.values, one.topics[0][-7:]) for one in find(CHAPTERS)} == {(("3",), "01-CARE"), (("5",), "02-WORK")}


def test_least_numbers_that_differ_are_doubted_where_topics_were_not_told_apart(find):
    text = CHAPTERS.replace("Topic 1 – ", "").replace("Topic 2 – ", "")
    assert find(text) == ()
    assert {one.values for one in find(text, least=0)} == {("3",), ("5",)}
