"""What counts as a change of a call, and what does not."""

from datetime import date, time
from decimal import Decimal

import pytest

from matcher.days import day_iso
from matcher.ledger.comparing import compare
from matcher.ledger.forms import last_of, plain
from matcher.model import (
    Basis,
    Budget,
    Criterion,
    CriterionKind,
    Deadline,
    FieldChange,
    GrantSize,
    MaterialField,
    Money,
    Precision,
    Quote,
)
from tests.doubles.source_days import DAY, a_call, on

SOON, LATE = on(30), on(60)


def deadline(day, at=None, **said):
    return Deadline(day=day, at=at, precision=Precision.MINUTE if at else Precision.DAY, **said)


def condition(*values, quote=None, **said):
    said = {"kind": CriterionKind.COUNTRY, "basis": Basis.CALL_RECORD} | said
    return Criterion(values=values, quote=quote, **said)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({"title": "A  call\tfor\ntowns"}, {"title": "a Call for towns"}),
        ({"title": "Call for\u200b towns\x00"}, {"title": "Call for towns"}),
        ({"title": "\ufb01rst"}, {"title": "First"}),
        ({"deadlines": (deadline(LATE, time(17)),)}, {"deadlines": (deadline(LATE, time(12)),)}),
        ({"deadlines": (deadline(LATE, time(17, 0, 44)),)}, {"deadlines": (deadline(LATE, time(17, 0, 35)),)}),
        ({"deadlines": (deadline(LATE),)}, {"deadlines": (deadline(LATE, time(17)),)}),
        ({"deadlines": (deadline(LATE), deadline(SOON))}, {"deadlines": (deadline(SOON), deadline(LATE))}),
        ({"deadlines": (deadline(on(-5)), deadline(LATE))}, {"deadlines": (deadline(LATE),)}),
        ({"deadlines": (deadline(LATE),)}, {"deadlines": (deadline(on(-5)), deadline(LATE))}),
        ({"deadlines": (deadline(on(-9)), deadline(on(-5)))}, {"deadlines": (deadline(on(-9)),)}),
        ({"opening": on(-10)}, {"opening": on(-3)}),
        ({"keywords": ("a", "b"), "text": "One."}, {"keywords": ("b", "c"), "text": "Two."}),
        ({"applicants": "Towns may apply. So may regions."}, {"applicants": "So may regions.\n\nTowns may apply."}),
        ({"conditions": "Towns may\napply with partners."}, {"conditions": "Towns may apply with partners."}),
        ({"criteria": (condition("at", "de"),)}, {"criteria": (condition("de", "at"),)}),
        (
            {"criteria": (condition("at", quote=Quote(text="A", place="text", start=0, end=1)),)},
            {"criteria": (condition("at", quote=Quote(text="A", place="text", start=4, end=5)),)},
        ),
        (
            {"budget": Budget(total=Money(amount=Decimal("100")), shared=True)},
            {"budget": Budget(total=Money(amount=Decimal("100.00")))},
        ),
    ],
)
def test_no_change(was, now):
    found = compare(a_call(**was), a_call(**now), DAY)
    assert (found.changes, found.silenced) == ((), ())


@pytest.mark.parametrize(
    ("was", "now", "field", "before", "after"),
    [
        ({"title": "Old"}, {"title": "New  name"}, "title", ("Old",), ("New name",)),
        ({"opening": on(5)}, {"opening": on(9)}, "opening", ("2027-03-06",), ("2027-03-10",)),
        (
            {"opening": date(2027, 4, 1), "opening_precision": Precision.QUARTER},
            {"opening": date(2027, 4, 1), "opening_precision": Precision.MONTH},
            "opening",
            ("2027-Q2",),
            ("2027-04",),
        ),
        ({"deadlines": (deadline(SOON),)}, {"deadlines": (deadline(LATE),)}, "deadlines", (SOON,), (LATE,)),
        ({"deadlines": (deadline(on(-1)),)}, {"deadlines": (deadline(LATE),)}, "deadlines", (on(-1),), (LATE,)),
        ({"deadlines": (deadline(LATE),)}, {"deadlines": (deadline(on(-1)),)}, "deadlines", (LATE,), (on(-1),)),
        (
            {"deadlines": (deadline(on(-9)), deadline(SOON), deadline(LATE))},
            {"deadlines": (deadline(SOON), deadline(on(90)))},
            "deadlines",
            (SOON, LATE),
            (SOON, on(90)),
        ),
        (
            {"deadlines": (Deadline(day=date(2027, 5, 1), precision=Precision.MONTH),)},
            {"deadlines": (deadline(date(2027, 5, 20)),)},
            "deadlines",
            ("2027-05",),
            ("2027-05-20",),
        ),
        (
            {"budget": Budget(total=Money(amount=Decimal("1200000")))},
            {"budget": Budget(total=Money(amount=Decimal("900000.50")))},
            "budget",
            ("EUR 1200000",),
            ("EUR 900000.5",),
        ),
        (
            {"grant": GrantSize(expected_grants=324)},
            {"grant": GrantSize(expected_grants=294, rate_percent=Decimal("90"))},
            "grant",
            ("grants 324",),
            ("grants 294", "rate 90"),
        ),
        (
            {"criteria": (condition("at"),)},
            {"criteria": (condition("at", "de", together=True, role="coordinator"),)},
            "criteria",
            ("country: at",),
            ("country: at + de (coordinator)",),
        ),
    ],
)
def test_a_change(was, now, field, before, after):
    words = [tuple(str(value) for value in side) for side in (before, after)]
    assert compare(a_call(**was), a_call(**now), DAY).changes == (
        FieldChange(field=MaterialField(field), was=words[0], now=words[1]),
    )


@pytest.mark.parametrize("field", ["applicants", "terms", "conditions"])
def test_of_a_text_only_the_sentences_that_went_and_came_are_told(field):
    was = "Towns may apply. Private non-profits may apply. Nobody else may."
    now = "Towns may apply. Public and private non-profits may apply. Nobody else may. Firms may not."
    (change,) = compare(a_call(**{field: was}), a_call(**{field: now}), DAY).changes
    assert change.was == ("Private non-profits may apply.",)
    assert change.now == ("Public and private non-profits may apply.", "Firms may not.")


def test_a_shortened_text_is_a_change():
    (change,) = compare(a_call(terms="One. Two."), a_call(terms="One."), DAY).changes
    assert (change.was, change.now) == (("Two.",), ())


def test_silence_is_no_change_and_is_noted():
    found = compare(a_call(), a_call(deadline=None), DAY)
    assert found.changes == ()
    assert found.silenced == (FieldChange(field=MaterialField.DEADLINES, was=(LATE.isoformat(),)),)


@pytest.mark.parametrize(("said_last", "changes"), [(LATE, 0), (SOON, 1)])
def test_what_is_said_after_a_silence_is_held_against_what_was_said_last(said_last, changes):
    last = {MaterialField.DEADLINES: (said_last.isoformat(),)}
    found = compare(a_call(deadline=None), a_call(), DAY, last).changes
    assert [change.was for change in found] == [(said_last.isoformat(),)] * changes


def test_a_field_that_the_poorer_reading_before_did_not_know_did_not_come_up():
    was, now = a_call(), a_call(applicants="Towns.", title="New")
    assert [one.field for one in compare(was, now, DAY).changes] == ["title", "applicants"]
    assert [one.field for one in compare(was, now, DAY, poorer=True).changes] == ["title"]


@pytest.mark.parametrize(
    ("precision", "form", "last"),
    [
        (Precision.DAY, "2028-02-01", date(2028, 2, 1)),
        (Precision.MINUTE, "2028-02-01", date(2028, 2, 1)),
        (Precision.MONTH, "2028-02", date(2028, 2, 29)),
        (Precision.QUARTER, "2028-Q1", date(2028, 3, 31)),
        (Precision.YEAR, "2028", date(2028, 12, 31)),
    ],
)
def test_a_day_as_precisely_as_it_is_known(precision, form, last):
    assert day_iso(date(2028, 2, 1), precision) == form
    assert last_of(form) == last


def test_hostile_titles_become_plain():
    assert plain("a\u202eb\r\nBcc: x\x07\ud800 ") == "ab Bcc: x"
