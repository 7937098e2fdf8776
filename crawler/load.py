"""A run's folder -> the store: read, normalise, check, and then everything in one transaction, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawler.health import Health, examine
from crawler.normalise import normalise
from crawler.normalise.issues import printable
from crawler.source import RawCall, RawRecord, RawUpdate, RunReport, Source, sources
from matcher.model import Call, GrantSize, Issue, Run, RunOutcome, SourceCard
from matcher.reference import Reference
from matcher.reference_files import load_reference
from matcher.settings import Settings
from matcher.store import Store

log = logging.getLogger(__name__)

RECORDS = "raw.jsonl"
REPORT = "report.json"
MAX_LINE = 64 * 1024 * 1024
"""Bytes of one record that are read; a longer line is no record of ours."""
RECENT = 5
"""Good runs against which the size of a new one is held."""
KEPT = (
    "text",
    "conditions",
    "applicants",
    "terms",
    "budget",
    "grant",
    "criteria",
    "documents",
    "updates",
    "types_of_action",
    "deadline_model",
    "call_title",
    "keywords",
)
"""What a run from a poorer fallback cannot know: the store's value stays where the run has none."""
READ_RECORD: TypeAdapter[RawRecord] = TypeAdapter(RawRecord)


class LoadRefused(Exception):
    """The run was not loaded: no call was changed. `reasons` say why and, where it helps, what to do."""

    def __init__(self, folder: Path, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{folder}: not loaded, the calls stay as they were: {'; '.join(reasons)}")
        self.reasons = reasons


class Outdated(LoadRefused):
    """The store already holds a newer run of the source: what was read later is not undone by what was read before."""


@dataclass
class _Lines:
    """The records of a file, one at a time; counts them and keeps an issue for each line that is none."""

    path: Path
    read: int = 0
    issues: list[Issue] = field(default_factory=list)

    def __iter__(self) -> Iterator[RawRecord]:
        with self.path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE + 1), b""), start=1):
                if line.strip():
                    self.read += 1
                    yield from self._record(number, line)

    def _record(self, number: int, line: bytes) -> Iterator[RawRecord]:
        try:
            yield READ_RECORD.validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            self.issues.append(
                Issue(
                    field=where or "line",
                    problem=f"line {number} of {self.path.name} is no record: {first['msg']}",
                    found=printable(line[:400].decode("utf-8", "replace")),
                    allowed="one RawCall or RawUpdate as JSON",
                    reference=f"{self.path.name}:{number}",
                )
            )


def load_run(folder: Path, store: Store, reference: Reference | None = None) -> Run:
    """Load the run in a folder (or the folder of a raw.jsonl) into the store; returns what was new and changed.

    Raises Outdated for a run older than the last good one; LoadRefused for a run that is interrupted, unhealthy,
    unreadable or of an unknown source: it is remembered as failed, and no call changes. Raises StoreError when the
    store cannot take it; then nothing at all was written.
    """
    folder = folder.parent if folder.name == RECORDS else folder
    report = _report(folder, store)
    source = sources()[report.source]
    last_good = store.last_good_run(source.name)
    if last_good and report.as_of < last_good.as_of:
        newer = f"the store holds a newer reading, of {last_good.as_of}; this run is of {report.as_of}"
        raise Outdated(folder, (newer,))
    lines = _Lines(folder / RECORDS)
    calls, issues = _understood(lines, source, reference or load_reference(Settings().data / "reference"))
    if report.partial:
        calls = _completed(calls, {call.id: call for call in store.calls(source.name)})
    health = examine(report, source.expect, calls, lines.read, len(issues), _yardstick(store, source))
    log.info("%s: %s", folder, health.rates)
    run = _run(report, source, health)
    if health.outcome is RunOutcome.FAIL:
        store.save_run(run, (), issues)
        raise LoadRefused(folder, health.reasons)
    return store.save_run(run, calls, issues)


def _yardstick(store: Store, source: Source) -> Run | None:
    """The largest of the last good crawls: one that read a single programme only says nothing about the whole source.

    A shipped snapshot is a selection, so it is no measure for a crawl.
    """
    good = [run for run in store.runs(source.name) if run.outcome is not RunOutcome.FAIL and not run.snapshot]
    return max(good[:RECENT], key=lambda run: run.calls, default=None)


def _understood(lines: _Lines, source: Source, reference: Reference) -> tuple[list[Call], list[Issue]]:
    """The calls of a run by id, each once, and all issues; of a doubled id the richest is kept."""
    calls: dict[str, Call] = {}
    issues: list[Issue] = []
    records = (record for record in lines if isinstance(record, RawCall | RawUpdate))
    for call, found in normalise(records, source, reference):
        issues += found
        if call is None:
            continue
        if call.id in calls:
            doubled = "two records of one call; the richer was kept"
            issues.append(Issue(field="reference", problem=doubled, reference=call.reference))
        calls[call.id] = max(calls.get(call.id, call), call, key=_richness)
    return [calls[id] for id in sorted(calls)], lines.issues + issues


def _richness(call: Call) -> tuple[int, int, str]:
    """Filled fields, then text; the serial form breaks ties, so that the order of the records does not matter."""
    filled = call.model_dump(exclude_defaults=True)
    return len(filled), len(call.text) + len(call.conditions), call.model_dump_json()


def _completed(calls: Iterable[Call], before: dict[str, Call]) -> list[Call]:
    """The calls of a poorer reading, with what the store knows and such a reading cannot.

    The hour of a deadline is such knowledge too: it stands in the conditions, and is kept while the days are the same.
    """
    return [_completed_call(call, before[call.id]) if call.id in before else call for call in calls]


def _completed_call(call: Call, before: Call) -> Call:
    kept = {name: getattr(before, name) for name in KEPT if getattr(call, name) in ("", (), None, GrantSize())}
    if [deadline.day for deadline in call.deadlines] == [deadline.day for deadline in before.deadlines]:
        kept["deadlines"] = before.deadlines
    return call.model_copy(update=kept)


def _report(folder: Path, store: Store) -> RunReport:
    """What the crawl said of itself. Raises LoadRefused for a run that did not come to its end, and remembers it."""
    try:
        report = RunReport.model_validate_json((folder / REPORT).read_bytes())
        (folder / RECORDS).open("rb").close()
    except OSError as error:
        problem = f"{Path(error.filename).name} cannot be read ({error.strerror})"
        reason = f"{problem}: the crawl was interrupted, or this is no run; crawl again"
    except ValidationError as error:
        reason = (
            f"{REPORT} is not the report of a run ({error.error_count()} errors, first: {error.errors()[0]['msg']})"
        )
    else:
        if report.source in sources():
            return report
        raise LoadRefused(folder, (f"{REPORT} names the source {report.source!r}, allowed: {', '.join(sources())}",))
    _remember_failure(folder, reason, store)
    raise LoadRefused(folder, (reason,))


def _remember_failure(folder: Path, reason: str, store: Store) -> None:
    """Keep a run without report, as far as its folder tells what it was: runs/<source>/<run>."""
    source = sources().get(folder.absolute().parent.name)
    if source is None or not folder.is_dir():
        return
    started = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    run = Run(
        id=f"{source.name}/{folder.name}",
        source=source.name,
        card=_card(source),
        started=started,
        as_of=started.date(),
        outcome=RunOutcome.FAIL,
        reasons=(reason,),
    )
    store.save_run(run)


def _run(report: RunReport, source: Source, health: Health) -> Run:
    return Run(
        id=f"{report.source}/{report.run}",
        source=report.source,
        card=_card(source),
        snapshot=report.snapshot,
        started=report.started,
        finished=report.finished,
        as_of=report.as_of,
        outcome=health.outcome,
        reasons=health.reasons,
        notes=report.notes,
    )


def _card(source: Source) -> SourceCard:
    return SourceCard.model_validate({name: getattr(source, name) for name in SourceCard.model_fields})
