"""The pages of subscribers: what each shows, what it changes and to whom it says nothing."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.routes import middleware, routes
from dashboard.routes.rhythm import next_mail
from dashboard.routes.signing_up import NO_SOONER
from matcher.alerts.readers.tokens import Purpose
from matcher.languages import LANGUAGES
from matcher.model import Rhythm, SubscriptionState
from matcher.settings import Settings

from .conftest import ADDRESS, path

FORM = {"address": ADDRESS, "profile": "riga", "language": "lv", "rhythm": "monthly", "urgent": "yes"}
PURPOSES = {"confirm": Purpose.CONFIRM, "settings": Purpose.SETTINGS, "unsubscribe": Purpose.UNSUBSCRIBE} | {
    "call": Purpose.CHOICE,
    "digest": Purpose.DIGEST,
}


def text_of(answer):
    """What a reader of the page reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.split("<main", 1)[1]).split())


# Signing up


def test_the_form_says_when_mails_come_and_is_filled_in_with_the_organisation_of_the_link(client):
    page = client.get("/alerts/subscribe?profile=riga")
    assert page.status_code == 200
    assert "each Monday at 07:00 Brussels time" in page.text
    monday = next_mail(datetime.now(UTC))
    assert monday.weekday() == 0
    assert f"{monday.day} {monday:%B %Y}" in page.text
    assert '<option value="riga" selected>' in page.text


def test_a_sign_up_waits_for_its_confirmation_and_plans_one_mail(client, home):
    assert client.post("/alerts/subscribe", data=FORM).status_code == 200
    (asked,) = home.subscriptions()
    assert (asked.address, asked.profile, asked.language) == (ADDRESS, "riga", "lv")
    assert (asked.rhythm, asked.urgent, asked.state) == (Rhythm.MONTHLY, True, SubscriptionState.PENDING)
    assert asked.consent.text_version.endswith("/en"), "the wording that the page showed"
    assert len(home.service.store.outbox.mails(asked.id)) == 1


def test_known_unknown_and_confirmed_addresses_get_the_same_answer(client, home):
    first = client.post("/alerts/subscribe", data=FORM)
    again = client.post("/alerts/subscribe", data=FORM)
    client.post(path(home.links.confirm(home.subscriptions()[0].id)))
    confirmed = client.post("/alerts/subscribe", data=FORM)
    other = client.post("/alerts/subscribe", data=FORM | {"address": "somebody@else.example"})
    assert {one.status_code for one in (first, again, confirmed, other)} == {200}
    assert {one.text for one in (first, again, confirmed, other)} == {first.text}
    assert {tuple(sorted(one.headers.items())) for one in (again, confirmed, other)} == {
        tuple(sorted(first.headers.items()))
    }
    assert ADDRESS not in first.text


def test_how_long_an_answer_takes_does_not_tell_what_was_done(client, home):
    def seconds():
        began = time.monotonic()
        assert client.post("/alerts/subscribe", data=FORM).status_code == 200
        return time.monotonic() - began

    assert seconds() >= NO_SOONER, "kept, and a mail is planned"
    assert seconds() >= NO_SOONER, "beyond the limits nothing is written"
    assert len(home.service.store.outbox.mails()) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"address": "anna"}, "This is not one mail address"),
        ({"address": "a@b.example, c@d.example"}, "This is not one mail address"),
        ({"address": "a@b.example\r\nBcc: c@d.example"}, "This is not one mail address"),
        ({"address": ""}, "This is not one mail address"),
        ({"profile": "atlantis"}, "Choose an organisation from the list"),
        ({"profile": ""}, "Choose an organisation from the list"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(client, home, wrong, told):
    answer = client.post("/alerts/subscribe", data=FORM | wrong)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert home.subscriptions() == []


def test_what_was_typed_stays_in_the_form_as_text(client):
    answer = client.post("/alerts/subscribe", data=FORM | {"address": '"><script>alert(1)</script>'})
    assert "<script" not in answer.text
    assert "&#34;&gt;&lt;script&gt;" in answer.text
    assert '<option value="lv" selected>' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://["},
        {"origin": "https://testserver@evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_site_signs_nobody_up(client, home, headers):
    answer = client.post("/alerts/subscribe", data=FORM, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert home.subscriptions() == []


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}, {}])
def test_our_own_form_does(client, home, headers):
    assert client.post("/alerts/subscribe", data=FORM, headers=headers).status_code == 200
    assert len(home.subscriptions()) == 1


# Confirming, settings, choices


def test_only_the_button_confirms(client, home):
    mine = home.subscribed(client, confirmed=False)
    address = path(home.links.confirm(mine.id))
    for _ in range(2):
        assert "changed nothing yet" in client.get(address).text
    assert home.subscriptions()[0].state is SubscriptionState.PENDING
    assert client.post(address).status_code == 200
    assert client.post(address).status_code == 200, "again: nothing changes"
    (confirmed,) = home.subscriptions()
    assert confirmed.state is SubscriptionState.CONFIRMED
    assert confirmed.consent.confirmed is not None


def test_settings_are_changed_and_shown_as_changed(client, home):
    mine = home.subscribed(client)
    address = path(home.links.settings(mine.id))
    assert 'id="rhythm-weekly" name="rhythm" value="weekly" checked' in client.get(address).text
    changed = client.post(address, data={"do": "save", "rhythm": "monthly", "language": "de", "urgent": "yes"})
    assert changed.status_code == 200
    assert '<html lang="de">' in changed.text
    (now,) = home.subscriptions()
    assert (now.rhythm, now.language, now.urgent) == (Rhythm.MONTHLY, "de", True)
    client.post(address, data={"do": "save", "rhythm": "weekly", "language": "en"})
    assert not home.subscriptions()[0].urgent, "a box that is not ticked is not posted"


def test_no_page_shows_an_address_whole(client, home):
    mine = home.subscribed(client)
    for address in (home.links.confirm, home.links.settings, home.links.unsubscribe):
        answer = client.get(path(address(mine.id)))
        assert "a…@t….example" in answer.text
        assert ADDRESS not in answer.text


# Leaving


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, {}])
def test_one_click_leaves_at_once_and_as_often_as_one_likes(client, home, body):
    mine = home.subscribed(client)
    address = path(home.links.unsubscribe(mine.id))
    assert client.get(address).status_code == 200
    assert home.subscriptions()[0].state is SubscriptionState.CONFIRMED
    answers = [client.post(address, data=body) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 200], "no redirect"
    assert answers[0].text == answers[2].text
    assert home.subscriptions()[0].state is SubscriptionState.ENDED


def test_one_click_comes_as_multipart_too(client, home):
    mine = home.subscribed(client)
    fields = {"List-Unsubscribe": (None, "One-Click")}
    assert client.post(path(home.links.unsubscribe(mine.id)), files=fields).status_code == 200
    assert home.subscriptions()[0].state is SubscriptionState.ENDED


def test_whoever_was_erased_meanwhile_has_left_all_the_same(client, home):
    mine = home.subscribed(client)
    address = path(home.links.unsubscribe(mine.id))
    home.service.store.subscriptions.erase([mine.id])
    assert client.post(address).status_code == 200
    assert "no more of these mails" in client.get(address).text


def test_after_leaving_the_other_links_are_gone_and_say_what_to_do(client, home):
    mine = home.subscribed(client)
    client.post(path(home.links.unsubscribe(mine.id)))
    for address in (home.links.settings(mine.id), home.links.choice(mine.id, "a:b"), home.links.confirm(mine.id)):
        answer = client.post(path(address))
        assert answer.status_code == 410, address
        assert "/alerts/subscribe" in answer.text


# Links that are not good


@pytest.mark.parametrize("page", PURPOSES)
@pytest.mark.parametrize("token", ["x", "a.b", "%F0%9F%98%80", "' or 1=1 --", "A" * 5000, "%00", "<script>"])
def test_a_foreign_token_is_told_in_a_page_for_people(client, page, token):
    for answer in (client.get(f"/alerts/{page}/{token}"), client.post(f"/alerts/{page}/{token}")):
        assert answer.status_code in (404, 405)
        assert answer.headers["content-type"].startswith("text/html")
        assert "<script" not in answer.text


@pytest.mark.parametrize("page", PURPOSES)
def test_a_token_of_another_purpose_is_refused(client, home, page):
    mine = home.subscribed(client)
    for purpose in set(PURPOSES.values()) - {PURPOSES[page]}:
        assert client.get(f"/alerts/{page}/{home.token(purpose, mine.id)}").status_code == 404


@pytest.mark.parametrize("page", ["confirm", "settings", "call", "digest"])
def test_an_old_token_is_told_to_be_old(client, home, page):
    mine = home.subscribed(client)
    old = home.token(PURPOSES[page], mine.id, datetime.now(UTC) - timedelta(days=91))
    answer = client.get(f"/alerts/{page}/{old}")
    assert answer.status_code == 410
    assert "This link is too old" in answer.text


def test_the_link_to_leave_is_never_too_old(client, home):
    mine = home.subscribed(client)
    old = home.token(Purpose.UNSUBSCRIBE, mine.id, datetime.now(UTC) - timedelta(days=4000))
    assert client.post(f"/alerts/unsubscribe/{old}").status_code == 200


# Methods, languages, faults


def test_methods_of_every_page(client, home):
    mine = home.subscribed(client)
    for address in ("/alerts/subscribe", "/privacy", path(home.links.settings(mine.id)), "/alerts/pages.css"):
        head, get = client.head(address), client.get(address)
        assert head.status_code == get.status_code == 200
        assert head.headers["content-type"] == get.headers["content-type"]
        options = client.options(address)
        assert options.status_code == 204
        assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["allow"].split(", "))
        for method in ("PUT", "DELETE", "PATCH"):
            refused = client.request(method, address)
            assert refused.status_code == 405
            assert refused.headers["allow"] == options.headers["allow"]


def test_what_is_below_alerts_and_no_page_is_not_the_dashboard(client):
    for address in ("/alerts/settings/", "/alerts/nothing/at/all", "/alerts/subscribe/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("header", "query", "spoken"),
    [
        ("fr-BE,fr;q=0.9,en;q=0.1", "", "fr"),
        ("pt, el;q=0.2, it;q=0.7", "", "it"),
        ("de;q=0, nl", "", "nl"),
        ("xx", "", "en"),
        (";;;q=,,=", "", "en"),
        ("fr", "?lang=lv", "lv"),
        ("fr", "?lang=klingon", "fr"),
    ],
)
def test_a_page_speaks_the_reader_s_language(client, header, query, spoken):
    page = client.get(f"/alerts/subscribe{query}", headers={"accept-language": header})
    assert f'<html lang="{spoken}">' in page.text
    assert page.headers["content-language"] == spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_read_in_every_language(client, home, language):
    mine = home.subscribed(client, language=language)
    links = home.links
    pages = ["/alerts/subscribe", "/privacy", "/alerts/nothing"]
    pages += [path(address(mine.id)) for address in (links.confirm, links.settings, links.unsubscribe)]
    for address in pages:
        page = client.get(address, params={"lang": language})
        assert f'<html lang="{language}">' in page.text
        assert page.text.count("<h1>") == 1
        assert "%(" not in page.text
        assert "{" not in text_of(page)


def test_a_store_that_cannot_be_used_is_told_without_a_trace(client, home, caplog):
    home.settings.home.mkdir(parents=True)
    (home.settings.home / "store.sqlite").write_bytes(b"this is no database, but long enough to look like one" * 99)
    answer = client.post("/alerts/subscribe", data=FORM)
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text
    assert "Traceback" not in answer.text
    assert ADDRESS not in caplog.text


def test_what_an_operator_can_mend_is_told_to_the_operator_alone(client, home, monkeypatch, caplog):
    token = home.token(Purpose.SETTINGS, "x")
    monkeypatch.setattr("matcher.alerts.readers.tokens.SHORTEST_KEY", 100)
    answer = client.get(f"/alerts/settings/{token}")
    assert answer.status_code == 503
    assert "FUNDING_SECRET" in caplog.text
    assert "FUNDING_SECRET" not in answer.text


def test_a_fault_of_ours_is_logged_without_what_was_sent(client, monkeypatch, caplog):
    def broken(*_: object, **__: object):
        raise RuntimeError(f"INSERT … {ADDRESS}")

    monkeypatch.setattr("matcher.alerts.readers.subscribing.sign_up", broken)
    answer = client.post("/alerts/subscribe", data=FORM)
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text, "an operator must see that there was one, and where"
    assert "signing_up.py" in caplog.text
    assert ADDRESS not in caplog.text + answer.text


def test_next_mail_is_the_monday_that_is_not_over():
    at = datetime(2026, 11, 23, 5, 59, tzinfo=UTC)  # 06:59 in Brussels, a Monday
    assert str(next_mail(at)) == "2026-11-23"
    assert str(next_mail(at + timedelta(minutes=1))) == "2026-11-30"
    assert str(next_mail(at, Rhythm.MONTHLY)) == "2026-12-07"
    summer = datetime(2027, 3, 29, 4, 59, tzinfo=UTC)  # 06:59, the day after the clocks changed
    assert str(next_mail(summer)) == "2027-03-29"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nOne-Click"),
        ("text/plain", b"anything"),
        ("application/x-www-form-urlencoded", b""),
    ],
)
def test_who_leaves_by_a_mail_program_leaves_however_that_spells_its_form(client, home, kind, body):
    mine = home.subscribed(client)
    answer = client.post(path(home.links.unsubscribe(mine.id)), content=body, headers={"content-type": kind})
    assert answer.status_code == 200
    assert home.subscriptions()[0].state is SubscriptionState.ENDED


def test_without_a_sender_nothing_is_kept_and_the_operator_is_told(home, monkeypatch, caplog):
    monkeypatch.setenv("FUNDING_MAIL_SERVER", "smtp://mail.example:587")
    unready = Starlette(routes=routes(), middleware=middleware(Settings()))
    with TestClient(unready, headers={"accept-language": "en"}) as visitor:
        answer = visitor.post("/alerts/subscribe", data=FORM)
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text
    assert "FUNDING_MAIL_SENDER" in caplog.text
    assert ADDRESS not in caplog.text
    assert home.subscriptions() == []
