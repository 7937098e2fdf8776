"""Which of a call's own words govern: the strongest basis alone, whatever order they were read in, and how surely."""

from datetime import date
from itertools import permutations

import pytest

from matcher.eligibility import CERTAIN, assess
from matcher.eligibility.precedence import governing
from matcher.model import Answer, Basis, Criterion, CriterionKind, Role

DAY = date(2025, 5, 1)
SAID = {
    Basis.CALL_DOCUMENT: "local_authority",
    Basis.TOPIC_CONDITIONS: "research",
    Basis.CALL_RECORD: "sme",
}
"""What each basis says who may apply; all different."""
ORDER = (Basis.CALL_DOCUMENT, Basis.TOPIC_CONDITIONS, Basis.CALL_RECORD, Basis.PROGRAMME_RULE)


def criterion(basis, *values, kind=CriterionKind.APPLICANT_KIND, **more):
    return Criterion(kind=kind, values=values, basis=basis, **more)


@pytest.fixture(scope="module")
def verdict(make_profile, make_call, reference):
    def asked(rule, said, profile="riga", **changes):
        call = make_call("amif", {"criteria": said, "applicants": ""})
        found = assess(make_profile(profile, changes), call, DAY, reference)
        return next(one for one in found if one.rule == rule)

    return asked


@pytest.mark.parametrize(
    "left", [ORDER[:-1], ORDER[1:-1], ORDER[2:-1], ()], ids=lambda left: left[0] if left else "none"
)
def test_the_strongest_basis_that_speaks_governs_in_whatever_order_it_was_read(left, verdict) -> None:
    """Document, then topic conditions, then the record, then what is usual in the programme."""
    for said in permutations(criterion(basis, SAID[basis]) for basis in left):
        found = verdict("applicant_kind", said)
        assert found.basis is (left[0] if left else Basis.PROGRAMME_RULE)
        assert found.reason.startswith("Usual for ") is not bool(left)


def test_weaker_words_add_nothing_to_stronger_ones() -> None:
    stated = [criterion(basis, value) for basis, value in SAID.items()]
    assert governing(stated) == (stated[0],)
    assert governing(stated[::-1]) == (stated[0],)


def test_several_words_of_one_basis_hold_at_once_in_one_order() -> None:
    said = [criterion(Basis.CALL_DOCUMENT, value) for value in ("sme", "local_authority", "research")]
    assert {governing(order) for order in permutations(said)} == {tuple(sorted(said, key=lambda one: one.values))}


def test_words_for_a_role_replace_those_for_all_where_they_set_and_join_them_where_they_shut_out() -> None:
    for kind, together in ((CriterionKind.APPLICANT_KIND, False), (CriterionKind.EXCLUDED_KIND, True)):
        for_all = criterion(Basis.CALL_DOCUMENT, "sme", kind=kind)
        for_lead = criterion(Basis.CALL_DOCUMENT, "research", kind=kind, role=Role.COORDINATOR)
        found = governing([for_all, for_lead], Role.COORDINATOR)
        assert set(found) == ({for_all, for_lead} if together else {for_lead})
        assert governing([for_all, for_lead], Role.BENEFICIARY) == (for_all,)


@pytest.mark.parametrize(("confidence", "answer"), [(CERTAIN, Answer.NOT_MET), (CERTAIN - 0.01, Answer.UNKNOWN)])
def test_words_below_the_threshold_answer_nothing_and_are_shown(confidence, answer, verdict) -> None:
    found = verdict("applicant_kind", [criterion(Basis.CALL_DOCUMENT, "sme", confidence=confidence)])
    assert found.answer is answer
    assert found.reason.startswith("Not certain that ") is (answer is Answer.UNKNOWN)
    assert found.remedy


@pytest.mark.parametrize(("together", "answer"), [(False, Answer.MET), (True, Answer.NOT_MET)])
def test_together_asks_for_all_values_and_alternatives_for_one(together, answer, verdict) -> None:
    said = [criterion(Basis.CALL_DOCUMENT, "local_authority", "sme", together=together)]
    assert verdict("applicant_kind", said).answer is answer
