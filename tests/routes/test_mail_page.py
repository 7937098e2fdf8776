"""The page of a whole mail, and the choice for one of its calls."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from matcher.alerts.digests.cards import Card
from matcher.alerts.digests.digest import Digest, Item, Part, Section
from matcher.model import CallKind, CallStatus, EventKind, MailKind, OutboxMail, RouteKind
from tests.doubles.news_world import MONDAY, made_call

from .conftest import path

HOSTILE = '<script>alert(1)</script> & "both"'
NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)


def a_card(number, title):
    return Card(
        call=f"portal:C{number}",
        title=title,
        language="lv",
        kind=CallKind.TOPIC,
        route=RouteKind.LEAD,
        status=CallStatus.OPEN,
        usability=0,
        place=number,
    )


@pytest.fixture
def mail(client, home, world):
    """A digest of 25 calls of which the mail itself shows ten, for somebody who reads Latvian."""
    mine = home.subscribed(client, language="lv")
    titles = [HOSTILE if number == 25 else f"Number {number:02}" for number in range(1, 26)]
    items = tuple(
        Item(card=a_card(number, title), kinds=(EventKind.NEW,), learnt=MONDAY, events=(number,))
        for number, title in enumerate(titles, 1)
    )
    told = Digest(profile="riga", name="Rīga", on=MONDAY, sections=(Section(part=Part.NEW, items=items, shown=10),))
    made = OutboxMail(
        id="m1",
        subscription=mine.id,
        kind=MailKind.DIGEST,
        slot="2026-W47",
        message_id="<m1@funding.example>",
        planned=NOW,
        not_before=NOW,
        upto=25,
        events=told.events,
        content=told.model_dump_json(),
    )
    assert world.store.outbox.plan([made]) == 1
    return made


def test_all_calls_of_a_mail_stand_on_its_page_each_with_its_choice(client, home, mail):
    page = client.get(path(home.links.digest(mail.id)))
    assert page.status_code == 200
    assert '<html lang="lv">' in page.text
    assert page.text.count("<h3>") == 25
    for number in range(1, 25):
        assert f"Number {number:02}" in page.text
    assert page.text.count("/alerts/call/") == 25
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


def test_headings_of_the_page_leave_out_no_level(client, home, mail):
    page = client.get(path(home.links.digest(mail.id)))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page.text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_mail_whose_content_was_deleted_is_told_to_be_gone(client, home, world, mail):
    world.deliver(MONDAY)
    world.store.outbox.forget_contents(NOW + timedelta(days=1))
    assert world.store.outbox.mail(mail.id).content == ""
    assert client.get(path(home.links.digest(mail.id))).status_code == 410


def test_reading_changes_nothing_of_a_mail(client, home, world, mail):
    before = world.store.outbox.mail(mail.id)
    client.get(path(home.links.digest(mail.id)))
    client.post(path(home.links.digest(mail.id)))
    assert world.store.outbox.mail(mail.id) == before


def test_a_call_is_followed_put_aside_and_neither(client, home, world):
    world.load([made_call("C1", title=HOSTILE)])
    mine = home.subscribed(client)
    address = path(home.links.choice(mine.id, "portal:C1"))
    shown = client.get(address)
    assert "&lt;script&gt;" in shown.text
    assert "Nothing was chosen" in shown.text
    assert home.subscriptions()[0].saved == ()

    assert "is followed" in client.post(address, data={"choice": "saved"}).text
    assert home.subscriptions()[0].saved == ("portal:C1",)
    assert "put aside" in client.post(address, data={"choice": "dismissed"}).text
    assert (home.subscriptions()[0].saved, home.subscriptions()[0].dismissed) == ((), ("portal:C1",))
    client.post(address, data={"choice": "none"})
    assert home.subscriptions()[0].dismissed == ()


def test_a_call_that_is_not_there_is_told(client, home, world):
    world.load([made_call("C1")])
    mine = home.subscribed(client)
    for call in ("portal:C2", "", "' or 1=1", "\0"):
        assert client.get(path(home.links.choice(mine.id, call))).status_code == 404


def test_settings_list_what_was_chosen_and_take_it_back(client, home, world):
    world.load([made_call("C1"), made_call("C2")])
    mine = home.subscribed(client)
    for call, choice in (("portal:C1", "saved"), ("portal:C2", "dismissed")):
        client.post(path(home.links.choice(mine.id, call)), data={"choice": choice})
    world.store.subscriptions.choose(mine.id, "portal:gone", "saved", NOW)

    address = path(home.links.settings(mine.id))
    page = client.get(address)
    assert "Call C1" in page.text
    assert "Call C2" in page.text
    assert '<a href="http://testserver/call?profile=riga&amp;call=portal%3AC1" lang="en">' in page.text
    assert "portal:gone" in page.text, "a call that left the store can still be taken back"
    assert home.links.calendar(mine.id) in page.text
    for call in ("portal:C1", "portal:C2", "portal:gone"):
        assert client.post(address, data={"do": "remove", "call": call}).status_code == 200
    (now,) = home.subscriptions()
    assert (now.saved, now.dismissed) == ((), ())
