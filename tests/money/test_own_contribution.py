"""What the partners add: exact, from the strongest word there is, unknown where nobody says."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.model import Basis, CriterionKind, GrantSize, Money
from matcher.money.own_contribution import Finance, own_part
from matcher.wire.money import finance_json
from matcher.wording.money import NOT_KNOWN, money_facts, money_page

K = CriterionKind
grants = st.decimals("0.01", "1e9", places=2)
rates = st.decimals("0.01", "100", places=2)


def grant(least=None, most=None, currency="EUR", **fields):
    sums = {"minimum": least, "maximum": most}
    return GrantSize(**{name: Money(amount=sum_, currency=currency) for name, sum_ in sums.items() if sum_}, **fields)


@given(grants, rates)
def test_grant_and_own_part_are_in_the_proportion_of_the_rate(amount, rate):
    own = own_part(amount, rate)
    assert own >= 0
    exact = Fraction(amount) * (100 - Fraction(rate)) / Fraction(rate)
    assert abs(Fraction(own) - exact) <= Fraction(1, 200)


@given(grants, rates, rates)
def test_a_higher_rate_never_asks_for_more(amount, one, other):
    assert own_part(amount, max(one, other)) <= own_part(amount, min(one, other))


@given(grants, grants, rates)
def test_a_larger_grant_never_asks_for_less(one, other, rate):
    assert own_part(max(one, other), rate) >= own_part(min(one, other), rate)


def test_known_sums():
    assert own_part(Decimal(90), Decimal(90)) == 10
    assert own_part(Decimal(1_500_000), Decimal(90)) == Decimal("166666.67")
    assert own_part(Decimal(1_500_000), Decimal(100)) == 0


@pytest.mark.parametrize("rate", ["0", "-1", "100.01"])
def test_a_rate_that_cannot_be_is_refused(rate):
    with pytest.raises(ValueError, match="over 0, at most 100"):
        own_part(Decimal(1), Decimal(rate))


def test_what_nobody_states_stays_unknown(money, reference):
    found = money()
    assert found == Finance()
    assert found.own(found.smallest) is None
    assert [fact.text for fact in money_facts(found, {})][:3] == [NOT_KNOWN] * 3
    assert finance_json(found, {})["rate_percent"] is None


def test_words_round_the_own_part_up_to_whole_euros_and_figures_stay_exact(money):
    found = money(grant=grant(750_000, rate_percent=Decimal(90)))
    assert "the partners together add at least EUR 83,334 for the smallest grant" in "\n".join(money_page(found, {}))
    assert finance_json(found, {})["smallest"]["own_part"] == "83333.33"


def test_the_document_wins_over_the_record_and_keeps_its_quote(money, said):
    record = grant(1_000_000, 2_000_000, rate_percent=Decimal(80))
    found = money(grant=record, criteria=[said(K.FUNDING_RATE, "90"), said(K.GRANT_MIN, "500000")])
    assert (found.rate.value, found.rate.ground.basis, found.rate.ground.quote.page) == (90, Basis.CALL_DOCUMENT, 7)
    assert (found.smallest.money.amount, found.largest.money.amount) == (500_000, 2_000_000)
    assert found.largest.ground.basis is Basis.CALL_RECORD


def test_what_is_usual_fills_in_and_says_so(money, reference):
    found = money(programme="ERASMUS+-NATIONAL", identifier="KA210-ADU", source="erasmus_decentralised")
    assert found.lump_sum.basis is Basis.PROGRAMME_RULE
    assert [amount.amount for amount in found.amounts] == [30_000, 60_000]
    assert (found.smallest.money.amount, found.largest.money.amount) == (30_000, 60_000)
    lines = "\n".join(money_page(found, {}))
    assert "Usual for this action" in lines
    assert "a fixed amount, no rate: EUR 30,000 or EUR 60,000" in lines
    assert "what costs more than the fixed amount, the partners bear" in lines
    assert found.own(found.smallest) is None


def test_the_words_lump_sum_alone_do_not_mean_that_nothing_is_asked_for(money, said):
    found = money(grant=grant(100_000), criteria=[said(K.LUMP_SUM, "yes")])
    assert not found.is_fixed
    assert "not known, since the rate is not" in "\n".join(money_page(found, {}))
    at_a_rate = money(grant=grant(90_000, rate_percent=Decimal(90)), criteria=[said(K.LUMP_SUM, "yes")])
    assert at_a_rate.own(at_a_rate.smallest) == 10_000


def test_doubtful_words_are_shown_and_counted_with_nowhere(money, said):
    found = money(grant=grant(90_000), criteria=[said(K.FUNDING_RATE, "90", confidence=0.5)])
    assert found.rate is None
    assert found.own(found.smallest) is None
    assert [one.values for one in found.doubtful] == [("90",)]
    assert "Read with doubt: 90" in "\n".join(money_page(found, {}))


def test_doubtful_words_keep_what_is_usual_out_but_not_the_record(money, said):
    doubt = [said(K.GRANT_MIN, "1", confidence=0.5)]
    usual = money(programme="ERASMUS+-NATIONAL", identifier="KA220-ADU", source="erasmus_decentralised")
    assert usual.smallest is not None
    doubted = money(programme="ERASMUS+-NATIONAL", identifier="KA220-ADU", criteria=doubt)
    assert doubted.smallest is None
    assert doubted.largest is not None
    assert money(grant=grant(7), criteria=doubt).smallest.money.amount == 7


def test_of_several_rates_the_lowest_is_counted_with(money, said):
    found = money(grant=grant(70), criteria=[said(K.FUNDING_RATE, "100"), said(K.FUNDING_RATE, "70")])
    assert found.own(found.smallest) == 30


@pytest.mark.parametrize("value", ["0", "about 90", "190"])
def test_figures_that_cannot_be_are_left_out(value, money, said):
    assert money(criteria=[said(K.FUNDING_RATE, value)]).rate is None


@given(
    values=st.lists(st.integers(1, 10**9), min_size=1, max_size=4, unique=True),
    chance=st.randoms(use_true_random=False),
)
def test_the_order_of_criteria_changes_nothing(values, chance, money, said):
    criteria = [said(kind, str(value)) for value in values for kind in (K.GRANT_MIN, K.GRANT_MAX, K.DURATION_MAX)]
    shuffled = chance.sample(criteria, len(criteria))
    one, other = money(criteria=criteria), money(criteria=shuffled)
    assert (one.smallest.money, one.largest.money, one.months.value) == (
        other.smallest.money,
        other.largest.money,
        other.months.value,
    )
    assert one.smallest.money.amount == min(values)


def test_another_currency_is_kept_with_its_equivalent(money, reference):
    found = money(grant=grant(4_000_000, currency="PLN", rate_percent=Decimal(80)))
    assert found.own(found.smallest) == 1_000_000
    lines = "\n".join(money_page(found, reference.rates))
    assert "PLN 4,000,000 (about EUR" in lines
    assert "at least PLN 1,000,000 (about EUR" in lines
    assert finance_json(found, reference.rates)["smallest"]["currency"] == "PLN"


def test_what_is_paid_first_is_told_as_a_sum(money, said):
    found = money(grant=grant(1_500_000), criteria=[said(K.PRE_FINANCING, "80")])
    assert found.advance(found.smallest) == 1_200_000
    assert "80 % of the grant: EUR 1,200,000 of the smallest grant" in "\n".join(money_page(found, {}))
