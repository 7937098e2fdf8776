"""`funding eligibility` over a real store: a call with a document that was fetched and read, as a user meets it."""

import json
from datetime import UTC, date, datetime

import pytest

from matcher.model import (
    Basis,
    Call,
    CallKind,
    Criterion,
    CriterionKind,
    Deadline,
    Document,
    DocumentRole,
    DocumentText,
    Link,
    Quote,
    Role,
    Run,
    RunOutcome,
)
from matcher.settings import Settings
from matcher.store import open_store

FICHE = "https://example.eu/fiche.pdf"
SHA = "a" * 64
ONLY_TOWNS = "Coordinators must be local authorities."
NO_TRUSTS = "Applicants in Denmark are not eligible."
TEXT = f"Call fiche\nIntegration\n{ONLY_TOWNS}\n{NO_TRUSTS}\nProjects may give sub-grants of up to EUR 60 000."
DAY = date(2026, 11, 1)


def said(kind, values, words, role=None, confidence=1.0):
    start = TEXT.index(words)
    quote = Quote(text=words, place=f"document:{SHA}", start=start, end=start + len(words), page=2)
    basis = Basis.CALL_DOCUMENT
    return Criterion(kind=kind, values=values, basis=basis, quote=quote, role=role, confidence=confidence)


READ = (
    said(CriterionKind.APPLICANT_KIND, ("local_authority",), ONLY_TOWNS, Role.COORDINATOR),
    said(CriterionKind.EXCLUDED_COUNTRY, ("DK",), NO_TRUSTS),
    said(CriterionKind.LANGUAGE, ("ga",), "Call fiche", confidence=0.6),
    said(CriterionKind.SUB_GRANT_MAX, ("60000",), "sub-grants of up to EUR 60 000"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    settings = Settings(home=tmp_path_factory.mktemp("home"), model="hashing")
    call = Call(
        source="portal",
        reference="1",
        identifier="AMIF-2027-TEST",
        title="Integration",
        kind=CallKind.TOPIC,
        url="https://example.eu/1",
        programme="AMIF",
        opening=date(2026, 10, 1),
        deadlines=(Deadline(day=date(2027, 1, 15)),),
        documents=(Link(url=FICHE, label="Call document"),),
        as_of=DAY,
    )
    facts = {"source": "portal", "url": FICHE, "found_on": call.url, "media_type": "application/pdf", "size": 9}
    fetched = Document(**facts, sha256=SHA, first_fetched=DAY, last_fetched=DAY)
    text = DocumentText(
        sha256=SHA,
        reader="test/1",
        role=DocumentRole.CALL_DOCUMENT,
        title="Call fiche",
        text=TEXT,
        pages=(0, TEXT.index("Integration")),
    )
    run = Run(
        id="portal/1", source="portal", started=datetime(2026, 11, 1, tzinfo=UTC), as_of=DAY, outcome=RunOutcome.OK
    )
    with open_store(settings.database_url) as store:
        store.save_run(run, [call], documents=[fetched])
        store.save_texts([text])
        store.save_readings("test/1", {SHA: READ})
    return settings.home


@pytest.fixture
def eligibility(home, monkeypatch, run_funding):
    monkeypatch.setenv("FUNDING_HOME", str(home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    return lambda *arguments: run_funding("eligibility", *arguments, "AMIF-2027-TEST", "--on", "2026-11-22")


def test_each_criterion_comes_with_the_document_s_sentence_page_and_address(eligibility):
    code, out, err = eligibility("riga")
    assert code == 0, err
    page = " ".join(out.split())
    assert "Way in: lead or co-applicant" in page
    assert f"“{ONLY_TOWNS}” (call document “Call fiche”, page 2, as of 1 November 2026: {FICHE})" in page
    assert page.index("Open (") < page.index("Settled (")
    assert "Against" not in page
    assert "One sub-grant: at most EUR 60,000" in page


def test_what_the_organisation_is_not_shuts_a_seat_and_what_to_do_is_said(eligibility):
    _, out, _ = eligibility("melissa-network")
    page = " ".join(out.split())
    assert "Way in: co-applicant" in page
    assert "? not known: Can the organisation apply in a language of the call? Not certain that" in page
    assert "→ Read the call document; its own conditions win." in page


def test_the_same_as_json(eligibility, home):
    code, out, err = eligibility("riga", "--json")
    assert code == 0, err
    found = json.loads(out)
    by_rule = {verdict["rule"]: verdict for verdict in found["verdicts"]}
    assert by_rule["applicant_kind"]["quote"] == {
        "text": ONLY_TOWNS,
        "place": f"document:{SHA}",
        "start": TEXT.index(ONLY_TOWNS),
        "end": TEXT.index(ONLY_TOWNS) + len(ONLY_TOWNS),
        "page": 2,
        "document": {"title": "Call fiche", "url": FICHE, "as_of": "2026-11-01"},
    }
    assert sorted(found["against"] + found["unknown"] + found["settled"]) == sorted(by_rule)
    assert "language" in found["unknown"]
    assert found["route"]["kind"] == "lead"
    assert found["route"]["open"] is True
    assert [offer["label"] for offer in found["offers"]] == ["Who may lead", "One sub-grant"]
    with open_store(Settings(home=home, model="hashing").database_url) as store:
        stored = store.text(SHA).text
    for verdict in found["verdicts"]:
        if quote := verdict["quote"]:
            assert stored[quote["start"] : quote["end"]] == quote["text"]


def test_json_of_a_match_keeps_page_and_place(home, monkeypatch, run_funding):
    monkeypatch.setenv("FUNDING_HOME", str(home))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")
    _, out, _ = run_funding("explain", "riga", "AMIF-2027-TEST", "--on", "2026-11-22", "--json")
    quotes = [verdict["quote"] for verdict in json.loads(out)["verdicts"] if verdict["quote"]]
    assert {(quote["page"], quote["place"]) for quote in quotes} == {(2, f"document:{SHA}")}
    _, out, _ = run_funding("explain", "riga", "AMIF-2027-TEST", "--on", "2026-11-22")
    assert f"“{ONLY_TOWNS}” (call document, page 2): May this kind of organisation apply?" in out


@pytest.mark.parametrize("arguments", [("atlantis", "AMIF-2027-TEST"), ("riga", "NO-SUCH-CALL")])
def test_what_is_not_there_is_named_with_what_comes_close(arguments, home, monkeypatch, run_funding):
    monkeypatch.setenv("FUNDING_HOME", str(home))
    code, _, err = run_funding("eligibility", *arguments)
    assert code == 2
    assert arguments[0] in err or arguments[1] in err
