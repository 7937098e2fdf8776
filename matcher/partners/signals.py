"""How much speaks for a candidate: signals from 0 to 1, each with its reason, weighted to labelled contributions. Pure.

Knows no embedding: how near a candidate's words are to the call comes in as a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matcher.eligibility import words
from matcher.model import Answer, Board, Condition, Contribution, Gap, Member, OrganisationType, Role
from matcher.partners.candidate import Candidate, Nearness

ENOUGH = 6
"""Points of experience from which more adds nothing: three projects led on the same line."""
NEAR = 0.5
"""From here on nearness to the call is worth a word."""
INVITE = "MILE policy brief 3 (April 2023), recommendations: involve migrant organisations from the start"


class Fit(NamedTuple):
    """How near what a candidate says or did is to the call, 0 to 1 among those compared, and which of it is nearest."""

    signal: float
    nearest: str = ""


class Signal(NamedTuple):
    value: float
    reason: str = ""


@dataclass(frozen=True)
class View:
    """A candidate in a role beside the draft, as all signals see it."""

    candidate: Candidate
    role: Role
    board: Board
    repaired: tuple[str, ...]
    """Rules that lack less with the candidate."""
    fit: Fit
    asking: OrganisationType
    on: date
    """A project of a later year than this day's still runs."""
    place: Condition | None = None
    """Whether it can be funded in that role, as far as a rule asks."""

    @property
    def gaps(self) -> list[Gap]:
        return [one.gap for one in self.board.conditions if one.rule in self.repaired and one.gap]

    @property
    def members(self) -> tuple[Member, ...]:
        return self.board.members


def need(view: View) -> Signal:
    near = view.fit.signal >= NEAR and view.fit.nearest
    return Signal(view.fit.signal, f"Near to what the call is about: {view.fit.nearest}." if near else "")


def repair(view: View) -> Signal:
    """How many of the failing conditions lack less."""
    failing = {one.rule: one.label for one in view.board.conditions if one.answer is Answer.NOT_MET}
    if not failing or not view.repaired:
        return Signal(0.0)
    done = [label for rule, label in failing.items() if rule in view.repaired]
    return Signal(len(done) / len(failing), f"Repairs: {' '.join(done)}")


def experience(view: View) -> Signal:
    """Projects of the same line count more than those of the programme, led ones more than joined ones."""
    one = view.candidate
    points = sum((2 if done.led else 1) * (1 if done.nearness is Nearness.LINE else 0.5) for done in one.comparable)
    said = one.said_led + 0.25 * one.said_projects
    return Signal(min(max(points, said) / ENOUGH, 1.0), _experience_words(one, view.on.year))


def fundable(view: View) -> Signal:
    """Whether country and kind are known to be open to it; what is not known is said beside the suggestion."""
    return Signal(float(view.place is not None and view.place.answer is Answer.MET))


def complement(view: View) -> Signal:
    """Another kind of organisation, one that can surely be funded, and another role, than the draft has."""
    present = {kind for member in view.members for kind in member.kinds}
    other = bool(fundable(view).value and view.candidate.kinds) and present.isdisjoint(view.candidate.kinds)
    lead = view.role is Role.COORDINATOR and all(member.role is not Role.COORDINATOR for member in view.members)
    said = []
    if other:
        said.append(f"No member is of its kind ({words.kinds(view.candidate.kinds)})")
    if lead:
        said.append("The draft has no lead yet")
    return Signal((other + lead) / 2, f"{'; '.join(said)}." if said else "")


def country(view: View) -> Signal:
    """A country or region that a condition lacks, else at least another one than the draft has."""
    own, where = view.candidate.country, words.country(view.candidate.country)
    if any(own in gap.countries or (gap.other_countries and own not in gap.other_countries) for gap in view.gaps):
        return Signal(1.0, f"From {where}: brings a country that is missing.")
    if any(gap.categories for gap in view.gaps):
        return Signal(1.0, f"From {where}: brings a region of the category that is missing.")
    if own not in {member.country for member in view.members}:
        return Signal(0.5, f"From {where}; no member is from there.")
    return Signal(0.0)


def invitation(view: View) -> Signal:
    """A municipality meets organisations that migrants lead before others of equal worth."""
    led = view.candidate.type is OrganisationType.MIGRANT_LED
    if view.asking is OrganisationType.MUNICIPALITY and led:
        return Signal(1.0, f"Led by migrants: to be invited from the start ({INVITE}).")
    return Signal(0.0)


WEIGHTS: dict[Callable[[View], Signal], tuple[str, float]] = {
    need: ("nearness to the call", 0.30),
    repair: ("failing conditions it repairs", 0.25),
    experience: ("experience with such projects", 0.15),
    fundable: ("can be funded for certain", 0.10),
    complement: ("kind and role the draft does not have", 0.08),
    country: ("country", 0.07),
    invitation: ("migrant-led, to be invited from the start", 0.05),
}
"""Label and weight of each signal, set by judgement: no record says which suggestions led to a partnership."""


def contributions(view: View) -> tuple[tuple[Contribution, ...], tuple[str, ...]]:
    """The parts of the score, and the reasons of those that say something, in the order of WEIGHTS."""
    found = {signal.__name__: (signal(view), label, weight) for signal, (label, weight) in WEIGHTS.items()}
    parts = tuple(
        Contribution(name=name, label=label, weight=weight, signal=signal.value, value=weight * signal.value)
        for name, (signal, label, weight) in found.items()
    )
    return parts, tuple(_said(signal for signal, _, _ in found.values()))


def _said(signals: Iterable[Signal]) -> list[str]:
    return [signal.reason for signal in signals if signal.reason]


def _experience_words(one: Candidate, year: int) -> str:
    near = [done for done in one.comparable if done.nearness is Nearness.LINE]
    past, what = (near, "under this call or earlier editions of it") if near else (one.comparable, "of this programme")
    if not past:
        return _by_its_profile(one) if one.said_projects else ""
    led, number = sum(done.led for done in past), f"{len(past)} {'project' if len(past) == 1 else 'projects'}"
    said = f"Led {number} {what}" if led == len(past) else f"In {number} {what}" + (f", {led} of them led" * bool(led))
    last = max((done.year for done in past if done.year), default=None)
    if last is None:
        return f"{said}."
    return f"{said}; the latest runs until {last}." if last > year else f"{said}, last in {last}."


def _by_its_profile(one: Candidate) -> str:
    number = f"{one.said_projects} EU {'project' if one.said_projects == 1 else 'projects'}"
    return f"At least {number} by its own profile, {one.said_led or 'none'} of them led."
