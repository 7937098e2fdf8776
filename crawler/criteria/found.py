"""What one rule reads from one clause, and how sure it can be."""

from __future__ import annotations

from typing import NamedTuple

from matcher.model import CriterionKind, Role

STATED = 0.95
"""Said in so many words under a heading on conditions."""
UNHEADED = 0.9
"""Said in so many words in a text without headings that tell what it is about."""
ELSEWHERE = 0.85
"""Said in so many words, but among objectives and scope, where a sentence may speak of the work instead."""
HEDGED = 0.6
""""Should", "normally", "in principle": the matcher answers unknown below 0.8."""
HALF = 0.5
"""Not known whom it holds for: for one topic of several, or for a narrower group than the kinds we know."""


class Found(NamedTuple):
    """A condition without its place."""

    kind: CriterionKind
    values: tuple[str, ...]
    role: Role | None = None
    together: bool = False
    sure: float = 1.0
    """How sure the rule is; the clause's own certainty is the upper limit."""
