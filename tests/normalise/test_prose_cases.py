"""Paragraphs of call pages (prose_cases.yml): what is read of them, against what a careful reader would take."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from crawler.normalise import normalise
from crawler.source import sources
from matcher.model import CallKind, DeadlineModel

CASES = yaml.safe_load(Path(__file__).with_name("prose_cases.yml").read_text(encoding="utf-8"))


@pytest.fixture
def read(make_raw, reference):
    """The facts read of a paragraph on a page fetched on 15 February 2026, as pairs of field and value."""

    def read(case):
        raw = make_raw(
            source="eui_site",
            kind=CallKind.CALL,
            programme="",
            description=case["text"],
            language=case["language"],
            fetched_at=datetime(2026, 2, 15, 5, tzinfo=UTC),
        )
        ((call, _),) = normalise([raw], sources()["eui_site"], reference)
        return set(facts(call))

    return read


def facts(call):
    for deadline in call.deadlines:
        yield "deadline", f"{deadline.day}" + (f"T{deadline.at:%H:%M}" if deadline.at else "")
    if call.deadline_model is DeadlineModel.PERMANENT:
        yield "deadline", "none"
    if call.opening:
        yield "opening", f"{call.opening}"
    if call.budget:
        yield "budget", money(call.budget.total)
    if call.grant.minimum:
        yield "grant", f"at least {money(call.grant.minimum)}"
    if call.grant.maximum:
        yield "grant", f"at most {money(call.grant.maximum)}"
    if call.grant.rate_percent is not None:
        yield "rate", f"{call.grant.rate_percent:f}"


def money(amount):
    return f"{amount.currency} {amount.amount:f}"


def expected(case):
    yield from (("deadline", day) for day in case.get("deadlines", ()))
    yield from ((field, str(case[field])) for field in ("opening", "budget", "rate") if field in case)
    currency, _, sizes = case.get("grant", "").partition(" ")
    for words, amount in zip(("at least", "at most"), sizes.split("-"), strict=False):
        if amount:
            yield "grant", f"{words} {currency} {amount}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nothing_wrong_is_read(read, case):
    """A wrong value is worse than none.

    First run of the first 60 paragraphs, before any word was mended (right/given/expected): deadline 21/29/30,
    opening 4/4/8, budget 10/12/15, grant 8/8/16, rate 7/7/11; en 12/14/15, fr 9/12/12, de 5/6/11, es 6/7/10,
    it 6/8/9, nl 6/7/9, pl 3/3/7, el 3/3/7; in all 50/60/80: precision 0.83, recall 0.62.
    First run of the 24 after the comment in the file, when the first 60 gave 77/77/80: deadline 6/10/8, opening 0/0/1,
    budget 3/5/4, grant 2/2/4, rate 2/3/2; in all 13/20/19: precision 0.65, recall 0.68, with traps chosen to hurt. So
    on unseen pages a value read in running text is to be looked up in its sentence, which `Call.terms` keeps.
    """
    assert read(case) <= set(expected(case))


def test_most_of_what_is_said_is_read(read):
    """The words may grow more careful, but not silent."""
    said = [(case["name"], fact) for case in CASES for fact in expected(case)]
    found = [(case["name"], fact) for case in CASES for fact in read(case)]
    assert len(set(said) & set(found)) >= 0.9 * len(said)


def test_a_third_of_the_paragraphs_are_traps():
    traps = [case for case in CASES if case.get("trap")]
    assert len(traps) >= len(CASES) / 3
    assert not any(set(expected(case)) for case in traps)
