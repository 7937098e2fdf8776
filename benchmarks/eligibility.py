"""Verdicts and routes of 100 organisations before 1,000 calls that state conditions of every kind.

The calls are those of the bundled snapshot in turn, each with a call document of its own; the organisations are the
examples, each with a name, inhabitants and experience of its own. The baseline only makes as many verdicts and routes,
from finished parts. Two limits: the ratio of both, and 10 seconds for all pairs on two cores.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from crawler.normalise import normalise
from crawler.source import RawCall, RawRecord, RawUpdate, sources
from matcher.eligibility.crowd import Judgement, assess_all
from matcher.model import (
    ApplicantKind,
    Basis,
    Call,
    CountryGroup,
    Criterion,
    CriterionKind,
    ExperienceKey,
    Population,
    Profile,
    Quote,
    Role,
    Route,
    Verdict,
)
from matcher.profiles import load_profiles
from matcher.reference import Reference
from matcher.reference.files import load_reference

DATA = Path(__file__).parents[1] / "data"
CALLS, PROFILES, REPEATS = 1_000, 100, 1
LIMIT, SECONDS = 4.0, 10.0
DAY = date(2025, 5, 1)

STATED: dict[CriterionKind, tuple[str, ...]] = {
    CriterionKind.APPLICANT_KIND: (ApplicantKind.PUBLIC_BODY, ApplicantKind.NON_PROFIT),
    CriterionKind.EXCLUDED_KIND: (ApplicantKind.NATURAL_PERSON, ApplicantKind.FOR_PROFIT),
    CriterionKind.MUST_INCLUDE_KIND: (ApplicantKind.LOCAL_AUTHORITY,),
    CriterionKind.EXCLUDED_BODY: ("hungarian_public_interest_trust",),
    CriterionKind.COUNTRY: (CountryGroup.EU, CountryGroup.ASSOCIATED, CountryGroup.NEGOTIATING),
    CriterionKind.EXCLUDED_COUNTRY: ("DK",),
    CriterionKind.LANGUAGE: ("en", "fr"),
    CriterionKind.EXPERIENCE: (ExperienceKey.LED_EU_PROJECT,),
    CriterionKind.ROLE: (Role.COORDINATOR, Role.BENEFICIARY),
    CriterionKind.INVITED: ("yes",),
    CriterionKind.POPULATION: ("50000",),
}
"""The other kinds state a small number."""


def main() -> int:
    reference = load_reference(DATA / "reference")
    calls, profiles = list(_calls(reference)), list(_profiles())
    numbers = [len(one.verdicts) for one in assess_all(profiles, calls, DAY, reference)]
    sample = next(assess_all(profiles, calls, DAY, reference))
    mine, theirs = _medians(lambda: _spend(assess_all(profiles, calls, DAY, reference)), lambda: _make(sample, numbers))
    ratio, longer = mine / theirs, _on_two_cores(profiles, calls, reference)
    sys.stdout.write(
        f"{len(numbers):,} pairs, {sum(numbers):,} verdicts: {mine:.2f} CPU seconds, "
        f"{mine / len(numbers) * 1e6:.0f} microseconds a pair\n"
        f"two processes, half of the calls each: {longer:.2f} CPU seconds for the longer one, limit {SECONDS:g}\n"
        f"making as many verdicts and routes: {theirs:.2f} CPU seconds, ratio {ratio:.2f}, limit {LIMIT}\n"
    )
    return int(ratio > LIMIT or longer > SECONDS)


def _on_two_cores(profiles: list[Profile], calls: list[Call], reference: Reference) -> float:
    """CPU seconds of the longer of two processes that judge every other call each; what they found stays with them."""
    with ProcessPoolExecutor(2) as pool:
        shares = [pool.submit(_seconds, profiles, calls[first::2], reference) for first in range(2)]
        return max(share.result() for share in shares)


def _seconds(profiles: list[Profile], calls: list[Call], reference: Reference) -> float:
    started = time.process_time()
    _spend(assess_all(profiles, calls, DAY, reference))
    return time.process_time() - started


def _spend(found: Iterator[Judgement]) -> None:
    for _ in found:
        pass


def _make(sample: Judgement, numbers: list[int]) -> None:
    """As many verdicts and routes, made from finished parts."""
    parts = {field: getattr(sample.verdicts[0], field) for field in Verdict.model_fields}
    way = {field: getattr(sample.route, field) for field in Route.model_fields}
    for number in numbers:
        for _ in range(number):
            Verdict(**parts)
        Route(**way)


def _calls(reference: Reference) -> Iterator[Call]:
    adapter: TypeAdapter[RawRecord] = TypeAdapter(RawRecord)
    known: list[Call] = []
    for file in sorted((DATA / "snapshot").glob("*/raw.jsonl")):
        records = [adapter.validate_json(line) for line in file.read_text("utf-8").splitlines()]
        told = [one for one in records if isinstance(one, RawCall | RawUpdate)]
        known += [call for call, _ in normalise(told, sources()[file.parent.name], reference) if call]
    for number in range(CALLS):
        call = known[number % len(known)]
        criteria = (*call.criteria, *_criteria(number))
        yield call.model_copy(update={"reference": f"{call.reference}-{number}", "criteria": criteria})


def _criteria(number: int) -> Iterator[Criterion]:
    """A condition of every kind, each from a document of the call's own; every third kind holds for coordinators."""
    for place, kind in enumerate(CriterionKind):
        words = f"Condition {place} of call {number}: {kind}. " * 4
        document = f"document:{number:064x}"
        yield Criterion(
            kind=kind,
            values=tuple(map(str, STATED.get(kind, ("2",)))),
            basis=Basis.CALL_DOCUMENT,
            quote=Quote(text=words, place=document, start=place * 300, end=place * 300 + len(words), page=place + 1),
            role=Role.COORDINATOR if place % 3 == 1 else None,
        )


def _profiles() -> Iterator[Profile]:
    known = sorted(load_profiles(DATA / "profiles").values(), key=lambda one: one.id)
    for number in range(PROFILES):
        one = known[number % len(known)]
        own: dict[str, object] = {"id": f"{one.id}-{number}", "name": f"{one.name} {number}"}
        if one.population:
            value = one.population.value + number
            own["population"] = Population(value=value, source=one.population.source, as_of=one.population.as_of)
        if one.experience:
            own["experience"] = one.experience.model_copy(update={"projects": one.experience.projects + number})
        yield one.model_copy(update=own)


def _medians(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    """Taken in turns, so that both meet the same moods of the machine; processor time, for others may be at work."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for run, taken in zip((one, other), times, strict=True):
            started = time.process_time()
            run()
            taken.append(time.process_time() - started)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    sys.exit(main())
