"""What a national call says beyond any other, and what became of it, in plain words. Pure."""

from __future__ import annotations

from matcher.days import day_words
from matcher.eligibility.words import country
from matcher.history import ELIGIBILITY, Step
from matcher.model import AmountShare, Area, Authority, Call, National, Place

SHARES = {AmountShare.EU: "money of the EU fund alone", AmountShare.TOTAL: "EU and national public money together"}
WAYS = {True: "applicants compete", False: "the authority names the applicants"}
"""Whether a selection is competitive -> what that means for a reader."""


def national_facts(call: Call) -> dict[str, str]:
    """Label -> words, for what is known; empty for calls of the whole EU."""
    national = call.national
    if national is None:
        return {}
    facts = {
        "Country": country(national.country),
        "National programme": national.programme,
        "Priority": national.priority,
        "Specific objective": national.specific_objective,
        "Area": _area(national.area),
        "Way of selection": _selection(national),
        "Authority": _authority(national.authority),
        "Stands in": _place(national.place),
    }
    return {label: text for label, text in facts.items() if text}


def budget_note(call: Call) -> str:
    """What the budget counts; empty where that goes without saying or is not known."""
    share = call.national.share if call.national else None
    counts = f", {SHARES[share]}" if share else ""
    shared = ": a shared pot, for all topics of the call together" if call.budget and call.budget.shared else ""
    return counts + shared


def step_words(step: Step) -> str:
    """ "2 June 2026: state planned → open"; of a document the sentences that differ, and where they stand."""
    if step.what != ELIGIBILITY:
        return f"{day_words(step.on)}: {step.what} {step.was} → {step.now}"
    where = f" ({step.where})" if step.where else ""
    return f"{day_words(step.on)}: eligibility changed{where}: {difference(step.was, step.now)}"


def difference(was: str, now: str) -> str:
    """A sentence that changed, went or came."""
    if was and now:
        return f"“{was}” → “{now}”"
    return f"no longer says “{was}”" if was else f"now says “{now}”"


def _selection(national: National) -> str:
    """ "niekonkurencyjny (the authority names the applicants)": the source's words, and ours where they are known."""
    return f"{national.mode} ({WAYS[national.competitive]})" if national.competitive is not None else national.mode


def _area(area: Area) -> str:
    codes = ", ".join(area.codes)
    return f"{area.text} (NUTS {codes})" if area.text and codes else area.text or codes


def _authority(authority: Authority | None) -> str:
    return " · ".join(filter(None, (authority.name, authority.url))) if authority else ""


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    parts = [
        f"sheet {place.sheet}" if place.sheet else "",
        f"row {place.row}" if place.row else "",
        f"file with SHA-256 {place.sha256[:12]}…" if place.sha256 else "",
    ]
    return ", ".join(filter(None, parts))
