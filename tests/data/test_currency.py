"""Equivalents in euro: the file of rates and the arithmetic."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.currency import in_euro
from matcher.model import Money
from matcher.reference.files import BadReference, load_reference

FOLDER = Path(__file__).parents[2] / "data" / "reference"
RATES = load_reference(FOLDER).rates
DAY = date(2026, 11, 22)
AMOUNTS = st.decimals(min_value="0.01", max_value="1e13", allow_nan=False, allow_infinity=False)
CURRENCIES = st.sampled_from(sorted(RATES))


def money(amount, currency: str) -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def test_the_file_has_all_rates_of_one_day_and_the_two_fixed_ones():
    daily = [rate for rate in RATES.values() if not rate.fixed]
    assert len(daily) == 29
    assert {rate.day for rate in daily} == {date(2026, 10, 2)}
    assert {"PLN", "CZK", "HUF", "RON", "SEK", "DKK", "NOK", "ISK", "GBP", "CHF", "TRY", "USD"} < set(RATES)
    assert {(r.currency, r.per_euro, r.day) for r in RATES.values() if r.fixed} == {
        ("BGN", Decimal("1.95583"), date(2026, 1, 1)),
        ("HRK", Decimal("7.53450"), date(2023, 1, 1)),
    }
    for rate in RATES.values():
        assert rate.source.startswith("https://")
        assert rate.day < rate.as_of <= DAY


@pytest.mark.parametrize(
    ("amount", "currency", "euros"),
    [("1200000", "PLN", "274000"), ("1955830", "BGN", "1000000"), ("7.53450", "HRK", "1"), ("5000", "HUF", "13.5")],
)
def test_an_amount_is_divided_by_its_rate_and_cut_to_three_digits(amount, currency, euros):
    assert in_euro(money(amount, currency), RATES) == Decimal(euros)


@given(AMOUNTS)
def test_euros_stay_as_they_are(amount):
    assert in_euro(money(amount, "EUR"), RATES) == amount


@given(AMOUNTS, CURRENCIES)
def test_an_equivalent_is_positive_and_at_most_half_a_percent_off(amount, currency):
    exact = amount / RATES[currency].per_euro
    euros = in_euro(money(amount, currency), RATES)
    assert euros > 0
    assert abs(euros - exact) <= exact * Decimal("0.005")


@given(AMOUNTS, AMOUNTS, CURRENCIES)
def test_more_of_a_currency_is_never_fewer_euros(one, other, currency):
    less, more = sorted((one, other))
    assert in_euro(money(less, currency), RATES) <= in_euro(money(more, currency), RATES)


@given(AMOUNTS)
def test_a_currency_without_a_rate_has_no_equivalent(amount):
    assert in_euro(money(amount, "XAF"), RATES) is None


@pytest.fixture
def folder(tmp_path):
    for file in (*FOLDER.glob("*.yml"), FOLDER / "nuts.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "exchange_rates.yml"
    return SimpleNamespace(path=path, text=path.read_text(encoding="utf-8"), load=lambda: load_reference(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('PLN: "4.3775"', 'PLN: "0"', "reference, PLN: field per_euro: found '0'; Input should be greater than 0"),
        ('PLN: "4.3775"', 'PLN: "4,3775"', "reference, PLN: field per_euro: found '4,3775'"),
        ('PLN: "4.3775"', "PLN: 4.3775", "field reference.per_euro.PLN: found 4.3775; write a text"),
        ('PLN: "4.3775"', 'zloty: "4.3775"', "reference, zloty: field currency: found 'zloty'"),
        ("currency: HRK", "currency: USD", "field currency: USD stands there twice"),
        ("  day: 2026-10-02\n", "", "field reference.day is missing; add it"),
    ],
)
def test_a_wrong_file_of_rates_is_refused_naming_the_place(folder, old, new, said):
    assert old in folder.text
    folder.path.write_text(folder.text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadReference) as raised:
        folder.load()
    assert str(folder.path) in str(raised.value)
    assert said in str(raised.value)
