"""Which sentence of a call is given as a reason, and which condition as a caution."""

from datetime import date

import pytest

from matcher.alerts.digests.cards import card
from matcher.eligibility.rules import RULES
from matcher.model import (
    Answer,
    Basis,
    CallStatus,
    Criterion,
    CriterionKind,
    Evidence,
    Match,
    Profile,
    Quote,
    Route,
    RouteKind,
    Verdict,
)
from tests.doubles.news_world import made_call

ON = date(2026, 11, 16)
TITLE = "Language courses for newcomers in towns"
ABOUT = "About Language courses for newcomers in towns."
REAL = "Towns and associations run courses close to where people live."


@pytest.fixture
def profile(settings):
    from matcher.service import Service

    return Service(settings).profile("riga")


def seen(profile: Profile, *quotes: str, verdicts: tuple[Verdict, ...] = (), **facts: object) -> Match:
    said = tuple(
        Evidence(
            need=profile.needs[0].text, quote=Quote(text=text, place="text", start=0, end=len(text)), similarity=1.0
        )
        for text in quotes
    )
    return Match(
        profile=profile.id,
        call=made_call("A", title=TITLE, **facts),
        on=ON,
        status=CallStatus.OPEN,
        score=0.0,
        contributions=(),
        verdicts=verdicts,
        route=Route(kind=RouteKind.LEAD, label="lead", reason=""),
        evidence=said,
    )


def verdict(rule: str, answer: Answer, **facts: object) -> Verdict:
    return Verdict.model_validate({"rule": rule, "label": RULES[rule].label, "answer": answer, "reason": "."} | facts)


@pytest.mark.parametrize(
    ("quotes", "reason"),
    [((REAL, ABOUT), REAL), ((ABOUT, REAL), REAL), ((ABOUT,), None), ((TITLE.upper(),), None), ((), None)],
)
def test_a_sentence_that_repeats_the_title_is_no_reason(quotes, reason, profile):
    made = card(seen(profile, *quotes), 1, profile, ())
    assert (made.reason and made.reason.quote) == reason


@pytest.mark.parametrize(
    ("verdicts", "rule"),
    [
        ([("min_applicants", Answer.UNKNOWN), ("country", Answer.UNKNOWN)], "country"),
        ([("applicant_kind", Answer.UNKNOWN), ("area", Answer.NOT_MET)], "area"),
        ([("language", Answer.UNKNOWN), ("min_countries", Answer.UNKNOWN)], "min_countries"),
        ([("country", Answer.MET)], None),
        ([("call_status", Answer.UNKNOWN)], None),
    ],
)
def test_the_caution_that_weighs_most_is_given(verdicts, rule, profile):
    given = tuple(verdict(name, answer) for name, answer in verdicts)
    made = card(seen(profile, verdicts=given), 1, profile, ())
    assert (made.caution and made.caution.rule) == rule


def test_how_many_applicants_and_whether_only_usually(profile):
    criterion = Criterion(kind=CriterionKind.MIN_APPLICANTS, values=("3",), basis=Basis.CALL_RECORD)
    open_one = verdict("min_applicants", Answer.UNKNOWN, basis=Basis.CALL_RECORD)
    stated = card(seen(profile, verdicts=(open_one,), criteria=(criterion,)), 1, profile, ()).caution
    assert (stated.least, stated.is_usual) == (3, False)
    usual = verdict("min_applicants", Answer.UNKNOWN, basis=Basis.PROGRAMME_RULE)
    silent = card(seen(profile, verdicts=(usual,)), 1, profile, ()).caution
    assert (silent.least, silent.is_usual) == (None, True)
