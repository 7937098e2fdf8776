"""A code that a source uses again for another call makes a second call; the first is not overwritten."""

from datetime import date

import pytest

from crawler.reused_codes import keep_apart
from matcher.model import Call, CallKind, CallStatus, Deadline, National

ON = date(2026, 11, 20)
OVER, AHEAD = Deadline(day=date(2025, 3, 1)), Deadline(day=date(2027, 3, 1))


def call(title="Language courses for foreigners", deadline=AHEAD, **changes) -> Call:
    facts = {"source": "czechia", "reference": "03_26_046", "identifier": "03_26_046", "kind": CallKind.CALL}
    facts |= {"url": "https://example.cz/", "as_of": ON, "national": National(country="CZ")}
    return Call.model_validate(facts | {"title": title, "deadlines": (deadline,)} | changes)


def test_a_code_of_a_closed_call_for_another_makes_two_calls():
    earlier, later = call("Bus lanes in Ostrava", OVER), call()

    (kept,), (issue,) = keep_apart([later], {earlier.id: earlier}, ON)

    assert kept.id != earlier.id
    assert kept.identifier == later.identifier
    assert "Bus lanes in Ostrava" in issue.problem
    assert keep_apart([later], {earlier.id: earlier, kept.id: kept}, ON)[0] == [kept]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (call(deadline=OVER), call("Courses of language for foreigners, 2nd round")),
        (call("Bus lanes in Ostrava"), call()),
        (call("Bus lanes in Ostrava", OVER), call(deadline=OVER)),
        (call("Bus lanes in Ostrava", OVER, national=None), call(national=None)),
    ],
    ids=["renamed", "not closed yet", "both closed", "not national"],
)
def test_the_same_call_stays_one(earlier, later):
    assert keep_apart([later], {earlier.id: earlier}, ON) == ([later], [])


def test_a_new_code_is_a_new_call():
    assert keep_apart([call()], {}, ON) == ([call()], [])
    assert call().status(ON) is not CallStatus.CLOSED
