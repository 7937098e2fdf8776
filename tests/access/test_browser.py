"""People who sign in at a real provider, in a real browser, on a shared service: one server, one provider for all."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect, sync_playwright

from matcher.model import Membership, Permission, Stage
from matcher.store import open_store
from matcher.workspaces.desk import Desk
from matcher.workspaces.permissions import User
from tests.doubles import small_store
from tests.doubles.browser import CHROMIUM, FLAGS, free_port, server, settle
from tests.doubles.oidc import provider
from tests.doubles.small_store import WOMEN

pytestmark = pytest.mark.browser
PRIVATE, NAME, NOTE = "harbour", "The Harbour Circle", "Only for the harbour."
DAY = small_store.DAY.isoformat()
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """An organisation of its members' own, to which two addresses are invited; and who can sign in at the provider."""
    home = tmp_path_factory.mktemp("shared")
    settings = small_store.made_world(home)
    with open_store(settings.database_url) as store:
        _fill(store, settings)
        with provider(home / "provider.log") as people:
            _know(people)
            port = free_port()
            environment = {"HOME": settings.home, "DATA": settings.data, "MODEL": settings.model}
            environment |= {"OIDC_ISSUER": people.issuer, "OIDC_CLIENT_ID": "funding", "OIDC_CLIENT_SECRET": "a secret"}
            environment |= {"PUBLIC_URL": f"http://localhost:{port}"}
            named = {f"FUNDING_{name}": str(value) for name, value in environment.items()}
            with server(named, home / "serve.log", port) as (address, _):
                yield address, people, store, home / "serve.log"


def _fill(store, settings):
    from matcher.service import Service

    riga = Service(settings).profile(small_store.MUNICIPALITY)
    store.organisations.save(riga.model_copy(update={"id": PRIVATE, "name": NAME}), NOW)
    for address, permission in {
        "ilze@harbour.example": Permission.EDITOR,
        "jo@harbour.example": Permission.READER,
    }.items():
        store.workspaces.let_in(Membership(organisation=PRIVATE, invited=address, permission=permission))
    desk = Desk(store, User(is_single=True))
    desk.set_stage(PRIVATE, WOMEN, Stage.SAVED, NOW)
    desk.write_note(PRIVATE, WOMEN, NOTE, NOW)


def _know(people):
    people.knows("ilze", name="Ilze", email="Ilze@harbour.example", email_verified=True)
    people.knows("jo", name="Jo", email="jo@harbour.example", email_verified=True)
    people.knows("eve", name="Eve <img src=x onerror=alert(1)>", email="ilze@harbour.example", email_verified=False)


@pytest.fixture(scope="module")
def chromium_once(service):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium_once, service):
    """A browser that knows nobody yet; `visitor("ilze")`: who signed in from the page of their own calls."""
    address = service[0]

    @contextmanager
    def come(name=None, path=f"/pipeline?profile={PRIVATE}&on={DAY}"):
        context = chromium_once.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(address + path)
        settle(page)
        if name:
            _sign_in(page, name)
        yield page
        context.close()

    return come


def _sign_in(page, name, press="Authorize"):
    page.get_by_role("button", name="Sign in").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name=press).click()
    page.wait_for_url("**/pipeline?**" if press == "Authorize" else "**/?*")
    settle(page)


def _main(page):
    return page.get_by_test_id("stMain")


def test_a_member_signs_in_sees_their_organisation_and_signs_out(visitor, service):
    address, people, store, _ = service
    with visitor() as page:
        expect(_main(page)).to_contain_text("which is not known here")
        expect(_main(page)).not_to_contain_text(NAME)
        _sign_in(page, "ilze")
        assert page.url.startswith(f"{address}/pipeline?profile={PRIVATE}"), "back to the page from which one went"
        expect(_main(page)).to_contain_text(NOTE)
        cookies = {one["name"]: one for one in page.context.cookies()}
        assert cookies["_streamlit_user"]["httpOnly"]
        assert cookies["_streamlit_user"]["sameSite"] == "Lax"
        page.get_by_role("combobox", name="How far we are with").click()
        page.get_by_role("option", name="Submitted").click()
        expect(page.get_by_role("heading", name="Submitted (1)")).to_be_visible()
        assert Desk(store, User(is_single=True)).pursuits(PRIVATE)[WOMEN].stage is Stage.SUBMITTED

        page.get_by_role("button", name="Ilze").click()
        expect(page.get_by_text("may change things")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{people.issuer}/**")
        page.get_by_role("button").first.click()  # the provider asks whether one wants to leave it, too
        page.wait_for_url(f"{address}/**")
        settle(page)
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert "_streamlit_user" not in {one["name"] for one in page.context.cookies()}
        page.goto(f"{address}/pipeline?profile={PRIVATE}")
        settle(page)
        expect(_main(page)).not_to_contain_text(NOTE)


def test_an_address_that_the_provider_did_not_verify_takes_no_invitation(visitor, service):
    """And nobody sees what is not theirs, by whatever address of the site."""
    address, _, store, log = service
    with visitor("eve") as page:
        for path in ("/pipeline", "/", "/organisation", f"/call?call={WOMEN}", "/deadlines", "/partners"):
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}profile={PRIVATE}&on={DAY}")
            settle(page)
            for ours in (NOTE, NAME):
                expect(_main(page)).not_to_contain_text(ours)
        expect(page.get_by_role("button", name="Eve <img")).to_be_visible()
        assert page.locator("img[src=x]").count() == 0
    eve = store.workspaces.known(service[1].issuer, "eve")
    assert eve.address == ""
    assert store.workspaces.memberships(eve.id) == []
    assert "harbour.example" not in log.read_text(errors="replace"), "no address in a log"


def test_a_reader_sees_notes_and_finds_nothing_to_change(visitor):
    with visitor("jo") as page:
        expect(_main(page)).to_contain_text(NOTE)
        expect(page.get_by_role("combobox", name="How far we are with")).to_have_count(0)
        expect(page.get_by_role("button", name="Not for us")).to_have_count(0)


def test_the_names_of_buttons_say_which_call_they_are_about(visitor):
    with visitor("ilze", path=f"/pipeline?profile={PRIVATE}&on={DAY}") as page:
        title = page.get_by_role("heading", level=3).first.inner_text().strip()
        for name in ("Not for us", "Notes, who sees to it (1)"):
            found = page.get_by_role("button", name=f"{name} {title}")
            expect(found).to_be_visible()
            assert title not in found.inner_text().splitlines()[0] or found.locator("em").bounding_box()["width"] <= 1
        expect(page.get_by_role("link", name=f"Details {title}")).to_be_visible()


def test_who_declines_and_whom_the_provider_does_not_answer_reads_a_sentence(visitor, service):
    address, people, *_ = service
    with visitor(path="/?lang=en") as page:
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Deny").click()
        page.wait_for_url(f"{address}/**")
        settle(page)
        expect(_main(page)).to_contain_text("Signing in did not work")
        with people.away():
            page.goto(f"{address}/sources?lang=en")
            settle(page)
            expect(_main(page)).not_to_contain_text("Signing in did not work")
            page.get_by_role("button", name="Sign in").click()
            expect(_main(page)).to_contain_text("Signing in did not work", timeout=60_000)
            settle(page)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert "Traceback" not in page.content()
