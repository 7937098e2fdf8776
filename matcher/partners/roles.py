"""Which role an organisation is advised to take: small bodies want to join, experienced ones lead. No filter."""

from __future__ import annotations

from matcher.model import Frozen, Profile, Role, Said, Sentence, said, said_n
from matcher.partners.candidate import Candidate

SOURCE = (
    "Eurocities, 31 August 2022 (Utrecht: cities rather join where an experienced city leads; https://eurocities.eu,"
    " read as an excerpt); MILE policy brief 3 (April 2023), recommendations (who is new reaches out to others)"
)
"""What the default rests on: practice, no rule of any call."""


class Advice(Frozen):
    """A role, why, and on what the advice rests."""

    role: Role
    reason: Sentence
    source: Sentence = SOURCE


def advise(candidate: Candidate) -> Advice:
    """Lead for who led comparable projects, co-applicant for everybody else."""
    if candidate.led:
        return Advice(role=Role.COORDINATOR, reason=_has_led(candidate.led))
    return Advice(role=Role.BENEFICIARY, reason=_without_a_lead(candidate.joined))


def advise_profile(profile: Profile) -> Advice:
    """The same for the organisation that asks, by the experience its profile states."""
    done = profile.experience
    if done is None:
        reason = said("The profile states no EU project: join one that an experienced organisation leads.")
        return Advice(role=Role.BENEFICIARY, reason=reason)
    if done.led and Role.COORDINATOR in profile.roles:
        return Advice(role=Role.COORDINATOR, reason=_has_led(done.led))
    return Advice(role=Role.BENEFICIARY, reason=_without_a_lead(done.projects))


def _has_led(number: int) -> Said:
    return said_n(
        "Has led %(num)s project: experienced ones lead.", "Has led %(num)s projects: experienced ones lead.", number
    )


def _without_a_lead(joined: int) -> Said:
    if not joined:
        return said("No EU project is known: joining an experienced lead is the safer way.")
    return said_n(
        "Took part in %(num)s project, but none that it led is known: joining an experienced lead is the safer way.",
        "Took part in %(num)s projects, but none that it led is known: joining an experienced lead is the safer way.",
        joined,
    )
