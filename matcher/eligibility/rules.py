"""All rules in the order in which verdicts are shown, and what they say of one organisation before one call.

Silence is unknown, never no. What the call says wins; the programme's rules fill in, marked as usual.
"""

from __future__ import annotations

from datetime import date

from matcher.eligibility import what, when, where, who, with_whom
from matcher.eligibility.registry import ENTERED
from matcher.eligibility.situation import Situation
from matcher.model import Call, Profile, Verdict
from matcher.reference import Reference

SUBJECTS = (when, who, where, what, with_whom)
"""In the order in which their verdicts are shown; importing one enters its rules."""

RULES = {rule.name: rule for subject in SUBJECTS for rule in ENTERED if rule.judge.__module__ == subject.__name__}


def assess(profile: Profile, call: Call, on: date, reference: Reference) -> tuple[Verdict, ...]:
    """The verdicts of all rules whose question arises, in the order of RULES."""
    return verdicts(Situation.of(profile, call, on, reference))


def verdicts(situation: Situation) -> tuple[Verdict, ...]:
    """The same for a situation that others ask as well."""
    found = (each.verdict(situation) for each in RULES.values())
    return tuple(verdict for verdict in found if verdict is not None)
