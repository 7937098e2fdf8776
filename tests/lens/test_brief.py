"""Whether migrant organisations can be funded partners: by what the call says of kinds, roles and invitations."""

from datetime import date

import pytest

from matcher.brief.brief import funded_partner, in_brief
from matcher.embedding import MemoryCache
from matcher.model import Answer, Basis, Criterion, CriterionKind, Quote
from matcher.wire.brief import brief_json
from matcher.wording.brief import NO_GOAL, brief_page

DAY = date(2026, 11, 22)


def said(kind, *values, **fields):
    quote = Quote(text="The words of the call.", place="text", start=0, end=22)
    return Criterion(kind=kind, values=values, basis=Basis.CALL_DOCUMENT, quote=quote, **fields)


def asked(reference, call, *criteria, **fields):
    return funded_partner(call(text="The words of the call.", criteria=criteria, **fields), DAY, reference)


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        (("non_profit", "local_authority"), Answer.MET),
        (("civil_society",), Answer.MET),
        (("local_authority", "public_body"), Answer.NOT_MET),
        (("social_enterprise",), Answer.UNKNOWN),
    ],
)
def test_the_kinds_of_the_call_decide(values, answer, reference, call):
    found = asked(reference, call, said(CriterionKind.APPLICANT_KIND, *values))
    assert found.answer is answer
    assert found.quote.text == "The words of the call."
    assert found.rule == "migrant_partners"


def test_by_invitation_it_is_not_known(reference, call):
    open_to_all = said(CriterionKind.APPLICANT_KIND, "non_profit")
    assert asked(reference, call, open_to_all, said(CriterionKind.INVITED, "yes")).answer is Answer.UNKNOWN


def test_a_kind_that_is_left_out_cannot(reference, call):
    both = [said(CriterionKind.APPLICANT_KIND, "non_profit"), said(CriterionKind.EXCLUDED_KIND, "non_profit")]
    assert asked(reference, call, *both).answer is Answer.NOT_MET


def test_where_the_call_is_silent_the_programme_says_what_is_usual(reference, call):
    usual = asked(reference, call, programme="AMIF")
    assert (usual.answer, usual.basis) == (Answer.MET, Basis.PROGRAMME_RULE)
    assert "Usual for" in usual.reason


def test_without_any_word_it_is_not_known(reference, call):
    assert asked(reference, call).answer is Answer.UNKNOWN


def test_doubtful_words_answer_nothing(reference, call):
    read = said(CriterionKind.APPLICANT_KIND, "non_profit", confidence=0.5)
    assert asked(reference, call, read).answer is Answer.UNKNOWN


def test_the_page_shows_goals_partners_and_questions(lens, reference, call):
    made = call(text="Volunteering brings refugees and neighbours together.", programme="AMIF")
    brief = in_brief(made, DAY, lens, reference, None, MemoryCache())
    page = "\n".join(brief_page(brief))
    assert "serves civic and social life: “Volunteering brings" in page
    assert "Can migrant organisations be funded partners? yes" in page
    assert all(one.question in page for one in lens.checklist.questions)
    told = brief_json(brief)
    assert [one["goal"] for one in told["goals"]] == ["engagement"]
    assert told["migrant_partners"]["answer"] == "met"


def test_a_call_that_serves_no_goal_is_told_so(lens, reference, call):
    page = "\n".join(brief_page(in_brief(call(), DAY, lens, reference, None, MemoryCache())))
    assert NO_GOAL in page
    assert "not known" in page
