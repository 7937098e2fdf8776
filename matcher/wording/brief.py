"""A call looked at through the brief, in plain words. Pure; knows neither store nor day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from matcher.brief.brief import Brief
from matcher.model import Answer, Goal, GoalServed, Said, said
from matcher.model.said import a_share

ANSWERS = {Answer.MET: said("yes"), Answer.NOT_MET: said("no"), Answer.UNKNOWN: said("not known")}
NO_GOAL = said("No sentence of the call shows that it serves one of the brief's four goals.")


def brief_page(brief: Brief) -> Iterator[str]:
    """Goals with the sentence that shows each, funded partners, and the questions to the applicant."""
    yield from ("", "Migrants' political inclusion (MILE policy brief 3)")
    yield from (f"  {line}" for line in goal_lines(brief.goals, brief.lens.names))
    yield from (f"  {line}" for line in partner_lines(brief))
    yield from ("", f"To ask yourselves so that the results last ({brief.checklist.source})")
    yield from (f"  - {one.label}: {one.question}" for one in brief.checklist.questions)


def goal_lines(goals: Iterable[GoalServed], names: Mapping[Goal, str]) -> Iterator[str]:
    told = [f"serves {names[one.goal]}: “{one.quote.text}” ({sure(one)})" for one in goals]
    yield from told or [NO_GOAL]


def partner_lines(brief: Brief) -> Iterator[str]:
    found = brief.partners
    source = f" [{found.reference}]" if found.reference else ""
    yield f"{found.label} {ANSWERS[found.answer]}: {found.reason}{source}"
    if found.quote:
        yield f"  “{found.quote.text}”"
    if found.remedy:
        yield f"  {found.remedy}"


def sure(served: GoalServed) -> Said:
    share = a_share(f"{served.confidence:.0%}", served.confidence)
    return said("%(share)s sure, by a test on calls held back", share=share)
