"""Budgets: lines of the topic only, shared pots, zeros, and budgets in words."""

import json
from decimal import Decimal

import pytest

from crawler.normalise.overview import is_of

TOPIC = "CERV-2026-DAPHNE"


def overview(*lines, columns=("2026",)):
    """budgetOverview with one pot per line, or the pot a line names as its fourth part."""
    pots = {}
    for number, (action, years, *more) in enumerate(lines):
        entry = {"action": action, "budgetYearMap": years} | (more[0] if more else {})
        pots.setdefault(more[1] if len(more) > 1 else str(number), []).append(entry)
    return json.dumps({"budgetYearsColumns": list(columns), "budgetTopicActionMap": pots})


def line(code, amount, **more):
    return (f"{code} - CERV-PJG CERV  Project Grants", {"2026": amount}, more)


def amount(money):
    return money and money.amount


def test_only_the_topics_own_lines_count(understand):
    text = overview(line(f"{TOPIC}-WOMEN", "9000000"), line(TOPIC, "21000000"), line("CERV-2026-EQUAL", "5000000"))
    call, problems = understand(identifier=TOPIC, budget_overview=text)
    assert amount(call.budget.total) == 21_000_000
    assert not call.budget.shared
    assert problems == []


@pytest.mark.parametrize(
    ("action", "own"),
    [
        ("I3-2024-INV2a - I3-PJG", True),
        ("I3-2024-INV2a", True),
        ("i3-2024-inv2A – I3-PJG", True),
        ("  I3-2024-INV2a - I3", True),
        ("I3-2024-INV2a-two-stage - I3", False),
        ("I3-2024-INV2ab - I3", False),
        ("I3-2024-INV2 - I3", False),
        ("", False),
    ],
)
def test_a_longer_sibling_is_another_topic(action, own):
    assert is_of(action, "I3-2024-INV2a") is own


def test_an_amount_that_siblings_repeat_is_the_pot_of_the_call(understand):
    text = overview(*(line(f"{TOPIC}-{n}", "21000000") for n in "ABCDE"))
    call, _ = understand(identifier=f"{TOPIC}-C", budget_overview=text)
    assert (call.budget.total.amount, call.budget.shared) == (21_000_000, True)


@pytest.mark.parametrize(
    "siblings",
    [
        pytest.param({"B": "8000000"}, id="the only other topic is as large"),
        pytest.param({"B": "8000000", "C": "3000000"}, id="one of two others is as large"),
        pytest.param({"B": "8000000", "C": "8000000", "D": "3000000"}, id="all others but one are as large"),
    ],
)
def test_topics_of_equal_size_have_budgets_of_their_own(understand, siblings):
    text = overview(line(f"{TOPIC}-A", "8000000"), *(line(f"{TOPIC}-{n}", sum_) for n, sum_ in siblings.items()))
    call, _ = understand(identifier=f"{TOPIC}-A", budget_overview=text)
    assert (call.budget.total.amount, call.budget.shared) == (8_000_000, False)


def test_topics_under_one_budget_line_share_it(understand):
    text = overview(
        (f"{TOPIC}-A - X", {"2026": "21000000"}, {}, "pot"), (f"{TOPIC}-B - X", {"2026": "20000000"}, {}, "pot")
    )
    call, _ = understand(identifier=f"{TOPIC}-A", budget_overview=text)
    assert (call.budget.total.amount, call.budget.shared) == (21_000_000, True)


def test_years_and_types_of_action_add_up_and_a_pot_counts_once(understand):
    text = overview(
        (f"{TOPIC} - A", {"2026": "1000000.50", "2027": "2000000"}, {}, "1"),
        (f"{TOPIC} - B", {"2026": "500000"}, {}, "2"),
        (f"{TOPIC} - C", {"2026": "500000"}, {}, "2"),
    )
    call, _ = understand(identifier=TOPIC, budget_overview=text)
    assert (call.budget.total.amount, call.budget.shared) == (Decimal("3500000.5"), False)


def test_zero_is_not_stated(understand):
    zeros = {"minContribution": 0, "maxContribution": 0, "expectedGrants": 0}
    call, problems = understand(identifier=TOPIC, budget_overview=overview(line(TOPIC, "0", **zeros)))
    assert (call.budget, call.grant.minimum, call.grant.maximum, call.grant.expected_grants) == (None,) * 4
    assert problems == []


def test_grant_size(understand):
    size = {"minContribution": 75000, "maxContribution": 250000.5, "expectedGrants": 12}
    call, _ = understand(identifier=TOPIC, budget_overview=overview(line(TOPIC, "3000000", **size)))
    assert (call.grant.minimum.amount, call.grant.maximum.amount) == (75_000, Decimal("250000.5"))
    assert call.grant.expected_grants == 12


@pytest.mark.parametrize(
    "text",
    [
        '{"budgetTopicActionMap": {"1": [{"action"',
        "[]",
        '{"budgetTopicActionMap": null}',
        '{"budgetTopicActionMap": {"1": [{"budgetYearMap": {}}]}}',
        '{"budgetTopicActionMap": {"1": [7]}}',
        "[" * 100_000,
        overview(line("CERV-2026-EQUAL", "5000000")),
        overview(line(TOPIC, "a lot")),
        overview(line(TOPIC, "-5")),
        overview(line(TOPIC, "1e400")),
        overview(line(TOPIC, "NaN")),
        overview(line(TOPIC, True)),
    ],
    ids=lambda text: text[:40],
)
def test_a_bad_overview_is_an_issue_and_the_record_stays(understand, text):
    call, problems = understand(identifier=TOPIC, budget_overview=text, description="<p>Text</p>")
    assert call.budget is None
    assert call.text == "Text"
    assert [field.split(".")[0] for field, _ in problems] == ["budget_overview"]


def test_a_cascade_call_with_budget_and_currency(understand):
    call, problems = understand(budget="200000", currency="eur")
    assert (call.budget.total.amount, call.budget.total.currency, problems) == (200_000, "EUR", [])


def test_an_unknown_currency_is_an_issue_and_gives_no_amount(understand):
    call, problems = understand(budget="200000", currency="XYZ", grant_max="5")
    assert (call.budget, call.grant.maximum) == (None, None)
    assert problems == [("currency", "unknown currency; its amounts were left out")]


@pytest.mark.parametrize(
    ("text", "total", "most", "rate"),
    [
        (
            "EUR 60 million (EUR 23 million from 2026, EUR 37 million from 2027); EUR 90 million in all; rate 30%",
            60_000_000,
            None,
            30,
        ),
        ("EUR 2,100,000 for Open Call 1 (EUR 4,100,000 in total)", 2_100_000, None, None),
        ("EUR 180,000,000 considered for the call; up to EUR 30,000,000 per project", 180_000_000, 30_000_000, None),
        ("EU funding rate up to 50% of eligible costs", None, None, 50),
        ("up to EUR 60 000 per project", None, 60_000, None),
    ],
)
def test_budgets_in_words(understand, text, total, most, rate):
    call, problems = understand(budget=text)
    assert amount(call.budget and call.budget.total) == total
    assert (amount(call.grant.maximum), call.grant.rate_percent) == (most, rate)
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        "lump-sum grants",
        "indicative EU contribution about EUR 20 million per project",
        "at least 80% for third parties; maximum EUR 800,000 per third party",
        "EUR 5 million per project",
        "funding rate 60% (up to 100% for non-profit legal entities)",
        "EUR 1.500 million",
    ],
)
def test_words_that_state_no_total_are_an_issue(understand, text):
    call, problems = understand(budget=text)
    assert call.budget is None
    assert [field for field, _ in problems] == ["budget"]


@pytest.mark.parametrize("field", ["grant_min", "grant_max", "rate_percent", "duration_months_max"])
def test_nonsense_in_a_number_field_is_an_issue(understand, field):
    call, problems = understand(**{field: "plenty, say 5 or 6"})
    assert call.grant == type(call.grant)()
    assert [name for name, _ in problems] == [field]


def test_fields_of_a_record_without_overview(understand):
    call, problems = understand(
        budget="9000000", grant_min="1500000", grant_max="3000000", rate_percent="90", duration_months_max="36 months"
    )
    assert call.grant.model_dump(exclude_none=True) == {
        "minimum": {"amount": 1_500_000, "currency": "EUR"},
        "maximum": {"amount": 3_000_000, "currency": "EUR"},
        "rate_percent": 90,
        "duration_months_max": 36,
    }
    assert problems == []
