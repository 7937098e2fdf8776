"""What readers can do, and what somebody who signs up another's address cannot."""

import logging
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event as sql

from matcher.alerts.letters.render import render
from matcher.alerts.readers import subscribing
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.personal_data import erase, export, purge
from matcher.alerts.readers.subscribing import BadSignUp
from matcher.alerts.readers.tokens import BadToken, Purpose, Refusal, Tokens
from matcher.model import (
    Call,
    CallKind,
    Ending,
    Event,
    EventKind,
    MailKind,
    MailState,
    OutboxMail,
    Rhythm,
    Run,
    RunOutcome,
    SubscriptionState,
)

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ADDRESS = "anna.liepa@example.org"
PENDING, CONFIRMED, ENDED = SubscriptionState.PENDING, SubscriptionState.CONFIRMED, SubscriptionState.ENDED


def tell(desk, *seqs):
    """Events in the ledger."""
    desk.store.ledger.append(
        Event(call=f"portal:{seq}", source="portal", kind=EventKind.NEW, on=date(2026, 11, 20)) for seq in seqs
    )
    return desk.store.ledger.head()


def load_call(desk, reference="1TOPICSen"):
    call = Call(
        source="portal",
        reference=reference,
        identifier="AMIF-2026-1",
        title="A call",
        kind=CallKind.TOPIC,
        url="https://example.org/1",
        as_of=date(2026, 11, 20),
    )
    run = Run(id="run", source="portal", started=NOW, as_of=date(2026, 11, 20), outcome=RunOutcome.OK)
    desk.store.save_run(run, [call])
    return call.id


def test_a_sign_up_waits_for_the_link_that_only_its_owner_gets(desk):
    desk.sign_up(rhythm=Rhythm.MONTHLY, urgent=True, shown_in="en")
    (one,) = desk.all()
    assert (one.state, one.language, one.rhythm, one.urgent) == (PENDING, "lv", Rhythm.MONTHLY, True)
    assert (one.consent.text_version, one.consent.asked, one.consent.confirmed) == ("1/en", NOW, None)
    (mail,) = desk.store.outbox.mails()
    assert (mail.kind, mail.subscription, mail.state) == (MailKind.CONFIRMATION, one.id, MailState.PLANNED)
    assert ADDRESS not in mail.model_dump_json()


def test_confirming_begins_at_the_head_of_the_ledger_and_keeps_the_proof(desk):
    head = tell(desk, 1, 2, 3)
    desk.sign_up()
    confirmed = desk.confirm(desk.all()[0].id, NOW + HOUR)
    assert (confirmed.state, confirmed.cursor) == (CONFIRMED, head)
    assert (confirmed.consent.asked, confirmed.consent.confirmed) == (NOW, NOW + HOUR)


def test_confirming_again_changes_nothing(desk):
    mine = desk.subscribed()
    tell(desk, 1, 2, 3)
    assert desk.confirm(mine.id, NOW + HOUR) == mine == desk.all()[0]


def test_an_old_link_does_not_bring_back_what_has_ended(desk):
    mine = desk.subscribed()
    desk.unsubscribe(mine.id)
    with pytest.raises(BadToken) as raised:
        desk.confirm(mine.id, NOW + HOUR)
    assert raised.value.refusal is Refusal.GONE
    assert desk.all()[0].state is ENDED


def test_who_left_can_sign_up_again_and_hears_nothing_of_the_time_between(desk):
    mine = desk.subscribed()
    desk.unsubscribe(mine.id, NOW + HOUR)
    head = tell(desk, 1, 2)
    again = desk.subscribed(at=NOW + DAY)
    assert (again.id, again.state, again.cursor) == (mine.id, CONFIRMED, head)
    assert (again.ended, again.ending) == (None, None)
    assert (again.consent.asked, again.consent.confirmed) == (NOW + DAY, NOW + DAY)


def test_signing_up_while_subscribed_changes_nothing_and_is_told_by_mail_only(desk):
    mine = desk.subscribed(language="lv")
    answer = desk.sign_up("ANNA.LIEPA@example.org", language="de", urgent=True, at=NOW + 2 * HOUR)
    assert answer is None
    assert desk.all() == [mine]
    mail = desk.store.outbox.mails()[-1]
    rendered = render(mail, mine, Links(desk.settings, Tokens(desk.settings)))
    assert "/alerts/settings/" in rendered.text
    assert "/alerts/confirm/" not in rendered.text + rendered.html


def test_leaving_is_done_at_once_and_as_often_as_one_likes(desk):
    mine = desk.subscribed()
    left = desk.unsubscribe(mine.id, NOW + HOUR)
    assert (left.state, left.ended, left.ending) == (ENDED, NOW + HOUR, Ending.UNSUBSCRIBED)
    assert desk.unsubscribe(mine.id, NOW + DAY) == left
    erase(desk.store, desk.settings, ADDRESS)
    assert desk.unsubscribe(mine.id, NOW + DAY) is None


def test_leaving_cancels_what_waits_to_be_sent(desk):
    mine = desk.subscribed()
    mail = OutboxMail(
        id="m", subscription=mine.id, kind=MailKind.DIGEST, slot="2026-W48", message_id="<m@example.org>",
        planned=NOW, not_before=NOW, content="{}",
    )  # fmt: skip
    assert desk.store.outbox.plan([mail]) == 1
    desk.unsubscribe(mine.id)
    assert desk.store.outbox.mail("m").state is MailState.CANCELLED
    assert desk.store.outbox.claim("worker", NOW + HOUR, HOUR) is None


def test_settings_are_changed_by_their_own_link_only(desk):
    mine = desk.subscribed()
    token = desk.token(Purpose.SETTINGS, mine.id)
    changed = subscribing.change_settings(desk.service, token, "el", Rhythm.MONTHLY, True, NOW)
    assert (changed.language, changed.rhythm, changed.urgent) == ("el", Rhythm.MONTHLY, True)
    assert changed == desk.all()[0]
    for purpose in set(Purpose) - {Purpose.SETTINGS}:
        with pytest.raises(BadToken):
            subscribing.change_settings(desk.service, desk.token(purpose, mine.id), "en", Rhythm.WEEKLY, False, NOW)
    assert changed == desk.all()[0]


def test_the_last_choice_for_a_call_holds(desk):
    mine, call = desk.subscribed(), load_call(desk)
    token = desk.token(Purpose.CHOICE, mine.id)
    assert subscribing.choose(desk.service, token, call, "saved", NOW).saved == (call,)
    dismissed = subscribing.choose(desk.service, token, call, "dismissed", NOW)
    assert (dismissed.saved, dismissed.dismissed) == ((), (call,))
    taken_back = subscribing.choose(desk.service, token, call, None, NOW)
    assert (taken_back.saved, taken_back.dismissed) == ((), ())


def test_a_choice_names_a_call_that_exists(desk):
    mine = desk.subscribed()
    with pytest.raises(BadSignUp, match="no such call"):
        subscribing.choose(desk.service, desk.token(Purpose.CHOICE, mine.id), "portal:none", "saved", NOW)


@pytest.mark.parametrize(
    ("field", "given", "allowed"),
    [("address", "anna.liepa", "name@example.org"), ("profile", "atlantis", "riga"), ("language", "tlh", "lv")],
)
def test_what_is_wrong_is_named_with_what_is_allowed(desk, field, given, allowed):
    with pytest.raises(BadSignUp) as raised:
        desk.sign_up(**{field: given})
    assert raised.value.field == field
    assert allowed in str(raised.value)
    assert given not in str(raised.value)
    assert desk.all() == []


def test_in_an_hour_one_answer_for_an_organisation(desk):
    for minutes in range(0, 60, 5):
        desk.sign_up(at=NOW + minutes * MINUTE)
    assert len(desk.asked()) == 1
    desk.sign_up(at=NOW + HOUR)
    assert len(desk.asked()) == 2
    assert len(desk.all()) == 1


def test_in_a_day_three_answers_for_all_organisations_in_any_spelling(desk):
    profiles = [profile.id for profile in desk.service.profiles()]
    for number in range(96):
        spelling = ADDRESS.upper() if number % 2 else ADDRESS
        desk.sign_up(spelling, profiles[number % len(profiles)], at=NOW + number * 15 * MINUTE - MINUTE)
    assert len(desk.asked()) == 3
    assert len(desk.all()) == 3, "what its owner is not asked about is not kept"
    desk.sign_up(at=NOW + DAY + HOUR)
    assert len(desk.asked()) == 4


def test_what_follows_a_plus_sign_makes_no_other_mailbox(desk):
    for number in range(12):
        desk.sign_up(ADDRESS.replace("@", f"+{number}@"), at=NOW + number * MINUTE)
    assert len(desk.asked()) == 3
    desk.sign_up(at=NOW + HOUR)
    assert len(desk.asked()) == 3
    for neighbour in ("anna.liepa2@example.org", "anna.liepa+1@example.com", "anna.liep@example.org"):
        desk.sign_up(neighbour, at=NOW + HOUR)
    assert len(desk.asked()) == 6


def test_beyond_the_limit_a_sign_up_changes_nothing_of_what_the_mail_speaks_of(desk):
    desk.sign_up(language="lv", urgent=False)
    before = desk.all()
    desk.sign_up(language="de", urgent=True, at=NOW + MINUTE)
    assert desk.all() == before


def suppress(desk, ending):
    hashes = Tokens(desk.settings).hashes(ADDRESS)
    desk.store.subscriptions.suppress(hashes[0], ending, NOW)
    return hashes


@pytest.mark.parametrize("ending", [Ending.BOUNCED, Ending.COMPLAINT])
def test_a_suppressed_address_comes_back_by_its_own_confirmation_and_not_before(desk, ending):
    hashes = suppress(desk, ending)
    desk.sign_up()
    assert desk.store.subscriptions.suppressed(hashes), "anybody can sign up"
    desk.confirm(desk.all()[0].id)
    assert not desk.store.subscriptions.suppressed(hashes)


def test_a_suppressed_address_is_asked_once_a_day(desk):
    suppress(desk, Ending.COMPLAINT)
    for hours in range(24):
        desk.sign_up(profile="riga" if hours % 2 else "athens", at=NOW + hours * HOUR)
    assert len(desk.asked()) == 1
    desk.sign_up(at=NOW + DAY)
    assert len(desk.asked()) == 2


def test_another_organisation_is_another_subscription(desk):
    riga, athens = desk.subscribed(profile="riga"), desk.subscribed(profile="athens", at=NOW + MINUTE)
    desk.unsubscribe(riga.id)
    assert {one.id: one.state for one in desk.all()} == {riga.id: ENDED, athens.id: CONFIRMED}


def statements(desk, **sign_up):
    """What a sign-up does to the store, statement by statement."""
    made = []
    engine = desk.store._access.engine

    def note(_connection, _cursor, statement, *_):
        made.append(re.sub(r"IN \(.*\)", "IN (…)", statement))

    sql.listen(engine, "before_cursor_execute", note)
    try:
        assert desk.sign_up(**sign_up) is None
    finally:
        sql.remove(engine, "before_cursor_execute", note)
    return made


def test_known_and_unknown_addresses_get_the_same_answer_by_the_same_work(desk):
    desk.subscribed("confirmed@example.org")
    desk.sign_up("pending@example.org")
    left = desk.subscribed("left@example.org")
    desk.unsubscribe(left.id)
    desk.store.subscriptions.suppress(Tokens(desk.settings).hashes("bounced@example.org")[0], Ending.BOUNCED, NOW)
    later = NOW + 25 * HOUR
    names = ("unknown", "confirmed", "pending", "left", "bounced")
    work = {name: statements(desk, address=f"{name}@example.org", at=later) for name in names}
    assert len(work["unknown"]) > 5
    assert {name: done for name, done in work.items() if done != work["unknown"]} == {}


def test_nothing_is_kept_where_the_mail_cannot_be_planned(desk, monkeypatch):
    def broken(*_):
        raise RuntimeError("the disk")

    monkeypatch.setattr("matcher.store.subscriptions.plan_mails", broken)
    with pytest.raises(RuntimeError):
        desk.sign_up()
    monkeypatch.undo()
    assert desk.all() == []


def test_processes_that_sign_up_the_same_address_at_once_make_one_subscription_and_one_mail(desk):
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC;"
        "from matcher.alerts.readers.subscribing import sign_up; from matcher.service import Service;"
        "from matcher.settings import Settings;"
        "service = Service(Settings(home=Path(sys.argv[1]), model='hashing'));"
        "service.profiles(); service.store; print('ready', flush=True); sys.stdin.readline();"
        "sign_up(service, sys.argv[2], 'riga', 'en', datetime(2026, 11, 23, 7, tzinfo=UTC))"
    )
    spellings = (ADDRESS, f" {ADDRESS.upper()} ")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(desk.settings.home), spelling],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
        )
        for spelling in spellings
    ]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * len(started)
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert errors == [""] * len(started)
    assert len(desk.all()) == len(desk.asked()) == 1


def test_no_use_case_logs_or_prints_an_address_even_when_it_fails(desk, caplog, capfd, monkeypatch):
    caplog.set_level(logging.DEBUG)
    desk.sign_up()
    mine = desk.confirm(desk.all()[0].id)
    messages = [repr(mine), str(mine)]
    attempts = [
        lambda: desk.sign_up("anna.liepa@example.org, other@example.org"),
        lambda: desk.sign_up(profile=ADDRESS),
        lambda: desk.sign_up(language=ADDRESS),
        lambda: subscribing.confirm(desk.service, ADDRESS, NOW),
        lambda: export(desk.store, desk.settings, "anna.liepa@example.org extra"),
        lambda: erase(desk.store, desk.settings, "anna.liepa@example.org extra"),
        lambda: mine.model_validate(mine.model_dump() | {"rhythm": "hourly"}),
        lambda: mine.model_validate(mine.model_dump() | {"more": ADDRESS}),
    ]
    for attempt in attempts:
        with pytest.raises(ValueError, match=r"\w") as raised:
            attempt()
        messages += [str(raised.value), repr(raised.value)]
    with desk.store._access.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
        connection.commit()
    with pytest.raises(Exception, match="outbox") as raised:
        desk.sign_up(profile="athens", at=NOW + DAY)
    messages += [str(raised.value), str(raised.value.__cause__)]
    logging.getLogger("any").exception("a server would log this", exc_info=raised.value)
    shown = "\n".join([*messages, caplog.text, *capfd.readouterr()])
    assert "a server would log this" in shown
    assert "anna.liepa" not in shown.lower()


def test_purging_needs_no_reader(desk):
    assert purge(desk.store, desk.settings, NOW).subscriptions == 0
