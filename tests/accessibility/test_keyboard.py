"""The Tab key reaches everything that can be used, shows where it is, and is never caught."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.accessibility.keyboard import walk
from tests.doubles import small_store as small
from tests.doubles.browser import settle

pytestmark = pytest.mark.browser

RIGA = {"profile": small.MUNICIPALITY, "on": small.DAY.isoformat(), "lang": "en"}
PATHS = ["", "deadlines", "pipeline", "partners", "map", "organisation", "sources", "about", f"call?call={small.WOMEN}"]
PLAIN = ["plain/matches", f"plain/call?call={small.WOMEN}", "plain", "alerts/subscribe"]


def _address(path: str) -> str:
    return f"/{path}{'&' if '?' in path else '?'}{urlencode(RIGA)}"


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_everything_of_a_view(site: str, tab: Page, path: str) -> None:
    tab.goto(site + _address(path))
    tab.wait_for_selector("h1")
    settle(tab)
    _check(tab)


@pytest.mark.parametrize("path", PLAIN)
def test_the_keyboard_reaches_everything_of_a_plain_page(site: str, tab: Page, path: str) -> None:
    tab.goto(site + _address(path))
    _check(tab)


def _check(tab: Page) -> None:
    gone = walk(tab)
    assert gone.stops
    assert not gone.is_trapped, f"the focus never came back: {gone.reached} of {gone.stops} reached"
    assert not gone.missed, gone.missed
    assert not gone.unseen, gone.unseen
