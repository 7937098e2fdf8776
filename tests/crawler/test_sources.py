"""Every source that is crawled, replayed from its kept pages, gives what its golden file says.

Found by convention: `tests/fixtures/<source>/pages.yml` and `golden.json`. A missing golden file is written and the
test still fails, so that somebody reads it; delete it to have it written anew.
"""

import json
from datetime import UTC, datetime

import pytest

from crawler.normalise import normalise
from crawler.run import crawl, crawled_sources
from crawler.source import RawCall, RawUpdate, sources
from matcher.reference.files import load_reference
from matcher.settings import Settings
from tests.doubles.replay import FIXTURES, Replay, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
"""When the replayed crawls take place."""
VOLATILE = {"fetched_at", "as_of", "source"}


@pytest.mark.parametrize("name", crawled_sources())
def test_a_source_gives_what_its_golden_file_says(name, replay_source):
    found = replay_source(name)
    golden = FIXTURES / name / "golden.json"
    if not golden.is_file():
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden} was written anew; read every line of it, then run again")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", crawled_sources())
def test_a_source_has_the_pages_that_matter(name):
    """A list and what it leads to, so that paging and odd cases are seen: see tests/fixtures/README.md."""
    assert len(pages_of(name)) >= 3


@pytest.fixture(scope="module")
def replay_source(tmp_path_factory):
    reference = load_reference(Settings().data / "reference")

    def run(name: str) -> dict:
        source = sources()[name]
        with Replay(pages_of(name), hosts=source.hosts) as sites:
            settings = Settings(home=tmp_path_factory.mktemp("home"), host_map=sites.host_map)
            folder, report = crawl(name, settings, delay=0.0, time_limit=60, options={"fetched_at": DAY})
        from crawler.load import READ_RECORD

        lines = (folder / "raw.jsonl").read_text(encoding="utf-8").splitlines()
        records = [READ_RECORD.validate_json(line) for line in lines]
        calls = [r for r in records if isinstance(r, RawCall | RawUpdate)]
        understood = list(normalise(calls, source, reference))
        return {
            "report": _told(report, {"listed", "fetched", "failures", "alarms", "notes", "issues", "records"}),
            "calls": [_told(call) for call, _ in understood if call],
            "issues": [_told(issue) for _, issues in understood for issue in issues],
            "others": [_told(r) for r in records if not isinstance(r, RawCall | RawUpdate)],
        }

    return run


def _told(value, only=None) -> dict:
    """What a value says, as JSON, without what changes from run to run."""
    told = value.model_dump(mode="json", exclude_defaults=True, include=only, exclude=VOLATILE)
    if "notes" in told:
        told["notes"] = [note for note in told["notes"] if "FUNDING_HOST_MAP" not in note]
    return told
