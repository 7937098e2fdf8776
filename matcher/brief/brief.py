"""A call as MILE policy brief 3 would have it looked at: goals it serves, whether migrant organisations can be funded
partners in it, and what to ask so that its results last. Knows no organisation of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.brief.lens import Checklist, Lens, goals_served
from matcher.eligibility import RULES
from matcher.eligibility.situation import Situation
from matcher.embedding import Encoder, VectorCache
from matcher.model import (
    Answer,
    ApplicantKind,
    Call,
    Fact,
    GoalServed,
    Need,
    OrganisationType,
    Profile,
    Role,
    Verdict,
    said,
)
from matcher.reference import Reference

ASKED = said("Can migrant organisations be funded partners?")
BRIEF = "MILE policy brief 3 (April 2023), part 2: few migrant organisations receive funds or are partners"
DECIDING = ("applicant_kind", "excluded_kind", "invited", "role")
"""Rules on what an organisation is. Where it is does not count: the question is asked for countries that take part."""

_SURE_FIRST = (Answer.NOT_MET, Answer.UNKNOWN, Answer.MET)

ANY = Profile(
    id="any",
    name="a non-profit organisation led by migrants",
    type=OrganisationType.MIGRANT_LED,
    country="BE",
    kinds=(ApplicantKind.NON_PROFIT, ApplicantKind.CIVIL_SOCIETY),
    roles=(Role.BENEFICIARY, Role.SUB_GRANTEE),
    languages=(),
    description="Stands for any of them: an association with a legal person of its own.",
    needs=(Need(text="To be a partner that is paid for its work", language="en"),),
    facts=(Fact(text=BRIEF, source="MILE policy brief 3", as_of=date(2023, 4, 30)),),
)


@dataclass(frozen=True)
class Brief:
    """What the brief asks of a call, answered as far as the call's own words go."""

    goals: tuple[GoalServed, ...]
    partners: Verdict
    """Met: they can be. Not met: they cannot. Unknown: the call was not read that far, or leaves it open."""
    lens: Lens

    @property
    def checklist(self) -> Checklist:
        return self.lens.checklist


def in_brief(
    call: Call, on: date, lens: Lens, reference: Reference, encoder: Encoder | None, cache: VectorCache
) -> Brief:
    """Without an encoder the goals rest on words alone."""
    return Brief(goals_served(call, lens, encoder, cache), funded_partner(call, on, reference), lens)


def funded_partner(call: Call, on: date, reference: Reference) -> Verdict:
    """Whether a non-profit organisation led by migrants, in a country that takes part, can be paid as a partner.

    The strictest rule on what it is decides, with its reason and the call's own words.
    """
    situation = Situation.of(ANY, call, on, reference)
    found = [verdict for name in DECIDING if (verdict := RULES[name].verdict(situation)) is not None]
    strictest = min(found, key=lambda verdict: _SURE_FIRST.index(verdict.answer))
    return strictest.model_copy(update={"rule": "migrant_partners", "label": ASKED})
