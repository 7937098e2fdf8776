"""A call that was planned and then opened is one call with a history, in every source that shows both.

By convention `tests/fixtures/<source>/earlier/` holds the source's pages of some weeks before and `opened.json`, the
references of calls that are planned there and open in the pages of the source itself.
"""

import json
from datetime import UTC, datetime

import pytest

from crawler.load import load_run
from matcher.history import Step, history
from matcher.merging import merge
from matcher.reference.files import load_reference
from matcher.settings import Settings
from matcher.store import open_store
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import FIXTURES, pages_in, pages_of

BEFORE = datetime(2026, 9, 28, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
TWICE = sorted(folder.parent.name for folder in FIXTURES.glob("*/earlier"))


def opened(name: str) -> list[str]:
    return json.loads((FIXTURES / name / "earlier" / "opened.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reference():
    return load_reference(Settings().data / "reference")


@pytest.mark.parametrize("name", TWICE)
def test_a_planned_call_that_opens_is_the_same_call(name, tmp_path, reference):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        for number, pages, day in (
            ("1", pages_in(FIXTURES / name / "earlier"), BEFORE),
            ("2", pages_of(name), NOW),
        ):
            run = dry_crawl(name, pages, tmp_path / "runs" / name / number, day, reference.programmes)
            load_run(run.folder, store, reference)
        calls = {call.id: call for call in merge(store.calls())}
        told = {key: history(calls[f"{name}:{key}"], store.versions(f"{name}:{key}")) for key in opened(name)}

    for key, steps in told.items():
        assert Step(NOW.date(), "state", "planned", "open") in steps, (key, steps)
    titles = [calls[f"{name}:{key}"].title for key in opened(name)]
    assert all(sum(call.title == title for call in calls.values()) == 1 for title in titles)


def test_a_dozen_such_calls_are_in_the_fixtures():
    assert sum(len(opened(name)) for name in TWICE) >= 12
