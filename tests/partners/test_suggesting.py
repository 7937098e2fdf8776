"""Each suggestion repairs a failing condition by the rules of the consortium, in a role that fits, and says why."""

from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.eligibility.consortium import check, with_member
from matcher.model import (
    Answer,
    ApplicantKind,
    Board,
    Member,
    OrganisationKind,
    OrganisationType,
    ProjectRole,
    Role,
    lacking,
)
from matcher.partners import Candidate, Engagement, Nearness, gather, suggest
from matcher.partners.candidate import is_member
from matcher.partners.signals import Fit
from matcher.wording.partners import place_words

DAY = date(2026, 10, 8)

NGO = (ApplicantKind.NON_PROFIT,)
TOWN = (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY)
MIGRANT_LED, MUNICIPALITY = OrganisationType.MIGRANT_LED, OrganisationType.MUNICIPALITY


def one(id, country="DE", kinds=NGO, led=0, joined=0, **fields):
    """A candidate that led and joined so many projects under earlier editions of the call."""
    roles = [ProjectRole.COORDINATOR] * led + [ProjectRole.PARTICIPANT] * joined
    past = tuple(
        Engagement(project=f"P{number}", role=role, year=2024, source="funded_projects", nearness=Nearness.LINE)
        for number, role in enumerate(roles)
    )
    return Candidate(id=id, name=id, country=country, kinds=kinds, past=past, **fields)


@pytest.fixture
def ask(make_call, reference):
    """Suggestions for a draft of members before a call with these conditions."""

    def run(candidates, *members, asking=MIGRANT_LED, fits=(), **conditions):
        call = make_call(**conditions)
        checked = partial(check, call=call, on=DAY, reference=reference)
        board = Board(call=call, members=members, conditions=checked(members))
        return suggest(candidates, board, checked, dict(fits), asking, DAY)

    return run


def ids(found):
    return [suggestion.candidate.id for suggestion in found]


GREEK = Member(name="Asking", country="GR", kinds=NGO, role=Role.BENEFICIARY)
LEAD = Member(name="Lead", country="FR", kinds=NGO, role=Role.COORDINATOR)


def test_who_repairs_more_comes_first(ask):
    found = ask([one("same", "GR"), one("other", "DE")], GREEK, LEAD, min_applicants="3", min_countries="3")
    assert ids(found.repairing) == ["other", "same"]
    assert found.repairing[0].repairs == ("min_applicants", "min_countries")
    assert found.repairing[1].repairs == ("min_applicants",)
    assert found.strengthening == ()


def test_who_repairs_nothing_is_no_repair(ask):
    found = ask([one("same", "GR"), one("other", "DE")], GREEK, LEAD, min_applicants="2", min_countries="3")
    assert ids(found.repairing) == ["other"]
    assert ids(found.strengthening) == ["same"]
    assert found.strengthening[0].repairs == ()


def test_where_nothing_is_missing_nobody_repairs(ask):
    found = ask([one("other")], GREEK, LEAD, min_applicants="2", min_countries="2")
    assert (ids(found.repairing), ids(found.strengthening)) == ([], ["other"])


def test_a_full_draft_takes_nobody(ask):
    found = ask([one("other")], GREEK, LEAD, min_applicants="2", max_applicants="2")
    assert (found.repairing, found.strengthening) == ((), ())


def test_who_cannot_be_funded_is_not_suggested(ask):
    """The United Kingdom takes no part in AMIF 2021-2027."""
    found = ask([one("british", "GB", led=3), one("danish", "DK"), one("german", "DE")], GREEK, min_applicants="3")
    assert ids(found.repairing) == ["german"]
    assert found.repairing[0].place.answer is Answer.MET


def test_a_member_of_the_draft_is_not_suggested(ask):
    people = [one("asking", "GR"), one("LEAD", "FR"), one("coded", "DE", pic="911111111"), one("free", "DE")]
    coded = Member(name="By another name", country="DE", pic="911111111")
    assert ids(ask(people, GREEK, LEAD, coded, min_applicants="9").repairing) == ["free"]


def test_a_town_is_known_again_by_its_city_whatever_the_language_of_its_name(ask):
    riga = Member(name="Riga City Council", country="LV", kinds=TOWN)
    people = [
        one("Rīgas valstspilsētas pašvaldība", "LV", TOWN, city="RĪGA"),
        one("Rīgas Universitāte", "LV", (ApplicantKind.EDUCATION,), city="RĪGA"),
        one("Ogres novada pašvaldība", "LV", TOWN, city="Ogre"),
        one("Riga", "EE", TOWN, city="Riga"),
    ]
    found = ask(people, riga, min_applicants="9")
    assert set(ids(found.repairing)) == {"Ogres novada pašvaldība", "Rīgas Universitāte", "Riga"}


def test_small_bodies_join_and_experienced_ones_lead(ask):
    found = ask([one("small"), one("experienced", led=1), one("partner", joined=4)], GREEK, min_applicants="3")
    advised = {suggestion.candidate.id: (suggestion.role, suggestion.advice.role) for suggestion in found.repairing}
    assert advised == {
        "experienced": (Role.COORDINATOR, Role.COORDINATOR),
        "small": (Role.BENEFICIARY, Role.BENEFICIARY),
        "partner": (Role.BENEFICIARY, Role.BENEFICIARY),
    }
    assert all(suggestion.advice.reason and suggestion.advice.source for suggestion in found.repairing)


def test_an_experienced_one_joins_where_somebody_leads(ask):
    (found,) = ask([one("experienced", led=2)], GREEK, LEAD, min_applicants="3").repairing
    assert (found.role, found.advice.role) == (Role.BENEFICIARY, Role.COORDINATOR)


def test_that_only_a_lead_is_missing_does_not_hide_who_could_join(ask):
    found = ask([one("experienced", led=1), one("small")], GREEK)
    assert [(s.candidate.id, s.role) for s in found.repairing] == [("experienced", Role.COORDINATOR)]
    assert [(s.candidate.id, s.role) for s in found.strengthening] == [("small", Role.BENEFICIARY)]


def test_a_lead_of_the_wanted_kind_is_found_without_experience_and_it_is_said(ask, make_call, reference):
    """The call lets only towns lead; the draft's lead is none and steps back."""
    from matcher.model import Basis, Criterion, CriterionKind

    criterion = Criterion(
        kind=CriterionKind.APPLICANT_KIND,
        values=("local_authority",),
        role=Role.COORDINATOR,
        basis=Basis.CALL_DOCUMENT,
    )
    call = make_call().model_copy(update={"criteria": (criterion,)})
    checked = partial(check, call=call, on=DAY, reference=reference)
    board = Board(call=call, members=(LEAD,), conditions=checked((LEAD,)))
    assert "coordinator_kind" in {rule for rule, _ in board.lacking}
    found = suggest([one("town", kinds=TOWN), one("club")], board, checked, {}, MIGRANT_LED, DAY)
    assert [(s.candidate.id, s.role, s.advice.role) for s in found.repairing] == [
        ("town", Role.COORDINATOR, Role.BENEFICIARY)
    ]
    assert place_words(found.repairing[0]) == "Can be funded, as far as country and kind tell; its kind may lead."


def test_what_is_known_of_who_may_lead_is_said(ask):
    (found,) = ask([one("experienced", led=1)], GREEK).repairing
    assert (found.role, found.lead.answer) == (Role.COORDINATOR, Answer.MET)
    assert place_words(found).endswith("; its kind may lead.")
    silent = found.model_copy(update={"lead": None})
    assert "no further condition on who leads is known" in place_words(silent)


def test_a_kind_that_is_missing_is_repaired_by_who_is_or_may_be_of_it(ask):
    people = [
        one("town", kinds=TOWN),
        one("public", kinds=(ApplicantKind.PUBLIC_BODY,), possible=(ApplicantKind.LOCAL_AUTHORITY,)),
        one("club"),
        one("association", kinds=(), possible=NGO, kind=OrganisationKind.OTHER),
    ]
    found = ask(people, GREEK, LEAD, must_include_kind="local_authority")
    repaired = {s.candidate.id: s for s in found.repairing}
    assert set(repaired) == {"town", "public"}
    assert repaired["town"].perhaps == ()
    assert repaired["public"].perhaps == repaired["public"].repairs, "the register does not tell towns from ministries"
    assert {"club", "association"} <= set(ids(found.strengthening))


def test_what_is_not_known_is_said_and_comes_after_what_is(ask):
    sure, unknown = ask([one("a", kinds=()), one("b")], GREEK, LEAD, min_applicants="3").repairing
    assert (sure.candidate.id, sure.place.answer) == ("b", Answer.MET)
    assert (unknown.candidate.id, unknown.place.answer) == ("a", Answer.UNKNOWN)
    assert "kind of organisation" in unknown.candidate.not_known


def test_a_municipality_meets_migrant_led_ones_first_among_equals(ask):
    people = [one("a-club"), one("b-migrants", type=MIGRANT_LED)]
    for_town = ask(people, GREEK, LEAD, min_applicants="3", asking=MUNICIPALITY)
    assert ids(for_town.repairing) == ["b-migrants", "a-club"]
    assert any("MILE policy brief 3" in reason for reason in for_town.repairing[0].reasons)
    assert ids(ask(people, GREEK, LEAD, min_applicants="3", asking=MIGRANT_LED).repairing) == ["a-club", "b-migrants"]


def test_nearness_and_experience_count_and_equals_come_by_id(ask):
    people = [one("c"), one("b"), one("a"), one("near"), one("done", joined=6)]
    fits = {"near": Fit(1.0, "it took part in WIT1")}
    found = ask(people, GREEK, LEAD, min_applicants="3", fits=fits)
    assert ids(found.repairing) == ["near", "done", "a", "b", "c"]
    assert "Near to what the call is about: it took part in WIT1." in found.repairing[0].reasons


def test_a_missing_country_counts_more_than_another_one(ask):
    people = [one("elsewhere", "DE"), one("same", "FR")]
    found = ask(people, GREEK, LEAD, min_applicants="3", min_countries="3")
    value = {
        s.candidate.id: next(part.signal for part in s.contributions if part.name == "country") for s in found.repairing
    }
    assert value == {"elsewhere": 1.0, "same": 0.0}


COUNTRIES = ("GR", "FR", "DE", "LV", "GB", "DK", "XK", "RS")
KINDS = ((), NGO, TOWN, (ApplicantKind.PUBLIC_BODY,), (ApplicantKind.FOR_PROFIT,))
MEMBERS = st.builds(
    Member,
    name=st.sampled_from(["Anna's", "Bread", "Choir"]),
    country=st.sampled_from((None, *COUNTRIES)),
    kinds=st.sampled_from(KINDS),
    role=st.sampled_from([Role.COORDINATOR, Role.BENEFICIARY, Role.ASSOCIATED_PARTNER]),
)
CANDIDATES = st.builds(
    one,
    st.uuids().map(str),
    st.sampled_from(COUNTRIES),
    st.sampled_from(KINDS),
    st.integers(0, 2),
    st.integers(0, 2),
    type=st.sampled_from([None, MIGRANT_LED]),
    possible=st.sampled_from([(), (ApplicantKind.LOCAL_AUTHORITY,)]),
)
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "min_applicants": st.integers(1, 6).map(str),
        "max_applicants": st.integers(1, 6).map(str),
        "min_countries": st.integers(1, 5).map(str),
        "min_member_states": st.integers(1, 4).map(str),
        "independent": st.sampled_from(["0", "3"]),
        "must_include_kind": st.sampled_from(["local_authority", "civil_society", "research"]),
        "applicant_kind": st.sampled_from([("non_profit", "local_authority"), ("local_authority",)]),
    },
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(MEMBERS, max_size=4, unique_by=lambda member: member.name),
    st.lists(CANDIDATES, max_size=6),
    CONDITIONS,
    st.sampled_from(list(OrganisationType)),
    st.floats(0, 1),
)
def test_every_suggestion_strictly_reduces_what_the_draft_lacks(
    make_call, reference, members, candidates, conditions, asking, near
):
    call = make_call(**conditions)
    checked = partial(check, call=call, on=DAY, reference=reference)
    board = Board(call=call, members=tuple(members), conditions=checked(members))
    found = suggest(candidates, board, checked, {one.id: Fit(near) for one in candidates[:2]}, asking, DAY)
    for suggestion in found.repairing:
        smaller = [
            lacking(checked(with_member(members, member))) < board.lacking
            for member in suggestion.candidate.members(suggestion.role)
        ]
        assert any(smaller)
        assert suggestion.repairs
    for suggestion in (*found.repairing, *found.strengthening):
        assert suggestion.score == sum(part.value for part in suggestion.contributions)
        assert suggestion.place is None or suggestion.place.answer is not Answer.NOT_MET
        assert not any(is_member(suggestion.candidate, member) for member in members)
    for group in (found.repairing, found.strengthening):
        assert list(group) == sorted(group, key=lambda s: (-s.score, s.candidate.id))
    again = suggest(candidates[::-1], board, checked, {one.id: Fit(near) for one in candidates[:2]}, asking, DAY)
    assert again == found


def test_from_records_to_suggestions(make_call, make_profile, make_project, make_participant, ask, reference):
    public, other = OrganisationKind.PUBLIC_BODY, OrganisationKind.OTHER
    projects = [
        make_project(
            1,
            make_participant("Comune di Rimini", "IT", "911111111", ProjectRole.COORDINATOR, public),
            make_participant("Verein Ankommen", "DE", "922222222", kind=other),
        )
    ]
    people = gather(make_call(), [make_profile("women-lead", "ES")], projects, (), reference.authority_names)
    found = ask(people, GREEK, min_applicants="3", must_include_kind="local_authority", asking=MUNICIPALITY)
    assert set(ids(found.repairing)) == {"pic:911111111", "pic:922222222", "profile:women-lead"}
    town = next(suggestion for suggestion in found.repairing if suggestion.candidate.pic == "911111111")
    assert (town.role, "must_include:local_authority" in town.repairs) == (Role.COORDINATOR, True)


@pytest.mark.parametrize(
    ("roles", "shown"), [("jjjl", "P0 P1 P3"), ("jjj", "P0 P1 P2"), ("ljjl", "P0 P1 P2"), ("l", "P0"), ("", "")]
)
def test_a_project_that_it_led_is_among_those_that_are_told(roles, shown):
    past = tuple(
        Engagement(
            project=f"P{number}",
            role=ProjectRole.COORDINATOR if role == "l" else ProjectRole.PARTICIPANT,
            source="funded_projects",
            nearness=Nearness.LINE,
        )
        for number, role in enumerate(roles)
    )
    told = Candidate(id="x", name="X", country="DE", past=past).telling(3)
    assert " ".join(done.project for done in told) == shown


def test_experience_by_a_profile_is_counted_in_words(ask):
    beginner, old_hand = one("a", said_projects=1), one("b", said_projects=4, said_led=1)
    found = ask([beginner, old_hand], GREEK, min_applicants="3")
    told = {reason for each in (*found.repairing, *found.strengthening) for reason in each.reasons}
    assert "At least 1 EU project by its own profile, none of them led." in told
    assert "At least 4 EU projects by its own profile, 1 of them led." in told
