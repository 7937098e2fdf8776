"""Which of a call's own statements governs a question. The one place of precedence; judges nobody."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model import Basis, Criterion, CriterionKind, Role

CERTAIN = 0.8
"""Confidence from which the words of a condition count as understood; below it the condition answers nothing."""

_STRENGTH = {basis: rank for rank, basis in enumerate(Basis)}

_ADDED = frozenset(
    {
        CriterionKind.EXCLUDED_KIND,
        CriterionKind.EXCLUDED_COUNTRY,
        CriterionKind.EXCLUDED_BODY,
        CriterionKind.INVITED,
        CriterionKind.EXPERIENCE,
        CriterionKind.MUST_INCLUDE_KIND,
    }
)
"""Kinds of which a condition for one role comes on top of those for all applicants; of the others it replaces them."""


def governing(clause: Sequence[Criterion], role: Role | None = None) -> tuple[Criterion, ...]:
    """Of all statements of one kind those that govern it for a role (None: for any); they hold at once.

    The call document wins over the topic's conditions, these over the call's record; where the result is empty, the
    programme's usual rule is all there is. Within a basis a condition for the role wins over one for all applicants.
    They come in the order in which they stand in the call, whatever order they were read in.
    """
    meant = [one for one in clause if one.values and (role is None or one.role is None or one.role is role)]
    if not meant:
        return ()
    first = min(map(_rank, meant))
    return tuple(sorted((one for one in meant if _rank(one) == first), key=_place))


def _rank(one: Criterion) -> tuple[int, bool]:
    return _STRENGTH[one.basis], one.role is None and one.kind not in _ADDED


def _place(one: Criterion) -> tuple[str, int, tuple[str, ...], bool, float, str]:
    quote = one.quote
    place, start = (quote.place, quote.start) if quote else ("", 0)
    return place, start, one.values, one.together, one.confidence, one.role or ""
