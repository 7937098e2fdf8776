"""What a newcomer comes for, done in a real browser from the first page to the mail: two people, each of their kind."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from matcher.model import SubscriptionState
from matcher.store import open_store
from tests.doubles import small_store as small
from tests.doubles.browser import settle
from tests.journeys.conftest import Site

pytestmark = pytest.mark.browser

TODAY = f"/?on={small.DAY.isoformat()}"
WOMEN, TOWNS, URBACT = (
    "Integration of migrant women into local life",
    "Réseaux de villes",
    "Networks of towns that welcome",
)
COUNCILS, CLUBS = "Migrants in local councils and elections", "Small grants for job clubs of newcomers"


def test_an_officer_finds_what_her_town_can_apply_to_and_takes_it_to_the_council(site: Site, tab: Page) -> None:
    tab.goto(site.address + TODAY)
    _choose(tab, "Riga City Council")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Riga City Council")

    # which call, by which route, why, by when: on the card, without a click
    women = _card(tab, WOMEN)
    expect(women).to_contain_text(re.compile("lead|co-applicant"))
    expect(women).to_contain_text("16 April 2026")
    expect(women).to_contain_text("in 45 days")
    expect(women).to_contain_text("Projects help migrant women")

    _press(tab, f"Save {WOMEN}")
    _press(tab, f"Save {TOWNS}")
    _press(tab, re.compile(f"^Not for us {URBACT}"))
    dialog = tab.get_by_role("dialog")
    dialog.get_by_text("Too large", exact=False).first.click()
    dialog.get_by_role("button", name="Put it aside").click()
    expect(dialog).to_have_count(0)
    settle(tab)
    expect(tab.get_by_role("heading", level=3, name=re.compile(URBACT))).to_have_count(0)

    _go(tab, "Our calls")
    for title in (WOMEN, TOWNS):
        expect(tab.get_by_role("main")).to_contain_text(title)

    _go(tab, "Calls by fund")
    _invites_a_partner(tab)
    _takes_the_table_along(tab, site, "Riga City Council")
    _subscribes(tab, site, "council@riga.example")


def test_a_migrant_led_organisation_finds_a_call_it_can_join(site: Site, tab: Page) -> None:
    tab.goto(site.address + TODAY)
    _choose(tab, "Women Connect")

    tab.get_by_label("Search in plain words").fill("elections")
    tab.get_by_label("Search in plain words").press("Enter")
    settle(tab)
    expect(_card(tab, COUNCILS)).to_be_visible()
    expect(tab.get_by_role("heading", level=3, name=WOMEN)).to_have_count(0)
    assert "text=elections" in tab.url
    tab.goto(tab.url)  # the address holds the search: it can be sent to a colleague
    settle(tab)
    expect(_card(tab, COUNCILS)).to_contain_text("co-applicant")
    _press(tab, f"Save {COUNCILS}")

    _open(tab, COUNCILS)
    expect(tab.get_by_role("heading", level=1)).to_contain_text(COUNCILS)
    expect(tab.get_by_role("main")).to_contain_text("Civil society organisations may apply.")
    tab.goto(f"{site.address}{TODAY}&profile={small.MIGRANT_LED}")
    settle(tab)
    expect(_card(tab, CLUBS)).to_contain_text("sub-grant")
    expect(_card(tab, CLUBS)).to_contain_text("tomorrow")
    _takes_the_table_along(tab, site, "Women Connect")
    _subscribes(tab, site, "office@women.example")


def _choose(tab: Page, organisation: str) -> None:
    settle(tab)
    box = tab.get_by_role("combobox", name="Organisation")
    box.click()
    box.fill(organisation)
    box.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_contain_text(organisation, timeout=60_000)
    settle(tab)


def _go(tab: Page, page: str) -> None:
    """By the menu, which a phone shows on demand."""
    if (menu := tab.get_by_test_id("stExpandSidebarButton")).is_visible():
        menu.click()
    tab.get_by_role("link", name=page, exact=True).click()
    settle(tab)
    if (fold := tab.get_by_test_id("stSidebarCollapseButton").get_by_role("button")).is_visible():
        fold.click()


def _card(tab: Page, title: str) -> Locator:
    """The card whose heading is the title: the smallest block that holds heading and buttons."""
    heading = tab.get_by_role("heading", level=3, name=re.compile(re.escape(title)))
    blocks = tab.locator('[data-testid="stVerticalBlock"]').filter(has=heading)
    return blocks.filter(has=tab.get_by_role("link", name=re.compile("^Details"))).last


def _press(tab: Page, name: str | re.Pattern[str]) -> None:
    tab.get_by_role("button", name=name).first.click()
    settle(tab)


def _open(tab: Page, title: str) -> None:
    tab.get_by_role("link", name=re.compile(f"^Details {re.escape(title)}")).first.click()
    settle(tab)


def _invites_a_partner(tab: Page) -> None:
    _open(tab, WOMEN)
    tab.get_by_text("Look for partners among past projects and networks").click()
    settle(tab)
    tab.get_by_role("button", name=re.compile("^Invite Women Connect")).first.click()
    letter = tab.get_by_test_id("stPopoverBody").get_by_test_id("stCode")
    expect(letter).to_contain_text("To Women Connect")
    expect(letter).to_contain_text(WOMEN)
    tab.keyboard.press("Escape")


def _takes_the_table_along(tab: Page, site: Site, organisation: str) -> None:
    _go(tab, "Calls by fund")
    pdf = tab.request.get(site.address + _leads_to(tab, "List as PDF"))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.body()))
    assert organisation in text
    assert "AMIF" in text
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(tab.request.get(site.address + _leads_to(tab, "List as XLSX")).body())
    )
    _, *rows = workbook.get_sheet_by_index(0).to_python()
    counted = re.search(r"(\d+) calls?\b", tab.get_by_role("main").inner_text())
    assert counted
    assert len(rows) == int(counted[1]) > 5


def _leads_to(tab: Page, name: str) -> str:
    return tab.get_by_role("link", name=name).get_attribute("href") or ""


def _subscribes(tab: Page, site: Site, address: str) -> None:
    tab.goto(site.address + _leads_to(tab, "One mail on Mondays"))
    tab.get_by_role("textbox").fill(address)
    tab.get_by_role("button").first.click()
    expect(tab.get_by_role("main")).to_contain_text("mail")
    (letter,) = site.letters()
    assert letter["To"] == address
    text = letter.get_body(("plain",))
    assert text is not None
    (confirm,) = re.findall(r"https?://\S+/alerts/confirm/\S+", text.get_content())
    tab.goto(site.address + confirm[confirm.index("/alerts") :])
    tab.get_by_role("button").first.click()
    tab.wait_for_load_state()
    with open_store(site.settings.database_url) as store:
        (begun,) = store.subscriptions.subscriptions(state=SubscriptionState.CONFIRMED)
    assert begun.address == address
