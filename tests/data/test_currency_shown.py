"""Where a reader meets equivalents in euro: terminal, screen and JSON."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from dashboard import words
from matcher import amounts
from matcher.languages.speaker import speaker
from matcher.model import Budget, Call, CallKind, GrantSize, Money
from matcher.reference.files import load_reference
from matcher.wire import calls as wire
from matcher.wording import calls as wording

RATES = load_reference(Path(__file__).parents[2] / "data" / "reference").rates
DAY = date(2026, 11, 22)


def money(amount, currency: str) -> Money:
    return Money(amount=Decimal(amount), currency=currency)


def test_the_stated_amount_stays_and_the_equivalent_stands_beside_it():
    assert amounts.money_words(money(1_200_000, "PLN"), RATES) == (
        "PLN 1,200,000 (about EUR 274,000 at the ECB rate of 2 October 2026)"
    )
    assert amounts.money_words(money(1_955_830, "BGN"), RATES) == (
        "BGN 1,955,830 (about EUR 1,000,000 at the fixed conversion rate)"
    )
    assert amounts.money_words(money(60_000, "EUR"), RATES) == "EUR 60,000"
    assert amounts.money_words(money(60_000, "XAF"), RATES) == "XAF 60,000"


def test_budget_and_grant_on_the_screen_and_in_the_terminal():
    call = plan()
    about = "(about EUR 274,000 at the ECB rate of 2 October 2026)"
    assert words.budget_words(speaker("en"), call, RATES) == f"PLN 1,200,000 {about}"
    assert amounts.grant_words(call.grant, RATES) == f"at most PLN 1,200,000 {about} a project"
    page = list(wording.call_page(call, DAY, RATES, {}, {}))
    assert f"Budget: PLN 1,200,000 {about}" in page
    assert f"One grant: at most PLN 1,200,000 {about} a project" in page


def test_json_gives_the_equivalent_and_the_day_of_its_rate():
    found = wire.full_call_json(plan(), DAY, RATES, {})
    beside = {"euro": 274000, "euro_day": "2026-10-02"}
    assert found["budget"] == {"amount": 1200000, "currency": "PLN", "shared": False, **beside}
    assert found["grant"]["maximum"] == {"amount": "1200000", "currency": "PLN", **beside}
    assert found["grant"]["minimum"] is None
    assert wire.budget_json(Budget(total=money(5, "EUR")), RATES)["euro"] == 5
    assert wire.budget_json(Budget(total=money(5, "XAF")), RATES)["euro"] is None


def plan() -> Call:
    most = money(1_200_000, "PLN")
    return Call(
        source="s",
        reference="r",
        identifier="r",
        title="t",
        kind=CallKind.CALL,
        url="https://example.org",
        budget=Budget(total=most),
        grant=GrantSize(maximum=most),
        as_of=DAY,
    )
