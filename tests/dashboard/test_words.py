"""Dates, money and states in words: as precise as the source, never more."""

from datetime import date, time
from decimal import Decimal

import pytest

from dashboard import words
from matcher.amounts import grant_words
from matcher.languages import speaker, terms
from matcher.model import (
    AmountShare,
    Answer,
    Basis,
    Budget,
    CallKind,
    CallStatus,
    Deadline,
    DeadlineModel,
    Dislike,
    GrantSize,
    Money,
    National,
    Permission,
    Precision,
    Role,
    Stage,
    Tier,
)
from tests.doubles.pseudo_language import leaks, pseudo_speaker

ON = date(2026, 3, 10)
SAY = speaker("en")
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


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
        (Deadline(day=date(2026, 4, 1), precision=Precision.QUARTER), "2nd quarter 2026, day not stated"),
        (Deadline(day=date(2025, 1, 1), precision=Precision.YEAR), "2025, day not stated · passed"),
    ],
)
def test_a_deadline_says_no_more_than_its_source(deadline, said):
    assert words.deadline_words(SAY, deadline, ON) == said


def test_of_several_cut_offs_the_next_one_counts(make):
    call = make.call(
        deadlines=tuple(Deadline(day=date(2026, month, 1), stage=n) for n, month in enumerate((2, 4, 9), 1)),
        deadline_model=DeadlineModel.MULTIPLE_CUT_OFF,
    )
    assert words.next_deadline_words(SAY, call, ON).startswith("1 April 2026")
    assert words.next_deadline_words(SAY, call, date(2027, 1, 1)).startswith("closed: 1 September 2026")
    assert [words.stage_words(SAY, d, call) for d in call.deadlines] == ["cut-off 1", "cut-off 2", "cut-off 3"]


def test_a_call_without_deadline_is_not_given_one(make):
    assert words.next_deadline_words(SAY, make.call(deadlines=()), ON) == "no deadline stated"
    rolling = make.call(deadlines=(), deadline_model=DeadlineModel.PERMANENT)
    assert words.next_deadline_words(SAY, rolling, ON) == "no closing day"


def test_the_state_of_a_call_names_the_day_it_opens(make):
    call = make.call(opening=date(2026, 3, 12), deadlines=(Deadline(day=date(2026, 9, 1)),))
    assert words.status_words(SAY, call, ON) == "opens 12 March 2026 · in 2 days"
    assert words.status_words(SAY, call, date(2026, 3, 12)) == "open"
    assert words.status_words(SAY, call, date(2026, 9, 2)) == "closed"


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
    assert words.status_words(SAY, call, date(2026, 5, 1)) == said


def test_a_budget_says_what_it_counts(make):
    total = Money(amount=Decimal(34_000_000))
    assert words.budget_words(SAY, make.call(budget=Budget(total=total, shared=True))) == (
        "EUR 34,000,000: a shared pot, for all topics of the call together"
    )
    assert words.budget_words(SAY, make.call(budget=Budget(total=total))) == "EUR 34,000,000"
    assert words.budget_words(SAY, make.call(budget=None)) == "not stated"
    national = National(country="CZ", share=AmountShare.EU)
    assert words.budget_words(SAY, make.call(budget=Budget(total=total), national=national)) == (
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
    assert words.status_words(SAY, planned, ON) == "planned for second quarter 2027"
    assert words.opening_words(SAY, planned) == "2nd quarter 2027, planned"
    assert words.next_deadline_words(SAY, planned, ON) == "3rd quarter 2027, day not stated"


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


@pytest.mark.parametrize("made", [CallStatus, Basis, CallKind, Stage, Dislike, Permission, Role, Answer, Tier])
def test_every_closed_list_that_a_page_shows_has_words(made):
    known = {type(next(iter(words_of))): words_of for words_of in vars(terms).values() if isinstance(words_of, dict)}
    assert set(known[made]) == set(made)


def test_a_deadline_is_told_as_a_french_reader_writes_it():
    deadline = Deadline(day=date(2026, 3, 22), at=time(17), zone="Europe/Brussels", precision=Precision.MINUTE)
    told = words.stated_deadline(speaker("fr"), deadline)
    assert told.translate(SPACES) == "22 mars 2026, 17:00 (heure de Bruxelles)"


def test_what_the_matcher_words_is_said_in_the_language(make):
    say = pseudo_speaker()
    grant = GrantSize(maximum=Money(amount=Decimal(500_000)), rate_percent=Decimal(90), expected_grants=8)
    planned = make.call(
        opening=date(2026, 3, 12), deadlines=(), budget=Budget(total=Money(amount=Decimal(1)), shared=True)
    )
    told = [words.grant_words(say, grant), words.status_words(say, planned, ON), words.budget_words(say, planned)]
    assert leaks(told) == []
    assert "500 000" in told[0].translate(SPACES)
