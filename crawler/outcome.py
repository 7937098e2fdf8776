"""What became of a source in a command: the values for programs, and the same in words for people. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from crawler.source import RunReport
from matcher.model import Frozen, Run

if TYPE_CHECKING:
    from crawler.reading import Read

TOLD = 3
"""Texts that could not be read, named in the notes."""


class Verdict(StrEnum):
    OK = "ok"
    WARN = "warn"
    HELD = "held"
    """All was read, but it looks wrong: a person may let it in."""
    FAILED = "failed"


class Outcome(Frozen):
    """One source in one command; a count that is not known is None."""

    source: str
    verdict: Verdict
    folder: str = ""
    run: str = ""
    listed: int | None = None
    records: int | None = None
    calls: int | None = None
    new: int | None = None
    changed: int | None = None
    closed: int | None = None
    issues: int | None = None
    documents: int | None = None
    """Call documents read."""
    criteria: int | None = None
    """Found in documents and texts that were read."""
    requests: int | None = None
    seconds: float | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.verdict in (Verdict.OK, Verdict.WARN)


def crawled(report: RunReport, folder: str) -> Outcome:
    """A crawl that was not loaded."""
    warned = Verdict.WARN if report.alarms else Verdict.OK
    return Outcome(
        source=report.source,
        verdict=warned if report.complete else Verdict.FAILED,
        folder=folder,
        run=report.run,
        listed=report.listed,
        records=report.records,
        issues=len(report.issues),
        requests=report.requests,
        seconds=round((report.finished - report.started).total_seconds(), 1),
        reasons=(*report.failures, *report.alarms),
        notes=report.notes,
    )


def loaded(run: Run, folder: str) -> Outcome:
    return Outcome(
        source=run.source,
        verdict=Verdict(run.outcome.value),
        folder=folder,
        run=run.id,
        listed=run.stages.listed if run.stages else None,
        calls=run.calls,
        new=run.new,
        changed=run.changed,
        closed=run.closed,
        issues=run.issues,
        reasons=run.reasons,
        notes=run.notes,
    )


def with_reading(outcome: Outcome, read: Read) -> Outcome:
    """The outcome with what was read of the texts that the run brought; trouble with them is told in notes."""
    troubled = f"{read.troubled} of {read.documents} call documents have issues: `funding documents CALL` tells them"
    told = [f"{one.reference or one.place or one.found}: {one.problem}" for one in read.issues[:TOLD]]
    more = [f"{len(read.issues) - TOLD} more texts could not be read"] if len(read.issues) > TOLD else []
    notes = (*outcome.notes, *([troubled] if read.troubled else []), *told, *more)
    return outcome.model_copy(update={"documents": read.documents, "criteria": read.criteria, "notes": notes})


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The form of `--json`; its names are promises."""
    known = outcome.model_dump(mode="json", exclude_none=True)
    return known | {"ok": outcome.ok}


def line(outcome: Outcome) -> str:
    """One source, one line: what was read, what became of it, why not, and what a reader should know."""
    names = ("records", "calls", "new", "changed", "closed", "issues", "documents", "criteria")
    counts = [f"{value} {name}" for name in names if (value := getattr(outcome, name)) is not None]
    said = [", ".join([outcome.verdict, *counts]), *outcome.reasons, *_remedy(outcome), *outcome.notes]
    return f"{outcome.source}: {'; '.join(said)}"


COLUMNS = ("listed", "new", "changed", "closed", "issues")


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A row for each source; below a row that is not ok its first reason and what can be done."""
    width = max([len("source"), *(len(outcome.source) for outcome in outcomes)])
    yield f"{'source':<{width}}" + "".join(f"{name:>9}" for name in COLUMNS) + f"{'duration':>14}  verdict"
    for outcome in outcomes:
        counts = "".join(f"{_count(getattr(outcome, name)):>9}" for name in COLUMNS)
        yield f"{outcome.source:<{width}}{counts}{_duration(outcome.seconds):>14}  {outcome.verdict}"
        if outcome.verdict is not Verdict.OK and outcome.reasons:
            more = f" (and {len(outcome.reasons) - 1} more)" if len(outcome.reasons) > 1 else ""
            yield f"    {outcome.reasons[0]}{more}"
        yield from (f"    {remedy}" for remedy in _remedy(outcome))
    notes = sum(len(outcome.notes) for outcome in outcomes)
    if notes:
        yield f"{notes} {'note' if notes == 1 else 'notes'} on how they were read: `funding sources` tells them"


def _remedy(outcome: Outcome) -> Iterator[str]:
    if outcome.verdict is Verdict.HELD:
        yield f"if the source itself changed so: funding load {shlex.quote(outcome.folder)} --accept 'how you know'"


def _count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
