"""The dashboard as a process, read in a real Chromium: what AppTest cannot see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.doubles import browser

pytestmark = pytest.mark.browser

QUESTIONS = ("Objectives and actions", "Who has access", "How it is managed", "Direct access for municipalities")
WOMEN = "Support measures for migrant women’s integration"


@dataclass
class Witness:
    """What a page did that a reader did not ask for."""

    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self._note(said.type in ("error", "warning"), f"console: {said.text}"))
        page.on("pageerror", lambda error: self._note(True, f"error: {error}"))
        page.on("dialog", lambda dialog: (self._note(True, f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self._note(not _at_home(request.url), f"request: {request.url}"))

    def _note(self, wrong: bool, what: str) -> None:
        if wrong:
            self.problems.append(what)


def _at_home(url: str) -> bool:
    return bool(re.match(r"(https?|wss?)://localhost[:/]|data:|blob:|about:", url))


@pytest.fixture
def witnessed(tmp_path):
    @contextmanager
    def run(width: int = 1400, height: int = 1000) -> Iterator[tuple[Page, Witness]]:
        with browser.browser_page(width, height) as page:
            witness = Witness()
            witness.watch(page)
            yield page, witness

    return run


@pytest.fixture
def address(snapshot_home, tmp_path):
    environment = {"FUNDING_HOME": str(snapshot_home), "FUNDING_MODEL": "hashing"}
    with browser.dashboard(environment, tmp_path / "server.log") as address:
        yield address


def test_the_field_for_a_file_and_the_way_past_the_menu_speak_it_too(address, witnessed):
    with witnessed() as (page, witness):
        page.goto(f"{address}/organisation?form=new&lang=de")
        browser.settle(page)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
        page.get_by_text("Mit einem vorhandenen Text beginnen").click()
        expect(page.get_by_role("button", name="Datei auswählen")).to_be_visible()
        assert "per file" not in page.locator("body").inner_text()
        paper = {"name": "about.txt", "mimeType": "text/plain", "buffer": b"Open Doors"}
        page.locator("input[type=file]").set_input_files(paper)
        expect(page.get_by_text("about.txt")).to_be_visible()
        expect(page.get_by_role("button", name="Datei auswählen")).to_have_count(0)
        assert witness.problems == []


def test_on_a_narrow_desk_the_menu_speaks_the_reader_s_language(address, witnessed):
    with witnessed(width=800) as (page, witness):
        page.goto(f"{address}/?lang=el")
        browser.settle(page)
        page.get_by_role("button", name="Περισσότερες σελίδες").click()
        expect(
            page.get_by_role("menuitem", name="Σχετικά").or_(page.get_by_role("link", name="Σχετικά"))
        ).to_be_visible()
        assert not re.search(r"\d+ more", page.locator("body").inner_text())
        assert witness.problems == []


def test_a_reader_chooses_an_organisation_reads_a_call_and_comes_back(address, witnessed, tmp_path):
    with witnessed() as (page, witness):
        page.goto(f"{address}/?on=2025-05-01")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Find the EU calls your organisation can use", timeout=60_000
        )
        for question in QUESTIONS:
            expect(page.get_by_text(question).first).to_be_visible()
        page.get_by_role("combobox", name="Organisation").fill("Riga")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Riga", timeout=120_000)
        browser.settle(page)
        assert "profile=riga" in page.url
        assert page.title() == "Calls by fund – EU funds for integration"
        expect(page.get_by_role("heading", level=2)).to_contain_text(
            ["AMIF", "ESF+", "ERDF", "Erasmus+", "CERV", "Other EU programmes"]
        )
        page.screenshot(path=tmp_path / "table.png")

        page.get_by_role("link", name=f"Details {WOMEN}").click()
        expect(page.get_by_role("heading", level=1, name=WOMEN)).to_be_visible(timeout=60_000)
        expect(page.get_by_text("16 September 2025, 17:00 (Brussels time)").first).to_be_visible()
        assert page.title() != "Calls by fund – EU funds for integration"
        shared = page.url

        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_contain_text("EU calls for Riga", timeout=60_000)
        assert witness.problems == []

    with witnessed() as (page, _):
        page.goto(shared)
        expect(page.get_by_role("heading", level=1, name=WOMEN)).to_be_visible(timeout=60_000)


def test_a_telephone_s_width_needs_no_sideways_scrolling(address, witnessed):
    with witnessed(width=400) as (page, witness):
        page.goto(f"{address}/?profile=riga&on=2025-05-01")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Riga", timeout=120_000)
        browser.settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Find", timeout=60_000)
        browser.settle(page)
        cells = page.locator("table.cells").first.locator("td")
        places = [cell.bounding_box() for cell in cells.all()]
        assert [cell.get_attribute("data-label") for cell in cells.all()] == list(QUESTIONS)
        assert len({place["x"] for place in places}) == 1, "the cells stand below each other"
        assert sorted(place["y"] for place in places) == [place["y"] for place in places]
        assert witness.problems == []


PAYLOADS = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "![pixel](http://tracker.example/p.png) [click](javascript:alert(1)) [x](https://tracker.example)",
    ":red[x] :material/home: :material_home: :smile: :streamlit:",
    "$x^2$ and $$y$$ `code` **bold** ~~gone~~ _slanted_ # no heading",
    "https://tracker.example www.tracker.example me@tracker.example <https://tracker.example>",
    "- no list | no | table &lt; 1. no number",
)
SCRIPT = """
import streamlit as st
from dashboard import widgets
from dashboard.escape import md_escape
for payload in {payloads!r}:
    text = md_escape(payload)
    st.header(text)
    st.markdown(text)
    st.markdown(f"> “{{text}}”")
    st.badge(text)
    widgets.small(text)
    st.page_link("https://localhost/page", label=text)
    st.progress(0.5, text=text)
    st.warning(text)
    st.table({{text: [text]}}, hide_index=True)
    st.text(payload)
"""
TIMES_SHOWN = 10


def test_no_hostile_text_acts_in_a_browser(witnessed, tmp_path):
    script = tmp_path / "hostile.py"
    script.write_text(SCRIPT.format(payloads=PAYLOADS))
    with browser.dashboard({}, tmp_path / "server.log", script) as address, witnessed() as (page, witness):
        page.goto(address)
        expect(page.get_by_text("no number").first).to_be_visible(timeout=60_000)
        browser.settle(page)
        main = page.get_by_test_id("stMain")
        assert main.locator("img, script, iframe, form, code, del, em, li, .katex").count() == 0
        links = {link.get_attribute("href") for link in main.get_by_role("link").all()}
        assert all(link.startswith(("#", "https://localhost/")) for link in links), links
        shown = main.inner_text().replace("\N{WORD JOINER}", "")
        for payload in PAYLOADS:
            assert shown.count(payload) >= TIMES_SHOWN, f"{payload!r} is not shown literally everywhere"
        assert witness.problems == []
