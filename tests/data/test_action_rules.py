"""Every action of action_rules.yml says whose word it is, is recognised by real calls, and no fact stands twice."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from matcher.model import Call, CallKind, Deadline
from matcher.reference.actions import action_for
from matcher.reference.files import BadReference, load_reference

FOLDER = Path(__file__).parents[2] / "data" / "reference"
NAME = "action_rules.yml"
ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def reference():
    return load_reference(FOLDER)


def a_call(programme, code="X", title="X", types=(), day=date(2026, 12, 1)):
    return Call(
        source="funding_tenders",
        reference=code,
        identifier=code,
        title=title,
        kind=CallKind.TOPIC,
        url="https://example.eu/topic",
        as_of=ON,
        programme=programme,
        types_of_action=types,
        deadlines=(Deadline(day=day),),
    )


def test_every_action_has_a_page_or_an_article_and_a_day(reference):
    for action in reference.actions:
        assert re.search(r"https?://\S+|Article \d+", action.source), action.key
        assert date(2021, 1, 1) < action.as_of <= ON


def test_numbers_of_an_action_go_together(reference):
    for action in reference.actions:
        who, money = action.partnership, action.money
        assert who.max_applicants is None or who.max_applicants >= (who.min_applicants or 1), action.key
        assert (who.min_member_states or 0) <= (who.min_countries or 99), action.key
        assert money.grant_min is None or money.grant_min <= (money.grant_max or money.grant_min), action.key
        assert money.duration_min is None or money.duration_min <= (money.duration_max or 99), action.key
        assert not money.lump_sums or money.lump_sum, action.key
        assert all((money.grant_min or 0) <= one <= (money.grant_max or one) for one in money.lump_sums), action.key


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (a_call("CERV", "CERV-2026-CITIZENS-TOWN-TT"), "cerv-town-twinning"),
        (a_call("CERV", "CERV-2025-CITIZENS-TOWN-NT", day=date(2025, 3, 27)), "cerv-networks-of-towns-2025"),
        (a_call("CERV", "CERV-2026-CITIZENS-TOWN-NT"), "cerv-networks-of-towns"),
        (a_call("CERV", "CERV-2025-EQUAL-RESTRICTED", day=date(2025, 10, 23)), "cerv-equality-public-authorities"),
        (a_call("CERV", "CERV-2025-EQUAL-LGBTIQ", day=date(2025, 10, 23)), "cerv-equality"),
        (a_call("ERASMUS+", "ERASMUS-SPORT-2026-SCP"), "erasmus-cooperation-partnerships"),
        (a_call("ERASMUS+", "ERASMUS-SPORT-2026-SSCP"), "erasmus-small-scale-partnerships"),
        (a_call("ERASMUS+-NATIONAL", "KA210-ADU-2026-R1"), "erasmus-small-scale-partnerships"),
        (a_call("EUI", day=date(2024, 10, 14)), "eui-innovative-actions-until-2025"),
        (a_call("EUI", day=date(2026, 6, 15)), "eui-innovative-actions"),
        (
            a_call("URBACT", title="URBACT IV, innovation transfer networks", day=date(2024, 3, 20)),
            "urbact-innovation-transfer",
        ),
        (a_call("URBACT", title="URBACT IV, transfer networks", day=date(2025, 6, 30)), "urbact-transfer"),
        (a_call("INTERREG-EUROPE", day=date(2022, 5, 31)), "interreg-europe-call-1"),
        (a_call("INTERREG-EUROPE", day=date(2024, 6, 7)), "interreg-europe"),
        (a_call("INTERREG", title="Danube Region Programme, second call"), "interreg-danube"),
        (a_call("HORIZON", types=("HORIZON Research and Innovation Actions",)), "horizon-collaborative"),
        (a_call("HORIZON", types=("HORIZON Coordination and Support Actions",)), "horizon-support"),
        (a_call("HORIZON", types=("HORIZON TMA MSCA Doctoral Networks",)), None),
        (a_call("CERV", "AMIF-2026-TF2-AG-X"), None),
        (a_call(None, "CERV-2026-CITIZENS-TOWN-TT"), None),
    ],
    ids=lambda value: value.identifier if isinstance(value, Call) else value,
)
def test_a_call_is_known_by_programme_code_type_title_and_day(reference, call, key):
    found = reference.action_for(call, ON)
    assert (found.key if found else None) == key


def test_the_day_of_submission_decides_not_the_day_of_asking(reference):
    call = a_call("EUI", day=date(2024, 10, 14))
    assert reference.action_for(call, date(2026, 5, 1)).key == "eui-innovative-actions-until-2025"


def test_of_two_actions_the_narrower_is_meant_whatever_their_order(reference):
    call = a_call("CERV", "CERV-2025-EQUAL-RESTRICTED", day=date(2025, 10, 23))
    assert action_for(reversed(reference.actions), call, ON) == action_for(reference.actions, call, ON)


def test_numbers_of_decentralised_actions_are_taken_from_their_own_file(reference):
    own = yaml.safe_load((FOLDER / "erasmus_decentralised.yml").read_text("utf-8"))["actions"]["KA220"]
    found = next(one for one in reference.actions if one.key == "erasmus-cooperation-partnerships")
    assert found.partnership.min_applicants == own["min_applicants"]
    assert found.money.grant_max == own["grant_max"] == max(found.money.lump_sums)
    written = next(one for one in yaml.safe_load((FOLDER / NAME).read_text("utf-8"))["actions"] if "figures" in one)
    assert "partnership" not in written
    assert "grant_min" not in written["money"]


def test_parts_of_an_area_name_each_country_once(reference):
    for action in reference.actions:
        countries = [country for part in action.partnership.parts for country in part.countries]
        assert len(countries) == len(set(countries)), action.key


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: one.pop("source"), "source"),
        (lambda one: one.update(key="cerv-town-twinning"), "cerv-town-twinning stands there twice"),
        (lambda one: one["recognised"].update(programmes=["CERF"]), "found CERF; allowed: the keys in programmes.yml"),
        (lambda one: one.update(figures="KA999"), "found 'KA999'; allowed: KA120"),
        (lambda one: one.update(money={"rate": 101}), "rate"),
        (lambda one: one.update(money={}), "needs a fact"),
        (lambda one: one.update(partnership={"share": {"categories": ["poor"], "per_cent": 70}}), "less developed"),
        (lambda one: one.update(colour="red"), "colour"),
        (lambda one: one.update(figures="KA220", money=["90"]), "money"),
    ],
    ids=["no source", "twice", "programme", "figures", "rate", "nothing said", "category", "unknown field", "list"],
)
def test_what_is_wrong_is_told_with_file_entry_and_field(tmp_path, change, told):
    folder = tmp_path / "reference"
    shutil.copytree(FOLDER, folder)
    content = yaml.safe_load((folder / NAME).read_text("utf-8"))
    first = content["actions"][0]
    change(first)
    (folder / NAME).write_text(yaml.safe_dump(content), "utf-8")

    with pytest.raises(BadReference) as caught:
        load_reference(folder)

    assert NAME in str(caught.value)
    assert told in str(caught.value)
