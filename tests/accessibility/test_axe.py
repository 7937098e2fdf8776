"""Every view and plain page in Chromium: nothing serious that axe-core finds, at a desk in English and on a phone in
Greek, and nothing to scroll sideways for, however narrow."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dashboard.plain.statement import faults
from matcher.languages import speaker
from tests.accessibility.axe import exceptions, findings, told
from tests.accessibility.conftest import NARROW, PHONE, WIDE
from tests.doubles import small_store as small
from tests.doubles.browser import PROJECT, settle

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("rules")]

RIGA = {"profile": small.MUNICIPALITY}
VIEWS: dict[str, list[dict[str, str]]] = {
    "": [{}, RIGA, RIGA | {"text": "no such words anywhere"}],
    "deadlines": [{}, RIGA, RIGA | {"show": "month"}],
    "pipeline": [{}, RIGA, {"profile": small.GREEK_TOWN}],
    "partners": [RIGA, RIGA | {"call": small.WOMEN}, RIGA | {"text": "nobody of that name"}],
    "map": [RIGA],
    "organisation": [{}, RIGA],
    "sources": [RIGA],
    "about": [RIGA],
    "call": [{}, {"call": small.WOMEN}, RIGA | {"call": small.WOMEN}, RIGA | {"call": small.IN_LATVIA}],
}
"""Address of a view -> the states that are looked at, as parameters."""
PLAIN: dict[str, list[dict[str, str]]] = {
    "plain": [{}],
    "plain/matches": [RIGA, RIGA | {"fund": "AMIF"}],
    "plain/call": [RIGA | {"call": small.WOMEN}, {"call": small.WOMEN}],
    "accessibility": [{}],
    "privacy": [{}],
    "alerts/subscribe": [RIGA],
    "plain/nowhere": [{}],
}
IN_ENGLISH = [("/api/v1/", "en")]
"""Plain pages for those who write programs."""
LANGUAGES = {"en": WIDE, "el": PHONE}
"""The language of the messages, and one of another alphabet with long words -> the width at which the rules are asked:
they find by the elements, which are the same in both languages and few of which are other ones on a phone."""


@pytest.fixture(scope="module")
def visit(chromium_of_all: Browser) -> Iterator[BrowserContext]:
    """One visit, whose pages read and compile the scripts of the dashboard once."""
    context = chromium_of_all.new_context(viewport={"width": WIDE, "height": 900}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def tab(visit: BrowserContext) -> Iterator[Page]:
    """A page that remembers nothing of those before it."""
    page = visit.new_page()
    yield page
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.close()
    visit.clear_cookies()


def _cases(pages: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    """Path with parameters, and language. In the other language the fullest state of each page, its last."""
    first = [(path, state, "en") for path, states in pages.items() for state in states]
    second = [(path, states[-1], "el") for path, states in pages.items()]
    day = {"on": small.DAY.isoformat()}
    return [
        (f"/{path}?{urlencode(state | day | {'lang': language})}", language) for path, state, language in first + second
    ]


def test_no_view_is_left_out() -> None:
    files = {file.stem for file in (PROJECT / "dashboard" / "views").glob("*.py")} - {"__init__"}
    assert {path or "matches" for path in VIEWS} == files


def test_what_is_let_pass_stands_in_the_accessibility_statement() -> None:
    told_there = {fault.criterion for fault in faults(speaker("en"))}
    for one in exceptions():
        assert set(one) == {"rule", "within", "criterion", "reason"}
        assert one["criterion"] in told_there


@pytest.mark.parametrize(("address", "language"), _cases(VIEWS))
def test_a_view_can_be_used_by_everybody(site: str, tab: Page, address: str, language: str) -> None:
    _widen(tab, LANGUAGES[language])
    tab.goto(site + address)
    tab.wait_for_selector("h1")
    settle(tab)
    assert tab.locator("html").get_attribute("lang") == language
    assert tab.locator("h1").count() == 1
    _look(tab, LANGUAGES[language])


@pytest.mark.parametrize(("address", "language"), [*_cases(PLAIN), *IN_ENGLISH])
def test_a_plain_page_can_be_used_by_everybody(site: str, tab: Page, address: str, language: str) -> None:
    _widen(tab, LANGUAGES[language])
    tab.goto(site + address)
    assert tab.locator("html").get_attribute("lang") == language
    _look(tab, LANGUAGES[language])


def _widen(tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.wait_for_function("(width) => window.innerWidth === width", arg=width)


def _look(tab: Page, width: int) -> None:
    """The rules at that width; sideways scrolling also narrower, down to what 400 % zoom leaves. All faults are told at
    once."""
    found = findings(tab)
    wrong = [f"at {width} px: {told(found)}"] if found else []
    for narrower in [one for one in (WIDE, PHONE, NARROW) if one <= width]:
        if narrower != width:
            _widen(tab, narrower)
            tab.wait_for_timeout(200)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        wrong += [f"at {narrower} px: scrolls sideways, {wide} px wide"] if wide > narrower else []
    assert not wrong, "\n".join(wrong)
