"""Realistic for your size: a stated part of the score, neutral when unknown, lighter for who joins than who leads."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.explanation import explain
from matcher.model import Answer, CallStatus, Contribution, CriterionKind, GrantSize, Match, Money, Route
from matcher.money.size import SIZE, size_part

budgets = st.integers(1_000, 10**10)
sums = st.integers(1_000, 10**8)


def grant(least, months=36, rate=90, currency="EUR"):
    return GrantSize(
        minimum=least and Money(amount=Decimal(least), currency=currency),
        duration_months_max=months,
        rate_percent=rate and Decimal(rate),
    )


@pytest.fixture(scope="session")
def part(call, money, organisation, weight, reference):
    """The contribution for a budget, a grant and roles."""

    def find(budget, size, roles=("beneficiary", "coordinator"), rates=reference.rates, **fields):
        fields = {"grant": size} | fields
        return size_part(organisation(budget, roles), call(**fields), money(**fields), weight, rates)

    return find


@pytest.mark.parametrize(
    ("budget", "size", "why"),
    [
        (None, grant(1_500_000), "the profile gives no yearly budget"),
        (200_000, grant(None), "no smallest grant is stated"),
        (200_000, grant(1_500_000, months=None), "no duration is stated"),
        (200_000, grant(1_500_000, currency="XAU"), "no smallest grant is stated"),
    ],
)
def test_what_is_not_known_takes_nothing_away(budget, size, why, part):
    found = part(budget, size)
    assert (found.signal, found.value, found.answer) == (0, 0, Answer.UNKNOWN)
    assert why in found.note


@given(st.one_of(st.none(), budgets), st.one_of(st.none(), sums), st.one_of(st.none(), st.integers(1, 120)))
def test_it_only_takes_away_and_never_more_than_its_weight(part, weight, budget, least, months):
    found = part(budget, grant(least, months))
    assert 0 <= found.signal <= 1
    assert weight.weight <= found.value <= 0
    assert found.value == found.weight * found.signal
    assert found.name == SIZE


@given(budgets, budgets, sums)
def test_more_money_of_ones_own_never_makes_it_harder(part, one, other, least):
    small, large = (part(budget, grant(least)) for budget in sorted((one, other)))
    assert large.value >= small.value


@given(budgets, sums, st.integers(1, 100), st.integers(1, 100))
def test_a_higher_rate_never_makes_it_harder(part, budget, least, one, other):
    low, high = (part(budget, grant(least, rate=rate)) for rate in sorted((one, other)))
    assert high.value >= low.value


@given(budgets, sums)
def test_who_joins_carries_no_more_than_who_leads(part, budget, least):
    assert part(budget, grant(least), ("beneficiary",)).value >= part(budget, grant(least), ("coordinator",)).value


def test_more_applicants_share_the_load(part, said):
    alone = part(100_000, grant(1_500_000))
    many = part(100_000, grant(1_500_000), criteria=[said(CriterionKind.MIN_APPLICANTS, "5")])
    assert alone.value < many.value < 0


def test_a_large_call_is_told_in_words(part):
    found = part(250_000, grant(1_500_000))
    assert found.note == (
        "The smallest grant of EUR 1,500,000 a project, over up to 36 months, is 6 times your yearly budget of"
        " EUR 250,000 (2025): join as co-applicant rather than lead."
    )
    alone = part(250_000, grant(1_500_000), ("coordinator",))
    assert alone.note.endswith("a heavy load without a stronger partner.")
    assert alone.value < found.value
    assert alone.answer is Answer.NOT_MET


def test_a_small_call_is_within_reach(part):
    found = part(250_000, grant(30_000, months=24))
    assert (found.value, found.answer) == (0, Answer.MET)
    assert found.note.endswith("is 12 % of your yearly budget of EUR 250,000 (2025): within reach.")
    assert "less than 1 % of" in part(10**9, grant(30_000)).note


def test_a_sum_within_reach_needs_no_duration(part):
    assert part(250_000, grant(30_000, months=None)).answer is Answer.MET


def test_a_sub_grant_is_carried_alone(part):
    joined, alone = (part(50_000, grant(100_000, months=12), kind=kind) for kind in ("topic", "cascade"))
    assert alone.value < joined.value


def test_another_currency_is_compared_in_euro(part):
    assert part(250_000, grant(1_500_000, currency="HUF")).answer is Answer.MET


def test_own_money_counts_where_the_rate_is_low(part):
    assert part(100_000, grant(90_000, rate=30)).value < part(100_000, grant(90_000, rate=95)).value == 0


def test_the_explanation_says_it_once_on_the_side_it_speaks_for(part, call):
    for budget, size, side in (
        (30_000, grant(1_500_000), "against"),
        (250_000, grant(30_000), "in_favour"),
        (None, grant(30_000), "unknown"),
    ):
        size_of = part(budget, size)
        other = Contribution(name="dense", label="nearness in meaning", weight=0.8, signal=0.5, value=0.4)
        told = explain(match(call(), (other, size_of)))
        assert size_of.note in getattr(told, side)
        assert sum(size_of.note in getattr(told, each) for each in ("in_favour", "against", "unknown")) == 1


def match(call, parts):
    return Match(
        profile="group",
        call=call,
        on=date(2026, 11, 22),
        status=CallStatus.OPEN,
        score=sum(part.value for part in parts),
        contributions=parts,
        verdicts=(),
        route=Route(kind="unknown", label="not known", reason="Nothing is known."),
    )
