"""Laws of the outbox, whatever workers, servers, crashes, readers and persons do and in whatever order."""

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from matcher.model import Ending, MailKind, MailState
from matcher.store import StepNotAllowed, open_store
from tests.doubles.subscribers import MONDAY, mail, subscribe

LEASE = timedelta(minutes=20)
READERS = ["s0001", "s0002"]
WORKERS = st.sampled_from(["one", "two"])
DONE = (MailState.ACCEPTED, MailState.BOUNCED)


class Outbox(RuleBasedStateMachine):
    """News is numbered 1, 2, 3 …; a digest tells all since the cursor. `server`: what it took, by Message-ID."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = open_store(f"sqlite:///{self.folder / 'store.sqlite'}")
        self.outbox, self.now, self.head, self.week = self.store.outbox, MONDAY, 0, 0
        self.server, self.again, self.hands, self.answers = Counter(), set(), {}, {}
        self.cursors = dict.fromkeys(READERS, 0)
        for number in (1, 2):
            subscribe(self.store, number)

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.folder)

    def cursor(self, reader):
        return self.store.subscriptions.subscription(reader).cursor

    @rule(count=st.integers(1, 3))
    def news(self, count):
        self.head += count

    @rule(reader=st.sampled_from(READERS))
    def plan_digest(self, reader):
        self.week += 1
        events = tuple(set(range(self.cursor(reader) + 1, self.head + 1)) - self.outbox.told(reader, 0))
        if events:
            one = mail(reader, slot=f"2027-W{self.week:03}", events=events, upto=self.head)
            self.outbox.plan([one.model_copy(update={"planned": self.now, "not_before": self.now})])

    @rule(reader=st.sampled_from(READERS))
    def plan_urgent(self, reader):
        self.week += 1
        fresh = set(range(self.cursor(reader) + 1, self.head + 1)) - self.outbox.told(reader, 0)
        if fresh:
            one = mail(reader, MailKind.URGENT, slot=f"day {self.week}", events=(max(fresh),))
            self.outbox.plan([one.model_copy(update={"planned": self.now, "not_before": self.now})])

    @rule(worker=WORKERS)
    def claim(self, worker):
        if one := self.outbox.claim(worker, self.now, LEASE):
            self.hands[worker] = one

    @rule(worker=WORKERS, taken=st.booleans())
    def hand_over(self, worker, taken):
        """The server takes the text or refuses it; its answer is on its way."""
        one = self.hands.pop(worker, None)
        try:
            if one and self.outbox.hand_over(one.id, worker):
                self.server[one.message_id] += taken
                self.answers[worker] = (one, taken)
        except StepNotAllowed:
            pass

    @rule(worker=WORKERS, lost=st.booleans(), mode=st.sampled_from(["hold", "resend"]))
    def answer(self, worker, lost, mode):
        one, taken = self.answers.pop(worker, (None, False))
        try:
            if one and lost:
                if self.outbox.doubt(one.id, self.now, "lost", mode, worker) is MailState.PLANNED:
                    self.again.add(one.message_id)
            elif one and taken:
                self.outbox.accept(one.id, self.now, worker)
            elif one:
                self.outbox.retry(one.id, self.now, "refused", worker)
        except StepNotAllowed:
            pass

    @rule(reader=st.sampled_from(READERS), worker=WORKERS, lost=st.booleans())
    def send_a_digest(self, reader, worker, lost):
        """The usual way, as one step, so that long stories are told in few."""
        self.news(1)
        self.plan_digest(reader)
        self.claim(worker)
        self.hand_over(worker, taken=True)
        self.answer(worker, lost, mode="hold")

    @rule(worker=WORKERS)
    def crash(self, worker):
        self.hands.pop(worker, None)
        self.answers.pop(worker, None)

    @rule(minutes=st.sampled_from([1, 30]), mode=st.sampled_from(["hold", "resend"]))
    def time_passes(self, minutes, mode):
        self.now += timedelta(minutes=minutes)
        if mode == "resend":
            in_doubt = self.outbox.mails(states=[MailState.HANDED_OVER])
            self.again |= {one.message_id for one in in_doubt if one.lease <= self.now}
        self.outbox.resume(self.now, mode)

    @precondition(lambda self: self.outbox.mails(states=[MailState.HELD]))
    @rule(data=st.data(), how=st.sampled_from(["accept", "resend", "cancel"]))
    def a_person_decides(self, data, how):
        one = data.draw(st.sampled_from(self.outbox.mails(states=[MailState.HELD])))
        try:
            if how == "accept":
                self.outbox.accept(one.id, self.now)
            elif how == "resend":
                self.outbox.resend(one.id, self.now)
                self.again.add(one.message_id)
            else:
                self.outbox.cancel(one.id, "a person")
        except StepNotAllowed:
            assert how == "resend"

    @rule(reader=st.sampled_from(READERS))
    def leave_and_come_back(self, reader):
        self.store.subscriptions.end(reader, self.now, Ending.UNSUBSCRIBED)
        before = Counter(self.server)
        while self.outbox.claim("three", self.now, LEASE):
            pass
        assert self.server == before
        open_now = self.outbox.mails(reader, [MailState.PLANNED])
        assert not open_now
        self.now += timedelta(minutes=30)
        subscribe(self.store, int(reader[1:]), cursor=self.head)
        self.cursors[reader] = self.cursor(reader)

    @invariant()
    def what_was_not_to_be_sent_again_was_sent_once(self):
        assert all(count <= 1 or id in self.again for id, count in self.server.items())

    @invariant()
    def a_cursor_never_goes_back_and_follows_accepted_digests(self):
        for reader in READERS:
            cursor = self.cursor(reader)
            assert cursor >= self.cursors[reader]
            accepted = [one.upto for one in self.outbox.mails(reader, DONE) if one.kind is MailKind.DIGEST]
            assert cursor == max([self.cursors[reader], *accepted])

    @invariant()
    def what_is_accepted_tells_nothing_twice(self):
        """But for a mail that was in doubt: the next one tells its news, and it may have arrived after all."""
        for reader in READERS:
            mails = [one for one in self.outbox.mails(reader, DONE) if not one.doubts]
            told = Counter(event for one in mails for event in one.events)
            assert all(count == 1 for count in told.values()), told

    @invariant()
    def who_holds_a_mail_holds_it_alone(self):
        flying = self.outbox.mails(states=[MailState.SENDING, MailState.HANDED_OVER])
        assert all(one.worker and one.lease for one in flying)
        news = Counter((one.subscription, event) for one in flying for event in one.events)
        assert all(count == 1 for count in news.values())


Outbox.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
test_the_laws_of_the_outbox = Outbox.TestCase
