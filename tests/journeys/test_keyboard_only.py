"""The officer's way without a mouse: Tab, letters, arrows and Enter, from the first page to a call that is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.doubles import small_store as small
from tests.doubles.browser import settle
from tests.journeys.conftest import Site

pytestmark = pytest.mark.browser

WOMEN = "Integration of migrant women into local life"
PATIENCE = 250
"""Presses of Tab after which something counts as out of reach."""


def test_an_officer_without_a_mouse_finds_reads_and_saves_a_call(site: Site, desk: Page) -> None:
    desk.goto(f"{site.address}/?on={small.DAY.isoformat()}")
    settle(desk)
    _tab_to(desk, desk.get_by_role("combobox", name="Organisation"))
    desk.keyboard.type("Riga")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Riga City Council", timeout=60_000)
    settle(desk)

    _enter(desk, desk.get_by_role("button", name=f"Save {WOMEN}"))
    expect(desk.get_by_role("combobox", name=f"How far we are with “{WOMEN}”")).to_be_visible()

    _enter(desk, desk.get_by_role("link", name=f"Details {WOMEN}"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text(WOMEN)
    expect(desk.get_by_role("heading", level=2).first).to_be_visible()

    _enter(desk, desk.get_by_role("link", name="Our calls", exact=True))
    expect(desk.get_by_role("heading", level=1)).to_contain_text("calls", ignore_case=True)
    expect(desk.get_by_role("main")).to_contain_text(WOMEN)


def _enter(page: Page, what: Locator) -> None:
    _tab_to(page, what)
    page.keyboard.press("Enter")
    settle(page)


def _tab_to(page: Page, what: Locator) -> None:
    expect(what).to_be_visible()
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        if what.evaluate("one => one === document.activeElement || one.contains(document.activeElement)"):
            return
    raise AssertionError(f"{PATIENCE} presses of Tab do not reach {what}")
