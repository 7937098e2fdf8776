"""A service of literal facts, so that pages are tested without model, store or network."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from matcher.brief.brief import in_brief
from matcher.brief.lens_file import load_lens
from matcher.coverage import Freshness, SourceState
from matcher.eligibility.consortium import board
from matcher.eligibility.offers import offers
from matcher.eligibility.terms import CallTerms
from matcher.explanation import explain
from matcher.history import Step
from matcher.model import (
    Answer,
    ApplicantKind,
    Basis,
    Budget,
    Call,
    CallKind,
    CallStatus,
    Contribution,
    Deadline,
    Document,
    Evidence,
    Fact,
    Fund,
    GrantSize,
    Issue,
    Link,
    Match,
    Money,
    Need,
    OrganisationType,
    Precision,
    Profile,
    Quote,
    Role,
    Route,
    RouteKind,
    Run,
    RunOutcome,
    SourceCard,
    Stages,
    Tier,
    Update,
    Verdict,
)
from matcher.money.own_contribution import finance
from matcher.reference import Cell, DatedCell, FundRow, Participation, Programme, Reference
from matcher.reference.bodies import Bodies, NamedBody
from matcher.reference.national_portals import NationalPortal, Portal, Timetable
from matcher.service import FundSection, NotFound

PROJECT = Path(__file__).parents[2]
APP = PROJECT / "dashboard" / "app.py"
DAY = date(2025, 5, 1)


@dataclass
class LiteralService:
    """Answers like matcher.service.Service, from what a test gives it."""

    organisations: list[Profile]
    matches: list[Match]
    states: list[SourceState]
    rows: list[FundRow]
    programmes: tuple[Programme, ...] = ()
    participations: tuple[Participation, ...] = ()
    portals: dict[str, NationalPortal] = field(default_factory=dict)
    bodies: tuple[NamedBody, ...] = ()
    runs: int = 1
    readings: int = 0
    problem: Exception | None = None
    fetched: dict[str, Document] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    foreign: int = 0

    @property
    def store(self):
        if self.problem:
            raise self.problem
        return SimpleNamespace(
            runs=lambda: [SimpleNamespace(source="portal", id=str(self.runs))],
            count_readings=lambda: {"reader": self.readings},
        )

    @property
    def reference(self):
        return Reference(
            table=tuple(self.rows),
            programmes=self.programmes,
            participations=self.participations,
            portals=self.portals,
            bodies=Bodies(named=self.bodies),
        )

    def history(self, call):
        return self.steps

    def left_out(self, profile):
        return self.foreign

    def documents(self, call):
        return {page.url: self.fetched[page.url] for page in call.documents if page.url in self.fetched}

    def source_titles(self):
        return {"portal": "The portal", "list": "A list"}

    def profiles(self):
        return self.organisations

    def freshness(self):
        return Freshness(DAY, True, "snapshot of 1 May 2025; run `funding crawl` for today's calls")

    def sources(self, on):
        return self.states

    def call(self, key):
        for match in self.matches:
            if key in (match.call.id, match.call.identifier):
                return match.call
        raise NotFound(f"no call {key!r}; `funding calls` lists them all")

    def profile(self, key):
        return next(profile for profile in self.organisations if profile.id == key)

    def match(self, profile_id, on, top=None):
        return [match.model_copy(update={"on": on, "status": match.call.status(on)}) for match in self.matches]

    def board(self, call_key, members, on):
        return board(members, self.call(call_key), on, self.reference)

    def offers(self, call):
        return offers(CallTerms(call, on=DAY, reference=self.reference))

    def finance(self, call):
        return finance(CallTerms(call, on=DAY, reference=self.reference))

    @property
    def lens(self):
        return load_lens(PROJECT / "data" / "reference")

    def in_brief(self, call, on):
        return in_brief(call, on, self.lens, self.reference, None, None)

    def explain(self, profile_id, call_key, on):
        match = next(match for match in self.match(profile_id, on) if match.call.id == call_key)
        return explain(match)

    def quote(self, match):
        return match

    def table(self, matches):
        matches = list(matches)
        rows = [FundSection(row, tuple(m for m in matches if m.call.fund is row.fund)) for row in self.rows]
        return [*rows, FundSection(None, tuple(m for m in matches if m.call.fund is None))]


def a_call(reference="one", **changes) -> Call:
    facts = {
        "source": "portal",
        "reference": reference,
        "identifier": f"AMIF-2025-{reference.upper()}",
        "title": f"Integration call {reference}",
        "kind": CallKind.TOPIC,
        "url": "https://ec.europa.eu/call",
        "programme": "AMIF",
        "fund": Fund.AMIF,
        "opening": date(2025, 3, 4),
        "deadlines": (Deadline(day=date(2025, 5, 6), at=time(17), zone="Europe/Brussels", precision=Precision.MINUTE),),
        "budget": Budget(total=Money(amount=Decimal(10_000_000)), shared=True),
        "grant": GrantSize(minimum=Money(amount=Decimal(300_000)), maximum=Money(amount=Decimal(1_000_000))),
        "text": "Towns work with migrants.",
        "documents": (Link(url="https://ec.europa.eu/fiche.pdf", label="Call document"),),
        "updates": (Update(reference="u1", published=datetime(2025, 4, 1, tzinfo=UTC), title="News", text="Moved."),),
        "as_of": DAY,
    }
    return Call(**facts | changes)


def a_match(call: Call | None = None, **changes) -> Match:
    facts = {
        "profile": "riga",
        "call": call or a_call(),
        "on": DAY,
        "status": (call or a_call()).status(DAY),
        "score": 0.75,
        "contributions": (Contribution(name="dense", label="nearness in meaning", weight=1, signal=0.75, value=0.75),),
        "verdicts": (
            a_verdict("kind", "Kind of applicant", Answer.MET, "a municipality may apply"),
            a_verdict("size", "Consortium", Answer.UNKNOWN, "the call does not say", remedy="read the call document"),
        ),
        "route": Route(kind=RouteKind.LEAD, label="lead or co-applicant", reason="public bodies may apply"),
        "evidence": (
            Evidence(
                need="a migrant council",
                quote=Quote(text="Towns work with migrants.", place="text", start=0, end=25),
                similarity=0.9,
            ),
        ),
    }
    return Match(**facts | changes)


def a_verdict(rule, label, answer, reason, **changes) -> Verdict:
    return Verdict(
        rule=rule,
        label=label,
        answer=answer,
        reason=reason,
        basis=Basis.PROGRAMME_RULE,
        reference="Article 9",
        **changes,
    )


def a_profile(key="riga", name="Riga", country="LV") -> Profile:
    return Profile(
        id=key,
        name=name,
        type=OrganisationType.MUNICIPALITY,
        country=country,
        kinds=(ApplicantKind.LOCAL_AUTHORITY,),
        roles=(Role.COORDINATOR,),
        languages=("lv",),
        description=f"{name} is a town.",
        needs=(Need(text="a migrant council", language="en"),),
        facts=(Fact(text="A fact.", source="https://example.org/fact", as_of=DAY),),
    )


def a_row(fund: Fund) -> FundRow:
    def cell(what: str) -> DatedCell:
        return DatedCell(
            brief=Cell(text=f"{fund} {what} in 2023", source="MILE policy brief 3", as_of=date(2023, 4, 1)),
            now=Cell(text=f"{fund} {what} now", source="https://eur-lex.europa.eu/act", as_of=DAY),
        )

    return FundRow(
        fund=fund,
        name=f"{fund} in full",
        objectives=cell("objectives"),
        actors=cell("actors"),
        management=cell("management"),
        direct_access=cell("access"),
    )


def a_card(**changes) -> SourceCard:
    facts = {
        "name": "portal",
        "title": "The portal",
        "publisher": "Commission",
        "url": "https://ec.europa.eu",
        "licence": "CC BY 4.0",
        "tier": Tier.OFFICIAL_RECORD,
        "funds": (Fund.AMIF,),
        "frequency": "daily",
        "expected": (3, 900),
        "gaps": ("Calls of regions are not read.",),
    }
    return SourceCard(**facts | changes)


def a_state(**changes) -> SourceState:
    card = a_card()
    started = datetime(2025, 5, 1, tzinfo=UTC)
    measured = {"stages": Stages(listed=4, fetched=4, parsed=3, normalised=3, valid=2), "filled": {"budget": 0.5}}
    good = Run(
        **{"id": "1", "source": "portal", "card": card, "snapshot": True, "started": started, "as_of": DAY},
        **{"outcome": RunOutcome.OK, "calls": 3},
        **measured,
    )
    bad = good.model_copy(
        update={
            "id": "2",
            "outcome": RunOutcome.FAIL,
            "reasons": ("only 2 calls, 3 expected", "it answers 200 to all"),
            "alarms": ("it answers 200 to all",),
        }
    )
    issue = Issue(field="status", problem="unknown code", found="31094599", reference="T-1", place="plan.xlsx, row 12")
    facts = {"source": "portal", "card": card, "latest": bad, "last_good": good, "on": DAY}
    return SourceState(**facts | {"calls": {CallStatus.OPEN: 2, CallStatus.CLOSED: 1}, "issues": (issue,)} | changes)


def a_document(url: str) -> Document:
    facts = {"source": "portal", "found_on": "https://ec.europa.eu/call", "media_type": "application/pdf"}
    return Document(url=url, **facts, sha256="0" * 64, size=9, first_fetched=DAY, last_fetched=DAY)


def a_portal(country: str = "RO", *, title: str = "Funds", url: str = "https://funds.ro/", **changes) -> NationalPortal:
    told = {"source": "https://page.example/", "as_of": DAY, "evidence": "reported"}
    facts = {"portal": Portal(title=title, url=url, language="ro", **told)}
    timetables = (Timetable(url=url, funds=(Fund.ESF_PLUS, Fund.ERDF), **told),)
    return NationalPortal(**{"country": country, "timetables": timetables} | facts | changes)


def a_body(country: str = "RO", *, name: str = "Funds", url: str = "https://funds.ro/", **changes) -> NamedBody:
    told = {"source": "https://page.example/", "as_of": DAY, "evidence": "seen"}
    facts = {"country": country, "role": "managing_authority", "programmes": ("AMIF-NATIONAL",)}
    return NamedBody(**{"name": name, "url": url} | told | facts | changes)


@pytest.fixture
def make():
    """The literal objects of these tests, to be changed by a test."""
    return SimpleNamespace(
        call=a_call,
        match=a_match,
        verdict=a_verdict,
        profile=a_profile,
        row=a_row,
        card=a_card,
        state=a_state,
        document=a_document,
        portal=a_portal,
        body=a_body,
    )


@pytest.fixture
def service(monkeypatch) -> Iterator[LiteralService]:
    """What the pages will read. A test changes it before it runs a page."""
    literal = LiteralService(
        organisations=[a_profile("birmingham", "Birmingham", "GB"), a_profile()],
        matches=[a_match()],
        states=[a_state()],
        rows=[a_row(fund) for fund in Fund],
    )
    monkeypatch.setattr("matcher.service.Service", lambda settings: literal)
    st.cache_resource.clear()
    yield literal
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def snapshot_home(tmp_path_factory) -> Path:
    """A home folder whose store holds the bundled snapshot, loaded as `funding snapshot load` loads it."""
    home = tmp_path_factory.mktemp("home")
    told = subprocess.run(
        [sys.executable, "-m", "crawler", "snapshot"],
        cwd=PROJECT,
        env=os.environ | {"FUNDING_HOME": str(home), "FUNDING_MODEL": "hashing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return home


@pytest.fixture
def open_page():
    """Opens a page of the dashboard as a browser would that follows such an address."""

    def run(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params.update(query)
        app.run()
        if page:
            app.switch_page(f"views/{page}.py")
            app.query_params.update(query)
            app.run()
        return app

    return run


@pytest.fixture
def shown():
    """All text of a page as one string: the Markdown sources, labels and table cells that reach the browser."""
    return lambda app: "\n".join(text for _, text in _texts(app.main))


@pytest.fixture
def sent():
    """All strings of a page that reach the browser, each with the kind of the element that carries it."""
    return lambda app: list(_texts(app.main))


def _texts(block) -> Iterator[tuple[str, str]]:
    for child in block.children.values():
        if child.type == "table":
            cells = child.value.reset_index(drop=True).astype(str)
            yield from (("table", text) for text in [*map(str, cells.columns), *cells.to_numpy().ravel()])
        elif child.proto is not None:
            yield from ((child.type, text) for text in _strings(MessageToDict(child.proto)))
        if hasattr(child, "children"):
            yield from _texts(child)


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from () if name == "id" else _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
