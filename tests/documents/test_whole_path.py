"""From the portal over real sockets to what a reader sees: crawl, load, read, find criteria, and a second edition."""

import json
import shutil
from datetime import date, timedelta

import pytest

from crawler.load_outcome import load_folder
from crawler.run import crawl
from crawler.run_folder import RECORDS, REPORT
from matcher.history import ELIGIBILITY
from matcher.model import Basis, CriterionKind, DocumentRole
from matcher.service import Service
from matcher.settings import Settings
from matcher.wording.documents import documents_page
from matcher.wording.national import step_words
from tests.doubles.call_fiche import EXCLUSION, LEAST, ONLY_PRIVATE, PUBLIC_TOO, fiche
from tests.doubles.portal import Portal

PATH = "2021-2027/town/wp-call/2026/call-fiche_town-2026-tf2-ag_en.pdf"
ADDRESS = f"https://ec.europa.eu/info/funding-tenders/opportunities/docs/{PATH}"
CONDITIONS = f'<p>Conditions: <a href="{ADDRESS}">call document</a></p>'


@pytest.fixture(scope="module")
def portal():
    """The portal's double, one open topic of which links to a call document."""
    with Portal() as portal:
        topic = next(
            t for t in portal.topics if t.programme == "43251447" and t.status == "open" and t.text != "elsewhere"
        )
        row = next(row for row in portal.rows_of_type("1") if row["reference"] == topic.reference)
        row["metadata"]["topicConditions"] = [CONDITIONS]
        portal.topic = topic
        yield portal


@pytest.fixture(scope="module")
def home(portal, tmp_path_factory):
    """A home into which both editions were crawled, the first one thirty days before."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=portal.host_map, model="hashing")
    outcomes = []
    for edition, days in ((1, 30), (2, 0)):
        portal.files[PATH] = fiche(edition)
        folder, report = crawl("funding_tenders", settings, ["AMIF"], delay=0.0, time_limit=120)
        assert report.complete, report.failures
        _made_earlier(folder, report.started.date(), days)
        outcomes.append(load_folder(folder, settings))
        shutil.rmtree(folder)
    return settings, outcomes


def _made_earlier(folder, day, days):
    """Put a run some days back; a crawl takes its day from the clock."""
    for name in (RECORDS, REPORT):
        file = folder / name
        file.write_text(
            file.read_text(encoding="utf-8").replace(f"{day}", f"{day - timedelta(days=days)}"), encoding="utf-8"
        )


@pytest.fixture(scope="module")
def service(home):
    return Service(home[0])


@pytest.fixture(scope="module")
def call(service, portal):
    return service.call(portal.topic.identifier)


def test_a_load_reads_the_documents_it_brought(home):
    _, (first, second) = home
    assert first.ok, first.reasons
    assert (first.documents, second.documents) == (1, 1)
    assert first.criteria > 0


def test_criteria_carry_their_words_from_the_document(service, call):
    [document] = service.call_documents(call)
    text = document.states[-1].text
    assert text.role is DocumentRole.CALL_DOCUMENT
    least = next(one for one in document.criteria if one.kind is CriterionKind.MIN_APPLICANTS)
    assert least.values == ("3",)
    assert least.basis is Basis.CALL_DOCUMENT
    assert least.quote.document == document.states[-1].document.sha256
    assert least.quote.page == 7
    assert text.text[least.quote.start : least.quote.end] == least.quote.text
    assert least.quote.text in LEAST
    assert least in call.criteria


def test_the_second_edition_changed_who_may_apply_though_no_date_moved(service, call):
    steps = [step for step in service.history(call) if step.what == ELIGIBILITY]
    assert {step.on for step in steps} == {call.as_of}
    [row] = [step for step in steps if step.was]
    assert ONLY_PRIVATE in row.was
    assert PUBLIC_TOO in row.now
    assert row.where == "6. Eligibility > Overview of the conditions"
    assert [step.now for step in steps if not step.was] == [EXCLUSION]
    assert not [step for step in service.history(call) if step.what == "deadline"]
    assert any(f"now says “{EXCLUSION}”" in step_words(step) for step in steps)


def test_the_command_tells_it_all(service, call):
    lines = list(documents_page(call, service.call_documents(call)))
    told = "\n".join(lines)
    assert "call document · version 1.1, 1 March 2026 · language en · 10 pages" in told
    assert "min applicants: 3" in told
    assert "version 1.0, 17 January 2026 → 1.1, 1 March 2026" in told
    assert "eligibility changed: 6. Eligibility > Overview of the conditions" in told
    assert f"now says “{EXCLUSION}” (page 7)" in told


def test_the_command_line_prints_it(home, call, monkeypatch, capsys):
    import sys

    from matcher.cli import app

    monkeypatch.setenv("FUNDING_HOME", str(home[0].home))
    monkeypatch.setattr(sys, "argv", ["funding", "documents", call.id, "--json"])
    app(standalone_mode=False)
    [document] = json.loads(capsys.readouterr().out)["documents"]
    assert [state["read"]["version"] for state in document["states"]] == ["1.0, 17 January 2026", "1.1, 1 March 2026"]
    assert document["changes"][0]["eligibility"] is True
    assert date.fromisoformat(document["changes"][0]["on"]) == call.as_of

    assert document["unread"] is None

    monkeypatch.setattr(sys, "argv", ["funding", "documents", call.id, "--text", "1"])
    app(standalone_mode=False)
    printed = capsys.readouterr().out
    assert "[page 7]\n6. Eligibility\n" in printed
    assert LEAST in printed


def test_what_looks_like_a_condition_and_was_not_understood_is_shown_on_demand(service, call):
    [document] = service.call_documents(call)
    quotes = service.unread_conditions(document)
    text = document.newest.text.text
    assert quotes
    assert all(text[one.start : one.end] == one.text for one in quotes)
    read = [one.quote for one in document.criteria if one.quote]
    assert not any(one.start < known.end and known.start < one.end for one in quotes for known in read)
    told = "\n".join(documents_page(call, [document], {document.link.url: quotes}))
    assert "looks like a condition and was not understood; read it yourself:\n   - page " in told
    assert "not understood" not in "\n".join(documents_page(call, [document]))
