"""The outbox by itself: which step may follow which, and what each does to the subscription."""

from datetime import timedelta

import pytest

from matcher.model import Ending, MailKind, MailState, SubscriptionState
from matcher.store import StepNotAllowed, open_store, outbox_steps
from tests.doubles.subscribers import MONDAY, mail, subscribe

LEASE = timedelta(minutes=20)
LATER = MONDAY + timedelta(hours=1)
NEXT_WEEK = MONDAY + timedelta(days=7)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


@pytest.fixture
def outbox(store):
    subscribe(store)
    return store.outbox


def state(outbox, id="s0001-digest-2026-W48"):
    return outbox.mail(id).state


def handed_over(outbox, *mails):
    outbox.plan(mails or [mail(events=(1, 2), upto=2)])
    for _ in mails or [0]:
        one = outbox.claim("w", MONDAY, LEASE)
        assert outbox.hand_over(one.id, "w")
    return one.id


def test_a_mail_comes_back_as_it_was_planned(outbox):
    planned = mail(events=(4, 7), upto=9)
    assert outbox.plan([planned]) == 1
    assert outbox.mail(planned.id) == planned
    assert outbox.by_message_id(planned.message_id) == planned
    assert outbox.mails(subscription="s0001", states=[MailState.PLANNED], slot="2026-W48") == [planned]
    assert outbox.mail("other") is None


def test_a_slot_is_planned_once(outbox):
    assert outbox.plan([mail(), mail(id="other")]) == 1
    assert outbox.plan([mail(id="another")]) == 0
    assert outbox.plan([mail(kind=MailKind.URGENT, slot="2026-11-23")]) == 1


def test_more_mails_than_one_statement_takes_are_planned_as_if_one_by_one(store, monkeypatch):
    monkeypatch.setattr(outbox_steps, "AT_ONCE", 3)
    readers = [subscribe(store, number).id for number in range(7)]
    this_week = [mail(reader, events=(1,), upto=1) for reader in readers]
    next_week = [mail(reader, slot="2026-W49", events=(1, 2), upto=2) for reader in readers]
    assert store.outbox.plan([*this_week, this_week[0]]) == 7
    assert store.outbox.plan([this_week[-1], *next_week]) == 7
    assert store.outbox.mails(states=[MailState.PLANNED]) == sorted(next_week, key=lambda one: one.id)


def test_acceptance_moves_the_cursor_and_never_back(store, outbox):
    first, second = mail(events=(1, 2), upto=5), mail(slot="2026-W49", events=(6,), upto=9)
    outbox.accept(handed_over(outbox, first), LATER, "w")
    assert store.subscriptions.subscription("s0001").cursor == 5
    assert outbox.mail(first.id).accepted == LATER
    outbox.accept(handed_over(outbox, second.model_copy(update={"upto": 3})), LATER, "w")
    assert store.subscriptions.subscription("s0001").cursor == 5


@pytest.mark.parametrize("kind", [MailKind.URGENT, MailKind.CONFIRMATION])
def test_only_digests_move_the_cursor(store, kind):
    pending = kind is MailKind.CONFIRMATION
    subscribe(store, state=SubscriptionState.PENDING if pending else SubscriptionState.CONFIRMED)
    for waiting in store.outbox.mails(states=[MailState.PLANNED]):
        store.outbox.cancel(waiting.id, "not what is tested")
    store.outbox.accept(handed_over(store.outbox, mail(kind=kind, events=(3,), upto=8)), LATER)
    assert store.subscriptions.subscription("s0001").cursor == 0


def test_what_accepted_urgent_mails_told(outbox):
    outbox.accept(handed_over(outbox, mail(kind=MailKind.URGENT, slot="2026-11-23", events=(3, 8))), LATER)
    handed_over(outbox, mail(kind=MailKind.URGENT, slot="2026-11-24", events=(9,)))
    assert outbox.told("s0001", after=0) == {3, 8}
    assert outbox.told("s0001", after=3) == {8}
    assert outbox.told("s0002", after=0) == set()


def test_a_later_digest_takes_the_place_of_one_that_waits(outbox):
    outbox.plan([mail(events=(1,), upto=1), mail(kind=MailKind.URGENT, slot="2026-11-29", events=(2,))])
    assert outbox.plan([mail(slot="2026-W49", events=(1, 2, 3), upto=3)]) == 1
    assert outbox.counts() == {MailState.PLANNED: 1, MailState.CANCELLED: 3}
    assert "2026-W49" in outbox.mail("s0001-digest-2026-W48").error


def test_news_that_is_being_told_is_not_planned_again(outbox):
    handed_over(outbox, mail(events=(1, 2), upto=2))
    assert outbox.plan([mail(slot="2026-W49", events=(2, 3))]) == 0
    assert outbox.plan([mail(slot="2026-W49", events=(3,))]) == 1
    assert outbox.plan([mail(kind=MailKind.URGENT, slot="2026-11-30", events=(3,))]) == 0


def test_news_that_was_told_is_not_planned_again(outbox):
    outbox.accept(handed_over(outbox, mail(events=(1, 2), upto=2)), LATER)
    assert outbox.plan([mail(slot="2026-W49", events=(2, 3))]) == 0


def test_a_cancelled_mail_leaves_its_slot(outbox):
    outbox.plan([mail()])
    outbox.cancel(mail().id, "a test")
    assert outbox.plan([mail(id="again", message_id="<again@example.org>")]) == 1
    assert [one.id for one in outbox.mails(slot="2026-W48")] == ["again"]


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("standing", list(SubscriptionState))
def test_mails_go_to_who_is_in_the_state_for_them(store, kind, standing):
    subscribe(store, state=standing)
    running = {SubscriptionState.PENDING, SubscriptionState.CONFIRMED}
    wanted = running if kind is MailKind.CONFIRMATION else {SubscriptionState.CONFIRMED}
    assert store.outbox.plan([mail(kind=kind)]) == (standing in wanted)


def test_nothing_is_planned_for_who_was_erased(store, outbox):
    store.subscriptions.erase(["s0001"])
    assert outbox.plan([mail()]) == 0


def test_one_worker_at_a_time(outbox):
    outbox.plan([mail()])
    taken = outbox.claim("one", MONDAY, LEASE)
    assert (taken.state, taken.worker, taken.tries) == (MailState.SENDING, "one", 1)
    assert taken == outbox.mail(taken.id)
    assert outbox.claim("two", MONDAY, LEASE) is None
    with pytest.raises(StepNotAllowed, match="another worker"):
        outbox.hand_over(taken.id, "two")


def test_after_the_lease_another_worker_goes_on(outbox):
    outbox.plan([mail()])
    outbox.claim("one", MONDAY, LEASE)
    assert outbox.claim("two", MONDAY + LEASE - timedelta(seconds=1), LEASE) is None
    assert outbox.claim("two", MONDAY + LEASE, LEASE).tries == 2
    with pytest.raises(StepNotAllowed, match="another worker"):
        outbox.hand_over(mail().id, "one")


def test_nothing_is_due_before_its_time(outbox):
    outbox.plan([mail(not_before=LATER)])
    assert outbox.claim("w", LATER - timedelta(microseconds=1), LEASE) is None
    assert outbox.due(LATER - timedelta(microseconds=1)) == []
    assert [one.id for one in outbox.due(LATER)] == [mail().id]
    assert outbox.claim("w", LATER, LEASE, only="other") is None
    assert outbox.claim("w", LATER, LEASE, only=mail().id) is not None


def test_who_waits_for_a_confirmation_comes_first(store, outbox):
    outbox.plan([mail()])
    subscribe(store, 2, state=SubscriptionState.PENDING)
    outbox.plan([mail("s0002", MailKind.CONFIRMATION, "now", not_before=LATER)])
    assert next(one.kind for one in outbox.due(LATER)) is MailKind.CONFIRMATION


def test_an_address_is_not_in_what_is_printed_of_a_mail_that_is_due(outbox):
    outbox.plan([mail()])
    (due,) = outbox.due(MONDAY)
    assert due.address == "reader1@example.org"
    assert "reader1" not in repr(due)


@pytest.mark.parametrize("leaving", ["end", "erase"])
@pytest.mark.parametrize("claimed", [False, True])
def test_who_left_between_plan_and_send_gets_nothing(store, outbox, leaving, claimed):
    outbox.plan([mail()])
    if claimed:
        outbox.claim("w", MONDAY, LEASE)
    if leaving == "end":
        store.subscriptions.end("s0001", MONDAY, Ending.UNSUBSCRIBED)
    else:
        store.subscriptions.erase(["s0001"])
    if not claimed:
        assert outbox.claim("w", MONDAY, LEASE) is None
    elif leaving == "end":
        assert outbox.hand_over(mail().id, "w") is False
        assert state(outbox) is MailState.CANCELLED
    else:
        with pytest.raises(StepNotAllowed, match="no such mail"):
            outbox.hand_over(mail().id, "w")


def test_a_confirmation_is_not_sent_to_who_left_meanwhile(store):
    subscribe(store, state=SubscriptionState.PENDING)
    assert len(store.outbox.due(MONDAY)) == 1
    store.subscriptions.end("s0001", MONDAY, Ending.UNSUBSCRIBED)
    assert store.outbox.claim("w", MONDAY, LEASE) is None


def test_a_mail_whose_news_was_told_meanwhile_is_not_sent(store, outbox):
    held = handed_over(outbox, mail(events=(1, 2), upto=2))
    outbox.doubt(held, MONDAY, "lost", "hold", "w")
    outbox.plan([mail(slot="2026-W49", events=(1, 2, 3), upto=3)])
    outbox.accept(held, LATER)
    assert outbox.claim("w", NEXT_WEEK, LEASE) is None
    assert "tells its news" in outbox.mail("s0001-digest-2026-W49").error


def test_a_crash_before_the_hand_over_sends_it_again(outbox):
    outbox.plan([mail()])
    outbox.claim("w", MONDAY, LEASE)
    assert outbox.resume(MONDAY, "hold").again == 0
    assert outbox.resume(MONDAY + LEASE, "hold").again == 1
    assert state(outbox) is MailState.PLANNED


@pytest.mark.parametrize(("mode", "again"), [("hold", 0), ("resend", 1), ("repeat", 3)])
def test_a_crash_after_the_hand_over(outbox, mode, again):
    outbox.plan([mail()])
    now, sent = MONDAY, 0
    while one := outbox.claim("w", now, LEASE):
        outbox.hand_over(one.id, "w")
        now += LEASE
        sent += outbox.resume(now, mode).again
        if sent == 3:
            break
    assert sent == again
    assert state(outbox) is (MailState.PLANNED if mode == "repeat" else MailState.HELD)


def test_a_late_answer_is_believed(store, outbox):
    id = handed_over(outbox, mail(events=(1,), upto=1))
    outbox.resume(MONDAY + LEASE, "hold")
    assert state(outbox) is MailState.HELD
    outbox.accept(id, LATER, "w")
    assert store.subscriptions.subscription("s0001").cursor == 1


def test_a_mail_that_no_worker_ends_with_is_given_up(outbox):
    outbox.plan([mail()])
    now = MONDAY
    for _ in range(10):
        outbox.claim("w", now, LEASE)
        now += LEASE
    assert outbox.resume(now, "hold").failed == 1
    assert state(outbox) is MailState.FAILED


def test_held_mails_wait_for_a_person(outbox):
    for slot in ("2026-W48", "2026-W49", "2026-W50"):
        outbox.doubt(handed_over(outbox, mail(slot=slot)), MONDAY, "lost", "hold", "w")
    outbox.resend("s0001-digest-2026-W48", NEXT_WEEK)
    outbox.cancel("s0001-digest-2026-W49", "a person")
    outbox.accept("s0001-digest-2026-W50", NEXT_WEEK)
    assert outbox.counts() == {MailState.PLANNED: 1, MailState.ACCEPTED: 1, MailState.CANCELLED: 2}


def test_a_held_mail_is_not_sent_again_beside_another_that_tells_it(outbox):
    outbox.doubt(handed_over(outbox, mail(events=(1,), upto=1)), MONDAY, "lost", "hold", "w")
    outbox.plan([mail(slot="2026-W49", events=(1, 2), upto=2, planned=NEXT_WEEK)])
    with pytest.raises(StepNotAllowed, match="2026-W49"):
        outbox.resend(mail().id, NEXT_WEEK)


def test_a_held_mail_without_content_is_not_sent_again(outbox):
    outbox.doubt(handed_over(outbox), MONDAY, "lost", "hold", "w")
    assert outbox.forget_contents(NEXT_WEEK) == 2  # and the confirmation's
    with pytest.raises(StepNotAllowed, match="retention"):
        outbox.resend(mail().id, NEXT_WEEK)


def test_what_is_on_its_way_keeps_its_content(outbox):
    outbox.plan([mail()])
    outbox.forget_contents(NEXT_WEEK)
    assert outbox.mail(mail().id).content
    outbox.accept(handed_over(outbox, mail(slot="2026-W49")), NEXT_WEEK)
    outbox.forget_contents(NEXT_WEEK)
    assert outbox.mail("s0001-digest-2026-W49").content


def test_a_try_that_was_none_does_not_count(outbox):
    outbox.plan([mail()])
    outbox.claim("w", MONDAY, LEASE)
    outbox.retry(mail().id, LATER, "server gone", "w", counts=False)
    waiting = outbox.mail(mail().id)
    assert (waiting.state, waiting.tries, waiting.not_before, waiting.worker) == (MailState.PLANNED, 0, LATER, "")


STEPS = {
    "hand_over": lambda outbox, id: outbox.hand_over(id, "w"),
    "accept": lambda outbox, id: outbox.accept(id, LATER, "w"),
    "accept by a person": lambda outbox, id: outbox.accept(id, LATER),
    "bounce": lambda outbox, id: outbox.bounce(id, "no mailbox", "w"),
    "bounce by a notice": lambda outbox, id: outbox.bounce(id, "no mailbox"),
    "retry": lambda outbox, id: outbox.retry(id, LATER, "busy", "w"),
    "doubt": lambda outbox, id: outbox.doubt(id, LATER, "lost", "hold", "w"),
    "fail": lambda outbox, id: outbox.fail(id, "refused", "w"),
    "cancel": lambda outbox, id: outbox.cancel(id, "a test", "w"),
    "cancel by a person": lambda outbox, id: outbox.cancel(id, "a test"),
    "resend": lambda outbox, id: outbox.resend(id, LATER),
}
ALLOWED = {
    MailState.PLANNED: {"cancel by a person"},
    MailState.SENDING: {"hand_over", "bounce", "retry", "fail", "cancel"},
    MailState.HANDED_OVER: {"accept", "accept by a person", "bounce", "retry", "doubt", "fail"},
    MailState.HELD: {"accept", "accept by a person", "bounce by a notice", "cancel by a person", "resend"},
    MailState.ACCEPTED: {"bounce by a notice"},
    MailState.BOUNCED: set(),
    MailState.FAILED: set(),
    MailState.CANCELLED: set(),
}
WAYS = {
    MailState.PLANNED: (),
    MailState.SENDING: ("claim",),
    MailState.HANDED_OVER: ("claim", "hand_over"),
    MailState.HELD: ("claim", "hand_over", "doubt"),
    MailState.ACCEPTED: ("claim", "hand_over", "accept"),
    MailState.BOUNCED: ("claim", "bounce"),
    MailState.FAILED: ("claim", "fail"),
    MailState.CANCELLED: ("claim", "cancel"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("before", list(MailState))
def test_a_step_is_taken_from_where_it_begins_and_from_nowhere_else(outbox, before, step):
    outbox.plan([mail()])
    for way in WAYS[before]:
        outbox.claim("w", MONDAY, LEASE) if way == "claim" else STEPS[way](outbox, mail().id)
    found = outbox.mail(mail().id)
    assert found.state is before
    if step in ALLOWED[before]:
        STEPS[step](outbox, mail().id)
        assert state(outbox) is not before
    else:
        with pytest.raises(StepNotAllowed):
            STEPS[step](outbox, mail().id)
        assert outbox.mail(mail().id) == found


def test_acknowledgements_are_on_the_disk_before_they_are_given(outbox, monkeypatch):
    """Read at the moment of each commit: what is said to or by the server waits for the disk, planning does not."""
    from sqlalchemy import event

    seen = []
    engine = outbox.access.engine
    event.listen(engine, "commit", lambda c: seen.append(c.exec_driver_sql("PRAGMA synchronous").scalar()))
    outbox.plan([mail()])
    outbox.claim("w", MONDAY, LEASE)
    outbox.hand_over(mail().id, "w")
    outbox.accept(mail().id, LATER, "w")
    normal, full = 1, 2
    assert seen == [normal, normal, full, full]
