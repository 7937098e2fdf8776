"""What becomes of websites, and whether it is noticed: kept pages are changed, crawled, and held against a good run.

`pytest tests/load/test_detection.py -rP -k table` prints how many changes of each kind were noticed.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.harvest import Harvest, bring_in, counted
from crawler.health import examine
from crawler.load import LoadRefused, load_run
from crawler.measures import FIELDS, NOTHING
from crawler.run import crawl
from crawler.run_folder import Lines, read_report
from crawler.source import sources
from matcher.model import Call, Run, RunOutcome
from matcher.settings import Settings
from tests.doubles import mutations as m
from tests.doubles.dry_crawl import dry_crawl
from tests.doubles.replay import FIXTURES, Page, Replay, pages_of

DAY = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)
CRAWLER = Path(__file__).parents[2] / "crawler"
OTHERS = 40
"""Of the classes that the code does not name, each of this number is renamed too."""
LISTS = (
    "home_affairs",
    "ewsi",
    "esf_plus_site",
    "social_innovation_plus",
    "eui_portico",
    "euroaccess",
    "erasmus_plus_site",
    "eacea",
    "amif_finland",
    "amif_italy",
    "greece",
    "lithuania",
    "latvia",
    "amif_greece",
)
"""Sources whose lists can be emptied, halved or doubled."""
TIMETABLES = ("poland", "romania", "finland", "amif_romania", "portugal", "spain")
"""Sources whose calls stand in files or in the data of one page: there are no entries to be taken out of a list."""
SITE = "erasmus_plus_site"
"""The one that is crawled over sockets."""
GROWN = ("social_innovation_plus", "erasmus_plus_site", "home_affairs")


@dataclass(frozen=True)
class Good:
    """A source's kept pages and what they gave on the first day."""

    name: str
    pages: list[Page]
    lists: m.Lists
    harvest: Harvest
    run: Run

    @property
    def longest(self) -> m.Lists:
        return dict([max(self.lists.items(), key=lambda item: len(item[1]))])


@dataclass(frozen=True)
class Trial:
    """What a change did: was it noticed, and did it take calls or fields away, or add calls that are none?"""

    held: bool
    poorer: int
    """Calls that are gone, or have lost a field that is watched."""
    calls: int
    listed: int
    issues: int
    reasons: tuple[str, ...]


@pytest.fixture(autouse=True)
def _registry():
    """Here the real registry counts, not the one of this folder's other tests."""


@pytest.fixture(scope="session")
def good(tmp_path_factory, reference):
    """A source as it is, by name; each is crawled once."""
    known: dict[str, Good] = {}

    def get(name: str) -> Good:
        if name not in known:
            known[name] = read(name, pages_of(name), tmp_path_factory.mktemp("runs") / name, reference)
        return known[name]

    return get


def read(name: str, pages: list[Page], folder: Path, reference) -> Good:
    crawled = dry_crawl(name, pages, folder, DAY, reference.programmes)
    _, harvest, health = judged(name, folder, reference)
    measured = {"stages": health.stages, "filled": health.filled, "calls": len(counted(harvest, sources()[name]))}
    facts = {"id": "the first", "source": name, "started": DAY, "as_of": DAY.date(), "outcome": health.outcome}
    return Good(name, pages, crawled.lists, harvest, Run(**facts, **measured))


@pytest.fixture(scope="session")
def grown(good, tmp_path_factory, reference):
    """A source with four times as many entries, each with a title of its own."""

    def get(name: str) -> Good:
        source = good(name)
        for title in ("Second: ", "Another: "):
            pages = m.with_copies(source.pages, source.lists, lambda n: True, title)
            source = read(name, pages, tmp_path_factory.mktemp("runs") / name, reference)
        return source

    return get


@pytest.fixture(scope="session")
def attempt(tmp_path_factory, reference):
    """Crawl changed pages a day later and judge the run as the loader does."""

    def run(before: Good, pages: list[Page]) -> Trial:
        folder = tmp_path_factory.mktemp("runs") / before.name
        dry_crawl(before.name, pages, folder, NEXT, reference.programmes)
        report, harvest, health = judged(before.name, folder, reference, before)
        return Trial(
            held=health.outcome is RunOutcome.FAIL,
            poorer=poorer(harvest, before.harvest),
            calls=len(harvest.calls),
            listed=report.listed,
            issues=len(harvest.issues) - len(before.harvest.issues),
            reasons=health.reasons,
        )

    return run


def judged(name, folder, reference, before=None):
    report, lines, source = read_report(folder), Lines(folder / "raw.jsonl"), sources()[name]
    harvest = bring_in(lines, source, reference)
    harvest.issues = [*report.issues, *harvest.issues]
    good = [before.run] if before else []
    stored = {call.id: call for call in before.harvest.calls} if before else {}
    return report, harvest, examine(report, source, harvest, lines.read, good, stored)


def poorer(harvest: Harvest, before: Harvest) -> int:
    now = {call.id: call for call in harvest.calls}
    return sum(call.id not in now or has_lost(call, now[call.id]) for call in before.calls)


def has_lost(before: Call, now: Call) -> bool:
    fields = FIELDS["calls"]
    return any(getattr(before, name) not in NOTHING and getattr(now, name) in NOTHING for name in fields)


def error_pages(source: Good) -> list[Page]:
    return m.swap(source.pages, m.detail_pages(source.pages, source.lists), m.ERROR)


BREAKS = {
    "list emptied": lambda s: m.without_items(s.pages, s.lists, lambda n: True),
    "login page for list": lambda s: m.swap(s.pages, m.list_pages(s.pages, s.lists), m.LOGIN),
    "error page with 200": error_pages,
    "page 2 is page 1": lambda s: m.second_is_first(s.pages, s.lists),
    "doubled": lambda s: m.with_copies(s.pages, s.lists, lambda n: True),
}
NORMAL = {
    "nothing": lambda s: s.pages,
    "one more": lambda s: m.with_copies(s.pages, s.longest, lambda n: n == 0, "New: "),
    "one less": lambda s: m.without_items(s.pages, s.longest, lambda n: n == 0),
    "other order": lambda s: m.reversed_items(s.pages, s.lists),
    "other words": lambda s: m.with_other_words(s.pages),
    "new block": lambda s: m.with_block(s.pages),
    "white space": lambda s: m.with_spaces(s.pages),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_crawl_without_sockets_gives_what_a_real_one_gives(good, name):
    """The golden files were written by real crawls."""
    golden = json.loads((FIXTURES / name / "golden.json").read_text(encoding="utf-8"))
    source = good(name)
    assert [call.id for call in source.harvest.calls] == sorted(
        f"{name}:{call['reference']}" for call in golden["calls"]
    )
    assert source.run.stages.fetched == golden["report"]["fetched"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("change", BREAKS)
def test_what_breaks_a_source_is_always_noticed(good, attempt, name, change):
    before = good(name)
    pages = BREAKS[change](before)
    if pages == before.pages:
        pytest.skip("this source has no such pages")
    trial = attempt(before, pages)
    if change == "doubled" and trial.calls == len(before.harvest.calls):
        pytest.skip("the copies were seen to be the same calls, nothing came twice")
    assert trial.held
    assert trial.reasons


@pytest.mark.parametrize("body", [m.LOGIN, m.ERROR, b""], ids=["login page", "error page", "nothing"])
@pytest.mark.parametrize("name", TIMETABLES)
def test_a_timetable_whose_every_address_answers_with_a_page_for_people_is_held(good, attempt, name, body):
    before = good(name)
    trial = attempt(before, m.swap(before.pages, before.pages, body))
    assert trial.held
    assert trial.reasons


@pytest.mark.parametrize("name", TIMETABLES)
def test_any_single_page_of_a_timetable_that_is_lost_with_calls_or_fields_is_told(good, attempt, name):
    before = good(name)
    for page in before.pages:
        trial = attempt(before, m.swap(before.pages, [page], m.LOGIN))
        if trial.poorer:
            assert trial.held or trial.reasons or trial.issues > 0, page.url


@pytest.mark.parametrize("name", TIMETABLES)
def test_a_timetable_read_again_raises_no_alarm(good, attempt, name):
    before = good(name)
    assert not attempt(before, before.pages).held


@pytest.mark.parametrize("change", ["list emptied", "error page with 200"])
def test_over_real_sockets_the_last_good_data_stay(good, crawled_site, store, reference, change):
    """The whole way: sites, processes, run folders, store."""
    source = good(SITE)
    load_run(crawled_site(source.pages), store, reference)
    before = store.calls()
    assert len(before) == len(source.harvest.calls)
    with pytest.raises(LoadRefused) as refused:
        load_run(crawled_site(BREAKS[change](source)), store, reference)
    assert refused.value.reasons
    assert store.calls() == before
    assert [run.outcome for run in store.runs()] == [RunOutcome.FAIL, RunOutcome.OK]


@pytest.fixture
def crawled_site(tmp_path):
    def run(pages: list[Page]) -> Path:
        with Replay(pages, hosts=sources()[SITE].hosts) as sites:
            settings = Settings(home=tmp_path / "home", host_map=sites.host_map)
            folder, _ = crawl(SITE, settings, delay=0.0, time_limit=60, options={"fetched_at": DAY})
        return folder

    return run


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("change", NORMAL)
def test_what_is_normal_raises_no_alarm(good, attempt, name, change):
    before = good(name)
    trial = attempt(before, NORMAL[change](before))
    assert not trial.held, trial.reasons


def test_normal_changes_really_change_something(good, attempt):
    """Else a rule that sees nothing would pass: the list is longer or shorter by one where that was meant."""
    before = good("home_affairs")
    same = attempt(before, before.pages)
    assert attempt(before, NORMAL["one more"](before)).listed == same.listed + 1
    assert attempt(before, NORMAL["one less"](before)).listed == same.listed - 1


def changed_markup(source: Good):
    """Telling classes of the pages renamed, elements that hold a field dropped, one at a time; and half of the list."""
    yield "untitled error", m.swap(source.pages, m.detail_pages(source.pages, source.lists), m.UNTITLED)
    for name in telling_classes(source):
        yield "class renamed", m.renamed(source.pages, name)
    for path in m.fields(source.pages):
        yield "field dropped", m.dropped(source.pages, path)
    yield "half of the list", m.without_items(source.pages, source.lists, lambda n: n % 2 == 1)


def telling_classes(source: Good) -> list[str]:
    """The classes whose names stand in the crawler's code, and some of the others, which can do no harm."""
    code = "".join(path.read_text(encoding="utf-8") for path in CRAWLER.rglob("*.py"))
    names = list(m.classes(source.pages))
    return [name for name in names if name in code] + [name for name in names if name not in code][::OTHERS]


COLUMNS = ("tried", "harmless", "false alarms", "one call", "several", "held", "issue", "silent")
LEAST_HELD = {
    "as kept": {"untitled error": 0.7, "class renamed": 0.7},
    "grown": {"untitled error": 1.0, "class renamed": 0.9, "half of the list": 0.6, "field dropped": 0.9},
}
"""Shares of the changes that hurt several calls that must be held: what was measured, less some room. As kept, a source
has one to seven calls, and what happens to two of them is often what also happens on a normal day."""


@pytest.mark.parametrize(("size", "names"), [("as kept", LISTS), ("grown", GROWN)])
def test_table_of_changed_markup(good, grown, attempt, size, names):
    """The honest rate: of the changes that take something away, how many are held, and what is said of the others."""
    rows: dict[str, dict[str, int]] = {}
    for name in names:
        before = grown(name) if size == "grown" else good(name)
        for kind, pages in changed_markup(before):
            if pages != before.pages:
                count(rows.setdefault(kind, dict.fromkeys(COLUMNS, 0)), attempt(before, pages))
    print()  # noqa: T201
    for kind, row in rows.items():
        print(f"{size}: {kind:<17}" + "".join(f"{name} {number:>3}   " for name, number in row.items()))  # noqa: T201
    assert all(row["false alarms"] == 0 for row in rows.values())
    for kind, least in LEAST_HELD.get(size, {}).items():
        assert rows[kind]["held"] >= least * rows[kind]["several"], kind


def count(row: dict[str, int], trial: Trial) -> None:
    """A change that hurts one call only is not to be noticed: a call that goes or loses a field is normal."""
    row["tried"] += 1
    if trial.poorer <= 1:
        row["one call" if trial.poorer else "harmless"] += 1
        row["false alarms"] += trial.held and not trial.poorer
        return
    row["several"] += 1
    row["held" if trial.held else "issue" if trial.issues > 0 else "silent"] += 1
