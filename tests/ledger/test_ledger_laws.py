"""Laws of the ledger, for whatever a source does from day to day."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from matcher.ledger import observe, pass_time
from matcher.model import Deadline, EventKind, RunOutcome
from tests.doubles.source_days import DAY, Ledger, a_call, a_run, on

NEW, WITHDRAWN, RETURNED = EventKind.NEW, EventKind.WITHDRAWN, EventKind.RETURNED
FAR = on(4000)
NUMBERS = st.integers(0, 6)


class AFlappingSource(RuleBasedStateMachine):
    """Calls that never close come, go, flap and move their deadline, under readings that fail, repeat or are not whole.

    Held against a model of its own: which calls were read when, and which deadline was last read.
    """

    @initialize()
    def begin(self):
        self.ledger, self.day = Ledger(), DAY
        self.there = dict.fromkeys(range(3), FAR)
        self.read_on, self.deadline, self.moves = {}, {}, []
        self.silent = set(self.there)
        self.whole = []
        self._read()

    def _calls(self):
        return [a_call(number, deadline=day) for number, day in self.there.items()]

    def _read(self, **run):
        self.ledger.read(self.day, *self._calls(), **run)
        self.ledger.add(
            pass_time(self.ledger.calls.values(), self.day - timedelta(days=1), self.day, self.ledger.events)
        )
        self._remember()
        if not run:
            self.whole.append(self.day)

    @rule(days=st.integers(1, 9))
    def read(self, days):
        self.day += timedelta(days=days)
        self._read()

    @rule(days=st.integers(1, 9))
    def fail(self, days):
        self.day += timedelta(days=days)
        self.ledger.read(self.day, *self._calls()[:1], outcome=RunOutcome.FAIL)

    @rule(days=st.integers(1, 9))
    def read_in_part(self, days):
        self.day += timedelta(days=days)
        self._read(partial=True)

    @rule()
    def read_again_the_same_day(self):
        self.ledger.read(self.day, *self._calls(), id=f"portal/{self.day}-{len(self.ledger.runs)}", partial=True)
        self._remember()

    def _remember(self):
        for number, day in self.there.items():
            if number in self.deadline and self.deadline[number] != day:
                self.moves.append((number, day))
            self.deadline[number] = day
            self.read_on.setdefault(number, []).append(self.day)

    @rule(number=NUMBERS, days=st.integers(0, 3))
    def come_or_move(self, number, days):
        self.there[number] = FAR + timedelta(days=days)

    @rule(number=NUMBERS)
    @precondition(lambda self: len(self.there) > 1)
    def go(self, number):
        self.there.pop(number, None)

    @invariant()
    def no_event_twice(self):
        keys = [event.key for event in self.ledger.events]
        assert len(keys) == len(set(keys))

    @invariant()
    def every_call_that_was_read_is_new_once(self):
        new = sorted(event.call for event in self.ledger.events if event.kind is NEW)
        assert new == sorted(f"portal:{number}" for number in self.read_on)
        told = {event.call for event in self.ledger.events if event.kind is NEW and not event.silent}
        assert told == {f"portal:{number}" for number in self.read_on if number not in self.silent}

    @invariant()
    def every_move_that_was_read_is_told(self):
        told = [
            (int(event.call.removeprefix("portal:")), change.now[0])
            for event in self.ledger.events
            for change in event.changes
        ]
        assert sorted(told) == sorted((number, day.isoformat()) for number, day in self.moves)

    @invariant()
    def withdrawn_rests_on_a_week_of_absence_and_return_on_a_withdrawal(self):
        away = set()
        for event in self.ledger.events:
            if event.kind is WITHDRAWN:
                number = int(event.call.removeprefix("portal:"))
                last = max(day for day in self.read_on[number] if day < event.on)
                first = min(day for day in self.whole if day > last)
                assert event.on - first >= timedelta(days=7)
                assert event.on in self.whole
                assert event.call not in away
                away.add(event.call)
            elif event.kind is RETURNED:
                away.remove(event.call)
        assert not away & {
            f"portal:{number}" for number, days in self.read_on.items() if days[-1] == self.ledger.runs[-1].as_of
        }


AFlappingSource.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAFlappingSource = AFlappingSource.TestCase


@given(st.data())
def test_the_order_of_a_list_and_of_its_parts_changes_nothing(data):
    cut_offs = [Deadline(day=on(10 * number + 20), stage=number) for number in range(1, 4)]
    before = [a_call(number, deadlines=tuple(cut_offs)) for number in range(4)]
    after = [a_call(number, deadlines=tuple(data.draw(st.permutations(cut_offs)))) for number in range(4)]
    ledger = Ledger()
    ledger.read(DAY, *before)
    assert ledger.read(on(1), *data.draw(st.permutations(after))) == []


@given(st.lists(st.integers(0, 6), max_size=12), st.integers(1, 6))
def test_a_flap_shorter_than_a_week_is_no_news(gaps, failing):
    """A call that is away for up to seven days, again and again, with failed readings in between."""
    ledger, day = Ledger(), DAY
    ledger.read(day, a_call(1), a_call(2, deadline=FAR))
    for gap in gaps:
        for _ in range(gap):
            day += timedelta(days=1)
            whole = day.toordinal() % failing or failing == 1
            ledger.read(day, a_call(1), **({} if whole else {"outcome": RunOutcome.FAIL}))
        day += timedelta(days=1)
        ledger.read(day, a_call(1), a_call(2, deadline=FAR))
    assert [event.kind for event in ledger.events] == [NEW, NEW]


@given(st.permutations(range(8)))
def test_the_same_reading_makes_the_same_events_in_whatever_order_calls_stand(order):
    before = {call.id: call for call in (a_call(number) for number in range(4))}
    read = [a_call(number, deadline=on(70)) for number in order]
    earlier = [a_run(DAY)]
    found = observe(before, [], earlier, a_run(on(1)), {call.id: call for call in read})
    expected = observe(
        before, [], earlier, a_run(on(1)), {call.id: call for call in sorted(read, key=lambda one: one.id)}
    )
    assert found == expected
