"""Crawls of the portal's double, as a user's crawl runs: child process, real socket, run folder."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.run import crawl
from crawler.source import RunReport
from matcher.settings import Settings
from tests.doubles.portal import Portal


@dataclass(frozen=True)
class Crawled:
    folder: Path
    report: RunReport
    records: list[dict]

    @property
    def references(self) -> list[str]:
        return [record["reference"] for record in self.records]


@pytest.fixture(scope="session")
def crawl_portal(tmp_path_factory):
    """Crawl a running portal without pauses and give back what the run folder holds."""

    def run(portal: Portal, programmes=(), source="funding_tenders", **options) -> Crawled:
        settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=portal.host_map)
        folder, report = crawl(source, settings, programmes, delay=0.0, time_limit=120, options=options)
        lines = (folder / "raw.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        return Crawled(folder, report, [json.loads(line) for line in lines])

    return run
