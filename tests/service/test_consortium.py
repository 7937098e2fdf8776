"""`funding consortium check` on the bundled snapshot: what is printed, the JSON, and what is told of wrong input."""

import json
from datetime import date

import pytest

from matcher.drafts import BadDraft, drafted, partner
from matcher.model import Answer, ApplicantKind, Role

NETWORKS = "CERV-2025-CITIZENS-TOWN-NT"
CONDITION = {
    *("rule", "label", "answer", "reason", "missing", "gap", "remedy", "basis", "reference", "quote"),
}


def test_a_draft_that_lacks_countries_hears_which_partner_repairs_it(funding):
    code, page, error = funding("consortium", "check", NETWORKS, "riga", "athens", "--on", "2025-02-01")

    assert (code, error) == (0, "")
    assert "Riga City Council, coordinator, Latvia, local authorities and public bodies" in page
    assert "✗ not met: Are they from enough countries?" in page
    assert "→ Two partners from two further countries, not Greece or Latvia." in page
    assert "Usual for this action (CERV networks of towns 2025): At least two Member States" in page


def test_a_draft_in_which_the_gap_is_filled_fails_nothing(funding):
    draft = ("riga", "athens", "bologna", "--with", "Utrecht:NL:local_authority")

    _, page, _ = funding("consortium", "check", NETWORKS, *draft, "--on", "2025-02-01")

    assert "What the draft fails" not in page
    assert "All conditions that are known hold." in page


def test_a_role_without_money_does_not_count(funding):
    draft = ("riga", "athens", "bologna", "prague=associated_partner")

    _, page, _ = funding("consortium", "check", NETWORKS, *draft, "--on", "2025-02-01")

    assert "At least four applicants; Riga City Council, City of Athens and Municipality of Bologna count." in page


def test_the_board_as_json(funding):
    _, text, _ = funding("consortium", "check", NETWORKS, "riga", "--with", "Melissa", "--json", "--on", "2025-02-01")

    board = json.loads(text)

    assert set(board) == {"call", "identifier", "title", "members", "conditions", "lacking"}
    assert all(set(one) == CONDITION for one in board["conditions"])
    assert [one["role"] for one in board["members"]] == [Role.COORDINATOR, Role.BENEFICIARY]
    assert board["lacking"] == [one["rule"] for one in board["conditions"] if one["answer"] == Answer.NOT_MET]
    assert "min_countries" in board["lacking"]
    countries = next(one for one in board["conditions"] if one["rule"] == "min_countries")
    assert countries["gap"]["other_countries"] == ["LV"]
    assert countries["missing"] == 2


def test_the_lead_is_chosen(funding):
    _, text, _ = funding("consortium", "check", NETWORKS, "riga", "athens", "--lead", "athens", "--json")

    assert [one["role"] for one in json.loads(text)["members"]] == [Role.BENEFICIARY, Role.COORDINATOR]


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        (("nobody",), "no organisation 'nobody'"),
        (("riga", "riga"), "named twice: riga"),
        (("riga=boss",), "allowed: coordinator, beneficiary"),
        (("--with", "Melissa:QQ"), "two capital letters"),
        (("--with", "Melissa:GR:club"), "allowed: local_authority"),
        (("--with", ":GR"), "write Name:COUNTRY:kind+kind:role"),
        (("riga", "--lead", "athens"), "allowed: riga"),
        ((), "the draft is empty"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_allowed(funding, draft, told):
    code, out, error = funding("consortium", "check", NETWORKS, *draft)

    assert (code, out) == (2, "")
    assert told in " ".join(error.replace("│", " ").split())


def test_an_unknown_call_is_told(funding):
    code, _, error = funding("consortium", "check", "CERV-1999", "riga")

    assert code == 2
    assert "no call 'CERV-1999'" in error


def test_a_partner_in_all_its_words():
    found = partner(" Melissa : EL : civil_society + non_profit : associated_partner".replace(" + ", "+"))

    assert (found.name, found.country, found.role) == ("Melissa", "GR", Role.ASSOCIATED_PARTNER)
    assert found.kinds == (ApplicantKind.CIVIL_SOCIETY, ApplicantKind.NON_PROFIT)
    assert partner("Melissa").country is None


def test_who_has_a_role_of_its_own_is_not_made_the_lead(service):
    first, second = drafted(["riga=beneficiary", "athens"], [], "", service.profile)
    assert (first.role, second.role) == (Role.BENEFICIARY, Role.BENEFICIARY)

    first, second = drafted(["riga", "athens=coordinator"], [], "", service.profile)
    assert (first.role, second.role) == (Role.BENEFICIARY, Role.COORDINATOR)


def test_a_chosen_lead_replaces_any_other(service):
    draft = drafted(["riga=coordinator"], ["Melissa:GR"], "Melissa", service.profile)
    assert [one.role for one in draft] == [Role.BENEFICIARY, Role.COORDINATOR]
    with pytest.raises(BadDraft, match="allowed: riga"):
        drafted(["riga"], [], "athens", service.profile)


def test_a_member_of_a_profile_carries_what_the_rules_need(service):
    board = service.board(NETWORKS, drafted(["riga"], [], "", service.profile), date(2025, 2, 1))

    (riga,) = board.members
    assert (riga.country, riga.nuts, riga.population, riga.profile) == ("LV", "LV00A", 641_000, "riga")
    assert ("min_countries", 3) in board.lacking


@pytest.mark.parametrize(
    ("profiles", "partners"),
    [((), ("Melissa:GR", "MELISSA")), (("riga",), ("Riga City Council:LV",)), ((), ("Mel\nissa", "Mel issa:GR"))],
)
def test_no_member_counts_twice(service, profiles, partners):
    with pytest.raises(BadDraft, match=r"named twice: .*; name each organisation once"):
        drafted(profiles, partners, "", service.profile)


def test_a_partner_has_a_name_of_one_line_and_of_bounded_length():
    assert partner("Melissa\nall conditions hold:GR").name == "Melissa all conditions hold"
    with pytest.raises(BadDraft, match="a name of 301 characters; allowed: 300"):
        partner("x" * 301)
