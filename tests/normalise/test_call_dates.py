"""Deadlines and opening of calls outside the portal, as their pages show them."""

import subprocess
import sys
from datetime import date, time

import pytest

from crawler.normalise import normalise
from crawler.source import sources
from matcher.model import CallKind, CallStatus, DeadlineModel, Precision

BRUSSELS = "Europe/Brussels"


@pytest.fixture
def understand(make_raw, reference):
    """The call made of a page of a source, fetched on 8 October 2026, and the fields and problems of its issues."""

    def understand(source="eui_site", **changes):
        raw = make_raw(source=source, kind=CallKind.CALL, programme="", **changes)
        ((call, found),) = normalise([raw], sources()[source], reference)
        return call, [(issue.field, issue.problem) for issue in found]

    return understand


def test_a_deadline_with_its_time_stands_on_the_clocks_of_the_source(understand):
    call, problems = understand(deadlines=("15 June 2027 14:00 CEST",))
    (deadline,) = call.deadlines
    assert (deadline.day, deadline.at, deadline.zone) == (date(2027, 6, 15), time(14), BRUSSELS)
    assert (deadline.precision, problems) == (Precision.MINUTE, [])


@pytest.mark.parametrize(
    ("source", "at", "zone"), [("eui_site", time(14), BRUSSELS), ("euroaccess", time(14), "Europe/Vienna")]
)
def test_an_instant_is_shown_in_the_zone_of_the_source(understand, source, at, zone):
    call, _ = understand(source, deadlines=("2027-06-15T12:00:00Z",))
    assert (call.deadlines[0].at, call.deadlines[0].zone) == (at, zone)


def test_an_instant_near_midnight_falls_on_the_day_of_the_source(understand):
    call, _ = understand(deadlines=("2027-06-15T22:30:00+00:00",))
    assert (call.deadlines[0].day, call.deadlines[0].at) == (date(2027, 6, 16), time(0, 30))


@pytest.mark.parametrize(
    ("text", "at", "zone", "problems"),
    [
        ("15 June 2027 14:00", time(14), None, []),
        ("15 June 2027 14:00 CEST", time(14), BRUSSELS, []),
        ("2027-06-15T14:00:00", time(14), None, []),
        ("2027-06-15T14:00:00Z", time(14), "UTC", []),
        ("2027-06-15T14:00:00+03:00", time(14), None, ["deadlines"]),
    ],
)
def test_pages_of_several_countries_claim_no_zone(understand, text, at, zone, problems):
    call, found = understand("interreg", deadlines=(text,))
    (deadline,) = call.deadlines
    assert (deadline.day, deadline.at, deadline.zone) == (date(2027, 6, 15), at, zone)
    assert [field for field, _ in found] == problems


def test_prose_of_several_countries_claims_no_zone(understand):
    call, _ = understand("ewsi", description="Apply by 15 June 2027 at 14:00.")
    assert [(deadline.at, deadline.zone) for deadline in call.deadlines] == [(time(14), None)]


def test_numbers_are_day_before_month(understand):
    call, problems = understand("eui_portico", deadlines=("Deadline date : 05/06/2027",))
    assert ([d.day for d in call.deadlines], problems) == ([date(2027, 6, 5)], [])


def test_the_portal_itself_stays_strict(make_raw, source, reference):
    ((call, (issue,)),) = normalise([make_raw(deadlines=("05/06/2027",))], source, reference)
    assert (call.deadlines, issue.field) == ((), "deadlines")


def test_several_in_one_text_are_numbered(understand):
    call, problems = understand(deadlines=("3 April 2027 17:00 | 4 May 2027 17:00",), deadline_model="Multiple cut-off")
    assert [(d.day, d.stage) for d in call.deadlines] == [(date(2027, 4, 3), 1), (date(2027, 5, 4), 2)]
    assert (call.deadline_model, problems) == (DeadlineModel.MULTIPLE_CUT_OFF, [])


def test_words_for_stages_make_a_call_of_two_stages(understand):
    call, problems = understand(deadlines=("Concept note: 5 May 2027", "Full proposal: 5 October 2027"))
    assert [(d.day, d.stage) for d in call.deadlines] == [(date(2027, 5, 5), 1), (date(2027, 10, 5), 2)]
    assert (call.deadline_model, call.final_day, problems) == (DeadlineModel.TWO_STAGE, date(2027, 5, 5), [])


def test_a_span_gives_the_opening_too(understand):
    call, problems = understand(deadlines=("25 February – 15 June 2027 14:00",))
    assert (call.opening, [d.day for d in call.deadlines]) == (date(2027, 2, 25), [date(2027, 6, 15)])
    assert problems == []


def test_an_opening_may_be_a_quarter(understand):
    call, problems = understand(opening="Q2 2027")
    assert (call.opening, call.opening_precision, problems) == (date(2027, 4, 1), Precision.QUARTER, [])
    assert call.status(date(2027, 5, 1)) is CallStatus.UNKNOWN


def test_a_deadline_may_be_a_month(understand):
    call, _ = understand(deadlines=("June 2027",), deadline_time="17:00 Europe/Brussels")
    (deadline,) = call.deadlines
    assert (deadline.precision, deadline.at, deadline.last_day) == (Precision.MONTH, None, date(2027, 6, 30))


def test_half_a_year_is_recorded_and_no_day_made_up(understand):
    call, problems = understand(opening="first half of 2027")
    assert (call.opening, [field for field, _ in problems]) == (None, ["opening"])


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "15 juin 2027 à 14 h"), ("", "15. Juni 2027, 14 Uhr"), ("el", "15 Ιουνίου 2027, 14:00")],
)
def test_the_language_of_the_page_or_any_other(understand, language, text):
    call, problems = understand(language=language, deadlines=(text,))
    assert (call.deadlines[0].day, call.deadlines[0].at, problems) == (date(2027, 6, 15), time(14), [])


@pytest.mark.parametrize(
    "text", ["31/12/2028", "31 December 2028", "8 October 2028", "15 June 2031", "Open until 31/12/2029"]
)
def test_a_deadline_too_far_ahead_is_the_end_of_a_form(understand, text):
    call, problems = understand("eui_portico", deadlines=(text,), status="Open")
    assert (call.deadlines, call.deadline_model) == ((), DeadlineModel.PERMANENT)
    assert [field for field, _ in problems] == ["deadlines"]
    assert call.status(date(2026, 10, 9)) is CallStatus.OPEN


@pytest.mark.parametrize("text", ["31/12/2027", "7 October 2028", "30 November 2027", "2028"])
def test_a_deadline_within_two_years_is_one(understand, text):
    call, problems = understand("eui_portico", deadlines=(text,))
    assert (len(call.deadlines), call.deadline_model, problems) == (1, None, [])


def test_the_cut_offs_of_several_years_are_deadlines(understand):
    call, _ = understand(deadlines=("1 March 2027 | 1 March 2028 | 1 March 2029",), deadline_model="multiple cut-off")
    assert [d.day.year for d in call.deadlines] == [2027, 2028, 2029]


@pytest.mark.parametrize(
    "fields",
    [
        {"deadlines": ("Rolling",)},
        {"deadlines": ("Continuous call",)},
        {"deadlines": ("No deadline",)},
        {"deadlines": ("laufend",)},
        {"deadlines": ("do wyczerpania alokacji",)},
        {"deadlines": ("până la epuizarea fondurilor",)},
        {"status": "Ongoing call"},
        {"deadline_model": "permanently open"},
    ],
)
def test_words_for_a_call_without_end(understand, fields):
    call, problems = understand(**fields)
    assert (call.deadlines, call.deadline_model) == ((), DeadlineModel.PERMANENT)
    assert "no end" in dict(problems)["deadlines"]


def test_a_rolling_call_keeps_the_end_it_states(understand):
    call, _ = understand(deadlines=("Rolling basis until 31 December 2026",))
    assert ([d.day for d in call.deadlines], call.deadline_model) == ([date(2026, 12, 31)], DeadlineModel.PERMANENT)


@pytest.mark.parametrize("text", ["tomorrow", "to be announced", "30 February 2027", "5 May 2027 or so", "05.06.27"])
def test_what_is_not_read_is_recorded_and_left_out(understand, text):
    call, problems = understand(deadlines=(text,))
    assert (call.deadlines, [field for field, _ in problems]) == ((), ["deadlines"])


def test_a_time_in_doubt_is_recorded_and_the_day_kept(understand):
    call, problems = understand(deadlines=("5 May 2027, midnight",))
    assert (call.deadlines[0].day, call.deadlines[0].precision) == (date(2027, 5, 5), Precision.DAY)
    assert [field for field, _ in problems] == ["deadlines"]


def test_a_time_given_apart_goes_with_the_day(understand):
    call, _ = understand(deadlines=("5 May 2027",), deadline_time="17:00 Europe/Brussels")
    assert (call.deadlines[0].at, call.deadlines[0].zone) == (time(17), BRUSSELS)


def test_a_record_of_the_portal_needs_no_library_of_dates(make_raw):
    """They take longer to import than a thousand records to understand."""
    program = (
        "import sys; from crawler.normalise import normalise; from crawler.source import RawCall, sources;"
        "from matcher.reference.files import load_reference; from matcher.settings import Settings;"
        "raw = RawCall.model_validate_json(sys.stdin.read());"
        "reference = load_reference(Settings().data / 'reference');"
        "calls = list(normalise([raw], sources()['funding_tenders'], reference));"
        "print(len(calls), sorted({'babel', 'dateparser'} & set(sys.modules)))"
    )
    raw = make_raw(deadlines=("2026-11-05T00:00:00.000+0000", "soon"), budget="EUR 5 million", opening="Q2 2027")
    done = subprocess.run(
        [sys.executable, "-c", program], input=raw.model_dump_json(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "1 []"
