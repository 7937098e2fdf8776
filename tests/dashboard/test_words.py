"""Dates, money and states in words: as precise as the source, never more."""

from datetime import date, time
from decimal import Decimal

import pytest

from dashboard import words
from matcher.amounts import grant_words
from matcher.model import (
    AmountShare,
    Basis,
    Budget,
    CallKind,
    CallStatus,
    Deadline,
    DeadlineModel,
    GrantSize,
    Money,
    National,
    Precision,
)

ON = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("deadline", "said"),
    [
        (
            Deadline(day=date(2026, 3, 22), at=time(17), zone="Europe/Brussels", precision=Precision.MINUTE),
            "22 March 2026, 17:00 (Brussels time) · in 12 days",
        ),
        (
            Deadline(day=date(2026, 3, 11), at=time(17), precision=Precision.MINUTE),
            "11 March 2026, 17:00 (time zone not stated) · tomorrow",
        ),
        (Deadline(day=ON), "10 March 2026, time of day not stated · today"),
        (Deadline(day=date(2026, 3, 9)), "9 March 2026, time of day not stated · yesterday"),
        (Deadline(day=date(2024, 3, 10)), "10 March 2024, time of day not stated · 730 days ago"),
        (Deadline(day=date(2026, 9, 1), precision=Precision.MONTH), "September 2026, day not stated"),
        (Deadline(day=date(2026, 3, 1), precision=Precision.MONTH), "March 2026, day not stated"),
        (Deadline(day=date(2026, 4, 1), precision=Precision.QUARTER), "second quarter 2026, day not stated"),
        (Deadline(day=date(2025, 1, 1), precision=Precision.YEAR), "2025, day not stated · passed"),
    ],
)
def test_a_deadline_says_no_more_than_its_source(deadline, said):
    assert words.deadline_words(deadline, ON) == said


def test_of_several_cut_offs_the_next_one_counts(make):
    call = make.call(
        deadlines=tuple(Deadline(day=date(2026, month, 1), stage=n) for n, month in enumerate((2, 4, 9), 1)),
        deadline_model=DeadlineModel.MULTIPLE_CUT_OFF,
    )
    assert words.next_deadline_words(call, ON).startswith("1 April 2026")
    assert words.next_deadline_words(call, date(2027, 1, 1)).startswith("closed: 1 September 2026")
    assert [words.stage_words(d, call) for d in call.deadlines] == ["cut-off 1", "cut-off 2", "cut-off 3"]


def test_a_call_without_deadline_is_not_given_one(make):
    assert words.next_deadline_words(make.call(deadlines=()), ON) == "no deadline stated"
    rolling = make.call(deadlines=(), deadline_model=DeadlineModel.PERMANENT)
    assert words.next_deadline_words(rolling, ON) == "no closing day"


def test_the_state_of_a_call_names_the_day_it_opens(make):
    call = make.call(opening=date(2026, 3, 12), deadlines=(Deadline(day=date(2026, 9, 1)),))
    assert words.status_words(call, ON) == "opens 12 March 2026 · in 2 days"
    assert words.status_words(call, date(2026, 3, 12)) == "open"
    assert words.status_words(call, date(2026, 9, 2)) == "closed"


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        (Precision.DAY, "opens 1 July 2026 · in 61 days"),
        (Precision.MONTH, "opens July 2026"),
        (Precision.QUARTER, "opens third quarter 2026"),
        (Precision.YEAR, "opens 2026"),
    ],
)
def test_an_opening_day_says_no_more_than_its_source(make, precision, said):
    call = make.call(opening=date(2026, 7, 1), opening_precision=precision, deadlines=())
    assert words.status_words(call, date(2026, 5, 1)) == said


def test_a_budget_says_what_it_counts(make):
    total = Money(amount=Decimal(34_000_000))
    assert words.budget_words(make.call(budget=Budget(total=total, shared=True))) == (
        "EUR 34,000,000: a shared pot, for all topics of the call together"
    )
    assert words.budget_words(make.call(budget=Budget(total=total))) == "EUR 34,000,000"
    assert words.budget_words(make.call(budget=None)) == "not stated"
    national = National(country="CZ", share=AmountShare.EU)
    assert words.budget_words(make.call(budget=Budget(total=total), national=national)) == (
        "EUR 34,000,000, money of the EU fund alone"
    )


def test_the_days_of_a_planned_call_are_called_planned(make):
    planned = make.call(
        opening=date(2027, 4, 1),
        opening_precision=Precision.QUARTER,
        published_status=CallStatus.FORTHCOMING,
        national=National(country="CZ"),
        deadlines=(Deadline(day=date(2027, 7, 1), precision=Precision.QUARTER),),
    )
    assert words.status_words(planned, ON) == "planned for second quarter 2027"
    assert words.opening_words(planned) == "second quarter 2027, planned"
    assert words.next_deadline_words(planned, ON) == "third quarter 2027, day not stated"


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ({}, ""),
        ({"minimum": 1, "maximum": 2}, "EUR 1 to EUR 2 a project"),
        ({"minimum": 1}, "at least EUR 1 a project"),
        ({"maximum": 2}, "at most EUR 2 a project"),
    ],
)
def test_the_size_of_one_grant_is_what_is_stated(grant, said):
    assert grant_words(GrantSize(**{name: Money(amount=Decimal(n)) for name, n in grant.items()})) == said


def test_rate_length_and_number_of_grants_are_said_too():
    grant = GrantSize(rate_percent=Decimal(90), duration_months_max=36, expected_grants=8)
    assert grant_words(grant) == "up to 90 % of the costs, at most 36 months, about 8 grants expected"


def test_every_status_and_every_basis_has_words():
    assert set(words.STATUSES) == set(CallStatus)
    assert set(words.BASES) == set(Basis)
    assert set(words.KINDS) == set(CallKind)


@pytest.mark.parametrize(("code", "name"), [("LV", "Latvia"), ("XK", "Kosovo"), ("QQ", "QQ")])
def test_countries_have_their_names(code, name):
    assert words.country_words(code) == name
