"""A run's folder -> the store: read, understand, check, and then everything in one transaction, or nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.completion import completed, remembered
from crawler.harvest import Harvest, bring_in
from crawler.health import Health, examine
from crawler.reused_codes import keep_apart
from crawler.run_folder import READ_RECORD, RECORDS, REPORT, Lines, NoRun, read_report, read_source
from crawler.source import IMPORTED, RunReport, Source, sources
from matcher.ledger import REMEMBERED, STOPPED, Observed, not_again, observe
from matcher.model import Call, CallStatus, Event, Run, RunOutcome, SourceCard
from matcher.reference import Reference
from matcher.reference.files import load_reference
from matcher.settings import Settings
from matcher.store import Overtaken, Store
from matcher.store.calls import content_hash

__all__ = ["READ_RECORD", "Held", "LoadRefused", "Outdated", "load_run", "remember_failure", "save_registry"]

log = logging.getLogger(__name__)

RECENT = 5
"""Good runs against which a new one is held."""
TRIES = 5
"""Of a load that others overtake; each of them got something done."""
BY_HAND = "a list that a person imported"


class LoadRefused(Exception):
    """The run was not loaded: no call was changed. `reasons` say why and, where it helps, what to do."""

    def __init__(self, folder: Path, reasons: tuple[str, ...]) -> None:
        super().__init__(f"{folder}: not loaded, the calls stay as they were: {'; '.join(reasons)}")
        self.reasons = reasons


class Outdated(LoadRefused):
    """The store already holds a newer run of the source: what was read later is not undone by what was read before."""


class Held(LoadRefused):
    """All was read, but it looks wrong. A person who looked at the source may let the run in, with a reason."""


def load_run(folder: Path, store: Store, reference: Reference | None = None, accept: str = "", silent: str = "") -> Run:
    """Load the run in a folder (or the folder of a raw.jsonl) into the store; returns what was new and changed.

    `accept`: why a person lets in a run that would be held. `silent`: why nothing of it becomes news. Raises Outdated
    for a run older than the last good one; Held for one that looks wrong; LoadRefused for a run that is interrupted,
    incomplete, unreadable or of an unknown source: it is remembered as failed, and no call changes. Raises StoreError
    when the store cannot take it; then nothing at all was written.
    """
    folder = folder.parent if folder.name == RECORDS else folder
    save_registry(store)
    report, source = _report(folder, store)
    if source.name not in sources():
        save_registry(store, source)
    silent = silent or (BY_HAND if source.name.startswith(IMPORTED) else "")
    reference = reference or load_reference(Settings().data / "reference")
    for _ in range(TRIES - 1):
        try:
            return _load(folder, store, report, source, reference, accept, silent)
        except Overtaken as other:
            log.info("%s: %s", folder, other)
    return _load(folder, store, report, source, reference, accept, silent)


def _load(
    folder: Path, store: Store, report: RunReport, source: Source, reference: Reference, accept: str, silent: str
) -> Run:
    """Raises Overtaken where another load of the source came in between: what this one brings is then to be held
    against what that one left."""
    runs = store.runs(source.name)
    last_good = next((run for run in runs if run.outcome is not RunOutcome.FAIL), None)
    if last_good and report.as_of < last_good.as_of:
        newer = f"the store holds a newer reading, of {last_good.as_of}; this run is of {report.as_of}"
        raise Outdated(folder, (newer,))
    before = {call.id: call for call in store.calls(source.name)}
    lines = Lines(folder / RECORDS)
    harvest = _understood(lines, report, source, reference, before)
    health = examine(report, source, harvest, lines.read, comparable_runs(runs), before)
    log.info("%s: %s", folder, health.stages)
    run = _run(report, source, health, accept)
    if run.outcome is RunOutcome.FAIL:
        store.save_run(run, (), harvest.issues)
        raise (Held if health.held else LoadRefused)(folder, health.reasons)
    closed = _closed(before, harvest, last_good, report) if last_good else 0
    run = run.model_copy(update={"closed": closed})
    observed = _observed(store, before, runs, run, harvest, silent)
    found = harvest.documents, harvest.bodies, harvest.projects
    after = last_good.id if last_good else ""
    return store.save_run(
        _with_doubts(run, observed), harvest.calls, harvest.issues, *found, events=observed.events, after=after
    )


def _understood(
    lines: Lines, report: RunReport, source: Source, reference: Reference, before: dict[str, Call]
) -> Harvest:
    """What the records say, completed with what this reading cannot know."""
    harvest = bring_in(lines, source, reference)
    harvest.issues = [*report.issues, *lines.issues, *harvest.issues]
    if report.partial:
        harvest.calls = completed(harvest.calls, before)
    harvest.calls, reused = keep_apart(harvest.calls, before, report.as_of)
    harvest.issues += reused
    harvest.calls = remembered(harvest.calls, before, source.remembered)
    return harvest


def _observed(
    store: Store, before: dict[str, Call], runs: Sequence[Run], run: Run, harvest: Harvest, silent: str
) -> Observed:
    """What the run makes news, each change with the content hashes of the call before and now."""
    ledger, source = store.ledger, run.source
    known = [
        *ledger.events(source=source, kinds=REMEMBERED, silent=True),
        *ledger.events(source=source, reason=STOPPED),
    ]
    read = {call.id: call for call in harvest.calls}
    pages = store.pages.gone(run.as_of)
    gone = frozenset(id for id, call in before.items() if call.url in pages)
    observed = observe(before, known, runs, run, read, gone, silent)
    events = not_again(
        observed.events, store.ledger.events_of(event.call for event in observed.events if event.changes)
    )
    return replace(observed, events=tuple(_with_hashes(event, before, read) for event in events))


def _with_hashes(event: Event, before: dict[str, Call], read: dict[str, Call]) -> Event:
    if not event.changes:
        return event
    hashes = {"content_before": content_hash(before[event.call]), "content_now": content_hash(read[event.call])}
    return event.model_copy(update={"observation": event.observation.model_copy(update=hashes)})


def _with_doubts(run: Run, observed: Observed) -> Run:
    doubts = tuple(
        f"{group}: most of the running calls are missing; that they are withdrawn is not believed"
        for group in observed.doubted
    )
    held = sorted({event.silent for event in observed.events if event.is_held})
    return run.model_copy(update={"doubted": observed.doubted, "notes": (*run.notes, *doubts, *held)})


def comparable_runs(runs: Sequence[Run]) -> list[Run]:
    """Of all runs of a source, newest first, the recent good ones that read the whole source here.

    A shipped snapshot is a selection, a run of single programmes is one too: neither is a measure. What came before a
    run that a person let in is none any more.
    """
    good = [run for run in runs if run.outcome is not RunOutcome.FAIL and not run.snapshot and not run.programmes]
    let_in = next((number for number, run in enumerate(good, start=1) if run.accepted), RECENT)
    return good[: min(RECENT, let_in)]


def save_registry(store: Store, imported: Source | None = None) -> None:
    """Let readers know all sources there are, also those that were never read, and those that a person imported."""
    known, new = store.cards(), [_card(imported)] if imported else []
    kept = [card for card in known if card.name.startswith(IMPORTED) and card.name not in {one.name for one in new}]
    cards = [*map(_card, sources().values()), *sorted([*kept, *new], key=lambda card: card.name)]
    if cards != known:
        store.save_cards(cards)


def remember_failure(folder: Path, reason: str, store: Store) -> None:
    """Keep a run that left no report, as far as its folder tells what it was: runs/<source>/<run>."""
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


def _report(folder: Path, store: Store) -> tuple[RunReport, Source]:
    """What the crawl said of itself, and its source. Raises LoadRefused for a run that did not come to its end, and
    remembers it; and for one of an unknown source."""
    try:
        report = read_report(folder)
    except NoRun as error:
        remember_failure(folder, str(error), store)
        raise LoadRefused(folder, (str(error),)) from error
    if report.source in sources():
        return report, sources()[report.source]
    if not report.source.startswith(IMPORTED):
        raise LoadRefused(folder, (f"{REPORT} names the source {report.source!r}, allowed: {', '.join(sources())}",))
    try:
        return report, read_source(folder, report.source)
    except NoRun as error:
        raise LoadRefused(folder, (str(error),)) from error


def _closed(before: dict[str, Call], harvest: Harvest, last_good: Run, report: RunReport) -> int:
    """Calls that were not closed on the day of the last good run and are now, by what is known now."""
    now = before | {call.id: call for call in harvest.calls}
    return sum(
        call.status(last_good.as_of) is not CallStatus.CLOSED and now[id].status(report.as_of) is CallStatus.CLOSED
        for id, call in before.items()
    )


def _run(report: RunReport, source: Source, health: Health, accept: str) -> Run:
    let_in = health.held and bool(accept)
    return Run(
        id=f"{report.source}/{report.run}",
        source=report.source,
        card=_card(source),
        snapshot=report.snapshot,
        started=report.started,
        finished=report.finished,
        as_of=report.as_of,
        programmes=report.programmes,
        partial=report.partial,
        outcome=RunOutcome.WARN if let_in else health.outcome,
        reasons=health.reasons,
        accepted=accept if let_in else "",
        stages=health.stages,
        filled=health.filled,
        alarms=health.alarms,
        notes=(*report.notes, *([f"let in by hand: {accept}"] if let_in else [])),
    )


def _card(source: Source) -> SourceCard:
    return SourceCard.model_validate({name: getattr(source, name) for name in SourceCard.model_fields})
