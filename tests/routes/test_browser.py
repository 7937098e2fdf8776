"""The way of a subscriber through the pages in a real Chromium, by keyboard alone and without JavaScript."""

import re
import time
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from matcher.alerts.digests.planning import plan_digests
from matcher.alerts.mailing.delivery import deliver
from matcher.alerts.readers.links import Links
from matcher.alerts.readers.tokens import Tokens
from matcher.model import EventKind, Rhythm, SubscriptionState
from tests.doubles import browser
from tests.doubles.accessible import problems, tab_to
from tests.doubles.news_world import MONDAY, World, at_seven, made_call, made_event

from .conftest import path

pytestmark = pytest.mark.browser
PUBLIC = "https://funding.example"
ADDRESS = "somebody@town.example"


@pytest.fixture
def world(tmp_path) -> World:
    world = World(tmp_path / "home")
    long = "Integrationsmaßnahmengesamtfinanzierungsvereinbarung" * 3
    calls = [made_call(f"C{number:02}", title=long if number == 3 else f"Call {number}") for number in range(14)]
    world.load(calls, events=[made_event(call, EventKind.NEW) for call in calls])
    return world


@pytest.fixture
def started(world, tmp_path):
    home = {"HOME": str(world.settings.home), "MODEL": "hashing", "PUBLIC_URL": PUBLIC, "SECRET": "s" * 40}
    settings = {f"FUNDING_{name}": value for name, value in home.items()}
    with browser.server(settings, tmp_path / "server.log") as running:
        yield running


@pytest.fixture
def address(started) -> str:
    return started[0]


def link_in_mail(world, kind):
    """What a reader clicks in the newest mail that has such a link; mails leave as they do every few minutes."""
    deliver(world.store, world.settings, datetime.now(UTC))
    files = sorted((world.settings.home / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime)
    texts = [message_from_bytes(file.read_bytes(), policy=default).get_body(("plain",)).get_content() for file in files]
    return re.findall(rf"{PUBLIC}(/alerts/{kind}/\S+)", "\n".join(texts))[-1]


def only(world):
    (mine,) = world.store.subscriptions.subscriptions()
    return mine


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_subscribes_confirms_changes_and_leaves_by_keyboard(world, address, scripts):
    with browser.browser_page(1000, 900, java_script_enabled=scripts, locale="en-GB") as page:
        told = []
        page.on("console", lambda said: told.append(said.text))
        page.on("request", lambda request: told.append(request.url) if address not in request.url else None)

        page.goto(f"{address}/alerts/subscribe")
        tab_to(page, "Skip to the content")
        tab_to(page, "Mail address")
        page.keyboard.type(ADDRESS)
        tab_to(page, "Organisation")
        page.keyboard.type("Riga")
        tab_to(page, "Language of the mails")
        tab_to(page, "every Monday")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Also tell me")
        page.keyboard.press("Space")
        tab_to(page, "Send me the mail to confirm")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
        assert (only(world).profile, only(world).rhythm, only(world).urgent) == ("riga", Rhythm.MONTHLY, True)

        page.goto(address + link_in_mail(world, "confirm"))
        tab_to(page, "Yes, send me the mails")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Your address is confirmed")
        assert only(world).state is SubscriptionState.CONFIRMED

        links = Links(world.settings, Tokens(world.settings))
        page.goto(address + path(links.settings(only(world).id)))
        tab_to(page, "the first Monday of each month")
        page.keyboard.press("ArrowUp")
        tab_to(page, "Save")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Saved.")
        assert only(world).rhythm is Rhythm.WEEKLY

        page.goto(address + path(links.unsubscribe(only(world).id)))
        tab_to(page, "Send me no more of them")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("You get no more of these mails")
        assert only(world).state is SubscriptionState.ENDED
        assert told == [], "no message of the browser, no request to another site"


def test_every_page_is_for_everybody(world, address, tmp_path):
    mine = world.subscribe(saved=("portal:C01", "portal:C03"), dismissed=("portal:C02",), language="de")
    plan_digests(world.service(), at_seven(MONDAY))
    links = Links(world.settings, Tokens(world.settings))
    pages = {
        "subscribe": "/alerts/subscribe?profile=riga&lang=el",
        "confirm": path(links.confirm(mine.id)),
        "settings": path(links.settings(mine.id)),
        "digest": link_in_mail(world, "digest"),
        "call": path(links.choice(mine.id, "portal:C03")),
        "privacy": "/privacy?lang=lv",
        "nowhere": "/alerts/nothing",
        "unsubscribe": path(links.unsubscribe(mine.id)),
    }
    found = {}
    for width, theme in product((360, 1200), ("light", "dark")):
        with browser.browser_page(width, 800, color_scheme=theme, locale="fr-FR") as page:
            for name, at in pages.items():
                page.goto(address + at)
                found[name, width, theme] = look(page, tmp_path / f"{name}-{width}-{theme}.png")
            page.goto(f"{address}/alerts/subscribe?lang=en&profile=riga")
            page.get_by_role("button").press("Enter")
            expect(page.get_by_role("alert")).to_be_visible()
            expect(page.get_by_label("Mail address")).to_be_focused()
            found["wrong", width, theme] = look(page, tmp_path / f"wrong-{width}-{theme}.png")
    assert {page: told for page, told in found.items() if told} == {}


def look(page, picture):
    """What is wrong with a page; its picture is kept for whoever looks into it."""
    page.screenshot(path=picture, full_page=True)
    return problems(page)


def test_an_auditor_that_finds_nothing_would_be_no_proof():
    with browser.browser_page(360, 800) as page:
        page.set_content(
            "<html><head><title></title></head><body style='background:#fff'><h3>x</h3><input><button></button>"
            "<p style='color:#999;width:500px'>y</p><div role=x aria-describedby=z></div></body></html>"
        )
        told = " ".join(problems(page))
    for criterion in ("4.1.2", "1.3.1", "h1", "3.1.1", "2.4.2", "1.4.10", "2.5.8", "1.4.3", "main"):
        assert criterion in told


def test_the_server_stops_at_once_while_the_dashboard_is_open(started, world):
    address, process = started
    with browser.browser_page(1000, 800) as page:
        page.goto(address)
        browser.settle(page)
        link = page.get_by_role("combobox")
        expect(link).to_be_visible()
        began = time.monotonic()
        process.terminate()
        assert process.wait(30) == 0
        assert time.monotonic() - began < 10


def test_the_dashboard_leads_to_the_sign_up_of_its_organisation(address):
    with browser.browser_page(1000, 800) as page:
        page.goto(f"{address}/?profile=riga&on=2026-11-16")
        browser.settle(page)
        link = page.get_by_role("link", name="One mail on Mondays")
        page.goto(address + link.get_attribute("href", timeout=60_000).removeprefix(address))
        expect(page.get_by_label("Organisation")).to_have_value("riga")
        assert urlsplit(page.url).path == "/alerts/subscribe"
