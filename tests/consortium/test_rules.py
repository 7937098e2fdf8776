"""Each consortium rule on drafts that hold, fail, or leave it open, with what repairs them."""

from datetime import date

import pytest

from matcher.eligibility.consortium import CONSORTIUM_RULES, with_member
from matcher.model import Answer, ApplicantKind, Basis, Deadline, Gap, Quote, Role

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
TOWN, NGO = "local_authority", "civil_society"


@pytest.fixture
def riga(member):
    return member("Riga", "LV", TOWN, role="coordinator", nuts="LV00A", population=600_000)


@pytest.fixture
def athens(member):
    return member("Athens", "GR", TOWN, nuts="EL303", population=640_000)


def test_a_third_country_that_is_missing_is_asked_for_by_name(checked, make_call, riga, athens):
    found = checked([riga, athens], make_call(("min_countries", 3)))["min_countries"]

    assert (found.answer, found.missing) == (NOT_MET, 1)
    assert found.gap == Gap(other_countries=("GR", "LV"))
    assert found.remedy == "A partner from a third country, not Greece or Latvia."
    assert found.basis is Basis.CALL_DOCUMENT


def test_a_member_without_country_may_be_the_third_country(checked, make_call, member, riga, athens):
    call = make_call(("min_countries", 3))

    found = checked([riga, athens, member("Melissa")], call)["min_countries"]

    assert (found.answer, found.gap) == (UNKNOWN, None)
    assert found.remedy == "Find out in which country Melissa is established."


def test_a_member_without_country_opens_nothing_where_it_cannot_be_enough(checked, make_call, member, riga):
    found = checked([riga, member("Melissa")], make_call(("min_countries", 4)))["min_countries"]

    assert (found.answer, found.missing) == (NOT_MET, 2)


def test_a_country_outside_the_programme_counts_towards_nothing(checked, make_call, member, riga, athens):
    """Denmark takes no part in AMIF: Regulation (EU) 2021/1147."""
    draft = [riga, athens, member("Copenhagen", "DK", TOWN)]

    found = checked(draft, make_call(("min_applicants", 3), ("min_countries", 3)))

    assert found["min_applicants"].answer is NOT_MET
    assert found["min_countries"].answer is NOT_MET
    assert found["member:Copenhagen"].answer is NOT_MET
    assert "without funding" in found["member:Copenhagen"].remedy


@pytest.mark.parametrize("role", ["associated_partner", "affiliated_entity", "sub_grantee"])
def test_who_gets_no_seat_of_its_own_does_not_count(checked, make_call, member, riga, athens, role):
    third = member("Utrecht", "NL", TOWN, role=role)

    found = checked([riga, athens, third], make_call(("min_applicants", 3), ("min_countries", 3)))

    assert found["min_applicants"].answer is NOT_MET
    assert found["min_countries"].answer is NOT_MET


def test_affiliated_entities_count_where_the_call_says_so(checked, make_call, member, riga):
    call = make_call(("min_applicants", 2), ("affiliated", "counted"))

    assert checked([riga, member("Museum", "LV", NGO, role="affiliated_entity")], call)["min_applicants"].answer is MET


def test_affiliated_entities_do_not_count_where_that_was_read_with_doubt(checked, make_call, criterion, member, riga):
    call = make_call(("min_applicants", 2), criterion("affiliated", "counted", confidence=0.5))
    museum = member("Museum", "LV", NGO, role="affiliated_entity")

    assert checked([riga, museum], call)["min_applicants"].answer is NOT_MET


def test_the_call_document_wins_over_the_topic_conditions(checked, make_call, criterion, riga, athens):
    call = make_call(("min_applicants", 3), criterion("min_applicants", 2, basis=Basis.TOPIC_CONDITIONS))

    assert checked([riga, athens], call)["min_applicants"].answer is NOT_MET


def test_of_several_least_numbers_the_largest_governs(checked, make_call, riga, athens):
    assert (
        checked([riga, athens], make_call(("min_applicants", 2), ("min_applicants", 3)))["min_applicants"].missing == 1
    )


def test_what_was_read_with_doubt_is_shown_but_answers_nothing(checked, make_call, criterion, riga):
    quote = Quote(text="at least three applicants", place="document:abc", start=0, end=25, page=7)
    call = make_call(criterion("min_applicants", 3, confidence=0.5, quote=quote))

    found = checked([riga], call)["min_applicants"]

    assert (found.answer, found.gap, found.quote) == (UNKNOWN, None, quote)


def test_silence_is_unknown_and_says_where_to_read(checked, make_call, riga):
    found = checked([riga], make_call(identifier="AMIF-X", programme=None))

    assert found["min_applicants"].answer is UNKNOWN
    assert "call document" in found["min_countries"].remedy


def test_too_many_applicants_cannot_be_repaired_by_another(checked, make_call, riga, athens):
    found = checked([riga, athens], make_call(("max_applicants", 1)))["max_applicants"]

    assert (found.answer, found.gap, found.missing) == (NOT_MET, None, 1)
    assert checked([riga], make_call(("max_applicants", 1)))["max_applicants"].answer is MET


def test_member_states_are_counted_apart_from_other_countries(checked, make_call, member, riga):
    call = make_call(("min_member_states", 2), programme="CERV", identifier="CERV-X")
    draft = [riga, member("Tirana", "AL", TOWN)]

    found = checked(draft, call)["min_member_states"]

    assert found.answer is NOT_MET
    assert "GR" in found.gap.countries
    assert not {"LV", "AL"} & set(found.gap.countries)


def test_one_of_several_kinds_is_enough_but_each_of_those_named_together_is_needed(
    checked, make_call, criterion, member, riga
):
    one_of = make_call(("must_include_kind", NGO, "international_organisation"))
    each = make_call(criterion("must_include_kind", NGO, "international_organisation", together=True))
    draft = [riga, member("Melissa", "GR", NGO)]

    assert checked(draft, one_of)["must_include:civil_society+international_organisation"].answer is MET
    assert checked(draft, each)["must_include:civil_society"].answer is MET
    missing = checked(draft, each)["must_include:international_organisation"]
    assert (missing.answer, missing.gap) == (NOT_MET, Gap(kinds=(ApplicantKind.INTERNATIONAL_ORGANISATION,)))


def test_a_body_whose_kind_is_not_known_may_be_the_kind_that_is_needed(checked, make_call, member, riga):
    found = checked([riga, member("Melissa", "GR")], make_call(("must_include_kind", NGO)))

    assert found["must_include:civil_society"].answer is UNKNOWN


def test_a_draft_needs_one_coordinator(checked, make_call, member, riga, athens):
    call = make_call()

    nobody = checked([athens], call)["coordinator"]
    two = checked([riga, athens.model_copy(update={"role": Role.COORDINATOR})], call)

    assert (nobody.answer, nobody.gap) == (NOT_MET, Gap(role=Role.COORDINATOR))
    assert two["coordinator"].answer is MET
    assert two["one_coordinator"].answer is NOT_MET


def test_a_coordinator_of_the_wrong_kind_is_told_who_could_lead_instead(checked, make_call, criterion, member, athens):
    call = make_call(criterion("applicant_kind", NGO, TOWN), criterion("applicant_kind", TOWN, role=Role.COORDINATOR))
    melissa = member("Melissa", "GR", NGO, role="coordinator")

    found = checked([melissa, athens], call)

    assert found["coordinator_kind"].answer is NOT_MET
    assert found["coordinator_kind"].remedy == "Let Athens lead."
    assert found["coordinator_kind"].gap == Gap(kinds=(ApplicantKind.LOCAL_AUTHORITY,), role=Role.COORDINATOR)
    assert found["member:Melissa"].answer is MET


def test_a_new_leader_makes_the_old_one_a_beneficiary(riga, athens):
    draft = with_member([riga], athens.model_copy(update={"role": Role.COORDINATOR}))

    assert [(one.name, one.role) for one in draft] == [("Riga", Role.BENEFICIARY), ("Athens", Role.COORDINATOR)]


def test_towns_of_different_countries_are_independent_others_are_asked(checked, make_call, member, riga, athens):
    call = make_call(("independent", 2))

    assert checked([riga, athens], call)["independent"].answer is MET
    open_ = checked([riga, member("Melissa", "GR", NGO)], call)["independent"]
    assert open_.answer is UNKNOWN
    assert "controls" in open_.remedy
    assert checked([riga], call)["independent"].answer is NOT_MET


def test_the_same_body_twice_is_told(checked, make_call, member):
    draft = [member("Riga", "LV", TOWN, profile="riga"), member("City of Riga", "LV", TOWN, profile="riga")]

    assert checked(draft, make_call())["each_once"].answer is NOT_MET
    assert "each_once" not in checked([member("A", "LV"), member("B", "LV")], make_call())


def test_town_twinning_takes_one_applicant_and_a_second_town_without_money(checked, make_call, member, riga):
    """Funding portal of Cyprus on the call of 2026: municipalities of two countries, one in the EU."""
    call = make_call(programme="CERV", identifier="CERV-2026-CITIZENS-TOWN-TT")
    twin = member("Ioannina", "GR", TOWN, role="associated_partner")

    alone, both = checked([riga], call), checked([riga, twin], call)

    assert alone["min_applicants"].answer is MET
    assert alone["min_countries"].answer is NOT_MET
    assert both["min_countries"].answer is MET
    assert both["min_member_states"].answer is MET
    assert both["min_countries"].basis is Basis.PROGRAMME_RULE
    assert both["min_countries"].reason.startswith("Usual for this action (CERV town twinning)")
    assert "https://www.mreza-mira.net" in both["min_countries"].reference


def test_what_the_call_says_replaces_what_is_usual_for_its_action(checked, make_call, riga):
    call = make_call(("min_applicants", 2), programme="CERV", identifier="CERV-2026-CITIZENS-TOWN-TT")

    found = checked([riga], call)

    assert found["min_applicants"].answer is NOT_MET
    assert not found["min_applicants"].reason.startswith("Usual")
    assert found["min_countries"].reason.startswith("Usual")


def urbact(make_call):
    return make_call(programme="URBACT", identifier="X", title="URBACT IV, action planning networks, call 2023")


def test_urbact_wants_seven_of_ten_from_less_rich_regions(checked, make_call, member):
    poor = [member(f"poor {n}", "LV", TOWN, nuts="LV00A") for n in range(6)]
    rich = [member(f"rich {n}", "CZ", TOWN, nuts="CZ010") for n in range(4)]

    short = checked([*poor, *rich], urbact(make_call))["region_share"]

    assert short.answer is NOT_MET
    assert set(short.gap.categories) == {"less developed", "transition"}
    filled = [member(f"new {n}", "LV", TOWN, nuts="LV00A") for n in range(short.missing)]
    assert checked([*poor, *rich, *filled], urbact(make_call))["region_share"].answer is MET
    assert checked([*poor, *rich, *filled[1:]], urbact(make_call))["region_share"].answer is NOT_MET


def test_a_region_whose_category_is_not_known_leaves_the_share_open(checked, make_call, member):
    draft = [member("known", "LV", TOWN, nuts="LV00A"), member("unknown", "BE", TOWN)]

    assert checked(draft, urbact(make_call))["region_share"].answer is UNKNOWN


def test_interreg_europe_s_first_call_wanted_all_four_parts_of_the_area(checked, make_call, member, riga, athens):
    deadlines = (Deadline(day=date(2022, 5, 31)),)
    call = make_call(programme="INTERREG-EUROPE", identifier="X", deadlines=deadlines)
    draft = [riga, athens, member("Prague", "CZ", TOWN)]

    found = checked(draft, call)["parts"]

    assert (found.answer, found.missing) == (NOT_MET, 1)
    assert set(found.gap.countries) == {"BE", "CH", "FR", "IE", "LU", "NL"}
    assert checked([*draft, member("Utrecht", "NL", TOWN)], call)["parts"].answer is MET


def eui(make_call):
    return make_call(programme="EUI", identifier="EUI-IA", deadlines=(Deadline(day=date(2024, 10, 14)),))


@pytest.mark.parametrize(
    ("lead", "partner", "answer"),
    [
        (50_000, 10, MET),
        (30_000, 20_000, UNKNOWN),
        (30_000, 60_000, UNKNOWN),
        (30_000, None, UNKNOWN),
        (30_000, 10_000, NOT_MET),
    ],
)
def test_fifty_thousand_inhabitants_alone_or_perhaps_together(checked, make_call, member, lead, partner, answer):
    draft = [
        member("lead", "LV", TOWN, role="coordinator", population=lead),
        member("partner", "LV", TOWN, population=partner),
    ]

    found = checked(draft, eui(make_call))["inhabitants"]

    assert found.answer is answer
    if answer is NOT_MET:
        assert found.gap == Gap(kinds=(ApplicantKind.LOCAL_AUTHORITY,), role=Role.COORDINATOR, population=50_000)
        assert "10,000 more" in found.remedy


def test_a_group_is_told_to_find_out_its_degree_of_urbanisation(checked, make_call, member):
    draft = [member("a", "LV", TOWN, role="coordinator", population=40_000), member("b", "LV", TOWN, population=40_000)]

    assert checked(draft, eui(make_call))["inhabitants"].remedy.startswith("Find out whether each of them is a city")


def test_a_partner_that_is_large_enough_is_named_to_lead(checked, make_call, member):
    draft = [member("a", "LV", TOWN, role="coordinator", population=40_000), member("b", "LV", TOWN, population=60_000)]

    assert checked(draft, eui(make_call))["inhabitants"].remedy.startswith("Let b lead.")


def test_an_international_organisation_counts_but_brings_no_country(checked, make_call, member, riga):
    """The call takes them wherever they are, beside bodies of the EU."""
    country = ("country", "eu", "international_organisation")
    call = make_call(("min_applicants", 2), ("min_countries", 2), country)
    draft = [riga, member("Council of Europe", "US", "international_organisation")]

    found = checked(draft, call)

    assert found["member:Council of Europe"].answer is MET
    assert found["min_applicants"].answer is MET
    assert found["min_countries"].answer is NOT_MET


def test_a_single_person_s_lack_of_partners_shuts_nobody_out(checked, make_call, riga):
    """A duty of the consortium is never told as a condition of one member."""
    found = checked([riga], make_call(("min_applicants", 5), ("min_countries", 5)))

    assert found["min_applicants"].answer is NOT_MET
    assert found["member:Riga"].answer is MET


def test_a_national_call_knows_no_coordinator_of_the_grant_agreement(checked, make_call, athens):
    call = make_call(kind="call", national={"country": "GR"}, programme="AMIF-NATIONAL")

    assert "coordinator" not in checked([athens], call)


def test_who_leads_rests_on_the_act_that_holds_for_the_programme(checked, make_call, riga):
    assert "model grant agreement" in checked([riga], make_call())["coordinator"].reference
    assert "2021/1059" in checked([riga], make_call(programme="INTERREG-EUROPE"))["coordinator"].reference
    assert "coordinator" not in checked([riga], make_call(kind="cascade"))


def test_every_rule_names_its_question_and_its_law():
    names = [rule.name for rule in CONSORTIUM_RULES]
    assert len(set(names)) == len(names)
    assert all(rule.label.endswith("?") and rule.reference and rule.judge.__doc__ for rule in CONSORTIUM_RULES)
