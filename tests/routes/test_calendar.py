"""The calendar of a subscription over HTTP: whose it is, what stands in it, and how it follows the ledger."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.routes import middleware, routes
from matcher.alerts.readers.tokens import Purpose
from matcher.model import Deadline, Ending, EventKind, MailKind, MailState, National, Need, OutboxMail, Precision
from tests.doubles.news_world import made_call, made_event, moved
from tests.routes.conftest import path

TODAY = date.today()
DUE = TODAY + timedelta(days=60)


def open_call(reference, day=DUE, **facts):
    deadline = Deadline(day=day, at=time(17), zone="Europe/Brussels", precision=Precision.MINUTE)
    dates = {"opening": TODAY - timedelta(days=30), "as_of": TODAY, "first_seen": TODAY}
    return made_call(reference, **dates | {"deadlines": (deadline,)} | facts)


@pytest.fixture
def visit(home):
    """Asks as a calendar program does, of a server that has read the store just now."""

    def ask(subscription, headers=None, method="GET"):
        app = Starlette(routes=routes(), middleware=middleware(home.settings))
        with TestClient(app) as client:
            return client.request(method, path(home.links.calendar(subscription.id)), headers=headers)

    return ask


def deadlines(answer):
    """Title -> entry, of those that are deadlines; a second reader accepts the calendar as well."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    IcsCalendarStream.calendar_from_ics(answer.text)
    found = icalendar.Calendar.from_ical(answer.content).events
    return {str(one["SUMMARY"]).partition(": ")[2]: one for one in found if not str(one["SUMMARY"]).startswith("Opens")}


def accepted(world, subscription, seqs):
    """A mail that told of these events and that a server took."""
    now = datetime(2026, 1, 2, tzinfo=UTC)
    facts = {"id": "m1", "slot": "2026-W01", "message_id": "<m1@x.example>", "planned": now, "not_before": now}
    mail = OutboxMail(subscription=subscription.id, kind=MailKind.DIGEST, events=seqs, upto=max(seqs), **facts)
    assert world.store.outbox.plan([mail]) == 1
    world.store.outbox.claim("w", now, timedelta(minutes=5), only="m1")
    world.store.outbox.hand_over("m1", "w")
    world.store.outbox.accept("m1", now, "w")
    assert world.store.outbox.mail("m1").state is MailState.ACCEPTED


def test_it_holds_what_was_saved_what_was_told_and_the_best_of_the_list_but_not_what_was_put_aside(world, visit):
    far = DUE + timedelta(days=700)
    calls = [open_call(f"C{n}") for n in range(3)] + [open_call("AWAY", national=National(country="CZ"))]
    closed = [open_call(name, TODAY - timedelta(days=20)) for name in ("SAVED", "TOLD", "OTHER")]
    world.load([*calls, *closed, open_call("LATE", far)], [made_event(closed[1], EventKind.NEW)], TODAY)
    mine = world.subscribe(saved=("portal:SAVED",), dismissed=("portal:C1",))
    accepted(world, mine, (world.store.ledger.head(),))
    held = {title.split(":")[0] for title in deadlines(visit(mine))}
    assert {"Call SAVED", "Call TOLD", "Call C0", "Call C2", "Call LATE"} <= held
    assert not held & {"Call C1", "Call OTHER", "Call AWAY"}


def test_a_moved_deadline_updates_its_entry(world, visit):
    call = open_call("C1")
    world.load([call], [made_event(call, EventKind.NEW)], TODAY - timedelta(days=1))
    mine = world.subscribe()
    [before] = deadlines(visit(mine)).values()
    later = open_call("C1", DUE + timedelta(days=7))
    change = made_event(call, EventKind.CHANGED, TODAY, changes=(moved(DUE, DUE + timedelta(days=7)),))
    world.load([later], [change], TODAY)
    [after] = deadlines(visit(mine)).values()
    assert before["UID"] == after["UID"]
    assert after.sequence == before.sequence + 1
    assert after.start - before.start == timedelta(days=7)


def test_a_withdrawn_call_is_cancelled(world, visit):
    call = open_call("C1")
    world.load([call], [made_event(call, EventKind.NEW)], TODAY)
    mine = world.subscribe(saved=(call.id,))
    assert deadlines(visit(mine))[call.title].status == "CONFIRMED"
    world.store.ledger.append([made_event(call, EventKind.WITHDRAWN, TODAY)])
    assert deadlines(visit(mine))[call.title].status == "CANCELLED"


def test_it_speaks_the_readers_language_and_names_the_way_in(world, visit):
    world.load([open_call("C1")], day=TODAY)
    answer = visit(world.subscribe(language="fr"))
    [one] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[-1:]
    assert str(one["SUMMARY"]).startswith(("Date limite", "Ouverture"))
    days, way, source, page = str(one["DESCRIPTION"]).replace("\xa0", " ").splitlines()
    assert days.endswith("(heure de Bruxelles)")
    assert "chef de file" in way
    assert source.startswith("Source : A portal")
    assert page.endswith("/call?profile=riga&call=portal%3AC1")


def test_a_program_that_has_it_is_told_so(world, visit):
    world.load([open_call("C1")], day=TODAY)
    mine = world.subscribe()
    first = visit(mine)
    assert visit(mine).content == first.content
    again = visit(mine, {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "private, no-cache"
    head = visit(mine, method="HEAD")
    assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])
    assert visit(mine, method="POST").status_code == 405


def test_it_ends_with_the_subscription_and_needs_its_own_token(world, home, visit, client):
    world.load([open_call("C1")], day=TODAY)
    mine, other = world.subscribe(), world.subscribe()
    for wrong in (home.token(Purpose.UNSUBSCRIBE, mine.id), "nothing", "a.b", home.token(Purpose.CALENDAR, "nobody")):
        assert client.get(f"/alerts/calendar/{wrong}.ics").status_code in (404, 410)
    world.store.subscriptions.end(mine.id, datetime.now(UTC), Ending.UNSUBSCRIBED)
    assert visit(mine).status_code == 410
    assert visit(other).status_code == 200


def test_it_tells_no_address(world, visit):
    world.load([open_call("C1")], day=TODAY)
    mine = world.subscribe()
    assert mine.address not in visit(mine).text


def test_it_tells_strangers_nothing_that_members_entered_in_the_place_of_public_facts(world, visit, home):
    world.load([open_call("C1")], day=TODAY)
    mine = world.subscribe()
    before = visit(mine).content
    own = home.service.profile("riga").model_copy(update={"name": "Secret name"})
    own = own.model_copy(update={"needs": (Need(text="secret housing", language="en"),)})
    world.store.organisations.save(own, datetime.now(UTC))
    answer = visit(mine)
    assert deadlines(answer)
    assert b"ecret" not in answer.content
    assert (
        icalendar.Calendar.from_ical(before)["X-WR-CALNAME"]
        == icalendar.Calendar.from_ical(answer.content)["X-WR-CALNAME"]
    )


def test_an_organisation_of_members_alone_has_no_calendar_for_strangers(world, visit, home):
    world.load([open_call("C1")], day=TODAY)
    own = home.service.profile("riga").model_copy(update={"id": "own-town", "name": "Secret name"})
    world.store.organisations.save(own, datetime.now(UTC))
    answer = visit(world.subscribe("own-town"))
    assert answer.status_code == 404
    assert "ecret" not in answer.text
