"""Verdicts and routes of 100 organisations before 1,000 calls that state conditions of every kind.

The calls are those of the bundled snapshot in turn, each with last days of its own and with conditions of two kinds in
three; the organisations are the examples, and the same in other countries, of other kinds, with other roles.
The baseline only makes as many verdicts and routes, from finished parts, and shares none. One process does it all, then
two that take half of the calls each and keep what they found: sending it adds about a third to finding it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from crawler.normalise import normalise
from crawler.source import RawCall, RawRecord, RawUpdate, sources
from matcher.eligibility.crowd import Judgement, assess_all
from matcher.model import (
    OTHER,
    SOME_LOCAL,
    ApplicantKind,
    Basis,
    Call,
    CountryGroup,
    Criterion,
    CriterionKind,
    Deadline,
    ExperienceKey,
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
CALLS, PROFILES, PARTS = 1_000, 100, 10
LIMIT, SECONDS = 3.5, 10.0
DAY = date(2025, 5, 1)

STATED: dict[CriterionKind, tuple[tuple[str, ...], ...]] = {
    CriterionKind.APPLICANT_KIND: (
        (ApplicantKind.PUBLIC_BODY, ApplicantKind.NON_PROFIT),
        (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.REGIONAL_AUTHORITY),
        (ApplicantKind.CIVIL_SOCIETY,),
        (ApplicantKind.SME, ApplicantKind.RESEARCH, ApplicantKind.EDUCATION),
        (SOME_LOCAL, OTHER),
    ),
    CriterionKind.EXCLUDED_KIND: ((ApplicantKind.NATURAL_PERSON,), (ApplicantKind.FOR_PROFIT, ApplicantKind.SME)),
    CriterionKind.MUST_INCLUDE_KIND: ((ApplicantKind.LOCAL_AUTHORITY,), (ApplicantKind.CIVIL_SOCIETY,)),
    CriterionKind.EXCLUDED_BODY: (("hungarian_public_interest_trust",),),
    CriterionKind.COUNTRY: (
        (CountryGroup.EU, CountryGroup.ASSOCIATED, CountryGroup.NEGOTIATING),
        (CountryGroup.PARTICIPATING,),
        (CountryGroup.EU, CountryGroup.EEA, ApplicantKind.INTERNATIONAL_ORGANISATION),
        ("LV", "EE", "LT", "PL"),
        (CountryGroup.ANY,),
    ),
    CriterionKind.EXCLUDED_COUNTRY: (("DK",), ("RU", "BY"), ("HU", "GB")),
    CriterionKind.LANGUAGE: (("en", "fr"), ("en",), ("es",)),
    CriterionKind.EXPERIENCE: tuple((key,) for key in ExperienceKey),
    CriterionKind.ROLE: ((Role.COORDINATOR, Role.BENEFICIARY), (Role.BENEFICIARY, Role.ASSOCIATED_PARTNER)),
    CriterionKind.AFFILIATED: (("counted",), ("not_counted",)),
    CriterionKind.INVITED: (("yes",),),
    CriterionKind.POPULATION: (("50000",), ("5000",)),
}
"""What a condition of a kind states, call by call in turn; one of another kind states a small number."""

BASES = (Basis.CALL_DOCUMENT, Basis.CALL_DOCUMENT, Basis.TOPIC_CONDITIONS, Basis.CALL_RECORD)
SEATS = (None, None, Role.COORDINATOR, None, Role.BENEFICIARY)
COUNTRIES = "LV GB CH NO UA RS DK HU XK TR IE SE PT RO BG SI".split()  # noqa: SIM905
KINDS = (
    (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.PUBLIC_BODY),
    (ApplicantKind.NON_PROFIT, ApplicantKind.CIVIL_SOCIETY),
    (ApplicantKind.SOCIAL_ENTERPRISE,),
    (ApplicantKind.RESEARCH, ApplicantKind.PUBLIC_BODY),
    (ApplicantKind.INTERNATIONAL_ORGANISATION,),
    (ApplicantKind.FOR_PROFIT, ApplicantKind.SME),
    (ApplicantKind.INFORMAL_GROUP,),
)
ROLES = (
    (Role.BENEFICIARY, Role.COORDINATOR),
    (Role.COORDINATOR,),
    (Role.AFFILIATED_ENTITY, Role.BENEFICIARY),
    (Role.SUB_GRANTEE,),
    (Role.COORDINATOR, Role.BENEFICIARY, Role.SUB_GRANTEE, Role.ASSOCIATED_PARTNER),
)


def main() -> int:
    reference = load_reference(DATA / "reference")
    calls, profiles = list(_calls(reference)), list(_profiles())
    found = [one for part in range(PARTS) for one in assess_all(profiles, calls[part : part + 1], DAY, reference)]
    sample, numbers = found[0], [len(one.verdicts) for one in found] * (CALLS // PARTS)
    mine, theirs = _in_turns(
        lambda part: _spend(assess_all(profiles, calls[part::PARTS], DAY, reference)),
        lambda part: _make(sample, numbers[part::PARTS]),
    )
    ratio, (wall, longer) = mine / theirs, _on_two_cores(profiles, calls, reference)
    sys.stdout.write(
        f"{len(numbers):,} pairs, about {sum(numbers):,} verdicts: {mine:.2f} CPU seconds in one process, "
        f"{mine / len(numbers) * 1e6:.0f} microseconds a pair\n"
        f"in two processes: {wall:.2f} seconds by the clock, {longer:.2f} CPU seconds for the longer one, "
        f"limit {SECONDS:g}\n"
        f"making as many verdicts and routes: {theirs:.2f} CPU seconds, ratio {ratio:.2f}, limit {LIMIT}\n"
    )
    return int(ratio > LIMIT or longer > SECONDS)


def _on_two_cores(profiles: list[Profile], calls: list[Call], reference: Reference) -> tuple[float, float]:
    """Seconds by the clock for two processes that judge every other call each, from handing out the work on, and the
    CPU seconds of the longer one, which other load on the machine changes less. What they found stays with them."""
    started = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        shares = [pool.submit(_seconds, profiles, calls[first::2], reference) for first in range(2)]
        longer = max(share.result() for share in shares)
    return time.perf_counter() - started, longer


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
        last = Deadline(day=DAY + timedelta(days=number % 400 - 50))
        own: dict[str, object] = {"reference": f"{call.reference}-{number}", "opening": None, "deadlines": (last,)}
        yield call.model_copy(update=own | {"criteria": (*call.criteria, *_criteria(number))})


def _criteria(number: int) -> Iterator[Criterion]:
    """Conditions of two kinds in three; what they state, where, for whom and how surely goes by the call's number."""
    for place, kind in enumerate(CriterionKind):
        turn = number + place
        if turn % 3 == 0:
            continue
        basis, words = BASES[turn % len(BASES)], f"Condition {place} of call {number}: {kind}. " * 4
        document = f"document:{number:064x}" if basis is Basis.CALL_DOCUMENT else "conditions"
        known = STATED.get(kind, (("1",), ("2",), ("3",)))
        yield Criterion(
            kind=kind,
            values=tuple(map(str, known[number % len(known)])),
            basis=basis,
            quote=Quote(text=words, place=document, start=place * 300, end=place * 300 + len(words), page=place + 1),
            role=SEATS[turn % len(SEATS)],
            together=turn % 6 == 0,
            confidence=0.7 if turn % 9 == 0 else 1.0,
        )


def _profiles() -> Iterator[Profile]:
    """The examples as they are, and then in other countries, of other kinds and with other roles."""
    known = sorted(load_profiles(DATA / "profiles").values(), key=lambda one: one.id)
    for number in range(PROFILES):
        one = known[number % len(known)]
        own: dict[str, object] = {"id": f"{one.id}-{number}", "name": f"{one.name} {number}"}
        if number >= len(known):
            own["country"] = COUNTRIES[number % len(COUNTRIES)]
            own["kinds"], own["roles"] = KINDS[number % len(KINDS)], ROLES[number % len(ROLES)]
        if one.population:
            own["population"] = one.population.model_copy(update={"value": one.population.value + number})
        if one.experience:
            own["experience"] = one.experience.model_copy(update={"projects": one.experience.projects + number})
        yield one.model_copy(update=own)


def _in_turns(one: Callable[[int], None], other: Callable[[int], None]) -> list[float]:
    """CPU seconds of both over all parts, in turns, so that they meet the same moods of the machine."""
    taken = [0.0, 0.0]
    for part in range(PARTS):
        for place, run in enumerate((one, other)):
            started = time.process_time()
            run(part)
            taken[place] += time.process_time() - started
    return taken


if __name__ == "__main__":
    sys.exit(main())
