"""From candidates to suggestions: who repairs a failing condition of a draft, in which role, and why. Pure.

How a draft is checked and how near somebody is to the call come in as a function and as numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from pydantic import model_validator

from matcher.eligibility.consortium import with_member
from matcher.eligibility.kinds import fits as fits_kinds
from matcher.model import Answer, Board, Condition, Contribution, Frozen, Gap, Member, OrganisationType, Role, lacking
from matcher.partners.candidate import Candidate, is_member
from matcher.partners.roles import Advice, advise
from matcher.partners.signals import Fit, View, contributions

Check = Callable[[Sequence[Member]], Sequence[Condition]]
"""The conditions of one call on one day, put to a draft."""

ANYBODY = "the partner"
"""Under this name a candidate is tried: conditions ask what a member is, not who it is, so each sort is tried once."""


class Suggestion(Frozen):
    """A candidate in a role. `score` is exactly the sum of its contributions' values."""

    candidate: Candidate
    role: Role
    repairs: tuple[str, ...]
    """Rules that lack less with the candidate; empty for one that only strengthens."""
    perhaps: tuple[str, ...] = ()
    """Those of them that are then open, and not met for sure."""
    score: float
    contributions: tuple[Contribution, ...]
    reasons: tuple[str, ...]
    advice: Advice
    place: Condition | None
    """Whether it can be funded: met or unknown; None where no rule asks."""
    lead: Condition | None = None
    """Of one suggested as coordinator, whether its kind may lead; None where no condition on leads is known."""

    @model_validator(mode="after")
    def _score_is_the_sum(self) -> Self:
        if self.score != sum(part.value for part in self.contributions):
            raise ValueError(f"score {self.score} is not the sum of its contributions {self.contributions}")
        return self


class Suggestions(Frozen):
    """Best first; equal scores by id."""

    repairing: tuple[Suggestion, ...] = ()
    """Each makes the set of what the draft lacks smaller."""
    strengthening: tuple[Suggestion, ...] = ()
    """They repair nothing that is known to be missing, break nothing, and would fit."""


def suggest(
    candidates: Iterable[Candidate],
    board: Board,
    check: Check,
    fits: Mapping[str, Fit],
    asking: OrganisationType,
    on: date,
) -> Suggestions:
    """Who repairs at least one failing condition, and who repairs none but would fit.

    `fits`: by candidate id; who is missing there says nothing that could be compared. Members of the draft, who surely
    cannot be funded in the role, and whom the draft has no room for are not suggested.
    """
    trial = _Trial(board, check, asking, on)
    found = [
        suggestion
        for candidate in candidates
        if not any(is_member(candidate, member) for member in board.members)
        if (suggestion := _in_best_role(candidate, trial, fits.get(candidate.id, Fit(0.0))))
    ]
    ranked = sorted(found, key=lambda one: (-one.score, one.candidate.id))
    return Suggestions(
        repairing=tuple(one for one in ranked if one.repairs),
        strengthening=tuple(one for one in ranked if not one.repairs),
    )


@dataclass(frozen=True)
class _Trial:
    """A draft that candidates are put into."""

    board: Board
    check: Check
    asking: OrganisationType
    on: date
    _tried: dict[Member, dict[str, Condition]] = field(default_factory=dict)

    def conditions_with(self, member: Member) -> dict[str, Condition]:
        """By rule, with one like that member in the draft."""
        sort = member.model_copy(update={"name": ANYBODY, "profile": None, "pic": ""})
        if sort not in self._tried:
            after = self.check(with_member(self.board.members, sort))
            self._tried[sort] = {one.rule: one for one in after}
        return self._tried[sort]


def _in_best_role(candidate: Candidate, trial: _Trial, fit: Fit) -> Suggestion | None:
    """In the first role in which it repairs something; else as co-applicant, where that breaks nothing."""
    advice, board, otherwise = advise(candidate), trial.board, None
    for member in (member for role in _roles(advice, board) for member in candidate.members(role)):
        after = trial.conditions_with(member)
        left = lacking(after.values())
        repaired = _repaired(candidate, board, left)
        view = View(
            candidate, member.role, board, repaired, fit, trial.asking, trial.on, after.get(f"member:{ANYBODY}")
        )
        if repaired:
            return _suggestion(view, advice, after)
        if otherwise is None and member.role is Role.BENEFICIARY and left <= board.lacking:
            otherwise = view, after
    return _suggestion(otherwise[0], advice, otherwise[1]) if otherwise else None


def _roles(advice: Advice, board: Board) -> Iterator[Role]:
    """Lead where one is missing: first for who is advised to; else last, and only where the lead must be of a sort.

    That just nobody leads, anybody could repair: then only experienced ones are named for it.
    """
    wanted = [
        one.gap
        for one in board.conditions
        if one.answer is Answer.NOT_MET and one.gap and one.gap.role is Role.COORDINATOR
    ]
    experienced = advice.role is Role.COORDINATOR
    if wanted and experienced:
        yield Role.COORDINATOR
    yield Role.BENEFICIARY
    if not experienced and any(gap.kinds or gap.population for gap in wanted):
        yield Role.COORDINATOR


def _repaired(candidate: Candidate, board: Board, left: frozenset[tuple[str, int]]) -> tuple[str, ...]:
    """The rules that lack less; none where something else then lacks more.

    A body of unknown kind leaves open what asks for a kind; that repairs it only where it can be of that kind.
    """
    if not left < board.lacking:
        return ()
    less = {rule for rule, _ in board.lacking - left}
    return tuple(
        one.rule for one in board.conditions if one.rule in less and not (one.gap and _never(candidate, one.gap))
    )


def _never(candidate: Candidate, gap: Gap) -> bool:
    return bool(gap.kinds) and fits_kinds((*candidate.kinds, *candidate.possible), gap.kinds) is Answer.NOT_MET


def _suggestion(view: View, advice: Advice, after: Mapping[str, Condition]) -> Suggestion:
    parts, reasons = contributions(view)
    open_then = (rule for rule in view.repaired if rule in after and after[rule].answer is Answer.UNKNOWN)
    return Suggestion(
        candidate=view.candidate,
        role=view.role,
        repairs=view.repaired,
        perhaps=tuple(open_then),
        score=sum(part.value for part in parts),
        contributions=parts,
        reasons=reasons,
        advice=advice,
        place=view.place,
        lead=after.get("coordinator_kind") if view.role is Role.COORDINATOR else None,
    )
