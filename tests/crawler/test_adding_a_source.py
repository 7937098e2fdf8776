"""A source is added by one spider, one registry entry and one folder of kept pages; everything else finds it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PARTS = ("crawler", "matcher", "data", "tests", "pyproject.toml")

SPIDER = '''"""Calls of a made-up foundation."""

from collections.abc import Iterable

from scrapy.http import HtmlResponse

from crawler.pages import reference_of
from crawler.platforms.listing import Entry, ListingSpider
from crawler.source import RawCall
from matcher.model import CallKind


class ToySpider(ListingSpider):
    name = "toy"
    lists = ("https://toy.example/calls",)
    list_landmark = "ul.calls"

    def entries(self, page: HtmlResponse) -> Iterable[Entry]:
        for link in page.css("ul.calls a"):
            yield Entry(page.urljoin(link.attrib["href"]), link.css("::text").get(""))

    def record(self, entry: Entry, page: HtmlResponse | None) -> RawCall | None:
        assert page is not None
        return RawCall(
            source=self.source.name,
            reference=reference_of(entry.url),
            kind=CallKind.CALL,
            url=entry.url,
            fetched_at=self.fetched_at,
            title=entry.title,
            programme=self.source.programme,
            deadlines=tuple(page.css("time::text").getall()),
            description=page.css("main").get(""),
        )
'''
ENTRY = """
toy:
  title: A made-up foundation
  publisher: nobody
  url: https://toy.example/calls
  licence: facts
  tier: official_record
  funds: [AMIF]
  frequency: weekly
  hosts: [toy.example]
  programme: AMIF-NATIONAL
  expect: {min: 1, max: 5, filled: {title: 1.0}}
"""
LIST = (
    '<html><title>Calls</title><body><ul class="calls"><li><a href="/calls/one">Language courses</a></ul></body></html>'
)
CALL = "<html><title>One</title><body><main><p>Courses for newcomers.</p><time>15 June 2027</time></main></body></html>"
PAGES = """
- {url: "https://toy.example/calls", file: list.html}
- {url: "https://toy.example/calls/one", file: one.html}
- {url: "https://toy.example/robots.txt", file: robots.txt}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with the toy source added: three places, nothing else."""
    copy = tmp_path_factory.mktemp("project")
    for part in PARTS:
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / part, copy)
    (copy / "crawler/spiders/amif/toy.py").write_text(SPIDER, encoding="utf-8")
    with (copy / "crawler/sources.yml").open("a", encoding="utf-8") as registry:
        registry.write(ENTRY)
    pages = copy / "tests/fixtures/toy"
    pages.mkdir()
    for name, text in (
        ("list.html", LIST),
        ("one.html", CALL),
        ("robots.txt", "User-agent: *\n"),
        ("pages.yml", PAGES),
    ):
        (pages / name).write_text(text, encoding="utf-8")
    return copy


def test_the_tests_find_it_and_ask_for_a_golden_file_once(project):
    first = run_tests(project)
    assert first.returncode == 1
    assert "golden.json was written anew" in first.stdout
    golden = json.loads((project / "tests/fixtures/toy/golden.json").read_text(encoding="utf-8"))
    assert [(call["title"], call["deadlines"]) for call in golden["calls"]] == [
        ("Language courses", [{"day": "2027-06-15"}])
    ]
    second = run_tests(project)
    assert second.returncode == 0, second.stdout


def test_a_source_without_kept_pages_fails(project):
    pages = project / "tests/fixtures/toy"
    pages.rename(project / "elsewhere")
    try:
        assert run_tests(project).returncode == 1
    finally:
        (project / "elsewhere").rename(pages)


def run_tests(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
    wanted = ["tests/crawler/test_sources.py", "tests/crawler/test_registry.py", "-k", "toy"]
    environment = os.environ | {"PYTHONPATH": str(project), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        command + wanted, cwd=project, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
