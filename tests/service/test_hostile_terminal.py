"""Whatever a website writes: nothing of it steers the terminal, and the JSON stays whole."""

import json
from datetime import UTC, date, datetime

import pytest

from matcher.model import (
    DOCUMENT,
    Basis,
    Call,
    CallKind,
    Criterion,
    CriterionKind,
    Document,
    DocumentRole,
    DocumentText,
    Heading,
    Issue,
    Link,
    Participant,
    Project,
    ProjectRole,
    Quote,
    Run,
    RunOutcome,
    Table,
    Tier,
)
from matcher.printable import printable, printable_json
from matcher.store import open_store

EVIL = "a\x1b]0;owned\x07b\x1b[2Jc\x9b31md\u202egnp.exe\u2066e\rf"
STEERING = [chr(code) for code in (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x202E, 0x2066)]
DAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


SHA256 = "e" * 64
PAPER = f"{EVIL}\nThe consortium {EVIL} must have at least three applicants.\n{EVIL} | {EVIL}"


def paper() -> DocumentText:
    start = PAPER.index("\nThe") + 1
    table = Table(start=PAPER.rindex("\n") + 1, end=len(PAPER), rows=((EVIL, EVIL),))
    return DocumentText(
        sha256=SHA256,
        reader=EVIL,
        role=DocumentRole.CALL_DOCUMENT,
        title=EVIL,
        version=EVIL,
        text=PAPER,
        pages=(0,),
        headings=(Heading(level=1, start=0, end=start - 1),),
        tables=(table,),
        issues=(Issue(field="text", problem=EVIL, found=EVIL, allowed=EVIL, place=EVIL),),
    )


def least() -> Criterion:
    start, end = PAPER.index("\nThe") + 1, PAPER.rindex("\n")
    quote = Quote(text=PAPER[start:end], place=f"{DOCUMENT}{SHA256}", start=start, end=end, page=1)
    return Criterion(kind=CriterionKind.MIN_APPLICANTS, values=("3",), basis=Basis.CALL_DOCUMENT, quote=quote)


@pytest.fixture
def hostile_home(tmp_path, monkeypatch):
    call = Call(
        source="urbact",
        reference="x",
        identifier=EVIL,
        title=EVIL,
        kind=CallKind.CALL,
        url="https://urbact.eu/x",
        as_of=DAY,
        first_seen=DAY,
        last_seen=DAY,
        text=EVIL,
        conditions=EVIL,
        applicants=EVIL,
        terms=EVIL,
        tier=Tier.DISCOVERY,
        documents=(Link(url="https://urbact.eu/x.pdf", label=EVIL),),
    )
    document = Document(
        source="urbact",
        url="https://urbact.eu/x.pdf",
        found_on="https://urbact.eu/x",
        label=EVIL,
        media_type="application/pdf",
        sha256=SHA256,
        size=1,
        first_fetched=DAY,
        last_fetched=DAY,
    )
    project = Project(
        source="funded_projects",
        reference="1",
        title=EVIL,
        acronym=EVIL,
        url="https://x.example/",
        as_of=DAY,
        participants=(Participant(name=EVIL, country="LV", role=ProjectRole.COORDINATOR),),
    )
    run = Run(
        id="urbact/1",
        source="urbact",
        started=NOW,
        as_of=DAY,
        outcome=RunOutcome.WARN,
        reasons=(EVIL,),
        alarms=(EVIL,),
        notes=(EVIL,),
    )
    issue = Issue(field=EVIL, problem=EVIL, found=EVIL, reference=EVIL)
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.save_run(run, [call], [issue], documents=[document], projects=[project])
        store.save_texts([paper()])
        store.save_readings("any", {SHA256: (least(),)})
    monkeypatch.setenv("FUNDING_HOME", str(tmp_path))
    monkeypatch.setenv("FUNDING_MODEL", "hashing")


COMMANDS = {
    "calls": ("calls", "--on", "2026-11-01"),
    "call": ("call", "urbact:x", "--on", "2026-11-01"),
    "projects": ("projects",),
    "sources": ("sources", "--on", "2026-11-01"),
    "match": ("match", "riga", "--on", "2026-11-01"),
    "documents": ("documents", "urbact:x"),
    "text of a document": ("documents", "urbact:x", "--text", "1"),
    "eligibility": ("eligibility", "riga", "urbact:x", "--on", "2026-11-01"),
    "consortium check": ("consortium", "check", "urbact:x", "riga", "--with", f"{EVIL}:GR", "--on", "2026-11-01"),
    "partners": ("partners", "urbact:x", "riga", "--with", f"{EVIL}:GR", "--on", "2026-11-01"),
    "explain": ("explain", "riga", "urbact:x", "--on", "2026-11-01"),
}


@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_text_of_a_website_steers_the_terminal(hostile_home, run_funding, command, form):
    code, said, errors = run_funding(*COMMANDS[command], *form)
    assert code == 0, errors
    assert "gnp.exe" in said, "the text must reach the screen to be tested"
    assert not [sign for sign in STEERING if sign in said]
    if form:
        assert "\x1b[2J" in str_of(json.loads(said)), "JSON says what the store holds"


def str_of(value):
    if isinstance(value, dict):
        return "".join(map(str_of, [*value, *value.values()]))
    return "".join(map(str_of, value)) if isinstance(value, list) else str(value)


def test_an_error_that_quotes_a_website_steers_nothing(hostile_home, run_funding):
    code, _, errors = run_funding("call", f"no{EVIL}")
    assert code == 2
    assert "gnp.exe" in errors
    assert not [sign for sign in STEERING if sign in errors]


def test_what_is_left_out_of_a_line_is_what_cannot_be_seen():
    assert printable("Ιωάννινα\tRīga\nمدينة 🎓") == "Ιωάννινα\tRīga\nمدينة 🎓"
    assert json.loads(printable_json({"a": EVIL}, 2)) == {"a": EVIL}


@pytest.mark.parametrize("name", ["", "0", "2", "²", "9" * 5000, "\x1b[2J"])
def test_a_document_that_is_not_there_is_said_in_a_sentence(hostile_home, run_funding, name):
    code, _, errors = run_funding("documents", "urbact:x", "--text", name)
    assert code == 2
    assert "of this call was fetched; choose from: 1, eeeeeeeeeeee" in errors
    assert "\x1b" not in errors
