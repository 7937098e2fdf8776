"""Each rule on the cases of cases.yml, and what every rule must carry."""

from datetime import date

import pytest
from pydantic import BaseModel

from matcher.eligibility import RULES, assess, words
from matcher.model import Answer, Call, CriterionKind, Profile
from matcher.reference import Reference


def test_the_rule_answers_as_the_case_says(rule_case, make_profile, make_call, reference):
    profile = make_profile(rule_case["profile"], rule_case.get("with_profile"))
    call = make_call(rule_case["call"], rule_case.get("with_call"))

    verdicts = {verdict.rule: verdict for verdict in assess(profile, call, rule_case["day"], reference)}

    if rule_case["answer"] is None:
        assert rule_case["rule"] not in verdicts
        return
    verdict = verdicts[rule_case["rule"]]
    assert verdict.answer == rule_case["answer"], verdict.reason
    assert rule_case["says"] in verdict.reason
    assert rule_case.get("remedy", "") in verdict.remedy
    assert "basis" not in rule_case or verdict.basis == rule_case["basis"]


def test_a_verdict_says_where_it_comes_from_and_what_to_do(rule_case, make_profile, make_call, reference):
    profile = make_profile(rule_case["profile"], rule_case.get("with_profile"))
    call = make_call(rule_case["call"], rule_case.get("with_call"))

    for verdict in assess(profile, call, rule_case["day"], reference):
        assert verdict.reference
        assert verdict.reason.endswith(".")
        assert bool(verdict.remedy) == (verdict.answer is not Answer.MET), verdict


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_a_case_for_each_of_its_answers(rule, cases):
    covered = {case["answer"] for case in cases["cases"] if case["rule"] == rule.name}

    assert covered >= set(rule.answers)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_carries_what_forms_and_docs_need(rule):
    assert rule.label.endswith("?")
    assert rule.reference
    assert rule.judge.__doc__
    assert rule.needs


@pytest.mark.parametrize("path", sorted({need for rule in RULES.values() for need in rule.needs}))
def test_a_needed_fact_is_a_field_of_the_model(path):
    owner, field = path.split(".")
    model: type[BaseModel] = {"profile": Profile, "call": Call, "reference": Reference}[owner]

    assert field in model.model_fields


def test_verdicts_come_in_the_order_of_the_rules(make_profile, make_call, reference, cases):
    said = [{"kind": kind, "values": ["1"], "basis": "call_record"} for kind in CriterionKind]
    call = make_call("eui", {"criteria": said})

    verdicts = assess(make_profile("riga"), call, cases["cases"][0]["day"], reference)

    asked = [name for name in RULES if name != "area"]  # which arises for national calls only
    assert [verdict.rule for verdict in verdicts] == asked


def test_the_call_s_own_words_are_quoted_verbatim(make_profile, make_call, reference, cases):
    call = make_call("amif", {"applicants": "Towns & their associations. " * 40})

    verdicts = assess(make_profile("riga"), call, cases["cases"][0]["day"], reference)

    quote = next(verdict.quote for verdict in verdicts if verdict.rule == "applicant_kind")
    assert call.applicants[quote.start : quote.end] == quote.text
    assert len(quote.text) < len(call.applicants)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Internal Security Fund 2014-2020, police", "the Internal Security Fund 2014-2020, police"),
        ("Horizon Europe", "Horizon Europe"),
        ("Technical assistance for ERDF, Cohesion Fund", "Technical assistance for ERDF, Cohesion Fund"),
        ("Social Innovation+ (European Social Fund Agency)", "Social Innovation+ (European Social Fund Agency)"),
    ],
)
def test_programmes_named_after_what_they_are_take_an_article(name, said):
    assert words.programme(name) == said


def test_what_another_source_gave_is_referred_to_that_source_s_page(make_profile, make_call, reference):
    seen = {"id": "list:1", "source": "list", "tier": "discovery", "url": "https://list.example/1"}
    seen |= {"as_of": "2026-10-01", "confidence": 1, "basis": "identifier"}
    stated = {"kind": "country", "values": ["LV"], "basis": "call_record"}
    changes = {"criteria": [stated], "sightings": [seen], "origins": [{"field": "criteria", "source": "list"}]}
    verdicts = assess(make_profile("riga"), make_call("amif", changes), date(2025, 5, 1), reference)
    references = {verdict.rule: verdict.reference for verdict in verdicts}
    assert references["country"] == "https://list.example/1 (as of 1 October 2026)"
    assert "list.example" not in references["call_status"]
