"""A run against what its source should give and what it last gave: ok, warn or fail, with reasons in words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from crawler.comparison import against, beside
from crawler.harvest import Harvest, counted
from crawler.measures import FIELDS, measure_filling, measure_stages, share
from crawler.source import Expect, RunReport, Source
from matcher.model import Call, Frozen, Run, RunOutcome, Stages

LEAST_FETCHED = 0.5
"""Below this share of pages that answered as they should, something is wrong with the site or with us."""
LEAST_ALIKE = 3
"""So many calls with one and the same text, and more than half of all, are the text of an error page."""


class Health(Frozen):
    outcome: RunOutcome
    reasons: tuple[str, ...]
    alarms: tuple[str, ...]
    """What is suspicious; part of `reasons`."""
    held: bool
    """It failed only because it looks wrong. All was read, so a person who looked may let it in."""
    stages: Stages
    filled: dict[str, float]


def examine(
    report: RunReport,
    source: Source,
    harvest: Harvest,
    records: int,
    good: Sequence[Run],
    before: Mapping[str, Call] = MappingProxyType({}),
) -> Health:
    """Judge a run. `records`: lines read from it; `good`: the runs of the source to hold it against, newest first;
    `before`: the source's calls as they are stored, by id.

    A run limited to some programmes is not held against what the whole source should give. A shipped snapshot is a
    selection and is held against expectations only. A fallback without texts is held against size only.
    """
    found = counted(harvest, source)
    stages, filled = measure_stages(report, harvest, source), measure_filling(harvest, source)
    broken = _incomplete(report, records)
    alarms = [*_pages_failed(report), *_all_alike(harvest, report)]
    if not (report.programmes or report.snapshot):
        comparable = {} if report.partial else filled
        alarms += against(good, source.expect, stages, comparable, _different_titles(found))
        fields = () if report.partial else FIELDS["calls"]
        alarms += beside(harvest.calls, before, report.as_of, next(iter(good), None), fields)
    missed = [*_too_few(report, source, found), *_unfilled(source.expect, found)]
    warnings = [*_too_many(report, source, found), *report.alarms]
    held = bool(missed or alarms)
    outcome = RunOutcome.FAIL if broken or held else RunOutcome.WARN if warnings or report.failures else RunOutcome.OK
    # What went wrong in the crawl comes first, for it explains the rest.
    reasons = (*report.failures, *broken, *missed, *alarms, *warnings)
    return Health(
        outcome=outcome,
        reasons=reasons,
        alarms=(*alarms, *report.alarms),
        held=held and not broken,
        stages=stages,
        filled=filled,
    )


def _incomplete(report: RunReport, records: int) -> list[str]:
    reasons = [] if report.complete else ["the crawl did not read all that the source announced"]
    if records < report.records:
        reasons.append(f"the file holds {records} records, its report says {report.records}")
    return reasons


def _pages_failed(report: RunReport) -> Iterator[str]:
    if report.fetched < LEAST_FETCHED * report.listed:
        first = next((f"; the first: {issue.problem}" for issue in report.issues if issue.field == "page"), "")
        yield f"only {report.fetched} of {report.listed} listed pages answered as they should{first}"


def _all_alike(harvest: Harvest, report: RunReport) -> Iterator[str]:
    texts = Counter(call.text for call in harvest.calls if call.text)
    text, times = max(texts.items(), key=lambda item: item[1], default=("", 0))
    if times >= LEAST_ALIKE and 2 * times > len(harvest.calls) and not report.snapshot:
        yield f"{times} of {len(harvest.calls)} calls have one and the same text: {text[:80]!r}"


def _different_titles(found: Sequence[Frozen]) -> int:
    return len({getattr(one, "title", "") or getattr(one, "url", "") for one in found})


def _too_few(report: RunReport, source: Source, found: Sequence[Frozen]) -> list[str]:
    if report.programmes:
        return [] if found else [f"no {source.yields} at all"]
    if len(found) < source.expect.min:
        return [f"{len(found)} {source.yields}, expected at least {source.expect.min}"]
    return []


def _too_many(report: RunReport, source: Source, found: Sequence[Frozen]) -> list[str]:
    if report.programmes or len(found) <= source.expect.max:
        return []
    return [f"{len(found)} {source.yields}, expected at most {source.expect.max}"]


def _unfilled(expect: Expect, found: Sequence[Frozen]) -> Iterator[str]:
    for field, least in expect.filled.items():
        part = share(found, field)
        if part is not None and part < least:
            yield f"{field} is filled in {part:.0%} of the calls, expected at least {least:.0%}"
