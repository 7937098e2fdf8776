"""Subscriptions under any order of what readers, operators and strangers do: the laws that always hold."""

import shutil
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import insert

from matcher.addresses import address_key
from matcher.alerts.readers.personal_data import erase, purge
from matcher.alerts.readers.subscribing import change_settings, confirm, sign_up, unsubscribe
from matcher.alerts.readers.tokens import BadToken, Purpose, Tokens
from matcher.model import Consent, Ending, Event, EventKind, Rhythm, Subscription, SubscriptionState
from matcher.service import Service
from matcher.settings import Settings
from matcher.store.subscriptions import PAGE
from matcher.store.tables import subscription

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PENDING, CONFIRMED, ENDED = SubscriptionState.PENDING, SubscriptionState.CONFIRMED, SubscriptionState.ENDED
SPELLINGS = (
    "anna@example.org",
    "ANNA@example.org",
    "anna@Example.ORG",
    "berta@bücher.example.org",
    "berta@xn--bcher-kva.example.org",
)


class Subscriptions(RuleBasedStateMachine):
    """What is done at random, in a real store; `proved`: the ids whose owner pressed the button, and when."""

    ids = Bundle("ids")
    blank: Path

    def __init__(self):
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        shutil.copy(self.blank, self.home / "store.sqlite")
        self.service = Service(Settings(home=self.home, secret="k" * 40, model="hashing"))
        self.service._profiles = PROFILES  # read once for all
        self.store, self.now, self.events = self.service.store, NOW, 0
        self.cursors: dict[str, int] = {}
        self.pressed: set[tuple[str, datetime]] = set()

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.home)

    def all(self):
        return list(self.store.subscriptions.subscriptions())

    def token(self, purpose, id):
        return Tokens(self.service.settings, lambda: self.now).sign(purpose, id)

    @rule(
        target=ids,
        address=st.sampled_from(SPELLINGS),
        profile=st.sampled_from(["riga", "athens"]),
        urgent=st.booleans(),
        later=st.sampled_from([0, 2, 30]),
    )
    def ask(self, address, profile, urgent, later):
        self.now += timedelta(hours=later)
        before = {one.id: one for one in self.all()}
        sign_up(self.service, address, profile, "lv", self.now, urgent=urgent)
        after = {one.id: one for one in self.all()}
        assert all(after[id] == one for id, one in before.items() if one.state is CONFIRMED), (
            "a stranger changes nothing"
        )
        same = [
            one.id
            for one in after.values()
            if (address_key(one.address), one.profile) == (address_key(address), profile)
        ]
        return same[0] if same else multiple()

    @rule(id=ids)
    def press(self, id):
        self.news()
        was = self.store.subscriptions.subscription(id)
        head = self.store.ledger.head()
        try:
            begun = confirm(self.service, self.token(Purpose.CONFIRM, id), self.now)
        except BadToken:
            assert was is None or was.state is ENDED
            return
        assert begun.state is CONFIRMED
        self.pressed.add((id, begun.consent.confirmed))
        if was.state is PENDING:
            assert begun.cursor == max(was.cursor, head)
        else:
            assert begun == was

    @rule(id=ids, urgent=st.booleans())
    def change(self, id, urgent):
        was = self.store.subscriptions.subscription(id)
        try:
            changed = change_settings(
                self.service, self.token(Purpose.SETTINGS, id), "de", Rhythm.MONTHLY, urgent, self.now
            )
        except BadToken:
            assert was is None or was.state is ENDED
            return
        assert changed == was.model_copy(update={"language": "de", "rhythm": Rhythm.MONTHLY, "urgent": urgent})

    @rule(id=ids)
    def leave(self, id):
        left = unsubscribe(self.service, self.token(Purpose.UNSUBSCRIBE, id), self.now)
        assert left is None or left.state is ENDED

    @rule(id=ids, ending=st.sampled_from([Ending.BOUNCED, Ending.COMPLAINT]))
    def end(self, id, ending):
        self.store.subscriptions.end(id, self.now, ending)

    @rule(address=st.sampled_from(SPELLINGS))
    def forget(self, address):
        erase(self.store, self.service.settings, address)
        assert all(address_key(one.address) != address_key(address) for one in self.all())

    @rule()
    def clean(self):
        before = self.all()
        purge(self.store, self.service.settings, self.now)
        kept = [
            one
            for one in before
            if not (one.state is PENDING and one.consent.asked < self.now - timedelta(hours=48))
            and not (one.state is ENDED and one.ended < self.now - timedelta(days=28))
        ]
        assert self.all() == kept

    @rule(hours=st.integers(1, 800))
    def pass_time(self, hours):
        self.now += timedelta(hours=hours)

    def news(self):
        self.events += 1
        on = date(2026, 11, 20)
        self.store.ledger.append([Event(call=f"portal:{self.events}", source="portal", kind=EventKind.NEW, on=on)])

    @invariant()
    def one_for_an_address_and_organisation(self):
        count = Counter((address_key(one.address), one.profile) for one in self.all())
        assert all(number == 1 for number in count.values())

    @invariant()
    def none_without_proof(self):
        for one in self.all():
            if one.state is CONFIRMED:
                assert (one.id, one.consent.confirmed) in self.pressed
                assert one.consent.asked <= one.consent.confirmed
                assert one.ended is one.ending is None
            if one.state is PENDING:
                assert one.consent.confirmed is one.ended is one.ending is None
            if one.state is ENDED:
                assert one.ended is not None
                assert one.ending is not None

    @invariant()
    def no_cursor_goes_back(self):
        for one in self.all():
            assert one.cursor >= self.cursors.get(one.id, 0)
            self.cursors[one.id] = one.cursor

    @invariant()
    def every_mail_has_its_subscription(self):
        assert {mail.subscription for mail in self.store.outbox.mails()} <= {one.id for one in self.all()}


PROFILES = Service(Settings(model="hashing"))._profiles


def test_the_laws_hold_in_any_order(blank_store):
    Subscriptions.blank = blank_store
    run_state_machine_as_test(
        Subscriptions, settings=hypothesis.settings(max_examples=12, stateful_step_count=25, deadline=None)
    )


def many(desk, number):
    """Confirmed subscriptions, put there as a sign-up does, without its mail."""
    rows = [
        {
            "id": f"{place:032x}", "address": f"reader{place}@example.org", "address_key": f"reader{place}@example.org",
            "profile": ("athens", "riga", "zagreb")[place % 3], "language": "en", "rhythm": "weekly", "urgent": False,
            "state": "confirmed", "text_version": "1/en", "asked": NOW.isoformat(), "confirmed": NOW.isoformat(),
            "cursor": 0,
        }
        for place in range(number)
    ]  # fmt: skip
    with desk.store._access.writing() as connection:
        connection.execute(insert(subscription), rows)


def test_all_are_read_once_by_organisation_page_by_page(desk):
    many(desk, 2 * PAGE + 7)
    found = [(one.profile, one.id) for one in desk.store.subscriptions.subscriptions()]
    assert found == sorted(set(found))
    assert len(found) == 2 * PAGE + 7
    assert len(desk.all(profile="riga")) == len([one for one in found if one[0] == "riga"])


def test_reading_them_lets_others_write_between_two_pages(desk):
    many(desk, PAGE + 1)
    stream = desk.store.subscriptions.subscriptions()
    next(stream)
    desk.sign_up("new@example.org")
    assert desk.store.scrub() is False
    assert sum(1 for _ in stream) >= PAGE


def test_more_can_be_erased_at_once_than_a_statement_takes(desk):
    many(desk, 3 * PAGE)
    ids = [one.id for one in desk.all()]
    desk.store.subscriptions.erase(ids[1:])
    assert [one.id for one in desk.all()] == ids[:1]


def test_a_sign_up_is_read_as_it_was_written(desk):
    moment = datetime.fromisoformat("2026-11-23T09:30:00.123456+02:00")
    desk.sign_up("josé@bücher.example.org", "riga", "el", moment, rhythm=Rhythm.MONTHLY, urgent=True)
    (one,) = desk.all(address="josé@xn--bcher-kva.example.org")
    assert one == Subscription(
        id=one.id,
        address="josé@bücher.example.org",
        profile="riga",
        language="el",
        rhythm=Rhythm.MONTHLY,
        urgent=True,
        consent=Consent(text_version="1/el", asked=moment),
    )


@pytest.mark.parametrize("reason", ["bounced", "complaint"])
def test_the_latest_reason_of_a_suppression_is_kept(desk, reason):
    store = desk.store.subscriptions
    store.suppress("0" * 64, "bounced", NOW)
    store.suppress("0" * 64, reason, NOW + timedelta(days=1))
    assert store.suppressed(["0" * 64, "1" * 64]) == {"0" * 64: reason}
    store.lift(["0" * 64])
    assert store.suppressed(["0" * 64]) == {}
