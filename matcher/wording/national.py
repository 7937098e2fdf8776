"""What a national call says beyond any other, and what became of it, in plain words. Pure."""

from __future__ import annotations

from matcher.amounts import money_words
from matcher.currency import Rates
from matcher.days import day_words
from matcher.eligibility.words import country
from matcher.history import ELIGIBILITY, Step
from matcher.model import AmountShare, Area, Authority, Call, National, Place
from matcher.model.said import Said, joined, said, said_of

SHARES = {
    AmountShare.EU: said("money of the EU fund alone"),
    AmountShare.TOTAL: said("EU and national public money together"),
}
WAYS = {True: said("applicants compete"), False: said("the authority names the applicants")}
"""Whether a selection is competitive -> what that means for a reader."""


def national_facts(call: Call) -> dict[str, str]:
    """Label -> words, for what is known; empty for calls of the whole EU."""
    national = call.national
    if national is None:
        return {}
    facts = {
        said("Country"): country(national.country),
        said("National programme"): national.programme,
        said("Priority"): national.priority,
        said("Specific objective"): national.specific_objective,
        said("Area"): _area(national.area),
        said("Way of selection"): _selection(national),
        said("Authority"): _authority(national.authority),
        said("Stands in"): _place(national.place),
    }
    return {label: text for label, text in facts.items() if text}


def budget_words(call: Call, rates: Rates) -> str:
    """What the call can spend, and what that amount counts; empty where it is not stated."""
    if call.budget is None:
        return ""
    share = call.national.share if call.national else None
    told = joined(", ", [money_words(call.budget.total, rates), SHARES[share] if share else ""])
    if call.budget.shared:
        return said("%(amount)s: a shared pot, for all topics of the call together", amount=told)
    return told


def step_words(step: Step) -> Said:
    """ "2 June 2026: state planned → open"; of a document the sentences that differ, and where they stand."""
    day = day_words(step.on)
    if step.what != ELIGIBILITY:
        what = WHAT.get(step.what, step.what)
        return said("%(day)s: %(what)s %(was)s → %(now)s", day=day, what=what, was=step.was, now=step.now)
    told = difference(step.was, step.now)
    if step.where:
        return said("%(day)s: eligibility changed (%(where)s): %(told)s", day=day, where=step.where, told=told)
    return said("%(day)s: eligibility changed: %(told)s", day=day, told=told)


WHAT = {
    "state": said_of("what changed", "state"),
    "opening": said_of("what changed", "opening"),
    "deadline": said_of("what changed", "deadline"),
}
"""`Step.what` -> for a reader."""


def difference(was: str, now: str) -> Said:
    """A sentence that changed, went or came."""
    if was and now:
        return said("“%(was)s” → “%(now)s”", was=was, now=now)
    return said("no longer says “%(was)s”", was=was) if was else said("now says “%(now)s”", now=now)


def _selection(national: National) -> str:
    """ "niekonkurencyjny (the authority names the applicants)": the source's words, and ours where they are known."""
    if national.competitive is None:
        return national.mode
    return joined(" ", [national.mode, said("(%(meaning)s)", meaning=WAYS[national.competitive])])


def _area(area: Area) -> str:
    codes = ", ".join(area.codes)
    return f"{area.text} (NUTS {codes})" if area.text and codes else area.text or codes


def _authority(authority: Authority | None) -> str:
    return " · ".join(filter(None, (authority.name, authority.url))) if authority else ""


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    parts = [
        said("sheet %(sheet)s", sheet=place.sheet) if place.sheet else "",
        said("row %(row)s", row=str(place.row)) if place.row else "",
        said("file with SHA-256 %(digest)s…", digest=place.sha256[:12]) if place.sha256 else "",
    ]
    return joined(", ", parts)
