"""Whether conditions that were found agree with those that a person labelled: what is compared, and how it is counted.

Knows neither the rules nor where texts and labels lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from matcher.model import Criterion, CriterionKind, Role
from matcher.model.base import Frozen


class Split(StrEnum):
    DEV = "dev"
    """Rules are written on these texts."""
    VALIDATION = "validation"
    """No rule was written on them, but errors may be looked at to mend rules."""
    TEST = "test"
    """Nobody who writes rules has seen an error of them."""


class Label(Frozen):
    """A condition that was read in a text when it was labelled."""

    kind: CriterionKind
    values: tuple[str, ...]
    fields: tuple[str, ...]
    """Where it stands: text, conditions, or both."""
    role: Role | None = None
    together: bool = False
    same_as: tuple[tuple[str, ...], ...] = ()
    """Other values that say the same."""
    may: bool = False
    """It can be read there, but need not be: whoever finds it is neither right nor wrong."""


class Labelled(Frozen):
    """A call and all conditions that its texts state."""

    id: str
    call: str
    """The call identifier: calls of one are never divided between splits."""
    split: Split
    criteria: tuple[Label, ...] = ()


class Stated(NamedTuple):
    """A condition as it is compared; the least part that can be right or wrong by itself."""

    kind: CriterionKind
    role: Role | None
    values: frozenset[str]


class Scores(NamedTuple):
    """Counts of conditions."""

    labelled: int = 0
    found: int = 0
    right: int = 0

    def plus(self, other: Scores) -> Scores:
        return Scores(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None


class Outcome(NamedTuple):
    """What the rules made of one call."""

    labelled: Labelled
    right: tuple[Stated, ...]
    wrong: tuple[Stated, ...]
    missed: tuple[Stated, ...]


def compare(labelled: Labelled, criteria: Iterable[Criterion]) -> Outcome:
    """Each label is met by at most one finding and each finding meets at most one label; the rest is missed or wrong.

    The same finding in two fields is one. Kind, role and the whole set of values have to agree.
    """
    found = {one: None for criterion in criteria for one in _stated(criterion)}
    right: list[Stated] = []
    missed: list[Stated] = []
    for label in sorted(labelled.criteria, key=lambda label: label.may):
        for readings in _readings(label):
            met = next((one for one in readings if one in found), None)
            if met:
                del found[met]
            if not label.may:
                (right if met else missed).append(met or readings[0])
    return Outcome(labelled, tuple(right), tuple(found), tuple(missed))


def _readings(label: Label) -> list[list[Stated]]:
    """For each part of a label all ways to say it, its own first."""
    if _is_cumulative(label.kind, label.together):
        return [[Stated(label.kind, label.role, frozenset((value,)))] for value in label.values]
    return [[Stated(label.kind, label.role, frozenset(values)) for values in (label.values, *label.same_as)]]


def _stated(criterion: Criterion) -> list[Stated]:
    whole = Stated(criterion.kind, criterion.role, frozenset(criterion.values))
    if not _is_cumulative(criterion.kind, criterion.together):
        return [whole]
    return [whole._replace(values=frozenset((value,))) for value in criterion.values]


def _is_cumulative(kind: CriterionKind, together: bool) -> bool:
    """Whether each value is a condition of its own, so that one criterion with two says the same as two criteria."""
    return together or kind is CriterionKind.ROLE


def scores(outcomes: Iterable[Outcome], split: Split) -> dict[CriterionKind, Scores]:
    """By kind, in the order of the kinds; a kind that is neither labelled nor found is left out."""
    counts: dict[CriterionKind, Scores] = {}
    for outcome in outcomes:
        if outcome.labelled.split is split:
            for stated, one in (
                *((stated, Scores(1, 1, 1)) for stated in outcome.right),
                *((stated, Scores(found=1)) for stated in outcome.wrong),
                *((stated, Scores(labelled=1)) for stated in outcome.missed),
            ):
                counts[stated.kind] = counts.get(stated.kind, Scores()).plus(one)
    return {kind: counts[kind] for kind in CriterionKind if kind in counts}


def total(by_kind: Mapping[CriterionKind, Scores]) -> Scores:
    return Scores(*map(sum, zip(*by_kind.values(), strict=True))) if by_kind else Scores()


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (Wilson's score interval). Takes conditions as independent, which within one call they
    are not quite, so it is somewhat too narrow."""
    if not of:
        return (0.0, 1.0)
    share, square = right / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return (max(0.0, middle - half), min(1.0, middle + half))
