"""Who gets which mail: planned in a real store, for subscribers of real organisations."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matcher.alerts.digests.digest import SHOWN, SOON, Digest, Part
from matcher.alerts.digests.planning import match_followed, plan_digests, plan_urgent
from matcher.alerts.digests.rhythm import is_due, next_mail, slot_of
from matcher.alerts.digests.standing import Outlook
from matcher.model import Deadline, EventKind, FieldChange, MailKind, MailState, MaterialField, Need, Rhythm
from matcher.scheduler import work
from matcher.service import Service
from tests.doubles.news_world import MONDAY, World, at_seven, made_call, made_event, moved

K = EventKind
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path / "home")


def new(*calls):
    return [made_event(call, K.NEW) for call in calls]


def digests(world, day=MONDAY):
    """The contents of the mails planned for that week, by address of the subscriber."""
    mails = [one for one in world.store.outbox.mails(slot=slot_of(day)) if one.kind is MailKind.DIGEST]
    owners = {one.id: one.address for one in world.store.subscriptions.subscriptions()}
    return {owners[mail.subscription]: Digest.model_validate_json(mail.content) for mail in mails}


def told(digest):
    return {item.card.call for item in digest.items}


def calls_named(*names, **facts):
    return [made_call(name, **facts) for name in names]


def test_a_new_call_reaches_its_subscribers_and_nobody_else(world):
    a, b = calls_named("A", "B")
    world.load([a, b], new(a))
    riga, melissa = world.subscribe("riga"), world.subscribe("melissa-network")
    late = world.subscribe("riga", cursor=world.store.ledger.head())
    pending_slot = plan_digests(world.service(), at_seven(MONDAY))
    assert (pending_slot.due, pending_slot.planned) == (3, 2)
    found = digests(world)
    assert found.keys() == {riga.address, melissa.address}
    assert late.address not in found
    assert all(told(digest) == {"portal:A"} for digest in found.values())


@pytest.fixture
def members_facts(world):
    """What members enter in the place of the public facts of Riga, and an organisation that is theirs alone."""

    def enter():
        secret = {"name": "Secret name", "needs": (Need(text="secret housing of refugees", language="en"),)}
        own = world.service().profile("riga").model_copy(update=secret)
        for one in (own, own.model_copy(update={"id": "own-town"})):
            world.store.organisations.save(one, at_seven(MONDAY))

    return enter


def test_strangers_are_told_by_the_public_facts_and_nothing_that_members_entered(world, members_facts):
    a, b = calls_named("A", "B")
    world.load([a, b], new(a, b))
    public, alone = world.subscribe("riga", urgent=True), world.subscribe("own-town")
    service = world.service()
    before = Outlook(service, service.profile("riga"), MONDAY).cards()
    members_facts()
    work.matches(world.service(), at_seven(MONDAY))
    assert plan_digests(world.service(), at_seven(MONDAY)).planned == 1
    found = digests(world)
    assert alone.address not in found
    assert {item.card.call: item.card for item in found[public.address].items} == dict(before)
    with closing(sqlite3.connect(world.store.place)) as store:
        told = [*store.execute("SELECT content FROM outbox"), *store.execute("SELECT body FROM standing")]
    assert len(told) >= 2
    assert not [one for one in told if "ecret" in one[0]]


def test_who_is_alone_at_their_machine_is_told_by_what_they_entered(world, members_facts):
    (a,) = calls_named("A")
    world.load([a], new(a))
    own = world.subscribe("own-town")
    members_facts()
    alone = Service(world.settings.model_copy(update={"public_url": "http://localhost:8501"}))
    assert plan_digests(alone, at_seven(MONDAY)).planned == 1
    assert told(digests(world)[own.address]) == {"portal:A"}


def test_mails_wait_for_monday_seven_in_brussels(world):
    (a,) = calls_named("A")
    world.load([a], new(a))
    world.subscribe()
    plan_digests(world.service(), datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    (mail,) = world.store.outbox.mails(slot="2026-W47")
    assert mail.not_before.astimezone(ZoneInfo("Europe/Brussels")).isoformat() == "2026-11-16T07:00:00+01:00"


@pytest.mark.parametrize(("day", "utc_hour"), [("2026-03-30", 5), ("2026-10-26", 6), ("2026-10-19", 5)])
def test_after_the_clocks_changed_it_is_still_seven(world, day, utc_hour):
    monday = date.fromisoformat(day)
    (a,) = calls_named("A", deadlines=(Deadline(day=date(2027, 5, 1)),), opening=date(2026, 1, 1))
    world.load([a], [made_event(a, K.NEW, on=monday)])
    world.subscribe()
    plan_digests(world.service(), datetime.combine(monday, datetime.min.time(), UTC))
    (mail,) = world.store.outbox.mails(slot=slot_of(monday))
    assert mail.not_before.astimezone(UTC).hour == utc_hour


def test_planned_twice_it_is_one_mail(world):
    (a,) = calls_named("A")
    world.load([a], new(a))
    world.subscribe()
    assert plan_digests(world.service(), at_seven(MONDAY)).planned == 1
    assert plan_digests(world.service(), at_seven(MONDAY) + timedelta(hours=1)).planned == 0
    world.deliver(MONDAY)
    assert plan_digests(world.service(), at_seven(MONDAY) + timedelta(days=2)).planned == 0


def test_what_was_told_is_not_told_again_and_a_missed_week_catches_up(world):
    a, b, c = calls_named("A", "B", "C")
    world.load([a], new(a))
    one = world.subscribe()
    plan_digests(world.service(), at_seven(MONDAY))
    assert world.deliver(MONDAY) == 1
    world.load([a, b], new(b), day=NEXT)
    world.load([a, b, c], new(c), day=NEXT + timedelta(days=7))
    late = NEXT + timedelta(days=7)
    plan_digests(world.service(), at_seven(late))
    assert told(digests(world, late)[one.address]) == {"portal:B", "portal:C"}


def test_a_mail_that_never_left_is_overtaken_by_one_that_tells_it_too(world):
    a, b = calls_named("A", "B")
    world.load([a], new(a))
    one = world.subscribe()
    plan_digests(world.service(), at_seven(MONDAY))
    world.load([a, b], new(b), day=NEXT)
    plan_digests(world.service(), at_seven(NEXT))
    assert told(digests(world, NEXT)[one.address]) == {"portal:A", "portal:B"}
    (first,) = world.store.outbox.mails(slot=slot_of(MONDAY))
    assert first.state is MailState.CANCELLED


def test_nothing_to_tell_is_no_mail_and_moves_no_cursor(world):
    a, b = calls_named("A", "B")
    world.load([a])
    one = world.subscribe()
    assert plan_digests(world.service(), at_seven(MONDAY)).planned == 0
    world.load([a, b], new(b), day=NEXT)
    assert world.store.subscriptions.subscription(one.id).cursor == 0
    plan_digests(world.service(), at_seven(NEXT))
    assert told(digests(world, NEXT)[one.address]) == {"portal:B"}


def test_a_back_fill_of_500_calls_sends_nothing(world):
    calls = calls_named(*(f"B{number}" for number in range(500)))
    world.load(calls, [made_event(call, K.NEW, silent="back-fill") for call in calls])
    world.subscribe()
    assert plan_digests(world.service(), at_seven(MONDAY)).planned == 0
    assert plan_urgent(world.service(), at_seven(MONDAY)).planned == 0


def test_more_than_25_new_calls_are_all_told(world):
    calls = calls_named(*(f"N{number}" for number in range(30)))
    world.load(calls, new(*calls))
    one = world.subscribe()
    plan_digests(world.service(), at_seven(MONDAY))
    digest = digests(world)[one.address]
    assert told(digest) == {call.id for call in calls}
    assert sum(section.shown for section in digest.sections) == SHOWN
    assert digest.left == 30 - SHOWN
    (mail,) = world.store.outbox.mails()[-1:]
    assert len(mail.events) == 30


def test_a_dismissed_call_comes_back_only_when_it_changed(world):
    a, b = made_call("A", deadlines=soon(20)), made_call("B")
    closing = made_event(a, K.CLOSING, day=a.deadlines[0].day, within=30)
    world.load([a, b], [closing, *new(b)])
    one = world.subscribe(dismissed=["portal:A"])
    plan_digests(world.service(), at_seven(MONDAY))
    assert told(digests(world)[one.address]) == {"portal:B"}
    world.deliver(MONDAY)
    rule = FieldChange(field=MaterialField.CRITERIA, now=("Public bodies may apply.",))
    world.load([a, b], [made_event(a, K.ELIGIBILITY, on=NEXT, changes=(rule,))], day=NEXT)
    plan_digests(world.service(), at_seven(NEXT))
    assert told(digests(world, NEXT)[one.address]) == {"portal:A"}


def test_withdrawn_is_told_to_whom_it_was_told_or_who_saved_it(world):
    a, b = calls_named("A", "B")
    world.load([a, b], new(a))
    informed = world.subscribe("riga")
    plan_digests(world.service(), at_seven(MONDAY))
    world.deliver(MONDAY)
    saving = world.subscribe("utrecht", saved=["portal:B"], cursor=world.store.ledger.head())
    other = world.subscribe("zagreb", cursor=world.store.ledger.head())
    gone = [made_event(call, K.WITHDRAWN, on=NEXT) for call in (a, b)]
    world.load([a, b], gone, day=NEXT)
    plan_digests(world.service(), at_seven(NEXT))
    found = digests(world, NEXT)
    assert told(found[informed.address]) == {"portal:A"}
    assert told(found[saving.address]) == {"portal:B"}
    assert other.address not in found
    assert {section.part for digest in found.values() for section in digest.sections} == {Part.GONE}


def test_what_a_failed_reading_leaves_open_waits_and_is_not_lost(world):
    a, b = made_call("A"), made_call("B", deadlines=soon(20))
    world.load([a, b], [made_event(a, K.NEW), made_event(b, K.CLOSING, day=b.deadlines[0].day, within=30)])
    world.fail(MONDAY)
    one = world.subscribe()
    plan_digests(world.service(), at_seven(MONDAY))
    digest = digests(world)[one.address]
    assert told(digest) == {"portal:B"}, "a deadline does not wait for a source"
    assert [(source.title, source.read) for source in digest.stale] == [("A portal", MONDAY - timedelta(days=1))]
    world.deliver(MONDAY)
    world.load([a, b], day=NEXT)
    plan_digests(world.service(), at_seven(NEXT))
    assert told(digests(world, NEXT)[one.address]) == {"portal:A"}, "told once the source is read again, and only that"


def test_that_a_new_call_opened_waits_with_its_being_new(world):
    """It is told once, as new; told as open first it would be told twice."""
    (a,) = calls_named("A")
    world.load([a], [*new(a), made_event(a, K.OPENED, day=a.opening)])
    world.fail(MONDAY)
    one = world.subscribe()
    assert plan_digests(world.service(), at_seven(MONDAY)).planned == 0
    world.load([a], day=NEXT)
    plan_digests(world.service(), at_seven(NEXT))
    assert [section.part for section in digests(world, NEXT)[one.address].sections] == [Part.NEW]


def test_news_of_a_source_that_stays_broken_is_told_after_a_week(world):
    (a,) = calls_named("A")
    world.load([a], new(a))
    world.fail(MONDAY)
    one = world.subscribe()
    assert plan_digests(world.service(), at_seven(MONDAY)).planned == 0
    plan_digests(world.service(), at_seven(NEXT))
    digest = digests(world, NEXT)[one.address]
    assert told(digest) == {"portal:A"}
    assert digest.stale


def test_monthly_mails_come_with_the_first_monday_of_a_month(world):
    (a,) = calls_named("A")
    world.load([a], new(a))
    world.subscribe(rhythm=Rhythm.MONTHLY)
    assert plan_digests(world.service(), at_seven(MONDAY)).due == 0
    assert plan_digests(world.service(), at_seven(date(2026, 12, 7))).planned == 1


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.sampled_from(Rhythm))
def test_the_next_mail_is_the_next_monday_that_is_due(on, rhythm):
    following = next_mail(rhythm, on)
    mondays = [on + timedelta(days=days) for days in range(1, 70) if (on + timedelta(days=days)).weekday() == 0]
    assert following == next(day for day in mondays if is_due(rhythm, day))
    assert rhythm is Rhythm.WEEKLY or following.day <= 7


# Urgent


def soon(days):
    return (Deadline(day=MONDAY + timedelta(days=days)),)


def test_urgent_are_only_short_new_calls_and_deadlines_moved_earlier(world):
    short, edge, longer, earlier, later = (
        made_call("S", deadlines=soon(SOON - 1)),
        made_call("E", deadlines=soon(SOON)),
        made_call("L", deadlines=soon(90)),
        made_call("M", deadlines=soon(40)),
        made_call("P", deadlines=soon(60)),
    )
    events = new(short, edge, longer)
    events.append(
        made_event(earlier, K.CHANGED, changes=(moved(MONDAY + timedelta(days=50), earlier.deadlines[0].day),))
    )
    events.append(made_event(later, K.CHANGED, changes=(moved(MONDAY + timedelta(days=50), later.deadlines[0].day),)))
    world.load([short, edge, longer, earlier, later], events)
    wants, does_not = world.subscribe(urgent=True), world.subscribe()
    result = plan_urgent(world.service(), at_seven(MONDAY))
    assert (result.due, result.planned) == (1, 1)
    (mail,) = [one for one in world.store.outbox.mails(slot=MONDAY.isoformat()) if one.kind is MailKind.URGENT]
    digest = Digest.model_validate_json(mail.content)
    assert (mail.subscription, told(digest)) == (wants.id, {"portal:S", "portal:M"})
    assert {section.part for section in digest.sections} == {Part.NEW, Part.EARLIER}
    assert {one.kind for one in world.store.outbox.mails(subscription=does_not.id)} == {MailKind.CONFIRMATION}


def test_what_an_urgent_mail_told_no_digest_repeats(world):
    short, longer = made_call("S", deadlines=soon(10)), made_call("L", deadlines=soon(90))
    world.load([short, longer], new(short, longer))
    one = world.subscribe(urgent=True)
    friday = MONDAY - timedelta(days=3)
    plan_urgent(world.service(), at_seven(friday))
    world.deliver(friday)
    assert plan_urgent(world.service(), at_seven(friday + timedelta(days=1))).planned == 0
    plan_digests(world.service(), at_seven(MONDAY))
    assert told(digests(world)[one.address]) == {"portal:L"}


def test_what_is_being_told_at_this_moment_waits_for_the_next_mail(world):
    short, longer = made_call("S", deadlines=soon(10)), made_call("L", deadlines=soon(90))
    world.load([short, longer], new(short, longer))
    one = world.subscribe(urgent=True)
    plan_urgent(world.service(), at_seven(MONDAY))
    claimed = world.store.outbox.claim("slow", at_seven(MONDAY), timedelta(hours=1))
    while claimed and claimed.kind is not MailKind.URGENT:
        claimed = world.store.outbox.claim("slow", at_seven(MONDAY), timedelta(hours=1))
    plan_digests(world.service(), at_seven(MONDAY))
    assert told(digests(world)[one.address]) == {"portal:L"}
    (mail,) = [each for each in world.store.outbox.mails(one.id) if each.kind is MailKind.DIGEST]
    assert mail.upto < min(claimed.events), "should the urgent mail fail, its news is still ahead"


# Laws

PROFILES = ("riga", "utrecht", "melissa-network", "unitee")
KINDS = (K.NEW, K.CHANGED, K.ELIGIBILITY, K.CLOSING, K.OPENED, K.WITHDRAWN, K.RETURNED, K.CLOSED)


@st.composite
def entries(draw):
    """Calls, and a ledger in which anything may be said of them, silent at times."""
    names = draw(st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=6, unique=True))
    days = {name: draw(st.integers(1, 60)) for name in names}
    calls = {name: made_call(name, deadlines=soon(days[name])) for name in names}
    events = []
    for _ in range(draw(st.integers(0, 12))):
        call, kind = calls[draw(st.sampled_from(names))], draw(st.sampled_from(KINDS))
        facts = {"silent": draw(st.sampled_from(["", "", "", "quiet"]))}
        if kind is K.CLOSING:
            facts |= {"day": call.deadlines[0].day, "within": draw(st.sampled_from([14, 30]))}
        if kind is K.OPENED:
            facts |= {"day": call.opening}
        if kind is K.CHANGED:
            was, now = (MONDAY + timedelta(days=draw(st.integers(1, 60))) for _ in "12")
            facts |= {"changes": (moved(was, now),)}
        if kind is K.ELIGIBILITY:
            facts |= {"changes": (FieldChange(field=MaterialField.CRITERIA, now=(draw(st.sampled_from("xyz")),)),)}
        events.append(made_event(call, kind, on=MONDAY - timedelta(days=draw(st.integers(0, 9))), **facts))
    choices = [(draw(st.sampled_from(PROFILES)), draw(st.sampled_from(names))) for _ in range(draw(st.integers(1, 4)))]
    return list(calls.values()), events, choices


@given(entries())
@settings(max_examples=15, phases=(Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.too_slow])
def test_every_mail_is_its_owner_s_and_every_statement_is_in_the_ledger(tmp_path_factory, made):
    calls, events, choices = made
    world = World(tmp_path_factory.mktemp("world"))
    world.load(calls, events)
    owners = [world.subscribe(profile, saved=[f"portal:{name}"]) for profile, name in choices]
    plan_digests(world.service(), at_seven(MONDAY))
    ledger = {event.seq: event for event in world.store.ledger.events()}
    stored = {call.id: call for call in world.store.calls()}
    recipients = {one.id: one for one in owners}
    for mail in world.store.outbox.mails(slot=slot_of(MONDAY)):
        digest, owner = Digest.model_validate_json(mail.content), recipients[mail.subscription]
        assert digest.profile == owner.profile
        assert digest.items
        assert mail.events == digest.events
        assert len(told(digest)) == len(digest.items), "no call twice"
        for item in digest.items:
            _is_true(item, [ledger[seq] for seq in item.events], stored[item.card.call])
    world.store.close()


def _is_true(item, grounds, call):
    assert not any(event.silent for event in grounds)
    assert {event.call for event in grounds} == {call.id}
    assert set(item.kinds) == {event.kind for event in grounds} - _undone(item, grounds)
    assert item.card.title == call.title
    assert item.card.deadline == call.next_deadline(MONDAY)
    for change in item.changes:
        told = [one for event in grounds for one in event.changes if one.field is change.field]
        assert set(change.was) <= {value for one in told for value in one.was}
        assert set(change.now) <= {value for one in told for value in one.now}
    if EventKind.CLOSING in item.kinds:
        assert 0 <= (item.card.deadline.last_day - MONDAY).days <= 30


def _undone(item, grounds):
    """Kinds of change that in the end changed nothing."""
    return {kind for kind in (K.CHANGED, K.ELIGIBILITY) if kind not in item.kinds}


def test_on_monday_no_organisation_is_matched_again_for_what_its_subscribers_follow(world):
    calls = calls_named(*(f"N{number}" for number in range(60)))
    world.load(calls, new(*calls))
    for number in range(3):
        world.subscribe(saved=[call.id for call in calls[number::3]])
    match_followed(world.service(), at_seven(MONDAY) - timedelta(hours=2))
    service, asked = world.service(), []
    standing = service.standing
    service.standing = lambda *given: asked.append(given) or standing(*given)
    assert plan_digests(service, at_seven(MONDAY)).planned == 3
    assert asked == []


def test_one_matching_serves_all_who_follow_different_calls(world):
    calls = calls_named(*(f"N{number}" for number in range(60)))
    world.load(calls, new(*calls))
    for number in range(3):
        world.subscribe(saved=[call.id for call in calls[number::3]])
    service, asked = world.service(), []
    standing = service.standing
    service.standing = lambda *given: asked.append(given) or standing(*given)
    plan_digests(service, at_seven(MONDAY))
    assert len(asked) == 1
