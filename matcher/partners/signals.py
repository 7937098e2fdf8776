"""How much speaks for a candidate: signals from 0 to 1, each with its reason, weighted to labelled contributions. Pure.

Knows no embedding: how near a candidate's words are to the call comes in as a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matcher.eligibility import words
from matcher.model import (
    Answer,
    Board,
    Condition,
    Contribution,
    Gap,
    Member,
    OrganisationType,
    Role,
    Said,
    said,
    said_n,
    to_say,
    together,
)
from matcher.model.said import series
from matcher.partners.candidate import Candidate, Engagement, Nearness

ENOUGH = 6
"""Points of experience from which more adds nothing: three projects led on the same line."""
NEAR = 0.5
"""From here on nearness to the call is worth a word."""
INVITE = said("MILE policy brief 3 (April 2023), recommendations: involve migrant organisations from the start")


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
    if not near:
        return Signal(view.fit.signal)
    return Signal(view.fit.signal, said("Near to what the call is about: %(what)s.", what=view.fit.nearest))


def repair(view: View) -> Signal:
    """How many of the failing conditions lack less."""
    failing = {one.rule: one.label for one in view.board.conditions if one.answer is Answer.NOT_MET}
    if not failing or not view.repaired:
        return Signal(0.0)
    done = [label for rule, label in failing.items() if rule in view.repaired]
    return Signal(len(done) / len(failing), said("Repairs: %(conditions)s", conditions=together(*done)))


def experience(view: View) -> Signal:
    """Projects of the same line count more than those of the programme, led ones more than joined ones."""
    one = view.candidate
    points = sum((2 if done.led else 1) * (1 if done.nearness is Nearness.LINE else 0.5) for done in one.comparable)
    told = one.said_led + 0.25 * one.said_projects
    return Signal(min(max(points, told) / ENOUGH, 1.0), _experience_words(one, view.on.year))


def fundable(view: View) -> Signal:
    """Whether country and kind are known to be open to it; what is not known is said beside the suggestion."""
    return Signal(float(view.place is not None and view.place.answer is Answer.MET))


def complement(view: View) -> Signal:
    """Another kind of organisation, one that can surely be funded, and another role, than the draft has."""
    present = {kind for member in view.members for kind in member.kinds}
    other = bool(fundable(view).value and view.candidate.kinds) and present.isdisjoint(view.candidate.kinds)
    lead = view.role is Role.COORDINATOR and all(member.role is not Role.COORDINATOR for member in view.members)
    told = []
    if other:
        told.append(said("No member is of its kind (%(kinds)s)", kinds=words.kinds(view.candidate.kinds)))
    if lead:
        told.append(said("The draft has no lead yet"))
    return Signal((other + lead) / 2, said("%(reasons)s.", reasons=series(told)) if told else "")


def country(view: View) -> Signal:
    """A country or region that a condition lacks, else at least another one than the draft has."""
    own, where = view.candidate.country, words.country(view.candidate.country)
    if any(own in gap.countries or (gap.other_countries and own not in gap.other_countries) for gap in view.gaps):
        return Signal(1.0, said("From %(country)s: brings a country that is missing.", country=where))
    if any(gap.categories for gap in view.gaps):
        return Signal(1.0, said(REGION, country=where))
    if own not in {member.country for member in view.members}:
        return Signal(0.5, said("From %(country)s; no member is from there.", country=where))
    return Signal(0.0)


REGION = to_say("From %(country)s: brings a region of the category that is missing.")


def invitation(view: View) -> Signal:
    """A municipality meets organisations that migrants lead before others of equal worth."""
    led = view.candidate.type is OrganisationType.MIGRANT_LED
    if view.asking is OrganisationType.MUNICIPALITY and led:
        return Signal(1.0, said("Led by migrants: to be invited from the start (%(source)s).", source=INVITE))
    return Signal(0.0)


WEIGHTS: dict[Callable[[View], Signal], tuple[str, float]] = {
    need: (said("nearness to the call"), 0.30),
    repair: (said("failing conditions it repairs"), 0.25),
    experience: (said("experience with such projects"), 0.15),
    fundable: (said("can be funded for certain"), 0.10),
    complement: (said("kind and role the draft does not have"), 0.08),
    country: (said("country"), 0.07),
    invitation: (said("migrant-led, to be invited from the start"), 0.05),
}
"""Label and weight of each signal, set by judgement: no record says which suggestions led to a partnership."""


def contributions(view: View) -> tuple[tuple[Contribution, ...], tuple[str, ...]]:
    """The parts of the score, and the reasons of those that say something, in the order of WEIGHTS."""
    found = {signal.__name__: (signal(view), label, weight) for signal, (label, weight) in WEIGHTS.items()}
    parts = tuple(
        Contribution(name=name, label=label, weight=weight, signal=signal.value, value=weight * signal.value)
        for name, (signal, label, weight) in found.items()
    )
    return parts, tuple(_reasons(signal for signal, _, _ in found.values()))


def _reasons(signals: Iterable[Signal]) -> list[str]:
    return [signal.reason for signal in signals if signal.reason]


def _experience_words(one: Candidate, year: int) -> str:
    near = [done for done in one.comparable if done.nearness is Nearness.LINE]
    past = near or one.comparable
    if not past:
        return _by_its_profile(one) if one.said_projects else ""
    done = _on_the_line(past) if near else _in_the_programme(past)
    last = max((done.year for done in past if done.year), default=None)
    if last is None:
        return said("%(done)s.", done=done)
    if last > year:
        return said("%(done)s; the latest runs until %(year)s.", done=done, year=str(last))
    return said("%(done)s, last in %(year)s.", done=done, year=str(last))


def _on_the_line(past: Sequence[Engagement]) -> Said:
    led, number = sum(done.led for done in past), len(past)
    if led == number:
        return said_n(
            "Led %(num)s project under this call or earlier editions of it",
            "Led %(num)s projects under this call or earlier editions of it",
            number,
        )
    if led:
        return said_n(
            "In %(num)s project under this call or earlier editions of it, %(led)s of them led",
            "In %(num)s projects under this call or earlier editions of it, %(led)s of them led",
            number,
            led=led,
        )
    return said_n(
        "In %(num)s project under this call or earlier editions of it",
        "In %(num)s projects under this call or earlier editions of it",
        number,
    )


def _in_the_programme(past: Sequence[Engagement]) -> Said:
    led, number = sum(done.led for done in past), len(past)
    if led == number:
        return said_n("Led %(num)s project of this programme", "Led %(num)s projects of this programme", number)
    if led:
        return said_n(
            "In %(num)s project of this programme, %(led)s of them led",
            "In %(num)s projects of this programme, %(led)s of them led",
            number,
            led=led,
        )
    return said_n("In %(num)s project of this programme", "In %(num)s projects of this programme", number)


def _by_its_profile(one: Candidate) -> Said:
    return said_n(
        "At least %(num)s EU project by its own profile, %(led)s of them led.",
        "At least %(num)s EU projects by its own profile, %(led)s of them led.",
        one.said_projects,
        led=one.said_led or said("none"),
    )
