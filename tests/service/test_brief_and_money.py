"""Goals, migrant partners, checklist, money and size, as commands show them over the bundled snapshot."""

import json
from datetime import date

import pytest

from matcher.local_model import ModelMissing
from matcher.model import Goal
from matcher.service import Service

LOCAL = "AMIF-2023-TF2-AG-CALL-02-LOCAL"
WOMEN = "AMIF-2025-TF2-AG-INTE-01-WOMEN"
DAY = date(2026, 11, 22)


def test_a_match_carries_goals_and_size(service):
    matches = service.match("ripollet", DAY, top=400)
    assert all(match.score == sum(part.value for part in match.contributions) for match in matches)
    assert all([part.name for part in match.contributions] == ["dense", "lexical", "size"] for match in matches)
    goals = {match.call.identifier: {one.goal for one in match.goals} for match in matches}
    assert goals[LOCAL] == {Goal.DECISIONS, Goal.ENGAGEMENT}
    assert goals[WOMEN] == set()


def test_no_call_is_left_out_for_its_size(service):
    """Size moves a match in its group; it takes none away."""
    assert {match.call.id for match in service.match("ripollet", DAY)} == {call.id for call in service.calls(DAY)}


def test_explain_shows_goals_money_and_questions(funding):
    code, out, _ = funding("explain", "riga", LOCAL, "--on", "2026-11-22")
    assert code == 0
    assert "goals of the brief: decisions, engagement" in out
    assert "serves a say in decisions and policies: “local integration strategies designed with migrants" in out
    assert "Can migrant organisations be funded partners? yes" in out
    assert "Own part: the partners together add at least EUR 111,112 for the smallest grant" in out
    assert "To ask yourselves so that the results last" in out
    assert "is less than 1 % of your yearly budget" in out


def test_call_shows_money_without_any_organisation(funding):
    code, out, _ = funding("call", WOMEN, "--on", "2026-11-22")
    assert code == 0
    assert "Own part: the partners together add at least EUR 166,667 for the smallest grant" in out
    assert "No sentence of the call shows that it serves" in out


def test_json_has_the_same(funding):
    _, out, _ = funding("explain", "riga", LOCAL, "--on", "2026-11-22", "--json")
    told = json.loads(out)
    assert {one["goal"] for one in told["goals"]} == {Goal.DECISIONS, Goal.ENGAGEMENT}
    assert told["migrant_partners"]["answer"] == "met"
    assert told["money"]["smallest"]["own_part"] == "111111.11"
    assert told["money"]["rate_percent"]["value"] == "90"
    assert told["checklist"]["questions"][0]["key"] == "policy_condition"
    size = next(part for part in told["contributions"] if part["name"] == "size")
    assert (size["value"], size["answer"]) == (0, "met")
    _, out, _ = funding("call", LOCAL, "--on", "2026-11-22", "--json")
    assert json.loads(out)["money"] == told["money"]


def test_without_a_model_words_decide(settings, monkeypatch):
    def missing(_):
        raise ModelMissing("no model")

    monkeypatch.setattr("matcher.service.service.load_encoder", missing)
    service = Service(settings)
    brief = service.in_brief(service.call(LOCAL), DAY)
    assert {one.goal for one in brief.goals} == {Goal.DECISIONS, Goal.ENGAGEMENT}
    with pytest.raises(ModelMissing):
        service.match("riga", DAY)
    service.store.close()
