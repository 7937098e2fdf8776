"""Conditions that mean some bodies of a kind, some members of the EEA, or speak of who leads alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.eligibility import assess, kinds
from matcher.model import Answer, ApplicantKind, some

DAY = date(2025, 5, 1)
MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
KINDS = st.sampled_from(ApplicantKind)


@pytest.mark.parametrize(
    ("own", "wanted", "answer"),
    [
        (["local_authority"], ["some_public_body"], UNKNOWN),
        (["non_profit"], ["some_public_body"], NOT_MET),
        (["civil_society"], ["some_non_profit"], UNKNOWN),
        (["for_profit"], ["some_non_profit"], NOT_MET),
        (["social_enterprise"], ["some_for_profit"], UNKNOWN),
        (["non_profit"], ["some_natural_person"], NOT_MET),
        (["local_authority"], ["some_local_authorities", "some_non_profit"], UNKNOWN),
        (["local_authority"], ["local_authority", "some_public_body"], MET),
    ],
)
def test_a_part_of_a_kind(own, wanted, answer):
    assert kinds.fits([ApplicantKind(kind) for kind in own], wanted) is answer


@given(st.sets(KINDS, min_size=1, max_size=2), KINDS)
def test_a_part_lets_nobody_in_for_sure_and_shuts_out_just_whom_the_whole_does(own, kind):
    whole, part = kinds.fits(sorted(own), [kind]), kinds.fits(sorted(own), [some(kind)])
    assert part is (UNKNOWN if whole is MET else whole)


def answer(make_call, reference, profile, changes, rule):
    call = make_call("amif", changes)
    return next(v for v in assess(profile, call, DAY, reference) if v.rule == rule)


@pytest.mark.parametrize(("country", "expected"), [("NO", MET), ("GB", NOT_MET), ("CH", NOT_MET), ("IS", UNKNOWN)])
def test_associated_members_of_the_eea(make_profile, make_call, reference, country, expected):
    """Switzerland negotiates, Iceland is in the EEA and not in the table."""
    changes = {"criteria": [{"kind": "country", "values": ["LV", "associated_eea"], "basis": "call_record"}]}
    profile = make_profile("riga", {"country": country})
    found = answer(make_call, reference, profile, changes, "country")
    assert found.answer is expected
    assert "EEA countries associated to the programme" in found.reason


LEAD = {
    "kind": "applicant_kind",
    "values": ["local_authority"],
    "role": "coordinator",
    "basis": "call_record",
    "quote": {"text": "Consortia led by towns", "place": "applicants", "start": 0, "end": 22},
}


def test_words_on_who_leads_leave_the_usual_rule_to_the_others(make_profile, make_call, reference):
    profile = make_profile("newcomers", {"roles": ["beneficiary"]})
    changes = {"applicants": "Consortia led by towns", "criteria": [LEAD]}
    found = answer(make_call, reference, profile, changes, "applicant_kind")
    assert (found.answer, found.basis) == (MET, "programme_rule")


def test_words_of_which_nothing_was_understood_leave_it_open(make_profile, make_call, reference):
    profile = make_profile("newcomers", {"roles": ["beneficiary"]})
    elsewhere = LEAD | {"quote": LEAD["quote"] | {"place": "terms"}}
    changes = {"applicants": "Red teams", "criteria": [elsewhere]}
    found = answer(make_call, reference, profile, changes, "applicant_kind")
    assert found.answer is UNKNOWN
