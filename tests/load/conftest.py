"""Run folders as a crawl leaves them, a registry of one source, and a store to load them into."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.source import Expect, RawCall, RunReport, Source
from matcher.model import CallKind
from matcher.reference.files import load_reference
from matcher.store import open_store
from tests.doubles.blank_store import lay_blank_store

DAY = date(2026, 10, 8)
PORTAL = Source(
    name="portal",
    title="A portal",
    publisher="Somebody",
    url="https://example.org",
    licence="CC BY 4.0",
    tier="official_record",
    funds=("AMIF",),
    frequency="daily",
    expect=Expect(min=3, max=10, filled={"title": 1.0, "deadlines": 0.5}),
)


@pytest.fixture(autouse=True)
def _registry(monkeypatch):
    monkeypatch.setattr("crawler.load.sources", lambda: {"portal": PORTAL})


@pytest.fixture(scope="session")
def reference():
    return load_reference(Path(__file__).parents[2] / "data" / "reference")


@pytest.fixture
def store(tmp_path):
    lay_blank_store(tmp_path)
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


@pytest.fixture
def raw():
    def make(number=1, day=DAY, **changes):
        facts = {
            "source": "portal",
            "reference": f"{number}TOPICSen",
            "kind": CallKind.TOPIC,
            "url": f"https://example.org/{number}",
            "fetched_at": datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
            "identifier": f"AMIF-{number}",
            "title": f"Topic {number}",
            "deadlines": ("2026-11-05T00:00:00.000+0000",),
            "description": f"<p>Text {number}</p>",
        }
        return RawCall(**facts | changes)

    return make


@pytest.fixture
def write_run(tmp_path):
    """Write a run's folder; a record may be a model or a line as it stands; `report=None` is an interrupted crawl."""

    def write(lines, run="20261008T060000Z", day=DAY, report="", **changes):
        folder = tmp_path / "runs" / "portal" / run
        folder.mkdir(parents=True)
        lines = [line if isinstance(line, str) else line.model_dump_json() for line in lines]
        (folder / "raw.jsonl").write_text(
            "".join(line + "\n" for line in lines), encoding="utf-8", errors="surrogatepass"
        )
        started = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        facts = {"run": run, "source": "portal", "started": started, "finished": started, "as_of": day}
        facts |= {"complete": True, "records": len(lines)}
        if report == "":
            report = json.dumps(RunReport(**facts | changes).model_dump(mode="json"))
        if report is not None:
            (folder / "report.json").write_text(report, encoding="utf-8")
        return folder

    return write
