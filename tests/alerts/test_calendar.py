"""The calendar of calls: what stands in it, how it changes, and that no text from outside breaks out of its field."""

import io
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import hypothesis
import icalendar
import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from matcher.alerts.calendars.calendar import KEPT, NAMED, TITLE, Entry, calendar
from matcher.languages import LANGUAGES, speaker
from matcher.model import (
    Call,
    CallKind,
    CallStatus,
    Deadline,
    DeadlineModel,
    Event,
    EventKind,
    FieldChange,
    Fund,
    MaterialField,
    National,
    Precision,
)
from matcher.printable import one_line

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BRUSSELS = ZoneInfo("Europe/Brussels")


def make_call(reference="R1", **changes):
    facts = {
        "source": "portal",
        "reference": reference,
        "identifier": reference,
        "title": "Integration of women",
        "kind": CallKind.TOPIC,
        "url": "https://example.org/call",
        "as_of": date(2026, 11, 20),
        "deadlines": (at(date(2027, 3, 2)),),
    }
    return Call(**facts | changes)


def at(day, hour=17, zone="Europe/Brussels", **more):
    return Deadline(day=day, at=time(hour), zone=zone, precision=Precision.MINUTE, **more)


def moved(seq, field=MaterialField.DEADLINES, on=date(2026, 11, 21), call="portal:R1", kind=EventKind.CHANGED):
    changes = (FieldChange(field=field, was=("2027-03-02",), now=("2027-03-09",)),) if kind == "changed" else ()
    return Event(seq=seq, call=call, source="portal", kind=kind, on=on, changes=changes)


def made(*entries, now=NOW, language="en", name="Calls for Riga"):
    return calendar(name, entries, speaker(language), "example.org", now)


def events(body):
    """By their summary; both readers must find the same."""
    first = {str(one["SUMMARY"]): one for one in icalendar.Calendar.from_ical(body).events}
    second = {one.summary: one for one in IcsCalendarStream.calendar_from_ics(body.decode()).events}
    assert {key: str(one["UID"]) for key, one in first.items()} == {key: one.uid for key, one in second.items()}
    assert {key: one.start for key, one in first.items()} == {key: one.dtstart for key, one in second.items()}
    return first


def test_opening_and_each_stage_are_entries_of_their_own():
    stages = at(date(2027, 3, 2), stage=1), at(date(2027, 9, 7), stage=2)
    call = make_call(opening=date(2026, 12, 1), deadlines=stages, deadline_model=DeadlineModel.TWO_STAGE)
    found = events(made(Entry(call)))
    assert {summary: one.start for summary, one in found.items()} == {
        "Opens: Integration of women": date(2026, 12, 1),
        "Deadline 1: Integration of women": datetime(2027, 3, 2, 17, tzinfo=BRUSSELS),
        "Deadline 2: Integration of women": datetime(2027, 9, 7, 17, tzinfo=BRUSSELS),
    }
    assert len({str(one["UID"]) for one in found.values()}) == 3
    assert all(str(one["UID"]).endswith("@example.org") for one in found.values())


@pytest.mark.parametrize(
    ("deadline", "start"),
    [
        (at(date(2027, 3, 2)), datetime(2027, 3, 2, 17, tzinfo=BRUSSELS)),
        (at(date(2027, 7, 2), zone="Europe/Riga"), datetime(2027, 7, 2, 16, tzinfo=BRUSSELS)),
        (at(date(2027, 3, 2), zone=None), date(2027, 3, 2)),
        (Deadline(day=date(2027, 3, 2)), date(2027, 3, 2)),
    ],
    ids=["Brussels", "another zone", "zone not stated", "day alone"],
)
def test_a_deadline_is_as_exact_as_its_source(deadline, start):
    [one] = events(made(Entry(make_call(deadlines=(deadline,))))).values()
    assert one.start == start
    assert isinstance(one.start, datetime) == isinstance(start, datetime)


def test_a_day_that_is_not_known_exactly_is_named_and_no_entry():
    vague = Deadline(day=date(2027, 4, 1), precision=Precision.QUARTER)
    call = make_call(opening=date(2027, 2, 1), opening_precision=Precision.MONTH, deadlines=(vague,))
    body = made(Entry(call))
    assert not events(body)
    about = str(icalendar.Calendar.from_ical(body)["DESCRIPTION"])
    assert "Integration of women (February 2027, 2nd quarter 2027)" in about


def test_the_description_names_so_many_and_counts_the_rest():
    vague = (Deadline(day=date(2027, 1, 1), precision=Precision.YEAR),)
    entries = [Entry(make_call(f"R{n}", deadlines=vague)) for n in range(NAMED + 3)]
    about = str(icalendar.Calendar.from_ical(made(*entries))["DESCRIPTION"]).splitlines()
    assert (len(about), about[-1]) == (2 + NAMED + 1, "and 3 more")


def test_a_moved_deadline_is_the_same_entry_with_a_higher_sequence():
    [before] = events(made(Entry(make_call(), [moved(1, kind=EventKind.NEW)]))).values()
    later = make_call(deadlines=(at(date(2027, 3, 9)),))
    [after] = events(made(Entry(later, [moved(1, kind=EventKind.NEW), moved(2)]))).values()
    assert before["UID"] == after["UID"]
    assert (before.sequence, after.sequence) == (0, 1)
    assert before.start + timedelta(days=7) == after.start
    assert (after.stamp, after.last_modified) == (datetime(2026, 11, 21, tzinfo=UTC),) * 2


def test_the_sequence_of_an_opening_counts_moves_of_the_opening():
    call = make_call(opening=date(2026, 12, 1))
    found = events(made(Entry(call, [moved(1), moved(2), moved(3, MaterialField.OPENING)])))
    assert {summary: one.sequence for summary, one in found.items()} == {
        "Opens: Integration of women": 1,
        "Deadline: Integration of women": 2,
    }


def test_a_withdrawn_call_is_cancelled_for_a_while_and_comes_back():
    gone = moved(2, kind=EventKind.WITHDRAWN, on=date(2026, 11, 21))
    [one] = events(made(Entry(make_call(), [gone]))).values()
    assert (one.status, one.sequence, str(one["SUMMARY"])) == ("CANCELLED", 1, "Withdrawn: Integration of women")
    later = datetime.combine(gone.on + KEPT + timedelta(days=1), time(), UTC)
    assert not events(made(Entry(make_call(), [gone]), now=later))
    back = moved(3, kind=EventKind.RETURNED, on=date(2026, 11, 25))
    [one] = events(made(Entry(make_call(), [gone, back]), now=later)).values()
    assert (one.status, one.sequence) == ("CONFIRMED", 2)


def test_another_sources_record_that_is_gone_cancels_nothing():
    gone = moved(2, kind=EventKind.WITHDRAWN, call="list:7")
    [one] = events(made(Entry(make_call(), [gone]))).values()
    assert one.status == "CONFIRMED"


def test_what_is_planned_is_tentative_and_what_its_authority_closed_is_cancelled():
    planned = {"national": National(country="LV"), "published_status": CallStatus.FORTHCOMING}
    [one] = events(made(Entry(make_call(**planned)))).values()
    assert one.status == "TENTATIVE"
    assert "This call is planned" in str(one["DESCRIPTION"])
    [one] = events(made(Entry(make_call(**planned | {"published_status": CallStatus.CLOSED})))).values()
    assert (one.status, str(one["SUMMARY"])) == ("CANCELLED", "Closed: Integration of women")


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/Martinique", "Asia/Nicosia"])
def test_the_ends_of_the_calendar_are_days_too(zone):
    last = Deadline(day=date.max, at=time(23, 59), zone=zone, precision=Precision.MINUTE)
    [one] = events(made(Entry(make_call(deadlines=(last,))))).values()
    assert one.start.timetuple()[:3] == (9999, 12, 31)
    assert not events(made(Entry(make_call(deadlines=(Deadline(day=date.min),)))))


def test_past_days_leave_after_a_while():
    call = make_call(deadlines=(at(date(2026, 11, 1)),))
    assert events(made(Entry(call)))
    assert not events(made(Entry(call), now=datetime(2026, 11, 2, tzinfo=UTC) + KEPT))


def test_an_entry_tells_the_days_as_stated_the_way_in_the_source_and_the_page():
    entry = Entry(make_call(), route="as lead applicant", page="https://here.example/call?call=1", source="The portal")
    [one] = events(made(entry)).values()
    assert str(one["DESCRIPTION"]).splitlines() == [
        "Deadline: 2 March 2027, 17:00 (Brussels time)",
        "Way in: as lead applicant",
        "Source: The portal, read on 20 November 2026",
        "https://here.example/call?call=1",
    ]
    assert str(one["URL"]) == "https://example.org/call"
    assert str(one["TRANSP"]) == "TRANSPARENT"
    assert not one.alarms.times


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "", "//x", "https://"]
)
def test_only_addresses_of_the_web_are_links(url):
    [one] = events(made(Entry(make_call(url=url)))).values()
    assert "URL" not in one


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_speaks_the_recipients_language(language):
    said = speaker(language).gettext("Deadline: %(title)s", title="Integration of women")
    assert list(events(made(Entry(make_call()), language=language))) == [said]


def test_the_same_state_is_the_same_bytes():
    entry = Entry(make_call(opening=date(2026, 12, 1)), [moved(1)])
    assert made(entry) == made(entry, now=NOW + timedelta(hours=13))


def test_brussels_time_changes_when_it_does():
    """Held against the IANA rules by a third reader, at every half hour around the changes of ten years."""
    body = made(Entry(make_call())).decode()
    lines = body[body.index("BEGIN:VTIMEZONE") : body.index("END:VTIMEZONE") + len("END:VTIMEZONE\r\n")]
    zone = tzical(io.StringIO(lines)).get("Europe/Brussels")
    for year in range(2024, 2034):
        for month in (3, 10):
            start = datetime(year, month, 24)
            for step in range(48 * 8):
                local = start + timedelta(minutes=30 * step)
                there = local.replace(tzinfo=BRUSSELS)
                if there.astimezone(UTC).astimezone(BRUSSELS).replace(tzinfo=None, fold=0) != local or (
                    there.utcoffset() != there.replace(fold=1).utcoffset()
                ):
                    continue  # an hour that is left out or comes twice
                assert local.replace(tzinfo=zone).utcoffset() == there.utcoffset(), local


def as_told(text):
    return one_line(text.replace("\\", "/"), TITLE)


HOSTILE = st.one_of(
    st.text(min_size=1, max_size=300),
    st.text(alphabet='\r\n\0\t,;:\\"ABEGIN:VEVENT=é‮א\u2028\x85\x0b', min_size=1, max_size=200),
    st.sampled_from(
        [
            "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected",
            "a" * 10_000,
            "שלום, " * 900,
            "🙂" * 300,
            'ATTENDEE;CN="x":mailto:a@b.example',
            "\\n\\, ; \\\\",
        ]
    ),
).filter(lambda text: text.strip() and one_line(text))

ALLOWED = {
    *("BEGIN", "END", "VERSION", "PRODID", "DESCRIPTION", "X-WR-CALDESC", "NAME", "X-WR-CALNAME", "UID", "TZID"),
    *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "DTSTART", "RRULE", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "SUMMARY"),
    *("DTSTAMP", "SEQUENCE", "LAST-MODIFIED", "STATUS", "TRANSP", "URL", "CATEGORIES"),
}


@given(title=HOSTILE, name=HOSTILE, source=HOSTILE, route=HOSTILE, url=HOSTILE)
def test_no_text_breaks_out_of_its_field(title, name, source, route, url):
    call = make_call(title=title, url=url, fund=Fund.AMIF)
    body = made(Entry(call, source=source, route=route, page="https://here.example/"), name=name)
    lines = body.decode().removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert {line.partition(":")[0].partition(";")[0] for line in lines if not line.startswith(" ")} <= ALLOWED
    assert not any(character in body for character in (b"\0", b"\x0b", "\u202e".encode()))
    assert body.count(b"\r") == body.count(b"\n") == body.count(b"\r\n")
    [one] = icalendar.Calendar.from_ical(body).events
    [other] = IcsCalendarStream.calendar_from_ics(body.decode()).events
    assert str(one["SUMMARY"]) == other.summary == f"Deadline: {as_told(title)}"
    assert f"Source: {as_told(source)}, read on" in str(one["DESCRIPTION"])
    escaped = as_told(name).replace(";", r"\;").replace(",", r"\,")
    assert f"\r\nX-WR-CALNAME:{escaped}\r\n" in body.decode().replace("\r\n ", "")


KINDS = st.sampled_from([EventKind.NEW, EventKind.CHANGED, EventKind.WITHDRAWN, EventKind.RETURNED, EventKind.CLOSING])


@hypothesis.settings(max_examples=40)
@given(st.lists(st.tuples(KINDS, st.sampled_from(MaterialField)), max_size=8))
def test_a_sequence_never_shrinks_as_the_ledger_grows(story):
    ledger = [moved(n, field, kind=kind, on=date(2026, 11, 20)) for n, (kind, field) in enumerate(story, 1)]
    call = make_call(opening=date(2026, 12, 1))
    seen = {}
    for length in range(len(ledger) + 1):
        body = made(Entry(call, ledger[:length]))
        now = {str(one["UID"]): one.sequence for one in icalendar.Calendar.from_ical(body).events}
        assert all(now[uid] >= sequence for uid, sequence in seen.items())
        seen = now
